package backup

import (
	"reflect"
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
	bucketPolicyType  = "aws:s3/bucketPolicy:BucketPolicy"
)

// inRegion is a program's part that creates a backup, with a provider for a second region if copied.
func create(ctx *pulumi.Context, args *Args, copied bool) (*Backup, error) {
	if copied {
		var there pulumi.ProviderResourceState
		if err := ctx.RegisterResource("pulumi:providers:aws", "there", pulumi.Map{"region": pulumi.String("us-west-2")}, &there); err != nil {
			return nil, err
		}
		args.CopyProvider = &there
	}
	return New(ctx, "main", args)
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
			Notifications: spec.BackupNotifications{
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
	}
}

// Every output field is registered under the name in its tag, and has a value in every mode.
func TestOutputs(t *testing.T) {
	t.Parallel()
	bare := Args{Backup: spec.Backup{
		RestoreTests: spec.RestoreTests{Disabled: true}, Audit: spec.BackupAudit{Disabled: true},
		Notifications: spec.BackupNotifications{Disabled: true},
	}}
	for name, test := range map[string]struct {
		args   Args
		copied bool
	}{"bare": {bare, false}, "everything": {everything(), true}} {
		run(t, test.args, test.copied, func(b *Backup) {
			outputs := b.outputs()
			fields := reflect.ValueOf(b).Elem()
			tagged := 0
			for i := range fields.NumField() {
				tag := fields.Type().Field(i).Tag.Get("pulumi")
				if tag == "" {
					continue
				}
				tagged++
				require.Contains(t, outputs, tag, name)
				if _, plain := fields.Field(i).Interface().(pulumi.Output); plain {
					assert.False(t, fields.Field(i).IsZero(), "%s: %s has a value", name, tag)
					assert.True(t, fields.Field(i).Interface() == any(outputs[tag]), "%s: %s is the field of that name", name, tag)
				}
			}
			assert.Len(t, outputs, tagged)
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
