package main

import (
	"encoding/json"
	"maps"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/ecs"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/iam"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
)

// containers plants faults of clusters, tasks and services of ECS.
func containers(ctx *pulumi.Context, w world) {
	must(ecs.NewCluster(ctx, "unmeasured", nil)) // want: aws-ecs-cluster-insights
	w.logs(ctx, "tasks")
	starts := role(ctx, "starts-tasks", "ecs-tasks.amazonaws.com")
	must(iam.NewRolePolicyAttachment(ctx, "starts-tasks", &iam.RolePolicyAttachmentArgs{
		Role: starts.Name, PolicyArn: iam.ManagedPolicyAmazonECSTaskExecutionRolePolicy,
	}))
	task := func(ctx *pulumi.Context, name string, in container, changes ...func(*ecs.TaskDefinitionArgs)) *ecs.TaskDefinition {
		return must(ecs.NewTaskDefinition(ctx, name, with(&ecs.TaskDefinitionArgs{
			Family: pulumi.String(name), Cpu: pulumi.String("256"), Memory: pulumi.String("512"), NetworkMode: pulumi.String("awsvpc"),
			RequiresCompatibilities: list("FARGATE"), ExecutionRoleArn: starts.Arn, ContainerDefinitions: in.definitions(),
			RuntimePlatform: ecs.TaskDefinitionRuntimePlatformArgs{
				CpuArchitecture: pulumi.String("ARM64"), OperatingSystemFamily: pulumi.String("LINUX"),
			},
		}, changes)))
	}
	services(ctx, w, task(ctx, "main", container{}))
	onMachines := func(t *ecs.TaskDefinitionArgs) { t.RequiresCompatibilities = list("EC2") }
	task(ctx, "privileged", container{
		"privileged": true, // want: aws-ecs-task-not-privileged
	}, onMachines)
	task(ctx, "strange", container{
		"image": "shop/main:v1", // want: any-images-from-registries
	})
	task(ctx, "moving", container{
		"image": "example.com/main:latest", // want: any-images-pinned
	})
	task(ctx, "unlogged", container{
		"logConfiguration": nil, // want: aws-ecs-containers-logged
	})
	task(ctx, "written-to", container{
		"readonlyRootFilesystem": false, // want: aws-ecs-containers-read-only
	})
	task(ctx, "keyed", container{
		"environment": []container{{"name": "AWS_ACCESS_KEY_ID", "value": "AKIAIOSFODNN7EXAMPLE"}}, // want: aws-ecs-environment-no-keys
	})
	task(ctx, "task-on-x86", container{}, func(t *ecs.TaskDefinitionArgs) {
		t.RuntimePlatform = nil // want: aws-ecs-graviton
	})
	task(ctx, "looking-around", container{}, onMachines, func(t *ecs.TaskDefinitionArgs) {
		t.PidMode = pulumi.String("host") // want: aws-ecs-task-own-processes
	})
	task(ctx, "overheard", container{}, func(t *ecs.TaskDefinitionArgs) {
		t.Volumes = ecs.TaskDefinitionVolumeArray{ecs.TaskDefinitionVolumeArgs{
			Name: pulumi.String("files"),
			EfsVolumeConfiguration: ecs.TaskDefinitionVolumeEfsVolumeConfigurationArgs{
				FileSystemId: w.files.ID(), TransitEncryption: pulumi.String("DISABLED"), // want: aws-ecs-volume-in-transit
			},
		}}
	})
}

// container is what a container has that others have not, or a part of it.
type container map[string]any

// definitions is a good container but for what is said of it.
func (c container) definitions() pulumi.String {
	all := container{
		"name": "main", "image": "example.com/main:v1", "essential": true, "readonlyRootFilesystem": true,
		"logConfiguration": container{"logDriver": "awslogs", "options": container{
			"awslogs-group": "tasks", "awslogs-region": "eu-west-1", "awslogs-stream-prefix": "main",
		}},
	}
	maps.Copy(all, c)
	return pulumi.String(must(json.Marshal([]container{all})))
}

// services plants faults of services of a task.
func services(ctx *pulumi.Context, w world, task *ecs.TaskDefinition) {
	cluster := must(ecs.NewCluster(ctx, "main", &ecs.ClusterArgs{Settings: ecs.ClusterSettingArray{ecs.ClusterSettingArgs{
		Name: pulumi.String("containerInsights"), Value: pulumi.String("enabled"),
	}}}))
	service := func(ctx *pulumi.Context, name string, change func(*ecs.ServiceArgs)) {
		must(ecs.NewService(ctx, name, with(&ecs.ServiceArgs{
			Cluster: cluster.Arn, TaskDefinition: task.Arn, DesiredCount: pulumi.Int(2), LaunchType: pulumi.String("FARGATE"),
			NetworkConfiguration:     w.tasksIn(2, false),
			DeploymentCircuitBreaker: ecs.ServiceDeploymentCircuitBreakerArgs{Enable: yes, Rollback: yes},
		}, []func(*ecs.ServiceArgs){change})))
	}
	service(ctx, "stuck", func(s *ecs.ServiceArgs) {
		s.DeploymentCircuitBreaker = ecs.ServiceDeploymentCircuitBreakerArgs{Enable: yes, Rollback: no} // want: aws-ecs-circuit-breaker
	})
	service(ctx, "exposed", func(s *ecs.ServiceArgs) {
		s.NetworkConfiguration = w.tasksIn(2, true) // want: aws-ecs-service-no-public-address
	})
	service(ctx, "lone", func(s *ecs.ServiceArgs) {
		s.DesiredCount = pulumi.Int(1) // want: aws-ecs-service-two-tasks
	})
	service(ctx, "one-zone-service", func(s *ecs.ServiceArgs) {
		s.NetworkConfiguration = w.tasksIn(1, false) // want: aws-ecs-service-zones
	})
}

// tasksIn places tasks in some of the private subnets.
func (w *world) tasksIn(subnets int, public bool) ecs.ServiceNetworkConfigurationArgs {
	return ecs.ServiceNetworkConfigurationArgs{
		Subnets: ids(w.private[:subnets]), SecurityGroups: pulumi.StringArray{w.inside.ID()}, AssignPublicIp: pulumi.Bool(public),
	}
}
