package aws

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"

	"github.com/holdfast-iac/holdfast/simulator"
)

// Sources: terraform-provider-aws, internal/service/ec2/{vpc_network_acl,vpc_network_acl_rule,
// vpc_network_acl_association,vpc_default_network_acl}.go; the EC2 API's list of error codes; the VPC guide's quotas.

var networkACLKind = &simulator.Kind{
	Noun:     "EC2 Network ACL",
	IDPrefix: "acl-",
	ARN:      "arn:{partition}:ec2:{region}:{account}:network-acl/{id}",
	NotFound: "InvalidNetworkAclID.NotFound: The networkAcl ID '%s' does not exist",
	InUse:    "DependencyViolation: The networkAcl '%s' has dependencies and cannot be deleted.",
}

var networkACLRuleKind = &simulator.Kind{
	Noun: "EC2 Network ACL Rule",
	ID: func(c *simulator.Call) string {
		return "nacl-" + strconv.FormatUint(hexNumber(c.Hex("rule", 8)), 10)
	},
}

var networkACLAssociationKind = &simulator.Kind{Noun: "EC2 Network ACL Association", IDPrefix: "aclassoc-"}

func hexNumber(digits string) uint64 {
	n, _ := strconv.ParseUint(digits, 16, 64)
	return n
}

func networkACLTypes() []*simulator.Type {
	rules := map[string]simulator.Rule{}
	for _, direction := range []string{"ingress", "egress"} {
		at := direction + "[*]."
		rules[at+"action"] = aclAction
		rules[at+"cidrBlock"] = anyIPv4
		rules[at+"ipv6CidrBlock"] = anyIPv6
		rules[at+"fromPort"] = simulator.Between(0, 65535)
		rules[at+"toPort"] = simulator.Between(0, 65535)
		rules[at+"protocol"] = aclProtocol
		rules[at+"ruleNo"] = simulator.Between(1, 32766)
	}
	subnets := simulator.Reference{Property: "subnetIds[*]", To: kinds(subnetKind), OnDelete: simulator.Ignore}
	return []*simulator.Type{
		{
			Token:       "aws:ec2/networkAcl:NetworkAcl",
			Kind:        networkACLKind,
			Immutable:   []string{"vpcId"},
			Sets:        []string{"egress", "ingress", "subnetIds"},
			Rules:       rules,
			References:  []simulator.Reference{inVPC(), subnets},
			Unique:      []simulator.Unique{entries("ingress[*]", false), entries("egress[*]", true)},
			Check:       checkEntries,
			Constraints: entryConstraints(),
			Compute:     computeNetworkACL,
			API:         []string{"ec2:CreateNetworkAcl"},
			Quotas: append(inlineEntryQuotas(), simulator.Quota{
				Code: "L-B4A6D682", Source: vpcQuotas, Limit: 200, Per: ofVPC,
				Error: "NetworkAclLimitExceeded: The maximum number of network ACLs has been reached.",
			}),
		},
		{
			Token:       "aws:ec2/defaultNetworkAcl:DefaultNetworkAcl",
			Kind:        networkACLKind,
			Immutable:   []string{"defaultNetworkAclId"},
			Sets:        []string{"egress", "ingress", "subnetIds"},
			Rules:       rules,
			References:  []simulator.Reference{subnets},
			Unique:      []simulator.Unique{entries("ingress[*]", false), entries("egress[*]", true)},
			Check:       checkEntries,
			Constraints: entryConstraints(),
			Quotas:      inlineEntryQuotas(),
			API:         []string{"ec2:ReplaceNetworkAclAssociation"},
			Parameters:  map[string]string{"egress": "", "ingress": ""},
			Adopt:       adopt(networkACLKind, "defaultNetworkAclId"),
			Compute: func(c *simulator.Call) {
				c.Set("vpcId", c.Self().Target(vpcKind).Identity())
				computeNetworkACL(c)
			},
		},
		{
			Token:    "aws:ec2/networkAclRule:NetworkAclRule",
			Kind:     networkACLRuleKind,
			Defaults: map[string]any{"egress": false},
			Immutable: []string{
				"cidrBlock", "egress", "fromPort", "icmpCode", "icmpType", "ipv6CidrBlock", "networkAclId", "protocol",
				"ruleAction", "ruleNumber", "toPort",
			},
			Rules: map[string]simulator.Rule{
				"cidrBlock": anyIPv4, "ipv6CidrBlock": anyIPv6, "protocol": aclProtocol, "ruleAction": aclAction,
				"ruleNumber": simulator.Between(1, 32766),
			},
			ExactlyOne: [][]string{{"cidrBlock", "ipv6CidrBlock"}},
			References: []simulator.Reference{
				{Property: "networkAclId", To: kinds(networkACLKind), OnDelete: simulator.Follow},
			},
			Unique: []simulator.Unique{uniqueEntries(func(c *simulator.Call) []string {
				n, _ := c.Number("ruleNumber")
				return []string{entryKey(n, c.Flag("egress"), c.Text("networkAclId"))}
			})},
			Quotas: []simulator.Quota{entriesPerACL(func(c *simulator.Call) string {
				return fmt.Sprint(c.Text("networkAclId"), " egress: ", c.Flag("egress"))
			}, nil)},
			API:        []string{"ec2:CreateNetworkAclEntry"},
			Parameters: map[string]string{"ruleAction": ""}, // the provider takes it in capitals too
		},
		{
			Token:     "aws:ec2/networkAclAssociation:NetworkAclAssociation",
			Kind:      networkACLAssociationKind,
			Immutable: []string{"networkAclId", "subnetId"},
			References: []simulator.Reference{
				// The provider moves the subnets to the default ACL when it deletes one.
				{Property: "networkAclId", To: kinds(networkACLKind), OnDelete: simulator.Follow},
				{Property: "subnetId", To: kinds(subnetKind), OnDelete: simulator.Follow},
			},
			Constraints: []simulator.Constraint{{
				Origin: simulator.Origin{
					ID: "aws-network-acl-same-network", Source: "https://docs.aws.amazon.com/vpc/latest/userguide/vpc-network-acls.html",
				},
				Stage: simulator.AtApply,
				Error: "InvalidParameterValue: networkAcl %s and subnet %s belong to different networks",
				Find: func(c *simulator.Call, broken func(path string, args ...any)) {
					acl, subnet := c.Find(networkACLKind, c.Text("networkAclId")), c.Find(subnetKind, c.Text("subnetId"))
					if networkOf(acl) != networkOf(subnet) {
						broken("networkAclId", c.Text("networkAclId"), c.Text("subnetId"))
					}
				},
			}},
			API: []string{"ec2:ReplaceNetworkAclAssociation"},
		},
	}
}

var aclAction = simulator.Text(func(action string) string {
	if slices.Contains([]string{"allow", "deny"}, strings.ToLower(action)) {
		return ""
	}
	return fmt.Sprintf("expected allow or deny, got %q", action)
})

// aclProtocol allows protocol numbers and the few names that the provider turns into numbers.
var aclProtocol = simulator.Text(func(protocol string) string {
	if slices.Contains([]string{"all", "ah", "esp", "icmp", "tcp", "udp"}, strings.ToLower(protocol)) {
		return ""
	}
	if n, err := strconv.Atoi(protocol); err == nil && n >= -1 && n <= 255 {
		return ""
	}
	return fmt.Sprintf("%q is no protocol: write tcp, udp, icmp, -1 for all, or a number up to 255", protocol)
})

func entryKey(number float64, egress bool, acl string) string {
	direction := "ingress"
	if egress {
		direction = "egress"
	}
	return fmt.Sprintf("%s rule %v of %s", direction, number, acl)
}

// uniqueEntries keeps an ACL from having two entries of one number and direction, be they its own or rule resources.
func uniqueEntries(keys func(*simulator.Call) []string) simulator.Unique {
	return simulator.Unique{
		Origin: simulator.Origin{ID: "aws-network-acl-entry-exists", Source: ec2Errors},
		Space:  "network ACL entry",
		Error:  "NetworkAclEntryAlreadyExists: The network acl entry identified by %s already exists.",
		Keys:   keys,
	}
}

// entries are those in an ACL's own list.
func entries(path string, egress bool) simulator.Unique {
	return uniqueEntries(func(c *simulator.Call) []string {
		var keys []string
		c.Objects(path, func(_ string, entry resource.PropertyMap) {
			if number := entry["ruleNo"]; number.IsNumber() {
				keys = append(keys, entryKey(number.NumberValue(), egress, c.ID))
			}
		})
		return keys
	})
}

// entriesPerACL limits the entries of an ACL, those in and out apart.
func entriesPerACL(per func(*simulator.Call) string, count func(*simulator.Call) int) simulator.Quota {
	return simulator.Quota{
		Code: "L-2AEEBF1A", Source: vpcQuotas, Limit: 20, Per: per, Count: count,
		Error: "NetworkAclEntryLimitExceeded: The maximum number of network acl entries has been reached.",
	}
}

// inlineEntryQuotas limit the entries in an ACL's own lists.
func inlineEntryQuotas() []simulator.Quota {
	var quotas []simulator.Quota
	for _, direction := range directions {
		quotas = append(quotas, entriesPerACL(
			func(c *simulator.Call) string { return fmt.Sprint(c.ID, " egress: ", direction == "egress") },
			func(c *simulator.Call) int {
				n := 0
				c.Objects(direction+"[*]", func(string, resource.PropertyMap) { n++ })
				return n
			},
		))
	}
	return quotas
}

func checkEntries(c *simulator.Call) {
	for _, direction := range directions {
		c.Objects(direction+"[*]", func(path string, entry resource.PropertyMap) {
			t := trafficOf(entry, "protocol")
			if t.protocol == "-1" && t.from != nil && t.to != nil && (*t.from != 0 || *t.to != 0) {
				c.Fail(path, "fromPort (%v) and toPort (%v) must both be 0 for the protocol -1, which is all protocols",
					*t.from, *t.to)
			}
		})
	}
}

// entryConstraints are those of the entries in an ACL's own lists.
func entryConstraints() []simulator.Constraint {
	return []simulator.Constraint{{
		Origin: simulator.Origin{ID: "aws-network-acl-entry-twice", Source: ec2Errors},
		Error:  "NetworkAclEntryAlreadyExists: The network acl entry identified by %v already exists.",
		Find: func(c *simulator.Call, broken func(path string, args ...any)) {
			for _, direction := range directions {
				seen := map[float64]bool{}
				c.Objects(direction+"[*]", func(path string, entry resource.PropertyMap) {
					if number := entry["ruleNo"]; number.IsNumber() {
						if seen[number.NumberValue()] {
							broken(path+".ruleNo", number.NumberValue())
						}
						seen[number.NumberValue()] = true
					}
				})
			}
		},
	}}
}

func computeNetworkACL(c *simulator.Call) {
	c.Set("ownerId", c.Account)
	for _, name := range []string{"egress", "ingress", "subnetIds"} {
		c.SetNew(name, []any{})
	}
}
