package aws

import (
	"testing"

	"github.com/holdfast-iac/holdfast/policies/policytest"
)

func TestCloudTrailLogValidation(t *testing.T) {
	t.Parallel()
	policytest.Run(t, CloudTrailLogValidation, []policytest.Case{
		{Name: "trail: not said", Resources: policytest.One(trailType, nil), Want: policytest.Fail("It writes no digests of its files.")},
		{Name: "trail: not known yet", Resources: policytest.One(trailType, props{"enableLogFileValidation": policytest.Unknown}), Want: policytest.Undetermined(".enableLogFileValidation")},
		{Name: "as text", Resources: policytest.One(trailType, props{"enableLogFileValidation": "true"}), Want: policytest.Pass()},
	}...)
}
