// Command aws-containers runs a container on Fargate in private subnets, behind the load balancer component in public ones.
package main

import (
	"encoding/json"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/cloudwatch"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/ec2"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/ecr"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/ecs"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/iam"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/route53"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/holdfast-iac/holdfast/components/aws/loadbalancer"
	"github.com/holdfast-iac/holdfast/components/aws/network"
	"github.com/holdfast-iac/holdfast/components/spec"
)

const trust = `{"Version":"2012-10-17","Statement":[{
	"Effect":"Allow","Principal":{"Service":"ecs-tasks.amazonaws.com"},"Action":"sts:AssumeRole"}]}`

func main() {
	pulumi.Run(func(ctx *pulumi.Context) error {
		net, err := network.New(ctx, "web", &network.Args{})
		if err != nil {
			return err
		}
		zone, err := route53.NewZone(ctx, "web", &route53.ZoneArgs{Name: pulumi.String("web.example.com")})
		if err != nil {
			return err
		}
		balancer, err := loadbalancer.New(ctx, "web", &loadbalancer.Args{
			LoadBalancer: spec.LoadBalancer{
				Domain:   "web.example.com",
				Backends: map[string]spec.Backend{"main": {Port: 8080, HealthCheck: spec.HealthCheck{Path: "/healthz"}}},
				// An example is there to be destroyed again.
				DeletionAllowed: true, AccessLogs: spec.AccessLogs{Erasable: true},
			},
			VpcID: net.VpcID, SubnetIDs: net.PublicSubnetIDs, ZoneID: zone.ZoneId.ToStringPtrOutput(), TargetType: "ip",
		})
		if err != nil {
			return err
		}
		if err := service(ctx, net, balancer); err != nil {
			return err
		}
		ctx.Export("url", balancer.URL)
		return nil
	})
}

// service runs three copies of the container.
func service(ctx *pulumi.Context, net *network.Network, balancer *loadbalancer.LoadBalancer) error {
	group, err := ec2.NewSecurityGroup(ctx, "tasks", &ec2.SecurityGroupArgs{
		VpcId: net.VpcID,
		Ingress: ec2.SecurityGroupIngressArray{ec2.SecurityGroupIngressArgs{
			Protocol: pulumi.String("tcp"), FromPort: pulumi.Int(8080), ToPort: pulumi.Int(8080),
			SecurityGroups: pulumi.StringArray{balancer.SecurityGroupID},
		}},
		Egress: ec2.SecurityGroupEgressArray{ec2.SecurityGroupEgressArgs{
			Protocol: pulumi.String("tcp"), FromPort: pulumi.Int(443), ToPort: pulumi.Int(443),
			CidrBlocks: pulumi.ToStringArray([]string{"0.0.0.0/0"}),
		}},
	})
	if err != nil {
		return err
	}
	cluster, err := ecs.NewCluster(ctx, "web", &ecs.ClusterArgs{Settings: ecs.ClusterSettingArray{ecs.ClusterSettingArgs{
		Name: pulumi.String("containerInsights"), Value: pulumi.String("enabled"),
	}}})
	if err != nil {
		return err
	}
	task, err := definition(ctx)
	if err != nil {
		return err
	}
	_, err = ecs.NewService(ctx, "web", &ecs.ServiceArgs{
		Cluster: cluster.Arn, TaskDefinition: task.Arn, DesiredCount: pulumi.Int(3), LaunchType: pulumi.String("FARGATE"),
		NetworkConfiguration: ecs.ServiceNetworkConfigurationArgs{
			Subnets: net.PrivateSubnetIDs, SecurityGroups: pulumi.StringArray{group.ID()},
		},
		LoadBalancers: ecs.ServiceLoadBalancerArray{ecs.ServiceLoadBalancerArgs{
			TargetGroupArn: balancer.TargetGroupARNs.MapIndex(pulumi.String("main")), ContainerName: pulumi.String("web"), ContainerPort: pulumi.Int(8080),
		}},
		DeploymentCircuitBreaker: ecs.ServiceDeploymentCircuitBreakerArgs{Enable: pulumi.Bool(true), Rollback: pulumi.Bool(true)},
	})
	return err
}

func definition(ctx *pulumi.Context) (*ecs.TaskDefinition, error) {
	region, err := aws.GetRegion(ctx, nil)
	if err != nil {
		return nil, err
	}
	images, err := ecr.NewRepository(ctx, "web", &ecr.RepositoryArgs{
		ImageTagMutability:         pulumi.String("IMMUTABLE"),
		ImageScanningConfiguration: ecr.RepositoryImageScanningConfigurationArgs{ScanOnPush: pulumi.Bool(true)},
	})
	if err != nil {
		return nil, err
	}
	logs, err := cloudwatch.NewLogGroup(ctx, "web", &cloudwatch.LogGroupArgs{RetentionInDays: pulumi.Int(30)})
	if err != nil {
		return nil, err
	}
	role, err := iam.NewRole(ctx, "execution", &iam.RoleArgs{AssumeRolePolicy: pulumi.String(trust)})
	if err != nil {
		return nil, err
	}
	if _, err := iam.NewRolePolicyAttachment(ctx, "execution", &iam.RolePolicyAttachmentArgs{
		Role: role.Name, PolicyArn: iam.ManagedPolicyAmazonECSTaskExecutionRolePolicy,
	}); err != nil {
		return nil, err
	}
	containers := pulumi.All(images.RepositoryUrl, logs.Name).ApplyT(func(values []any) (string, error) {
		text, err := json.Marshal([]any{map[string]any{
			"name": "web", "image": values[0].(string) + ":v1", "essential": true,
			"portMappings": []any{map[string]any{"containerPort": 8080}},
			"logConfiguration": map[string]any{"logDriver": "awslogs", "options": map[string]any{
				"awslogs-group": values[1], "awslogs-region": region.Name, "awslogs-stream-prefix": "web",
			}},
		}})
		return string(text), err
	}).(pulumi.StringOutput)
	return ecs.NewTaskDefinition(ctx, "web", &ecs.TaskDefinitionArgs{
		Family: pulumi.String("web"), Cpu: pulumi.String("256"), Memory: pulumi.String("512"), NetworkMode: pulumi.String("awsvpc"),
		RequiresCompatibilities: pulumi.ToStringArray([]string{"FARGATE"}), ExecutionRoleArn: role.Arn, ContainerDefinitions: containers,
	})
}
