// Package backup builds backups with AWS Backup: a locked vault with a key of its own, plans that fill it, a second vault
// in another region that backups are copied to, weekly tests that what was backed up can be restored, an audit of it all,
// and a topic that tells of what failed.
//
// With no arguments it backs up, every hour, day, week and month, whatever in the region carries the tag Backup=true.
// Adding a rule, a plan, a resource or a copy replaces nothing: every child is named by what it is.
//
// # Destroying a vault
//
// AWS refuses to delete a vault with backups in it. So does `pulumi destroy`, unless Erasable was set, and deployed,
// before; it then deletes every backup, which can take a second run (terraform-provider-aws, issue 37774). A lock refuses even that while backups are younger than Lock.MinRetentionDays, and
// a lock with Lock.Compliance until they have expired: let them expire, then destroy. The vault's policy goes before the
// vault does, so that it is not in the way.
//
// A lock with Lock.Compliance cannot be changed either once its days of cooling off are over: a change of its bounds is
// then refused, and the vault keeps the lock that it has.
package backup

import (
	"fmt"
	"time"

	awsbackup "github.com/pulumi/pulumi-aws/sdk/v6/go/aws/backup"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/holdfast-iac/holdfast/components/aws/internal/family"
	"github.com/holdfast-iac/holdfast/components/aws/internal/role"
	"github.com/holdfast-iac/holdfast/components/spec"
)

// Token is the type of the component in a stack's state.
const Token = "holdfast:aws:Backup"

// Backup is a vault with the plans that fill it.
type Backup struct {
	pulumi.ResourceState

	// VaultName is the name of the vault.
	VaultName pulumi.StringOutput `pulumi:"vaultName"`
	// VaultARN is the ARN of the vault.
	VaultARN pulumi.StringOutput `pulumi:"vaultArn"`
	// CopyVaultARN is the vault in the second region; empty without one.
	CopyVaultARN pulumi.StringOutput `pulumi:"copyVaultArn"`
	// AirGappedVaultARN is the logically air-gapped vault; empty without one.
	AirGappedVaultARN pulumi.StringOutput `pulumi:"airGappedVaultArn"`
	// KeyARN is the key that encrypts the vault.
	KeyARN pulumi.StringOutput `pulumi:"keyArn"`
	// PlanIDs are the backup plans by name; the main plan's is spec.MainPlan.
	PlanIDs pulumi.StringMapOutput `pulumi:"planIds"`
	// RoleARN is the role that makes backups.
	RoleARN pulumi.StringOutput `pulumi:"roleArn"`
	// RestoreRoleARN is the role to restore with.
	RestoreRoleARN pulumi.StringOutput `pulumi:"restoreRoleArn"`
	// TopicARN is the topic that tells of failures; empty when notifications are off.
	TopicARN pulumi.StringOutput `pulumi:"topicArn"`
	// ReportBucketName is the bucket that reports are in; empty when the audit is off.
	ReportBucketName pulumi.StringOutput `pulumi:"reportBucketName"`
	// SelectionTagKey is the key of the tag that a resource carries to be backed up by the main plan. Plain.
	SelectionTagKey string `pulumi:"selectionTagKey"`
	// SelectionTagValue is the value of that tag. Plain.
	SelectionTagValue string `pulumi:"selectionTagValue"`
	// RPO is how much work a disaster can cost at the most, by the main plan: see spec.Backup.RPO. Plain; an output in
	// minutes.
	RPO time.Duration `pulumi:"rpoMinutes"`
	// CopyRPO is the same when the region is lost, without the time that copying takes; 0 without a copy. Plain; an output
	// in minutes.
	CopyRPO time.Duration `pulumi:"copyRpoMinutes"`
	// RTO is how long a restore may take, as declared: see spec.Backup.RTOMinutes. Plain; an output in minutes.
	RTO time.Duration `pulumi:"rtoMinutes"`
}

// New creates a backup. A nil args means the defaults. It fails before it registers anything if args are not valid, with
// every problem in one error.
func New(ctx *pulumi.Context, name string, args *Args, opts ...pulumi.ResourceOption) (*Backup, error) {
	if args == nil {
		args = &Args{}
	}
	if err := args.Validate(); err != nil {
		return nil, fmt.Errorf("backup %q is not valid:\n%w", name, err)
	}
	component := &Backup{}
	if err := ctx.RegisterComponentResource(Token, name, component, opts...); err != nil {
		return nil, err
	}
	b := &builder{
		Family: family.Family{Ctx: ctx, Parent: component, Name: name, Tags: args.Tags},
		args:   args.withDefaults(), backup: component,
	}
	if err := b.build(); err != nil {
		return nil, fmt.Errorf("backup %q: %w", name, err)
	}
	return component, ctx.RegisterResourceOutputs(component, component.outputs())
}

// outputs maps the fields of the backup to the names in their tags.
func (k *Backup) outputs() pulumi.Map {
	return pulumi.Map{
		"vaultName":         k.VaultName,
		"vaultArn":          k.VaultARN,
		"copyVaultArn":      k.CopyVaultARN,
		"airGappedVaultArn": k.AirGappedVaultARN,
		"keyArn":            k.KeyARN,
		"planIds":           k.PlanIDs,
		"roleArn":           k.RoleARN,
		"restoreRoleArn":    k.RestoreRoleARN,
		"topicArn":          k.TopicARN,
		"reportBucketName":  k.ReportBucketName,
		"selectionTagKey":   pulumi.String(k.SelectionTagKey),
		"selectionTagValue": pulumi.String(k.SelectionTagValue),
		"rpoMinutes":        pulumi.Int(int(k.RPO.Minutes())),
		"copyRpoMinutes":    pulumi.Int(int(k.CopyRPO.Minutes())),
		"rtoMinutes":        pulumi.Int(int(k.RTO.Minutes())),
	}
}

// builder creates the children of one backup. Each of its steps is one file of this package; a step reads what the steps
// before it have set.
type builder struct {
	family.Family
	args    Args // with defaults
	backup  *Backup
	account family.Account

	vault       *awsbackup.Vault
	ready       []pulumi.Resource  // what must exist before a job runs: locks, policies, settings
	copies      pulumi.StringArray // the vaults that backups are copied to
	role        *role.Role         // makes backups
	restoreRole *role.Role         // restores them
}

func (b *builder) build() error {
	b.backup.SelectionTagKey, b.backup.SelectionTagValue = spec.BackupTagKey, spec.BackupTagValue
	b.backup.RPO, b.backup.RTO = b.args.Backup.RPO(spec.MainPlan), b.args.Backup.RTO()
	for _, step := range []func() error{
		b.findAccount, b.createVaults, b.createRoles, b.setRegion, b.createPlans,
		b.createRestoreTests, b.createNotifications, b.createAudit,
	} {
		if err := step(); err != nil {
			return err
		}
	}
	if len(b.copies) > 0 {
		b.backup.CopyRPO = b.args.Backup.CopyRPO(spec.MainPlan)
	}
	return nil
}

func (b *builder) findAccount() (err error) {
	b.account, err = b.Family.Account()
	return err
}

// none is the output that stands for what was not created.
func none() pulumi.StringOutput { return pulumi.String("").ToStringOutput() }
