package aws_test

import (
	"github.com/holdfast-iac/holdfast/simulator/simulatortest"
)

// behindBalancer is a service whose tasks a load balancer reaches: listened says whether a listener does already.
func behindBalancer(listened bool, kind, container string, port int) func(*world) error {
	return func(w *world) error {
		v, lb := balanced(w, "application")
		group := w.Create("aws:lb/targetGroup:TargetGroup", "targets", inputs{
			"port": 80, "protocol": "HTTP", "vpcId": v.ID(), "targetType": kind,
		})
		if listened {
			w.Create("aws:lb/listener:Listener", "listener", listen(lb, 80, "HTTP", forwardTo(group)))
		}
		_, err := w.Try(ecsServiceToken, "service", inputs{
			"name": "web", "cluster": ecsCluster(w).Text("name"), "launchType": "FARGATE",
			"taskDefinition":       ecsTask(w, fargateTask(nil)).Text("arn"),
			"networkConfiguration": inputs{"subnets": []any{subnet(w, v, "10.0.77.0/24", "a").ID()}},
			"loadBalancers": []any{inputs{
				"targetGroupArn": group.Text("arn"), "containerName": container, "containerPort": port,
			}},
		})
		return err
	}
}

func ecsServiceCases() []simulatortest.Case {
	const invalid = "InvalidParameterException"
	service := func(changes inputs) func(*world) error {
		return tries(ecsServiceToken, func(w *world) inputs { return serviceInputs(w, changes) })
	}
	// running is a service on instances, of a task with that network mode.
	running := func(mode string, changes inputs) func(*world) error {
		return tries(ecsServiceToken, func(w *world) inputs {
			task := ecsTask(w, inputs{"family": "web", "containerDefinitions": webContainer, "networkMode": mode})
			return with(inputs{"name": "web", "cluster": ecsCluster(w).Text("arn"), "taskDefinition": task.Text("arn")}, changes)
		})
	}
	subnets := func(changes inputs) func(*world) error {
		return tries(ecsServiceToken, func(w *world) inputs {
			in := serviceInputs(w, changes)
			task := w.Create(taskToken, "bridge", inputs{"family": "bridge", "containerDefinitions": webContainer, "networkMode": "bridge"})
			return with(in, inputs{"taskDefinition": task.Text("arn")})
		})
	}
	twice := func(second string) func(*world) error {
		return func(w *world) error {
			in := serviceInputs(w, nil)
			w.Create(ecsServiceToken, "first", in)
			_, err := w.Try(ecsServiceToken, "second", with(in, inputs{"name": second}))
			return err
		}
	}
	spot := func(associated string) func(*world) error {
		return tries(ecsServiceToken, func(w *world) inputs {
			in := serviceInputs(w, inputs{
				"launchType": nil, "capacityProviderStrategies": []any{inputs{"capacityProvider": "FARGATE_SPOT", "weight": 1}},
			})
			w.Create(strategyToken, "strategy", inputs{"clusterName": "main", "capacityProviders": []any{associated}})
			return in
		})
	}
	guarded := func(elsewhere bool) func(*world) error {
		return tries(ecsServiceToken, func(w *world) inputs {
			in := serviceInputs(w, nil)
			v := thing{}
			if v.Request.ID = vpcOf(w); elsewhere {
				v = otherVPC(w)
			}
			in["networkConfiguration"].(inputs)["securityGroups"] = []any{group(w, v, "tasks").ID()}
			return in
		})
	}
	clustered := func(name string) func(*world) error {
		return tries(ecsServiceToken, func(w *world) inputs {
			w.Create(ecsClusterToken, "cluster", inputs{"name": name})
			return inputs{"name": "web", "taskDefinition": ecsTask(w, inputs{"family": "web", "containerDefinitions": webContainer}).Text("arn")}
		})
	}
	return []simulatortest.Case{
		{ID: "aws-ecs-cluster-exists", Code: "ClusterNotFoundException", Text: "Cluster not found: default",
			Fails: clustered("main"), Passes: clustered("default")},
		{ID: "aws-ecs-target-group-needs-listener", Code: invalid, Text: "does not have an associated load balancer",
			Fails: behindBalancer(false, "ip", "web", 80), Passes: behindBalancer(true, "ip", "web", 80)},
		{ID: "aws-ecs-target-type", Code: invalid, Text: "has target type instance",
			Fails: behindBalancer(true, "instance", "web", 80), Passes: behindBalancer(true, "ip", "web", 80)},
		{ID: "aws-ecs-container-exists", Code: invalid, Text: "container api does not exist",
			Fails: behindBalancer(true, "ip", "api", 80), Passes: behindBalancer(true, "ip", "web", 80)},
		{ID: "aws-ecs-container-port", Code: invalid, Text: "did not have a container port 8080 defined",
			Fails: behindBalancer(true, "ip", "web", 8080), Passes: behindBalancer(true, "ip", "web", 80)},
		{ID: "aws-ecs-network-configuration", Code: invalid, Text: "Network Configuration must be provided",
			Fails: running("awsvpc", nil), Passes: running("bridge", nil)},
		{ID: "aws-ecs-network-mode", Code: invalid, Text: "not valid for the given networkMode",
			Fails: subnets(inputs{"launchType": "EC2"}), Passes: service(inputs{"launchType": "EC2"})},
		{ID: "aws-ecs-task-runs-on-fargate", Code: invalid, Text: "does not support launch_type FARGATE",
			Fails: running("bridge", inputs{"launchType": "FARGATE"}), Passes: running("bridge", inputs{"launchType": "EC2"})},
		{ID: "aws-ecs-capacity-provider-associated", Code: invalid, Text: "not associated with the cluster: FARGATE_SPOT",
			Fails: spot("FARGATE"), Passes: spot("FARGATE_SPOT")},
		{ID: "aws-ecs-security-group-vpc", Code: invalid, Text: "same VPC as the input subnets",
			Fails: guarded(true), Passes: guarded(false)},
		{ID: "aws-ecs-deployment-percents", Code: invalid, Text: "will block deployments",
			Fails: service(inputs{"deploymentMaximumPercent": 100}), Passes: service(inputs{"deploymentMaximumPercent": 150})},
		{ID: "aws-ecs-grace-needs-load-balancer", Code: invalid, Text: "configured to use load balancers",
			Fails: service(inputs{"healthCheckGracePeriodSeconds": 30}), Passes: service(nil)},
		{ID: "aws-ecs-service-name-taken", Code: invalid, Text: "was not idempotent: web",
			Fails: twice("web"), Passes: twice("api")},
	}
}
