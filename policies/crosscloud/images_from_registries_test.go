package crosscloud

import (
	"testing"

	"github.com/holdfast-iac/holdfast/policies/policytest"
)

func TestImagesFromRegistries(t *testing.T) {
	t.Parallel()
	run := func(image any) []policytest.Resource {
		return policytest.One(runServiceType, props{"template": props{"containers": []any{props{"image": image}}}})
	}
	config := props{"registries": []any{"ghcr.io/example", "europe-docker.pkg.dev/shop/", "docker.io/library"}}
	policytest.Run(t, ImagesFromRegistries,
		policytest.Case{Name: "not configured", Resources: run("evil/orders"), Want: policytest.NotApplicable()},
		policytest.Case{Name: "allowed", Resources: run("ghcr.io/example/orders:1"), Config: config, Want: policytest.Pass()},
		policytest.Case{Name: "with a slash", Resources: run("europe-docker.pkg.dev/shop/a/b:1"), Config: config, Want: policytest.Pass()},
		policytest.Case{Name: "a name that begins alike", Resources: run("ghcr.io/example-2/orders:1"), Config: config,
			Want: policytest.Fail("ghcr.io/example-2/orders:1, from none of: ghcr.io/example, ")},
		policytest.Case{Name: "Docker Hub's by default", Resources: run("someone/orders:1"), Config: config, Want: policytest.Fail("is docker.io/someone/orders:1,")},
		policytest.Case{Name: "Docker Hub's own", Resources: run("nginx:1.29"), Config: config, Want: policytest.Fail("is docker.io/nginx:1.29,")},
		policytest.Case{Name: "the machine's own", Resources: run("localhost/orders:1"), Config: config, Want: policytest.Fail("is localhost/orders:1,")},
		policytest.Case{Name: "with a port", Resources: run("registry:5000/orders:1"), Config: config, Want: policytest.Fail("is registry:5000/orders:1,")},
		policytest.Case{Name: "not known", Resources: run(policytest.Unknown), Config: config, Want: policytest.Undetermined("image")},
		policytest.Case{Name: "App Platform, from Docker Hub", Config: config, Want: policytest.Fail("job 0 is docker.io/example/web@sha256:0123,"), Resources: policytest.One(appType, props{
			"spec": props{
				"services": []any{props{"image": props{"registryType": "DOCKER_HUB", "registry": "library", "repository": "nginx", "tag": "1"}}},
				"jobs":     []any{props{"image": props{"registryType": "DOCKER_HUB", "registry": "example", "repository": "web", "digest": "sha256:0123"}}},
			},
		})},
		policytest.Case{Name: "App Platform", Config: config, Want: policytest.Fail("worker 0 is ghcr.io/other/mail:2,"), Resources: policytest.One(appType, props{
			"spec": props{
				"services": []any{props{"image": props{"registryType": "GHCR", "registry": "example", "repository": "web", "tag": "1"}}},
				"workers":  []any{props{"image": props{"registryType": "GHCR", "registry": "other", "repository": "mail", "tag": "2"}}},
			},
		})},
	)
}
