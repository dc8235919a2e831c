package aws

import (
	"fmt"

	"github.com/holdfast-iac/holdfast/components/naming"
	"github.com/holdfast-iac/holdfast/components/spec"
	"github.com/holdfast-iac/holdfast/stacks/platform"
)

// regionKey is the configuration key of the AWS provider's region.
const regionKey = "aws:region"

// namespace begins the configuration keys of the platform.
const namespace = "holdfast:"

// Check reports what AWS cannot do of what the description asks, and a region that is missing, as spec.Problems under
// configuration keys.
func Check(s platform.Spec, config map[string]string) error {
	var ps spec.Problems
	region := config[regionKey]
	if region == "" {
		ps.Add(regionKey, nil, "is missing; run: pulumi config set aws:region eu-west-1 (or the region you want)")
	}
	p := newPlan("project", "stack", s)
	p.tags = nil // judged by themselves
	ps.Collect("", naming.AWSTags.Check(namespace+"tags", naming.Merge(standardTags("project", "stack"), s.Tags)))
	if s.Recovery != nil {
		p.checkRecovery(&ps, region)
	}
	wrong := p.checkComponents(&ps)
	if !wrong["database"] && !wrong["backup"] {
		p.checkWindows(&ps)
	}
	if region != "" && !wrong["network"] {
		for i, zone := range s.Network.ZoneNames {
			if zone[:len(zone)-1] != region {
				ps.Add(fmt.Sprintf(namespace+"network.zoneNames[%d]", i), zone, "is not in the region of aws:region, %s", region)
			}
		}
	}
	if len(ps) == 0 { // what a platform promises is not worth a word until it is valid
		ps.Collect(namespace+"objectives", s.Objectives.Compare(p.outlook()))
	}
	return ps.Err()
}

// checkComponents asks every component what it makes of its arguments, and returns the sections that are wrong. What
// stands by is made from the sections of the platform itself, and not asked when these are wrong.
func (p plan) checkComponents(ps *spec.Problems) map[string]bool {
	wrong := map[string]bool{}
	for _, c := range p.components() {
		if c.key != c.section && wrong[c.section] {
			continue
		}
		if err := c.validate(); err != nil {
			wrong[c.section] = true
			c.report(ps, err)
		}
	}
	return wrong
}

func (p plan) checkRecovery(ps *spec.Problems, region string) {
	r := p.spec.Recovery
	if r.Region == region && region != "" {
		ps.Add(namespace+"recovery.region", r.Region, "is the platform's own; name another")
	}
	for i, zone := range r.Network.ZoneNames {
		if zone[:max(len(zone)-1, 0)] != r.Region {
			ps.Add(fmt.Sprintf(namespace+"recovery.network.zoneNames[%d]", i), zone, "is not in the region %s", r.Region)
		}
	}
	if r.WithDefaults().Network.CIDR == p.spec.Network.WithDefaults().CIDR {
		ps.Add(namespace+"recovery.network.cidr", r.Network.CIDR, "is that of the platform's network; use another, so that the two can be joined")
	}
	if r.DatabaseReplica && p.spec.DatabasePassword == "" {
		ps.Add(namespace+"databasePassword", nil,
			"is missing: RDS copies no database whose password it manages; run: pulumi config set --secret holdfast:databasePassword")
	}
	if p.spec.LoadBalancer != nil && p.spec.LoadBalancer.Certificate != "" && r.Certificate == "" && p.spec.Zone == "" && p.spec.LoadBalancer.Zone == "" {
		ps.Add(namespace+"recovery.certificate", nil, "is missing: a certificate of ACM belongs to one region; give one of %s", r.Region)
	}
}
