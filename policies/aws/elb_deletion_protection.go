package aws

import (
	"github.com/holdfast-iac/holdfast/policies/frameworks"
	"github.com/holdfast-iac/holdfast/policies/policy"
)

// ELBDeletionProtection keeps load balancers from being deleted by mistake.
var ELBDeletionProtection = policy.Policy{
	ID:       "aws-elb-deletion-protection",
	Title:    "Load balancers must be protected against deletion.",
	Severity: policy.Medium,
	Level:    policy.Advisory,
	Rationale: "A load balancer is deleted by one call, and all that it serves is gone; its name, addresses and " +
		"certificates have to be set up anew.",
	Remediation: "Set enableDeletionProtection to true. To delete the load balancer later, take the protection " +
		"off in a step of its own.",
	Controls: frameworks.Controls{SOC2: "A1.2", ISO27001: "A.8.14"}.List(),
	Tags:     []string{"reliability", "deletion-protection"},
	Peers:    []string{"Checkov CKV_AWS_150", "AWS Config ELB_DELETION_PROTECTION_ENABLED", "Security Hub ELB.6"},
	Bad: []policy.Example{
		{Name: "web", Type: loadBalancerType, Properties: props{"loadBalancerType": "application"}},
	},
	Good: []policy.Example{
		{Name: "web", Type: loadBalancerType, Properties: props{
			"loadBalancerType": "application", "enableDeletionProtection": true,
		}},
		{Name: "web2", Type: albLoadBalancerType, Properties: props{
			"loadBalancerType": "application", "enableDeletionProtection": true,
		}},
	},
	Rules: []policy.Rule{
		policy.On(loadBalancerType, checkProtectedLoadBalancer),
		policy.On(albLoadBalancerType, checkProtectedLoadBalancer),
		policy.OnRemediate(loadBalancerType, mendProtectedLoadBalancer),
		policy.OnRemediate(albLoadBalancerType, mendProtectedLoadBalancer),
	},
}

type protectedLoadBalancer struct {
	Protected policy.Value[bool] `pulumi:"enableDeletionProtection"`
}

func checkProtectedLoadBalancer(r *policy.Report, v protectedLoadBalancer) {
	if !v.Protected.Or(false) {
		r.Fail("A single call deletes it.")
	}
}

func mendProtectedLoadBalancer(r *policy.Remediation, v protectedLoadBalancer) {
	if !v.Protected.Or(false) {
		r.Set("enableDeletionProtection", true)
	}
}
