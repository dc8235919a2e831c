package aws_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/holdfast-iac/holdfast/simulator"
	"github.com/holdfast-iac/holdfast/simulator/simulatortest"
)

const (
	repositoryToken     = "aws:ecr/repository:Repository"
	imageLifecycleToken = "aws:ecr/lifecyclePolicy:LifecyclePolicy"
)

func repository(w *world, name string) thing {
	return w.Create(repositoryToken, name, inputs{"name": name})
}

// expire is a lifecycle policy of one or two rules.
func expire(firstPriority, first, second string) string {
	rule := func(priority, selection string) string {
		return `{"rulePriority":` + priority + `,"action":{"type":"expire"},"selection":{` + selection +
			`,"countType":"imageCountMoreThan","countNumber":5}}`
	}
	return `{"rules":[` + rule(firstPriority, first) + `,` + rule("2", second) + `]}`
}

const anyTag, untagged, released = `"tagStatus":"any"`, `"tagStatus":"untagged"`, `"tagStatus":"tagged","tagPrefixList":["v"]`

func registryFixtures() []simulatortest.Fixture {
	return []simulatortest.Fixture{
		{
			Type: repositoryToken,
			Inputs: func(*world) inputs {
				return inputs{"name": "team/app", "imageScanningConfiguration": inputs{"scanOnPush": true}}
			},
			Update:  changing(inputs{"imageTagMutability": "IMMUTABLE"}),
			Replace: changing(inputs{"name": "team/other"}),
		},
		{
			Type: imageLifecycleToken,
			Inputs: func(w *world) inputs {
				return inputs{"repository": repository(w, "app").ID(), "policy": expire("1", untagged, anyTag)}
			},
			Update:  changing(inputs{"policy": expire("1", released, anyTag)}),
			Replace: func(w *world, in inputs) inputs { return with(in, inputs{"repository": repository(w, "other").ID()}) },
		},
		{
			Type: "aws:ecr/repositoryPolicy:RepositoryPolicy",
			Inputs: func(w *world) inputs {
				return inputs{"repository": repository(w, "app").ID(), "policy": trust}
			},
			Replace: func(w *world, in inputs) inputs { return with(in, inputs{"repository": repository(w, "other").ID()}) },
		},
	}
}

func registryCases() []simulatortest.Case {
	policy := func(text string) func(*world) error {
		return tries(imageLifecycleToken, func(w *world) inputs {
			return inputs{"repository": repository(w, "app").ID(), "policy": text}
		})
	}
	encrypted := func(kind string) func(*world) error {
		return tries(repositoryToken, func(w *world) inputs {
			key := w.Create("aws:kms/key:Key", "key", inputs{}).Text("arn")
			return inputs{"name": "app", "encryptionConfigurations": []any{inputs{"encryptionType": kind, "kmsKey": key}}}
		})
	}
	return []simulatortest.Case{
		{ID: "aws-ecr-lifecycle-policy", Code: "InvalidParameterException", Text: "tagStatus any must have the highest",
			Fails: policy(expire("1", anyTag, untagged)), Passes: policy(expire("1", untagged, anyTag))},
		{ID: "aws-ecr-key-needs-kms", Code: "InvalidParameterException", Text: "encryption type KMS",
			Fails: encrypted("AES256"), Passes: encrypted("KMS")},
	}
}

func TestLifecyclePolicies(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		`{}`:                          "no JSON object with rules",
		`[`:                           "no JSON object with rules",
		expire("2", untagged, anyTag): "must be unique",
		expire("0", untagged, anyTag): "rulePriority from 1",
		expire("1", `"tagStatus":"tagged"`, anyTag): "needs tagPrefixList",
	} {
		w := newWorld(t)
		_, err := w.Try(imageLifecycleToken, "policy", inputs{"repository": repository(w, "app").ID(), "policy": text})
		require.ErrorContains(t, err, want)
		assert.Equal(t, "InvalidParameterException", simulator.Code(err))
	}
}

func TestRepositoryOutputs(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	app := repository(w, "team/app")
	assert.Equal(t, "123456789012.dkr.ecr.us-west-2.amazonaws.com/team/app", app.Text("repositoryUrl"))
	assert.Equal(t, "arn:aws:ecr:us-west-2:123456789012:repository/team/app", app.Text("arn"))
	found := ask(t, w, "aws:ecr/getRepository:getRepository", inputs{"name": "team/app"})
	assert.Equal(t, app.Text("repositoryUrl"), found["repositoryUrl"])
	refuses(t, w, "aws:ecr/getRepository:getRepository", inputs{"name": "none"}, "RepositoryNotFoundException")
	answer, err := w.Provider.Invoke("aws:ecr/getAuthorizationToken:getAuthorizationToken", nil)
	require.NoError(t, err)
	assert.True(t, answer["password"].IsSecret())
	assert.Equal(t, "https://123456789012.dkr.ecr.us-west-2.amazonaws.com", answer["proxyEndpoint"].StringValue())
	_, err = w.Try(repositoryToken, "upper", inputs{"name": "App"})
	require.ErrorContains(t, err, "lower-case letters")
	_, err = w.Try(repositoryToken, "again", inputs{"name": "team/app"})
	assert.Equal(t, "RepositoryAlreadyExistsException", simulator.Code(err))
}
