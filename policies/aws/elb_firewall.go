package aws

import (
	"github.com/holdfast-iac/holdfast/policies/frameworks"
	"github.com/holdfast-iac/holdfast/policies/policy"
)

// ELBFirewall wants load balancers for HTTP on the internet to have a web firewall in front.
var ELBFirewall = policy.Policy{
	ID:       "aws-elb-firewall",
	Title:    "Public load balancers must have a web firewall.",
	Severity: policy.Medium,
	Level:    policy.Advisory,
	Rationale: "A web firewall stops known attacks, floods and bots before they reach the application, and a rule " +
		"against a new flaw is there within the hour.",
	Remediation: "Add an aws:wafv2/webAclAssociation:WebAclAssociation with resourceArn set to this load balancer.",
	Controls:    frameworks.Controls{SOC2: "CC6.6", ISO27001: "A.8.20 A.8.26"}.List(),
	Tags:        []string{"security", "waf"},
	Peers:       []string{"Checkov CKV2_AWS_28", "AWS Config ALB_WAF_ENABLED", "Security Hub ELB.16"},
	Bad: []policy.Example{
		{Name: "web", Type: loadBalancerType},
	},
	Good: []policy.Example{
		{Name: "web", Type: loadBalancerType},
		{Name: "firewall", Type: webACLAssociationType, Properties: props{
			"resourceArn": "${web.arn}", "webAclArn": "arn:aws:wafv2:eu-west-1:123456789012:regional/webacl/web/1",
		}},
	},
	Rules: []policy.Rule{
		policy.OnStack(func(r *policy.StackReport, stack struct {
			LoadBalancers policy.Resources[exposedLoadBalancer] `pulumi:"aws:lb/loadBalancer:LoadBalancer,aws:alb/loadBalancer:LoadBalancer"`
			Associations  policy.Resources[struct{}]            `pulumi:"aws:wafv2/webAclAssociation:WebAclAssociation"`
		}) {
			stack.LoadBalancers.Each(func(subject policy.Resource[exposedLoadBalancer]) {
				if !subject.Props.public() {
					return
				}
				if !stack.Associations.AnyReferring("resourceArn", subject.Node, nil) {
					r.Fail(subject.Node, "No web firewall is in front of it.")
				}
			})
		}),
	},
}

type exposedLoadBalancer struct {
	Internal policy.Value[bool]   `pulumi:"internal"`
	Type     policy.Value[string] `pulumi:"loadBalancerType"`
}

// public reports whether it is on the internet and speaks HTTP.
func (l exposedLoadBalancer) public() bool {
	return policy.AllOf(
		func() bool { return !l.Internal.Or(false) },
		func() bool { return l.Type.Or("application") == "application" },
	)
}
