// Command aws-containers runs a container on Fargate in private subnets, behind a load balancer in public ones.
package main

import (
	"encoding/json"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/cloudwatch"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/ec2"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/ecr"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/ecs"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/iam"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/lb"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/holdfast-iac/holdfast/components/aws/network"
)

const trust = `{"Version":"2012-10-17","Statement":[{
	"Effect":"Allow","Principal":{"Service":"ecs-tasks.amazonaws.com"},"Action":"sts:AssumeRole"}]}`

func main() {
	pulumi.Run(func(ctx *pulumi.Context) error {
		net, err := network.New(ctx, "web", &network.Args{})
		if err != nil {
			return err
		}
		balancer, targets, err := front(ctx, net)
		if err != nil {
			return err
		}
		listener, err := lb.NewListener(ctx, "http", &lb.ListenerArgs{
			LoadBalancerArn: balancer.Arn, Port: pulumi.Int(80), Protocol: pulumi.String("HTTP"),
			DefaultActions: lb.ListenerDefaultActionArray{lb.ListenerDefaultActionArgs{
				Type: pulumi.String("forward"), TargetGroupArn: targets.Arn,
			}},
		})
		if err != nil {
			return err
		}
		if err := service(ctx, net, targets, pulumi.DependsOn([]pulumi.Resource{listener})); err != nil {
			return err
		}
		ctx.Export("url", pulumi.Sprintf("http://%s", balancer.DnsName))
		return nil
	})
}

// allow returns a security group that lets a port in from somewhere, and everything out.
func allow(ctx *pulumi.Context, name string, net *network.Network, in ec2.SecurityGroupIngressArgs) (*ec2.SecurityGroup, error) {
	return ec2.NewSecurityGroup(ctx, name, &ec2.SecurityGroupArgs{
		VpcId: net.VpcID, Ingress: ec2.SecurityGroupIngressArray{in},
		Egress: ec2.SecurityGroupEgressArray{ec2.SecurityGroupEgressArgs{
			Protocol: pulumi.String("-1"), FromPort: pulumi.Int(0), ToPort: pulumi.Int(0),
			CidrBlocks: pulumi.ToStringArray([]string{"0.0.0.0/0"}),
		}},
	})
}

// front returns the load balancer and where it sends requests to.
func front(ctx *pulumi.Context, net *network.Network) (*lb.LoadBalancer, *lb.TargetGroup, error) {
	group, err := allow(ctx, "balancer", net, ec2.SecurityGroupIngressArgs{
		Protocol: pulumi.String("tcp"), FromPort: pulumi.Int(80), ToPort: pulumi.Int(80),
		CidrBlocks: pulumi.ToStringArray([]string{"0.0.0.0/0"}),
	})
	if err != nil {
		return nil, nil, err
	}
	balancer, err := lb.NewLoadBalancer(ctx, "web", &lb.LoadBalancerArgs{
		LoadBalancerType: pulumi.String("application"), Subnets: net.PublicSubnetIDs, SecurityGroups: pulumi.StringArray{group.ID()},
		DropInvalidHeaderFields: pulumi.Bool(true),
	})
	if err != nil {
		return nil, nil, err
	}
	targets, err := lb.NewTargetGroup(ctx, "web", &lb.TargetGroupArgs{
		VpcId: net.VpcID, TargetType: pulumi.String("ip"), Port: pulumi.Int(8080), Protocol: pulumi.String("HTTP"),
		HealthCheck: lb.TargetGroupHealthCheckArgs{Path: pulumi.String("/healthz"), Matcher: pulumi.String("200-299")},
	})
	return balancer, targets, err
}

// service runs three copies of the container.
func service(ctx *pulumi.Context, net *network.Network, targets *lb.TargetGroup, opts ...pulumi.ResourceOption) error {
	group, err := allow(ctx, "tasks", net, ec2.SecurityGroupIngressArgs{
		Protocol: pulumi.String("tcp"), FromPort: pulumi.Int(8080), ToPort: pulumi.Int(8080),
		CidrBlocks: pulumi.StringArray{net.CIDR},
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
			TargetGroupArn: targets.Arn, ContainerName: pulumi.String("web"), ContainerPort: pulumi.Int(8080),
		}},
		DeploymentCircuitBreaker: ecs.ServiceDeploymentCircuitBreakerArgs{Enable: pulumi.Bool(true), Rollback: pulumi.Bool(true)},
	}, opts...)
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
