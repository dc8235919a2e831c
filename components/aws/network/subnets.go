package network

import (
	"fmt"
	"net/netip"
	"slices"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/ec2"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/holdfast-iac/holdfast/components/spec"
)

// zone is an availability zone and its place in the layout.
type zone struct {
	name   string // eu-west-1b
	letter string // b
	slot   int    // 1
}

// subnet is one tier's subnet in one zone.
type subnet struct {
	*ec2.Subnet
	zone zone
	// after is what has to exist before the subnet can be used: its routes, its network ACL, the agents' endpoint.
	after []pulumi.Resource
}

// chooseZones takes the zones asked for by name, or the first ones of the region. It leaves out Local and Wavelength
// Zones, which lack much of what a platform needs. It deliberately does not ask for the zones' state:
// if a zone in trouble were left out, an update during an outage would move the network out of it for good.
func (b *builder) chooseZones() error {
	offered, err := aws.GetAvailabilityZones(b.Ctx, &aws.GetAvailabilityZonesArgs{
		Filters: []aws.GetAvailabilityZonesFilter{{Name: "opt-in-status", Values: []string{"opt-in-not-required"}}},
	}, pulumi.Parent(b.network))
	if err != nil {
		return fmt.Errorf("looking up the region's availability zones: %w", err)
	}
	names, err := selectZones(b.args.Network, offered.Names)
	if err != nil {
		return err
	}
	for _, name := range names {
		slot, ok := spec.ZoneSlot(name)
		if !ok {
			return fmt.Errorf("zone %s has no place in the layout; name other zones in zoneNames", name)
		}
		b.zones = append(b.zones, zone{name: name, letter: name[len(name)-1:], slot: slot})
	}
	b.network.Zones = names
	return nil
}

// selectZones returns the names of the zones to span, in alphabetical order.
func selectZones(n spec.Network, offered []string) ([]string, error) {
	offered = slices.Sorted(slices.Values(offered))
	if len(n.ZoneNames) == 0 {
		if len(offered) < n.Zones {
			var ps spec.Problems
			ps.Add("zones", n.Zones, "are more zones than the region has; use at most %d, or another region", len(offered))
			return nil, ps
		}
		return offered[:n.Zones], nil
	}
	var ps spec.Problems
	for i, name := range n.ZoneNames {
		if !slices.Contains(offered, name) {
			ps.Add(fmt.Sprintf("zoneNames[%d]", i), name, "is not a zone of the provider's region; %s", spec.DidYouMean(name, offered))
		}
	}
	return slices.Sorted(slices.Values(n.ZoneNames)), ps.Err()
}

func (b *builder) createSubnets() error {
	b.subnets = map[spec.Tier][]*subnet{}
	for _, tier := range spec.Tiers() {
		for _, z := range b.zones {
			created, err := b.createSubnet(tier, z)
			if err != nil {
				return err
			}
			b.subnets[tier] = append(b.subnets[tier], &subnet{Subnet: created, zone: z})
		}
	}
	return nil
}

func (b *builder) createSubnet(tier spec.Tier, z zone) (*ec2.Subnet, error) {
	args := &ec2.SubnetArgs{
		VpcId:               b.vpc.ID(),
		AvailabilityZone:    pulumi.String(z.name),
		CidrBlock:           b.subnetCIDR(tier, z.slot),
		MapPublicIpOnLaunch: pulumi.Bool(false),
		Tags:                b.tagsWith(b.args.SubnetTags[tier], string(tier), z.letter),
	}
	if b.args.IPv6 {
		args.Ipv6CidrBlock = b.vpc.Ipv6CidrBlock.ApplyT(func(block string) (string, error) {
			prefix, err := netip.ParsePrefix(block)
			if err != nil {
				return "", err
			}
			subnet, err := spec.SubnetV6(prefix, tier, z.slot)
			return subnet.String(), err
		}).(pulumi.StringOutput)
		// Every IPv6 address is a public one. In private subnets the egress-only gateway keeps strangers out; in
		// public subnets nothing would, so there an address has to be asked for.
		args.AssignIpv6AddressOnCreation = pulumi.Bool(tier == spec.Private)
	}
	return ec2.NewSubnet(b.Ctx, b.Child(string(tier), z.letter), args, b.Options()...)
}

// subnetCIDR is known before anything exists, unless IPAM chooses the network's block.
func (b *builder) subnetCIDR(tier spec.Tier, slot int) pulumi.StringPtrInput {
	if b.args.IPAMPoolID == nil {
		layout, _ := b.args.Layout() // cannot fail: the arguments are valid
		return pulumi.String(layout.Subnet(tier, slot).String())
	}
	return b.vpc.CidrBlock.ApplyT(func(block string) (string, error) {
		layout, err := spec.Network{CIDR: block}.Layout()
		if err != nil {
			return "", fmt.Errorf("the IPAM pool gave an unusable block: %w", err)
		}
		return layout.Subnet(tier, slot).String(), nil
	}).(pulumi.StringOutput)
}

// readyIDs returns the subnets' ids; see readyID.
func readyIDs(subnets []*subnet) pulumi.StringArrayOutput {
	ids := make([]pulumi.StringOutput, len(subnets))
	for i, s := range subnets {
		ids[i] = s.readyID()
	}
	return pulumi.ToStringArrayOutput(ids)
}

// readyID returns a subnet's id, which depends on everything that the subnet needs: what uses the id is created after
// the route that it sends its first packet to. It waits for URNs, which a preview knows: by waiting for ids, a new route
// would make the ids of existing subnets unknown in a preview, and all that is built on them seem to be replaced.
func (s *subnet) readyID() pulumi.StringOutput {
	needs := []any{s.ID()}
	for _, r := range s.after {
		needs = append(needs, r.URN())
	}
	return pulumi.All(needs...).ApplyT(func(known []any) string {
		return string(known[0].(pulumi.ID))
	}).(pulumi.StringOutput)
}
