package aws_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/holdfast-iac/holdfast/simulator/simulatortest"
)

const (
	ipSetToken             = "aws:wafv2/ipSet:IpSet"
	ruleGroupToken         = "aws:wafv2/ruleGroup:RuleGroup"
	webACLToken            = "aws:wafv2/webAcl:WebAcl"
	webACLAssociationToken = "aws:wafv2/webAclAssociation:WebAclAssociation"
	wafLoggingToken        = "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration"
)

var visible = inputs{"cloudwatchMetricsEnabled": true, "metricName": "all", "sampledRequestsEnabled": true}

func addresses(w *world) thing {
	return w.Create(ipSetToken, "offices", inputs{
		"scope": "REGIONAL", "ipAddressVersion": "IPV4", "addresses": []any{"192.0.2.0/24"}})
}

func wafRule(priority int, statement inputs, more inputs) inputs {
	return with(inputs{"name": "rule", "priority": priority, "action": inputs{"block": inputs{}}, "statement": statement,
		"visibilityConfig": visible}, more)
}

var fromHere = inputs{"geoMatchStatement": inputs{"countryCodes": []any{"NL"}}}

func aclOf(scope string, rules ...any) inputs {
	return inputs{"scope": scope, "defaultAction": inputs{"allow": inputs{}}, "visibilityConfig": visible, "rules": rules}
}

func webACL(w *world, rules ...any) thing {
	return w.Create(webACLToken, "acl", aclOf("REGIONAL", rules...))
}

func importWAF(t thing) string { return t.ID() + "/" + t.Text("name") + "/" + t.Text("scope") }

func webACLFixtures() []simulatortest.Fixture {
	return []simulatortest.Fixture{
		{
			Type: ipSetToken, ImportID: importWAF,
			Inputs:  given(inputs{"scope": "REGIONAL", "ipAddressVersion": "IPV4", "addresses": []any{"192.0.2.0/24"}}),
			Update:  changing(inputs{"addresses": []any{"198.51.100.0/24"}}),
			Replace: changing(inputs{"ipAddressVersion": "IPV6", "addresses": []any{}}),
		},
		{
			Type: ruleGroupToken, ImportID: importWAF,
			Inputs: func(w *world) inputs {
				return inputs{"scope": "REGIONAL", "capacity": 10, "visibilityConfig": visible, "rules": []any{
					wafRule(1, inputs{"ipSetReferenceStatement": inputs{"arn": addresses(w).Text("arn")}}, nil)}}
			},
			Update:  changing(inputs{"description": "ours"}),
			Replace: changing(inputs{"capacity": 20}),
		},
		{
			Type: webACLToken, ImportID: importWAF,
			Inputs:  given(aclOf("REGIONAL", wafRule(1, fromHere, nil))),
			Update:  changing(inputs{"defaultAction": inputs{"block": inputs{}}}),
			Replace: changing(inputs{"name": "another"}),
		},
		{
			Type: webACLAssociationToken,
			Inputs: func(w *world) inputs {
				_, lb := balanced(w, "application")
				return inputs{"webAclArn": webACL(w).Text("arn"), "resourceArn": lb.Text("arn")}
			},
			Replace: func(w *world, in inputs) inputs {
				other := w.Create(webACLToken, "other", aclOf("REGIONAL"))
				return with(in, inputs{"webAclArn": other.Text("arn")})
			},
		},
		{
			Type: wafLoggingToken,
			Inputs: func(w *world) inputs {
				return inputs{"resourceArn": webACL(w).Text("arn"),
					"logDestinationConfigs": []any{logGroup(w, "aws-waf-logs-all").Text("arn")}}
			},
			Update: changing(inputs{"redactedFields": []any{inputs{"singleHeader": inputs{"name": "authorization"}}}}),
			Replace: func(w *world, in inputs) inputs {
				other := w.Create(webACLToken, "other", aclOf("REGIONAL"))
				return with(in, inputs{"resourceArn": other.Text("arn")})
			},
		},
	}
}

func webACLCases() []simulatortest.Case {
	create := func(in inputs) func(*world) error { return func(w *world) error { return try(w, webACLToken, in) } }
	named := func(second string) func(*world) error {
		return func(w *world) error {
			w.Create(webACLToken, "first", with(aclOf("REGIONAL"), inputs{"name": "front"}))
			return try(w, webACLToken, with(aclOf("REGIONAL"), inputs{"name": second}))
		}
	}
	set := func(address string) func(*world) error {
		return func(w *world) error {
			return try(w, ipSetToken, inputs{"scope": "REGIONAL", "ipAddressVersion": "IPV4", "addresses": []any{address}})
		}
	}
	guard := func(form string) func(*world) error {
		return func(w *world) error {
			_, lb := balanced(w, form)
			return try(w, webACLAssociationToken, inputs{"webAclArn": webACL(w).Text("arn"), "resourceArn": lb.Text("arn")})
		}
	}
	logging := func(group string) func(*world) error {
		return func(w *world) error {
			return try(w, wafLoggingToken, inputs{"resourceArn": webACL(w).Text("arn"),
				"logDestinationConfigs": []any{logGroup(w, group).Text("arn")}})
		}
	}
	managed := inputs{"managedRuleGroupStatement": inputs{"vendorName": "AWS", "name": "AWSManagedRulesCommonRuleSet"}}
	nested := func(n int) inputs {
		return inputs{"orStatement": inputs{"statements": []any{fromHere, fromHere}[:n]}}
	}
	return []simulatortest.Case{
		{
			ID: "aws-waf-cloudfront-region", Code: "WAFInvalidParameterException", Text: "field: SCOPE_VALUE, parameter: CLOUDFRONT",
			Fails:  create(aclOf("CLOUDFRONT")),
			Passes: func(w *world) error { return create(aclOf("CLOUDFRONT"))(w.As(inputs{"region": "us-east-1"})) },
		},
		{
			ID: "aws-waf-name-taken", Code: "WAFDuplicateItemException", Text: "duplicate of an existing one",
			Fails: named("front"), Passes: named("back"),
		},
		{
			ID: "aws-waf-rule-action", Code: "WAFInvalidParameterException", Text: "field: RULE, parameter: Rule",
			Fails:  create(aclOf("REGIONAL", wafRule(1, managed, nil))),
			Passes: create(aclOf("REGIONAL", wafRule(1, managed, inputs{"action": nil, "overrideAction": inputs{"none": inputs{}}}))),
		},
		{
			ID: "aws-waf-rule-priority", Code: "WAFInvalidParameterException", Text: "different priorities., field: RULE, parameter: 1",
			Fails:  create(aclOf("REGIONAL", wafRule(1, fromHere, nil), wafRule(1, fromHere, inputs{"name": "second"}))),
			Passes: create(aclOf("REGIONAL", wafRule(1, fromHere, nil), wafRule(2, fromHere, inputs{"name": "second"}))),
		},
		{
			ID: "aws-waf-nested-statements", Code: "WAFInvalidParameterException", Text: "field: OR_STATEMENT, parameter: OrStatement",
			Fails:  create(aclOf("REGIONAL", wafRule(1, nested(1), nil))),
			Passes: create(aclOf("REGIONAL", wafRule(1, nested(2), nil))),
		},
		{
			ID: "aws-waf-default-action", Code: "WAFInvalidParameterException", Text: "field: DEFAULT_ACTION",
			Fails: create(with(aclOf("REGIONAL"), inputs{"defaultAction": inputs{}})), Passes: create(aclOf("REGIONAL")),
		},
		{
			ID: "aws-waf-ip-address", Code: "WAFInvalidParameterException", Text: "field: IP_ADDRESS, parameter: 192.0.2.1",
			Fails: set("192.0.2.1"), Passes: set("192.0.2.1/32"),
		},
		{
			ID: "aws-waf-item-in-use", Code: "WAFAssociatedItemException", Text: "being used by another resource",
			Fails: func(w *world) error {
				made := addresses(w)
				webACL(w, wafRule(1, inputs{"notStatement": inputs{"statements": []any{
					inputs{"ipSetReferenceStatement": inputs{"arn": made.Text("arn")}}}}}, nil))
				return w.TryDelete(made)
			},
			Passes: func(w *world) error { return w.TryDelete(addresses(w)) },
		},
		{
			ID: "aws-waf-association-resource", Code: "WAFInvalidParameterException", Text: "field: RESOURCE_ARN",
			Fails: guard("network"), Passes: guard("application"),
		},
		{
			ID: "aws-waf-log-destination", Code: "WAFInvalidParameterException", Text: "field: LOG_DESTINATION",
			Fails: logging("waf"), Passes: logging("aws-waf-logs-front"),
		},
	}
}

func TestWebACL(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	managed := inputs{"managedRuleGroupStatement": inputs{"vendorName": "AWS", "name": "AWSManagedRulesCommonRuleSet"}}
	made := webACL(w, wafRule(1, fromHere, nil),
		wafRule(2, managed, inputs{"name": "managed", "action": nil, "overrideAction": inputs{"none": inputs{}}}))
	assert.Equal(t, 701.0, made.Outputs["capacity"].NumberValue())
	assert.Equal(t, "arn:aws:wafv2:us-west-2:123456789012:regional/webacl/"+made.Text("name")+"/"+made.ID(), made.Text("arn"))
	_, lb := balanced(w, "application")
	w.Create(webACLAssociationToken, "association", inputs{"webAclArn": made.Text("arn"), "resourceArn": lb.Text("arn")})
	assert.ErrorContains(t, w.TryDelete(made), "WAFAssociatedItemException")
	assert.ErrorContains(t, try(w, webACLToken, aclOf("REGIONAL", wafRule(1, inputs{"ipSetReferenceStatement": inputs{
		"arn": "arn:aws:wafv2:us-west-2:123456789012:regional/ipset/a/b"}}, nil))), "A reference in your rule statement is not valid")
}
