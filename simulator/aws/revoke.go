package aws

import (
	"cmp"
	"slices"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"

	"github.com/holdfast-iac/holdfast/simulator"
)

// What becomes of the rules that a group's own lists no longer have. Sources: the EC2 API's RevokeSecurityGroupIngress;
// terraform-provider-aws, internal/service/ec2/vpc_security_group.go, which reads all rules of a group into its lists,
// whoever made them, and in an update revokes what the state's lists have and the program's have not. Where a rule of
// those is gone, AWS revokes none of them. A rule resource takes that for success when it is deleted.

// revocation refuses to take rules away that a group does not have.
var revocation = simulator.Constraint{
	Origin: simulator.Origin{
		ID: "aws-security-group-rule-gone",
		Source: "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_RevokeSecurityGroupIngress.html; " +
			"https://github.com/pulumi/pulumi-eks/issues/69",
	},
	Stage: simulator.AtApply,
	Error: ruleGone,
	Find: func(c *simulator.Call, broken func(path string, args ...any)) {
		if vpc := defaultVPC(c); c.Old == nil || vpc != nil && groupNetwork(c, c.Old) == vpc {
			return // in a default VPC, AWS passes over what is not there
		}
		for _, direction := range directions {
			there := describeList(c.Old.Output(direction), c.ID)
			for _, rule := range ruleResources(c.Old) {
				if way, entry := asListed(rule); way == direction {
					there = append(there, describeRule(entry, c.ID)...)
				}
			}
			gone := func(rule string) bool { return !slices.Contains(there, rule) }
			if slices.ContainsFunc(revoked(c, direction), gone) {
				broken(direction)
				return
			}
		}
	},
}

// ruleGone is the error for what takes away or changes a rule that is not there.
const ruleGone = "InvalidPermission.NotFound: The specified rule does not exist in this security group."

// revoked returns the rules that an update takes away in a direction. One whose description changes is among them: it
// is taken away and made again.
func revoked(c *simulator.Call, direction string) []string {
	wanted := rulesIn(c.Inputs[resource.PropertyKey(direction)])
	var rules []string
	for _, entry := range rulesIn(c.State[resource.PropertyKey(direction)]) {
		for _, rule := range describeRule(entry, c.ID) {
			if !slices.ContainsFunc(wanted, func(other resource.PropertyMap) bool {
				return stringOf(other["description"]) == stringOf(entry["description"]) && slices.Contains(describeRule(other, c.ID), rule)
			}) {
				rules = append(rules, rule)
			}
		}
	}
	return rules
}

// revokeResources does away with the rules of rule resources that an update of their group takes away.
func revokeResources(c *simulator.Call) {
	if c.Old == nil {
		return
	}
	for _, rule := range ruleResources(c.Old) {
		direction, entry := asListed(rule)
		taken := revoked(c, direction)
		left := slices.DeleteFunc(describeRule(entry, c.ID), func(one string) bool { return slices.Contains(taken, one) })
		if len(taken) > 0 && len(left) == 0 {
			c.Remove(rule)
		}
	}
}

// showResources adds the rules of rule resources to a group's own lists. A list that the program does not give stays as
// it is: the provider takes nothing of it for a change.
func showResources(c *simulator.Call) {
	for _, rule := range ruleResources(c.Old) {
		direction, entry := asListed(rule)
		key := resource.PropertyKey(direction)
		if list := c.Outputs[key]; c.Given(direction) && list.IsArray() {
			c.Outputs[key] = resource.NewProperty(append(slices.Clone(list.ArrayValue()), resource.NewProperty(entry)))
		}
	}
}

// ruleResources returns the rules of a group that are resources of their own.
func ruleResources(group *simulator.Object) []*simulator.Object {
	rules := append(group.Users(securityRuleKind), group.Users(oldRuleKind)...)
	return slices.DeleteFunc(rules, func(rule *simulator.Object) bool { return rule.Text("securityGroupId") != group.ID })
}

// listNames says what the properties of rules that are resources are called in an entry of their group's list, and
// listPeers those of which such a rule has one and the entry several.
var (
	listNames = map[string]resource.PropertyKey{
		"cidrBlocks": "cidrBlocks", "description": "description", "fromPort": "fromPort", "ipProtocol": "protocol",
		"ipv6CidrBlocks": "ipv6CidrBlocks", "prefixListIds": "prefixListIds", "protocol": "protocol", "self": "self",
		"toPort": "toPort",
	}
	listPeers = map[string]resource.PropertyKey{
		"cidrIpv4": "cidrBlocks", "cidrIpv6": "ipv6CidrBlocks", "prefixListId": "prefixListIds",
		"referencedSecurityGroupId": "securityGroups", "sourceSecurityGroupId": "securityGroups",
	}
)

// asListed returns the direction of a rule that is a resource, and the entry that it is in its group's list.
func asListed(rule *simulator.Object) (direction string, entry resource.PropertyMap) {
	entry = resource.NewPropertyMapFromMap(map[string]any{"fromPort": 0, "toPort": 0, "self": false})
	for name, key := range listNames {
		if value := rule.Output(name); !value.IsNull() {
			entry[key] = value
		}
	}
	for name, key := range listPeers {
		switch peer := rule.Text(name); peer {
		case "":
		case rule.Text("securityGroupId"):
			entry["self"] = resource.NewProperty(true)
		default:
			entry[key] = resource.NewProperty([]resource.PropertyValue{resource.NewProperty(peer)})
		}
	}
	return cmp.Or(ruleDirections[rule.Token], rule.Text("type")), entry
}

// rulesIn returns the rules of a group's list.
func rulesIn(list resource.PropertyValue) []resource.PropertyMap {
	var rules []resource.PropertyMap
	if list.IsArray() {
		for _, entry := range list.ArrayValue() {
			if entry.IsObject() {
				rules = append(rules, entry.ObjectValue())
			}
		}
	}
	return rules
}

// describeList describes all rules of a group's list, a rule for each peer.
func describeList(list resource.PropertyValue, group string) []string {
	var rules []string
	for _, entry := range rulesIn(list) {
		rules = append(rules, describeRule(entry, group)...)
	}
	return rules
}

// describeRule describes the rules that an entry of a group's list stands for.
func describeRule(entry resource.PropertyMap, group string) []string {
	var rules []string
	for _, peer := range peersOf(entry) {
		if peer == "self" {
			peer = group
		}
		rules = append(rules, trafficOf(entry, "protocol").describe(peer))
	}
	return rules
}
