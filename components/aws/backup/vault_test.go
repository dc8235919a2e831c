package backup

import (
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/assert"

	"github.com/holdfast-iac/holdfast/components/componenttest"
	"github.com/holdfast-iac/holdfast/components/spec"
)

// A lock and the notifications are one of a vault: a new one created first would be deleted with the old one.
func TestWhatAVaultHasOneOfIsDeletedBeforeItIsReplaced(t *testing.T) {
	t.Parallel()
	r := run(t, Args{}, true)
	for _, token := range []string{lockType, notificationsType} {
		for _, res := range r.OfType(token) {
			assert.True(t, res.Request.GetDeleteBeforeReplace(), "%s", res.URN)
		}
	}
	assert.Len(t, r.OfType(lockType), 2, "the copies are locked too")
}

func TestVaultLock(t *testing.T) {
	t.Parallel()
	governance := named(t, run(t, Args{}, false), lockType, "main-vault")
	assert.NotContains(t, governance.Inputs, resource.PropertyKey("changeableForDays"), "its presence would make the lock irremovable")
	consent := spec.BackupLock{Compliance: spec.ComplianceConsent, CoolingOffDays: 30, MinRetentionDays: 7, MaxRetentionDays: 400}
	r := run(t, Args{Backup: spec.Backup{Lock: consent}}, true)
	for _, name := range []string{"main-vault", "main-copy"} {
		lock := named(t, r, lockType, name)
		assert.Equal(t, 30.0, lock.Inputs["changeableForDays"].NumberValue(), name)
		assert.Equal(t, 400.0, lock.Inputs["maxRetentionDays"].NumberValue(), name)
	}
	assert.Empty(t, run(t, Args{Backup: spec.Backup{Lock: spec.BackupLock{Disabled: true}}}, true).OfType(lockType))
}

// Turning the copy on, or adding a copy to another account, changes the rules of the plans and nothing else that exists,
// but for the controls that are checked.
func TestAddingACopyReplacesNothing(t *testing.T) {
	t.Parallel()
	before := run(t, Args{}, false)
	elsewhere := Args{CopyAccountVaultARN: pulumi.String("arn:aws:backup:us-east-1:210987654321:backup-vault:elsewhere")}
	for _, after := range []componenttest.Recording{run(t, Args{}, true), run(t, elsewhere, false)} {
		now := after.ByURN()
		for _, old := range before.Resources {
			if !assert.Contains(t, now, old.URN) {
				continue
			}
			for key := range old.Inputs {
				if changing := old.Type + "." + string(key); changing != planType+".rules" && changing != frameworkType+".controls" {
					assert.Equal(t, old.Inputs[key], now[old.URN].Inputs[key], "%s of %s", key, old.URN)
				}
			}
		}
	}
}

func TestCopyVault(t *testing.T) {
	t.Parallel()
	r := run(t, Args{}, true)
	assertProtected(t, r)
	for _, token := range []string{vaultType, lockType, vaultPolicyType, keyType} {
		assert.Contains(t, named(t, r, token, "main-copy").Request.GetProvider(), "::there::", token)
		assert.NotContains(t, named(t, r, token, "main-vault").Request.GetProvider(), "::there::", token)
	}
	assert.Contains(t, named(t, r, vaultType, "main-copy").Inputs["kmsKeyArn"].StringValue(), "arn:aws:kms:us-west-2:")
}

func TestVaultPolicy(t *testing.T) {
	t.Parallel()
	r := run(t, everything(), true)
	for _, name := range []string{"main-vault", "main-copy"} {
		policy := statements(t, named(t, r, vaultPolicyType, name).Inputs["policy"].StringValue())
		assert.Len(t, policy, 3, name)
		assert.Equal(t, "Deny", policy[1]["Effect"])
		assert.Subset(t, policy[1]["Action"], []any{"backup:PutBackupVaultAccessPolicy", "backup:DeleteBackupVaultLockConfiguration"})
		assert.Equal(t, map[string]any{"ArnNotLike": map[string]any{"aws:PrincipalArn": []any{"arn:aws:iam::123456789012:role/ci"}}}, policy[1]["Condition"])
		assert.Equal(t, []any{"backup:CopyIntoBackupVault"}, policy[2]["Action"])
		assert.Equal(t, map[string]any{"StringEquals": map[string]any{"aws:PrincipalOrgID": "o-a1b2c3d4e5"}}, policy[2]["Condition"])
	}
	plain := statements(t, named(t, run(t, Args{}, false), vaultPolicyType, "main-vault").Inputs["policy"].StringValue())
	assert.Len(t, plain, 1, "nobody is locked out, and no other account let in, unasked")
}

// No action of a vault's policy may have a wildcard (AWS Backup guide, "Vault access policies").
func TestVaultPolicyHasNoWildcardActions(t *testing.T) {
	t.Parallel()
	for _, statement := range statements(t, vaultDocument("o-1", []string{"a"})) {
		for _, action := range statement["Action"].([]any) {
			assert.NotContains(t, action, "*")
		}
	}
}

func TestKeyIsSharedWithTheOtherAccount(t *testing.T) {
	t.Parallel()
	r := run(t, everything(), true)
	policy := statements(t, named(t, r, keyType, "main-vault").Inputs["policy"].StringValue())
	assert.Len(t, policy, 3)
	for _, statement := range policy[1:] {
		assert.Equal(t, map[string]any{"AWS": "arn:aws:iam::210987654321:root"}, statement["Principal"])
	}
	assert.NotContains(t, policy[1]["Action"], "kms:CreateGrant")
	assert.Equal(t, map[string]any{"Bool": map[string]any{"kms:GrantIsForAWSResource": "true"}}, policy[2]["Condition"])
	assert.Len(t, statements(t, named(t, r, keyType, "main-copy").Inputs["policy"].StringValue()), 1, "the copies' key stays here")
}

func TestAirGappedVault(t *testing.T) {
	t.Parallel()
	r := run(t, everything(), false)
	vault := named(t, r, airGappedType, "main-air-gapped")
	assert.Equal(t, 7.0, vault.Inputs["minRetentionDays"].NumberValue())
	assert.Equal(t, 3653.0, vault.Inputs["maxRetentionDays"].NumberValue())
	assert.Empty(t, run(t, Args{}, false).OfType(airGappedType))
}
