package aws

import (
	"net/netip"
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"

	"github.com/holdfast-iac/holdfast/simulator"
)

// Sources: terraform-provider-aws, internal/service/wafv2/{web_acl,web_acl_association,web_acl_logging_configuration,
// ip_set,rule_group}.go; the errors of the WAFV2 API, version 2019-07-29; the AWS WAF developer guide.

const (
	wafNotFound = "WAFNonexistentItemException: AWS WAF couldn't perform the operation because your resource doesn't exist: %s"
	wafInUse    = "WAFAssociatedItemException: AWS WAF couldn't perform the operation because your resource is being used by " +
		"another resource or it's associated with another resource: %s"
	wafDuplicate = "WAFDuplicateItemException: AWS WAF couldn't perform the operation because some resource in your request " +
		"is a duplicate of an existing one: %s"
	wafAPI     = "https://docs.aws.amazon.com/waf/latest/APIReference/"
	wafInvalid = "WAFInvalidParameterException: Error reason: "
	wafBadRef  = wafInvalid + "A reference in your rule statement is not valid., field: RULE, parameter: %s"
	wafBadARN  = wafInvalid + "The ARN isn't valid. A valid ARN begins with arn: and includes other information separated by " +
		"colons or slashes., "
	wafOneOnly = wafInvalid + "You have used none or multiple values for a field that requires exactly one value., "
)

var (
	webACLKind    = wafKind("WAFv2 WebACL")
	ipSetKind     = wafKind("WAFv2 IPSet")
	ruleGroupKind = wafKind("WAFv2 RuleGroup")
)

// wafKind is a kind whose things have a name, a scope and a made-up id; what computes them sets the ARN, because the
// scope is said differently there.
func wafKind(noun string) *simulator.Kind {
	return &simulator.Kind{
		Noun: noun, ARN: "{arn}", NotFound: wafNotFound, InUse: wafInUse,
		ID: func(c *simulator.Call) string { return uuid(c.Hex(noun, 32)) },
	}
}

var webACLAssociationKind = &simulator.Kind{
	Noun: "WAFv2 WebACL Association",
	ID:   func(c *simulator.Call) string { return c.Text("webAclArn") + "," + c.Text("resourceArn") },
}

var webACLLoggingKind = &simulator.Kind{
	Noun: "WAFv2 WebACL Logging Configuration",
	ID:   func(c *simulator.Call) string { return c.Text("resourceArn") },
}

func webACLTypes() []*simulator.Type {
	rules := wafType("aws:wafv2/ruleGroup:RuleGroup", ruleGroupKind, "rulegroup", "rules")
	rules.Immutable = append(rules.Immutable, "capacity")
	rules.References = ruleReferences()
	rules.Constraints = append(rules.Constraints, wafRuleConstraints()...)
	rules.API = []string{"wafv2:CreateRuleGroup"}
	acl := wafType("aws:wafv2/webAcl:WebAcl", webACLKind, "webacl", "rules")
	acl.References = ruleReferences()
	acl.AtMostOne = append(acl.AtMostOne, []string{"ruleJson", "rules"})
	acl.Constraints = append(acl.Constraints, append(wafRuleConstraints(), defaultActionConstraint())...)
	acl.API = []string{"wafv2:CreateWebACL"}
	acl.Parameters = map[string]string{"ruleJson": ""}
	addresses := wafType("aws:wafv2/ipSet:IpSet", ipSetKind, "ipset", "addresses")
	addresses.Immutable = append(addresses.Immutable, "ipAddressVersion")
	addresses.Constraints = append(addresses.Constraints, addressConstraint())
	addresses.API = []string{"wafv2:CreateIPSet"}
	return []*simulator.Type{addresses, rules, acl, webACLAssociation(), webACLLogging()}
}

// wafType is what IP sets, rule groups and web ACLs have in common.
func wafType(token string, kind *simulator.Kind, noun, set string) *simulator.Type {
	return &simulator.Type{
		Token: token, Kind: kind,
		AutoName:  &simulator.AutoName{Property: "name", MaxLength: 128, Separator: "-"},
		Immutable: []string{"name", "namePrefix", "scope"},
		Sets:      []string{set},
		AtMostOne: [][]string{{"name", "namePrefix"}},
		Unique: []simulator.Unique{{
			Origin: simulator.Origin{ID: "aws-waf-name-taken", Source: wafAPI + "API_CreateWebACL.html"},
			Space:  noun, Properties: []string{"scope", "name"}, Error: wafDuplicate,
		}},
		Patient: true,
		Constraints: []simulator.Constraint{{
			Origin: simulator.Origin{ID: "aws-waf-cloudfront-region",
				Source: "https://docs.aws.amazon.com/waf/latest/APIReference/Welcome.html"},
			Stage: simulator.AtCheck,
			Error: "WAFInvalidParameterException: Error reason: The scope is not valid., field: SCOPE_VALUE, parameter: %s",
			Find: func(c *simulator.Call, broken func(path string, args ...any)) {
				if c.Text("scope") == "CLOUDFRONT" && c.Region != "us-east-1" {
					broken("scope", "CLOUDFRONT")
				}
			},
		}},
		Import: func(id string) string { // id/name/scope
			id, _, _ = strings.Cut(id, "/")
			return id
		},
		Compute: func(c *simulator.Call) {
			place := "regional"
			if c.Text("scope") == "CLOUDFRONT" {
				place = "global"
			}
			c.Set("arn", "arn:"+c.Partition+":wafv2:"+c.Region+":"+c.Account+":"+place+"/"+noun+"/"+nameOrPrefix(c)+"/"+c.ID)
			c.SetNew("name", nameOrPrefix(c))
			c.SetNew("namePrefix", "")
			c.Set("lockToken", uuid(c.Hex("lock token", 32)))
			if noun == "webacl" {
				c.SetNew("applicationIntegrationUrl", "")
				c.Set("capacity", wafCapacity(c))
			}
		},
	}
}

// ruleReferences are what the rules of a web ACL or rule group refer to, as deep as their statements usually are.
func ruleReferences() []simulator.Reference {
	var list []simulator.Reference
	to := func(path string, kind *simulator.Kind) {
		list = append(list, simulator.Reference{Origin: wafInUseOrigin, Property: path, To: kinds(kind), By: simulator.ByARN,
			NotFound: wafBadRef})
	}
	for _, statement := range []string{
		"", ".notStatement.statements[*]", ".andStatement.statements[*]", ".orStatement.statements[*]",
		".rateBasedStatement.scopeDownStatement", ".managedRuleGroupStatement.scopeDownStatement",
		".andStatement.statements[*].notStatement.statements[*]",
	} {
		to("rules[*].statement"+statement+".ipSetReferenceStatement.arn", ipSetKind)
	}
	to("rules[*].statement.ruleGroupReferenceStatement.arn", ruleGroupKind)
	return list
}

var wafInUseOrigin = simulator.Origin{ID: "aws-waf-item-in-use", Source: wafAPI + "API_DeleteWebACL.html"}

func wafRuleConstraints() []simulator.Constraint {
	has := func(rule resource.PropertyMap, name string) bool {
		value, ok := rule[resource.PropertyKey(name)]
		return ok && !value.IsNull()
	}
	return []simulator.Constraint{
		{
			Origin: simulator.Origin{ID: "aws-waf-rule-action",
				Source: "https://github.com/hashicorp/terraform-provider-aws/issues/29321"},
			Stage: simulator.AtCheck,
			Error: wafOneOnly + "field: RULE, parameter: Rule",
			Find: func(c *simulator.Call, broken func(path string, args ...any)) {
				c.Objects("rules[*]", func(path string, rule resource.PropertyMap) {
					statement := rule["statement"]
					if !statement.IsObject() || statement.ContainsUnknowns() {
						return
					}
					isGroup := has(statement.ObjectValue(), "managedRuleGroupStatement") ||
						has(statement.ObjectValue(), "ruleGroupReferenceStatement")
					if has(rule, "overrideAction") != isGroup || has(rule, "action") == isGroup {
						broken(path)
					}
				})
			},
		},
		{
			Origin: simulator.Origin{ID: "aws-waf-rule-priority", Source: wafAPI + "API_Rule.html"},
			Stage:  simulator.AtCheck,
			Error:  "WAFInvalidParameterException: Error reason: rules must have different priorities., field: RULE, parameter: %v",
			Find: func(c *simulator.Call, broken func(path string, args ...any)) {
				seen := map[float64]bool{}
				c.Objects("rules[*]", func(path string, rule resource.PropertyMap) {
					if priority := rule["priority"]; priority.IsNumber() {
						if seen[priority.NumberValue()] {
							broken(path+".priority", priority.NumberValue())
						}
						seen[priority.NumberValue()] = true
					}
				})
			},
		},
		{
			Origin: simulator.Origin{ID: "aws-waf-nested-statements",
				Source: "https://github.com/hashicorp/terraform-provider-aws/issues/34320"},
			Stage: simulator.AtCheck,
			Error: "WAFInvalidParameterException: Error reason: You haven't met a minimum requirement for a threshold setting. " +
				"Examples include a rule group capacity setting that's too low and an OR statement with only one nested " +
				"statement., field: %s, parameter: %s",
			Find: func(c *simulator.Call, broken func(path string, args ...any)) {
				for _, name := range []string{"and", "or"} {
					c.Objects("rules[*].statement."+name+"Statement", func(path string, nested resource.PropertyMap) {
						if list := nested["statements"]; list.IsArray() && len(list.ArrayValue()) < 2 {
							broken(path, strings.ToUpper(name)+"_STATEMENT", strings.ToUpper(name[:1])+name[1:]+"Statement")
						}
					})
				}
			},
		},
	}
}

func defaultActionConstraint() simulator.Constraint {
	return simulator.Constraint{
		Origin: simulator.Origin{ID: "aws-waf-default-action", Source: wafAPI + "API_DefaultAction.html"},
		Stage:  simulator.AtCheck,
		Error:  wafOneOnly + "field: DEFAULT_ACTION, parameter: DefaultAction",
		Find: func(c *simulator.Call, broken func(path string, args ...any)) {
			if c.Known("defaultAction") && c.Given("defaultAction.allow") == c.Given("defaultAction.block") {
				broken("defaultAction")
			}
		},
	}
}

func addressConstraint() simulator.Constraint {
	return simulator.Constraint{
		Origin: simulator.Origin{ID: "aws-waf-ip-address", Source: wafAPI + "API_IPSet.html"},
		Stage:  simulator.AtCheck,
		Error: "WAFInvalidParameterException: Error reason: The parameter contains formatting that is not valid., " +
			"field: IP_ADDRESS, parameter: %s",
		Find: func(c *simulator.Call, broken func(path string, args ...any)) {
			version := c.Text("ipAddressVersion")
			c.Each("addresses[*]", func(path, address string) {
				block, err := netip.ParsePrefix(address)
				if err != nil || block.Bits() == 0 || version != "" && block.Addr().Is4() != (version == "IPV4") {
					broken(path, address)
				}
			})
		},
	}
}

// managedCapacity lists what AWS's own rule groups take of a web ACL's capacity.
//
// Source: https://docs.aws.amazon.com/waf/latest/developerguide/aws-managed-rule-groups-list.html
var managedCapacity = map[string]float64{
	"AWSManagedRulesCommonRuleSet": 700, "AWSManagedRulesAdminProtectionRuleSet": 100,
	"AWSManagedRulesKnownBadInputsRuleSet": 200, "AWSManagedRulesSQLiRuleSet": 200, "AWSManagedRulesLinuxRuleSet": 200,
	"AWSManagedRulesUnixRuleSet": 100, "AWSManagedRulesWindowsRuleSet": 200, "AWSManagedRulesPHPRuleSet": 100,
	"AWSManagedRulesWordPressRuleSet": 100, "AWSManagedRulesAmazonIpReputationList": 25,
	"AWSManagedRulesAnonymousIpList": 50, "AWSManagedRulesBotControlRuleSet": 50, "AWSManagedRulesATPRuleSet": 50,
	"AWSManagedRulesACFPRuleSet": 50,
}

// wafCapacity adds up what the rules take: what AWS's groups and the account's own do, and for other rules about the
// least that they can.
func wafCapacity(c *simulator.Call) float64 {
	total := 0.0
	c.Objects("rules[*].statement", func(_ string, statement resource.PropertyMap) {
		total++
		for name, value := range statement {
			if !value.IsObject() {
				continue
			}
			switch name {
			case "managedRuleGroupStatement":
				total += managedCapacity[stringOf(value.ObjectValue()["name"])] - 1
			case "ruleGroupReferenceStatement":
				if group := c.FindBy(ruleGroupKind, simulator.ByARN, stringOf(value.ObjectValue()["arn"])); group != nil {
					total += numberOr(group.Output("capacity"), 1) - 1
				}
			case "rateBasedStatement":
				total++
			}
		}
	})
	return max(total, 0)
}
