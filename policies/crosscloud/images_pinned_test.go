package crosscloud

import (
	"testing"

	"github.com/holdfast-iac/holdfast/policies/policytest"
)

func TestImagesPinned(t *testing.T) {
	t.Parallel()
	one := policytest.One
	task := func(image string) []policytest.Resource {
		return one(taskDefinitionType, props{"containerDefinitions": `[{"name":"app","image":"` + image + `"},{"name":"log","image":"fluent-bit:3.1"}]`})
	}
	for name, want := range map[string]policytest.Answer{
		"orders:2.4.1": policytest.Pass(), "orders@sha256:0123": policytest.Pass(), "orders:latest@sha256:0123": policytest.Pass(),
		"localhost:5000/orders:1": policytest.Pass(), "<IMAGE1_NAME>": policytest.Pass(), "${IMAGE}": policytest.Pass(),
		"orders":                policytest.Fail(`container "app" is orders,`),
		"orders:latest":         policytest.Fail("orders:latest"),
		"registry:5000/orders":  policytest.Fail("registry:5000/orders"),
		"localhost:5000/orders": policytest.Fail("localhost:5000/orders"),
	} {
		policytest.Run(t, ImagesPinned, policytest.Case{Name: name, Resources: task(name), Want: want})
	}
	containers := props{"containers": []any{props{"image": "a:1"}, props{"image": "b"}}}
	app := func(image props) []policytest.Resource {
		return one(appType, props{"spec": props{"envs": []any{}, "jobs": []any{props{"image": image}, props{"name": "from source"}}}})
	}
	policytest.Run(t, ImagesPinned,
		policytest.Case{Name: "beside what is none", Resources: one(taskDefinitionType, props{"containerDefinitions": `[1, {"name":"app","image":"orders"}]`}),
			Want: policytest.Fail(`container "app" is orders,`)},
		policytest.Case{Name: "no JSON", Resources: one(taskDefinitionType, props{"containerDefinitions": "{"}), Want: policytest.Pass()},
		policytest.Case{Name: "not known", Resources: one(taskDefinitionType, props{"containerDefinitions": policytest.Unknown}),
			Want: policytest.Undetermined(".containerDefinitions")},
		policytest.Case{Name: "function of a zip file", Resources: one(functionType, nil), Want: policytest.Pass()},
		policytest.Case{Name: "function", Resources: one(functionType, props{"imageUri": "a/b"}), Want: policytest.Fail("its function is a/b")},
		policytest.Case{Name: "App Runner", Want: policytest.Fail("its service is a:latest"), Resources: one(appRunnerType, props{
			"sourceConfiguration": props{"imageRepository": props{"imageIdentifier": "a:latest"}},
		})},
		policytest.Case{Name: "App Runner from source", Want: policytest.Pass(), Resources: one(appRunnerType, props{
			"sourceConfiguration": props{"codeRepository": props{}},
		})},
		policytest.Case{Name: "Cloud Run", Resources: one(runServiceType, props{"template": containers}), Want: policytest.Fail("container 1 is b,")},
		policytest.Case{Name: "a job of it", Resources: one(runJobType, props{"template": props{"template": containers}}), Want: policytest.Fail("container 1")},
		policytest.Case{Name: "its first version", Resources: one(oldRunServiceType, props{"template": props{"spec": containers}}), Want: policytest.Fail("container 1")},
		policytest.Case{Name: "App Platform", Resources: app(props{"registryType": "DOCR", "repository": "mail"}),
			Want: policytest.Fail("job 0 is registry.digitalocean.com/mail:latest,")},
		policytest.Case{Name: "services and workers of App Platform", Want: policytest.Fail("service 0 is ", "worker 0 is "), Resources: one(appType, props{"spec": props{
			"services": []any{props{"image": props{"repository": "web"}}}, "workers": []any{props{"image": props{"repository": "mail", "tag": "latest"}}},
		}})},
		policytest.Case{Name: "App Platform by tag", Resources: app(props{"repository": "mail", "tag": "3"}), Want: policytest.Pass()},
		policytest.Case{Name: "App Platform by digest", Resources: app(props{"repository": "mail", "digest": "sha256:0123"}), Want: policytest.Pass()},
	)
}
