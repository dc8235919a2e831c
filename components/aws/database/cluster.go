package database

import (
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/rds"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
)

// createCluster creates a Multi-AZ cluster: a server to write to and two standbys that can be read from, in three
// zones.
func (b *builder) createCluster() error {
	a, common, own := b.args, b.shared(), b.primary()
	iops, _ := a.striped()
	var ignored []string
	if iops == nil {
		// The API asks for operations, but takes none for gp3 that is too small to have a say in them, and gives it 3000; these
		// are to stay (terraform-provider-aws, internal/service/rds/cluster.go, has no computed value for them).
		ignored = []string{"iops"}
	}
	args := &rds.ClusterArgs{
		ClusterIdentifier:                  own.identifier,
		Engine:                             own.engine,
		EngineVersion:                      own.version,
		EngineLifecycleSupport:             own.lifecycle,
		DbClusterInstanceClass:             pulumi.String(a.Class),
		DatabaseName:                       own.database,
		MasterUsername:                     own.user,
		DbClusterParameterGroupName:        b.parameters,
		DbSubnetGroupName:                  own.subnets,
		VpcSecurityGroupIds:                common.groups,
		Port:                               common.port,
		StorageType:                        common.storageType,
		AllocatedStorage:                   own.storage,
		Iops:                               iops,
		StorageEncrypted:                   common.encrypted,
		KmsKeyId:                           own.key,
		IamDatabaseAuthenticationEnabled:   common.signInByIAM,
		CaCertificateIdentifier:            common.authority,
		BackupRetentionPeriod:              own.backupDays,
		PreferredBackupWindow:              own.backup,
		PreferredMaintenanceWindow:         own.maintenance,
		AllowMajorVersionUpgrade:           common.major,
		ApplyImmediately:                   common.now,
		CopyTagsToSnapshot:                 common.copyTags,
		DeletionProtection:                 own.protected,
		DeleteAutomatedBackups:             own.forgetBackups,
		SkipFinalSnapshot:                  own.skipSnapshot,
		FinalSnapshotIdentifier:            own.snapshot,
		ManageMasterUserPassword:           own.managed,
		MasterUserSecretKmsKeyId:           own.managedKey,
		MasterPassword:                     own.password,
		EnabledCloudwatchLogsExports:       common.logs,
		MonitoringInterval:                 common.interval,
		MonitoringRoleArn:                  common.monitor,
		PerformanceInsightsEnabled:         common.insights,
		PerformanceInsightsKmsKeyId:        common.insightsKey,
		PerformanceInsightsRetentionPeriod: common.days,
		DatabaseInsightsMode:               common.mode,
		Tags:                               b.TagInput("server"),
	}
	cluster, err := rds.NewCluster(b.Ctx, b.Child("server"), args,
		b.Options(pulumi.DependsOn(b.before), pulumi.DeleteBeforeReplace(true), pulumi.IgnoreChanges(ignored))...)
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
