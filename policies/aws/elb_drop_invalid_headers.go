package aws

import (
	"github.com/holdfast-iac/holdfast/policies/frameworks"
	"github.com/holdfast-iac/holdfast/policies/policy"
)

// ELBDropInvalidHeaders wants load balancers for HTTP to drop headers that are none.
var ELBDropInvalidHeaders = policy.Policy{
	ID:       "aws-elb-drop-invalid-headers",
	Title:    "Load balancers must drop invalid headers.",
	Severity: policy.Medium,
	Level:    policy.Mandatory,
	Rationale: "Headers that servers read differently than the load balancer smuggle requests past it, and past " +
		"the firewall in front of it.",
	Remediation: "Set dropInvalidHeaderFields to true.",
	Controls:    frameworks.Controls{SOC2: "CC6.6", ISO27001: "A.8.20 A.8.21"}.List(),
	Tags:        []string{"security", "hardening"},
	Peers: []string{
		"Checkov CKV_AWS_131", "Trivy AWS-0052", "AWS Config ALB_HTTP_DROP_INVALID_HEADER_ENABLED",
		"Security Hub ELB.4",
	},
	Bad: []policy.Example{
		{Name: "web", Type: loadBalancerType, Properties: props{"loadBalancerType": "application"}},
	},
	Good: []policy.Example{
		{Name: "web", Type: loadBalancerType, Properties: props{
			"loadBalancerType": "application", "dropInvalidHeaderFields": true,
		}},
		{Name: "web2", Type: albLoadBalancerType, Properties: props{
			"loadBalancerType": "application", "dropInvalidHeaderFields": true,
		}},
	},
	Rules: []policy.Rule{
		policy.On(loadBalancerType, checkHttpLoadBalancer),
		policy.On(albLoadBalancerType, checkHttpLoadBalancer),
		policy.OnRemediate(loadBalancerType, mendHttpLoadBalancer),
		policy.OnRemediate(albLoadBalancerType, mendHttpLoadBalancer),
	},
}

type httpLoadBalancer struct {
	Type  policy.Value[string] `pulumi:"loadBalancerType"`
	Drops policy.Value[bool]   `pulumi:"dropInvalidHeaderFields"`
}

// passesInvalid reports whether it is for HTTP and lets invalid headers through.
func (l httpLoadBalancer) passesInvalid() bool {
	return policy.AllOf(
		func() bool { return l.Type.Or("application") == "application" },
		func() bool { return !l.Drops.Or(false) },
	)
}

func checkHttpLoadBalancer(r *policy.Report, v httpLoadBalancer) {
	if v.passesInvalid() {
		r.Fail("It passes invalid headers on.")
	}
}

func mendHttpLoadBalancer(r *policy.Remediation, v httpLoadBalancer) {
	if v.passesInvalid() {
		r.Set("dropInvalidHeaderFields", true)
	}
}
