package aws

import (
	"github.com/holdfast-iac/holdfast/simulator"
)

// Sources: terraform-provider-aws, internal/service/ec2/
// {vpc_internet_gateway,vpc_egress_only_internet_gateway,vpc_nat_gateway}.go; the EC2 API's list of error codes; the
// NAT gateway troubleshooting guide.

var internetGatewayKind = &simulator.Kind{
	Noun:     "EC2 Internet Gateway",
	IDPrefix: "igw-",
	ARN:      "arn:{partition}:ec2:{region}:{account}:internet-gateway/{id}",
	NotFound: "InvalidInternetGatewayID.NotFound: The internetGateway ID '%s' does not exist",
	InUse:    "DependencyViolation: The internetGateway '%s' has dependencies and cannot be deleted.",
}

var egressOnlyGatewayKind = &simulator.Kind{
	Noun:     "EC2 Egress-only Internet Gateway",
	IDPrefix: "eigw-",
	NotFound: "InvalidGatewayID.NotFound: The eigw ID '%s' does not exist",
}

var natGatewayKind = &simulator.Kind{
	Noun:     "EC2 NAT Gateway",
	IDPrefix: "nat-",
	NotFound: "NatGatewayNotFound: The Nat Gateway %s was not found",
}

func gatewayTypes() []*simulator.Type {
	return []*simulator.Type{
		{
			Token:      "aws:ec2/internetGateway:InternetGateway",
			Kind:       internetGatewayKind,
			References: []simulator.Reference{inVPC()},
			Patient:    true,
			Compute: func(c *simulator.Call) {
				c.Set("ownerId", c.Account)
				if !c.Given("vpcId") {
					c.Set("vpcId", "")
				}
			},
			Constraints: []simulator.Constraint{
				{
					Origin: simulator.Origin{ID: "aws-vpc-one-internet-gateway", Source: ec2Errors},
					Stage:  simulator.AtApply,
					Error:  "InvalidParameterValue: Network %s already has an internet gateway attached",
					Find: func(c *simulator.Call, broken func(path string, args ...any)) {
						vpc := c.Find(vpcKind, c.Text("vpcId"))
						if vpc != nil && len(c.Others(vpc.Users(internetGatewayKind))) > 0 {
							broken("vpcId", vpc.ID)
						}
					},
				},
				{
					Origin: simulator.Origin{ID: "aws-vpc-gateway-before-addresses", Source: ec2Errors},
					Stage:  simulator.AtDelete,
					Error: "DependencyViolation: Network %s has some mapped public address(es). " +
						"Please unmap those before detaching the gateway.",
					Find: findMappedAddresses,
				},
			},
			API: []string{"ec2:CreateInternetGateway", "ec2:AttachInternetGateway"},
			Quotas: []simulator.Quota{{
				Code: "L-A4707A72", Source: vpcQuotas, Limit: 5,
				Error: "InternetGatewayLimitExceeded: The maximum number of internet gateways has been reached.",
			}},
		},
		{
			Token:      "aws:ec2/egressOnlyInternetGateway:EgressOnlyInternetGateway",
			Kind:       egressOnlyGatewayKind,
			Immutable:  []string{"vpcId"},
			References: []simulator.Reference{inVPC()},
			API:        []string{"ec2:CreateEgressOnlyInternetGateway"},
		},
		{
			Token:     "aws:ec2/natGateway:NatGateway",
			Kind:      natGatewayKind,
			Defaults:  map[string]any{"connectivityType": "public"},
			Immutable: []string{"allocationId", "connectivityType", "privateIp", "secondaryPrivateIpAddressCount", "subnetId"},
			Sets:      []string{"secondaryAllocationIds", "secondaryPrivateIpAddresses"},
			Rules: map[string]simulator.Rule{
				"privateIp":                      ipv4Address,
				"secondaryPrivateIpAddresses[*]": ipv4Address,
			},
			AtMostOne: [][]string{{"secondaryPrivateIpAddressCount", "secondaryPrivateIpAddresses"}},
			References: []simulator.Reference{
				inSubnet("subnetId"), usesEIP("allocationId"), usesEIP("secondaryAllocationIds[*]"),
			},
			Unique: []simulator.Unique{{
				Origin: simulator.Origin{ID: "aws-nat-address-taken", Source: ec2Errors},
				Space:  "associated address",
				Error:  "Resource.AlreadyAssociated: Elastic IP address [%s] is already associated",
				Keys: func(c *simulator.Call) []string {
					return append(c.Texts("allocationId"), c.Texts("secondaryAllocationIds[*]")...)
				},
			}},
			Check: checkNATGateway,
			Constraints: []simulator.Constraint{{
				Origin: simulator.Origin{ID: "aws-nat-needs-internet-gateway",
					Source: "https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-troubleshooting.html"},
				Stage: simulator.AtApply,
				Error: "Gateway.NotAttached: Network %s has no Internet gateway attached",
				Find:  findUnreachableNAT,
			}},
			API: []string{"ec2:CreateNatGateway"},
			Quotas: []simulator.Quota{{
				Code: "L-FE5A380F", Source: vpcQuotas, Limit: 5,
				Per: func(c *simulator.Call) string {
					if subnet := c.Find(subnetKind, c.Text("subnetId")); subnet != nil {
						return subnet.Text("availabilityZone")
					}
					return ""
				},
				Error: "NatGatewayLimitExceeded: Performing this operation would exceed the limit of %d NAT gateways",
			}},
			Compute: computeNATGateway,
		},
	}
}

// findMappedAddresses finds what in the VPC has a public address.
func findMappedAddresses(c *simulator.Call, broken func(path string, args ...any)) {
	vpc := c.Old.Target(vpcKind)
	if vpc == nil {
		return
	}
	for _, subnet := range vpc.Users(subnetKind) {
		for _, nat := range subnet.Users(natGatewayKind) {
			if nat.Text("allocationId") != "" {
				broken("", vpc.ID)
				return
			}
		}
		for _, instance := range subnet.Users(instanceKind) {
			if instance.Text("publicIp") != "" || len(instance.Users(eipAssociationKind)) > 0 {
				broken("", vpc.ID)
				return
			}
		}
	}
}

func checkNATGateway(c *simulator.Call) {
	if !c.Known("connectivityType") {
		return
	}
	refuse := func(names ...string) {
		for _, name := range names {
			if c.Given(name) {
				c.Fail(name, "a NAT gateway with connectivityType %q takes no %s", c.Text("connectivityType"), name)
			}
		}
	}
	if c.Text("connectivityType") == "private" {
		refuse("allocationId", "secondaryAllocationIds")
		return
	}
	refuse("secondaryPrivateIpAddressCount")
	if !c.Given("allocationId") {
		c.Fail("allocationId", "MissingParameter: The request must contain the parameter AllocationId")
	}
}

// findUnreachableNAT finds a public gateway in a VPC that the internet cannot reach: the real one is made and then fails.
func findUnreachableNAT(c *simulator.Call, broken func(path string, args ...any)) {
	if subnet := c.Find(subnetKind, c.Text("subnetId")); c.Text("connectivityType") == "public" {
		if vpc := subnet.Target(vpcKind); len(vpc.Users(internetGatewayKind)) == 0 {
			broken("subnetId", vpc.Identity())
		}
	}
}

func computeNATGateway(c *simulator.Call) {
	subnet := c.Find(subnetKind, c.Text("subnetId"))
	c.SetNew("networkInterfaceId", "eni-"+c.Hex("interface", idDigits))
	c.SetNew("privateIp", hostIn(subnet.Text("cidrBlock"), c.Hex("private-ip", 8)))
	c.SetNew("secondaryPrivateIpAddressCount", len(c.Texts("secondaryPrivateIpAddresses[*]")))
	c.SetNew("publicIp", "")
	c.SetNew("associationId", "")
	if eip := c.Find(eipKind, c.Text("allocationId")); eip != nil {
		c.Set("publicIp", eip.Text("publicIp"))
		c.Set("associationId", "eipassoc-"+c.Hex("association", idDigits))
	}
}
