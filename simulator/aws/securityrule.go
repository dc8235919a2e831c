package aws

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"

	"github.com/holdfast-iac/holdfast/simulator"
)

// Sources: terraform-provider-aws, internal/service/ec2/{vpc_security_group_rule,vpc_security_group_ingress_rule,
// vpc_security_group_egress_rule}.go; the EC2 API's list of error codes; the VPC guide's security groups and peering.

var securityRuleKind = &simulator.Kind{
	Noun:     "EC2 Security Group Rule",
	IDPrefix: "sgr-",
	ARN:      "arn:{partition}:ec2:{region}:{account}:security-group-rule/{id}",
	NotFound: "InvalidSecurityGroupRuleId.NotFound: The security group rule ID '%s' does not exist",
}

// oldRuleKind is what aws:ec2/securityGroupRule manages: all rules of one shape, under an id that the provider makes
// up.
var oldRuleKind = &simulator.Kind{
	Noun: "EC2 Security Group Rule",
	ID: func(c *simulator.Call) string {
		n, _ := strconv.ParseUint(c.Hex("rule", 8), 16, 32)
		return "sgrule-" + strconv.FormatUint(n, 10)
	},
	NotFound: ruleGone, // of UpdateSecurityGroupRuleDescriptionsIngress and -Egress
}

// ruleDescription is what a rule's description may hold (EC2 API, IpRange).
var ruleDescription = simulator.All(
	simulator.Length(0, 255),
	simulator.Matches(`^[A-Za-z0-9 ._\-:/()#,@\[\]+=&;{}!$*]*$`, "letters, digits, spaces and ._-:/()#,@[]+=&;{}!$* are"),
)

// peerInputs are the inputs of a rule of which one says whom it is about.
var peerInputs = []string{"cidrIpv4", "cidrIpv6", "prefixListId", "referencedSecurityGroupId"}

const (
	ingressRuleToken = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule"
	egressRuleToken  = "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule"
)

// ruleDirections are those of the types whose rules all have the same.
var ruleDirections = map[string]string{ingressRuleToken: "ingress", egressRuleToken: "egress"}

func securityRuleTypes() []*simulator.Type {
	return []*simulator.Type{
		singleRule(ingressRuleToken),
		singleRule(egressRuleToken),
		{
			Token:    "aws:ec2/securityGroupRule:SecurityGroupRule",
			Kind:     oldRuleKind,
			Defaults: map[string]any{"self": false},
			Immutable: []string{
				"cidrBlocks", "fromPort", "ipv6CidrBlocks", "prefixListIds", "protocol", "securityGroupId", "self",
				"sourceSecurityGroupId", "toPort", "type",
			},
			Rules: map[string]simulator.Rule{
				"type":              simulator.OneOf("ingress", "egress"),
				"cidrBlocks[*]":     anyIPv4,
				"ipv6CidrBlocks[*]": anyIPv6,
				"description":       ruleDescription,
			},
			AtMostOne: [][]string{{"sourceSecurityGroupId", "cidrBlocks"}, {"sourceSecurityGroupId", "ipv6CidrBlocks"}},
			References: []simulator.Reference{
				{Property: "securityGroupId", To: kinds(securityGroupKind), OnDelete: simulator.Follow},
				usesGroup("sourceSecurityGroupId"),
			},
			Unique:      []simulator.Unique{uniqueRule("", "protocol")},
			Constraints: []simulator.Constraint{sameNetwork(groupsOfRule("sourceSecurityGroupId"))},
			Quotas: ruleQuotas(func(c *simulator.Call) (group, direction string, peers []string) {
				return c.Text("securityGroupId"), c.Text("type"), peersOf(asInline(c))
			}),
			API: []string{"ec2:AuthorizeSecurityGroupIngress"},
			Check: func(c *simulator.Call) {
				reportTraffic(c, "protocol")
				if len(peersOf(asInline(c))) == 0 && !resource.NewObjectProperty(c.Inputs).ContainsUnknowns() {
					c.Fail("cidrBlocks", "a rule needs a peer: cidrBlocks, ipv6CidrBlocks, prefixListIds, "+
						"sourceSecurityGroupId or self")
				}
			},
			Compute: func(c *simulator.Call) {
				c.SetNew("sourceSecurityGroupId", "")
				c.SetNew("securityGroupRuleId", "sgr-"+c.Hex("sgr", idDigits))
			},
		},
	}
}

// singleRule is the type of one rule in one direction.
func singleRule(token string) *simulator.Type {
	direction := ruleDirections[token]
	return &simulator.Type{
		Token:     token,
		Kind:      securityRuleKind,
		Immutable: []string{"securityGroupId"},
		// A rule cannot be changed to be about another sort of peer.
		ReplaceIf: func(before, after resource.PropertyMap) []string {
			var changed []string
			for _, name := range peerInputs {
				_, was := before[resource.PropertyKey(name)]
				if _, is := after[resource.PropertyKey(name)]; was != is {
					changed = append(changed, name)
				}
			}
			return changed
		},
		Rules: map[string]simulator.Rule{
			"cidrIpv4":    anyIPv4,
			"cidrIpv6":    anyIPv6,
			"description": ruleDescription,
		},
		ExactlyOne: [][]string{peerInputs},
		References: []simulator.Reference{
			{Property: "securityGroupId", To: kinds(securityGroupKind), OnDelete: simulator.Follow},
			usesGroup("referencedSecurityGroupId"),
		},
		Unique:      []simulator.Unique{uniqueRule(direction, "ipProtocol")},
		Constraints: []simulator.Constraint{sameNetwork(groupsOfRule("referencedSecurityGroupId"))},
		Quotas: ruleQuotas(func(c *simulator.Call) (group, _ string, peers []string) {
			return c.Text("securityGroupId"), direction, peersOfRule(c)
		}),
		API:     []string{"ec2:AuthorizeSecurityGroup" + strings.ToUpper(direction[:1]) + direction[1:]},
		Check:   func(c *simulator.Call) { reportTraffic(c, "ipProtocol") },
		Compute: func(c *simulator.Call) { c.Set("securityGroupRuleId", c.ID) },
	}
}

// uniqueRules keeps a group from having the same rule twice, however it is declared.
func uniqueRules(keys func(*simulator.Call) []string) simulator.Unique {
	return simulator.Unique{
		Origin: simulator.Origin{ID: "aws-security-group-rule-exists", Source: ec2Errors},
		Space:  "security group rule",
		Error:  `InvalidPermission.Duplicate: the specified rule "%s" already exists`,
		Keys:   keys,
	}
}

func ruleKey(rule, direction, group string) string {
	return rule + " (" + direction + " of " + group + ")"
}

// uniqueRule is uniqueRules for a rule resource. The direction is that of the input "type" when none is given.
func uniqueRule(direction, protocol string) simulator.Unique {
	return uniqueRules(func(c *simulator.Call) []string {
		way := direction
		if way == "" {
			way = c.Text("type")
		}
		group := c.Text("securityGroupId")
		var keys []string
		for _, peer := range append(peersOf(asInline(c)), peersOfRule(c)...) {
			if peer == "self" {
				peer = group
			}
			keys = append(keys, ruleKey(trafficOf(c.Inputs, protocol).describe(peer), way, group))
		}
		return keys
	})
}

// peersOfRule returns whom a rule in one direction is about.
func peersOfRule(c *simulator.Call) []string {
	var peers []string
	for _, name := range peerInputs {
		peers = append(peers, c.Texts(name)...)
	}
	return peers
}

// sameNetwork refuses rules about groups in another network, unless a peering connection joins the two. The function
// returns the network of the group that has the rules, and whom they are about.
func sameNetwork(groups func(*simulator.Call) (*simulator.Object, []string)) simulator.Constraint {
	return simulator.Constraint{
		Origin: simulator.Origin{
			ID:     "aws-security-group-same-network",
			Source: "https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-security-groups.html",
		},
		Stage: simulator.AtApply,
		Error: "InvalidGroup.NotFound: You have specified two resources that belong to different networks: %s and %s",
		Find: func(c *simulator.Call, broken func(path string, args ...any)) {
			vpc, others := groups(c)
			for _, id := range others {
				group := c.Find(securityGroupKind, id)
				if vpc == nil || group == nil {
					continue
				}
				if other := groupNetwork(c, group); other != nil && other != vpc && !peered(vpc, other) {
					broken("", vpc.ID, id)
				}
			}
		},
	}
}

// groupNetwork returns the VPC of a security group.
func groupNetwork(c *simulator.Call, group *simulator.Object) *simulator.Object {
	return c.Find(vpcKind, group.Text("vpcId"))
}

func groupsOfRule(property string) func(c *simulator.Call) (*simulator.Object, []string) {
	return func(c *simulator.Call) (*simulator.Object, []string) {
		return groupNetwork(c, c.Find(securityGroupKind, c.Text("securityGroupId"))), c.Texts(property)
	}
}

// asInline gives a rule resource the form of an entry in a group's list.
func asInline(c *simulator.Call) resource.PropertyMap {
	rule := c.Inputs.Copy()
	if peer, ok := rule["sourceSecurityGroupId"]; ok {
		rule["securityGroups"] = resource.NewArrayProperty([]resource.PropertyValue{peer})
	}
	return rule
}

func reportTraffic(c *simulator.Call, protocol string) {
	for _, refusal := range trafficOf(c.Inputs, protocol).refusals() {
		c.Fail(protocol, "%s", refusal)
	}
}

// traffic is what a rule is about, as far as it is known.
type traffic struct {
	protocol string // normalised: tcp, -1, 50
	from, to *float64
}

// protocols gives the protocol numbers that have names here (IANA).
var protocols = map[string]string{"1": "icmp", "6": "tcp", "17": "udp", "58": "icmpv6", "all": "-1"}

func trafficOf(rule resource.PropertyMap, protocol string) traffic {
	t := traffic{}
	if value := rule[resource.PropertyKey(protocol)]; value.IsString() {
		t.protocol = strings.ToLower(value.StringValue())
		if name, ok := protocols[t.protocol]; ok {
			t.protocol = name
		}
	}
	for name, at := range map[resource.PropertyKey]**float64{"fromPort": &t.from, "toPort": &t.to} {
		if value := rule[name]; value.IsNumber() {
			n := value.NumberValue()
			*at = &n
		}
	}
	return t
}

// refusals says what is wrong with the protocol and ports.
func (t traffic) refusals() []string {
	if t.protocol == "" {
		return nil // missing or unknown
	}
	named := slices.Contains([]string{"tcp", "udp", "icmp", "icmpv6", "-1"}, t.protocol)
	if n, err := strconv.Atoi(t.protocol); !named && (err != nil || n < -1 || n > 255) {
		return []string{fmt.Sprintf("InvalidParameterValue: Invalid value '%s' for IP protocol. Unknown protocol.", t.protocol)}
	}
	if t.from == nil || t.to == nil {
		return nil
	}
	switch t.protocol {
	case "tcp", "udp":
		if *t.from < 0 || *t.to > 65535 {
			return []string{fmt.Sprintf("InvalidParameterValue: Invalid port range %v to %v: ports are 0 to 65535", *t.from, *t.to)}
		}
		if *t.from > *t.to {
			return []string{fmt.Sprintf("InvalidParameterValue: Invalid TCP/UDP port range (%v:%v)", *t.from, *t.to)}
		}
	case "-1":
		// The provider keeps no ports for rules about all protocols.
		if (*t.from != 0 && *t.from != -1) || (*t.to != 0 && *t.to != -1) {
			return []string{fmt.Sprintf("fromPort (%v) and toPort (%v) must both be 0 for the protocol -1, which is all protocols",
				*t.from, *t.to)}
		}
	}
	return nil
}

// String is the same for rules about the same traffic.
func (t traffic) String() string {
	port := func(p *float64) string {
		if p == nil || t.protocol == "-1" {
			return "any"
		}
		return strconv.FormatFloat(*p, 'f', -1, 64)
	}
	return fmt.Sprintf("%s, from port: %s, to port: %s, ALLOW", strings.ToUpper(t.protocol), port(t.from), port(t.to))
}

// describe says the rule as EC2 does.
func (t traffic) describe(peer string) string { return "peer: " + peer + ", " + t.String() }
