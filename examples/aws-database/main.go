// Command aws-database makes a PostgreSQL instance over two zones, in the data subnets of a network. RDS keeps its
// password in Secrets Manager; where to connect stands in a secret beside it.
package main

import (
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/ec2"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/rds"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/secretsmanager"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi/config"

	"github.com/holdfast-iac/holdfast/components/aws/network"
)

func main() {
	pulumi.Run(func(ctx *pulumi.Context) error {
		net, err := network.New(ctx, "data", &network.Args{})
		if err != nil {
			return err
		}
		group, err := ec2.NewSecurityGroup(ctx, "database", &ec2.SecurityGroupArgs{
			VpcId:       net.VpcID,
			Description: pulumi.String("PostgreSQL from the VPC"),
			Ingress: ec2.SecurityGroupIngressArray{ec2.SecurityGroupIngressArgs{
				Protocol: pulumi.String("tcp"), FromPort: pulumi.Int(5432), ToPort: pulumi.Int(5432),
				CidrBlocks: pulumi.StringArray{net.CIDR},
			}},
		})
		if err != nil {
			return err
		}
		database, err := newDatabase(ctx, net, group)
		if err != nil {
			return err
		}
		if err := remember(ctx, database); err != nil {
			return err
		}
		ctx.Export("endpoint", database.Endpoint)
		return nil
	})
}

func newDatabase(ctx *pulumi.Context, net *network.Network, group *ec2.SecurityGroup) (*rds.Instance, error) {
	placed, err := rds.NewSubnetGroup(ctx, "data", &rds.SubnetGroupArgs{SubnetIds: net.DataSubnetIDs})
	if err != nil {
		return nil, err
	}
	tuned, err := rds.NewParameterGroup(ctx, "data", &rds.ParameterGroupArgs{
		Family: pulumi.String("postgres16"),
		Parameters: rds.ParameterGroupParameterArray{
			rds.ParameterGroupParameterArgs{Name: pulumi.String("rds.force_ssl"), Value: pulumi.String("1")},
		},
	})
	if err != nil {
		return nil, err
	}
	return rds.NewInstance(ctx, "data", &rds.InstanceArgs{
		Engine: pulumi.String("postgres"), EngineVersion: pulumi.String("16.8"), InstanceClass: pulumi.String("db.t4g.medium"),
		AllocatedStorage: pulumi.Int(50), StorageType: pulumi.String("gp3"), StorageEncrypted: pulumi.Bool(true),
		DbName: pulumi.String("shop"), Username: pulumi.String("shop"), ManageMasterUserPassword: pulumi.Bool(true),
		DbSubnetGroupName: placed.Name, ParameterGroupName: tuned.Name, VpcSecurityGroupIds: pulumi.StringArray{group.ID()},
		MultiAz: pulumi.Bool(true), BackupRetentionPeriod: pulumi.Int(14), CopyTagsToSnapshot: pulumi.Bool(true),
		DeletionProtection:      pulumi.Bool(!config.GetBool(ctx, "deletable")),
		FinalSnapshotIdentifier: pulumi.String("data-final"), EnabledCloudwatchLogsExports: pulumi.ToStringArray([]string{"postgresql"}),
	})
}

// remember keeps how to connect where programs can read it.
func remember(ctx *pulumi.Context, database *rds.Instance) error {
	secret, err := secretsmanager.NewSecret(ctx, "database", &secretsmanager.SecretArgs{
		Description: pulumi.String("Where the shop's database is"),
	})
	if err != nil {
		return err
	}
	_, err = secretsmanager.NewSecretVersion(ctx, "database", &secretsmanager.SecretVersionArgs{
		SecretId:     secret.ID(),
		SecretString: pulumi.Sprintf(`{"host":"%s","port":%d,"username":"shop"}`, database.Address, database.Port),
	})
	return err
}
