package aws

import (
	"fmt"
	"net/netip"
	"regexp"

	"github.com/holdfast-iac/holdfast/components/naming"
	"github.com/holdfast-iac/holdfast/components/spec"
	"github.com/holdfast-iac/holdfast/stacks/platform"
)

// regionKey is the configuration key of the AWS provider's region.
const regionKey = "aws:region"

// namespace begins the configuration keys of the platform.
const namespace = "holdfast:"

// readableZones is how many zones a Multi-AZ cluster of RDS lies in (RDS User Guide, "Multi-AZ DB cluster deployments").
const readableZones = 3

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
	p.checkDatabase(&ps)
	p.checkBalancer(&ps, region)
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
	here, there := p.spec.Network.WithDefaults().CIDR, r.WithDefaults().Network.CIDR
	if overlap(here, there) {
		ps.Add(namespace+"recovery.network.cidr", there, "overlaps the platform's network, %s; use another block, so that the two can be joined", here)
	}
	if p.spec.LoadBalancer != nil && p.spec.LoadBalancer.Certificate != "" && r.Certificate == "" && p.spec.Zone == "" && p.spec.LoadBalancer.Zone == "" {
		ps.Add(namespace+"recovery.certificate", nil, "is missing: a certificate of ACM belongs to one region; give one of %s", r.Region)
	}
	if r.Certificate != "" {
		checkCertificate(ps, "recovery.certificate", r.Certificate, r.Region)
	}
}

// overlap reports whether two blocks have addresses in common. What is no block is reported elsewhere.
func overlap(a, b string) bool {
	first, err := netip.ParsePrefix(a)
	if err != nil {
		return false
	}
	second, err := netip.ParsePrefix(b)
	return err == nil && first.Overlaps(second)
}

// copiesDatabase reports whether the database has copies that run beside it.
func (p plan) copiesDatabase() bool {
	d, r := p.spec.Database, p.spec.Recovery
	return d != nil && (len(d.Replicas) > 0 || r != nil && r.DatabaseReplica)
}

// checkDatabase reports what the database needs of other sections.
func (p plan) checkDatabase(ps *spec.Problems) {
	if p.copiesDatabase() && p.spec.DatabasePassword == "" {
		ps.Add(namespace+"databasePassword", nil,
			"is missing: RDS copies no database whose password it manages; run: pulumi config set --secret holdfast:databasePassword")
	}
	zones := p.spec.Network.WithDefaults().Zones
	if d := p.spec.Database; d != nil && d.Standby == spec.StandbyReadable && zones < readableZones {
		ps.Add(namespace+"database.standby", d.Standby, "needs a network of %d zones, and this has %d; add zones, or use a standby in another zone",
			readableZones, zones)
	}
}

// checkBalancer reports what the load balancer cannot do of what other sections ask, and a certificate that it cannot use.
func (p plan) checkBalancer(ps *spec.Problems, region string) {
	b := p.spec.LoadBalancer
	if b == nil {
		return
	}
	if b.Certificate != "" {
		checkCertificate(ps, "loadBalancer.certificate", b.Certificate, region)
	}
	if c := p.spec.Release.Candidate; b.TCP && c != nil && c.Weight != nil && *c.Weight > 0 && *c.Weight < 100 {
		ps.Add(namespace+"release.candidate.weight", *c.Weight, "shares out connections, which is not possible with tcp yet; use 0 or 100")
	}
}

// certificatePattern matches the ARN of a certificate: of ACM, with its region in parentheses, or of IAM, which has none (ACM
// API, RequestCertificate; IAM User Guide, "IAM identifiers").
var certificatePattern = regexp.MustCompile(`^arn:aws(?:-[a-z]+)*:(?:acm:([a-z0-9-]+):\d{12}:certificate/[\w-]+|iam::\d{12}:server-certificate/\S+)$`)

// checkCertificate reports what is no certificate of the region. An empty region is reported elsewhere.
func checkCertificate(ps *spec.Problems, field, arn, region string) {
	found := certificatePattern.FindStringSubmatch(arn)
	switch {
	case found == nil:
		ps.Add(namespace+field, arn, "is not the ARN of a certificate; use for example arn:aws:acm:eu-west-1:123456789012:certificate/…")
	case found[1] != "" && region != "" && found[1] != region:
		ps.Add(namespace+field, arn, "is of another region; a load balancer in %s can only use one of that region", region)
	}
}
