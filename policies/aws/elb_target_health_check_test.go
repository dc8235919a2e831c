package aws

import (
	"testing"

	"github.com/holdfast-iac/holdfast/policies/policytest"
)

func TestELBTargetHealthCheck(t *testing.T) {
	t.Parallel()
	policytest.Run(t, ELBTargetHealthCheck,
		policytest.Case{Name: "of TCP", Resources: policytest.One(targetGroupType, props{"protocol": "TCP"}), Want: policytest.Pass()},
		policytest.Case{Name: "switched off", Resources: policytest.One(albTargetGroupType, props{"protocol": "HTTPS", "healthCheck": props{"enabled": false, "path": "/ready"}}), Want: policytest.Fail("is off")},
		policytest.Case{Name: "not known yet", Resources: policytest.One(targetGroupType, props{"protocol": "HTTP", "healthCheck": policytest.Unknown}), Want: policytest.Undetermined(".healthCheck")},
	)
}
