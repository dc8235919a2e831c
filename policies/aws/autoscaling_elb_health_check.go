package aws

import (
	"github.com/holdfast-iac/holdfast/policies/frameworks"
	"github.com/holdfast-iac/holdfast/policies/policy"
)

// AutoScalingELBHealthCheck wants groups behind a load balancer to replace instances that it finds unhealthy.
var AutoScalingELBHealthCheck = policy.Policy{
	ID:       "aws-autoscaling-elb-health-check",
	Title:    "Groups behind a load balancer must use its health checks.",
	Severity: policy.Medium,
	Level:    policy.Advisory,
	Rationale: "EC2 calls an instance healthy while it runs, even if the application on it answers nothing: the " +
		"group keeps it, and the load balancer has fewer and fewer targets.",
	Remediation: "Set healthCheckType to ELB, and healthCheckGracePeriod to the time that a start takes.",
	Controls:    frameworks.Controls{SOC2: "A1.1 A1.2", ISO27001: "A.8.14"}.List(),
	Tags:        []string{"reliability", "high-availability"},
	Peers: []string{
		"Checkov CKV2_AWS_15", "AWS Config AUTOSCALING_GROUP_ELB_HEALTHCHECK_REQUIRED", "Security Hub AutoScaling.1",
	},
	Bad: []policy.Example{
		{Name: "web", Type: groupType, Properties: props{
			"minSize": 2, "maxSize": 4,
			"targetGroupArns": []any{"arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/web/1"},
		}},
	},
	Good: []policy.Example{
		{Name: "web", Type: groupType, Properties: props{
			"minSize": 2, "maxSize": 4,
			"targetGroupArns": []any{"arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/web/1"},
			"healthCheckType": "ELB",
		}},
	},
	Rules: []policy.Rule{
		policy.On(groupType, checkCheckedGroup),
		policy.OnRemediate(groupType, mendCheckedGroup),
	},
}

type checkedGroup struct {
	Check    policy.Value[string] `pulumi:"healthCheckType"`
	Targets  policy.List[string]  `pulumi:"targetGroupArns"`
	Classic  policy.List[string]  `pulumi:"loadBalancers"`
	Balanced policy.List[any]     `pulumi:"trafficSources"`
}

// ignoresBalancer reports whether it is behind a load balancer and asks EC2 only.
func (g checkedGroup) ignoresBalancer() bool {
	return policy.AllOf(
		func() bool { return g.Check.Or("EC2") == "EC2" },
		func() bool {
			return policy.AnyOf(
				func() bool { return g.Targets.Len() > 0 },
				func() bool { return g.Classic.Len() > 0 },
				func() bool { return g.Balanced.Len() > 0 },
			)
		},
	)
}

func checkCheckedGroup(r *policy.Report, v checkedGroup) {
	if v.ignoresBalancer() {
		r.Fail("Its healthCheckType is %v, though a load balancer checks its instances.", v.Check)
	}
}

func mendCheckedGroup(r *policy.Remediation, v checkedGroup) {
	if v.ignoresBalancer() {
		r.Set("healthCheckType", "ELB")
	}
}
