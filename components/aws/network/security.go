package network

import (
	"net/netip"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/ec2"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/holdfast-iac/holdfast/components/spec"
)

// closeDefaults takes over what AWS creates with every VPC and leaves open, and empties it. A resource that somebody
// forgets to give a security group, a route table or a network ACL of its own is then cut off, not exposed.
func (b *builder) closeDefaults() error {
	// The empty lists matter: left out, they would mean "leave alone what is there".
	if _, err := ec2.NewDefaultSecurityGroup(b.Ctx, b.Child("default"), &ec2.DefaultSecurityGroupArgs{
		VpcId:   b.vpc.ID(),
		Ingress: ec2.DefaultSecurityGroupIngressArray{},
		Egress:  ec2.DefaultSecurityGroupEgressArray{},
		Tags:    b.TagInput("default"),
	}, b.Options()...); err != nil {
		return err
	}
	if _, err := ec2.NewDefaultRouteTable(b.Ctx, b.Child("default"), &ec2.DefaultRouteTableArgs{
		DefaultRouteTableId: b.vpc.DefaultRouteTableId,
		Routes:              ec2.DefaultRouteTableRouteArray{},
		Tags:                b.TagInput("default"),
	}, b.Options()...); err != nil {
		return err
	}
	// AWS puts every subnet without an ACL of its own under the default one, so its list of subnets is not ours to
	// keep: not ignoring it would show a change whenever somebody adds a subnet.
	_, err := ec2.NewDefaultNetworkAcl(b.Ctx, b.Child("default"), &ec2.DefaultNetworkAclArgs{
		DefaultNetworkAclId: b.vpc.DefaultNetworkAclId,
		Tags:                b.TagInput("default"),
	}, b.Options(pulumi.IgnoreChanges([]string{"subnetIds"}))...)
	return err
}

// createACLs gives every tier a network ACL, a second fence behind the security groups: data subnets talk to this
// network and its peers only, and nobody opens SSH from outside anywhere.
func (b *builder) createACLs() error {
	for _, tier := range spec.Tiers() {
		rules := b.aclRules(tier)
		acl, err := ec2.NewNetworkAcl(b.Ctx, b.Child(string(tier)), &ec2.NetworkAclArgs{
			VpcId:   b.vpc.ID(),
			Ingress: ingressEntries(rules),
			Egress:  egressEntries(rules),
			Tags:    b.TagInput(string(tier)),
		}, b.Options()...)
		if err != nil {
			return err
		}
		for _, s := range b.subnets[tier] {
			association, err := ec2.NewNetworkAclAssociation(b.Ctx, b.Child(string(tier), s.zone.letter), &ec2.NetworkAclAssociationArgs{
				NetworkAclId: acl.ID(),
				SubnetId:     s.ID(),
			}, b.Options()...)
			if err != nil {
				return err
			}
			s.after = append(s.after, association)
		}
	}
	return nil
}

// aclRule is one rule of a network ACL. Rules are tried in the order of their numbers, and the first that matches
// decides; what none matches is refused.
type aclRule struct {
	number      int
	action      string                // allow or deny
	v4, v6      pulumi.StringPtrInput // one of the two
	port        int                   // of TCP; 0 means all protocols and ports
	ingressOnly bool
}

// aclRules returns a tier's rules. They number insiders from 100, refusals from 200, the rest of the world from 300.
//
// SSH is refused by its port, which no reply ever comes back to. Remote desktop is not: its port, 3389, lies in the
// range that NAT gateways send from, and an ACL, which does not know replies from requests, would break one outgoing
// connection in 64,512. Security groups, closed unless opened, keep remote desktop out.
func (b *builder) aclRules(tier spec.Tier) []aclRule {
	rules := []aclRule{{number: 100, action: "allow", v4: b.cidr}}
	if b.args.IPv6 {
		rules = append(rules, aclRule{number: 101, action: "allow", v6: b.vpc.Ipv6CidrBlock})
	}
	for i, peer := range b.args.PeerCIDRs {
		rule := aclRule{number: 110 + i, action: "allow"}
		if netip.MustParsePrefix(peer).Addr().Is6() {
			rule.v6 = pulumi.String(peer)
		} else {
			rule.v4 = pulumi.String(peer)
		}
		rules = append(rules, rule)
	}
	if tier == spec.Data {
		return rules
	}
	rules = append(rules,
		aclRule{number: 200, action: "deny", v4: pulumi.String(anywhere), port: 22, ingressOnly: true},
		aclRule{number: 300, action: "allow", v4: pulumi.String(anywhere)})
	if b.args.IPv6 {
		rules = append(rules,
			aclRule{number: 201, action: "deny", v6: pulumi.String(anywhereV6), port: 22, ingressOnly: true},
			aclRule{number: 301, action: "allow", v6: pulumi.String(anywhereV6)})
	}
	return rules
}

func (r aclRule) protocol() pulumi.String {
	if r.port == 0 {
		return "-1"
	}
	return "tcp"
}

func ingressEntries(rules []aclRule) ec2.NetworkAclIngressArray {
	var entries ec2.NetworkAclIngressArray
	for _, r := range rules {
		entries = append(entries, &ec2.NetworkAclIngressArgs{
			RuleNo: pulumi.Int(r.number), Action: pulumi.String(r.action), Protocol: r.protocol(),
			FromPort: pulumi.Int(r.port), ToPort: pulumi.Int(r.port),
			CidrBlock: r.v4, Ipv6CidrBlock: r.v6,
		})
	}
	return entries
}

func egressEntries(rules []aclRule) ec2.NetworkAclEgressArray {
	var entries ec2.NetworkAclEgressArray
	for _, r := range rules {
		if r.ingressOnly {
			continue
		}
		entries = append(entries, &ec2.NetworkAclEgressArgs{
			RuleNo: pulumi.Int(r.number), Action: pulumi.String(r.action), Protocol: r.protocol(),
			FromPort: pulumi.Int(r.port), ToPort: pulumi.Int(r.port),
			CidrBlock: r.v4, Ipv6CidrBlock: r.v6,
		})
	}
	return entries
}
