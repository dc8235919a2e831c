package aws

import (
	"github.com/holdfast-iac/holdfast/policies/frameworks"
	"github.com/holdfast-iac/holdfast/policies/policy"
)

// ELBAccessLogs wants load balancers to log requests.
var ELBAccessLogs = policy.Policy{
	ID:        "aws-elb-access-logs",
	Title:     "Load balancers must keep access logs.",
	Severity:  policy.Medium,
	Level:     policy.Advisory,
	Rationale: "The access log is what tells after an incident who asked for what, and which answers they got.",
	Remediation: "Set accessLogs with enabled true and a bucket whose policy lets the load balancing service of " +
		"the region write.",
	Controls: frameworks.Controls{SOC2: "CC7.2", ISO27001: "A.8.15"}.List(),
	Tags:     []string{"security", "logging"},
	Peers: []string{
		"Checkov CKV_AWS_91", "Checkov CKV_AWS_92", "AWS Config ELB_LOGGING_ENABLED", "Security Hub ELB.5",
	},
	Bad: []policy.Example{
		{Name: "web", Type: loadBalancerType, Properties: props{"loadBalancerType": "application"}},
	},
	Good: []policy.Example{
		{Name: "web", Type: loadBalancerType, Properties: props{
			"loadBalancerType": "application", "accessLogs": props{"bucket": "access-logs", "enabled": true},
		}},
		{Name: "web2", Type: albLoadBalancerType, Properties: props{
			"loadBalancerType": "application", "accessLogs": props{"bucket": "access-logs", "enabled": true},
		}},
	},
	Rules: []policy.Rule{
		policy.On(loadBalancerType, checkLoggedLoadBalancer),
		policy.On(albLoadBalancerType, checkLoggedLoadBalancer),
	},
}

type loggedLoadBalancer struct {
	Type policy.Value[string]     `pulumi:"loadBalancerType"`
	Logs policy.Value[accessLogs] `pulumi:"accessLogs"`
}

type accessLogs struct {
	Enabled policy.Value[bool] `pulumi:"enabled"`
}

// silent reports whether it could log and does not: those of the type gateway cannot.
func (l loggedLoadBalancer) silent() bool {
	return policy.AllOf(
		func() bool { return l.Type.Get() != "gateway" },
		func() bool { return !l.Logs.Get().Enabled.Or(false) },
	)
}

func checkLoggedLoadBalancer(r *policy.Report, v loggedLoadBalancer) {
	if v.silent() {
		r.Fail("It logs no requests.")
	}
}
