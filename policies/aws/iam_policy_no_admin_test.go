package aws

import (
	"testing"

	"github.com/holdfast-iac/holdfast/policies/policytest"
)

func TestIAMPolicyNoAdmin(t *testing.T) {
	t.Parallel()
	policytest.Run(t, IAMPolicyNoAdmin, []policytest.Case{
		{Name: "as an object", Resources: policytest.One(rolePolicyType, props{"policy": props{"Statement": props{"Effect": "Allow", "Action": []any{"*"}, "Resource": "*"}}}), Want: policytest.Fail("everything")},
		{Name: "as *:*, named", Resources: policytest.One(userPolicyType, props{"policy": `{"Statement": {"Sid": "All", "Effect": "Allow", "Action": "*:*", "Resource": ["*"]}}`}), Want: policytest.Fail("the statement All")},
		{Name: "inline in a role", Resources: policytest.One(roleType, props{"inlinePolicies": []any{props{"name": "a", "policy": `{"Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}]}`}}}), Want: policytest.Fail("everything")},
		{Name: "denied", Resources: policytest.One(groupPolicyType, props{"policy": `{"Statement": [{"Effect": "Deny", "Action": "*", "Resource": "*"}]}`}), Want: policytest.Pass()},
		{Name: "on one bucket", Resources: policytest.One(iamPolicyType, props{"policy": `{"Statement": [{"Effect": "Allow", "Action": "*", "Resource": "arn:aws:s3:::a"}]}`}), Want: policytest.Pass()},
		{Name: "no document", Resources: policytest.One(iamPolicyType, props{"policy": "{"}), Want: policytest.Pass()},
		{Name: "not known yet", Resources: policytest.One(iamPolicyType, props{"policy": policytest.Unknown}), Want: policytest.Undetermined(".policy")},
		{Name: "some on everything", Resources: policytest.One(iamPolicyType, props{"policy": `{"Statement": [{"Effect": "Allow", "Action": "s3:*", "Resource": "*"}]}`}), Want: policytest.Pass()},
	}...)
}
