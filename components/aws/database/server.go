package database

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/rds"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/holdfast-iac/holdfast/components/spec"
)

const (
	engine = "postgres"
	// authority signs the certificates of the servers until 2061 (RDS User Guide, "Using SSL/TLS", certificate
	// authorities).
	authority = "rds-ca-rsa2048-g1"

	// From 400 GiB on, RDS stripes gp3 over four volumes and includes this much of both at no charge; below, it takes
	// neither input (RDS User Guide, "gp3 storage").
	stripedGiB, stripedIOPS, stripedMiBps = 400, 12000, 500
)

// createServer creates the instance with its standby, or the cluster.
func (b *builder) createServer() error {
	none := pulumi.String("").ToStringOutput()
	for _, output := range []*pulumi.StringOutput{
		&b.database.TopicARN, &b.database.ReplicaARN, &b.database.ReplicaIdentifier, &b.database.ReplicaEndpoint,
		&b.database.ReplicaSecretARN, &b.database.ReplicaKeyARN, &b.database.ReplicaTopicARN,
	} {
		*output = none
	}
	b.database.Port = pulumi.Int(Port).ToIntOutput()
	if b.args.clustered() {
		return b.createCluster()
	}
	return b.createInstance()
}

func (b *builder) createInstance() error {
	a, own := b.args, b.primary()
	args := b.instanceArgs("server", a.Class)
	args.Identifier = own.identifier
	args.Engine = own.engine
	args.EngineVersion = own.version
	args.EngineLifecycleSupport = own.lifecycle
	args.DbName = own.database
	args.Username = own.user
	args.DbSubnetGroupName = own.subnets
	args.MultiAz = pulumi.Bool(a.Standby == spec.StandbyZone)
	args.AllocatedStorage = own.storage
	args.Iops, args.StorageThroughput = a.striped()
	args.KmsKeyId = own.key
	args.BackupRetentionPeriod = own.backupDays
	args.BackupWindow = own.backup
	args.MaintenanceWindow = own.maintenance
	args.DeletionProtection = own.protected
	args.DeleteAutomatedBackups = own.forgetBackups
	args.SkipFinalSnapshot = own.skipSnapshot
	args.FinalSnapshotIdentifier = own.snapshot
	args.ManageMasterUserPassword = own.managed
	args.MasterUserSecretKmsKeyId = own.managedKey
	args.Password = own.password
	if a.BlueGreen {
		args.BlueGreenUpdate = &rds.InstanceBlueGreenUpdateArgs{Enabled: pulumi.Bool(true)}
	}
	// A server that has to be replaced keeps its identifier, which RDS takes once: the old one goes first, with a final
	// snapshot, unless it is protected.
	instance, err := rds.NewInstance(b.Ctx, b.Child("server"), args,
		b.Options(pulumi.DependsOn(b.before), pulumi.DeleteBeforeReplace(true))...)
	if err != nil {
		return err
	}
	b.server, b.instance, b.instances = instance, instance, pulumi.StringArray{instance.Identifier}
	b.database.Identifier, b.database.ARN, b.database.ResourceID = instance.Identifier, instance.Arn, instance.ResourceId
	b.database.Endpoint, b.database.ReaderEndpoint = instance.Address, instance.Address
	b.database.SecretARN = instance.MasterUserSecrets.ApplyT(func(secrets []rds.InstanceMasterUserSecret) string {
		if len(secrets) == 0 {
			return "" // RDS has yet to make it
		}
		return deref(secrets[0].SecretArn)
	}).(pulumi.StringOutput)
	return nil
}

// instanceArgs are what the instance and its copies have in common.
func (b *builder) instanceArgs(part, class string) *rds.InstanceArgs {
	a, common := b.args, b.shared()
	return &rds.InstanceArgs{
		InstanceClass:                      pulumi.String(class),
		ParameterGroupName:                 b.parameters,
		VpcSecurityGroupIds:                common.groups,
		PubliclyAccessible:                 pulumi.Bool(false),
		Port:                               common.port,
		StorageType:                        common.storageType,
		MaxAllocatedStorage:                a.growing(),
		StorageEncrypted:                   common.encrypted,
		IamDatabaseAuthenticationEnabled:   common.signInByIAM,
		CaCertIdentifier:                   common.authority,
		AutoMinorVersionUpgrade:            pulumi.Bool(!a.MinorUpgradesDisabled),
		AllowMajorVersionUpgrade:           common.major,
		ApplyImmediately:                   common.now,
		CopyTagsToSnapshot:                 common.copyTags,
		EnabledCloudwatchLogsExports:       common.logs,
		MonitoringInterval:                 common.interval,
		MonitoringRoleArn:                  common.monitor,
		PerformanceInsightsEnabled:         common.insights,
		PerformanceInsightsKmsKeyId:        common.insightsKey,
		PerformanceInsightsRetentionPeriod: common.days,
		DatabaseInsightsMode:               common.mode,
		Tags:                               b.TagInput(part),
	}
}

// lifecycle says what becomes of a version whose standard support ends (RDS API, CreateDBInstance, EngineLifecycleSupport).
func (a *Args) lifecycle() string {
	if a.ExtendedSupport {
		return "open-source-rds-extended-support"
	}
	return "open-source-rds-extended-support-disabled"
}

// growing is how far the storage may grow by itself; 0 for not at all.
func (a *Args) growing() pulumi.Int {
	if a.MaxStorageGiB == a.StorageGiB {
		return 0
	}
	return pulumi.Int(a.MaxStorageGiB)
}

// striped returns the operations and the MiB a second of storage that is large enough to say so.
func (a *Args) striped() (iops, throughput pulumi.IntPtrInput) {
	if a.StorageGiB < stripedGiB {
		return nil, nil
	}
	return pulumi.Int(stripedIOPS), pulumi.Int(stripedMiBps)
}

// password is the password that is given, as a secret.
func (b *builder) password() pulumi.StringOutput {
	return pulumi.ToSecret(b.args.MasterPassword).(pulumi.StringOutput)
}

// finalSnapshot is the name of the snapshot that a deletion leaves: see birth (else DBSnapshotAlreadyExists).
func (b *builder) finalSnapshot() pulumi.StringOutput {
	name := b.identifier("final")
	return b.birth().ApplyT(func(birth string) string { return name + "-" + birth }).(pulumi.StringOutput)
}

// birth ends the names of what outlives its deletion: snapshots, and secrets that can be brought back. It is the same on
// every run, but another one for a server that replaces this one or is created again, which would else find the names
// taken: all that forces a replacement is in it, and the id of a security group of its own.
func (b *builder) birth() pulumi.StringOutput {
	return pulumi.All(b.group.ID(), b.keyARN).ApplyT(func(known []any) string {
		sum := sha256.Sum256([]byte(fmt.Sprint(known[0], known[1], b.args.Name, b.args.AdminUser)))
		return hex.EncodeToString(sum[:4])
	}).(pulumi.StringOutput)
}

// deref returns the text, or "" for none.
func deref(text *string) string {
	if text == nil {
		return ""
	}
	return *text
}
