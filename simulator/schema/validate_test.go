package schema_test

import (
	"fmt"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource/asset"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/holdfast-iac/holdfast/simulator/schema"
)

var (
	unknown = resource.MakeComputed(resource.NewStringProperty(""))
	secret  = resource.MakeSecret
)

func output(value resource.PropertyValue, known, isSecret bool) resource.PropertyValue {
	return resource.NewOutputProperty(resource.Output{Element: value, Known: known, Secret: isSecret})
}

func TestValidate(t *testing.T) {
	t.Parallel()
	file, err := asset.FromText("text")
	require.NoError(t, err)
	for _, test := range []struct {
		name   string
		token  string
		inputs map[string]any
		want   []string // path: text
	}{
		{"complete", "aws:ec2/subnet:Subnet", map[string]any{"vpcId": "vpc-1", "tags": map[string]any{"a": "b"}}, nil},
		{"internal keys", "aws:ec2/subnet:Subnet", map[string]any{"vpcId": "vpc-1", "__defaults": []any{}}, nil},
		{
			"all at once", "aws:ec2/subnet:Subnet",
			map[string]any{"cidrBlok": "10.0.0.0/24", "mapPublicIpOnLaunch": "maybe", "tags": []any{"a"}},
			[]string{
				`cidrBlok: unknown property "cidrBlok": did you mean "cidrBlock"?`,
				`mapPublicIpOnLaunch: expected true or false, got the string "maybe"`,
				`tags: expected a map, each value a string, got a list`,
				`vpcId: missing required property "vpcId" (a string)`,
			},
		},
		{"null is absent", "aws:ec2/subnet:Subnet", map[string]any{"vpcId": nil},
			[]string{`vpcId: missing required property "vpcId" (a string)`}},
		{"capitals", "aws:ec2/vpc:Vpc", map[string]any{"CidrBlock": "10.0.0.0/16"},
			[]string{`CidrBlock: unknown property "CidrBlock": did you mean "cidrBlock"?`}},
		{"nothing like it", "aws:ec2/internetGateway:InternetGateway", map[string]any{"zzz": 1},
			[]string{`zzz: unknown property "zzz": the properties are tags, vpcId`}},
		{
			"nested", "aws:ec2/routeTable:RouteTable",
			map[string]any{"vpcId": "v", "routes": []any{
				map[string]any{"cidrBlock": 5}, map[string]any{"gatewayID": "igw"}, "no object",
			}},
			[]string{
				`routes[1].gatewayID: unknown property "gatewayID": did you mean "gatewayId"?`,
				`routes[2]: expected an object, got the string "no object"`,
			},
		},
		{
			"required in nested", "aws:ec2/securityGroup:SecurityGroup",
			map[string]any{"ingress": []any{map[string]any{"fromPort": 1.5}}},
			[]string{
				`ingress[0].fromPort: expected a whole number, got 1.5`,
				`ingress[0].protocol: missing required property "protocol" (a string)`,
				`ingress[0].toPort: missing required property "toPort" (a whole number)`,
			},
		},
		{"a list wanted", "aws:rds/subnetGroup:SubnetGroup", map[string]any{"subnetIds": "subnet-1"},
			[]string{`subnetIds: expected a list, each element a string, got the string "subnet-1"`}},
		{"converted scalars", "aws:ec2/securityGroupRule:SecurityGroupRule", map[string]any{
			"type": "ingress", "protocol": 6, "fromPort": "80", "toPort": "443", "self": "true", "securityGroupId": true,
		}, nil},
		{"not converted", "aws:ec2/securityGroupRule:SecurityGroupRule", map[string]any{
			"type": "ingress", "protocol": []any{}, "fromPort": "http", "toPort": "NaN", "self": 1, "securityGroupId": "sg",
		}, []string{
			`fromPort: expected a whole number, got the string "http"`,
			`protocol: expected a string, got a list`,
			`self: expected true or false, got 1`,
			`toPort: expected a whole number, got the string "NaN"`,
		}},
		{"unknown values", "aws:ec2/routeTable:RouteTable", map[string]any{
			"vpcId": unknown, "routes": unknown, "tags": output(resource.NewNullProperty(), false, false),
		}, nil},
		{"secrets", "aws:ec2/subnet:Subnet", map[string]any{
			"vpcId":               secret(resource.NewStringProperty("vpc-1")),
			"mapPublicIpOnLaunch": secret(resource.NewStringProperty("hush")),
			"cidrBlock":           output(resource.NewArrayProperty(nil), true, true),
			"enableDns64":         output(resource.NewStringProperty("hush too"), true, true),
		}, []string{
			`cidrBlock: expected a string, got a list`,
			`enableDns64: expected true or false, got a secret string`,
			`mapPublicIpOnLaunch: expected true or false, got a secret string`,
		}},
		{"assets", "aws:s3/bucketObject:BucketObject", map[string]any{"bucket": "b", "source": file}, nil},
		{"no asset", "aws:s3/bucketObject:BucketObject", map[string]any{"bucket": "b", "key": file, "source": "text"},
			[]string{`key: expected a string, got a file or archive`, `source: expected a file or archive, got the string "text"`}},
		{"resource references", "aws:ec2/subnet:Subnet", map[string]any{
			"vpcId": resource.MakeCustomResourceReference("urn:pulumi:s::p::aws:ec2/vpc:Vpc::v", "vpc-1", ""),
		}, nil},
		{"keys that need quotes", "aws:ec2/vpc:Vpc", map[string]any{"tags": map[string]any{"a.b": []any{}}},
			[]string{`tags["a.b"]: expected a string, got a list`}},
		{"long values", "aws:ec2/vpc:Vpc", map[string]any{"enableDnsSupport": fmt.Sprintf("%0100d", 1)},
			[]string{`enableDnsSupport: expected true or false, got a string`}},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			pkg := awsPackage(t)
			known, ok := pkg.Resource(test.token)
			require.True(t, ok)
			var got []string
			for _, problem := range pkg.Validate(known.Inputs, resource.NewPropertyMapFromMap(test.inputs)) {
				got = append(got, problem.Path+": "+problem.String())
			}
			assert.Equal(t, test.want, got)
		})
	}
}

func TestValidateEnumerations(t *testing.T) {
	t.Parallel()
	pkg, err := schema.Open("demo", archive(t, map[string]string{
		schema.VersionFile: "v1", "m": "resource demo:m/a:A\t{\"in\":{\"mode\":\"@m/Mode\",\"other\":\"@m/Gone\",\"nested\":\"#m/Gone\"}}\nenum m/Mode\t[\"Fast\",\"Slow\"]\n" +
			"resource demo:m/b:B\t{}\n",
	}))
	require.NoError(t, err)
	known, ok := pkg.Resource("demo:m/a:A")
	require.True(t, ok)
	check := func(inputs map[string]any) string {
		text := ""
		for _, problem := range pkg.Validate(known.Inputs, resource.NewPropertyMapFromMap(inputs)) {
			text += problem.String() + "\n"
		}
		return text
	}
	assert.Empty(t, check(map[string]any{"mode": "Fast", "other": "anything", "nested": map[string]any{"x": 1}}))
	assert.Equal(t, "the string \"Medium\" is not one of Fast, Slow\n", check(map[string]any{"mode": "Medium"}))
	assert.Equal(t, "expected a string out of a set, got 1\n", check(map[string]any{"mode": 1}))
	none, ok := pkg.Resource("demo:m/b:B")
	require.True(t, ok)
	assert.Equal(t, `unknown property "x": there are no properties to set`,
		pkg.Validate(none.Inputs, resource.PropertyMap{"x": unknown})[0].String())
}

func TestProblem(t *testing.T) {
	t.Parallel()
	assert.Equal(t, "text", schema.Problem{Path: "a", Text: "text"}.String())
	assert.Equal(t, "Code: text", schema.Problem{Path: "a", Code: "Code", Text: "text"}.String())
}

func TestConform(t *testing.T) {
	t.Parallel()
	pkg := awsPackage(t)
	known, ok := pkg.Resource("aws:ec2/securityGroup:SecurityGroup")
	require.True(t, ok)
	got := pkg.Conform(known.Inputs, resource.NewPropertyMapFromMap(map[string]any{
		"name":                5,
		"revokeRulesOnDelete": secret(resource.NewStringProperty("true")),
		"tags":                map[string]any{"a": true, "b": 1.5},
		"ingress":             []any{map[string]any{"fromPort": "80", "toPort": 90, "cidrBlocks": []any{"a"}, "nosuch": "1"}},
		"nosuch":              "1",
		"vpcId":               unknown,
		"description":         []any{1},
	}))
	output := func(value resource.PropertyValue) resource.PropertyMap {
		return resource.PropertyMap{"name": resource.NewOutputProperty(resource.Output{Element: value, Known: true})}
	}
	assert.Equal(t, output(resource.NewStringProperty("5")), pkg.Conform(known.Inputs, output(resource.NewNumberProperty(5))))
	assert.Equal(t, resource.NewPropertyMapFromMap(map[string]any{
		"name":                "5",
		"revokeRulesOnDelete": secret(resource.NewBoolProperty(true)),
		"tags":                map[string]any{"a": "true", "b": "1.5"},
		"ingress":             []any{map[string]any{"fromPort": 80, "toPort": 90, "cidrBlocks": []any{"a"}, "nosuch": "1"}},
		"nosuch":              "1",
		"vpcId":               unknown,
		"description":         []any{1},
	}), got)
}

func TestNearest(t *testing.T) {
	t.Parallel()
	assert.Equal(t, "cidrBlock", schema.Nearest("cidr_block", []string{"vpcId", "cidrBlock", "cidrBlocks"}))
	assert.Empty(t, schema.Nearest("entirely", []string{"different", "words"}))
	assert.Empty(t, schema.Nearest("x", nil))
}
