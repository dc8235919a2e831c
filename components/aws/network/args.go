package network

import (
	"fmt"
	"maps"
	"net/netip"
	"regexp"
	"slices"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/holdfast-iac/holdfast/components/aws/internal/logs"
	"github.com/holdfast-iac/holdfast/components/naming"
	"github.com/holdfast-iac/holdfast/components/spec"
)

// Args describe a network on AWS. The zero value is a production network; see spec.Network for the cloud-neutral part.
type Args struct {
	spec.Network

	// PeerCIDRs are the blocks of other networks, IPv4 or IPv6, that may reach this one as if they were inside it:
	// peered VPCs, offices behind a VPN. At most 10. Default none. Routes to them are the caller's to add.
	PeerCIDRs []string `pulumi:"peerCidrs"`
	// SubnetTags are more tags for the subnets of a tier, for example "kubernetes.io/role/elb": "1" on spec.Public
	// and "kubernetes.io/role/internal-elb": "1" on spec.Private for Kubernetes load balancers. Default none.
	SubnetTags map[spec.Tier]map[string]string `pulumi:"subnetTags"`
	// LogsKeyARN is the key that encrypts the flow logs. Its policy must let logs.<region>.amazonaws.com use it. Default: a
	// key of the network's own.
	LogsKeyARN pulumi.StringPtrInput `pulumi:"logsKeyArn"`
	// NoAgentEndpoint leaves out the endpoint of the agents of GuardDuty's runtime monitoring, guardduty-data, which costs
	// nothing: where the service has none, or GuardDuty has made one already. Default false; without it GuardDuty makes
	// one of its own as soon as there are machines, and then the network cannot be deleted until somebody has deleted that
	// and its security group by hand (docs/runbooks/deploy.md).
	NoAgentEndpoint bool `pulumi:"noAgentEndpoint"`
	// IPAMPoolID is the IPAM pool to take the VPC's block from, in place of CIDR. Default none.
	IPAMPoolID pulumi.StringPtrInput `pulumi:"ipamPoolId"`
	// IPAMNetmask is the prefix length to ask of the pool, 16 to 21. Default 16.
	IPAMNetmask int `pulumi:"ipamNetmask"`
}

// Limits of AWS.
const (
	// A network ACL takes 20 rules a direction (VPC quotas); ours use up to 6 of them.
	maxPeers = 10

	minNetmask, maxNetmask = 16, 21
)

var (
	// zonePattern matches the zones of a region ("eu-west-1a"), and not its Local or Wavelength Zones.
	zonePattern = regexp.MustCompile(`^[a-z]{2,4}(-[a-z]+)+-\d[a-h]$`)
	// servicePattern matches the short name of an endpoint service ("ecr.api").
	servicePattern = regexp.MustCompile(`^[a-z0-9]+([.-][a-z0-9]+)*$`)
)

// Validate reports everything wrong with the arguments as one error that holds spec.Problems, or nil.
func (a *Args) Validate() error {
	var ps spec.Problems
	ps.Collect("", a.Network.Validate())
	d := a.withDefaults()
	d.checkZones(&ps)
	d.checkEndpoints(&ps)
	d.checkPeers(&ps)
	logs.CheckRetention(&ps, "flowLogs.retentionDays", d.FlowLogs.RetentionDays)
	if a.IPAMPoolID != nil && a.CIDR != "" {
		ps.Add("cidr", a.CIDR, "contradicts ipamPoolId, which chooses the block; remove one of the two")
	}
	if a.IPAMPoolID == nil && a.IPAMNetmask != 0 {
		ps.Add("ipamNetmask", a.IPAMNetmask, "has no effect without ipamPoolId; use the prefix of cidr instead")
	}
	if d.IPAMNetmask < minNetmask || d.IPAMNetmask > maxNetmask {
		ps.Add("ipamNetmask", d.IPAMNetmask, "is out of range; use %d to %d", minNetmask, maxNetmask)
	}
	a.checkTags(&ps)
	return ps.Err()
}

// withDefaults returns a copy with every unset field at its default.
func (a *Args) withDefaults() Args {
	d := *a
	d.Network = a.Network.WithDefaults()
	if len(d.Endpoints.Services) == 0 && !d.Endpoints.Disabled {
		d.Endpoints.Services = defaultServices(d.NAT)
	}
	if d.IPAMNetmask == 0 {
		d.IPAMNetmask = minNetmask
	}
	return d
}

func (a *Args) checkZones(ps *spec.Problems) {
	for i, name := range a.ZoneNames {
		field := fmt.Sprintf("zoneNames[%d]", i)
		switch _, ok := spec.ZoneSlot(name); {
		case !ok: // reported already, for every cloud
		case !zonePattern.MatchString(name):
			ps.Add(field, name, "is not an availability zone; use a name like eu-west-1a")
		case regionOf(name) != regionOf(a.ZoneNames[0]):
			ps.Add(field, name, "is in another region than %s; a network lies in one region", a.ZoneNames[0])
		}
	}
}

func (a *Args) checkEndpoints(ps *spec.Problems) {
	for i, service := range a.Endpoints.Services {
		field := fmt.Sprintf("endpoints.services[%d]", i)
		switch {
		case service == agentService && a.NoAgentEndpoint:
			ps.Add(field, service, "contradicts noAgentEndpoint; remove one of the two")
		case slices.Contains(freeServices(), service):
			ps.Add(field, service, "always has an endpoint, which costs nothing; remove it from the list")
		case !servicePattern.MatchString(service):
			ps.Add(field, service, "is not a service; use the short name, like ssm or ecr.api")
		}
	}
}

func (a *Args) checkPeers(ps *spec.Problems) {
	if len(a.PeerCIDRs) > maxPeers {
		ps.Add("peerCidrs", len(a.PeerCIDRs), "blocks are more than network ACLs have room for; use at most %d", maxPeers)
	}
	own, err := netip.ParsePrefix(a.CIDR)
	ownKnown := err == nil && a.IPAMPoolID == nil
	for i, cidr := range a.PeerCIDRs {
		field := fmt.Sprintf("peerCidrs[%d]", i)
		peer, err := netip.ParsePrefix(cidr)
		switch {
		case err != nil:
			ps.Add(field, cidr, "is not a CIDR block; use for example 10.1.0.0/16")
		case peer.Masked() != peer:
			ps.Add(field, cidr, "has host bits set; use %s", peer.Masked())
		case peer.Bits() == 0:
			ps.Add(field, cidr, "is the whole internet; name the networks that may come in")
		case ownKnown && peer.Overlaps(own):
			ps.Add(field, cidr, "overlaps the network's own block %s; networks that overlap cannot reach each other", own)
		case slices.Index(a.PeerCIDRs, cidr) < i:
			ps.Add(field, cidr, "is listed twice; list each block once")
		}
	}
}

func (a *Args) checkTags(ps *spec.Problems) {
	added := map[string]string{"Name": ""}
	ps.Collect("", naming.AWSTags.Check("tags", naming.Merge(a.Tags, added)))
	for _, tier := range slices.Sorted(maps.Keys(a.SubnetTags)) {
		if !slices.Contains(spec.Tiers(), tier) {
			names := []string{string(spec.Public), string(spec.Private), string(spec.Data)}
			ps.Add("subnetTags."+string(tier), nil, "there is no such tier; %s", spec.DidYouMean(string(tier), names))
			continue
		}
		field := "subnetTags." + string(tier)
		ps.Collect("", naming.AWSTags.Check(field, a.SubnetTags[tier]))
		if all := naming.Merge(a.Tags, a.SubnetTags[tier], added); len(all) > naming.AWSTags.Max {
			ps.Add(field, len(all), "are too many tags for a subnet, with those of the network; use at most %d", naming.AWSTags.Max)
		}
	}
}

// regionOf returns the region of a zone: its name without the letter.
func regionOf(zone string) string { return zone[:max(len(zone)-1, 0)] }
