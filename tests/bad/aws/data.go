package main

import (
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/docdb"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/dynamodb"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/elasticache"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/msk"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/opensearch"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/redshift"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
)

// data plants faults of what keeps data, but for relational databases.
func data(ctx *pulumi.Context, w world) {
	tables(ctx, w)
	documents(ctx, w)
	caches(ctx, w)
	warehouses(ctx, w)
	searches(ctx)
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
	cache := func(ctx *pulumi.Context, name string, change func(*elasticache.ReplicationGroupArgs)) {
		must(elasticache.NewReplicationGroup(ctx, name, with(&elasticache.ReplicationGroupArgs{
			Description: pulumi.String(name), Engine: pulumi.String("valkey"), EngineVersion: pulumi.String("8.0"),
			NodeType: pulumi.String("cache.t4g.micro"), NumCacheClusters: pulumi.Int(2), SubnetGroupName: within.Name,
			SecurityGroupIds: pulumi.StringArray{w.inside.ID()}, AtRestEncryptionEnabled: yes, TransitEncryptionEnabled: yes,
			AutomaticFailoverEnabled: yes, MultiAzEnabled: yes, SnapshotRetentionLimit: pulumi.Int(7),
		}, []func(*elasticache.ReplicationGroupArgs){change})))
	}
	cache(ctx, "cache-clear", func(c *elasticache.ReplicationGroupArgs) {
		c.AtRestEncryptionEnabled = no // want: aws-elasticache-encrypted-at-rest
	})
	cache(ctx, "cache-overheard", func(c *elasticache.ReplicationGroupArgs) {
		c.TransitEncryptionEnabled = no // want: aws-elasticache-encrypted-in-transit
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

func warehouses(ctx *pulumi.Context, w world) {
	within := must(redshift.NewSubnetGroup(ctx, "main", &redshift.SubnetGroupArgs{SubnetIds: ids(w.private)}))
	must(redshift.NewSubnetGroup(ctx, "public-warehouses", &redshift.SubnetGroupArgs{
		SubnetIds: ids(w.public), // want: aws-redshift-no-public-subnet
	}))
	warehouse := func(ctx *pulumi.Context, name string, change func(*redshift.ClusterArgs)) {
		must(redshift.NewCluster(ctx, name, with(&redshift.ClusterArgs{
			ClusterIdentifier: pulumi.String(name), NodeType: pulumi.String("ra3.large"), NumberOfNodes: pulumi.Int(2),
			MasterUsername: pulumi.String("admin"), ManageMasterPassword: yes, ClusterSubnetGroupName: within.Name,
			VpcSecurityGroupIds: pulumi.StringArray{w.inside.ID()}, Encrypted: yes, KmsKeyId: w.key.Arn, PubliclyAccessible: no,
			AutomatedSnapshotRetentionPeriod: pulumi.Int(7), FinalSnapshotIdentifier: pulumi.String(name + "-final"),
		}, []func(*redshift.ClusterArgs){change}), pulumi.Protect(true)))
	}
	warehouse(ctx, "warehouse-clear", func(c *redshift.ClusterArgs) {
		c.Encrypted, c.KmsKeyId = no, nil // want: aws-redshift-encrypted
	})
	warehouse(ctx, "warehouse-public", func(c *redshift.ClusterArgs) {
		c.PubliclyAccessible = yes // want: aws-redshift-not-public
	})
	warehouse(ctx, "warehouse-short", func(c *redshift.ClusterArgs) {
		c.AutomatedSnapshotRetentionPeriod = pulumi.Int(1) // want: aws-redshift-snapshots-kept
	})
	warehouse(ctx, "warehouse-open", func(c *redshift.ClusterArgs) {
		c.VpcSecurityGroupIds = pulumi.StringArray{w.outside.ID()} // want: aws-rds-security-group-closed
	})
}

func searches(ctx *pulumi.Context) {
	search := func(ctx *pulumi.Context, name string, change func(*opensearch.DomainArgs)) {
		must(opensearch.NewDomain(ctx, name, with(&opensearch.DomainArgs{
			DomainName: pulumi.String(name), EngineVersion: pulumi.String("OpenSearch_2.19"),
			EncryptAtRest:        opensearch.DomainEncryptAtRestArgs{Enabled: yes},
			NodeToNodeEncryption: opensearch.DomainNodeToNodeEncryptionArgs{Enabled: yes},
			DomainEndpointOptions: opensearch.DomainDomainEndpointOptionsArgs{
				EnforceHttps: yes, TlsSecurityPolicy: pulumi.String("Policy-Min-TLS-1-2-2019-07"),
			},
		}, []func(*opensearch.DomainArgs){change}), pulumi.Protect(true)))
	}
	search(ctx, "search-clear", func(d *opensearch.DomainArgs) {
		d.EncryptAtRest = nil // want: aws-opensearch-encrypted-at-rest
	})
	search(ctx, "search-chatty", func(d *opensearch.DomainArgs) {
		d.NodeToNodeEncryption = nil // want: aws-opensearch-encrypted-between-nodes
	})
	search(ctx, "search-old", func(d *opensearch.DomainArgs) {
		d.EngineVersion = pulumi.String("OpenSearch_1.0") // want: aws-opensearch-version-supported
	})
	search(ctx, "search-old-tls", func(d *opensearch.DomainArgs) {
		d.DomainEndpointOptions = opensearch.DomainDomainEndpointOptionsArgs{
			EnforceHttps: yes, TlsSecurityPolicy: pulumi.String("Policy-Min-TLS-1-0-2019-07"), // want: aws-opensearch-https
		}
	})
}

func streams(ctx *pulumi.Context, w world) {
	stream := func(ctx *pulumi.Context, name string, change func(*msk.ClusterArgs)) {
		must(msk.NewCluster(ctx, name, with(&msk.ClusterArgs{
			ClusterName: pulumi.String(name), KafkaVersion: pulumi.String("3.9.x"), NumberOfBrokerNodes: pulumi.Int(2),
			BrokerNodeGroupInfo: msk.ClusterBrokerNodeGroupInfoArgs{
				InstanceType: pulumi.String("kafka.m7g.large"), ClientSubnets: ids(w.private), SecurityGroups: pulumi.StringArray{w.inside.ID()},
			},
			EncryptionInfo: msk.ClusterEncryptionInfoArgs{EncryptionAtRestKmsKeyArn: w.key.Arn},
		}, []func(*msk.ClusterArgs){change})))
	}
	stream(ctx, "stream-overheard", func(c *msk.ClusterArgs) {
		c.EncryptionInfo = msk.ClusterEncryptionInfoArgs{EncryptionInTransit: msk.ClusterEncryptionInfoEncryptionInTransitArgs{
			ClientBroker: pulumi.String("TLS_PLAINTEXT"), // want: aws-msk-tls-only
		}}
	})
	stream(ctx, "stream-old", func(c *msk.ClusterArgs) {
		c.KafkaVersion = pulumi.String("2.8.1") // want: aws-msk-version-supported
	})
}
