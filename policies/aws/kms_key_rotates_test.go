package aws

import (
	"testing"

	"github.com/holdfast-iac/holdfast/policies/policytest"
)

func TestKMSKeyRotates(t *testing.T) {
	t.Parallel()
	policytest.Run(t, KMSKeyRotates, []policytest.Case{
		{Name: "for signatures", Resources: policytest.One(keyType, props{"customerMasterKeySpec": "ECC_NIST_P256", "keyUsage": "SIGN_VERIFY"}), Want: policytest.NotApplicable()},
		{Name: "in a key store of one's own", Resources: policytest.One(keyType, props{"customKeyStoreId": "cks-1"}), Want: policytest.NotApplicable()},
		{Name: "by name what is the default", Resources: policytest.One(keyType, props{"customerMasterKeySpec": "SYMMETRIC_DEFAULT"}), Want: policytest.Fail("not rotated")},
	}...)
}
