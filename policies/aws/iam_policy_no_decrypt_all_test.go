package aws

import (
	"testing"

	"github.com/holdfast-iac/holdfast/policies/policytest"
)

func TestIAMPolicyNoDecryptAll(t *testing.T) {
	t.Parallel()
	document := func(action, more string) []policytest.Resource {
		return policytest.One(rolePolicyType, props{"policy": `{"Statement": [{"Effect": "Allow", "Action": "` + action + `", "Resource": "*"` + more + `}]}`})
	}
	policytest.Run(t, IAMPolicyNoDecryptAll, []policytest.Case{
		{Name: "all of KMS", Resources: document("kms:*", ""), Want: policytest.Fail("[kms:Decrypt kms:ReEncryptFrom] with all keys")},
		{Name: "by one service", Resources: document("kms:Decrypt", `, "Condition": {"StringEquals": {"kms:ViaService": "s3.eu-west-1.amazonaws.com"}}`), Want: policytest.Pass()},
		{Name: "to encrypt", Resources: document("kms:GenerateDataKey*", ""), Want: policytest.Pass()},
	}...)
}
