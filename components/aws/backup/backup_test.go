package backup

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/holdfast-iac/holdfast/components/componenttest"
	"github.com/holdfast-iac/holdfast/components/spec"
)

// The types of the children that tests look for.
const (
	vaultType         = "aws:backup/vault:Vault"
	lockType          = "aws:backup/vaultLockConfiguration:VaultLockConfiguration"
	vaultPolicyType   = "aws:backup/vaultPolicy:VaultPolicy"
	airGappedType     = "aws:backup/logicallyAirGappedVault:LogicallyAirGappedVault"
	planType          = "aws:backup/plan:Plan"
	selectionType     = "aws:backup/selection:Selection"
	testPlanType      = "aws:backup/restoreTestingPlan:RestoreTestingPlan"
	testType          = "aws:backup/restoreTestingSelection:RestoreTestingSelection"
	frameworkType     = "aws:backup/framework:Framework"
	reportType        = "aws:backup/reportPlan:ReportPlan"
	regionType        = "aws:backup/regionSettings:RegionSettings"
	notificationsType = "aws:backup/vaultNotifications:VaultNotifications"
	keyType           = "aws:kms/key:Key"
	topicType         = "aws:sns/topic:Topic"
	topicPolicyType   = "aws:sns/topicPolicy:TopicPolicy"
	subscriptionType  = "aws:sns/topicSubscription:TopicSubscription"
	eventRuleType     = "aws:cloudwatch/eventRule:EventRule"
	eventTargetType   = "aws:cloudwatch/eventTarget:EventTarget"
	roleType          = "aws:iam/role:Role"
	rolePolicyType    = "aws:iam/rolePolicy:RolePolicy"
	attachmentType    = "aws:iam/rolePolicyAttachment:RolePolicyAttachment"
	aliasType         = "aws:kms/alias:Alias"
	bucketPolicyType  = "aws:s3/bucketPolicy:BucketPolicy"
)

func TestConformance(t *testing.T) {
	t.Parallel()
	componenttest.Backup(t, componenttest.BackupDriver{
		Driver: componenttest.AWS("backup", Token,
			func(ctx *pulumi.Context, name string, s spec.Backup, opts ...pulumi.ResourceOption) error {
				_, err := New(ctx, name, &Args{Backup: s}, opts...)
				return err
			},
			lockType, vaultPolicyType, notificationsType, selectionType, testType, rolePolicyType, attachmentType, aliasType,
			topicPolicyType, subscriptionType, eventTargetType, bucketPolicyType, "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock",
			"aws:s3/bucketOwnershipControls:BucketOwnershipControls", "aws:s3/bucketVersioningV2:BucketVersioningV2",
			"aws:s3/bucketLifecycleConfigurationV2:BucketLifecycleConfigurationV2",
			"aws:s3/bucketServerSideEncryptionConfigurationV2:BucketServerSideEncryptionConfigurationV2"),
		VaultType: vaultType, RestoreTestType: testPlanType, AuditType: frameworkType, NotificationType: topicType,
		Rules: rulesSeen, Lock: lockSeen, Selected: selected, Erasable: forced,
		Spanning:  []string{planType + ".rules"},
		Protected: assertProtected,
	})
}

// rulesSeen returns the rules of all plans; a plan is named for its child.
func rulesSeen(r componenttest.Recording) map[string]componenttest.BackupRuleSeen {
	seen := map[string]componenttest.BackupRuleSeen{}
	for _, plan := range r.OfType(planType) {
		for _, rule := range plan.Inputs["rules"].ArrayValue() {
			props := rule.ObjectValue()
			name := strings.TrimPrefix(plan.Name, "main-plan-") + "/" + props["ruleName"].StringValue()
			seen[name] = componenttest.BackupRuleSeen{
				RetentionDays: int(props["lifecycle"].ObjectValue()["deleteAfter"].NumberValue()),
				PointInTime:   props["enableContinuousBackup"].BoolValue(),
			}
		}
	}
	return seen
}

func lockSeen(r componenttest.Recording) *componenttest.BackupLockSeen {
	locks := r.OfType(lockType)
	if len(locks) < len(r.OfType(vaultType)) {
		return nil
	}
	inputs := locks[0].Inputs
	seen := &componenttest.BackupLockSeen{
		MinRetentionDays: int(inputs["minRetentionDays"].NumberValue()), MaxRetentionDays: int(inputs["maxRetentionDays"].NumberValue()),
	}
	if days := inputs["changeableForDays"]; days.IsNumber() {
		seen.CoolingOffDays = int(days.NumberValue())
	}
	return seen
}

func selected(r componenttest.Recording) []string {
	var values []string
	for _, selection := range r.OfType(selectionType) {
		for _, tag := range selection.Inputs["selectionTags"].ArrayValue() {
			values = append(values, tag.ObjectValue()["value"].StringValue())
		}
	}
	return values
}

func forced(r componenttest.Recording) bool {
	return r.OfType(vaultType)[0].Inputs["forceDestroy"].BoolValue()
}

// assertProtected holds that every vault has a key that rotates and a policy that lets nobody delete backups.
func assertProtected(t require.TestingT, r componenttest.Recording) {
	for _, vault := range r.OfType(vaultType) {
		key, ok := r.Named(keyType, vault.Name)
		require.True(t, ok, "%s has a key of its own", vault.URN)
		assert.True(t, key.Inputs["enableKeyRotation"].BoolValue(), "%s", key.URN)
		assert.Contains(t, vault.Inputs["kmsKeyArn"].StringValue(), ":key/", "%s is encrypted with it", vault.URN)
		policy, ok := r.Named(vaultPolicyType, vault.Name)
		require.True(t, ok, "%s has a policy", vault.URN)
		first := statements(t, policy.Inputs["policy"].StringValue())[0]
		assert.Equal(t, "Deny", first["Effect"])
		assert.Equal(t, "*", first["Principal"])
		assert.Equal(t, []any{"*"}, first["Resource"])
		assert.Nil(t, first["Condition"], "without an exception")
		assert.Contains(t, first["Action"], "backup:DeleteRecoveryPoint")
		assert.Contains(t, first["Action"], "backup:UpdateRecoveryPointLifecycle")
	}
}

// statements returns the statements of a policy document.
func statements(t require.TestingT, document string) []map[string]any {
	var policy struct{ Statement []map[string]any }
	require.NoError(t, json.Unmarshal([]byte(document), &policy), document)
	require.NotEmpty(t, policy.Statement)
	return policy.Statement
}

// create is a program's part that creates a backup, with a provider for a second region if copied.
func create(ctx *pulumi.Context, args *Args, copied bool, opts ...pulumi.ResourceOption) (*Backup, error) {
	if copied {
		var there pulumi.ProviderResourceState
		if err := ctx.RegisterResource("pulumi:providers:aws", "there", pulumi.Map{"region": pulumi.String("us-west-2")}, &there); err != nil {
			return nil, err
		}
		args.CopyProvider = &there
	}
	return New(ctx, "main", args, opts...)
}

// run creates a backup in the simulated AWS and returns what it registered.
func run(t *testing.T, args Args, copied bool, check ...func(*Backup)) componenttest.Recording {
	t.Helper()
	r, err := componenttest.Run(componenttest.SimulatedAWS(t, "us-east-1"), func(ctx *pulumi.Context) error {
		b, err := create(ctx, &args, copied)
		if err == nil {
			for _, c := range check {
				c(b)
			}
		}
		return err
	})
	require.NoError(t, err)
	return r
}

func named(t *testing.T, r componenttest.Recording, token, name string) componenttest.Resource {
	t.Helper()
	res, ok := r.Named(token, name)
	require.True(t, ok, "%s %s in %v", token, name, r.URNs())
	return res
}

// everything are arguments that make every kind of child.
func everything() Args {
	return Args{
		Backup: spec.Backup{
			Plans: map[string]spec.BackupPlan{"gold": {Rules: map[string]spec.BackupRule{"hourly": {PointInTime: true}}}},
			Lock:  spec.BackupLock{Compliance: spec.ComplianceConsent},
			Notifications: spec.Notifications{
				Emails: map[string]string{"ops": "ops@example.com"},
			},
		},
		CopyAccountVaultARN: pulumi.String("arn:aws:backup:us-east-1:210987654321:backup-vault:elsewhere"),
		CopyAccountID:       "210987654321",
		OrganizationID:      pulumi.String("o-a1b2c3d4e5"),
		AdministratorARNs:   map[string]pulumi.StringInput{"ci": pulumi.String("arn:aws:iam::123456789012:role/ci")},
		ResourceARNs:        map[string]pulumi.StringInput{"disk": pulumi.String("arn:aws:ec2:us-east-1:123456789012:volume/vol-1")},
		InstanceRoleARNs:    map[string]pulumi.StringInput{"web": pulumi.String("arn:aws:iam::123456789012:role/web")},
		RegionOptIn:         map[string]bool{"EBS": true, "RDS": true},
		AirGapped:           true,
		RestoreTestTypes:    []string{"EBS", "RDS"},
		RestoreTestMetadata: map[string]pulumi.StringMapInput{"RDS": pulumi.StringMap{"dbSubnetGroupName": pulumi.String("data")}},
	}
}

// Every output field is registered under the name in its tag, and has a value in every mode.
func TestOutputs(t *testing.T) {
	t.Parallel()
	bare := Args{Backup: spec.Backup{
		RestoreTests: spec.RestoreTests{Disabled: true}, Audit: spec.BackupAudit{Disabled: true},
		Notifications: spec.Notifications{Disabled: true},
	}}
	for name, test := range map[string]struct {
		args   Args
		copied bool
	}{"bare": {bare, false}, "everything": {everything(), true}} {
		run(t, test.args, test.copied, func(b *Backup) {
			outputs := b.outputs()
			componenttest.Outputs(t, b, outputs)
			assert.Equal(t, "Backup", b.SelectionTagKey)
			assert.Equal(t, "true", b.SelectionTagValue)
			assert.Equal(t, 2*time.Hour, b.RPO)
			assert.Equal(t, 4*time.Hour, b.RTO)
			assert.Equal(t, pulumi.Int(120), outputs["rpoMinutes"])
			pulumi.All(b.VaultName, b.CopyVaultARN, b.PlanIDs, b.TopicARN, b.ReportBucketName, b.AirGappedVaultARN).ApplyT(func(v []any) int {
				assert.Equal(t, "holdfast-test-main-vault", v[0], name)
				if name == "bare" {
					assert.Equal(t, []any{"", "", "", ""}, []any{v[1], v[3], v[4], v[5]})
					assert.Len(t, v[2], 1)
					assert.Zero(t, b.CopyRPO)
					return 0
				}
				assert.Equal(t, "arn:aws:backup:us-west-2:123456789012:backup-vault:holdfast-test-main-copy", v[1])
				assert.Len(t, v[2], 2)
				assert.Contains(t, v[2], "gold")
				assert.Contains(t, v[3], "arn:aws:sns:us-east-1:")
				assert.Equal(t, "holdfast-test-main-reports-123456789012", v[4])
				assert.Contains(t, v[5], "backup-vault:holdfast-test-main-air-gapped")
				assert.Equal(t, 2*time.Hour, b.CopyRPO)
				return 0
			})
		})
	}
}
