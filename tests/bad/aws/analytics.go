package main

import (
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/cloudwatch"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/ec2"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/kinesis"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/msk"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/opensearch"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/redshift"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
)

func warehouses(ctx *pulumi.Context, w world) {
	within := must(redshift.NewSubnetGroup(ctx, "main", &redshift.SubnetGroupArgs{SubnetIds: ids(w.private)}))
	must(redshift.NewSubnetGroup(ctx, "public-warehouses", &redshift.SubnetGroupArgs{
		SubnetIds: ids(w.public), // want: aws-redshift-no-public-subnet
	}))
	settings := must(redshift.NewParameterGroup(ctx, "main", warehouseSettings("true")))
	must(redshift.NewParameterGroup(ctx, "warehouses-overheard", warehouseSettings("false"))) // want: aws-redshift-tls-only
	good := func(name string, changes ...func(*redshift.ClusterArgs)) *redshift.ClusterArgs {
		return with(&redshift.ClusterArgs{
			ClusterIdentifier: pulumi.String(name), NodeType: pulumi.String("ra3.large"), NumberOfNodes: pulumi.Int(2),
			MasterUsername: pulumi.String("admin"), ManageMasterPassword: yes, ClusterSubnetGroupName: within.Name,
			VpcSecurityGroupIds: pulumi.StringArray{w.inside.ID()}, Encrypted: yes, KmsKeyId: w.key.Arn, PubliclyAccessible: no,
			EnhancedVpcRouting: yes, ClusterParameterGroupName: settings.Name,
			AutomatedSnapshotRetentionPeriod: pulumi.Int(7), FinalSnapshotIdentifier: pulumi.String(name + "-final"),
		}, changes)
	}
	warehouse := func(ctx *pulumi.Context, name string, change func(*redshift.ClusterArgs)) {
		made := must(redshift.NewCluster(ctx, name, good(name, change), pulumi.Protect(true)))
		must(redshift.NewLogging(ctx, name, &redshift.LoggingArgs{
			ClusterIdentifier: made.ClusterIdentifier, LogDestinationType: pulumi.String("cloudwatch"), LogExports: list("connectionlog", "userlog"),
		}))
	}
	must(redshift.NewCluster(ctx, "warehouse-unlogged", good("warehouse-unlogged"), pulumi.Protect(true))) // want after up: aws-redshift-logs
	warehouse(ctx, "warehouse-clear", func(c *redshift.ClusterArgs) {
		c.Encrypted, c.KmsKeyId = no, nil // want: aws-redshift-encrypted
	})
	warehouse(ctx, "warehouse-public", func(c *redshift.ClusterArgs) {
		c.PubliclyAccessible = yes // want: aws-redshift-not-public
		c.EnhancedVpcRouting = no  // want: aws-redshift-enhanced-routing
	})
	warehouse(ctx, "warehouse-short", func(c *redshift.ClusterArgs) {
		c.AutomatedSnapshotRetentionPeriod = pulumi.Int(1) // want: aws-redshift-snapshots-kept
	})
	warehouse(ctx, "warehouse-open", func(c *redshift.ClusterArgs) {
		c.VpcSecurityGroupIds = pulumi.StringArray{w.outside.ID()} // want: aws-rds-security-group-closed
	})
}

// warehouseSettings say whether warehouses refuse connections in the clear.
func warehouseSettings(refuse string) *redshift.ParameterGroupArgs {
	return &redshift.ParameterGroupArgs{
		Family: pulumi.String("redshift-1.0"), Parameters: redshift.ParameterGroupParameterArray{redshift.ParameterGroupParameterArgs{
			Name: pulumi.String("require_ssl"), Value: pulumi.String(refuse),
		}},
	}
}

func searches(ctx *pulumi.Context, w world) {
	logs := w.logs(ctx, "searches")
	must(cloudwatch.NewLogResourcePolicy(ctx, "searches", &cloudwatch.LogResourcePolicyArgs{
		PolicyName: pulumi.String("searches"), PolicyDocument: pulumi.Sprintf(string(document(`{"Effect": "Allow",
			"Principal": {"Service": "es.amazonaws.com"}, "Action": ["logs:CreateLogStream", "logs:PutLogEvents"], "Resource": "%s:*"}`)), logs.Arn),
	}))
	published := func(kinds ...string) (all opensearch.DomainLogPublishingOptionArray) {
		for _, kind := range kinds {
			all = append(all, opensearch.DomainLogPublishingOptionArgs{LogType: pulumi.String(kind), CloudwatchLogGroupArn: logs.Arn})
		}
		return all
	}
	search := func(ctx *pulumi.Context, name string, change func(*opensearch.DomainArgs)) {
		must(opensearch.NewDomain(ctx, name, with(&opensearch.DomainArgs{
			DomainName: pulumi.String(name), EngineVersion: pulumi.String("OpenSearch_2.19"),
			ClusterConfig:        opensearch.DomainClusterConfigArgs{InstanceType: pulumi.String("m6g.large.search")},
			EbsOptions:           searchDisks("gp3"),
			EncryptAtRest:        opensearch.DomainEncryptAtRestArgs{Enabled: yes},
			NodeToNodeEncryption: opensearch.DomainNodeToNodeEncryptionArgs{Enabled: yes},
			DomainEndpointOptions: opensearch.DomainDomainEndpointOptionsArgs{
				EnforceHttps: yes, TlsSecurityPolicy: pulumi.String("Policy-Min-TLS-1-2-2019-07"),
			},
			VpcOptions: opensearch.DomainVpcOptionsArgs{
				SubnetIds: ids(w.private[:1]), SecurityGroupIds: pulumi.StringArray{w.inside.ID()},
			},
			AdvancedSecurityOptions: opensearch.DomainAdvancedSecurityOptionsArgs{
				Enabled: yes, MasterUserOptions: opensearch.DomainAdvancedSecurityOptionsMasterUserOptionsArgs{MasterUserArn: w.runner.Arn},
			},
			LogPublishingOptions: published("ES_APPLICATION_LOGS", "AUDIT_LOGS"),
		}, []func(*opensearch.DomainArgs){change}), pulumi.Protect(true)))
	}
	// Access control, and its log, are for domains that encrypt all.
	search(ctx, "search-clear", func(d *opensearch.DomainArgs) {
		d.EncryptAtRest = nil           // want: aws-opensearch-encrypted-at-rest
		d.NodeToNodeEncryption = nil    // want: aws-opensearch-encrypted-between-nodes
		d.AdvancedSecurityOptions = nil // want: aws-opensearch-access-controlled
		d.LogPublishingOptions = published("ES_APPLICATION_LOGS")
	})
	// AWS refuses this one, but only when it is made.
	search(ctx, "search-open", func(d *opensearch.DomainArgs) {
		d.VpcOptions = nil                                                                                            // want: aws-opensearch-in-vpc
		d.AdvancedSecurityOptions = nil                                                                               // want: aws-opensearch-access-controlled
		d.AccessPolicies = document(`{"Effect": "Allow", "Principal": "*", "Action": "es:ESHttp*", "Resource": "*"}`) // want: aws-opensearch-policy-not-public
		d.LogPublishingOptions = published("ES_APPLICATION_LOGS")
	})
	search(ctx, "search-silent", func(d *opensearch.DomainArgs) {
		d.LogPublishingOptions = published("ES_APPLICATION_LOGS") // want: aws-opensearch-logs
		d.EbsOptions = searchDisks("gp2")                         // want: aws-opensearch-volume-gp3
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

func searchDisks(kind string) opensearch.DomainEbsOptionsArgs {
	return opensearch.DomainEbsOptionsArgs{EbsEnabled: yes, VolumeSize: pulumi.Int(50), VolumeType: pulumi.String(kind)}
}

func streams(ctx *pulumi.Context, w world) {
	must(kinesis.NewStream(ctx, "stream-clear", &kinesis.StreamArgs{
		ShardCount: pulumi.Int(1), EncryptionType: pulumi.String("NONE"), // want: aws-kinesis-stream-encrypted
	}))
	logs := w.logs(ctx, "brokers")
	stream := func(ctx *pulumi.Context, name string, change func(*msk.ClusterArgs)) {
		must(msk.NewCluster(ctx, name, with(&msk.ClusterArgs{
			ClusterName: pulumi.String(name), KafkaVersion: pulumi.String("3.9.x"), NumberOfBrokerNodes: pulumi.Int(2),
			BrokerNodeGroupInfo:  w.brokers(w.private, "DISABLED"),
			EncryptionInfo:       msk.ClusterEncryptionInfoArgs{EncryptionAtRestKmsKeyArn: w.key.Arn},
			ClientAuthentication: msk.ClusterClientAuthenticationArgs{Sasl: msk.ClusterClientAuthenticationSaslArgs{Iam: yes}},
			LoggingInfo: msk.ClusterLoggingInfoArgs{BrokerLogs: msk.ClusterLoggingInfoBrokerLogsArgs{
				CloudwatchLogs: msk.ClusterLoggingInfoBrokerLogsCloudwatchLogsArgs{Enabled: yes, LogGroup: logs.Name},
			}},
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
	stream(ctx, "stream-anonymous", func(c *msk.ClusterArgs) {
		c.ClientAuthentication = msk.ClusterClientAuthenticationArgs{Unauthenticated: yes} // want: aws-msk-authenticated
		c.LoggingInfo = nil                                                                // want: aws-msk-logs
	})
	// AWS takes this of a cluster that it has, not of a new one.
	stream(ctx, "stream-public", func(c *msk.ClusterArgs) {
		c.BrokerNodeGroupInfo = w.brokers(w.public, "SERVICE_PROVIDED_EIPS") // want: aws-msk-not-public
	})
}

// brokers are in some subnets, with public addresses or without.
func (w *world) brokers(in []*ec2.Subnet, public string) msk.ClusterBrokerNodeGroupInfoArgs {
	return msk.ClusterBrokerNodeGroupInfoArgs{
		InstanceType: pulumi.String("kafka.m7g.large"), ClientSubnets: ids(in), SecurityGroups: pulumi.StringArray{w.inside.ID()},
		ConnectivityInfo: msk.ClusterBrokerNodeGroupInfoConnectivityInfoArgs{
			PublicAccess: msk.ClusterBrokerNodeGroupInfoConnectivityInfoPublicAccessArgs{Type: pulumi.String(public)},
		},
	}
}
