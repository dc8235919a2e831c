package aws

import (
	"testing"

	"github.com/holdfast-iac/holdfast/policies/policytest"
)

func TestAutoScalingELBHealthCheck(t *testing.T) {
	t.Parallel()
	policytest.Run(t, AutoScalingELBHealthCheck, []policytest.Case{
		{Name: "no load balancer", Resources: policytest.One(groupType, nil), Want: policytest.Pass()},
		{Name: "classic", Resources: policytest.One(groupType, props{"loadBalancers": []any{"web"}, "healthCheckType": "EC2"}), Want: policytest.Fail("is EC2")},
		{Name: "not known yet", Resources: policytest.One(groupType, props{"targetGroupArns": policytest.Unknown}), Want: policytest.Undetermined(".targetGroupArns")},
		{Name: "a traffic source", Resources: policytest.One(groupType, props{"trafficSources": []any{props{"identifier": "arn:aws:vpc-lattice:eu-west-1:123456789012:targetgroup/tg-1"}}}), Want: policytest.Fail("is [unset]")},
	}...)
	policytest.RunRemediations(t, AutoScalingELBHealthCheck,
		policytest.Remediation{Name: "mended", Type: groupType, Properties: props{"targetGroupArns": []any{"arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/web/1"}}, Want: props{"healthCheckType": "ELB"}},
	)
}
