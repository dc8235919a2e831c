package aws

import (
	"testing"

	"github.com/holdfast-iac/holdfast/policies/policytest"
)

func TestIAMPasswordPolicy(t *testing.T) {
	t.Parallel()
	policytest.Run(t, IAMPasswordPolicy, []policytest.Case{
		{Name: "nothing set", Resources: policytest.One(passwordPolicyType, nil), Want: policytest.Fail("[unset] characters", "[unset] passwords")},
		{Name: "just enough", Resources: policytest.One(passwordPolicyType, props{"minimumPasswordLength": 14, "passwordReusePrevention": 24}), Want: policytest.Pass()},
		{Name: "not known yet", Resources: policytest.One(passwordPolicyType, props{"minimumPasswordLength": policytest.Unknown, "passwordReusePrevention": 24}), Want: policytest.Undetermined(".minimumPasswordLength")},
		{Name: "one too few of each", Resources: policytest.One(passwordPolicyType, props{"minimumPasswordLength": 13, "passwordReusePrevention": 23}), Want: policytest.Fail("of 13", "remembers 23")},
	}...)
	policytest.RunRemediations(t, IAMPasswordPolicy,
		policytest.Remediation{Name: "longer ones", Type: passwordPolicyType, Properties: props{"minimumPasswordLength": 13, "passwordReusePrevention": "24"}, Want: props{"minimumPasswordLength": 14}},
		policytest.Remediation{Name: "more of them", Type: passwordPolicyType, Properties: props{"minimumPasswordLength": "14", "passwordReusePrevention": 23}, Want: props{"passwordReusePrevention": 24}},
	)
}
