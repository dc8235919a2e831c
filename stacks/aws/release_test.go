package aws

import (
	"fmt"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/holdfast-iac/holdfast/components/componenttest"
	"github.com/holdfast-iac/holdfast/components/spec"
	"github.com/holdfast-iac/holdfast/stacks/platform"
)

const lookUpGroups = "aws:autoscaling/getAmiIds:getAmiIds"

// standing is a cloud in which the groups of some colours stand already.
type standing struct {
	pulumi.MockResourceMonitor
	colours []string
}

func (s standing) Call(args pulumi.MockCallArgs) (resource.PropertyMap, error) {
	if args.Token != lookUpGroups {
		return s.MockResourceMonitor.Call(args)
	}
	names := []string{}
	for _, colour := range s.colours {
		names = append(names, "holdfast-test-"+colour)
	}
	return resource.PropertyMap{"names": resource.NewPropertyValue(names), "id": resource.NewProperty("x")}, nil
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
	for i, step := range steps {
		s := release(step)
		r, err := componenttest.Run(standing{componenttest.SimulatedAWS(t, "us-east-1"), stand}, func(ctx *pulumi.Context) error { return Deploy(ctx, s) })
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
		before = r
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
			cloud := standing{componenttest.SimulatedAWS(t, "us-east-1"), test.stand}
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

func TestReleaseNeedsAnAnswer(t *testing.T) {
	t.Parallel()
	_, err := componenttest.Run(componenttest.Echo{}, func(ctx *pulumi.Context) error { return Deploy(ctx, release(platform.Release{})) })
	require.ErrorContains(t, err, "looking up the clusters that serve: ")
}
