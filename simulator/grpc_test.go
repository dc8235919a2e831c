package simulator_test

import (
	"context"
	"encoding/json"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/credentials/insecure"
	"google.golang.org/grpc/status"
	"google.golang.org/protobuf/types/known/emptypb"
	"google.golang.org/protobuf/types/known/structpb"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource/plugin"
	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"

	"github.com/holdfast-iac/holdfast/simulator"
	"github.com/holdfast-iac/holdfast/simulator/aws"
)

const (
	vpcToken    = "aws:ec2/vpc:Vpc"
	subnetToken = "aws:ec2/subnet:Subnet"
)

func start(t *testing.T) *simulator.Simulation {
	t.Helper()
	sim, err := simulator.Start(t.Context(), simulator.Options{
		Clouds: []simulator.Cloud{aws.New(aws.Options{})}, Patience: -1,
	})
	require.NoError(t, err)
	t.Cleanup(func() { assert.NoError(t, sim.Close()) })
	return sim
}

// dial connects as the engine does, once for a provider instance.
func dial(t *testing.T, sim *simulator.Simulation) pulumirpc.ResourceProviderClient {
	t.Helper()
	_, port, ok := strings.Cut(sim.Providers(), "aws:")
	require.True(t, ok)
	conn, err := grpc.NewClient("127.0.0.1:"+port, grpc.WithTransportCredentials(insecure.NewCredentials()))
	require.NoError(t, err)
	t.Cleanup(func() { _ = conn.Close() })
	return pulumirpc.NewResourceProviderClient(conn)
}

func configured(t *testing.T, sim *simulator.Simulation, config map[string]any) pulumirpc.ResourceProviderClient {
	t.Helper()
	client := dial(t, sim)
	_, err := client.Configure(t.Context(), &pulumirpc.ConfigureRequest{Args: wire(t, config)})
	require.NoError(t, err)
	return client
}

var keep = plugin.MarshalOptions{KeepUnknowns: true, KeepSecrets: true, KeepResources: true}

func wire(t *testing.T, props map[string]any) *structpb.Struct {
	t.Helper()
	out, err := plugin.MarshalProperties(resource.NewPropertyMapFromMap(props), keep)
	require.NoError(t, err)
	return out
}

func unwire(t *testing.T, props *structpb.Struct) resource.PropertyMap {
	t.Helper()
	out, err := plugin.UnmarshalProperties(props, keep)
	require.NoError(t, err)
	return out
}

func urnOf(token, name string) string { return "urn:pulumi:dev::proj::" + token + "::" + name }

// make1 checks and creates a resource.
func make1(
	t *testing.T, client pulumirpc.ResourceProviderClient, token, name string, inputs map[string]any,
) (string, *structpb.Struct, *structpb.Struct) {
	t.Helper()
	checked, err := client.Check(t.Context(), &pulumirpc.CheckRequest{
		Urn: urnOf(token, name), Name: name, Type: token, News: wire(t, inputs),
	})
	require.NoError(t, err)
	require.Empty(t, checked.GetFailures())
	made, err := client.Create(t.Context(), &pulumirpc.CreateRequest{
		Urn: urnOf(token, name), Name: name, Type: token, Properties: checked.GetInputs(),
	})
	require.NoError(t, err)
	return made.GetId(), checked.GetInputs(), made.GetProperties()
}

func TestProtocol(t *testing.T) {
	t.Parallel()
	sim := start(t)
	require.Len(t, sim.Env(), 1)
	assert.Regexp(t, `^PULUMI_DEBUG_PROVIDERS=aws:\d+$`, sim.Env()[0])
	client := dial(t, sim)
	ctx := t.Context()
	shake, err := client.Handshake(ctx, &pulumirpc.ProviderHandshakeRequest{})
	require.NoError(t, err)
	assert.True(t, shake.GetAcceptSecrets())
	_, err = client.Attach(ctx, &pulumirpc.PluginAttach{})
	require.NoError(t, err)
	info, err := client.GetPluginInfo(ctx, &emptypb.Empty{})
	require.NoError(t, err)
	assert.Equal(t, "v6.83.2", info.GetVersion())
	schema, err := client.GetSchema(ctx, &pulumirpc.GetSchemaRequest{})
	require.NoError(t, err)
	assert.True(t, json.Valid([]byte(schema.GetSchema())))
	mapping, err := client.GetMapping(ctx, &pulumirpc.GetMappingRequest{})
	require.NoError(t, err)
	assert.Empty(t, mapping.GetData())
	_, err = client.Cancel(ctx, &emptypb.Empty{})
	require.NoError(t, err)
	_, err = client.Call(ctx, &pulumirpc.CallRequest{})
	assert.Equal(t, codes.Unimplemented, status.Code(err))
	_, err = client.Parameterize(ctx, &pulumirpc.ParameterizeRequest{})
	assert.Equal(t, codes.Unimplemented, status.Code(err))
}

func TestUnconfiguredConnection(t *testing.T) {
	t.Parallel()
	client, ctx := dial(t, start(t)), t.Context()
	for name, call := range map[string]func() error{
		"Check":  func() error { _, err := client.Check(ctx, &pulumirpc.CheckRequest{}); return err },
		"Diff":   func() error { _, err := client.Diff(ctx, &pulumirpc.DiffRequest{}); return err },
		"Create": func() error { _, err := client.Create(ctx, &pulumirpc.CreateRequest{}); return err },
		"Read":   func() error { _, err := client.Read(ctx, &pulumirpc.ReadRequest{}); return err },
		"Update": func() error { _, err := client.Update(ctx, &pulumirpc.UpdateRequest{}); return err },
		"Delete": func() error { _, err := client.Delete(ctx, &pulumirpc.DeleteRequest{}); return err },
		"Invoke": func() error { _, err := client.Invoke(ctx, &pulumirpc.InvokeRequest{}); return err },
	} {
		assert.Equal(t, codes.FailedPrecondition, status.Code(call()), name)
	}
}

// TestUnknownTypes: no request about a type that does not exist is answered.
func TestUnknownTypes(t *testing.T) {
	t.Parallel()
	client, ctx := configured(t, start(t), map[string]any{"region": "us-west-2"}), t.Context()
	const token = "aws:ec2/subnett:Subnet"
	checked, err := client.Check(ctx, &pulumirpc.CheckRequest{Urn: urnOf(token, "a"), Type: token, News: wire(t, nil)})
	require.NoError(t, err)
	require.Len(t, checked.GetFailures(), 1)
	assert.Equal(t, `aws has no resource type "aws:ec2/subnett:Subnet": did you mean "aws:ec2/subnet:Subnet"?`,
		checked.GetFailures()[0].GetReason())
	for name, call := range map[string]func() error{
		"Diff":   func() error { _, err := client.Diff(ctx, &pulumirpc.DiffRequest{Type: token}); return err },
		"Create": func() error { _, err := client.Create(ctx, &pulumirpc.CreateRequest{Type: token}); return err },
		"Read":   func() error { _, err := client.Read(ctx, &pulumirpc.ReadRequest{Type: token}); return err },
		"Update": func() error { _, err := client.Update(ctx, &pulumirpc.UpdateRequest{Type: token}); return err },
		"Invoke": func() error { _, err := client.Invoke(ctx, &pulumirpc.InvokeRequest{Tok: token}); return err },
	} {
		assert.ErrorContains(t, call(), "did you mean", name)
	}
}

// TestMalformedMessages: properties that are no property map are refused.
func TestMalformedMessages(t *testing.T) {
	t.Parallel()
	client, ctx := configured(t, start(t), map[string]any{"region": "us-west-2"}), t.Context()
	bad, err := structpb.NewStruct(map[string]any{
		"x": map[string]any{"4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270"}, // a secret without a value
	})
	require.NoError(t, err)
	good := wire(t, nil)
	for name, call := range map[string]func() error{
		"CheckConfig": func() error { _, err := client.CheckConfig(ctx, &pulumirpc.CheckRequest{News: bad}); return err },
		"DiffConfig":  func() error { _, err := client.DiffConfig(ctx, &pulumirpc.DiffRequest{News: bad}); return err },
		"Configure":   func() error { _, err := client.Configure(ctx, &pulumirpc.ConfigureRequest{Args: bad}); return err },
		"Check":       func() error { _, err := client.Check(ctx, &pulumirpc.CheckRequest{News: bad}); return err },
		"Check olds":  func() error { _, err := client.Check(ctx, &pulumirpc.CheckRequest{Olds: bad, News: good}); return err },
		"Diff":        func() error { _, err := client.Diff(ctx, &pulumirpc.DiffRequest{News: bad}); return err },
		"Create":      func() error { _, err := client.Create(ctx, &pulumirpc.CreateRequest{Properties: bad}); return err },
		"Read":        func() error { _, err := client.Read(ctx, &pulumirpc.ReadRequest{Inputs: bad}); return err },
		"Update":      func() error { _, err := client.Update(ctx, &pulumirpc.UpdateRequest{News: bad}); return err },
		"Invoke":      func() error { _, err := client.Invoke(ctx, &pulumirpc.InvokeRequest{Args: bad}); return err },
	} {
		assert.Equal(t, codes.InvalidArgument, status.Code(call()), name)
	}
}

func TestConfiguration(t *testing.T) {
	t.Parallel()
	client, ctx := dial(t, start(t)), t.Context()
	for name, test := range map[string]struct {
		config map[string]any
		want   string
	}{
		"good":            {map[string]any{"region": "us-west-2", "version": "6.83.2"}, ""},
		"unknown region":  {map[string]any{"region": resource.MakeComputed(resource.NewStringProperty(""))}, ""},
		"tags as text":    {map[string]any{"region": "us-west-2", "defaultTags": `{"tags":{"a":"b"}}`}, ""},
		"flags as text":   {map[string]any{"region": "us-west-2", "skipRegionValidation": "true"}, ""},
		"no region":       {map[string]any{}, "Missing region configuration"},
		"wrong region":    {map[string]any{"region": "us-wst-2"}, "did you mean us-west-2?"},
		"odd region":      {map[string]any{"region": "somewhere"}, "invalid AWS Region: somewhere"},
		"unknown setting": {map[string]any{"region": "us-west-2", "regoin": "x"}, `did you mean "region"?`},
		"wrong type":      {map[string]any{"region": "us-west-2", "maxRetries": "many"}, "expected a whole number"},
		"bad tags":        {map[string]any{"region": "us-west-2", "defaultTags": "no JSON"}, "expected an object"},
	} {
		checked, err := client.CheckConfig(ctx, &pulumirpc.CheckRequest{News: wire(t, test.config)})
		require.NoError(t, err, name)
		_, err = client.Configure(ctx, &pulumirpc.ConfigureRequest{Args: wire(t, test.config)})
		if test.want == "" {
			assert.Empty(t, checked.GetFailures(), name)
			assert.NoError(t, err, name)
			continue
		}
		if assert.Len(t, checked.GetFailures(), 1, name) {
			assert.Contains(t, checked.GetFailures()[0].GetReason(), test.want, name)
		}
		assert.Equal(t, codes.InvalidArgument, status.Code(err), name)
		assert.ErrorContains(t, err, test.want, name)
	}
	diff, err := client.DiffConfig(ctx, &pulumirpc.DiffRequest{
		OldInputs: wire(t, map[string]any{"region": "us-west-2"}), News: wire(t, map[string]any{"region": "us-east-1"}),
	})
	require.NoError(t, err)
	assert.Equal(t, []string{"region"}, diff.GetDiffs())
	assert.Equal(t, []string{"region"}, diff.GetReplaces(), "another region has other resources")
	diff, err = client.DiffConfig(ctx, &pulumirpc.DiffRequest{
		OldInputs: wire(t, map[string]any{"region": "us-west-2"}), News: wire(t, map[string]any{"region": "us-west-2", "profile": "p"}),
	})
	require.NoError(t, err)
	assert.Equal(t, []string{"profile"}, diff.GetDiffs())
	assert.Empty(t, diff.GetReplaces())
}

// TestRegionsAreApart: every connection is a provider instance of its own.
func TestRegionsAreApart(t *testing.T) {
	t.Parallel()
	sim := start(t)
	west := configured(t, sim, map[string]any{"region": "us-west-2"})
	east := configured(t, sim, map[string]any{"region": "us-east-1"})
	id, _, props := make1(t, west, vpcToken, "west", map[string]any{"cidrBlock": "10.0.0.0/16"})
	assert.Equal(t, "arn:aws:ec2:us-west-2:123456789012:vpc/"+id, unwire(t, props)["arn"].StringValue())
	read, err := east.Read(t.Context(), &pulumirpc.ReadRequest{Id: id, Urn: urnOf(vpcToken, "west"), Type: vpcToken})
	require.NoError(t, err)
	assert.Empty(t, read.GetId(), "the other region has no such VPC")
	made, err := east.Create(t.Context(), &pulumirpc.CreateRequest{
		Urn: urnOf(subnetToken, "s"), Type: subnetToken, Properties: wire(t, map[string]any{"vpcId": id, "cidrBlock": "10.0.0.0/24"}),
	})
	assert.Nil(t, made)
	assert.Equal(t, codes.Unknown, status.Code(err))
	assert.ErrorContains(t, err, "creating EC2 Subnet: InvalidVpcID.NotFound: The vpc ID '"+id+"' does not exist")
}

// TestLifeOverTheWire takes a resource through the protocol.
func TestLifeOverTheWire(t *testing.T) {
	t.Parallel()
	sim := start(t)
	client, ctx := configured(t, sim, map[string]any{"region": "us-west-2", "defaultTags": `{"tags":{"by":"us"}}`}), t.Context()
	urn := urnOf(vpcToken, "main")
	hush := resource.MakeSecret(resource.NewStringProperty("hush-hush"))
	id, inputs, props := make1(t, client, vpcToken, "main", map[string]any{
		"cidrBlock": "10.0.0.0/16", "tags": map[string]any{"Name": hush},
	})
	outputs := unwire(t, props)
	assert.Equal(t, hush, outputs["tags"].ObjectValue()["Name"], "a secret stays one")
	assert.Equal(t, hush, outputs["tagsAll"].ObjectValue()["Name"], "and what is derived from it")
	assert.Equal(t, "us", outputs["tagsAll"].ObjectValue()["by"].StringValue())

	read, err := client.Read(ctx, &pulumirpc.ReadRequest{Id: id, Urn: urn, Type: vpcToken, Inputs: inputs, Properties: props})
	require.NoError(t, err)
	assert.Equal(t, outputs, unwire(t, read.GetProperties()))
	assert.Equal(t, unwire(t, inputs), unwire(t, read.GetInputs()))

	same, err := client.Diff(ctx, &pulumirpc.DiffRequest{Id: id, Urn: urn, Type: vpcToken, OldInputs: inputs, Olds: props, News: inputs})
	require.NoError(t, err)
	assert.Equal(t, pulumirpc.DiffResponse_DIFF_NONE, same.GetChanges())

	changed := unwire(t, inputs)
	changed["cidrBlock"] = resource.NewStringProperty("10.1.0.0/16")
	changed["tags"] = resource.NewObjectProperty(resource.PropertyMap{"a b": resource.NewStringProperty("c")})
	news, err := plugin.MarshalProperties(changed, keep)
	require.NoError(t, err)
	diff, err := client.Diff(ctx, &pulumirpc.DiffRequest{Id: id, Urn: urn, Type: vpcToken, OldInputs: inputs, Olds: props, News: news})
	require.NoError(t, err)
	assert.Equal(t, pulumirpc.DiffResponse_DIFF_SOME, diff.GetChanges())
	assert.Equal(t, []string{"cidrBlock"}, diff.GetReplaces())
	assert.Equal(t, []string{"cidrBlock", "tags"}, diff.GetDiffs())
	kinds := map[string]pulumirpc.PropertyDiff_Kind{}
	for path, d := range diff.GetDetailedDiff() {
		kinds[path] = d.GetKind()
		assert.True(t, d.GetInputDiff())
	}
	assert.Equal(t, map[string]pulumirpc.PropertyDiff_Kind{
		"cidrBlock": pulumirpc.PropertyDiff_UPDATE_REPLACE, `tags["a b"]`: pulumirpc.PropertyDiff_ADD,
		"tags.Name": pulumirpc.PropertyDiff_DELETE,
	}, kinds)

	delete(changed, "tags")
	news, err = plugin.MarshalProperties(changed, keep)
	require.NoError(t, err)
	updated, err := client.Update(ctx, &pulumirpc.UpdateRequest{Id: id, Urn: urn, Type: vpcToken, Olds: props, OldInputs: inputs, News: news})
	require.NoError(t, err)
	assert.NotContains(t, unwire(t, updated.GetProperties()), resource.PropertyKey("tags"))
	_, err = client.Update(ctx, &pulumirpc.UpdateRequest{Id: "vpc-gone", Urn: urn, Type: vpcToken, News: news})
	assert.ErrorContains(t, err, "updating EC2 VPC (vpc-gone): InvalidVpcID.NotFound")

	require.Len(t, sim.Resources(), 1)
	assert.Equal(t, simulator.Resource{
		Cloud: "aws", Type: vpcToken, Region: "us-west-2", ID: id, URN: resource.URN(urn),
	}, sim.Resources()[0])
	_, _, _ = make1(t, client, subnetToken, "s", map[string]any{"vpcId": id, "cidrBlock": "10.1.0.0/24"})
	_, err = client.Delete(ctx, &pulumirpc.DeleteRequest{Id: id, Urn: urn, Type: vpcToken})
	assert.ErrorContains(t, err, "DependencyViolation: The vpc '"+id+"' has dependencies and cannot be deleted.")
}

func TestCheckFailuresOverTheWire(t *testing.T) {
	t.Parallel()
	client := configured(t, start(t), map[string]any{"region": "us-west-2"})
	checked, err := client.Check(t.Context(), &pulumirpc.CheckRequest{
		Urn: urnOf("aws:ec2/routeTable:RouteTable", "r"), Type: "aws:ec2/routeTable:RouteTable", News: wire(t, map[string]any{
			"routes": []any{map[string]any{"cidrBlock": "all", "gatewayId": "local"}},
			"tags":   resource.MakeSecret(resource.NewStringProperty("hush-hush")),
			"vpc":    "x",
		}),
	})
	require.NoError(t, err)
	got := map[string]string{}
	for _, failure := range checked.GetFailures() {
		got[failure.GetReason()] = failure.GetProperty()
		assert.NotContains(t, failure.GetReason(), "hush")
	}
	assert.Equal(t, map[string]string{
		`unknown property "vpc": did you mean "vpcId"?`:                            "vpc",
		`vpcId: missing required property "vpcId" (a string)`:                      "",
		`tags: expected a map, each value a string, got a secret string`:           "",
		`routes[0].cidrBlock: "all" is not an IPv4 CIDR block such as 10.0.0.0/16`: "",
	}, got)
}

func TestInvokeOverTheWire(t *testing.T) {
	t.Parallel()
	client := configured(t, start(t), map[string]any{"region": "us-west-1"})
	answer, err := client.Invoke(t.Context(), &pulumirpc.InvokeRequest{
		Tok: "aws:index/getAvailabilityZones:getAvailabilityZones", Args: wire(t, map[string]any{"state": "available"}),
	})
	require.NoError(t, err)
	assert.Equal(t, []any{"us-west-1a", "us-west-1c"}, unwire(t, answer.GetReturn())["names"].Mappable())
	_, err = client.Invoke(t.Context(), &pulumirpc.InvokeRequest{Tok: "aws:ec2/getCoipPool:getCoipPool", Args: wire(t, nil)})
	assert.ErrorContains(t, err, "calling aws:ec2/getCoipPool:getCoipPool: the simulated cloud does not answer this look-up")
}

func TestStartRefuses(t *testing.T) {
	t.Parallel()
	cloud := aws.New(aws.Options{})
	_, err := simulator.Start(t.Context(), simulator.Options{Clouds: []simulator.Cloud{cloud, cloud}})
	assert.ErrorContains(t, err, "the cloud aws is given twice")
	cloud.Types = []*simulator.Type{{Token: "aws:ec2/nosuch:Thing"}}
	_, err = simulator.Start(t.Context(), simulator.Options{Clouds: []simulator.Cloud{cloud}})
	assert.ErrorContains(t, err, "aws has no resource type aws:ec2/nosuch:Thing")
}

// TestClose: when its context ends the simulation stops serving, and still tells what exists.
func TestClose(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	sim, err := simulator.Start(ctx, simulator.Options{Clouds: []simulator.Cloud{aws.New(aws.Options{})}})
	require.NoError(t, err)
	client := configured(t, sim, map[string]any{"region": "us-west-2"})
	_, _, _ = make1(t, client, vpcToken, "v", map[string]any{"cidrBlock": "10.0.0.0/16"})
	cancel()
	require.NoError(t, sim.Close())
	_, err = client.GetPluginInfo(t.Context(), &emptypb.Empty{})
	assert.Equal(t, codes.Unavailable, status.Code(err))
	assert.Len(t, sim.Resources(), 1)
	assert.NotNil(t, sim.Account("aws"))
	assert.Nil(t, sim.Account("gcp"))
}
