package database

import (
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/rds"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/holdfast-iac/holdfast/components/aws/internal/logs"
	"github.com/holdfast-iac/holdfast/components/aws/internal/window"
)

// createRegion keeps what is needed to go on in another region: a running copy, or backups.
func (b *builder) createRegion() error {
	if b.args.ReplicaProvider == nil {
		return nil
	}
	there := b.Family
	there.Provider = b.args.ReplicaProvider
	account, err := there.Account()
	if err != nil {
		return err
	}
	running := b.args.Replica.VpcID != nil
	keyARN, own, err := createKey(there, account, "dr-key", b.args.Replica.KeyARN, running && b.args.ownTopic(b.args.Replica.TopicARN))
	if err != nil {
		return err
	}
	away := &builder{
		Family: there, args: b.args, database: b.database, account: account, keyARN: keyARN, ownKeyARN: own,
		monitor: b.monitor, before: b.monitor.Ready, instance: b.instance,
	}
	if running {
		return away.createCopy()
	}
	return away.createBackups()
}

// createBackups has the automated backups copied as they are made.
func (b *builder) createBackups() error {
	backups, err := rds.NewInstanceAutomatedBackupsReplication(b.Ctx, b.Child("dr"), &rds.InstanceAutomatedBackupsReplicationArgs{
		SourceDbInstanceArn: b.instance.Arn,
		KmsKeyId:            b.keyARN,
		RetentionPeriod:     pulumi.Int(b.args.BackupRetentionDays),
	}, b.Options()...)
	if err != nil {
		return err
	}
	b.database.ReplicaARN = backups.ID().ToStringOutput()
	return nil
}

// createCopy creates a running copy, ready to be promoted: with a standby, backups and protection of its own.
func (b *builder) createCopy() (err error) {
	r, part := b.args.Replica, "dr"
	b.subnetGroup, b.group, err = createPlace(b.Family, part, place{r.VpcID, r.SubnetIDs, r.ClientSecurityGroupIDs})
	if err != nil {
		return err
	}
	away := b.Family
	away.Name += "-dr"
	if b.parameters, err = createParameters(away, b.args, false); err != nil {
		return err
	}
	if b.logsKeyARN, err = logs.Key(b.Family, b.account, "dr-logs-key", b.ownKeyARN); err != nil {
		return err
	}
	groups, _, err := createLogs(b.Family, "dr", "instance", b.identifier(part), b.args.LogRetentionDays, b.logsKeyARN)
	if err != nil {
		return err
	}
	args := b.instanceArgs(part, r.Class)
	args.Identifier = pulumi.String(b.identifier(part))
	args.ReplicateSourceDb = b.instance.Arn
	args.KmsKeyId = b.keyARN
	args.DbSubnetGroupName = b.subnetGroup.Name
	args.MultiAz = pulumi.Bool(!r.StandbyNone)
	args.BackupRetentionPeriod = pulumi.Int(b.args.BackupRetentionDays)
	args.BackupWindow = pulumi.String(window.Daily(b.args.BackupWindow))
	args.MaintenanceWindow = pulumi.String(window.Weekly(window.DayBefore(b.args.MaintenanceWindow)))
	args.DeletionProtection = pulumi.Bool(!b.args.DeletionAllowed)
	args.SkipFinalSnapshot = pulumi.Bool(true) // RDS makes none of a replica
	replica, err := rds.NewInstance(b.Ctx, b.Child(part), args,
		b.Options(pulumi.DependsOn(append(groups, b.before...)), pulumi.DeleteBeforeReplace(true))...)
	if err != nil {
		return err
	}
	b.database.ReplicaARN, b.database.ReplicaIdentifier = replica.Arn, replica.Identifier
	b.database.ReplicaEndpoint, b.database.ReplicaKeyARN = replica.Address, b.keyARN
	// A secret of its own, not a replica of the other: whoever goes on here may be without that region.
	if b.database.ReplicaSecretARN, err = b.keepPassword("dr-secret"); err != nil {
		return err
	}
	b.database.ReplicaTopicARN, err = b.subscribe("dr-events", r.TopicARN, map[string]pulumi.StringArray{
		"db-instance": {replica.Identifier}, "db-parameter-group": {b.parameters},
	})
	return err
}
