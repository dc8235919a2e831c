package aws

import (
	"testing"

	"github.com/holdfast-iac/holdfast/policies/policytest"
)

func TestCloudTrailLoggingOn(t *testing.T) {
	t.Parallel()
	policytest.Run(t, CloudTrailLoggingOn, []policytest.Case{
		{Name: "said to be on", Resources: policytest.One(trailType, props{"enableLogging": true}), Want: policytest.Pass()},
		{Name: "not known", Resources: policytest.One(trailType, props{"enableLogging": policytest.Unknown}), Want: policytest.Undetermined(".enableLogging")},
	}...)
}
