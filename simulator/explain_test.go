package simulator_test

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"

	"github.com/holdfast-iac/holdfast/simulator"
	"github.com/holdfast-iac/holdfast/simulator/aws"
	"github.com/holdfast-iac/holdfast/simulator/schema"
)

func input(t *testing.T, e *simulator.Explanation, name string) simulator.ExplainedInput {
	t.Helper()
	at := slices.IndexFunc(e.Inputs, func(i simulator.ExplainedInput) bool { return i.Name == name })
	require.GreaterOrEqual(t, at, 0, "%s has no input %s", e.Type, name)
	return e.Inputs[at]
}

// TestExplain: an explanation says what a table says. The table is the test's own, so that it says the same when the
// real ones grow.
func TestExplain(t *testing.T) {
	t.Parallel()
	vpc := &simulator.Kind{Noun: "Net", IDPrefix: "net-"}
	cloud := aws.New(aws.Options{Region: "us-west-2"})
	cloud.Types = []*simulator.Type{
		{
			Token: subnetToken, Kind: &simulator.Kind{Noun: "Part", ARN: "arn:{id}"},
			Defaults:  map[string]any{"mapPublicIpOnLaunch": true},
			Immutable: []string{"cidrBlock"},
			Rules: map[string]simulator.Rule{
				"cidrBlock": simulator.Length(1, 2), "customerOwnedIpv4Pool.inner": simulator.Length(1, 2),
			},
			AtMostOne: [][]string{{"availabilityZone", "availabilityZoneId"}},
			References: []simulator.Reference{
				{Property: "vpcId", To: []*simulator.Kind{vpc}},
				{Property: "outpostArn", To: []*simulator.Kind{vpc}, OnDelete: simulator.Ignore},
			},
			Unique:     []simulator.Unique{{Properties: []string{"vpcId", "ipv6CidrBlock"}, Everywhere: true}},
			API:        []string{"ec2:CreateSubnet"},
			Parameters: map[string]string{"availabilityZoneId": ""},
			Constraints: []simulator.Constraint{{
				Origin: simulator.Origin{ID: "part-late", Source: "a page"}, Error: "Late: too late", Stage: simulator.AtDelete,
				Find: func(*simulator.Call, func(string, ...any)) {},
			}},
			Quotas: []simulator.Quota{{Code: "part-many", Source: "another", Limit: 3, Error: "TooMany: %d at most"}},
			Check:  func(*simulator.Call) {},
			Compute: func(c *simulator.Call) {
				c.Set("ownerId", c.Account)
				c.Set("outpostArn", c.Find(vpc, c.Text("vpcId")).ID) // what is required exists
				if c.Given("ipv6CidrBlock") {
					c.Set("ipv6CidrBlockAssociationId", "x")
				}
			},
		},
		{
			Token: vpcToken, Kind: vpc, ExactlyOne: [][]string{{"cidrBlock", "ipv4IpamPoolId"}},
			Unique:  []simulator.Unique{{Keys: func(*simulator.Call) []string { return nil }}},
			Compute: func(c *simulator.Call) { c.Set("arn", c.Find(vpc, "none").ID) },
			Allow:   func(*simulator.Call) {}, Release: func(*simulator.Call) {}, Refresh: func(*simulator.Call) {},
			Adopt:     func(*simulator.Call) *simulator.Object { return nil },
			Keeps:     func(*simulator.Call) bool { return false },
			ReplaceIf: func(_, _ resource.PropertyMap) []string { return nil },
		},
	}
	account, err := simulator.NewAccount(cloud, simulator.Options{})
	require.NoError(t, err)
	e, err := account.Explain(subnetToken)
	require.NoError(t, err)
	assert.Equal(t, "aws", e.Cloud)
	assert.True(t, e.Modelled)
	assert.False(t, e.Lookup)
	assert.Equal(t, "Part", e.Kind)
	assert.Equal(t, []string{"cidrBlock", "customerOwnedIpv4Pool.inner"}, e.Restricted)
	assert.Equal(t, [][]string{{"availabilityZone", "availabilityZoneId"}}, e.AtMostOne)
	assert.Equal(t, []simulator.ExplainedReference{
		{Property: "vpcId", To: []string{"Net"}, Holds: true}, {Property: "outpostArn", To: []string{"Net"}},
	}, e.References)
	assert.Equal(t, []simulator.ExplainedUnique{{[]string{"vpcId", "ipv6CidrBlock"}, true}}, e.Unique)
	assert.Equal(t, []string{"refuses inputs, in previews too"}, e.Code)
	assert.Equal(t, []string{"ec2:CreateSubnet"}, e.API)
	assert.Equal(t, []simulator.Listing{
		{ID: "part-late", Types: []string{subnetToken}, Source: "a page", Error: "Late: too late", Stage: "delete"},
		{ID: "part-many", Types: []string{subnetToken}, Source: "another", Error: "TooMany: %d at most", Stage: "apply"},
	}, e.Constraints)
	assert.Equal(t, "OutpostArn of ec2:CreateSubnet", input(t, e, "outpostArn").Parameter)
	assert.Empty(t, input(t, e, "availabilityZoneId").Parameter, "the table says so")
	assert.Empty(t, input(t, e, "mapPublicIpOnLaunch").Parameter, "the operation has none")
	assert.Contains(t, e.Replaces, "cidrBlock", "from the table")
	assert.NotContains(t, e.Replaces, "tags")
	assert.Contains(t, e.Computed, "ownerId")
	assert.Contains(t, e.Computed, "arn", "from the kind")
	assert.NotContains(t, e.Computed, "ipv6CidrBlockAssociationId")
	assert.Contains(t, e.MadeUp, "ipv6CidrBlockAssociationId", "not without an input that is not required")
	for _, name := range []string{"vpcId", "ownerId", "mapPublicIpOnLaunch"} {
		assert.NotContains(t, e.MadeUp, name)
	}
	assert.Equal(t, simulator.ExplainedInput{
		Name: "vpcId", Type: "string", Required: true, Parameter: "VpcId of ec2:CreateSubnet",
	}, input(t, e, "vpcId"))
	assert.Equal(t, simulator.ExplainedInput{
		Name: "mapPublicIpOnLaunch", Type: "bool", Default: true, Echoed: true,
	}, input(t, e, "mapPublicIpOnLaunch"))
	for _, name := range []string{"cidrBlock", "availabilityZoneId", "outpostArn", "ipv6CidrBlock", "customerOwnedIpv4Pool"} {
		assert.False(t, input(t, e, name).Echoed, name)
	}
	assert.True(t, input(t, e, "tags").Echoed)

	e, err = account.Explain(vpcToken)
	require.NoError(t, err, "a computation that needs what is not there is contained")
	assert.Equal(t, [][]string{{"cidrBlock", "ipv4IpamPoolId"}}, e.ExactlyOne)
	assert.Equal(t, []simulator.ExplainedUnique{{}}, e.Unique)
	assert.Len(t, e.Code, 7)
	assert.Empty(t, e.MadeUp, "nobody knows")
}

func TestExplainOthers(t *testing.T) {
	t.Parallel()
	account := world(t).Account
	build, err := account.Explain("aws:codecommit/repository:Repository")
	require.NoError(t, err)
	assert.False(t, build.Modelled)
	assert.Empty(t, build.Computed)
	assert.Contains(t, build.MadeUp, "arn")
	assert.True(t, input(t, build, "description").Echoed)

	zones, err := account.Explain("aws:index/getAvailabilityZones:getAvailabilityZones")
	require.NoError(t, err)
	assert.True(t, zones.Lookup)
	assert.True(t, zones.Modelled)
	assert.False(t, input(t, zones, "state").Echoed)
	pool, err := account.Explain("aws:ec2/getCoipPool:getCoipPool")
	require.NoError(t, err)
	assert.False(t, pool.Modelled)

	_, err = account.Explain("aws:ec2/subnett:Subnet")
	assert.EqualError(t, err, `aws has no resource type or function "aws:ec2/subnett:Subnet": did you mean "aws:ec2/subnet:Subnet"?`)
}

// TestExplainEverything: every type can be explained, deterministically, without a trace in the account; every output
// that is always there is computed, made up or comes from an input.
func TestExplainEverything(t *testing.T) {
	t.Parallel()
	account := world(t).Account
	pkg, err := schema.AWS()
	require.NoError(t, err)
	for _, token := range slices.Concat(pkg.Resources(), pkg.Functions()) {
		e, err := account.Explain(token)
		require.NoError(t, err)
		again, err := account.Explain(token)
		require.NoError(t, err)
		require.Equal(t, e, again)
		_, err = json.Marshal(e)
		require.NoError(t, err)
		known, isType := pkg.Resource(token)
		if !isType {
			continue
		}
		for name, property := range known.Outputs {
			_, isInput := known.Inputs[name]
			if property.Required && !isInput && len(e.MadeUp) > 0 {
				assert.True(t, slices.Contains(e.Computed, name) || slices.Contains(e.MadeUp, name), "%s %s", token, name)
			}
		}
	}
	assert.Empty(t, account.Resources())
}

// TestExplainEnumerations: a value out of a set is more than echoed.
func TestExplainEnumerations(t *testing.T) {
	t.Parallel()
	var archive bytes.Buffer
	files := zip.NewWriter(&archive)
	for name, text := range map[string]string{
		schema.VersionFile: "v1", schema.ResourcesFile: "toy:index/ball:Ball", schema.FunctionsFile: "",
		schema.RootModule: "resource toy:index/ball:Ball\t" + `{"in":{"colour":"@index/Colour","marks":"[@index/Colour]","size":"int"}}` +
			"\nenum index/Colour\t" + `["red","blue"]`,
	} {
		file, err := files.Create(name)
		require.NoError(t, err)
		_, err = file.Write([]byte(text))
		require.NoError(t, err)
	}
	require.NoError(t, files.Close())
	toys, err := schema.Open("toy", archive.Bytes())
	require.NoError(t, err)
	account, err := simulator.NewAccount(simulator.Cloud{
		Name:    "toy",
		Schema:  func() (*schema.Package, error) { return toys, nil },
		Connect: func(resource.PropertyMap) (simulator.Site, []schema.Problem) { return simulator.Site{}, nil },
	}, simulator.Options{})
	require.NoError(t, err)
	ball, err := account.Explain("toy:index/ball:Ball")
	require.NoError(t, err)
	assert.Equal(t, []string{"red", "blue"}, input(t, ball, "colour").Values)
	assert.False(t, input(t, ball, "colour").Echoed)
	assert.Equal(t, []string{"red", "blue"}, input(t, ball, "marks").Values)
	assert.False(t, input(t, ball, "marks").Echoed)
	assert.True(t, input(t, ball, "size").Echoed)
}
