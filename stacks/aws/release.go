package aws

import (
	"fmt"
	"slices"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/autoscaling"

	"github.com/holdfast-iac/holdfast/components/naming"
	"github.com/holdfast-iac/holdfast/components/spec"
	"github.com/holdfast-iac/holdfast/stacks/platform"
)

// checkRelease refuses to send traffic to a cluster that has no machines yet while the other one serves: requests would
// fail until it has. Only the cloud knows, so it is asked, at every preview.
func (d *deployment) checkRelease() error {
	release := d.plan.spec.Release
	if d.plan.spec.Cluster == nil || d.plan.spec.LoadBalancer == nil {
		return nil
	}
	groups := map[platform.Colour]string{}
	for _, colour := range []platform.Colour{platform.Blue, platform.Green} {
		groups[colour] = naming.AWSAutoScalingGroup.Name(d.ctx.Project(), d.ctx.Stack(), string(colour))
	}
	found, err := autoscaling.GetAmiIds(d.ctx, &autoscaling.GetAmiIdsArgs{ // all groups of these names, whatever the token says
		Names: []string{groups[platform.Blue], groups[platform.Green]},
	})
	if err != nil {
		return fmt.Errorf("looking up the clusters that serve: %w", err)
	}
	stands := func(colour platform.Colour) bool { return slices.Contains(found.Names, groups[colour]) }
	var ps spec.Problems
	live := release.WithDefaults().Live
	switch other := live.Other(); {
	case !stands(live) && stands(other):
		ps.Add(namespace+"release.live", live, "has no machines yet, and %s serves; make it the candidate of a blue-green release first, with weight 0", other)
	case release.Candidate != nil && *release.Candidate.Weight > 0 && !stands(other) && stands(live):
		ps.Add(namespace+"release.candidate.weight", *release.Candidate.Weight, "is for a cluster that has no machines yet; begin with 0")
	}
	return ps.Err()
}
