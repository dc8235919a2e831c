package simulator_test

import (
	"errors"
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"

	"github.com/holdfast-iac/holdfast/simulator"
	"github.com/holdfast-iac/holdfast/simulator/aws"
	"github.com/holdfast-iac/holdfast/simulator/schema"
	"github.com/holdfast-iac/holdfast/simulator/simulatortest"
)

type inputs = map[string]any

var (
	oregon  = inputs{"region": "us-west-2"}
	unknown = resource.MakeComputed(resource.NewStringProperty(""))
)

func world(t *testing.T) *simulatortest.World {
	t.Helper()
	return simulatortest.NewWorld(t, aws.New(aws.Options{}), oregon)
}

func TestTablesAgreeWithTheSchema(t *testing.T) {
	t.Parallel()
	kind := &simulator.Kind{Noun: "thing"}
	for want, change := range map[string]func(*simulator.Cloud){
		"the table gives no kind":                        func(c *simulator.Cloud) { c.Types = []*simulator.Type{{Token: vpcToken}} },
		"aws has no function aws:ec2/getNothing:nothing": func(c *simulator.Cloud) { c.Lookups = []*simulator.Lookup{{Token: "aws:ec2/getNothing:nothing"}} },
		`names an input "cidr" that the schema lacks`: func(c *simulator.Cloud) {
			c.Types = []*simulator.Type{{Token: vpcToken, Kind: kind, Immutable: []string{"cidr"}}}
		},
		`names an input "arn" that the schema lacks`: func(c *simulator.Cloud) {
			c.Types = []*simulator.Type{{Token: vpcToken, Kind: kind, Defaults: inputs{"arn": "x"}}}
		},
		`names an input "subnets[*].id"`: func(c *simulator.Cloud) {
			c.Types = []*simulator.Type{{Token: vpcToken, Kind: kind, References: []simulator.Reference{{Property: "subnets[*].id"}}}}
		},
		`names an input "names"`: func(c *simulator.Cloud) {
			c.Types = []*simulator.Type{{Token: vpcToken, Kind: kind, Unique: []simulator.Unique{{Properties: []string{"names"}}}}}
		},
		"no schema today": func(c *simulator.Cloud) {
			c.Schema = func() (*schema.Package, error) { return nil, errors.New("no schema today") }
		},
	} {
		cloud := aws.New(aws.Options{})
		change(&cloud)
		_, err := simulator.NewAccount(cloud, simulator.Options{})
		assert.ErrorContains(t, err, want)
	}
}

func TestModelled(t *testing.T) {
	t.Parallel()
	account := world(t).Account
	assert.True(t, account.Modelled(vpcToken))
	assert.True(t, account.Modelled("aws:index/getAvailabilityZones:getAvailabilityZones"))
	assert.False(t, account.Modelled("aws:gamelift/gameSessionQueue:GameSessionQueue"))
	assert.False(t, account.Modelled("aws:ec2/getCoipPool:getCoipPool"))
	assert.Equal(t, "aws", account.Cloud().Name)
}

// TestEchoedTypes: a type without a table entry is checked, has an id and outputs, and can be read, changed and
// deleted.
func TestEchoedTypes(t *testing.T) {
	t.Parallel()
	w := world(t)
	const token = "aws:gamelift/gameSessionQueue:GameSessionQueue"
	_, err := w.Try(token, "q", inputs{"timeoutInSecond": 5})
	assert.ErrorContains(t, err, `did you mean "timeoutInSeconds"?`)
	queue := w.Create(token, "q", inputs{"timeoutInSeconds": 5})
	assert.Regexp(t, `^q-[0-9a-f]{7}$`, queue.ID())
	assert.Equal(t, "arn:aws:gamelift:us-west-2:123456789012:gameSessionQueue/"+queue.ID(), queue.Text("arn"))
	repository := w.Create("aws:codecommit/repository:Repository", "r", inputs{"repositoryName": "r"})
	assert.Regexp(t, `^simulated-cloneUrlHttp-[0-9a-f]{7}$`, repository.Text("cloneUrlHttp"))
	w.Delete(repository)
	assert.Regexp(t, `^q-[0-9a-f]{7}$`, queue.Text("name"))
	changed, err := w.TryUpdate(queue, inputs{"timeoutInSeconds": 6})
	require.NoError(t, err)
	assert.Equal(t, queue.Text("arn"), changed.Text("arn"), "what is made up stays")
	assert.Equal(t, 6.0, changed.Outputs["timeoutInSeconds"].NumberValue())
	id, read, outputs, err := w.Provider.Read(changed.Request, changed.Inputs)
	require.NoError(t, err)
	assert.Equal(t, queue.ID(), id)
	assert.Equal(t, changed.Outputs, outputs)
	assert.Equal(t, changed.Inputs, read)
	w.Delete(changed)
	assert.Empty(t, w.Account.Resources())
	again := w.Create(token, "q", inputs{"timeoutInSeconds": 5})
	assert.NotEqual(t, queue.ID(), again.ID(), "a resource made anew has another id")
	_, err = w.TryUpdate(changed, inputs{"timeoutInSeconds": 7})
	assert.ErrorContains(t, err, "updating "+token+" ("+queue.ID()+"): there is no "+token)
}

// TestEchoedOutputs: outputs that are always there have a value of their type, however deep.
func TestEchoedOutputs(t *testing.T) {
	t.Parallel()
	w := world(t)
	pkg, err := schema.AWS()
	require.NoError(t, err)
	for _, token := range pkg.Resources() {
		if w.Account.Modelled(token) || token == "pulumi:providers:aws" {
			continue
		}
		known, _ := pkg.Resource(token)
		request := simulatortest.Request(token, "x")
		_, outputs, err := w.Provider.Create(request, resource.PropertyMap{}, false)
		require.NoError(t, err, token)
		require.Empty(t, pkg.Validate(known.Outputs, outputs), token)
		_, outputs, err = w.Provider.Create(request, resource.PropertyMap{}, true)
		require.NoError(t, err, token)
		for name, property := range known.Outputs {
			if property.Secret {
				value := outputs[resource.PropertyKey(name)]
				assert.True(t, value.IsNull() || value.IsSecret(), "%s %s", token, name)
			}
		}
	}
}

func TestAutomaticNames(t *testing.T) {
	t.Parallel()
	w := world(t)
	group := func(name string, in inputs) (string, error) {
		made, err := w.Try("aws:cloudwatch/logGroup:LogGroup", name, in)
		return made.Text("name"), err
	}
	first, err := group("logs", inputs{})
	require.NoError(t, err)
	assert.Regexp(t, `^logs-[0-9a-f]{7}$`, first)
	given, err := group("given", inputs{"name": "mine"})
	require.NoError(t, err)
	assert.Equal(t, "mine", given)
	prefixed, err := group("prefixed", inputs{"namePrefix": "pre-"})
	require.NoError(t, err)
	assert.Regexp(t, `^pre-[0-9a-f]{26}$`, prefixed)
	bucket := w.Create("aws:s3/bucketV2:BucketV2", "MyBucket", inputs{})
	assert.Regexp(t, `^mybucket-[0-9a-f]{7}$`, bucket.ID())
	_, err = w.Try("aws:iam/role:Role", fmt.Sprintf("%060d", 0), inputs{"assumeRolePolicy": "{}"})
	assert.ErrorContains(t, err, "are longer than 64")

	// A name once made up stays; the same program gets the same in another account.
	thing := w.Create("aws:cloudwatch/logGroup:LogGroup", "stays", inputs{})
	changed, err := w.TryUpdate(thing, inputs{"retentionInDays": 7})
	require.NoError(t, err)
	assert.Equal(t, thing.Text("name"), changed.Text("name"))
	other := world(t).Create("aws:cloudwatch/logGroup:LogGroup", "stays", inputs{})
	assert.Equal(t, thing.Text("name"), other.Text("name"))
	seeded, err := simulator.NewAccount(aws.New(aws.Options{}), simulator.Options{Seed: "another"})
	require.NoError(t, err)
	provider, problems := seeded.Provider(resource.NewPropertyMapFromMap(oregon))
	require.Empty(t, problems)
	another := (&simulatortest.World{T: t, Account: seeded, Provider: provider}).
		Create("aws:cloudwatch/logGroup:LogGroup", "stays", inputs{})
	assert.NotEqual(t, thing.Text("name"), another.Text("name"))
}

// TestReplacementOrder: with a name of its own choosing, a program's resource must go before its replacement comes;
// with a made-up name it need not.
func TestReplacementOrder(t *testing.T) {
	t.Parallel()
	w := world(t)
	vpc := w.Create(vpcToken, "v", inputs{"cidrBlock": "10.0.0.0/16"})
	for name, first := range map[string]bool{"": false, "chosen": true} {
		before, after := inputs{"vpcId": vpc.ID(), "description": "a"}, inputs{"vpcId": vpc.ID(), "description": "b"}
		if name != "" {
			before["name"], after["name"] = name, name
		}
		group := w.Create("aws:ec2/securityGroup:SecurityGroup", "g", before)
		checked, problems := w.Provider.Check(group.Request, group.Inputs, resource.NewPropertyMapFromMap(after))
		require.Empty(t, problems)
		diff, err := w.Provider.Diff(group.Request, group.Inputs, checked)
		require.NoError(t, err)
		assert.Equal(t, []string{"description"}, diff.Replaces)
		assert.Equal(t, first, diff.DeleteFirst, "name %q", name)
	}
}

func TestUnknownValuesPassPreview(t *testing.T) {
	t.Parallel()
	w := world(t)
	request := simulatortest.Request(subnetToken, "s")
	checked, problems := w.Provider.Check(request, nil, resource.PropertyMap{
		"vpcId": unknown, "cidrBlock": unknown, "availabilityZone": unknown, "tags": unknown,
	})
	require.Empty(t, problems)
	assert.True(t, checked["tagsAll"].IsComputed())
	_, outputs, err := w.Provider.Create(request, checked, true)
	require.NoError(t, err)
	assert.True(t, outputs["vpcId"].IsComputed())
	assert.True(t, outputs["arn"].IsComputed())
	assert.Empty(t, w.Account.Resources())
	diff, err := w.Provider.Diff(request, resource.NewPropertyMapFromMap(inputs{"vpcId": "vpc-1"}), checked)
	require.NoError(t, err)
	assert.Contains(t, diff.Replaces, "vpcId", "an unknown value may be another one")
	_, _, err = w.Provider.Create(request, resource.NewPropertyMapFromMap(inputs{"vpcId": "vpc-0123"}), true)
	assert.ErrorContains(t, err, "InvalidVpcID.NotFound", "what is known to be missing fails a preview")
	_, err = w.Provider.Update(request, nil, resource.NewPropertyMapFromMap(inputs{"vpcId": "vpc-0123"}), true)
	assert.ErrorContains(t, err, "InvalidVpcID.NotFound")
	role := simulatortest.Request("aws:iam/rolePolicy:RolePolicy", "p")
	_, _, err = w.Provider.Create(role, resource.NewPropertyMapFromMap(inputs{"role": "made in the same run", "policy": "{}"}), true)
	assert.NoError(t, err, "a name may belong to what the same run creates")
}

func TestSecrets(t *testing.T) {
	t.Parallel()
	w := world(t)
	secret := func(s string) resource.PropertyValue { return resource.MakeSecret(resource.NewStringProperty(s)) }
	group := w.Create("aws:cloudwatch/logGroup:LogGroup", "g", inputs{
		"name": secret("hush-hush"), "tags": inputs{"a": secret("b"), "c": "d"},
		"kmsKeyId": resource.NewOutputProperty(resource.Output{
			Element: resource.NewStringProperty("arn:aws:kms:us-west-2:999999999999:key/k"), Known: true, Secret: true,
		}),
	})
	assert.Equal(t, secret("hush-hush"), group.Outputs["name"])
	assert.True(t, group.Outputs["arn"].IsSecret(), "an output that holds a secret's text is secret")
	assert.Equal(t, secret("b"), group.Outputs["tagsAll"].ObjectValue()["a"])
	assert.False(t, group.Outputs["tagsAll"].ObjectValue()["c"].IsSecret())
	assert.True(t, group.Outputs["kmsKeyId"].IsSecret())
	_, err := w.Try("aws:cloudwatch/logGroup:LogGroup", "again", inputs{"name": secret("hush-hush")})
	require.Error(t, err)
	assert.Equal(t, "ResourceAlreadyExistsException", simulator.Code(err))
	refused, ok := errors.AsType[*simulator.Error](err)
	require.True(t, ok)
	assert.Len(t, refused.Problems, 1, "the cloud's own words are enough")
	assert.NotContains(t, err.Error(), "hush")
	_, err = w.Try("aws:ec2/subnet:Subnet", "s", inputs{"vpcId": secret("x"), "cidrBlock": secret("hush-hush")})
	require.Error(t, err)
	assert.NotContains(t, err.Error(), "hush")
	result, err := w.Provider.Invoke("aws:index/getAvailabilityZones:getAvailabilityZones", resource.PropertyMap{
		"excludeNames": resource.NewArrayProperty([]resource.PropertyValue{secret("us-west-2a")}),
	})
	require.NoError(t, err)
	assert.True(t, result["excludeNames"].ContainsSecrets())
	_, err = w.Provider.Invoke("aws:index/getRegion:getRegion", resource.PropertyMap{"name": secret("hush-hush")})
	require.Error(t, err)
	assert.NotContains(t, err.Error(), "hush")
	vpc := w.Create(vpcToken, "v", inputs{
		"cidrBlock": "10.0.0.0/16", "enableDnsSupport": resource.MakeSecret(resource.NewBoolProperty(true)),
	})
	assert.True(t, vpc.Outputs["enableDnsSupport"].IsSecret(), "also what is no text")
	group = w.Create("aws:ec2/securityGroup:SecurityGroup", "web", inputs{"vpcId": vpc.ID(), "ingress": []any{inputs{
		"protocol": "tcp", "toPort": 22, "fromPort": resource.MakeSecret(resource.NewNumberProperty(22)), "self": true,
	}}})
	assert.True(t, group.Outputs["ingress"].ArrayValue()[0].ObjectValue()["fromPort"].IsSecret(), "also deep inside")
	roleInputs := inputs{"name": "r", "assumeRolePolicy": resource.MakeSecret(resource.NewObjectProperty(resource.NewPropertyMapFromMap(inputs{
		"Statement": inputs{"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": "*"},
	})))}
	role := w.Create("aws:iam/role:Role", "r", roleInputs)
	assert.True(t, role.Outputs["assumeRolePolicy"].IsSecret(), "also when it is brought into another form")
}

// TestMadeUpValuesStay: an update does not change what the cloud made up.
func TestMadeUpValuesStay(t *testing.T) {
	t.Parallel()
	w := world(t)
	in := inputs{"cidrBlock": "10.0.0.0/16", "assignGeneratedIpv6CidrBlock": true}
	vpc := w.Create(vpcToken, "v", in)
	changed, err := w.TryUpdate(vpc, simulatortest.With(in, inputs{"tags": inputs{"a": "b"}}))
	require.NoError(t, err)
	for _, name := range []string{"ipv6CidrBlock", "ipv6AssociationId", "defaultSecurityGroupId", "dhcpOptionsId", "arn"} {
		assert.NotEmpty(t, vpc.Text(name))
		assert.Equal(t, vpc.Text(name), changed.Text(name), name)
	}
}

func TestDefaultsAreListed(t *testing.T) {
	t.Parallel()
	vpc := world(t).Create(vpcToken, "v", inputs{"cidrBlock": "10.0.0.0/16", "enableDnsSupport": false})
	assert.Equal(t, []any{"instanceTenancy"}, vpc.Inputs["__defaults"].Mappable())
	assert.False(t, vpc.Outputs["enableDnsSupport"].BoolValue())
	assert.NotContains(t, vpc.Outputs, resource.PropertyKey("__defaults"))
}

// TestDrift: a refresh shows what somebody else changed, added or deleted.
func TestDrift(t *testing.T) {
	t.Parallel()
	w := world(t)
	vpc := w.Create(vpcToken, "v", inputs{"cidrBlock": "10.0.0.0/16", "tags": inputs{"a": "b"}})
	require.NoError(t, w.Account.Drift(vpcToken, "us-west-2", vpc.ID(), func(outputs resource.PropertyMap) {
		outputs["enableDnsSupport"] = resource.NewBoolProperty(false)
		outputs["enableDnsHostnames"] = resource.NewBoolProperty(true)
	}))
	_, read, outputs, err := w.Provider.Read(vpc.Request, vpc.Inputs)
	require.NoError(t, err)
	assert.False(t, outputs["enableDnsSupport"].BoolValue())
	diff, err := w.Provider.Diff(vpc.Request, read, vpc.Inputs)
	require.NoError(t, err)
	assert.Equal(t, map[string]simulator.Change{
		"enableDnsSupport": simulator.Changed, "enableDnsHostnames": simulator.Removed,
	}, diff.Changes)
	repaired, err := w.TryUpdate(vpc, inputs{"cidrBlock": "10.0.0.0/16", "tags": inputs{"a": "b"}})
	require.NoError(t, err)
	assert.True(t, repaired.Outputs["enableDnsSupport"].BoolValue())
	require.NoError(t, w.Account.Vanish(vpcToken, "us-west-2", vpc.ID()))
	id, _, _, err := w.Provider.Read(vpc.Request, vpc.Inputs)
	require.NoError(t, err)
	assert.Empty(t, id)
	assert.Error(t, w.Account.Vanish(vpcToken, "us-west-2", vpc.ID()))
	assert.Error(t, w.Account.Drift(vpcToken, "us-west-2", vpc.ID(), func(resource.PropertyMap) {}))
	assert.Error(t, w.Account.Drift("aws:codecommit/repository:Repository", "us-west-2", "q", func(resource.PropertyMap) {}))
}

// TestDiffInsideImmutable: a change inside what cannot be changed replaces too.
func TestDiffInsideImmutable(t *testing.T) {
	t.Parallel()
	w := world(t)
	for _, test := range []struct {
		token         string
		before, after inputs
		want          []string
	}{
		{"aws:ec2/securityGroupRule:SecurityGroupRule", inputs{"cidrBlocks": []any{"a", "b"}}, inputs{"cidrBlocks": []any{"a", "c"}},
			[]string{"cidrBlocks[1]"}},
		{"aws:ec2/securityGroupRule:SecurityGroupRule", inputs{"cidrBlocks": []any{"a", "b"}}, inputs{"cidrBlocks": []any{"a"}},
			[]string{"cidrBlocks[1]"}},
		{"aws:ec2/flowLog:FlowLog", inputs{}, inputs{"destinationOptions": inputs{"fileFormat": "parquet"}}, []string{"destinationOptions"}},
		{"aws:ec2/flowLog:FlowLog", inputs{"destinationOptions": inputs{"fileFormat": "parquet"}},
			inputs{"destinationOptions": inputs{"fileFormat": "plain-text"}}, []string{"destinationOptions.fileFormat"}},
		{"aws:ec2/vpc:Vpc", inputs{"ipv6CidrBlock": "a"}, inputs{"ipv6CidrBlock": "b"}, nil},
		// from the SDK's comments, for a type that no table models
		{"aws:emr/instanceGroup:InstanceGroup", inputs{"instanceType": "a", "instanceCount": 1}, inputs{"instanceType": "b", "instanceCount": 2},
			[]string{"instanceType"}},
	} {
		diff, err := w.Provider.Diff(simulatortest.Request(test.token, "x"),
			resource.NewPropertyMapFromMap(test.before), resource.NewPropertyMapFromMap(test.after))
		require.NoError(t, err)
		assert.NotEmpty(t, diff.Changes)
		assert.Equal(t, test.want, diff.Replaces, test.token)
	}
}

// TestRefreshIgnoresOrder: the order of a list that is a set means nothing.
func TestRefreshIgnoresOrder(t *testing.T) {
	t.Parallel()
	w := world(t)
	request := simulatortest.Request("aws:ec2/vpcEndpoint:VpcEndpoint", "e")
	diff := func(before, after []any) int {
		d, err := w.Provider.Diff(request, resource.NewPropertyMapFromMap(inputs{"subnetIds": before}),
			resource.NewPropertyMapFromMap(inputs{"subnetIds": after}))
		require.NoError(t, err)
		return len(d.Changes)
	}
	assert.Zero(t, diff([]any{"a", "b"}, []any{"b", "a"}))
	assert.NotZero(t, diff([]any{"a", "b"}, []any{"b", "c"}))
	assert.NotZero(t, diff([]any{"a", "b"}, []any{"a"}))
}

func TestErrors(t *testing.T) {
	t.Parallel()
	err := &simulator.Error{Doing: "creating Thing", Problems: []simulator.Problem{
		{Text: "one"}, {Code: "Some.Code", Text: "two"},
	}}
	assert.EqualError(t, err, "creating Thing: one\ncreating Thing: Some.Code: two")
	assert.Equal(t, "Some.Code", simulator.Code(fmt.Errorf("wrapped: %w", err)))
	assert.Empty(t, simulator.Code(errors.New("other")))
	assert.Empty(t, simulator.Code(&simulator.Error{Problems: []simulator.Problem{{Text: "one"}}}))
}

func TestRules(t *testing.T) {
	t.Parallel()
	text, number := resource.NewStringProperty, resource.NewNumberProperty
	for _, test := range []struct {
		rule  simulator.Rule
		value resource.PropertyValue
		want  string
	}{
		{simulator.OneOf("a", "b"), text("a"), ""},
		{simulator.OneOf("a", "b"), text("c"), `expected one of a, b, got "c"`},
		{simulator.OneOf("a", "b"), number(1), ""}, // the schema's business
		{simulator.OneOfNumbers(1, 2.5), number(2.5), ""},
		{simulator.OneOfNumbers(1, 2.5), number(3), "expected one of 1, 2.5, got 3"},
		{simulator.OneOfNumbers(1), text("3"), ""},
		{simulator.Between(1, 5), number(5), ""},
		{simulator.Between(1, 5), number(6), "expected a number from 1 to 5, got 6"},
		{simulator.Between(1, 5), text("6"), ""},
		{simulator.Length(1, 3), text("äöü"), ""},
		{simulator.Length(1, 3), text("four"), "expected 1 to 3 characters, got 4"},
		{simulator.Matches("^a+$", "only a is"), text("aa"), ""},
		{simulator.Matches("^a+$", "only a is"), text("ab"), `"ab" is not allowed here: only a is`},
		{simulator.All(simulator.Length(1, 3), simulator.OneOf("a")), text("b"), `expected one of a, got "b"`},
		{simulator.All(simulator.Length(1, 3), simulator.OneOf("a")), text("a"), ""},
		{simulator.Coded("Bad.Name", simulator.OneOf("a")), text("b"), `Bad.Name: expected one of a, got "b"`},
		{simulator.Coded("Bad.Name", simulator.OneOf("a")), text("a"), ""},
	} {
		assert.Equal(t, test.want, test.rule(test.value))
	}
}
