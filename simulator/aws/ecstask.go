package aws

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"

	"github.com/holdfast-iac/holdfast/simulator"
)

// Sources: terraform-provider-aws, internal/service/ecs/{task_definition,task_definition_data_source}.go; the ECS API's
// RegisterTaskDefinition; ECS guide, "Task definition parameters for Fargate". The id of the real provider is the
// family; here it is the ARN, because two revisions of one family exist side by side while one replaces the other.

var taskDefinitionKind = &simulator.Kind{
	Noun: "ECS Task Definition",
	ID: func(c *simulator.Call) string {
		return ecsARN(c, "task-definition", c.Text("family")) + ":" + strconv.Itoa(nextRevision(c))
	},
	ARN:      "{id}",
	NotFound: "ClientException: Unable to describe task definition: %s",
}

const taskParameters = "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-tasks-services.html"

// nextRevision is one more than the newest of the family.
func nextRevision(c *simulator.Call) int {
	newest := newestOf(c, c.Type.Kind, "family", c.Text("family"), revisionOf)
	if newest == nil {
		return 1
	}
	return revisionOf(newest) + 1
}

func revisionOf(task *simulator.Object) int { return int(numberOf(task, "revision")) }

// newestOf returns the object of a kind with that name and the highest number, or nil.
func newestOf(
	c *simulator.Call, kind *simulator.Kind, output, name string, number func(*simulator.Object) int,
) *simulator.Object {
	var newest *simulator.Object
	for _, o := range c.All(kind) {
		if o.Text(output) == name && (newest == nil || number(o) > number(newest)) {
			newest = o
		}
	}
	return newest
}

// newestRevision returns a family's newest task definition, or nil.
func newestRevision(c *simulator.Call, family string) *simulator.Object {
	return newestOf(c, taskDefinitionKind, "family", family, revisionOf)
}

// taskNamed returns a task definition by its ARN, by family:revision, or a family's newest.
func taskNamed(c *simulator.Call, name string) *simulator.Object {
	if !strings.HasPrefix(name, "arn:") {
		if !strings.Contains(name, ":") {
			return newestRevision(c, name)
		}
		name = ecsARN(c, "task-definition", name)
	}
	if task := c.Find(taskDefinitionKind, name); task != nil {
		return task
	}
	_, family, _ := strings.Cut(name, ":task-definition/")
	return newestRevision(c, family)
}

func taskDefinitionTypes() []*simulator.Type {
	return []*simulator.Type{{
		Token:    "aws:ecs/taskDefinition:TaskDefinition",
		Kind:     taskDefinitionKind,
		Defaults: map[string]any{"skipDestroy": false, "trackLatest": false},
		Immutable: []string{
			"containerDefinitions", "cpu", "enableFaultInjection", "ephemeralStorage", "executionRoleArn", "family",
			"inferenceAccelerators", "ipcMode", "memory", "networkMode", "pidMode", "placementConstraints",
			"proxyConfiguration", "requiresCompatibilities", "runtimePlatform", "taskRoleArn", "volumes",
		},
		Sets: []string{"inferenceAccelerators", "placementConstraints", "requiresCompatibilities", "volumes"},
		Rules: map[string]simulator.Rule{
			"family":                     simulator.Matches(`^[0-9A-Za-z_-]{1,255}$`, "up to 255 letters, digits, - and _ are"),
			"requiresCompatibilities[*]": simulator.OneOf("EC2", "EXTERNAL", "FARGATE"),
			"ephemeralStorage.sizeInGib": simulator.Between(21, 200),
			"executionRoleArn":           validARN, "taskRoleArn": validARN,
		},
		References: []simulator.Reference{
			ofRoleARN("executionRoleArn", "ClientException: Role is not valid: %s"),
			ofRoleARN("taskRoleArn", "ClientException: Role is not valid: %s"),
		},
		Keeps:       func(c *simulator.Call) bool { return c.Flag("skipDestroy") },
		Constraints: taskConstraints(),
		API:         []string{"ecs:RegisterTaskDefinition"},
		Parameters: map[string]string{
			"containerDefinitions":                  "", // JSON text of the parameter
			"runtimePlatform.operatingSystemFamily": "", // the model knows those of 2024 only
			"requiresCompatibilities":               "", // and is older than MANAGED_INSTANCES
		},
		Compute: func(c *simulator.Call) {
			last := strings.LastIndex(c.ID, ":")
			revision, _ := strconv.Atoi(c.ID[last+1:])
			setNew(c, map[string]any{
				"arnWithoutRevision": c.ID[:last], "revision": revision, "networkMode": "bridge", "enableFaultInjection": false,
			})
		},
	}}
}

// container is what the constraints look at of a container definition.
type container struct {
	Name, Image               string
	Essential                 *bool
	Memory, MemoryReservation float64
	PortMappings              []struct{ ContainerPort, HostPort int }
	LogConfiguration          struct{ LogDriver string }
}

// containersIn reads container definitions; ok is false for what is no list of them.
func containersIn(definitions string) (list []container, ok bool) {
	return list, json.Unmarshal([]byte(definitions), &list) == nil && len(list) > 0
}

func taskConstraints() []simulator.Constraint {
	at := func(id, refusal string, find func(*simulator.Call, func(string, ...any))) simulator.Constraint {
		return simulator.Constraint{
			Origin: simulator.Origin{ID: id, Source: taskParameters}, Stage: simulator.AtCheck,
			Error: "ClientException: " + refusal, Find: find,
		}
	}
	return []simulator.Constraint{
		at("aws-ecs-container-definitions", "Container.%s", findBadContainers),
		at("aws-ecs-fargate-network-mode", "Fargate only supports network mode ‘awsvpc’.",
			onFargate(func(c *simulator.Call, broken func(path string, args ...any)) {
				if c.Known("networkMode") && c.Text("networkMode") != "awsvpc" {
					broken("networkMode")
				}
			})),
		at("aws-ecs-fargate-task-size", "Fargate requires that '%s' be defined at the task level.",
			onFargate(func(c *simulator.Call, broken func(path string, args ...any)) {
				for _, size := range []string{"cpu", "memory"} {
					if !c.Given(size) {
						broken(size, size)
						return
					}
				}
			})),
		at("aws-ecs-fargate-sizes", "No Fargate configuration exists for given values: %s CPU, %s memory.",
			onFargate(func(c *simulator.Call, broken func(path string, args ...any)) {
				cpu, memory := c.Text("cpu"), c.Text("memory")
				if cpu != "" && memory != "" && !fargateHas(taskSize(cpu), taskSize(memory)) {
					broken("memory", cpu, memory)
				}
			})),
		at("aws-ecs-fargate-execution-role", "Fargate requires task definition to have execution role ARN to support %s.",
			onFargate(findMissingExecutionRole)),
		at("aws-ecs-host-ports", "When networkMode=awsvpc, the host ports and container ports in port mappings must match.",
			func(c *simulator.Call, broken func(path string, args ...any)) {
				containers, _ := containersIn(c.Text("containerDefinitions"))
				for _, one := range containers {
					for _, port := range one.PortMappings {
						if c.Text("networkMode") == "awsvpc" && port.HostPort != 0 && port.HostPort != port.ContainerPort {
							broken("containerDefinitions")
							return
						}
					}
				}
			}),
	}
}

// onFargate applies a check to tasks that must run on Fargate.
func onFargate(find func(*simulator.Call, func(string, ...any))) func(*simulator.Call, func(string, ...any)) {
	return func(c *simulator.Call, broken func(path string, args ...any)) {
		if slices.Contains(c.Texts("requiresCompatibilities[*]"), "FARGATE") {
			find(c, broken)
		}
	}
}

func findBadContainers(c *simulator.Call, broken func(path string, args ...any)) {
	definitions := c.Text("containerDefinitions")
	if definitions == "" {
		return
	}
	containers, ok := containersIn(definitions)
	if !ok {
		broken("containerDefinitions", "definitions must be a JSON list of at least one container")
		return
	}
	essential := false
	for _, one := range containers {
		switch {
		case one.Name == "":
			broken("containerDefinitions", "name should not be null or empty.")
			return
		case one.Image == "":
			broken("containerDefinitions", "image should not be null or empty.")
			return
		case !c.Given("memory") && one.Memory == 0 && one.MemoryReservation == 0:
			broken("containerDefinitions", fmt.Sprintf("memory: Invalid setting for container '%s'. At least one of 'memory' "+
				"or 'memoryReservation' must be specified.", one.Name))
			return
		}
		essential = essential || one.Essential == nil || *one.Essential
	}
	if !essential {
		broken("containerDefinitions", "essential: TaskDefinition must have at least one essential container.")
	}
}

func findMissingExecutionRole(c *simulator.Call, broken func(path string, args ...any)) {
	containers, _ := containersIn(c.Text("containerDefinitions"))
	for _, one := range containers {
		if c.Given("executionRoleArn") {
			return
		}
		switch {
		case strings.Contains(one.Image, ".dkr.ecr."):
			broken("executionRoleArn", "ECR images")
			return
		case one.LogConfiguration.LogDriver == "awslogs":
			broken("executionRoleArn", "log driver awslogs")
			return
		}
	}
}

// taskSize reads CPU units or MiB: 1024, "1 vCPU", "2GB".
func taskSize(size string) int {
	lower := strings.ToLower(strings.ReplaceAll(size, " ", ""))
	for _, unit := range []string{"vcpu", "gb"} {
		if number, ok := strings.CutSuffix(lower, unit); ok {
			n, _ := strconv.ParseFloat(number, 64)
			return int(n * 1024)
		}
	}
	n, _ := strconv.Atoi(lower)
	return n
}

// fargateSizes are the ranges of memory, in steps, that go with an amount of CPU on Fargate.
var fargateSizes = map[int]struct{ low, high, step int }{
	512:   {1024, 4096, 1024},
	1024:  {2048, 8192, 1024},
	2048:  {4096, 16384, 1024},
	4096:  {8192, 30720, 1024},
	8192:  {16384, 61440, 4096},
	16384: {32768, 122880, 8192},
}

func fargateHas(cpu, memory int) bool {
	if cpu == 256 {
		return slices.Contains([]int{512, 1024, 2048}, memory)
	}
	size, ok := fargateSizes[cpu]
	return ok && memory >= size.low && memory <= size.high && memory%size.step == 0
}

func lookUpTaskDefinition(c *simulator.Call) resource.PropertyMap {
	task := taskNamed(c, c.Text("taskDefinition"))
	if task == nil {
		c.Fail("taskDefinition", taskDefinitionKind.NotFound, c.Text("taskDefinition"))
		return nil
	}
	for _, name := range []string{
		"arnWithoutRevision", "containerDefinitions", "cpu", "executionRoleArn", "family", "ipcMode", "memory", "networkMode",
		"pidMode", "taskRoleArn",
	} {
		c.Set(name, task.Text(name))
	}
	c.Set("arn", task.ID)
	c.Set("id", task.ID)
	c.Set("revision", revisionOf(task))
	c.Set("enableFaultInjection", task.Flag("enableFaultInjection"))
	c.Set("status", "ACTIVE")
	compatible := []any{}
	if list := task.Output("requiresCompatibilities"); list.IsArray() {
		compatible, _ = list.Mappable().([]any)
	}
	c.Set("requiresCompatibilities", compatible)
	for _, name := range []string{
		"ephemeralStorages", "inferenceAccelerators", "placementConstraints", "proxyConfigurations", "runtimePlatforms", "volumes",
	} {
		c.Set(name, []any{})
	}
	return c.Outputs
}
