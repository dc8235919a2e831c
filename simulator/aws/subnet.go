package aws

import (
	"strings"

	"github.com/holdfast-iac/holdfast/simulator"
)

// Sources: terraform-provider-aws, internal/service/ec2/vpc_subnet.go; the EC2 API's list of error codes.

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
			"cidrBlock":     network(false, 16, 28, "InvalidSubnet.Range"),
			"ipv6CidrBlock": network(true, 64, 64, "InvalidSubnet.Range"),
		},
		AtMostOne:  [][]string{{"availabilityZone", "availabilityZoneId"}},
		References: []simulator.Reference{inVPC()},
		Patient:    true,
		Check:      checkSubnet,
		Compute:    computeSubnet,
		API:        []string{"ec2:CreateSubnet", "ec2:ModifySubnetAttribute"},
		Quotas: []simulator.Quota{{
			Code: "L-407747CB", Source: vpcQuotas, Limit: 200, Per: ofVPC,
			Error: "SubnetLimitExceeded: The maximum number of subnets has been reached.",
		}},
		Constraints: []simulator.Constraint{
			{
				Origin: simulator.Origin{
					ID: "aws-subnet-zone", Source: "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateSubnet.html",
				},
				Error: "InvalidParameterValue: Value (%s) for parameter %s is invalid. " +
					"Subnets can currently only be created in the following availability zones: %s.",
				Find: findForeignZone,
			},
			{
				Origin: simulator.Origin{ID: "aws-subnet-in-vpc", Source: ec2Errors},
				Stage:  simulator.AtApply,
				Error:  "InvalidSubnet.Range: The CIDR '%s' is invalid. It must lie in the VPC's %s.",
				Find:   findSubnetOutside,
			},
			{
				Origin: simulator.Origin{ID: "aws-subnet-conflict", Source: ec2Errors},
				Stage:  simulator.AtApply,
				Error:  "InvalidSubnet.Conflict: The CIDR '%s' conflicts with another subnet: %s has %s.",
				Find:   findSubnetConflict,
			},
		},
	}}
}

// inSubnet is a reference to a subnet that is held by what lies in it.
func inSubnet(property string) simulator.Reference {
	return simulator.Reference{
		Origin:   simulator.Origin{ID: "aws-subnet-in-use", Source: ec2Errors},
		Property: property, To: kinds(subnetKind),
	}
}

func findForeignZone(c *simulator.Call, broken func(path string, args ...any)) {
	if c.Region == "" {
		return // not known yet
	}
	for _, name := range []string{"availabilityZone", "availabilityZoneId"} {
		c.Each(name, func(path, value string) {
			if _, ok := zoneNamed(c.Region, value); !ok && value != "" {
				broken(path, value, name, strings.Join(zoneNames(c.Region), ", "))
			}
		})
	}
}

func checkSubnet(c *simulator.Call) {
	if !c.Given("cidrBlock") && !c.Flag("ipv6Native") && c.Known("ipv6Native") {
		c.Fail("cidrBlock", "MissingParameter: Either 'cidrBlock' or 'ipv6Native' should be provided.")
	}
	if c.Flag("assignIpv6AddressOnCreation") && !c.Given("ipv6CidrBlock") {
		c.Fail("assignIpv6AddressOnCreation", "a subnet without ipv6CidrBlock has no IPv6 addresses to assign")
	}
}

// blocksOf returns the VPC's blocks that a subnet's input must lie in.
func blocksOf(vpc *simulator.Object, input string) []string {
	if input == "cidrBlock" {
		return vpcBlocks(vpc)
	}
	return []string{vpc.Text("ipv6CidrBlock")}
}

var subnetBlocks = []string{"cidrBlock", "ipv6CidrBlock"}

func findSubnetOutside(c *simulator.Call, broken func(path string, args ...any)) {
	vpc := c.Find(vpcKind, c.Text("vpcId"))
	for _, name := range subnetBlocks {
		blocks := blocksOf(vpc, name)
		if block := c.Text(name); block != "" && !inside(block, blocks) {
			broken(name, block, strings.Join(blocks, " or "))
		}
	}
}

func findSubnetConflict(c *simulator.Call, broken func(path string, args ...any)) {
	vpc := c.Find(vpcKind, c.Text("vpcId"))
	neighbours := c.Others(vpc.Users(subnetKind))
	for _, name := range subnetBlocks {
		block := c.Text(name)
		if !inside(block, blocksOf(vpc, name)) {
			continue // it has no place at all
		}
		for _, neighbour := range neighbours {
			if overlap(block, neighbour.Text(name)) {
				broken(name, block, neighbour.ID, neighbour.Text(name))
				break
			}
		}
	}
}

// findZoneTwice finds subnets at an input's path that lie in the same zone as one before them.
func findZoneTwice(property string) func(*simulator.Call, func(string, ...any)) {
	return func(c *simulator.Call, broken func(path string, args ...any)) {
		inZone := map[string]bool{}
		c.Each(property, func(path, id string) {
			zone := c.Find(subnetKind, id).Text("availabilityZone")
			if inZone[zone] {
				broken(path, id)
			}
			inZone[zone] = true
		})
	}
}

func computeSubnet(c *simulator.Call) {
	z, ok := zoneNamed(c.Region, c.Text("availabilityZone")+c.Text("availabilityZoneId"))
	if !ok {
		z = firstZone(c.Region)
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
