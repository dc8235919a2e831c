package aws

import (
	"github.com/holdfast-iac/holdfast/policies/frameworks"
	"github.com/holdfast-iac/holdfast/policies/policy"
)

// APIGatewayFirewall wants public REST APIs to have a web firewall in front. HTTP APIs cannot have one (AWS WAF
// Developer Guide, "Resources that you can protect with AWS WAF").
var APIGatewayFirewall = policy.Policy{
	ID:       "aws-apigateway-firewall",
	Title:    "Public REST APIs must have a web firewall.",
	Severity: policy.Medium,
	Level:    policy.Advisory,
	Rationale: "A web firewall stops known attacks, floods and bots before they reach the application, and a rule " +
		"against a new flaw is there within the hour.",
	Remediation: "Add an aws:wafv2/webAclAssociation:WebAclAssociation with resourceArn set to this stage.",
	Controls:    frameworks.Controls{SOC2: "CC6.6", ISO27001: "A.8.20 A.8.26"}.List(),
	Tags:        []string{"security", "waf"},
	Peers:       []string{"Checkov CKV2_AWS_29", "AWS Config API_GW_ASSOCIATED_WITH_WAF", "Security Hub APIGateway.4"},
	Bad: []policy.Example{
		{Name: "shop", Type: restAPIType},
		{Name: "live", Type: restStageType, Properties: props{
			"restApi": "${shop.id}", "deployment": "d1", "stageName": "live",
		}},
	},
	Good: []policy.Example{
		{Name: "shop", Type: restAPIType},
		{Name: "live", Type: restStageType, Properties: props{
			"restApi": "${shop.id}", "deployment": "d1", "stageName": "live",
		}},
		{Name: "firewall", Type: webACLAssociationType, Properties: props{
			"resourceArn": "${live.arn}", "webAclArn": "arn:aws:wafv2:eu-west-1:123456789012:regional/webacl/web/1",
		}},
	},
	Rules: []policy.Rule{
		policy.OnStack(func(r *policy.StackReport, stack struct {
			Stages       policy.Resources[struct{}] `pulumi:"aws:apigateway/stage:Stage"`
			APIs         policy.Resources[restAPI]  `pulumi:"aws:apigateway/restApi:RestApi"`
			Associations policy.Resources[struct{}] `pulumi:"aws:wafv2/webAclAssociation:WebAclAssociation"`
		}) {
			private := func(api policy.Resource[restAPI]) bool { return api.Props.private() }
			stack.Stages.Each(func(stage policy.Resource[struct{}]) {
				if policy.AllOf(
					func() bool { return !stack.Associations.AnyReferring("resourceArn", stage.Node, nil) },
					func() bool { return !stack.APIs.AnyReferredBy(stage.Node, "restApi", private) },
				) {
					r.Fail(stage.Node, "No web firewall is in front of it.")
				}
			})
		}),
	},
}
