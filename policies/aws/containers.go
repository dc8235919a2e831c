package aws

import (
	"encoding/json"
	"regexp"

	"github.com/holdfast-iac/holdfast/policies/policy"
)

// container is one of a task of ECS (Amazon ECS API Reference, "ContainerDefinition").
type container struct {
	Name                   string
	Privileged             bool
	ReadonlyRootFilesystem bool
	LogConfiguration       *struct{ LogDriver string }
	Environment            []struct{ Name, Value string }
}

// containersOf reads the definitions of containers, as far as they are some: ECS refuses what is not.
func containersOf(definitions policy.Value[string]) []container {
	var containers []container
	_ = json.Unmarshal([]byte(definitions.Get()), &containers)
	return containers
}

// namesOf are the names of the containers for which f holds.
func namesOf(containers []container, f func(container) bool) []string {
	var names []string
	for _, c := range containers {
		if f(c) {
			names = append(names, c.Name)
		}
	}
	return names
}

// containedTask is a task definition with its containers.
type containedTask struct {
	Containers policy.Value[string]          `pulumi:"containerDefinitions"`
	Platform   policy.Value[runtimePlatform] `pulumi:"runtimePlatform"`
}

type runtimePlatform struct {
	System       policy.Value[string] `pulumi:"operatingSystemFamily"`
	Architecture policy.Value[string] `pulumi:"cpuArchitecture"`
}

// accessKey is the id of an access key, of a user or of a session (IAM User Guide, "IAM identifiers").
var accessKey = regexp.MustCompile(`\b(AKIA|ASIA)[A-Z0-9]{16}\b`)
