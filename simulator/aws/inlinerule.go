package aws

import (
	"fmt"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"

	"github.com/holdfast-iac/holdfast/simulator"
)

// The rules in a security group's own lists. Sources: terraform-provider-aws, internal/service/ec2/
// vpc_security_group.go; the EC2 API's list of error codes; the VPC guide's security groups and quotas.

var directions = []string{"ingress", "egress"}

// checkInlineRules checks each rule in a group's own lists by itself.
func checkInlineRules(c *simulator.Call) {
	for _, direction := range directions {
		c.Objects(direction+"[*]", func(path string, rule resource.PropertyMap) {
			for _, refusal := range trafficOf(rule, "protocol").refusals() {
				c.Fail(path, "%s", refusal)
			}
			if len(peersOf(rule)) == 0 && !resource.NewObjectProperty(rule).ContainsUnknowns() {
				c.Fail(path, "a rule needs a peer: cidrBlocks, ipv6CidrBlocks, prefixListIds, securityGroups or self")
			}
		})
	}
}

// eachInlineRule calls the function for every peer of every rule in a group's list.
func eachInlineRule(c *simulator.Call, direction string, do func(path, rule, peer string)) {
	c.Objects(direction+"[*]", func(path string, rule resource.PropertyMap) {
		for _, peer := range peersOf(rule) {
			if peer == "self" && c.ID != "" {
				peer = c.ID
			}
			do(path, trafficOf(rule, "protocol").describe(peer), peer)
		}
	})
}

// inlineRules keeps the rules in a group's own lists apart from those of rule resources.
func inlineRules() []simulator.Unique {
	return []simulator.Unique{uniqueRules(func(c *simulator.Call) []string {
		var keys []string
		for _, direction := range directions {
			eachInlineRule(c, direction, func(_, rule, _ string) {
				keys = append(keys, ruleKey(rule, direction, c.ID))
			})
		}
		return keys
	})}
}

// securityGroupConstraints are those of a group with its own lists of rules.
func securityGroupConstraints() []simulator.Constraint {
	return []simulator.Constraint{
		{
			Origin: simulator.Origin{
				ID: "aws-security-group-rule-twice", Source: "terraform-provider-aws, internal/service/ec2/vpc_security_group.go",
			},
			Error: "InvalidParameterValue: The same permission must not appear multiple times: %s",
			Find: func(c *simulator.Call, broken func(path string, args ...any)) {
				for _, direction := range directions {
					seen := map[string]bool{}
					eachInlineRule(c, direction, func(path, rule, _ string) {
						if seen[rule] {
							broken(path, rule)
						}
						seen[rule] = true
					})
				}
			},
		},
		revocation,
		sameNetwork(func(c *simulator.Call) (*simulator.Object, []string) {
			vpc := c.Find(vpcKind, c.Text("vpcId"))
			if vpc == nil {
				vpc = defaultVPC(c)
			}
			return vpc, append(c.Texts("ingress[*].securityGroups[*]"), c.Texts("egress[*].securityGroups[*]")...)
		}),
	}
}

// inlineRuleQuotas limit the rules in a group's own lists.
func inlineRuleQuotas() []simulator.Quota {
	var quotas []simulator.Quota
	for _, direction := range directions {
		quotas = append(quotas, ruleQuotas(func(c *simulator.Call) (group, way string, peers []string) {
			eachInlineRule(c, direction, func(_, _, peer string) { peers = append(peers, peer) })
			return c.ID, direction, peers
		})...)
	}
	return quotas
}

// ruleQuotas limit the rules of a group, those in and out and those for IPv4 and IPv6 apart. The function says whose
// rules the resource has, in which direction, and for which peers.
func ruleQuotas(rules func(*simulator.Call) (group, direction string, peers []string)) []simulator.Quota {
	var quotas []simulator.Quota
	for _, v6 := range []bool{false, true} {
		quotas = append(quotas, simulator.Quota{
			Code: "L-0EA8095F", Source: vpcQuotas, Limit: 60,
			Error: "RulesPerSecurityGroupLimitExceeded: The maximum number of rules per security group has been reached.",
			Per: func(c *simulator.Call) string {
				group, direction, _ := rules(c)
				return fmt.Sprint(direction, " of ", group, ", IPv6: ", v6)
			},
			Count: func(c *simulator.Call) int {
				n := 0
				_, _, peers := rules(c)
				for _, peer := range peers {
					if weight, of6 := weigh(c, peer); of6 == v6 {
						n += weight
					}
				}
				return n
			},
		})
	}
	return quotas
}

// weigh returns for how many rules a peer counts, and whether they are of IPv6: a prefix list counts for as many as it
// can have entries, one of AWS's own for one.
func weigh(c *simulator.Call, peer string) (n int, v6 bool) {
	list := c.Find(managedPrefixListKind, peer)
	if list == nil {
		return 1, isIPv6(peer)
	}
	return mostEntries(list), list.Text("addressFamily") == "IPv6"
}

// peersOf returns whom an inline rule lets through.
func peersOf(rule resource.PropertyMap) []string {
	var peers []string
	for _, name := range []string{"cidrBlocks", "ipv6CidrBlocks", "prefixListIds", "securityGroups"} {
		if list := rule[resource.PropertyKey(name)]; list.IsArray() {
			for _, peer := range list.ArrayValue() {
				if peer.IsString() {
					peers = append(peers, peer.StringValue())
				}
			}
		}
	}
	if self := rule["self"]; self.IsBool() && self.BoolValue() {
		peers = append(peers, "self")
	}
	return peers
}
