package backup_test

import (
	"fmt"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/holdfast-iac/holdfast/components/aws/backup"
	"github.com/holdfast-iac/holdfast/components/componenttest"
	"github.com/holdfast-iac/holdfast/components/spec"
)

// With no arguments, whatever carries the tag is backed up every hour, day, week and month.
func ExampleNew() {
	err := pulumi.RunErr(func(ctx *pulumi.Context) error {
		b, err := backup.New(ctx, "main", nil)
		if err != nil {
			return err
		}
		fmt.Printf("%s=%s\n", b.SelectionTagKey, b.SelectionTagValue)
		fmt.Println("lose at most", b.RPO)
		return nil
	}, pulumi.WithMocks("shop", "dev", componenttest.ExampleAWS("eu-west-1")))
	if err != nil {
		panic(err)
	}
	// Output:
	// Backup=true
	// lose at most 2h0m0s
}

// Copies in a second region, daily ones for a year, and a plan for what needs to be restored to the second.
func ExampleNew_options() {
	err := pulumi.RunErr(func(ctx *pulumi.Context) error {
		elsewhere, err := aws.NewProvider(ctx, "elsewhere", &aws.ProviderArgs{Region: pulumi.String("eu-central-1")})
		if err != nil {
			return err
		}
		b, err := backup.New(ctx, "main", &backup.Args{
			Backup: spec.Backup{
				TimeZone: "Europe/Berlin",
				Rules: map[string]spec.BackupRule{
					"hourly": {CopyDisabled: true},
					"daily":  {RetentionDays: 365},
				},
				Plans: map[string]spec.BackupPlan{
					"ledger": {Rules: map[string]spec.BackupRule{"hourly": {PointInTime: true, RetentionDays: 35}}},
				},
				RTOMinutes: 60,
			},
			CopyProvider: elsewhere,
		})
		if err != nil {
			return err
		}
		fmt.Println("lose at most", b.RPO, "or, with the region,", b.CopyRPO)
		return nil
	}, pulumi.WithMocks("shop", "dev", componenttest.ExampleAWS("eu-west-1")))
	if err != nil {
		panic(err)
	}
	// Output: lose at most 3h0m0s or, with the region, 26h0m0s
}

// What is wrong is said before anything is created, all of it at once.
func ExampleArgs_Validate() {
	args := backup.Args{Backup: spec.Backup{
		Lock:  spec.BackupLock{MinRetentionDays: 30},
		Rules: map[string]spec.BackupRule{"monthly": {ColdAfterDays: 300}},
	}}
	fmt.Println(args.Validate())
	// Output:
	// rules.hourly.retentionDays: 7 is shorter than the lock allows, so that every job would fail; use at least lock.minRetentionDays, 30
	// rules.monthly.retentionDays: 365 is too short: backups stay in cold storage for 90 days, so use at least 390
	// rules.monthly.copyRetentionDays: 365 is too short: backups stay in cold storage for 90 days, so use at least 390
}
