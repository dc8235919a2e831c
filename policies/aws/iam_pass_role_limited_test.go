package aws

import (
	"testing"

	"github.com/holdfast-iac/holdfast/policies/policytest"
)

func TestIAMPassRoleLimited(t *testing.T) {
	t.Parallel()
	policytest.Run(t, IAMPassRoleLimited, []policytest.Case{
		{Name: "to one service", Resources: policytest.One(iamPolicyType, props{"policy": `{"Statement": [{"Effect": "Allow", "Action": "iam:PassRole", "Resource": "*", "Condition": {"StringEquals": {"iam:PassedToService": "ecs-tasks.amazonaws.com"}}}]}`}), Want: policytest.Pass()},
		{Name: "all of IAM", Resources: policytest.One(userPolicyType, props{"policy": `{"Statement": [{"Effect": "Allow", "Action": "IAM:*", "Resource": "*"}]}`}), Want: policytest.Fail("Any role")},
		{Name: "not known yet", Resources: policytest.One(groupPolicyType, props{"policy": policytest.Unknown}), Want: policytest.Undetermined(".policy")},
		{Name: "other actions on everything", Resources: policytest.One(iamPolicyType, props{"policy": `{"Statement": [{"Effect": "Allow", "Action": "iam:GetRole", "Resource": "*"}]}`}), Want: policytest.Pass()},
		{Name: "by a pattern", Resources: policytest.One(iamPolicyType, props{"policy": `{"Statement": [{"Effect": "Allow", "Action": "iam:Pass*", "Resource": "*"}]}`}), Want: policytest.Fail("Any role")},
		{Name: "of a group", Resources: policytest.One(groupPolicyType, props{"policy": `{"Statement": [{"Effect": "Allow", "Action": "iam:PassRole", "Resource": "*"}]}`}), Want: policytest.Fail("Any role")},
		{Name: "denied", Resources: policytest.One(iamPolicyType, props{"policy": `{"Statement": [{"Effect": "Deny", "Action": "iam:PassRole", "Resource": "*"}]}`}), Want: policytest.Pass()},
	}...)
}
