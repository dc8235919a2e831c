package cache

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/elasticache"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/holdfast-iac/holdfast/components/aws/internal/window"
	"github.com/holdfast-iac/holdfast/components/naming"
)

// createNodes creates the nodes of the cache, a replication group in the words of ElastiCache.
func (b *builder) createNodes() error {
	a := b.args
	args := &elasticache.ReplicationGroupArgs{
		ReplicationGroupId:        pulumi.String(b.id()),
		Description:               pulumi.String("Cache " + b.Name),
		Engine:                    pulumi.String(a.Engine),
		EngineVersion:             pulumi.String(versions[a.Engine][a.Version]),
		NodeType:                  pulumi.String(a.Class),
		ParameterGroupName:        b.parameters.Name,
		Port:                      pulumi.Int(Port),
		SubnetGroupName:           b.subnetGroup.Name,
		SecurityGroupIds:          pulumi.StringArray{b.group.ID()},
		UserGroupIds:              pulumi.StringArray{b.userGroup.UserGroupId},
		MultiAzEnabled:            pulumi.Bool(!a.StandbyNone),
		AutomaticFailoverEnabled:  pulumi.Bool(!a.StandbyNone || a.sharded()), // which a cache with shards always has
		AtRestEncryptionEnabled:   pulumi.Bool(true),
		KmsKeyId:                  b.keyARN,
		TransitEncryptionEnabled:  pulumi.Bool(true),
		TransitEncryptionMode:     pulumi.String("required"),
		AutoMinorVersionUpgrade:   pulumi.Bool(!a.MinorUpgradesDisabled),
		ApplyImmediately:          pulumi.Bool(a.ApplyImmediately),
		MaintenanceWindow:         pulumi.String(window.Weekly(a.MaintenanceWindow)),
		SnapshotRetentionLimit:    pulumi.Int(a.BackupRetentionDays),
		SnapshotWindow:            pulumi.String(window.Daily(a.BackupWindow)),
		LogDeliveryConfigurations: b.logs,
		NotificationTopicArn:      a.TopicARN,
		Tags:                      b.TagInput("nodes"),
	}
	if a.sharded() {
		args.NumNodeGroups, args.ReplicasPerNodeGroup = pulumi.Int(a.Shards), pulumi.Int(a.Replicas)
	} else {
		args.NumCacheClusters = pulumi.Int(1 + a.Replicas)
	}
	if !a.FinalBackupSkipped {
		args.FinalSnapshotIdentifier = b.finalSnapshot()
	}
	ignored := a.scaled() // or else every update would undo what scaling has done
	if !a.MajorUpgradeAllowed {
		// AWS upgrades to minor versions by itself. The version that it was created with would then be a step back, for which
		// the provider replaces the cache (terraform-provider-aws, internal/service/elasticache/engine_version.go).
		ignored = append(ignored, "engineVersion")
	}
	nodes, err := elasticache.NewReplicationGroup(b.Ctx, b.Child("nodes"), args, b.Options(
		pulumi.DeleteBeforeReplace(true), // ElastiCache takes the id once
		pulumi.IgnoreChanges(ignored),
	)...)
	if err != nil {
		return err
	}
	b.cache.ID, b.cache.ARN, b.cache.MemberIDs = nodes.ReplicationGroupId, nodes.Arn, nodes.MemberClusters
	b.cache.PrimaryEndpoint, b.cache.ReaderEndpoint = nodes.PrimaryEndpointAddress, nodes.ReaderEndpointAddress
	if a.sharded() {
		b.cache.PrimaryEndpoint, b.cache.ReaderEndpoint = nodes.ConfigurationEndpointAddress, nodes.ConfigurationEndpointAddress
	}
	b.cache.Port = pulumi.Int(Port).ToIntOutput()
	return nil
}

// finalSnapshot is the name of the backup that a deletion leaves: see birth.
func (b *builder) finalSnapshot() pulumi.StringOutput {
	name := naming.AWSDatabaseGroup.Name(b.FullName("final")...)
	return b.birth().ApplyT(func(birth string) string { return name + "-" + birth }).(pulumi.StringOutput)
}

// birth ends the names of what outlives its deletion: backups, and secrets that can be brought back. It is the same on
// every run, but another one for a cache that replaces this one or is created again, which would else find the names
// taken: the ids of its security group and key are in it.
func (b *builder) birth() pulumi.StringOutput {
	return pulumi.All(b.group.ID(), b.keyARN, b.subnetGroup.Name).ApplyT(func(known []any) string {
		sum := sha256.Sum256([]byte(fmt.Sprint(known...)))
		return hex.EncodeToString(sum[:4])
	}).(pulumi.StringOutput)
}
