package aws

import (
	"strings"

	"github.com/holdfast-iac/holdfast/simulator"
)

// Sources: terraform-provider-aws, internal/service/ec2/vpc_subnet.go; the EC2
// API's list of error codes.

var subnetKind = &simulator.Kind{
	Noun:     "EC2 Subnet",
	IDPrefix: "subnet-",
	ARN:      "arn:{partition}:ec2:{region}:{account}:subnet/{id}",
	NotFound: "InvalidSubnetID.NotFound: The subnet ID '%s' does not exist",
	InUse:    "DependencyViolation: The subnet '%s' has dependencies and cannot be deleted.",
}

func subnetTypes() []*simulator.Type {
	return []*simulator.Type{{
		Token: "aws:ec2/subnet:Subnet",
		Kind:  subnetKind,
		Defaults: map[string]any{
			"assignIpv6AddressOnCreation":             false,
			"enableDns64":                             false,
			"enableResourceNameDnsARecordOnLaunch":    false,
			"enableResourceNameDnsAaaaRecordOnLaunch": false,
			"ipv6Native":                              false,
			"mapPublicIpOnLaunch":                     false,
		},
		Immutable: []string{"availabilityZone", "availabilityZoneId", "cidrBlock", "ipv6Native", "outpostArn", "vpcId"},
		Rules: map[string]simulator.Rule{
			"cidrBlock":                      network(false, 16, 28, "InvalidSubnet.Range"),
			"ipv6CidrBlock":                  network(true, 64, 64, "InvalidSubnet.Range"),
			"privateDnsHostnameTypeOnLaunch": simulator.OneOf("ip-name", "resource-name"),
		},
		AtMostOne:  [][]string{{"availabilityZone", "availabilityZoneId"}},
		References: []simulator.Reference{{Property: "vpcId", To: kinds(vpcKind)}},
		Patient:    true,
		Check:      checkSubnet,
		Allow:      allowSubnet,
		Compute:    computeSubnet,
	}}
}

func checkSubnet(c *simulator.Call) {
	for _, name := range []string{"availabilityZone", "availabilityZoneId"} {
		c.Each(name, func(path, value string) {
			if _, ok := zoneNamed(c.Region, value); !ok {
				c.Fail(path, "InvalidParameterValue: Value (%s) for parameter %s is invalid. "+
					"Subnets can currently only be created in the following availability zones: %s.",
					value, name, strings.Join(zoneNames(c.Region), ", "))
			}
		})
	}
	if !c.Given("cidrBlock") && !c.Flag("ipv6Native") && c.Known("ipv6Native") {
		c.Fail("cidrBlock", "MissingParameter: Either 'cidrBlock' or 'ipv6Native' should be provided.")
	}
	if c.Flag("assignIpv6AddressOnCreation") && !c.Given("ipv6CidrBlock") {
		c.Fail("assignIpv6AddressOnCreation", "a subnet without ipv6CidrBlock has no IPv6 addresses to assign")
	}
}

func allowSubnet(c *simulator.Call) {
	vpc := c.Find(vpcKind, c.Text("vpcId"))
	neighbours := c.Others(vpc.Users(subnetKind))
	fit := func(name string, blocks []string) {
		block := c.Text(name)
		if block == "" {
			return
		}
		if !inside(block, blocks) {
			c.Fail(name, "InvalidSubnet.Range: The CIDR '%s' is invalid. It must lie in the VPC's %s.",
				block, strings.Join(blocks, " or "))
			return
		}
		for _, neighbour := range neighbours {
			if overlap(block, neighbour.Text(name)) {
				c.Fail(name, "InvalidSubnet.Conflict: The CIDR '%s' conflicts with another subnet: %s has %s.",
					block, neighbour.ID, neighbour.Text(name))
				return
			}
		}
	}
	fit("cidrBlock", vpcBlocks(vpc))
	fit("ipv6CidrBlock", []string{vpc.Text("ipv6CidrBlock")})
}

func computeSubnet(c *simulator.Call) {
	z, ok := zoneNamed(c.Region, c.Text("availabilityZone")+c.Text("availabilityZoneId"))
	if !ok {
		z = zones[c.Region][0] // any will do: AWS chooses one
	}
	c.SetNew("availabilityZone", z.name)
	c.SetNew("availabilityZoneId", z.id)
	c.Set("ownerId", c.Account)
	c.SetNew("privateDnsHostnameTypeOnLaunch", "ip-name")
	association := ""
	if c.Given("ipv6CidrBlock") {
		association = "subnet-cidr-assoc-" + c.Hex("ipv6", idDigits)
	}
	c.Set("ipv6CidrBlockAssociationId", association)
}
