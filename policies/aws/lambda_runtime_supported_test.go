package aws

import (
	"testing"

	"github.com/holdfast-iac/holdfast/policies/policytest"
)

func TestLambdaRuntimeSupported(t *testing.T) {
	t.Parallel()
	policytest.Run(t, LambdaRuntimeSupported,
		policytest.Case{Name: "a day before", Resources: policytest.One(functionType, props{"runtime": "nodejs22.x"}), Deployment: on(t, "2027-04-29"), Want: policytest.Pass()},
		policytest.Case{Name: "on the day", Resources: policytest.One(functionType, props{"runtime": "nodejs22.x"}), Deployment: on(t, "2027-04-30"), Want: policytest.Fail("nodejs22.x is deprecated since 2027-04-30.")},
		policytest.Case{Name: "a day that AWS has moved", Resources: policytest.One(functionType, props{"runtime": "java17"}), Deployment: on(t, "2026-11-22"), Want: policytest.Pass()},
		policytest.Case{Name: "an image", Resources: policytest.One(functionType, props{"packageType": "Image"}), Want: policytest.Pass()},
		policytest.Case{Name: "not known yet", Resources: policytest.One(functionType, props{"runtime": policytest.Unknown}), Want: policytest.Undetermined(".runtime")},
	)
}
