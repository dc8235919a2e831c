package aws

import (
	"slices"
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"

	"github.com/holdfast-iac/holdfast/simulator"
)

// Sources: terraform-provider-aws, internal/service/ecs/service.go; the ECS API's CreateService and UpdateService.

var ecsServiceKind = &simulator.Kind{
	Noun: "ECS Service",
	ID: func(c *simulator.Call) string {
		return ecsARN(c, "service", ecsClusterName(c)+"/"+c.Text("name"))
	},
	NotFound: "ServiceNotFoundException: Service not found: %s",
}

// ecsClusterName is the name of a service's cluster, which it may give as an ARN.
func ecsClusterName(c *simulator.Call) string {
	name := c.Text("cluster")
	if name == "" {
		return "default"
	}
	return name[strings.LastIndex(name, "/")+1:]
}

func ecsServiceTypes() []*simulator.Type {
	byARN := func(wanted bool) func(*simulator.Call, string) (string, bool) {
		return func(_ *simulator.Call, name string) (string, bool) {
			return name, strings.HasPrefix(name, "arn:") == wanted
		}
	}
	cluster := func(by simulator.Address, isARN bool) simulator.Reference {
		return simulator.Reference{Property: "cluster", To: kinds(ecsClusterKind), By: by, OnDelete: simulator.Ignore,
			Address: byARN(isARN)}
	}
	return []*simulator.Type{{
		Token: "aws:ecs/service:Service",
		Kind:  ecsServiceKind,
		Defaults: map[string]any{
			"deploymentMaximumPercent": 200, "deploymentMinimumHealthyPercent": 100, "enableEcsManagedTags": false,
			"enableExecuteCommand": false, "schedulingStrategy": "REPLICA", "waitForSteadyState": false,
		},
		Immutable: []string{"cluster", "deploymentController.type", "iamRole", "launchType", "name", "schedulingStrategy"},
		Sets:      []string{"capacityProviderStrategies", "loadBalancers", "placementConstraints"},
		Rules: map[string]simulator.Rule{
			"launchType":                      simulator.OneOf("EC2", "EXTERNAL", "FARGATE"),
			"propagateTags":                   simulator.OneOf("NONE", "SERVICE", "TASK_DEFINITION"),
			"schedulingStrategy":              simulator.OneOf("DAEMON", "REPLICA"),
			"loadBalancers[*].containerPort":  simulator.Between(0, 65536),
			"loadBalancers[*].targetGroupArn": validARN,
		},
		References: []simulator.Reference{
			cluster(simulator.ByARN, true), cluster(simulator.ByName, false),
			{Property: "networkConfiguration.subnets[*]", To: kinds(subnetKind),
				NotFound: "InvalidParameterException: The subnet ID '%s' does not exist"},
			{Property: "networkConfiguration.securityGroups[*]", To: kinds(securityGroupKind),
				NotFound: "InvalidParameterException: The security group '%s' does not exist"},
			ofARN("loadBalancers[*].targetGroupArn", ":targetgroup/",
				"InvalidParameterException: Unable to find target group %s", targetGroupKind),
		},
		Unique: []simulator.Unique{{
			Origin:     simulator.Origin{ID: "aws-ecs-service-name-taken", Source: "terraform-provider-aws, internal/service/ecs/service.go"},
			Properties: []string{"cluster", "name"},
			Error:      "InvalidParameterException: Creation of service was not idempotent: %s",
		}},
		Constraints: ecsServiceConstraints(),
		API:         []string{"ecs:CreateService", "ecs:UpdateService"},
		Parameters: map[string]string{
			"name": "serviceName", "iamRole": "role", "capacityProviderStrategies": "capacityProviderStrategy",
			"orderedPlacementStrategies": "placementStrategy", "networkConfiguration": "",
			"launchType": "", // the model is older than MANAGED_INSTANCES
		},
		Compute: func(c *simulator.Call) {
			setNew(c, map[string]any{"iamRole": "", "platformVersion": ""})
			if cluster := clusterNamed(c, ecsClusterName(c)); cluster != nil {
				c.SetNew("cluster", cluster.ID)
			}
			launch := "EC2"
			if c.Given("capacityProviderStrategies") {
				launch = ""
			}
			c.SetNew("launchType", launch)
			if c.Text("launchType") == "FARGATE" && !c.Given("platformVersion") {
				c.Set("platformVersion", "LATEST")
			}
		},
	}}
}

// taskOf returns the service's task definition, nil when it has none that is known here.
func taskOf(c *simulator.Call) *simulator.Object {
	if name := c.Text("taskDefinition"); name != "" {
		return taskNamed(c, name)
	}
	return nil
}

func ecsServiceConstraints() []simulator.Constraint {
	const source = "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CreateService.html"
	at := func(id string, stage simulator.Stage, refusal string, find func(*simulator.Call, func(string, ...any))) simulator.Constraint {
		return simulator.Constraint{
			Origin: simulator.Origin{ID: id, Source: source}, Stage: stage,
			Error: "InvalidParameterException: " + refusal, Find: find,
		}
	}
	apply, check := simulator.AtApply, simulator.AtCheck
	return []simulator.Constraint{
		{Origin: simulator.Origin{ID: "aws-ecs-cluster-exists", Source: source}, Stage: apply,
			Error: "ClusterNotFoundException: Cluster not found: %s", Retried: true,
			Find: func(c *simulator.Call, broken func(path string, args ...any)) {
				if !c.Given("cluster") && clusterNamed(c, "default") == nil {
					broken("cluster", "default")
				}
			}},
		{Origin: simulator.Origin{ID: "aws-ecs-target-group-needs-listener", Source: source}, Stage: apply,
			Error: "InvalidParameterException: The target group with targetGroupArn %s does not have an associated load " +
				"balancer.",
			Retried: true, // terraform-provider-aws, internal/service/ecs/service.go, as is a missing cluster
			Find:    findLooseTargets},
		at("aws-ecs-target-type", apply, "The provided target group %s has target type instance, which is incompatible with "+
			"the awsvpc network mode specified in the task definition.", findInstanceTargets),
		at("aws-ecs-container-exists", apply, "The container %s does not exist in the task definition.",
			balanced(func(list []container, name string, _ float64) []any {
				if slices.ContainsFunc(list, func(one container) bool { return one.Name == name }) {
					return nil
				}
				return []any{name}
			})),
		at("aws-ecs-container-port", apply, "The container %s did not have a container port %d defined.",
			balanced(func(list []container, name string, wanted float64) []any {
				at := slices.IndexFunc(list, func(one container) bool { return one.Name == name })
				if at < 0 {
					return nil
				}
				for _, port := range list[at].PortMappings {
					if float64(port.ContainerPort) == wanted {
						return nil
					}
				}
				return []any{name, int(wanted)}
			})),
		at("aws-ecs-network-configuration", apply,
			"Network Configuration must be provided when networkMode 'awsvpc' is specified.",
			func(c *simulator.Call, broken func(path string, args ...any)) {
				if task := taskOf(c); task != nil && task.Text("networkMode") == "awsvpc" && !c.Given("networkConfiguration") {
					broken("networkConfiguration")
				}
			}),
		at("aws-ecs-network-mode", apply, "Network Configuration is not valid for the given networkMode of this task definition.",
			func(c *simulator.Call, broken func(path string, args ...any)) {
				if task := taskOf(c); task != nil && task.Text("networkMode") != "awsvpc" && c.Given("networkConfiguration") {
					broken("networkConfiguration")
				}
			}),
		at("aws-ecs-task-runs-on-fargate", apply, "Task definition does not support launch_type FARGATE.",
			func(c *simulator.Call, broken func(path string, args ...any)) {
				if task := taskOf(c); task != nil && c.Text("launchType") == "FARGATE" && !fitsFargate(task) {
					broken("taskDefinition")
				}
			}),
		{Origin: simulator.Origin{ID: "aws-ecs-capacity-provider-associated", Source: ecsCapacitySource}, Stage: apply,
			Error: "InvalidParameterException: The specified capacity provider strategy cannot contain a capacity provider " +
				"that is not associated with the cluster: %s. Associate the capacity provider with the cluster and try again.",
			Find: findLooseProviders},
		at("aws-ecs-security-group-vpc", apply, "Security group %s does not appear to belong to the same VPC as the input subnets.",
			findGroupsElsewhere("networkConfiguration.subnets[*]", "networkConfiguration.securityGroups[*]")),
		at("aws-ecs-deployment-percents", check, "Both maximumPercent and minimumHealthyPercent cannot be 100 as this will "+
			"block deployments.",
			func(c *simulator.Call, broken func(path string, args ...any)) {
				low, lowKnown := c.Number("deploymentMinimumHealthyPercent")
				high, highKnown := c.Number("deploymentMaximumPercent")
				if lowKnown && highKnown && low == 100 && high == 100 && c.Text("schedulingStrategy") == "REPLICA" {
					broken("deploymentMaximumPercent")
				}
			}),
		at("aws-ecs-grace-needs-load-balancer", check,
			"Health check grace period is only valid for services configured to use load balancers.",
			func(c *simulator.Call, broken func(path string, args ...any)) {
				grace, given := c.Number("healthCheckGracePeriodSeconds")
				if given && grace > 0 && !c.Given("loadBalancers") && !c.Given("vpcLatticeConfigurations") &&
					!c.Given("serviceRegistries") {
					broken("healthCheckGracePeriodSeconds")
				}
			}),
	}
}

// findLooseTargets finds target groups that no listener and no rule of one sends anything to.
func findLooseTargets(c *simulator.Call, broken func(path string, args ...any)) {
	c.Each("loadBalancers[*].targetGroupArn", func(path, arn string) {
		group := c.FindBy(targetGroupKind, simulator.ByARN, arn)
		if group != nil && len(group.Users(listenerKind)) == 0 && len(group.Users(listenerRuleKind)) == 0 {
			broken(path, arn)
		}
	})
}

func findInstanceTargets(c *simulator.Call, broken func(path string, args ...any)) {
	task := taskOf(c)
	if task == nil || task.Text("networkMode") != "awsvpc" {
		return
	}
	c.Each("loadBalancers[*].targetGroupArn", func(path, arn string) {
		if group := c.FindBy(targetGroupKind, simulator.ByARN, arn); group != nil && group.Text("targetType") == "instance" {
			broken(path, arn)
		}
	})
}

// balanced holds every load balancer's container against those of the task definition.
func balanced(wrong func(list []container, name string, port float64) []any) func(*simulator.Call, func(string, ...any)) {
	return func(c *simulator.Call, broken func(path string, args ...any)) {
		task := taskOf(c)
		if task == nil {
			return
		}
		containers, _ := containersIn(task.Text("containerDefinitions"))
		c.Objects("loadBalancers[*]", func(path string, balancer resource.PropertyMap) {
			port := balancer["containerPort"]
			if !port.IsNumber() {
				return
			}
			if refusal := wrong(containers, stringOf(balancer["containerName"]), port.NumberValue()); refusal != nil {
				broken(path, refusal...)
			}
		})
	}
}

// fitsFargate reports whether a task definition has what Fargate needs, whatever it asks for.
func fitsFargate(task *simulator.Object) bool {
	return task.Text("networkMode") == "awsvpc" && task.Text("cpu") != "" && task.Text("memory") != ""
}

// findLooseProviders finds capacity providers in the strategy that the cluster does not have.
func findLooseProviders(c *simulator.Call, broken func(path string, args ...any)) {
	cluster := clusterNamed(c, ecsClusterName(c))
	if cluster == nil {
		return
	}
	var associated []string
	for _, providers := range cluster.Users(clusterCapacityKind) {
		associated = append(associated, stringsOf(providers.Output("capacityProviders"))...)
	}
	c.Each("capacityProviderStrategies[*].capacityProvider", func(path, name string) {
		short := name[strings.LastIndex(name, "/")+1:]
		if !slices.Contains(associated, short) {
			broken(path, name)
		}
	})
}
