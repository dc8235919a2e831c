package aws

import (
	"testing"

	"github.com/holdfast-iac/holdfast/policies/policytest"
)

func TestEFSPolicyNotPublic(t *testing.T) {
	t.Parallel()
	with := func(condition string) []policytest.Resource {
		return policytest.One(fileSystemPolicyType, props{"policy": `{"Statement": [{"Effect": "Allow", "Principal": "*", "Action": "elasticfilesystem:*", "Condition": ` + condition + `}]}`})
	}
	policytest.Run(t, EFSPolicyNotPublic, []policytest.Case{
		{Name: "not by a mount target", Resources: with(`{"Bool": {"elasticfilesystem:AccessedViaMountTarget": "false"}}`), Want: policytest.Fail("Anybody may use it")},
		{Name: "by a boolean", Resources: with(`{"Bool": {"elasticfilesystem:AccessedViaMountTarget": true}}`), Want: policytest.Pass()},
		{Name: "by TLS", Resources: with(`{"Bool": {"aws:SecureTransport": "true"}}`), Want: policytest.Fail("Anybody may use it")},
		{Name: "one's own account", Resources: with(`{"StringEquals": {"aws:PrincipalAccount": "123456789012"}}`), Want: policytest.Pass()},
		{Name: "not known", Resources: policytest.One(fileSystemPolicyType, props{"policy": policytest.Unknown}), Want: policytest.Undetermined(".policy")},
	}...)
}
