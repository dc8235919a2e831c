package database

import (
	"strconv"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/rds"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/holdfast-iac/holdfast/components/aws/internal/window"
)

// createCluster creates a Multi-AZ cluster: a server to write to and two standbys that can be read from, in three
// zones.
func (b *builder) createCluster() error {
	a := b.args
	mode, days := a.insights()
	iops, _ := a.striped()
	args := &rds.ClusterArgs{
		ClusterIdentifier:                  pulumi.String(b.identifier()),
		Engine:                             pulumi.String(engine),
		EngineVersion:                      pulumi.String(strconv.Itoa(a.Version)),
		DbClusterInstanceClass:             pulumi.String(a.Class),
		DatabaseName:                       pulumi.String(a.Name),
		MasterUsername:                     pulumi.String(a.AdminUser),
		DbClusterParameterGroupName:        b.parameters,
		DbSubnetGroupName:                  b.subnetGroup.Name,
		VpcSecurityGroupIds:                pulumi.StringArray{b.group.ID()},
		Port:                               pulumi.Int(Port),
		StorageType:                        pulumi.String("gp3"),
		AllocatedStorage:                   pulumi.Int(a.StorageGiB),
		Iops:                               iops,
		StorageEncrypted:                   pulumi.Bool(true),
		KmsKeyId:                           b.keyARN,
		IamDatabaseAuthenticationEnabled:   pulumi.Bool(true),
		CaCertificateIdentifier:            pulumi.String(authority),
		BackupRetentionPeriod:              pulumi.Int(a.BackupRetentionDays),
		PreferredBackupWindow:              pulumi.String(window.Daily(a.BackupWindow)),
		PreferredMaintenanceWindow:         pulumi.String(window.Weekly(a.MaintenanceWindow)),
		AllowMajorVersionUpgrade:           pulumi.Bool(a.MajorUpgradeAllowed),
		ApplyImmediately:                   pulumi.Bool(a.ApplyImmediately),
		CopyTagsToSnapshot:                 pulumi.Bool(true),
		DeletionProtection:                 pulumi.Bool(!a.DeletionAllowed),
		SkipFinalSnapshot:                  pulumi.Bool(a.FinalBackupSkipped),
		EnabledCloudwatchLogsExports:       pulumi.ToStringArray(exported),
		MonitoringInterval:                 pulumi.Int(a.MonitoringSeconds),
		MonitoringRoleArn:                  b.monitor.Arn,
		PerformanceInsightsEnabled:         pulumi.Bool(true),
		PerformanceInsightsKmsKeyId:        b.keyARN,
		PerformanceInsightsRetentionPeriod: days,
		DatabaseInsightsMode:               mode,
		Tags:                               b.TagInput("server"),
	}
	if !a.FinalBackupSkipped {
		args.FinalSnapshotIdentifier = b.finalSnapshot()
	}
	if a.MasterPassword == nil {
		args.ManageMasterUserPassword = pulumi.Bool(true)
		args.MasterUserSecretKmsKeyId = b.keyARN
	} else {
		args.MasterPassword = b.password()
	}
	cluster, err := rds.NewCluster(b.Ctx, b.Child("server"), args,
		b.Options(pulumi.DependsOn(b.before), pulumi.DeleteBeforeReplace(true))...)
	if err != nil {
		return err
	}
	b.server = cluster
	b.database.Identifier, b.database.ARN, b.database.ResourceID = cluster.ClusterIdentifier, cluster.Arn, cluster.ClusterResourceId
	b.database.Endpoint, b.database.ReaderEndpoint = cluster.Endpoint, cluster.ReaderEndpoint
	b.database.SecretARN = cluster.MasterUserSecrets.ApplyT(func(secrets []rds.ClusterMasterUserSecret) string {
		if len(secrets) == 0 {
			return "" // RDS has yet to make it
		}
		return deref(secrets[0].SecretArn)
	}).(pulumi.StringOutput)
	return nil
}
