package crosscloud

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/holdfast-iac/holdfast/policies/policy"
	"github.com/holdfast-iac/holdfast/policies/policytest"
)

func TestTagsOneEnvironment(t *testing.T) {
	t.Parallel()
	of := func(tags ...any) []policytest.Resource {
		var resources []policytest.Resource
		for i, tag := range tags {
			resources = append(resources, policytest.Resource{Type: bucketType, Name: string(rune('a' + i)), Properties: props{"tags": tag}})
		}
		return resources
	}
	dev := policy.Deployment{Stack: "aws-dev"}
	policytest.Run(t, TagsOneEnvironment,
		policytest.Case{Name: "none", Want: policytest.Pass()},
		policytest.Case{Name: "no tags", Resources: of(nil, props{"owner": "ann"}), Deployment: dev, Want: policytest.Pass()},
		policytest.Case{Name: "the stack's", Resources: of(props{"Environment": "development"}), Deployment: dev, Want: policytest.Pass()},
		policytest.Case{Name: "another than the stack's", Resources: of(props{"env": "prod-eu"}), Deployment: dev,
			Want: policytest.Fail("Its tag env says production, but the stack's name says development.")},
		policytest.Case{Name: "another than a resource's", Resources: of(props{"stage": "qa"}, props{"Stage": "live"}), Want: policytest.Fail("but a says test")},
		policytest.Case{Name: "no word for one", Resources: of(props{"env": "blue"}, props{"env": "green"}), Deployment: dev, Want: policytest.Pass()},
		policytest.Case{Name: "a word in another", Resources: of(props{"env": "products"}, props{"env": "devices"}), Want: policytest.Pass()},
		policytest.Case{Name: "several words", Resources: of(props{"env": "prod-test"}), Deployment: dev, Want: policytest.Pass()},
		policytest.Case{Name: "a stack of several words", Resources: of(props{"env": "prod"}), Deployment: policy.Deployment{Stack: "dev-prod"}, Want: policytest.Pass()},
		policytest.Case{Name: "in a list", Resources: of([]any{"web", "env:production"}), Deployment: dev, Want: policytest.Fail("tag env says production")},
		policytest.Case{Name: "deeper", Resources: of(props{"spec": props{"env": "prod"}}), Deployment: dev, Want: policytest.Pass()},
		policytest.Case{Name: "deeper in a tag", Resources: of(props{"env": props{"x": "prod"}}, "env:production"), Deployment: dev, Want: policytest.Pass()},
		policytest.Case{Name: "tags with those of the provider", Want: policytest.Fail("says production"), Deployment: dev,
			Resources: policytest.One(bucketType, props{"tagsAll": props{"environment": "prod"}})},
		policytest.Case{Name: "labels with those of the provider", Want: policytest.Fail("says production"), Deployment: dev,
			Resources: policytest.One(gcpBucketType, props{"effectiveLabels": props{"environment": "prod"}})},
		policytest.Case{Name: "another property", Deployment: dev, Want: policytest.Pass(),
			Resources: policytest.One(functionType, props{"settings": props{"environment": "prod"}})},
		policytest.Case{Name: "labels", Want: policytest.Fail("says production"), Deployment: dev,
			Resources: policytest.One(gcpBucketType, props{"labels": props{"environment": "prod"}})},
		policytest.Case{Name: "not known", Resources: of(props{"env": policytest.Unknown}), Deployment: dev, Want: policytest.Pass()},
		policytest.Case{Name: "secret", Resources: of(props{"env": policytest.Secret("prod")}), Deployment: dev, Want: policytest.Pass()},
	)
}

func TestEnvironmentIn(t *testing.T) {
	t.Parallel()
	for environment, texts := range map[string][]string{
		"production":  {"production", "prod", "prd", "live", "Prod-EU-1", "prod/production"},
		"staging":     {"staging", "stage", "stg", "preprod", "preproduction"},
		"test":        {"test", "testing", "qa", "uat"},
		"development": {"development", "dev", "develop"},
		"sandbox":     {"sandbox"},
		"":            {"", "blue", "products", "dev-prod", "prod-dev-prod"},
	} {
		for _, text := range texts {
			assert.Equal(t, environment, environmentIn(text), text)
		}
	}
}
