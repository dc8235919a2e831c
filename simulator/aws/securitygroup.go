package aws

import (
	"fmt"
	"strings"

	"github.com/holdfast-iac/holdfast/simulator"
)

// Sources: terraform-provider-aws, internal/service/ec2/{vpc_security_group,vpc_default_security_group}.go; the EC2
// API's list of error codes; the VPC guide's security groups and quotas.

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
		usesGroup("ingress[*].securityGroups[*]"), usesGroup("egress[*].securityGroups[*]"),
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
			References: append([]simulator.Reference{inVPC()}, inline...),
			Unique: append(inlineRules(), simulator.Unique{
				Origin:     simulator.Origin{ID: "aws-security-group-name", Source: ec2Errors},
				Properties: []string{"vpcId", "name"},
				Error:      "InvalidGroup.Duplicate: The security group '%s' already exists for the VPC",
			}),
			Patient: true,
			Check: func(c *simulator.Call) {
				if c.Text("name") == "default" {
					c.Fail("name", "InvalidParameterValue: Cannot use reserved security group name: default")
				}
				checkInlineRules(c)
			},
			Allow: func(c *simulator.Call) {
				if !c.Given("vpcId") && defaultVPC(c) == nil {
					c.Fail("vpcId", "VPCIdNotSpecified: No default VPC for this user")
				}
			},
			Constraints: securityGroupConstraints(),
			API: []string{
				"ec2:CreateSecurityGroup", "ec2:AuthorizeSecurityGroupIngress", "ec2:AuthorizeSecurityGroupEgress",
			},
			Quotas: append(inlineRuleQuotas(), simulator.Quota{
				Code: "L-E79EC296", Source: vpcQuotas, Limit: 2500,
				Error: "SecurityGroupLimitExceeded: The maximum number of security groups has been reached.",
			}),
			Compute: computeSecurityGroup,
			Refresh: showResources,
		},
		{
			Token:       "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup",
			Kind:        securityGroupKind,
			Defaults:    map[string]any{"revokeRulesOnDelete": false},
			Immutable:   []string{"vpcId"},
			Sets:        []string{"egress", "ingress"},
			Rules:       rules,
			References:  inline,
			Check:       checkInlineRules,
			Unique:      inlineRules(),
			Constraints: securityGroupConstraints(),
			Quotas:      inlineRuleQuotas(),
			API:         []string{"ec2:AuthorizeSecurityGroupIngress", "ec2:AuthorizeSecurityGroupEgress"},
			Adopt: func(c *simulator.Call) *simulator.Object {
				vpc := c.Find(vpcKind, c.Text("vpcId"))
				if vpc == nil {
					c.Fail("vpcId", vpcKind.NotFound, c.Text("vpcId"))
					return nil
				}
				return vpc.Owned(securityGroupKind)
			},
			Compute: computeSecurityGroup,
			Refresh: showResources,
		},
	}
}

// usesGroup is a reference to a security group that cannot be deleted while something uses it.
func usesGroup(property string) simulator.Reference {
	return simulator.Reference{
		Origin:   simulator.Origin{ID: "aws-security-group-in-use", Source: ec2Errors},
		Property: property, To: kinds(securityGroupKind),
	}
}

// groupsPerInterface limits the security groups at an input's path, which a network interface gets.
func groupsPerInterface(path string) simulator.Quota {
	return simulator.Quota{
		Code: "L-2AFB9258", Source: vpcQuotas, Limit: 5,
		Error: "SecurityGroupsPerInterfaceLimitExceeded: The maximum number of security groups per interface has been reached.",
		Per:   func(c *simulator.Call) string { return c.Token + " " + c.ID },
		Count: func(c *simulator.Call) int { return len(c.Texts(path)) },
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
	if vpc := defaultVPC(c); vpc != nil {
		c.SetNew("vpcId", vpc.ID)
	}
	revokeResources(c)
	c.SetNew("ingress", []any{})
	c.SetNew("egress", []any{})
}
