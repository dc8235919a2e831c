package loadbalancer

import (
	"fmt"
	"maps"
	"net/netip"
	"slices"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/ec2"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/vpc"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/holdfast-iac/holdfast/components/naming"
)

// The ports of HTTP's schemes.
const (
	portHTTP  = 80
	portHTTPS = 443
)

// peer is a block of addresses at the other end of connections.
type peer struct {
	name string // what its rules are called
	cidr pulumi.StringPtrInput
	v6   bool
}

// createSecurityGroup lets clients in and traffic to the backends' ports out, and nothing else.
func (b *builder) createSecurityGroup() error {
	group, err := ec2.NewSecurityGroup(b.Ctx, b.Child("balancer"), &ec2.SecurityGroupArgs{
		Name: pulumi.String(naming.AWSSecurityGroup.Name(b.FullName("balancer")...)),
		// AWS cannot change a description, only replace the group, whose name would then be taken: never change it.
		Description: pulumi.String("Clients of the load balancer, and the way to its targets"),
		VpcId:       b.args.VpcID,
		Tags:        b.TagInput("balancer"),
	}, b.Options()...)
	if err != nil {
		return err
	}
	b.group = group
	b.out.SecurityGroupID = group.ID().ToStringOutput()
	home := peer{name: "network", cidr: ec2.LookupVpcOutput(b.Ctx, ec2.LookupVpcOutputArgs{
		Id: b.args.VpcID.ToStringOutput().ToStringPtrOutput(),
	}, pulumi.Parent(b.out)).CidrBlock()}
	for _, client := range b.clients(home) {
		for _, port := range b.ports() {
			if err := b.allowIn(client, port); err != nil {
				return err
			}
		}
	}
	for _, target := range append(peersOf(b.args.TargetCIDRs), home) {
		for _, port := range b.targetPorts() {
			if err := b.allowOut(target, port); err != nil {
				return err
			}
		}
	}
	return nil
}

// clients returns who may connect: those named, the network of an internal load balancer, or everybody.
func (b *builder) clients(home peer) []peer {
	switch {
	case len(b.args.AllowedCIDRs) > 0:
		return peersOf(b.args.AllowedCIDRs)
	case b.args.Internal:
		return []peer{home}
	case b.args.IPv6:
		return peersOf([]string{"0.0.0.0/0", "::/0"})
	default:
		return peersOf([]string{"0.0.0.0/0"})
	}
}

func peersOf(cidrs []string) []peer {
	var peers []peer
	for _, cidr := range cidrs {
		peers = append(peers, peer{cidr, pulumi.String(cidr), netip.MustParsePrefix(cidr).Addr().Is6()})
	}
	return peers
}

// ports returns the ports that the load balancer listens on.
func (b *builder) ports() []int {
	if b.redirects() {
		return []int{portHTTP, b.args.Port}
	}
	return []int{b.args.Port}
}

// redirects reports whether plain HTTP is redirected.
func (b *builder) redirects() bool {
	return !b.args.TCP && !b.args.Unencrypted && !b.args.RedirectDisabled
}

// targetPorts returns the ports that backends listen on, for traffic or health checks.
func (b *builder) targetPorts() []int {
	ports := map[int]bool{}
	for _, backend := range b.args.Backends {
		ports[backend.Port], ports[backend.HealthCheck.Port] = true, true
	}
	return slices.Sorted(maps.Keys(ports))
}

func (b *builder) allowIn(from peer, port int) error {
	name := fmt.Sprintf("in-%d-%s", port, from.name)
	args := &vpc.SecurityGroupIngressRuleArgs{
		SecurityGroupId: b.group.ID(),
		Description:     pulumi.String("Clients"),
		IpProtocol:      pulumi.String("tcp"),
		FromPort:        pulumi.Int(port),
		ToPort:          pulumi.Int(port),
		Tags:            b.TagInput(name),
	}
	if from.v6 {
		args.CidrIpv6 = from.cidr
	} else {
		args.CidrIpv4 = from.cidr
	}
	_, err := vpc.NewSecurityGroupIngressRule(b.Ctx, b.Child(name), args, b.Options()...)
	return err
}

func (b *builder) allowOut(to peer, port int) error {
	name := fmt.Sprintf("out-%d-%s", port, to.name)
	_, err := vpc.NewSecurityGroupEgressRule(b.Ctx, b.Child(name), &vpc.SecurityGroupEgressRuleArgs{
		SecurityGroupId: b.group.ID(),
		Description:     pulumi.String("Targets and their health checks"),
		IpProtocol:      pulumi.String("tcp"),
		FromPort:        pulumi.Int(port),
		ToPort:          pulumi.Int(port),
		CidrIpv4:        to.cidr,
		Tags:            b.TagInput(name),
	}, b.Options()...)
	return err
}
