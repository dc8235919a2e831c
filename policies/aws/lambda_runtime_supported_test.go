package aws

import (
	"testing"
	"time"

	"github.com/holdfast-iac/holdfast/policies/policy"
	"github.com/holdfast-iac/holdfast/policies/policytest"

	"github.com/stretchr/testify/require"
)

func TestLambdaRuntimeSupported(t *testing.T) {
	t.Parallel()
	at := func(day string) policy.Deployment {
		date, err := time.Parse(time.DateOnly, day)
		require.NoError(t, err)
		return policy.Deployment{Time: date}
	}
	policytest.Run(t, LambdaRuntimeSupported,
		policytest.Case{Name: "a day before", Resources: policytest.One(functionType, props{"runtime": "nodejs22.x"}), Deployment: at("2027-04-29"), Want: policytest.Pass()},
		policytest.Case{Name: "on the day", Resources: policytest.One(functionType, props{"runtime": "nodejs22.x"}), Deployment: at("2027-04-30"), Want: policytest.Fail("nodejs22.x is deprecated since 2027-04-30.")},
		policytest.Case{Name: "postponed", Resources: policytest.One(functionType, props{"runtime": "java17"}), Deployment: at("2026-11-22"), Want: policytest.Pass()},
		policytest.Case{Name: "an image", Resources: policytest.One(functionType, props{"packageType": "Image"}), Want: policytest.Pass()},
		policytest.Case{Name: "not known yet", Resources: policytest.One(functionType, props{"runtime": policytest.Unknown}), Want: policytest.Undetermined(".runtime")},
	)
}
