package aws

import (
	"testing"

	"github.com/holdfast-iac/holdfast/policies/policytest"
)

func TestSecurityHubPresent(t *testing.T) {
	t.Parallel()
	policytest.Run(t, SecurityHubPresent, []policytest.Case{
		{Name: "no account's setup", Resources: policytest.One(bucketV2Type, nil), Want: policytest.NotApplicable()},
		{Name: "a password policy", Resources: policytest.One(passwordPolicyType, nil), Want: policytest.Fail("no Security Hub")},
	}...)
}
