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
		{Name: "for agreements", Resources: policytest.One(keyType, props{"customerMasterKeySpec": "ECC_NIST_P256"}), Want: policytest.NotApplicable()},
		{Name: "for codes", Resources: policytest.One(keyType, props{"keyUsage": "GENERATE_VERIFY_MAC"}), Want: policytest.NotApplicable()},
		{Name: "outside of AWS", Resources: policytest.One(keyType, props{"xksKeyId": "key-1"}), Want: policytest.NotApplicable()},
	}...)
	policytest.RunRemediations(t, KMSKeyRotates,
		policytest.Remediation{Name: "for signatures", Type: keyType, Properties: props{"customerMasterKeySpec": "ECC_NIST_P256", "keyUsage": "SIGN_VERIFY"}},
		policytest.Remediation{Name: "mended", Type: keyType, Want: props{"enableKeyRotation": true}},
	)
}
