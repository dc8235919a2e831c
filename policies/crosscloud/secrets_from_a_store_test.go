package crosscloud

import (
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
		policytest.Case{Name: "App Platform encrypts it", Resources: app(props{"key": "A", "value": secret("x"), "type": "SECRET"}), Want: policytest.Pass()},
	)
}
