package aws

import (
	"github.com/holdfast-iac/holdfast/simulator"
)

// Sources: terraform-provider-aws, internal/service/backup/{vault,vault_lock_configuration,vault_notifications,
// vault_policy,logically_air_gapped_vault}.go; the AWS Backup API's CreateBackupVault, DeleteBackupVault and
// PutBackupVaultLockConfiguration. No job ever runs here, so that vaults hold no recovery points.

var vaultKind = &simulator.Kind{
	Noun:     "Backup Vault",
	ID:       func(c *simulator.Call) string { return c.Text("name") },
	ARN:      "arn:{partition}:backup:{region}:{account}:backup-vault:{id}",
	NotFound: "ResourceNotFoundException: Backup Vault %s does not exist",
}

// What belongs to one vault has its name as id.
var (
	vaultLockKind          = ofVault("Backup Vault Lock Configuration")
	vaultPolicyKind        = ofVault("Backup Vault Policy")
	vaultNotificationsKind = ofVault("Backup Vault Notifications")
)

func ofVault(noun string) *simulator.Kind {
	return &simulator.Kind{Noun: noun, ID: func(c *simulator.Call) string { return c.Text("backupVaultName") }}
}

const (
	backupLimits = "https://docs.aws.amazon.com/aws-backup/latest/devguide/aws-backup-limits.html"
	vaultLockAPI = "https://docs.aws.amazon.com/aws-backup/latest/devguide/API_PutBackupVaultLockConfiguration.html"
)

var vaultName = simulator.Coded("InvalidParameterValueException",
	simulator.Matches(`^[a-zA-Z0-9_-]{2,50}$`, "2 to 50 letters, digits and _ - are"))

// vaultUnique and vaultQuota hold for vaults of both types together.
var (
	vaultUnique = simulator.Unique{
		Origin: simulator.Origin{ID: "aws-backup-vault-name",
			Source: "https://docs.aws.amazon.com/aws-backup/latest/devguide/API_CreateBackupVault.html"},
		Space: "backup vault", Properties: []string{"name"},
		Error: "AlreadyExistsException: Backup vault with the same name already exists: %s",
	}
	vaultQuota = simulator.Quota{
		Code: "aws-backup-vaults", Source: backupLimits, Limit: 300,
		Error: "LimitExceededException: the account has its quota of %d backup vaults in this Region",
	}
)

// inVault refers to the vault that something belongs to.
var inVault = simulator.Reference{Property: "backupVaultName", To: kinds(vaultKind), OnDelete: simulator.Follow}

func setVaultARN(c *simulator.Call) {
	if vault := c.Find(vaultKind, c.ID); vault != nil {
		c.Set("backupVaultArn", vault.ARN)
	}
}

func backupVaultTypes() []*simulator.Type {
	return []*simulator.Type{
		{
			Token:      "aws:backup/vault:Vault",
			Kind:       vaultKind,
			Defaults:   map[string]any{"forceDestroy": false},
			AutoName:   &simulator.AutoName{Property: "name", MaxLength: 50, Separator: "-"},
			Immutable:  []string{"kmsKeyArn", "name"},
			Rules:      map[string]simulator.Rule{"kmsKeyArn": validARN, "name": vaultName},
			References: []simulator.Reference{toKey("kmsKeyArn", simulator.ByARN, simulator.Ignore)},
			Unique:     []simulator.Unique{vaultUnique},
			Quotas:     []simulator.Quota{vaultQuota},
			API:        []string{"backup:CreateBackupVault"},
			Parameters: map[string]string{"kmsKeyArn": "EncryptionKeyArn", "name": "BackupVaultName", "tags": "BackupVaultTags"},
			Compute: func(c *simulator.Call) {
				c.SetNew("kmsKeyArn", "arn:"+c.Partition+":kms:"+c.Region+":"+c.Account+":key/"+managedKey(c, "alias/aws/backup"))
				c.Set("recoveryPoints", 0)
			},
		},
		{
			Token:     "aws:backup/logicallyAirGappedVault:LogicallyAirGappedVault",
			Kind:      vaultKind,
			AutoName:  &simulator.AutoName{Property: "name", MaxLength: 50, Separator: "-"},
			Immutable: []string{"maxRetentionDays", "minRetentionDays", "name"},
			Rules: map[string]simulator.Rule{
				"name": vaultName, "maxRetentionDays": simulator.Between(1, 36500), "minRetentionDays": simulator.Between(7, 36500),
			},
			Unique:      []simulator.Unique{vaultUnique},
			Quotas:      []simulator.Quota{vaultQuota},
			Constraints: []simulator.Constraint{retentionOrder},
			API:         []string{"backup:CreateLogicallyAirGappedBackupVault"},
			Parameters:  map[string]string{"name": "BackupVaultName", "tags": "BackupVaultTags"},
		},
		{
			Token:     "aws:backup/vaultLockConfiguration:VaultLockConfiguration",
			Kind:      vaultLockKind,
			Immutable: []string{"backupVaultName", "changeableForDays", "maxRetentionDays", "minRetentionDays"},
			Rules: map[string]simulator.Rule{
				"maxRetentionDays": simulator.Between(1, 36500), "minRetentionDays": simulator.Between(1, 36500),
			},
			References:  []simulator.Reference{inVault},
			Constraints: []simulator.Constraint{retentionOrder, lockCoolingOff},
			API:         []string{"backup:PutBackupVaultLockConfiguration"},
			Compute:     setVaultARN,
		},
		{
			Token:      "aws:backup/vaultPolicy:VaultPolicy",
			Kind:       vaultPolicyKind,
			Immutable:  []string{"backupVaultName"},
			Normalize:  normalize("policy"),
			Rules:      map[string]simulator.Rule{"policy": policyJSON},
			References: []simulator.Reference{inVault},
			API:        []string{"backup:PutBackupVaultAccessPolicy"},
			Compute:    setVaultARN,
		},
		{
			Token:      "aws:backup/vaultNotifications:VaultNotifications",
			Kind:       vaultNotificationsKind,
			Immutable:  []string{"backupVaultEvents", "backupVaultName", "snsTopicArn"},
			Sets:       []string{"backupVaultEvents"},
			Rules:      map[string]simulator.Rule{"snsTopicArn": validARN},
			References: []simulator.Reference{inVault},
			API:        []string{"backup:PutBackupVaultNotifications"},
			Parameters: map[string]string{"backupVaultEvents": ""}, // the model is older than some
			Compute:    setVaultARN,
		},
	}
}

// retentionOrder: a vault that keeps nothing shorter than it keeps at most keeps nothing.
var retentionOrder = simulator.Constraint{
	Origin: simulator.Origin{ID: "aws-backup-lock-retention-order", Source: vaultLockAPI},
	Stage:  simulator.AtCheck,
	Error:  "InvalidParameterValueException: MinRetentionDays %v is greater than MaxRetentionDays %v",
	Find: func(c *simulator.Call, broken func(path string, args ...any)) {
		low, hasLow := c.Number("minRetentionDays")
		high, hasHigh := c.Number("maxRetentionDays")
		if hasLow && hasHigh && low > high {
			broken("minRetentionDays", low, high)
		}
	},
}

var lockCoolingOff = simulator.Constraint{
	Origin: simulator.Origin{ID: "aws-backup-lock-cooling-off", Source: vaultLockAPI},
	Stage:  simulator.AtCheck,
	Error:  "InvalidParameterValueException: ChangeableForDays must be 3 or greater, got %v",
	Find: func(c *simulator.Call, broken func(path string, args ...any)) {
		if days, given := c.Number("changeableForDays"); given && days < 3 {
			broken("changeableForDays", days)
		}
	},
}
