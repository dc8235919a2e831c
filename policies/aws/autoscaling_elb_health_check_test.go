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
	}...)
}
