package backup

import (
	"fmt"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/holdfast-iac/holdfast/components/componenttest"
	"github.com/holdfast-iac/holdfast/components/spec"
)

func TestBadArguments(t *testing.T) {
	t.Parallel()
	daily := func(r spec.BackupRule) spec.Backup {
		return spec.Backup{Rules: map[string]spec.BackupRule{"daily": r}}
	}
	arn := pulumi.String("arn:aws:backup:us-east-1:210987654321:backup-vault:elsewhere")
	tests := map[string]struct {
		args Args
		want string
	}{
		"more than once an hour": {Args{Backup: daily(spec.BackupRule{Schedule: "0,30 * * * *"})},
			`rules.daily.schedule: "0,30 * * * *" comes more than once an hour; AWS makes a backup every 60 minutes at the most`},
		"cold too soon": {Args{Backup: daily(spec.BackupRule{ColdAfterDays: 7, RetentionDays: 365})},
			`rules.daily.coldAfterDays: 7 is too soon for cold storage; use at least 30 days`},
		"cold for too short": {Args{Backup: daily(spec.BackupRule{ColdAfterDays: 30, RetentionDays: 119})},
			"rules.daily.retentionDays: 119 is too short: backups stay in cold storage for 90 days, so use at least 120\n" +
				`rules.daily.copyRetentionDays: 119 is too short: backups stay in cold storage for 90 days, so use at least 120`},
		"copies cold for too short": {Args{Backup: daily(spec.BackupRule{ColdAfterDays: 30, RetentionDays: 365, CopyRetentionDays: 90})},
			`rules.daily.copyRetentionDays: 90 is too short: backups stay in cold storage for 90 days, so use at least 120`},
		"copies gone before they are cold": {Args{Backup: daily(spec.BackupRule{ColdAfterDays: 100, RetentionDays: 365, CopyRetentionDays: 90})},
			`rules.daily.copyRetentionDays: 90 is too short: backups stay in cold storage for 90 days, so use at least 190`},
		"rules of another plan": {Args{Backup: spec.Backup{Plans: map[string]spec.BackupPlan{
			"gold": {Rules: map[string]spec.BackupRule{"hourly": {Schedule: "* * * * *"}}},
		}}},
			`plans.gold.rules.hourly.schedule: "* * * * *" comes more than once an hour; AWS makes a backup every 60 minutes at the most`},
		"tests more than once an hour": {Args{Backup: spec.Backup{RestoreTests: spec.RestoreTests{Schedule: "*/5 0 * * *"}}},
			`restoreTests.schedule: "*/5 0 * * *" comes more than once an hour; AWS tests restores every 60 minutes at the most`},
		"account":                               {Args{CopyAccountID: "12345", CopyAccountVaultARN: arn}, `copyAccountId: "12345" is not an account; use its 12 digits`},
		"account without a vault":               {Args{CopyAccountID: "123456789012"}, `copyAccountId: "123456789012" has no effect without copyAccountVaultArn; remove one of the two`},
		"air gap without consent":               {Args{AirGapped: true}, `airGapped: nobody can delete what is in such a vault before it expires; agree to it in lock.compliance`},
		"type that cannot be tested":            {Args{RestoreTestTypes: []string{"EBS", "VirtualMachine"}}, `restoreTestTypes[1]: "VirtualMachine" is not a type that restores can be tested of; use Aurora, DocumentDB, DynamoDB, EBS, EC2, EFS, FSx, Neptune, RDS or S3`},
		"type misspelt":                         {Args{RestoreTestTypes: []string{"DynamoDb"}}, `restoreTestTypes[0]: "DynamoDb" is not a type that restores can be tested of; did you mean DynamoDB? (use Aurora, DocumentDB, DynamoDB, EBS, EC2, EFS, FSx, Neptune, RDS or S3)`},
		"type listed twice":                     {Args{RestoreTestTypes: []string{"EBS", "EBS"}}, `restoreTestTypes[1]: "EBS" is listed twice; list each type once`},
		"types without tests":                   {Args{Backup: spec.Backup{RestoreTests: spec.RestoreTests{Disabled: true}}, RestoreTestTypes: []string{"EBS"}}, `restoreTestTypes: ["EBS"] have no effect while restore tests are disabled; remove one of the two`},
		"metadata of no type":                   {Args{RestoreTestMetadata: map[string]pulumi.StringMapInput{"EKS": pulumi.StringMap{}}}, `restoreTestTypes[3]: "EKS" is not a type that restores can be tested of; did you mean EBS? (use Aurora, DocumentDB, DynamoDB, EBS, EC2, EFS, FSx, Neptune, RDS or S3)`},
		"lock too short for an air gap":         {Args{AirGapped: true, Backup: spec.Backup{Lock: spec.BackupLock{Compliance: spec.ComplianceConsent, MinRetentionDays: 3}}}, `lock.minRetentionDays: 3 is too short for an air-gapped vault; use at least 7 days`},
		"metadata of a type that is not tested": {Args{RestoreTestTypes: []string{"EBS"}, RestoreTestMetadata: map[string]pulumi.StringMapInput{"RDS": pulumi.StringMap{}}}, `restoreTestMetadata.RDS: no restore of that type is tested; add it to restoreTestTypes`},
		"too many resources":                    {Args{ResourceARNs: resources(100)}, `resourceArns: 100 are more than a plan has room for; use at most 99, or tags`},
		"resource without a value":              {Args{ResourceARNs: map[string]pulumi.StringInput{"disk": nil}}, `resourceArns.disk: has no value; give it one, or leave it out`},
		"administrator with no name":            {Args{AdministratorARNs: map[string]pulumi.StringInput{"": arn}}, `administratorArns.: is not a name; use up to 40 lower-case letters, digits and hyphens between them`},
		"instance role with a bad name":         {Args{InstanceRoleARNs: map[string]pulumi.StringInput{"Web!": arn}}, `instanceRoleArns.Web!: is not a name; use up to 40 lower-case letters, digits and hyphens between them`},
		"reserved tag":                          {Args{Backup: spec.Backup{Tags: map[string]string{"aws:x": "v"}}}, `tags.aws:x: "aws:x" is reserved; use a key that does not start with aws:`},
		"neutral and AWS problems at once": {Args{Backup: spec.Backup{TimeZone: "x"}, AirGapped: true},
			"timeZone: \"x\" is not a time zone; use for example Europe/Berlin\n" +
				`airGapped: nobody can delete what is in such a vault before it expires; agree to it in lock.compliance`},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			require.EqualError(t, test.args.Validate(), test.want)
			r, err := componenttest.Run(componenttest.SimulatedAWS(t, "us-east-1"), func(ctx *pulumi.Context) error {
				_, err := New(ctx, "main", &test.args)
				assert.EqualError(t, err, "backup \"main\" is not valid:\n"+test.want)
				return err
			})
			require.Error(t, err)
			assert.Empty(t, r.Resources, "nothing is registered")
		})
	}
}

func resources(n int) map[string]pulumi.StringInput {
	arns := map[string]pulumi.StringInput{}
	for i := range n {
		arns[fmt.Sprint("disk-", i)] = pulumi.Sprintf("arn:aws:ec2:us-east-1:123456789012:volume/vol-%d", i)
	}
	return arns
}

func TestGoodArguments(t *testing.T) {
	t.Parallel()
	for name, args := range map[string]Args{
		"nothing":       {},
		"everything":    everything(),
		"all resources": {ResourceARNs: resources(99)},
		"cold": {Backup: spec.Backup{Rules: map[string]spec.BackupRule{
			"monthly": {ColdAfterDays: 30, RetentionDays: 120}, "weekly": {ColdAfterDays: 30, RetentionDays: 365, CopyDisabled: true},
		}}},
		"a consent is enough": {AirGapped: true, Backup: spec.Backup{Lock: spec.BackupLock{Compliance: spec.ComplianceConsent}}},
		"every type":          {RestoreTestTypes: restoreTypes},
	} {
		assert.NoError(t, args.Validate(), name)
	}
}

// Whichever child cannot be registered, New says so and stops.
func TestEveryChildCanFail(t *testing.T) {
	t.Parallel()
	cloud := func(t require.TestingT) pulumi.MockResourceMonitor { return componenttest.SimulatedAWS(t, "us-east-1") }
	componenttest.EveryChildCanFail(t, "backup", Token, cloud, func(ctx *pulumi.Context, opts ...pulumi.ResourceOption) error {
		args := everything()
		_, err := create(ctx, &args, true, opts...)
		return err
	})
}

// Without an account or the region of the copy, New says what it looked for.
func TestLookUpsCanFail(t *testing.T) {
	t.Parallel()
	_, err := componenttest.Run(componenttest.Echo{}, func(ctx *pulumi.Context) error {
		_, err := New(ctx, "main", nil)
		return err
	})
	require.ErrorContains(t, err, `backup "main": looking up the account: `)
	_, err = componenttest.Run(componenttest.SimulatedAWS(t, "us-east-1"), func(ctx *pulumi.Context) error {
		_, err := New(ctx, "", nil)
		return err
	})
	require.ErrorContains(t, err, "name")
}
