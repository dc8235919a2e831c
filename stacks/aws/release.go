package aws

import (
	"fmt"
	"maps"
	"slices"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/autoscaling"

	"github.com/holdfast-iac/holdfast/components/aws/loadbalancer"
	"github.com/holdfast-iac/holdfast/components/naming"
	"github.com/holdfast-iac/holdfast/components/spec"
	"github.com/holdfast-iac/holdfast/stacks/platform"
)

// checkRelease refuses to send traffic to a cluster that has no machines yet while the other one serves: requests would
// fail until it has. And it refuses to send traffic to one whose alarms have turned it away. Only the cloud knows, so it is
// asked, at every preview.
func (d *deployment) checkRelease() error {
	if d.plan.spec.Cluster == nil || d.plan.spec.LoadBalancer == nil {
		return nil
	}
	stand, err := d.standing()
	if err != nil {
		return err
	}
	if len(stand) == 2 {
		return d.checkTurnedBack()
	}
	release := d.plan.spec.Release.WithDefaults()
	other := release.Live.Other()
	var ps spec.Problems
	switch {
	case slices.Equal(stand, []platform.Colour{other}):
		ps.Add(namespace+"release.live", release.Live, "has no machines yet, and %s serves; make it the candidate of a blue-green release first, with weight 0", other)
	case release.Candidate != nil && *release.Candidate.Weight > 0 && len(stand) == 1:
		ps.Add(namespace+"release.candidate.weight", *release.Candidate.Weight, "is for a cluster that has no machines yet; begin with 0")
	}
	return ps.Err()
}

// standing returns the colours whose clusters stand.
func (d *deployment) standing() ([]platform.Colour, error) {
	groups := map[string]platform.Colour{}
	for _, colour := range []platform.Colour{platform.Blue, platform.Green} {
		groups[naming.AWSAutoScalingGroup.Name(d.ctx.Project(), d.ctx.Stack(), string(colour))] = colour
	}
	found, err := autoscaling.GetAmiIds(d.ctx, &autoscaling.GetAmiIdsArgs{ // all groups of these names, whatever the token says
		Names: slices.Sorted(maps.Keys(groups)),
	})
	if err != nil {
		return nil, fmt.Errorf("looking up the clusters that serve: %w", err)
	}
	var stand []platform.Colour
	for _, name := range found.Names {
		if colour, ok := groups[name]; ok {
			stand = append(stand, colour)
		}
	}
	return stand, nil
}

// checkTurnedBack refuses to send traffic to a version from which a rollback has turned it away, until the stack file says
// that the version has none. Two clusters that stand have a load balancer: they were made after it.
func (d *deployment) checkTurnedBack() error {
	release := d.plan.spec.Release.WithDefaults()
	if release.Rollback.Disabled || d.plan.spec.LoadBalancer.TCP {
		return nil
	}
	args := d.plan.balancer()
	args.Backends[string(release.Live.Other())] = args.Backends[string(release.Live)] // it stands, whatever the file says
	to, err := loadbalancer.TurnedBack(d.ctx, "main", args)
	if err != nil {
		return fmt.Errorf("looking up where the traffic goes, which a rollback may have changed (%srelease.rollback.disabled does without): %w", namespace, err)
	}
	var ps spec.Problems
	failed := platform.Colour(to).Other()
	switch weight := release.Weights()[string(failed)]; {
	case to == "" || weight == 0:
	case release.Live == failed:
		ps.Add(namespace+"release.live", failed, "has failed: its alarms have turned its traffic back to %s; make it the candidate with weight 0, and find out why", to)
	default:
		ps.Add(namespace+"release.candidate.weight", weight, "is for a version that has failed: its alarms have turned its traffic back to %s; set 0, and find out why", to)
	}
	return ps.Err()
}
