package aws

import (
	"fmt"
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"

	"github.com/holdfast-iac/holdfast/simulator"
)

// Sources: terraform-provider-aws, internal/service/ec2/{vpc_security_group,
// vpc_default_security_group}.go; the EC2 API's list of error codes.

var securityGroupKind = &simulator.Kind{
	Noun:     "EC2 Security Group",
	IDPrefix: "sg-",
	ARN:      "arn:{partition}:ec2:{region}:{account}:security-group/{id}",
	NotFound: "InvalidGroup.NotFound: The security group '%s' does not exist",
	InUse:    "DependencyViolation: resource %s has a dependent object",
}

func securityGroupTypes() []*simulator.Type {
	rules := map[string]simulator.Rule{}
	for _, direction := range []string{"ingress", "egress"} {
		rules[direction+"[*].cidrBlocks[*]"] = anyIPv4
		rules[direction+"[*].ipv6CidrBlocks[*]"] = anyIPv6
		rules[direction+"[*].description"] = ruleDescription
	}
	inline := []simulator.Reference{
		{Property: "ingress[*].securityGroups[*]", To: kinds(securityGroupKind)},
		{Property: "egress[*].securityGroups[*]", To: kinds(securityGroupKind)},
	}
	named := map[string]simulator.Rule{
		"name":        groupName(255),
		"namePrefix":  groupName(255 - prefixDigits),
		"description": simulator.Length(0, 255),
	}
	for path, rule := range rules {
		named[path] = rule
	}
	return []*simulator.Type{
		{
			Token:      "aws:ec2/securityGroup:SecurityGroup",
			Kind:       securityGroupKind,
			Defaults:   map[string]any{"description": "Managed by Pulumi", "revokeRulesOnDelete": false},
			Immutable:  []string{"description", "name", "namePrefix", "vpcId"},
			Sets:       []string{"egress", "ingress"},
			Rules:      named,
			AtMostOne:  [][]string{{"name", "namePrefix"}},
			References: append([]simulator.Reference{{Property: "vpcId", To: kinds(vpcKind)}}, inline...),
			Unique: []simulator.Unique{{
				Properties: []string{"vpcId", "name"},
				Error:      "InvalidGroup.Duplicate: The security group '%s' already exists for the VPC",
			}},
			Patient: true,
			Check: func(c *simulator.Call) {
				if c.Text("name") == "default" {
					c.Fail("name", "InvalidParameterValue: Cannot use reserved security group name: default")
				}
				checkInlineRules(c)
			},
			Allow: func(c *simulator.Call) {
				if !c.Given("vpcId") { // the simulated account has no default VPC
					c.Fail("vpcId", "VPCIdNotSpecified: No default VPC for this user")
				}
			},
			Compute: computeSecurityGroup,
		},
		{
			Token:      "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup",
			Kind:       securityGroupKind,
			Defaults:   map[string]any{"revokeRulesOnDelete": false},
			Immutable:  []string{"vpcId"},
			Sets:       []string{"egress", "ingress"},
			Rules:      rules,
			References: inline,
			Check:      checkInlineRules,
			Adopt: func(c *simulator.Call) *simulator.Object {
				vpc := c.Find(vpcKind, c.Text("vpcId"))
				if vpc == nil {
					c.Fail("vpcId", vpcKind.NotFound, c.Text("vpcId"))
					return nil
				}
				return vpc.Owned(securityGroupKind)
			},
			Compute: computeSecurityGroup,
		},
	}
}

// groupName allows the names of security groups.
func groupName(longest int) simulator.Rule {
	return simulator.Coded("InvalidParameterValue", simulator.All(
		simulator.Length(1, longest),
		// EC2 User Guide, "Create a security group": letters, digits, spaces and these signs.
		simulator.Matches(`^[A-Za-z0-9 ._\-:/()#,@\[\]+=&;{}!$*]*$`, "letters, digits, spaces and ._-:/()#,@[]+=&;{}!$* are"),
		simulator.Text(func(name string) string {
			if strings.HasPrefix(name, "sg-") {
				return fmt.Sprintf("invalid value for parameter groupName: %s: it cannot begin with sg-", name)
			}
			return ""
		}),
	))
}

func computeSecurityGroup(c *simulator.Call) {
	c.Set("ownerId", c.Account)
	c.SetNew("namePrefix", c.Text("namePrefix"))
	c.SetNew("vpcId", c.Text("vpcId"))
	c.SetNew("ingress", []any{})
	c.SetNew("egress", []any{})
}

// checkInlineRules checks the rules in a group's own lists.
func checkInlineRules(c *simulator.Call) {
	for _, direction := range []string{"ingress", "egress"} {
		seen := map[string]bool{}
		c.Objects(direction+"[*]", func(path string, rule resource.PropertyMap) {
			r := trafficOf(rule, "protocol")
			for _, refusal := range r.refusals() {
				c.Fail(path, "%s", refusal)
			}
			for _, peer := range peersOf(rule) {
				if key := r.String() + peer; seen[key] {
					c.Fail(path, duplicateRule, r.describe(peer))
				} else {
					seen[key] = true
				}
			}
			if len(peersOf(rule)) == 0 && !resource.NewObjectProperty(rule).ContainsUnknowns() {
				c.Fail(path, "a rule needs a peer: cidrBlocks, ipv6CidrBlocks, prefixListIds, securityGroups or self")
			}
		})
	}
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
