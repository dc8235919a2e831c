package aws

import (
	"testing"

	"github.com/holdfast-iac/holdfast/policies/policytest"
)

func TestCloudTrailPresent(t *testing.T) {
	t.Parallel()
	policytest.Run(t, CloudTrailPresent,
		policytest.Case{Name: "no account's setup", Resources: policytest.One(queueType, nil), Want: policytest.NotApplicable()},
		policytest.Case{Name: "said once", Want: policytest.Fail("It has no trail."), Resources: []policytest.Resource{
			{Name: "hub", Type: securityHubType}, {Name: "analyzer", Type: analyzerType}, {Name: "passwords", Type: passwordPolicyType},
		}},
	)
}
