package aws

import (
	"testing"

	"github.com/holdfast-iac/holdfast/policies/policytest"
)

func TestConfigPresent(t *testing.T) {
	t.Parallel()
	policytest.Run(t, ConfigPresent, []policytest.Case{
		{Name: "no account's setup", Resources: policytest.One(bucketV2Type, nil), Want: policytest.NotApplicable()},
		{Name: "a password policy and an analyzer", Resources: []policytest.Resource{
			{Name: "passwords", Type: passwordPolicyType}, {Name: "access", Type: analyzerType},
		}, Want: policytest.Fail("no recorder")},
	}...)
}
