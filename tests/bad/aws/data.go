package main

import (
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/docdb"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/dynamodb"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/elasticache"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
)

// data plants faults of what keeps data, but for relational databases.
func data(ctx *pulumi.Context, w world) {
	tables(ctx, w)
	documents(ctx, w)
	caches(ctx, w)
	warehouses(ctx, w)
	searches(ctx, w)
	streams(ctx, w)
}

func tables(ctx *pulumi.Context, w world) {
	good := func(changes ...func(*dynamodb.TableArgs)) *dynamodb.TableArgs {
		return with(&dynamodb.TableArgs{
			BillingMode: pulumi.String("PAY_PER_REQUEST"), HashKey: pulumi.String("id"), Tags: backedUp,
			Attributes: dynamodb.TableAttributeArray{
				dynamodb.TableAttributeArgs{Name: pulumi.String("id"), Type: pulumi.String("S")},
			},
			PointInTimeRecovery: dynamodb.TablePointInTimeRecoveryArgs{Enabled: yes}, DeletionProtectionEnabled: yes,
			ServerSideEncryption: dynamodb.TableServerSideEncryptionArgs{Enabled: yes, KmsKeyArn: w.key.Arn},
		}, changes)
	}
	table := func(ctx *pulumi.Context, name string, change func(*dynamodb.TableArgs)) {
		w.watch(ctx, "table-"+name, "AWS/DynamoDB", "SystemErrors", "TableName", must(dynamodb.NewTable(ctx, name, good(change))).Name)
	}
	must(dynamodb.NewTable(ctx, "unwatched-table", good())) // want: aws-dynamodb-alarm
	table(ctx, "deletable", func(t *dynamodb.TableArgs) {
		t.DeletionProtectionEnabled = no // want: aws-dynamodb-deletion-protection
	})
	table(ctx, "present-only", func(t *dynamodb.TableArgs) {
		t.PointInTimeRecovery = nil // want: aws-dynamodb-point-in-time-recovery
	})
	table(ctx, "unsaved", func(t *dynamodb.TableArgs) {
		t.Tags = nil // want: aws-dynamodb-in-backup-plan
	})
	table(ctx, "fixed-table", func(t *dynamodb.TableArgs) {
		t.BillingMode = pulumi.String("PROVISIONED") // want: aws-dynamodb-scales
		t.ReadCapacity, t.WriteCapacity = pulumi.Int(50), pulumi.Int(50)
	})
}

func documents(ctx *pulumi.Context, w world) {
	within := must(docdb.NewSubnetGroup(ctx, "main", &docdb.SubnetGroupArgs{SubnetIds: ids(w.private)}))
	must(docdb.NewCluster(ctx, "documents-clear", &docdb.ClusterArgs{
		EngineVersion: pulumi.String("5.0.0"), MasterUsername: pulumi.String("shop"), ManageMasterUserPassword: yes,
		DbSubnetGroupName: within.Name, VpcSecurityGroupIds: pulumi.StringArray{w.inside.ID()}, BackupRetentionPeriod: pulumi.Int(14),
		FinalSnapshotIdentifier: pulumi.String("documents-clear-final"), DeletionProtection: yes,
		StorageEncrypted: no, // want: aws-docdb-cluster-encrypted
	}))
}

func caches(ctx *pulumi.Context, w world) {
	within := must(elasticache.NewSubnetGroup(ctx, "main", &elasticache.SubnetGroupArgs{SubnetIds: ids(w.private)}))
	must(elasticache.NewSubnetGroup(ctx, "public-caches", &elasticache.SubnetGroupArgs{
		SubnetIds: ids(w.public), // want: aws-elasticache-no-public-subnet
	}))
	must(elasticache.NewSubnetGroup(ctx, "one-zone-caches", &elasticache.SubnetGroupArgs{
		SubnetIds: ids(w.private[:1]), // want: aws-elasticache-subnet-group-zones
	}))
	user := must(elasticache.NewUser(ctx, "shop", &elasticache.UserArgs{
		UserId: pulumi.String("shop"), UserName: pulumi.String("shop"), Engine: pulumi.String("valkey"),
		AccessString:       pulumi.String("on ~shop:* +@read +@write"),
		AuthenticationMode: elasticache.UserAuthenticationModeArgs{Type: pulumi.String("iam")},
	}))
	users := must(elasticache.NewUserGroup(ctx, "shop", &elasticache.UserGroupArgs{
		UserGroupId: pulumi.String("shop"), Engine: pulumi.String("valkey"), UserIds: pulumi.StringArray{user.UserId},
	}))
	cache := func(ctx *pulumi.Context, name string, change func(*elasticache.ReplicationGroupArgs)) {
		must(elasticache.NewReplicationGroup(ctx, name, with(&elasticache.ReplicationGroupArgs{
			Description: pulumi.String(name), Engine: pulumi.String("valkey"), EngineVersion: pulumi.String("8.0"),
			NodeType: pulumi.String("cache.t4g.micro"), NumCacheClusters: pulumi.Int(2), SubnetGroupName: within.Name,
			SecurityGroupIds: pulumi.StringArray{w.inside.ID()}, AtRestEncryptionEnabled: yes, TransitEncryptionEnabled: yes,
			AutomaticFailoverEnabled: yes, MultiAzEnabled: yes, SnapshotRetentionLimit: pulumi.Int(7),
			UserGroupIds: pulumi.StringArray{users.UserGroupId},
		}, []func(*elasticache.ReplicationGroupArgs){change})))
	}
	cache(ctx, "cache-clear", func(c *elasticache.ReplicationGroupArgs) {
		c.AtRestEncryptionEnabled = no // want: aws-elasticache-encrypted-at-rest
	})
	cache(ctx, "cache-overheard", func(c *elasticache.ReplicationGroupArgs) {
		c.TransitEncryptionEnabled = no // want: aws-elasticache-encrypted-in-transit
		c.UserGroupIds = nil            // want: aws-elasticache-authenticated
	})
	cache(ctx, "cache-one-zone", func(c *elasticache.ReplicationGroupArgs) {
		c.MultiAzEnabled = no // want: aws-elasticache-failover
	})
	cache(ctx, "cache-open", func(c *elasticache.ReplicationGroupArgs) {
		c.SecurityGroupIds = pulumi.StringArray{w.outside.ID()} // want: aws-elasticache-security-group-closed
	})
	cache(ctx, "cache-cold", func(c *elasticache.ReplicationGroupArgs) {
		c.SnapshotRetentionLimit = pulumi.Int(0) // want: aws-elasticache-snapshots-kept
	})
	cache(ctx, "cache-old", func(c *elasticache.ReplicationGroupArgs) {
		c.Engine, c.EngineVersion = pulumi.String("redis"), pulumi.String("5.0.6") // want: aws-elasticache-version-supported
	})
}
