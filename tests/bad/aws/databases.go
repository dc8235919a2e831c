package main

import (
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/neptune"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/rds"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
)

// databases plants faults of relational databases.
func databases(ctx *pulumi.Context, w world) {
	w.databases = must(rds.NewSubnetGroup(ctx, "main", &rds.SubnetGroupArgs{SubnetIds: ids(w.private)}))
	must(rds.NewSubnetGroup(ctx, "public-databases", &rds.SubnetGroupArgs{
		SubnetIds: ids(w.public), // want: aws-rds-no-public-subnet
	}))
	servers(ctx, w)
	clusters(ctx, w)
	must(neptune.NewCluster(ctx, "graph-clear", &neptune.ClusterArgs{
		StorageEncrypted:       no, // want: aws-neptune-cluster-encrypted
		NeptuneSubnetGroupName: must(neptune.NewSubnetGroup(ctx, "main", &neptune.SubnetGroupArgs{SubnetIds: ids(w.private)})).Name,
		VpcSecurityGroupIds:    pulumi.StringArray{w.inside.ID()}, BackupRetentionPeriod: pulumi.Int(14), CopyTagsToSnapshot: yes,
		DeletionProtection: yes, FinalSnapshotIdentifier: pulumi.String("graph-clear-final"), Tags: backedUp,
	}))
}

func servers(ctx *pulumi.Context, w world) {
	w.hear(ctx, "db-unwatched", must(rds.NewInstance(ctx, "db-unwatched", w.server("db-unwatched"))))  // want: aws-rds-alarm
	w.watchServer(ctx, "db-unheard", must(rds.NewInstance(ctx, "db-unheard", w.server("db-unheard")))) // want: aws-rds-event-subscription

	database := func(ctx *pulumi.Context, name string, change func(*rds.InstanceArgs)) *rds.Instance {
		made := must(rds.NewInstance(ctx, name, w.server(name, change)))
		w.watchServer(ctx, name, made)
		w.hear(ctx, name, made)
		return made
	}
	database(ctx, "db-short", func(d *rds.InstanceArgs) {
		d.BackupRetentionPeriod = pulumi.Int(1) // want: aws-rds-backups-kept
	})
	database(ctx, "db-deletable", func(d *rds.InstanceArgs) {
		d.DeletionProtection = no // want: aws-rds-deletion-protection
	})
	database(ctx, "db-traceless", func(d *rds.InstanceArgs) {
		d.FinalSnapshotIdentifier, d.SkipFinalSnapshot = nil, yes // want: aws-rds-final-snapshot
	})
	database(ctx, "db-unsaved", func(d *rds.InstanceArgs) {
		d.Tags = nil // want: aws-rds-in-backup-plan
	})
	database(ctx, "db-frozen", func(d *rds.InstanceArgs) {
		d.AutoMinorVersionUpgrade = no // want: aws-rds-minor-upgrades
	})
	database(ctx, "db-one-zone", func(d *rds.InstanceArgs) {
		d.MultiAz = no // want: aws-rds-multi-az
	})
	database(ctx, "db-public", func(d *rds.InstanceArgs) {
		d.PubliclyAccessible = yes // want: aws-rds-not-public
	})
	database(ctx, "db-open", func(d *rds.InstanceArgs) {
		d.VpcSecurityGroupIds = pulumi.StringArray{w.outside.ID()} // want: aws-rds-security-group-closed
	})
	database(ctx, "db-untagged", func(d *rds.InstanceArgs) {
		d.CopyTagsToSnapshot = no // want: aws-rds-snapshots-tagged
	})
	plain := database(ctx, "db-clear", func(d *rds.InstanceArgs) {
		d.StorageEncrypted, d.KmsKeyId = no, nil // want: aws-rds-storage-encrypted
	})
	must(rds.NewSnapshot(ctx, "db-given-away", &rds.SnapshotArgs{
		DbInstanceIdentifier: plain.Identifier, DbSnapshotIdentifier: pulumi.String("db-given-away"),
		SharedAccounts: list("all"), // want: aws-rds-snapshot-not-public
	}))
	database(ctx, "db-neglected", func(d *rds.InstanceArgs) {
		d.EngineVersion = pulumi.String("13.23") // want: aws-rds-version-supported
		d.StorageType = pulumi.String("gp2")     // want: aws-rds-storage-gp3
		d.EnabledCloudwatchLogsExports = nil     // want: aws-rds-logs
		d.PerformanceInsightsEnabled = no        // want: aws-rds-measured
		d.Tags = pulumi.StringMap{
			"backup":                backedUp["backup"],
			"objective-rpo-minutes": pulumi.String("1"), // want: aws-objectives-recovery-point
			"objective-rto-minutes": pulumi.String("1"), // want: aws-objectives-recovery-time
		}
	})
	must(rds.NewParameterGroup(ctx, "db-overheard", &rds.ParameterGroupArgs{
		Family: pulumi.String("postgres16"), Parameters: rds.ParameterGroupParameterArray{rds.ParameterGroupParameterArgs{
			Name: pulumi.String("rds.force_ssl"), Value: pulumi.String("0"), // want: aws-rds-tls-only
		}},
	}))
}

func clusters(ctx *pulumi.Context, w world) {
	alone := must(rds.NewCluster(ctx, "db-alone", &rds.ClusterArgs{ // want: aws-rds-cluster-standby
		Engine: pulumi.String("aurora-postgresql"), EngineVersion: pulumi.String("16.6"), DatabaseName: pulumi.String("shop"),
		MasterUsername: pulumi.String("shop"), ManageMasterUserPassword: yes, DbSubnetGroupName: w.databases.Name,
		VpcSecurityGroupIds: pulumi.StringArray{w.inside.ID()}, StorageEncrypted: yes, KmsKeyId: w.key.Arn,
		BackupRetentionPeriod: pulumi.Int(14), CopyTagsToSnapshot: yes, DeletionProtection: yes,
		FinalSnapshotIdentifier: pulumi.String("db-alone-final"), Tags: backedUp, EnabledCloudwatchLogsExports: list("postgresql"),
	}))
	must(rds.NewClusterInstance(ctx, "db-alone", &rds.ClusterInstanceArgs{
		ClusterIdentifier: alone.ID(), Engine: pulumi.String("aurora-postgresql"), InstanceClass: pulumi.String("db.t4g.medium"),
		PerformanceInsightsEnabled: yes,
	}))
	must(rds.NewEventSubscription(ctx, "db-alone", &rds.EventSubscriptionArgs{
		SnsTopic: w.onCall.Arn, SourceType: pulumi.String("db-cluster"), SourceIds: pulumi.StringArray{alone.ID()},
	}))
}

// server is a good database but for a change.
func (w *world) server(name string, changes ...func(*rds.InstanceArgs)) *rds.InstanceArgs {
	return with(&rds.InstanceArgs{
		Engine: pulumi.String("postgres"), EngineVersion: pulumi.String("16.8"), InstanceClass: pulumi.String("db.t4g.medium"),
		AllocatedStorage: pulumi.Int(50), StorageType: pulumi.String("gp3"), StorageEncrypted: yes, KmsKeyId: w.key.Arn,
		DbName: pulumi.String("shop"), Username: pulumi.String("shop"), ManageMasterUserPassword: yes, DbSubnetGroupName: w.databases.Name,
		VpcSecurityGroupIds: pulumi.StringArray{w.inside.ID()}, MultiAz: yes, BackupRetentionPeriod: pulumi.Int(14),
		CopyTagsToSnapshot: yes, FinalSnapshotIdentifier: pulumi.String(name + "-final"), DeletionProtection: yes, Tags: backedUp,
		EnabledCloudwatchLogsExports: list("postgresql"), PerformanceInsightsEnabled: yes,
	}, changes)
}

func (w *world) watchServer(ctx *pulumi.Context, name string, database *rds.Instance) {
	w.watch(ctx, name, "AWS/RDS", "CPUUtilization", "DBInstanceIdentifier", database.Identifier)
}

// hear tells those on call of what happens to a database.
func (w *world) hear(ctx *pulumi.Context, name string, database *rds.Instance) {
	must(rds.NewEventSubscription(ctx, name, &rds.EventSubscriptionArgs{
		SnsTopic: w.onCall.Arn, SourceType: pulumi.String("db-instance"), SourceIds: pulumi.StringArray{database.Identifier},
	}))
}
