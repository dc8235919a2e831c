package tests

import (
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/holdfast-iac/holdfast/internal/engine"
	"github.com/holdfast-iac/holdfast/simulator"
	"github.com/holdfast-iac/holdfast/simulator/aws"
)

const (
	cloudURN    = "urn:pulumi:dev::conformance-cloud::"
	cantOutputs = "can't run policy 'outputs' from policy pack 'conformance@v1.2.3' during preview: string value at .arn can't be known during preview"
)

// toldGraph is what the policy graph tells of the program conformance-cloud, in previews and updates alike.
var toldGraph = []string{
	"advisory vpc: The graph is told. parent=wrap depends=[] vpcId=[] children=[] dependents=[group subnet] region=eu-west-1",
	"advisory spare: The graph is told. parent=conformance-cloud-dev depends=[] vpcId=[] children=[] dependents=[] region=us-west-2",
	"advisory subnet: The graph is told. parent=conformance-cloud-dev depends=[vpc] vpcId=[vpc] children=[] dependents=[group] region=eu-west-1",
	"advisory group: The graph is told. parent=wrap depends=[subnet vpc] vpcId=[vpc] children=[] dependents=[] region=eu-west-1",
	"advisory vpc: The graph is told. vpc subnets=true inside=true",
	"advisory spare: The graph is told. spare subnets=false inside=false",
	"advisory conformance-cloud-dev: The graph is told. wrap has [group vpc]",
}

// ids are those that the simulated cloud gives.
var ids = regexp.MustCompile(`\b(vpc)-[0-9a-f]{17}\b`)

// TestPolicyConformanceOnACloud has the engine run the pack on resources of a cloud: with a provider, with what one takes
// from another, and with values that a preview does not know.
func TestPolicyConformanceOnACloud(t *testing.T) {
	t.Parallel()
	sim, err := simulator.Start(t.Context(), simulator.Options{Clouds: []simulator.Cloud{aws.New(aws.Options{})}})
	require.NoError(t, err)
	c := openConformance(t, "conformance-cloud", sim.Env()...)
	for _, test := range []struct {
		name   string
		config string
		op     engine.Operation
		rename string // of the VPC
		failed string
		told   []string // all violations, in any order
	}{
		{name: "inputs in a preview", config: `{"inputs": "advisory"}`, op: engine.Preview, told: []string{
			"advisory vpc: Inputs are told. cidr=10.0.0.0/16 team=net arn=false",
			"advisory spare: Inputs are told. cidr=10.1.0.0/16 team=[unset] arn=false",
			"advisory subnet: Inputs are told. cidr=10.0.1.0/24 vpc known=false",
		}},
		{name: "what is not known in a preview fails nothing", config: `{"unknown": "mandatory"}`, op: engine.Preview, told: []string{
			"advisory subnet: can't run policy 'unknown' from policy pack 'conformance@v1.2.3' during preview: " +
				"string value at .vpcId can't be known during preview",
		}},
		{name: "outputs in a preview", config: `{"outputs": "mandatory"}`, op: engine.Preview, told: []string{
			"advisory conformance-cloud-dev: " + cantOutputs + " (resource " + cloudURN + "aws:ec2/vpc:Vpc::ONE)",
		}},
		{name: "the graph in a preview", config: `{"graph": "advisory"}`, op: engine.Preview, told: toldGraph},
		{name: "secrets", config: `{"secret": "advisory"}`, op: engine.Preview, told: []string{
			"advisory group: Secrets are not told. [secret] [secret] secret=true",
		}},
		{name: "providers", config: `{"provider": "advisory"}`, op: engine.Preview, told: []string{
			"advisory vpc: Providers are told. " + cloudURN + "pulumi:providers:aws::west pulumi:providers:aws west region=eu-west-1 key=[secret]",
			"advisory spare: Providers are told. " + cloudURN + "pulumi:providers:aws::default pulumi:providers:aws default region=us-west-2 key=",
		}},
		{name: "options", config: `{"options": "advisory"}`, op: engine.Preview, told: []string{
			"advisory vpc: Options are told. ignore=[tags.team] before=true secret=[ownerId] aliases=[] parent=" + cloudURN +
				"conformance:index:Wrap::wrap create=10m0s update=0s delete=1m30s",
			"advisory spare: Options are told. ignore=[] before=false secret=[] aliases=[] parent=" + cloudURN +
				"pulumi:pulumi:Stack::conformance-cloud-dev create=0s update=0s delete=0s",
		}},
		{name: "the graph in an update", config: `{"graph": "advisory"}`, op: engine.Up, told: toldGraph},
		{name: "what an update knows", config: `{"unknown": "mandatory"}`, op: engine.Up, failed: "failed", told: []string{
			"mandatory subnet: Subnets must tell their VPC. It is in vpc-ID.",
		}},
		{name: "outputs but for those that are secret", config: `{"outputs": "advisory"}`, op: engine.Up, told: []string{
			"advisory vpc: Outputs are told. arn:aws:ec2:eu-west-1:[secret]:vpc/vpc-ID",
			"advisory spare: Outputs are told. arn:aws:ec2:us-west-2:[secret]:vpc/vpc-ID",
		}},
		{name: "a resource that has another name now", config: `{"options": "advisory"}`, op: engine.Preview, rename: "renamed", told: []string{
			"advisory renamed: Options are told. ignore=[tags.team] before=true secret=[ownerId] aliases=[" + cloudURN +
				"conformance:index:Wrap$aws:ec2/vpc:Vpc::vpc] parent=" + cloudURN + "conformance:index:Wrap::wrap create=10m0s update=0s delete=1m30s",
			"advisory spare: Options are told. ignore=[] before=false secret=[] aliases=[] parent=" + cloudURN +
				"pulumi:pulumi:Stack::conformance-cloud-dev create=0s update=0s delete=0s",
		}},
	} {
		t.Run(test.name, func(t *testing.T) { // one after another: each finds what the ones before made
			if test.rename != "" {
				require.NoError(t, c.Change(map[string]any{"conformance-cloud:name": test.rename}))
			}
			result, err := c.run(t, test.op, test.config)
			if test.failed == "" {
				require.NoError(t, err)
			} else {
				require.ErrorContains(t, err, test.failed)
			}
			assert.ElementsMatch(t, test.told, toldLines(result))
			require.Len(t, c.kept(t), 1)
		})
	}
}

// toldLines are the violations, each on a line, without what differs from run to run. Which of several unknown resources a
// stack rule names first is the engine's choice.
func toldLines(result *engine.Result) []string {
	text := strings.ReplaceAll(told(result), "\nadvisory ", "\x00advisory ")
	text = strings.ReplaceAll(strings.ReplaceAll(text, "\nmandatory ", "\x00mandatory "), "\n", " ")
	text = ids.ReplaceAllString(text, "$1-ID")
	text = regexp.MustCompile(`(resource \S+::)(conformance:index:Wrap\$)?(aws:ec2/vpc:Vpc::)\w+\)`).ReplaceAllString(text, "${1}${3}ONE)")
	return strings.Split(text, "\x00")
}
