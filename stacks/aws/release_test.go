package aws

import (
	"fmt"
	"strings"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/holdfast-iac/holdfast/components/componenttest"
	"github.com/holdfast-iac/holdfast/components/naming"
	"github.com/holdfast-iac/holdfast/components/spec"
	"github.com/holdfast-iac/holdfast/stacks/platform"
)

// standing is a cloud in which the groups of some colours stand already, behind a listener with those weights.
type standing struct {
	pulumi.MockResourceMonitor
	colours []string
	weights map[string]int
}

func (s standing) Call(args pulumi.MockCallArgs) (resource.PropertyMap, error) {
	answer := map[string]any{"id": "x"}
	switch args.Token {
	case "aws:autoscaling/getAmiIds:getAmiIds":
		answer["names"] = []any{}
		for _, colour := range s.colours {
			answer["names"] = append(answer["names"].([]any), "holdfast-test-"+colour)
		}
	case "aws:lb/getLoadBalancer:getLoadBalancer":
		if name := args.Args["name"].StringValue(); name != "holdfast-test-main" {
			return nil, fmt.Errorf("there is no load balancer %s", name)
		}
		answer["arn"] = "arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/app/holdfast-test-main/1"
	case "aws:lb/getListener:getListener":
		groups := []any{}
		for colour, weight := range s.weights {
			name := naming.AWSTargetGroup.Name("holdfast", "test", "main", colour, "http", "8080")
			groups = append(groups, map[string]any{"arn": "arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/" + name + "/1", "weight": weight})
		}
		forward := map[string]any{"targetGroups": groups, "stickinesses": []any{}}
		answer["defaultActions"] = []any{map[string]any{"type": "forward", "forwards": []any{forward}}}
	default:
		return s.MockResourceMonitor.Call(args)
	}
	return resource.NewPropertyMapFromMap(answer), nil
}

// shared are the weights of the colours behind a load balancer, as the program asks for them.
func shared(t *testing.T, r componenttest.Recording) map[string]int {
	t.Helper()
	listener, ok := r.Named("aws:lb/listener:Listener", "main-listener")
	require.True(t, ok)
	weights := map[string]int{}
	for _, v := range listener.Inputs["defaultActions"].ArrayValue()[0].ObjectValue()["forward"].ObjectValue()["targetGroups"].ArrayValue() {
		for _, colour := range []string{"blue", "green"} {
			if strings.Contains(v.ObjectValue()["arn"].StringValue(), naming.AWSTargetGroup.Name("holdfast", "test", "main", colour, "http", "8080")) {
				weights[colour] = int(v.ObjectValue()["weight"].NumberValue())
			}
		}
	}
	return weights
}

func release(r platform.Release) platform.Spec {
	if r.Strategy == "" {
		r.Strategy = platform.BlueGreen
	}
	return platform.Spec{
		Cloud: "aws", Network: spec.Network{ZoneNames: []string{"us-east-1a", "us-east-1b", "us-east-1c"}},
		LoadBalancer: &spec.LoadBalancer{Unencrypted: true}, Cluster: &spec.Cluster{}, Monitoring: &spec.Monitoring{}, Release: r,
	}
}

func candidate(weight int) *platform.Candidate { return &platform.Candidate{Weight: &weight} }

// The steps of a release, from the first blue cluster over a green one back to blue.
var steps = []platform.Release{
	{},
	{Candidate: candidate(0)},
	{Candidate: candidate(10)},
	{Candidate: candidate(100)},
	{Live: platform.Green},
	{Live: platform.Green, Candidate: candidate(0)},
	{Live: platform.Green, Candidate: candidate(50)},
	{Live: platform.Green, Candidate: candidate(100)},
	{Live: platform.Blue},
	{Strategy: platform.Rolling, Live: platform.Blue}, // a change of strategy moves nothing
}

// At every step of a release, whatever gets traffic stood, unchanged, before the step: no step leaves users with fewer
// healthy machines than the one before.
func TestReleaseNeverLosesMachines(t *testing.T) {
	t.Parallel()
	var before componenttest.Recording
	var stand []string
	var weighs map[string]int
	for i, step := range steps {
		s := release(step)
		r, err := componenttest.Run(standing{componenttest.SimulatedAWS(t, "us-east-1"), stand, weighs}, func(ctx *pulumi.Context) error { return Deploy(ctx, s) })
		require.NoError(t, err, "step %d", i)
		weights, served := step.Weights(), 0
		stand = nil
		for colour, weight := range release(step).Release.Weights() {
			stand = append(stand, colour)
			served += weight
			group, ok := r.Named("aws:autoscaling/group:Group", colour+"-machines")
			require.True(t, ok, "%s stands in step %d: %v", colour, i, r.URNs())
			assert.GreaterOrEqual(t, group.Inputs["minSize"].NumberValue(), 3.0, "%s is of full size", colour)
			if weight > 0 && i > 0 {
				old, stood := before.ByURN()[group.URN]
				require.True(t, stood, "step %d sends traffic to %s, which has just begun to exist", i, colour)
				assert.Equal(t, old.Inputs, group.Inputs, "step %d changes %s, which serves", i, colour)
			}
		}
		assert.Equal(t, 100, served, "%v", weights)
		before, weighs = r, shared(t, r)
		assert.Equal(t, weights, weighs)
		_, back := r.Named("aws:sfn/stateMachine:StateMachine", "main-rollback-"+string(step.WithDefaults().Live.Other()))
		assert.Equal(t, step.Candidate != nil, back, "a candidate has a way back in step %d", i)
	}
}

// A step that leaves out the one before it is refused, before anything is made.
func TestReleaseStepsThatAreRefused(t *testing.T) {
	t.Parallel()
	tests := []struct {
		stand   []string
		release platform.Release
		want    string
	}{
		{[]string{"blue"}, platform.Release{Live: platform.Green}, `holdfast:release.live: "green" has no machines yet, and blue serves; make it the candidate of a blue-green release first, with weight 0`},
		{[]string{"blue"}, platform.Release{Candidate: candidate(10)}, "holdfast:release.candidate.weight: 10 is for a cluster that has no machines yet; begin with 0"},
		{[]string{"green"}, platform.Release{}, `holdfast:release.live: "blue" has no machines yet, and green serves`},
		{[]string{"green"}, platform.Release{Strategy: platform.Rolling}, `holdfast:release.live: "blue" has no machines yet, and green serves`},
		{nil, platform.Release{Candidate: candidate(10)}, ""},
		{nil, platform.Release{Live: platform.Green}, ""},
		{[]string{"blue", "green"}, platform.Release{Live: platform.Green, Candidate: candidate(5)}, ""},
	}
	for i, test := range tests {
		t.Run(fmt.Sprint(i), func(t *testing.T) {
			t.Parallel()
			cloud := standing{componenttest.SimulatedAWS(t, "us-east-1"), test.stand, map[string]int{"blue": 50, "green": 50}}
			r, err := componenttest.Run(cloud, func(ctx *pulumi.Context) error { return Deploy(ctx, release(test.release)) })
			if test.want == "" {
				require.NoError(t, err)
				return
			}
			require.ErrorContains(t, err, test.want)
			assert.Empty(t, r.Resources)
		})
	}
}

// After a rollback, the traffic stays where it went until the stack file says that the version that failed has none.
func TestReleaseAfterARollback(t *testing.T) {
	t.Parallel()
	toBlue, toGreen := map[string]int{"blue": 999, "green": 0}, map[string]int{"blue": 0, "green": 999}
	const failed = " its alarms have turned its traffic back to "
	tests := map[string]struct {
		weights map[string]int
		release platform.Release
		want    string
	}{
		"the old file":       {toBlue, platform.Release{Candidate: candidate(10)}, "holdfast:release.candidate.weight: 10 is for a version that has failed:" + failed + "blue; set 0, and find out why"},
		"more":               {toBlue, platform.Release{Candidate: candidate(100)}, "holdfast:release.candidate.weight: 100 is for a version that has failed:" + failed + "blue"},
		"live all the same":  {toBlue, platform.Release{Live: platform.Green}, `holdfast:release.live: "green" has failed:` + failed + "blue; make it the candidate with weight 0, and find out why"},
		"live with a way":    {toBlue, platform.Release{Live: platform.Green, Candidate: candidate(50)}, `holdfast:release.live: "green" has failed:` + failed + "blue"},
		"as it is":           {toBlue, platform.Release{Candidate: candidate(0)}, ""},
		"without it":         {toBlue, platform.Release{}, ""},
		"the other way":      {toGreen, platform.Release{Live: platform.Green, Candidate: candidate(10)}, "is for a version that has failed:" + failed + "green"},
		"the other way done": {toGreen, platform.Release{Live: platform.Green, Candidate: candidate(0)}, ""},
		"nobody turns back":  {toBlue, platform.Release{Candidate: candidate(10), Rollback: spec.Rollback{Disabled: true}}, ""},
		"begun anew":         {map[string]int{"blue": 100, "green": 0}, platform.Release{Candidate: candidate(10)}, ""},
		"weights unseen":     {nil, platform.Release{Candidate: candidate(10)}, "looking up the listener: there are no weights to see"},
		"a stranger":         {map[string]int{"red": 999}, platform.Release{Candidate: candidate(10)}, "which is none of the backends"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			cloud := standing{componenttest.SimulatedAWS(t, "us-east-1"), []string{"blue", "green"}, test.weights}
			r, err := componenttest.Run(cloud, func(ctx *pulumi.Context) error { return Deploy(ctx, release(test.release)) })
			if test.want == "" {
				require.NoError(t, err)
				return
			}
			require.ErrorContains(t, err, test.want)
			assert.Empty(t, r.Resources)
		})
	}
}

// The candidate's alarms have the limits of the release, or of what monitoring promises; people hear of rollbacks where they
// hear of alarms.
func TestRollbackOfARelease(t *testing.T) {
	t.Parallel()
	run := func(s platform.Spec) componenttest.Recording {
		r, err := componenttest.Run(componenttest.SimulatedAWS(t, "us-east-1"), func(ctx *pulumi.Context) error { return Deploy(ctx, s) })
		require.NoError(t, err)
		return r
	}
	const alarm, machine = "aws:cloudwatch/metricAlarm:MetricAlarm", "aws:sfn/stateMachine:StateMachine"
	threshold := func(r componenttest.Recording, what string) float64 {
		found, ok := r.Named(alarm, "main-rollback-green-"+what)
		require.True(t, ok, what)
		return found.Inputs["threshold"].NumberValue()
	}
	s := release(platform.Release{Candidate: candidate(0)})
	s.Monitoring.Objective.LatencyMilliseconds = 300
	r := run(s)
	assert.Equal(t, []float64{5, 0.3}, []float64{threshold(r, "errors"), threshold(r, "latency")})
	made, _ := r.Named(machine, "main-rollback-green")
	assert.Contains(t, made.Inputs["definition"].StringValue(), ":holdfast-test-topics-critical")
	failed, _ := r.Named(alarm, "main-rollback-green-failed")
	assert.Contains(t, failed.Inputs["alarmActions"].ArrayValue()[0].StringValue(), ":holdfast-test-topics-critical")

	s.Release.Rollback = spec.Rollback{ErrorPercent: 1, LatencyMilliseconds: 200}
	r = run(s)
	assert.Equal(t, []float64{1, 0.2}, []float64{threshold(r, "errors"), threshold(r, "latency")})

	s.Release.Rollback, s.Monitoring = spec.Rollback{Disabled: true}, nil
	assert.Empty(t, run(s).OfType(machine))
	s.Release.Rollback = spec.Rollback{}
	r = run(s)
	assert.Equal(t, 1.0, threshold(r, "latency"), "without monitoring too")
	s.LoadBalancer = &spec.LoadBalancer{TCP: true, Unencrypted: true, Firewall: spec.Firewall{Disabled: true}}
	assert.Empty(t, run(s).OfType(machine), "connections have no weights to turn back")
}

func TestReleaseNeedsAnAnswer(t *testing.T) {
	t.Parallel()
	_, err := componenttest.Run(componenttest.Echo{}, func(ctx *pulumi.Context) error { return Deploy(ctx, release(platform.Release{})) })
	require.ErrorContains(t, err, "looking up the clusters that serve: ")
}
