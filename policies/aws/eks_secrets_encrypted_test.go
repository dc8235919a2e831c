package aws

import (
	"testing"

	"github.com/holdfast-iac/holdfast/policies/policytest"
)

func TestEKSSecretsEncrypted(t *testing.T) {
	t.Parallel()
	policytest.Run(t, EKSSecretsEncrypted, []policytest.Case{
		{Name: "not known yet", Resources: policytest.One(clusterType, props{"encryptionConfig": policytest.Unknown}), Want: policytest.Undetermined(".encryptionConfig")},
		{Name: "something else", Resources: policytest.One(clusterType, props{"encryptionConfig": props{"resources": []any{"volumes"}}}), Want: policytest.Fail("for secrets")},
	}...)
}
