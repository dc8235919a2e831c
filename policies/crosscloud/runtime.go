package crosscloud

import (
	"iter"
	"maps"
	"slices"
	"strings"

	"github.com/holdfast-iac/holdfast/policies/policy"
)

// setup are the scripts that machines run at their first start, by type: paths, in which "*" is any key or index.
var setup = map[string][]string{
	instanceType:            {"userData", "userDataBase64"},
	launchTemplateType:      {"userData"},
	launchConfigurationType: {"userData", "userDataBase64"},
	azureMachineType:        {"userData", "osProfile.customData"},
	azureScaleSetType:       {"virtualMachineProfile.userData", "virtualMachineProfile.osProfile.customData"},
	gcpMachineType:          {"metadataStartupScript", "metadata.*"},
	gcpTemplateType:         {"metadataStartupScript", "metadata.*"},
	gcpRegionTemplateType:   {"metadataStartupScript", "metadata.*"},
	dropletType:             {"userData"},
}

// environment are what programs find around them when they run, by type.
var environment = map[string][]string{
	functionType:       {"environment.variables.*"},
	taskDefinitionType: {"containerDefinitions"},
	projectType:        {"environment.environmentVariables.*.value"},
	appRunnerType: {
		"sourceConfiguration.imageRepository.imageConfiguration.runtimeEnvironmentVariables.*",
		"sourceConfiguration.codeRepository.codeConfiguration.codeConfigurationValues.runtimeEnvironmentVariables.*",
	},
	runServiceType:       {"template.containers.*.envs.*.value"},
	runJobType:           {"template.template.containers.*.envs.*.value"},
	oldRunServiceType:    {"template.spec.containers.*.envs.*.value"},
	cloudFunctionType:    {"serviceConfig.environmentVariables.*", "buildConfig.environmentVariables.*"},
	oldCloudFunctionType: {"environmentVariables.*", "buildEnvironmentVariables.*"},
}

// rulesAt are rules for each of the types, which check what is at the type's paths.
func rulesAt(places map[string][]string, check func(r *policy.Report, paths []string)) []policy.Rule {
	var rules []policy.Rule
	for _, token := range slices.Sorted(maps.Keys(places)) {
		rules = append(rules, policy.On(token, func(r *policy.Report, _ struct{}) { check(r, places[token]) }))
	}
	return rules
}

// textsAt are the resource's texts at the paths.
func textsAt(n *policy.Node, paths []string) iter.Seq[policy.Text] {
	return func(yield func(policy.Text) bool) {
		for text := range n.Texts() {
			if slices.ContainsFunc(paths, func(path string) bool { return matches(text.Path, path) }) && !yield(text) {
				return
			}
		}
	}
}

// matches reports whether a path is as another, in which "*" is any key or index, says.
func matches(path []string, pattern string) bool {
	steps := strings.Split(pattern, ".")
	return slices.EqualFunc(path, steps, func(step, want string) bool { return want == "*" || step == want })
}
