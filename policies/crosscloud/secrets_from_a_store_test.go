package crosscloud

import (
	"slices"
	"testing"

	"github.com/holdfast-iac/holdfast/policies/policytest"
)

func TestSecretsFromAStore(t *testing.T) {
	t.Parallel()
	one, secret := policytest.One, policytest.Secret
	app := func(variables ...any) []policytest.Resource {
		return one(appType, props{"spec": props{"services": []any{props{"envs": variables}}}})
	}
	policytest.Run(t, SecretsFromAStore,
		policytest.Case{Name: "no variables", Resources: one(functionType, nil), Want: policytest.Pass()},
		policytest.Case{Name: "one of them", Want: policytest.Fail("environment.variables.B holds a secret"),
			Resources: one(functionType, props{"environment": props{"variables": props{"A": "x", "B": secret("y")}}})},
		policytest.Case{Name: "all of them", Want: policytest.Fail("environment.[secret].[secret] ", "environment.[secret].[secret] "),
			Resources: one(functionType, props{"environment": secret(props{"variables": props{"A": "x", "B": "y"}})})},
		policytest.Case{Name: "one that is not known", Want: policytest.Fail("variables.A "),
			Resources: one(functionType, props{"environment": props{"variables": props{"A": secret(policytest.Unknown)}}})},
		policytest.Case{Name: "not known whether", Resources: one(functionType, props{"environment": policytest.Unknown}), Want: policytest.Pass()},
		policytest.Case{Name: "another property", Resources: one(functionType, props{"description": secret("x")}), Want: policytest.Pass()},
		policytest.Case{Name: "containers", Resources: one(taskDefinitionType, props{"containerDefinitions": secret("[]")}), Want: policytest.Fail("containerDefinitions")},
		policytest.Case{Name: "machine", Resources: one(azureMachineType, props{"osProfile": props{"customData": secret("x"), "adminPassword": secret("y")}}),
			Want: policytest.Fail("osProfile.customData")},
		policytest.Case{Name: "Cloud Run", Want: policytest.Fail("template.containers.0.envs.0.value"), Resources: one(runServiceType, props{
			"template": props{"containers": []any{props{"envs": []any{props{"name": "A", "value": secret("x")}}}}},
		})},
		policytest.Case{Name: "App Platform", Resources: app(props{"key": "A", "value": secret("x")}), Want: policytest.Fail("spec.services.0.envs.0.value holds a secret, and its type is not")},
		policytest.Case{Name: "App Platform, after one that is encrypted", Want: policytest.Fail("envs.1.value"),
			Resources: app(props{"key": "A", "value": secret("x"), "type": "SECRET"}, props{"key": "B", "value": secret("x")})},
		policytest.Case{Name: "App Platform, no secret", Resources: app(props{"key": "A", "value": "x"}), Want: policytest.Pass()},
		policytest.Case{Name: "App Platform, no variable", Resources: one(appType, props{"spec": props{"alerts": []any{props{"value": secret(5)}, props{"value": secret("x")}}}}), Want: policytest.Pass()},
		policytest.Case{Name: "App Platform encrypts it", Resources: app(props{"key": "A", "value": secret("x"), "type": "SECRET"}), Want: policytest.Pass()},
	)
}

// TestPlacesOfPrograms: where programs and machines are told what they are told, by type. In each place is one secret.
func TestPlacesOfPrograms(t *testing.T) {
	t.Parallel()
	secret := policytest.Secret("x")
	variables := props{"A": secret}
	list := []any{props{"name": "A", "value": secret}}
	profile := props{"userData": secret, "osProfile": props{"customData": secret}}
	google := props{"metadataStartupScript": secret, "metadata": props{"startup-script": secret}}
	containers := props{"containers": []any{props{"envs": list}}}
	for token, place := range map[string]struct {
		properties props
		secrets    int
	}{
		instanceType:            {props{"userData": secret, "userDataBase64": secret}, 2},
		launchTemplateType:      {props{"userData": secret}, 1},
		launchConfigurationType: {props{"userData": secret, "userDataBase64": secret}, 2},
		azureMachineType:        {profile, 2},
		azureScaleSetType:       {props{"virtualMachineProfile": profile}, 2},
		gcpMachineType:          {google, 2},
		gcpTemplateType:         {google, 2},
		gcpRegionTemplateType:   {google, 2},
		dropletType:             {props{"userData": secret}, 1},
		functionType:            {props{"environment": props{"variables": variables}}, 1},
		taskDefinitionType:      {props{"containerDefinitions": secret}, 1},
		projectType:             {props{"environment": props{"environmentVariables": list}}, 1},
		appRunnerType: {props{"sourceConfiguration": props{
			"imageRepository": props{"imageConfiguration": props{"runtimeEnvironmentVariables": variables}},
			"codeRepository":  props{"codeConfiguration": props{"codeConfigurationValues": props{"runtimeEnvironmentVariables": variables}}},
		}}, 2},
		runServiceType:       {props{"template": containers}, 1},
		runJobType:           {props{"template": props{"template": containers}}, 1},
		oldRunServiceType:    {props{"template": props{"spec": containers}}, 1},
		cloudFunctionType:    {props{"serviceConfig": props{"environmentVariables": variables}, "buildConfig": props{"environmentVariables": variables}}, 2},
		oldCloudFunctionType: {props{"environmentVariables": variables, "buildEnvironmentVariables": variables}, 2},
	} {
		said := slices.Repeat([]string{" holds a secret."}, place.secrets)
		policytest.Run(t, SecretsFromAStore, policytest.Case{Name: token, Resources: policytest.One(token, place.properties), Want: policytest.Fail(said...)})
	}
}
