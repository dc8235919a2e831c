package aws

import (
	"testing"

	"github.com/holdfast-iac/holdfast/policies/policytest"
)

func TestIAMPolicyNoNotAction(t *testing.T) {
	t.Parallel()
	policytest.Run(t, IAMPolicyNoNotAction, []policytest.Case{
		{Name: "denied, as guard rails do", Resources: policytest.One(iamPolicyType, props{"policy": `{"Statement": [{"Effect": "Deny", "NotAction": "iam:*", "Resource": "*"}]}`}), Want: policytest.Pass()},
		{Name: "not known yet", Resources: policytest.One(rolePolicyType, props{"policy": policytest.Unknown}), Want: policytest.Undetermined(".policy")},
		{Name: "of a role", Resources: policytest.One(rolePolicyType, props{"policy": `{"Statement": [{"Effect": "Allow", "NotAction": "iam:*", "Resource": "*"}]}`}), Want: policytest.Fail("all but [iam:*]")},
		{Name: "of a user", Resources: policytest.One(userPolicyType, props{"policy": `{"Statement": [{"Effect": "Allow", "NotAction": "iam:*", "Resource": "*"}]}`}), Want: policytest.Fail("all but [iam:*]")},
		{Name: "of a group", Resources: policytest.One(groupPolicyType, props{"policy": `{"Statement": [{"Effect": "Allow", "NotAction": "iam:*", "Resource": "*"}]}`}), Want: policytest.Fail("all but [iam:*]")},
	}...)
}
