package aws

import (
	"fmt"
	"iter"
	"net/netip"
	"slices"
	"strings"

	"github.com/holdfast-iac/holdfast/simulator"
)

// Sources: terraform-provider-aws, internal/service/ec2/{vpc_network_interface,ec2_eip_association}.go; the EC2 API's
// CreateNetworkInterface, AssociateAddress and its list of error codes; VPC guide, "Subnet CIDR blocks".

var networkInterfaceKind = &simulator.Kind{
	Noun:     "EC2 Network Interface",
	IDPrefix: "eni-",
	ARN:      "arn:{partition}:ec2:{region}:{account}:network-interface/{id}",
	NotFound: "InvalidNetworkInterfaceID.NotFound: The networkInterface ID '%s' does not exist",
	InUse:    "InvalidParameterValue: Network interface '%s' is currently in use.",
}

var eipAssociationKind = &simulator.Kind{
	Noun:     "EC2 EIP Association",
	IDPrefix: "eipassoc-",
}

func networkInterfaceTypes() []*simulator.Type {
	return []*simulator.Type{
		{
			Token:      "aws:ec2/networkInterface:NetworkInterface",
			Kind:       networkInterfaceKind,
			Defaults:   map[string]any{"sourceDestCheck": true},
			Immutable:  []string{"interfaceType", "subnetId"},
			Sets:       []string{"privateIps", "securityGroups"},
			Rules:      map[string]simulator.Rule{"privateIps[*]": ipv4Address, "privateIp": ipv4Address},
			References: []simulator.Reference{inSubnet("subnetId"), usesGroup("securityGroups[*]")},
			Quotas:     []simulator.Quota{groupsPerInterface("securityGroups[*]")},
			Constraints: append(interfaceAddresses("privateIps[*]"), simulator.Constraint{
				Origin: simulator.Origin{ID: "aws-ec2-interface-groups", Source: ec2Errors},
				Error:  "InvalidGroup.NotFound: You have specified two resources that belong to different networks.",
				Stage:  simulator.AtApply,
				Find: func(c *simulator.Call, broken func(path string, args ...any)) {
					vpc := c.Find(subnetKind, c.Text("subnetId")).Target(vpcKind)
					for path := range groupsElsewhere(c, "securityGroups[*]", vpc) {
						broken(path)
					}
				},
			}),
			API:        []string{"ec2:CreateNetworkInterface"},
			Parameters: map[string]string{"interfaceType": ""}, // the model is older than efa-only
			Compute:    computeNetworkInterface,
		},
		{
			Token: "aws:ec2/eipAssociation:EipAssociation",
			Kind:  eipAssociationKind,
			Immutable: []string{
				"allocationId", "allowReassociation", "instanceId", "networkInterfaceId", "privateIpAddress", "publicIp",
			},
			References: []simulator.Reference{
				{Property: "allocationId", To: kinds(eipKind), OnDelete: simulator.Ignore},
				{Property: "instanceId", To: kinds(instanceKind), OnDelete: simulator.Ignore},
				{Property: "networkInterfaceId", To: kinds(networkInterfaceKind), OnDelete: simulator.Ignore},
			},
			Constraints: []simulator.Constraint{{
				Origin: simulator.Origin{ID: "aws-ec2-address-needs-gateway", Source: ec2Errors},
				Error:  "Gateway.NotAttached: Network %s is not attached to any internet gateway",
				Stage:  simulator.AtApply,
				Find: func(c *simulator.Call, broken func(path string, args ...any)) {
					if vpc := addressee(c).Target(subnetKind).Target(vpcKind); vpc != nil && len(vpc.Users(internetGatewayKind)) == 0 {
						broken("", vpc.ID)
					}
				},
			}},
			API:     []string{"ec2:AssociateAddress"},
			Compute: computeEIPAssociation,
		},
	}
}

// interfaceAddresses are the constraints of the addresses of a network interface, of which one has words of its own.
func interfaceAddresses(input string) []simulator.Constraint {
	constraints := addressConstraints(input)
	constraints[0].Origin = simulator.Origin{ID: "aws-ec2-interface-address",
		Source: "https://github.com/hashicorp/terraform-provider-aws/issues/23114"}
	constraints[0].Error = "InvalidParameterValue: invalid value for parameter address: %s"
	return constraints
}

// addressConstraints are those of the addresses that a resource chooses in its subnet.
func addressConstraints(input string) []simulator.Constraint {
	source := "https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html"
	each := func(refused func(c *simulator.Call, subnet *simulator.Object, block netip.Prefix, address netip.Addr) bool,
	) func(c *simulator.Call, broken func(path string, args ...any)) {
		return func(c *simulator.Call, broken func(path string, args ...any)) {
			subnet := c.Find(subnetKind, c.Text("subnetId"))
			if subnet == nil {
				return
			}
			block, err := netip.ParsePrefix(subnet.Text("cidrBlock"))
			if err != nil {
				return
			}
			c.Each(input, func(path, value string) {
				if address, err := netip.ParseAddr(value); err == nil && refused(c, subnet, block, address) {
					broken(path, value)
				}
			})
		}
	}
	return []simulator.Constraint{
		{
			Origin: simulator.Origin{ID: "aws-ec2-address-in-subnet", Source: source}, Stage: simulator.AtApply,
			Error: "InvalidParameterValue: Address %s does not fall within the subnet's address range",
			Find: each(func(_ *simulator.Call, _ *simulator.Object, block netip.Prefix, address netip.Addr) bool {
				return !block.Contains(address)
			}),
		},
		{
			Origin: simulator.Origin{ID: "aws-ec2-address-reserved", Source: source}, Stage: simulator.AtApply,
			Error: "InvalidParameterValue: Address %s is in subnet's reserved address range",
			Find: each(func(_ *simulator.Call, _ *simulator.Object, block netip.Prefix, address netip.Addr) bool {
				return reserved(block, address)
			}),
		},
		{
			Origin: simulator.Origin{ID: "aws-ec2-address-taken", Source: ec2Errors}, Stage: simulator.AtApply,
			Error: "InvalidIPAddress.InUse: Address %s is in use.",
			Find: each(func(c *simulator.Call, subnet *simulator.Object, _ netip.Prefix, address netip.Addr) bool {
				return slices.ContainsFunc(
					c.Others(append(subnet.Users(networkInterfaceKind), subnet.Users(instanceKind)...)),
					func(other *simulator.Object) bool { return slices.Contains(chosenAddresses(other), address.String()) })
			}),
		},
	}
}

// chosenAddresses are the addresses that something was told to have: those that EC2 chose are never in anybody's way.
func chosenAddresses(o *simulator.Object) []string {
	return append(stringsOf(bare(o.Inputs["privateIps"])), stringOf(bare(o.Inputs["privateIp"])))
}

// reserved reports whether an address is one of the five that AWS keeps in every subnet: the first four and the last.
func reserved(block netip.Prefix, address netip.Addr) bool {
	first := block.Masked().Addr()
	for range 4 {
		if address == first {
			return true
		}
		first = first.Next()
	}
	return block.Contains(address) && !block.Contains(address.Next())
}

func computeNetworkInterface(c *simulator.Call) {
	subnet := c.Find(subnetKind, c.Text("subnetId"))
	ip := c.Text("privateIp")
	if ip == "" {
		ip = c.Text("privateIps[0]")
	}
	if chosen := c.Texts("privateIps[*]"); len(chosen) > 0 {
		ip = chosen[0]
	}
	if ip == "" {
		ip = hostIn(subnet.Text("cidrBlock"), c.Hex("private-ip", 8))
	}
	c.Set("ownerId", c.Account)
	c.SetNew("privateIp", ip)
	c.SetNew("privateIps", []string{ip})
	c.SetNew("privateIpsCount", max(0, len(c.Texts("privateIps[*]"))-1))
	c.SetNew("privateDnsName", privateHostName(c, ip))
	c.SetNew("macAddress", macAddress(c))
	c.SetNew("interfaceType", "interface")
	c.SetNew("outpostArn", "")
	c.SetNew("enablePrimaryIpv6", false)
	c.SetNew("securityGroups", defaultGroups(subnet.Target(vpcKind)))
	for _, name := range []string{"ipv4PrefixCount", "ipv6AddressCount", "ipv6PrefixCount"} {
		c.SetNew(name, 0)
	}
}

// defaultGroups returns the security groups of what names none: the one that came with the VPC.
func defaultGroups(vpc *simulator.Object) []string {
	if group := vpc.Owned(securityGroupKind); group != nil {
		return []string{group.ID}
	}
	return []string{}
}

// privateHostName is the host name of an address inside its VPC.
func privateHostName(c *simulator.Call, ip string) string {
	domain := c.Region + ".compute.internal"
	if c.Region == "us-east-1" {
		domain = "ec2.internal"
	}
	return "ip-" + strings.ReplaceAll(ip, ".", "-") + "." + domain
}

func macAddress(c *simulator.Call) string {
	d := c.Hex("mac", 10)
	return fmt.Sprintf("02:%s:%s:%s:%s:%s", d[:2], d[2:4], d[4:6], d[6:8], d[8:])
}

// groupsElsewhere yields the paths and ids of the security groups in an input that are not of the VPC.
func groupsElsewhere(c *simulator.Call, input string, vpc *simulator.Object) iter.Seq2[string, string] {
	return func(yield func(path, id string) bool) {
		more := vpc != nil
		c.Each(input, func(path, id string) {
			if group := c.Find(securityGroupKind, id); more && group != nil && group.Text("vpcId") != vpc.ID {
				more = yield(path, id)
			}
		})
	}
}

// addressee returns what an address is given to.
func addressee(c *simulator.Call) *simulator.Object {
	if instance := c.Find(instanceKind, c.Text("instanceId")); instance != nil {
		return instance
	}
	return c.Find(networkInterfaceKind, c.Text("networkInterfaceId"))
}

func computeEIPAssociation(c *simulator.Call) {
	if eip := c.Find(eipKind, c.Text("allocationId")); eip != nil {
		c.Set("publicIp", eip.Text("publicIp"))
	}
	for _, eip := range c.All(eipKind) {
		if eip.Text("publicIp") == c.Text("publicIp") {
			c.Set("allocationId", eip.ID)
		}
	}
	c.SetNew("allocationId", "")
	c.SetNew("publicIp", "")
	c.SetNew("instanceId", "")
	if holder := addressee(c); holder != nil {
		if holder.Kind == instanceKind {
			c.Set("networkInterfaceId", holder.Text("primaryNetworkInterfaceId"))
		}
		c.SetNew("privateIpAddress", holder.Text("privateIp"))
	}
	c.SetNew("networkInterfaceId", "")
	c.SetNew("privateIpAddress", "")
}
