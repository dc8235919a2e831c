package aws

import (
	"github.com/holdfast-iac/holdfast/policies/frameworks"
	"github.com/holdfast-iac/holdfast/policies/policy"
)

// KMSKeyRotates wants symmetric encryption keys of KMS to be rotated by themselves. Other keys cannot be, nor can
// those with imported or external material.
var KMSKeyRotates = policy.Policy{
	ID:       "aws-kms-key-rotates",
	Title:    "Keys must be rotated by themselves.",
	Severity: policy.Medium,
	Level:    policy.Mandatory,
	Rationale: "Rotation bounds how much one key material protects. KMS keeps the old material, so nothing has to " +
		"be encrypted anew.",
	Remediation: "Set enableKeyRotation to true.",
	Controls:    frameworks.Controls{SOC2: "CC6.1", ISO27001: "A.8.24", CISAWS: "3.6"}.List(),
	Tags:        []string{"security", "encryption", "key-rotation"},
	Peers: []string{
		"Checkov CKV_AWS_7", "Trivy AWS-0065", "AWS Config CMK_BACKING_KEY_ROTATION_ENABLED", "Security Hub KMS.4",
	},
	Bad: []policy.Example{
		{Name: "data", Type: keyType, Properties: props{"description": "Data at rest."}},
	},
	Good: []policy.Example{
		{Name: "data", Type: keyType, Properties: props{"description": "Data at rest.", "enableKeyRotation": true}},
	},
	Rules: []policy.Rule{
		policy.On(keyType, func(r *policy.Report, key rotatedKey) {
			if !key.rotatable() {
				r.NotApplicable("KMS rotates symmetric encryption keys of its own only")
			}
			if !key.Rotates.Or(false) {
				r.Fail("It is not rotated.")
			}
		}),
		policy.OnRemediate(keyType, func(r *policy.Remediation, key rotatedKey) {
			if key.rotatable() && !key.Rotates.Or(false) {
				r.Set("enableKeyRotation", true)
			}
		}),
	},
}

type rotatedKey struct {
	Rotates  policy.Value[bool]   `pulumi:"enableKeyRotation"`
	Spec     policy.Value[string] `pulumi:"customerMasterKeySpec"`
	Usage    policy.Value[string] `pulumi:"keyUsage"`
	Store    policy.Value[string] `pulumi:"customKeyStoreId"`
	External policy.Value[string] `pulumi:"xksKeyId"`
}

// rotatable reports whether KMS can rotate the key by itself (AWS KMS Developer Guide, "Rotate AWS KMS keys").
func (k rotatedKey) rotatable() bool {
	return k.Spec.Or("SYMMETRIC_DEFAULT") == "SYMMETRIC_DEFAULT" && k.Usage.Or("ENCRYPT_DECRYPT") == "ENCRYPT_DECRYPT" &&
		!k.Store.Present() && !k.External.Present()
}
