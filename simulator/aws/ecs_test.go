package aws_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/holdfast-iac/holdfast/simulator/simulatortest"
)

const (
	ecsClusterToken  = "aws:ecs/cluster:Cluster"
	capacityToken    = "aws:ecs/capacityProvider:CapacityProvider"
	strategyToken    = "aws:ecs/clusterCapacityProviders:ClusterCapacityProviders"
	taskToken        = "aws:ecs/taskDefinition:TaskDefinition"
	ecsServiceToken  = "aws:ecs/service:Service"
	webContainer     = `[{"name":"web","image":"nginx","memory":128,"portMappings":[{"containerPort":80}]}]`
	ecrContainer     = `[{"name":"web","image":"123456789012.dkr.ecr.us-west-2.amazonaws.com/app"}]`
	mappedContainer  = `[{"name":"web","image":"nginx","memory":128,"portMappings":[{"containerPort":80,"hostPort":8080}]}]`
	sidecarContainer = `[{"name":"web","image":"nginx","memory":128,"essential":false}]`
)

func ecsCluster(w *world) thing { return w.Create(ecsClusterToken, "cluster", inputs{"name": "main"}) }

// fargateTask is a task that runs on Fargate, changed.
func fargateTask(changes inputs) inputs {
	return with(inputs{
		"family": "web", "containerDefinitions": webContainer, "cpu": "256", "memory": "512", "networkMode": "awsvpc",
		"requiresCompatibilities": []any{"FARGATE"},
	}, changes)
}

func ecsTask(w *world, in inputs) thing { return w.Create(taskToken, "task", in) }

// serviceInputs is a service on Fargate, changed.
func serviceInputs(w *world, changes inputs) inputs {
	return with(inputs{
		"name": "web", "cluster": ecsCluster(w).Text("arn"), "launchType": "FARGATE", "desiredCount": 2,
		"taskDefinition":       ecsTask(w, fargateTask(nil)).Text("arn"),
		"networkConfiguration": inputs{"subnets": []any{subnet(w, vpc(w), "10.0.1.0/24", "a").ID()}},
	}, changes)
}

const groupARN = "arn:aws:autoscaling:us-west-2:123456789012:autoScalingGroup:1:autoScalingGroupName/g"

func ecsFixtures() []simulatortest.Fixture {
	return []simulatortest.Fixture{
		{
			Type: ecsClusterToken,
			Inputs: func(*world) inputs {
				return inputs{"name": "main", "settings": []any{inputs{"name": "containerInsights", "value": "enabled"}}}
			},
			Update:  tagged,
			Replace: changing(inputs{"name": "other"}),
		},
		{
			Type: capacityToken,
			Inputs: func(*world) inputs {
				return inputs{"name": "spot", "autoScalingGroupProvider": inputs{"autoScalingGroupArn": groupARN}}
			},
			Update:  tagged,
			Replace: changing(inputs{"name": "other"}),
		},
		{
			Type: strategyToken,
			Inputs: func(w *world) inputs {
				return inputs{"clusterName": ecsCluster(w).Text("name"), "capacityProviders": []any{"FARGATE"}}
			},
			Update: changing(inputs{"capacityProviders": []any{"FARGATE", "FARGATE_SPOT"}}),
			Replace: func(w *world, in inputs) inputs {
				return with(in, inputs{"clusterName": w.Create(ecsClusterToken, "other", inputs{"name": "other"}).Text("name")})
			},
		},
		{
			Type:    taskToken,
			Inputs:  func(*world) inputs { return fargateTask(nil) },
			Update:  tagged,
			Replace: changing(inputs{"memory": "1024"}),
		},
		{
			Type:    ecsServiceToken,
			Inputs:  func(w *world) inputs { return serviceInputs(w, nil) },
			Update:  changing(inputs{"desiredCount": 3}),
			Replace: changing(inputs{"name": "other"}),
		},
	}
}

func ecsCases() []simulatortest.Case {
	return append(ecsTaskCases(), append(ecsClusterCases(), ecsServiceCases()...)...)
}

func ecsTaskCases() []simulatortest.Case {
	task := func(changes inputs) func(*world) error {
		return tries(taskToken, func(*world) inputs { return fargateTask(changes) })
	}
	const client = "ClientException"
	return []simulatortest.Case{
		{ID: "aws-ecs-container-definitions", Code: client, Text: "at least one essential container",
			Fails: task(inputs{"containerDefinitions": sidecarContainer}), Passes: task(nil)},
		{ID: "aws-ecs-fargate-network-mode", Code: client, Text: "only supports network mode",
			Fails: task(inputs{"networkMode": "bridge"}), Passes: task(nil)},
		{ID: "aws-ecs-fargate-task-size", Code: client, Text: "'cpu' be defined at the task level",
			Fails: task(inputs{"cpu": nil}), Passes: task(nil)},
		{ID: "aws-ecs-fargate-sizes", Code: client, Text: "No Fargate configuration exists for given values: 256 CPU, 4096",
			Fails: task(inputs{"memory": "4096"}), Passes: task(inputs{"cpu": "1 vCPU", "memory": "4 GB"})},
		{ID: "aws-ecs-fargate-execution-role", Code: client, Text: "execution role ARN to support ECR images",
			Fails: task(inputs{"containerDefinitions": ecrContainer}),
			Passes: tries(taskToken, func(w *world) inputs {
				return fargateTask(inputs{"containerDefinitions": ecrContainer, "executionRoleArn": role(w, "run").Text("arn")})
			})},
		{ID: "aws-ecs-host-ports", Code: client, Text: "host ports and container ports in port mappings must match",
			Fails: task(inputs{"containerDefinitions": mappedContainer}),
			Passes: task(inputs{"containerDefinitions": mappedContainer, "networkMode": "bridge",
				"requiresCompatibilities": []any{"EC2"}})},
	}
}

func ecsClusterCases() []simulatortest.Case {
	const exec = "executeCommandConfiguration"
	logging := func(configuration inputs) func(*world) error {
		return tries(ecsClusterToken, func(*world) inputs { return inputs{"configuration": inputs{exec: configuration}} })
	}
	provider := func(name string, group inputs) func(*world) error {
		return tries(capacityToken, func(*world) inputs {
			return inputs{"name": name, "autoScalingGroupProvider": with(inputs{"autoScalingGroupArn": groupARN}, group)}
		})
	}
	strategy := func(name string) func(*world) error {
		return tries(strategyToken, func(w *world) inputs {
			return inputs{"clusterName": ecsCluster(w).Text("name"), "capacityProviders": []any{"FARGATE"},
				"defaultCapacityProviderStrategies": []any{inputs{"capacityProvider": name, "weight": 1}}}
		})
	}
	deleted := func(serviceFirst bool) func(*world) error {
		return func(w *world) error {
			service := w.Create(ecsServiceToken, "service", serviceInputs(w, nil))
			cluster := simulatortest.Thing{Request: simulatortest.Request(ecsClusterToken, "cluster")}
			cluster.Request.ID = service.Text("cluster")
			if serviceFirst {
				w.Delete(service)
			}
			return w.TryDelete(cluster)
		}
	}
	return []simulatortest.Case{
		{ID: "aws-ecs-services-before-cluster", Code: "ClusterContainsServicesException", Text: "while Services are active",
			Fails: deleted(false), Passes: deleted(true)},
		{ID: "aws-ecs-exec-log-override", Code: "InvalidParameterException", Text: "needs a logConfiguration",
			Fails:  logging(inputs{"logging": "OVERRIDE"}),
			Passes: logging(inputs{"logging": "OVERRIDE", "logConfiguration": inputs{"cloudWatchLogGroupName": "exec"}})},
		{ID: "aws-ecs-capacity-provider-name", Code: "ClientException", Text: "name is invalid: fargate-own",
			Fails: provider("fargate-own", nil), Passes: provider("own", nil)},
		{ID: "aws-ecs-default-strategy-associated", Code: "InvalidParameterException", Text: "names FARGATE_SPOT",
			Fails: strategy("FARGATE_SPOT"), Passes: strategy("FARGATE")},
	}
}

func TestECSLookups(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	cluster := ecsCluster(w)
	assert.Equal(t, "arn:aws:ecs:us-west-2:123456789012:cluster/main", cluster.Text("arn"))
	assert.Equal(t, cluster.Text("arn"), ask(t, w, "aws:ecs/getCluster:getCluster", inputs{"clusterName": "main"})["arn"])
	refuses(t, w, "aws:ecs/getCluster:getCluster", inputs{"clusterName": "none"}, "ClusterNotFoundException")
	first := ecsTask(w, fargateTask(nil))
	second := w.Create(taskToken, "again", fargateTask(inputs{"memory": "1024"}))
	assert.Equal(t, "arn:aws:ecs:us-west-2:123456789012:task-definition/web:2", second.Text("arn"))
	const token = "aws:ecs/getTaskDefinition:getTaskDefinition"
	for name, want := range map[string]thing{"web": second, "web:1": first, first.Text("arn"): first} {
		assert.Equal(t, want.Text("arn"), ask(t, w, token, inputs{"taskDefinition": name})["arn"], name)
	}
	refuses(t, w, token, inputs{"taskDefinition": "none"}, "Unable to describe task definition")
}
