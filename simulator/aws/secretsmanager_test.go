package aws_test

import (
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/holdfast-iac/holdfast/simulator"
	"github.com/holdfast-iac/holdfast/simulator/simulatortest"
)

const (
	secretToken         = "aws:secretsmanager/secret:Secret"
	secretVersionToken  = "aws:secretsmanager/secretVersion:SecretVersion"
	secretRotationToken = "aws:secretsmanager/secretRotation:SecretRotation"
	secretPolicyToken   = "aws:secretsmanager/secretPolicy:SecretPolicy"
	rotatingFunction    = "arn:aws:lambda:us-west-2:123456789012:function:rotate"
)

func secret(w *world, name string) thing { return w.Create(secretToken, name, inputs{"name": name}) }

// secretAccess is a policy that lets somebody read a secret.
func secretAccess(principal string) string {
	return `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"` + principal + `"},` +
		`"Action":"secretsmanager:GetSecretValue","Resource":"*"}]}`
}

func secretFixtures() []simulatortest.Fixture {
	other := func(input string) func(*world, inputs) inputs {
		return func(w *world, in inputs) inputs { return with(in, inputs{input: secret(w, "other").ID()}) }
	}
	return []simulatortest.Fixture{
		{
			Type:    secretToken,
			Inputs:  func(*world) inputs { return inputs{"name": "app/database", "recoveryWindowInDays": 0} },
			Update:  changing(inputs{"description": "of the app"}),
			Replace: changing(inputs{"name": "app/other"}),
		},
		{
			Type:    secretVersionToken,
			Inputs:  func(w *world) inputs { return inputs{"secretId": secret(w, "app").ID(), "secretString": "open sesame"} },
			Update:  changing(inputs{"versionStages": []any{"AWSCURRENT", "GREEN"}}),
			Replace: changing(inputs{"secretString": "shut sesame"}),
		},
		{
			Type: secretRotationToken,
			Inputs: func(w *world) inputs {
				return inputs{
					"secretId": secret(w, "app").ID(), "rotationLambdaArn": rotatingFunction,
					"rotationRules": inputs{"automaticallyAfterDays": 30},
				}
			},
			Update:  changing(inputs{"rotationRules": inputs{"scheduleExpression": "rate(10 days)"}}),
			Replace: other("secretId"),
		},
		{
			Type: secretPolicyToken,
			Inputs: func(w *world) inputs {
				return inputs{"secretArn": secret(w, "app").ID(), "policy": secretAccess("arn:aws:iam::123456789012:root")}
			},
			Update:  changing(inputs{"policy": secretAccess("arn:aws:iam::210987654321:root")}),
			Replace: other("secretArn"),
		},
	}
}

func TestSecretNamesLinger(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.Delete(secret(w, "app"))
	_, err := w.Try(secretToken, "again", inputs{"name": "app"})
	assert.Equal(t, "InvalidRequestException", simulator.Code(err))
	assert.ErrorContains(t, err, "already scheduled for deletion")
	w.Delete(w.Create(secretToken, "fleeting", inputs{"name": "fleeting", "recoveryWindowInDays": 0}))
	w.Create(secretToken, "fleeting again", inputs{"name": "fleeting"})
	_, err = w.Try(secretToken, "short", inputs{"name": "short", "recoveryWindowInDays": 3})
	assert.ErrorContains(t, err, "expected a number from 7 to 30")
}

func TestSecretLookups(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	ask := func(token string, in inputs) (resource.PropertyMap, error) {
		return w.Provider.Invoke("aws:secretsmanager/"+token+":"+token, resource.NewPropertyMapFromMap(in))
	}
	app := secret(w, "app")
	assert.Regexp(t, `^arn:aws:secretsmanager:us-west-2:123456789012:secret:app-[0-9a-f]{6}$`, app.ID())
	_, err := ask("getSecretVersion", inputs{"secretId": "app"})
	assert.ErrorContains(t, err, "staging label: AWSCURRENT")
	version := w.Create(secretVersionToken, "version", inputs{"secretId": "app", "secretString": "open sesame"})
	assert.True(t, version.Outputs["secretString"].IsSecret())
	assert.Equal(t, app.ID(), version.Text("arn"))
	for _, id := range []string{"app", app.ID()} {
		found, err := ask("getSecretVersion", inputs{"secretId": id})
		require.NoError(t, err)
		assert.Equal(t, "open sesame", found["secretString"].StringValue())
		assert.Equal(t, version.Text("versionId"), found["versionId"].StringValue())
	}
	byName, err := ask("getSecret", inputs{"name": "app"})
	require.NoError(t, err)
	assert.Equal(t, app.ID(), byName["arn"].StringValue())
	_, err = ask("getSecret", inputs{"name": "other"})
	assert.Equal(t, "ResourceNotFoundException", simulator.Code(err))
	password, err := ask("getRandomPassword", inputs{"passwordLength": 40, "excludePunctuation": true, "excludeCharacters": "lIO01"})
	require.NoError(t, err)
	assert.Regexp(t, `^[a-km-zA-HJ-NP-Z2-9]{40}$`, password["randomPassword"].StringValue())
	_, err = ask("getRandomPassword", inputs{
		"excludePunctuation": true, "excludeLowercase": true, "excludeUppercase": true, "excludeNumbers": true,
	})
	assert.Equal(t, "InvalidParameterException", simulator.Code(err))
}

func secretCases() []simulatortest.Case {
	of := func(token string, in inputs) func(*world) error {
		return func(w *world) error {
			app := secret(w, "app")
			return creating(token, with(in, inputs{map[bool]string{true: "secretArn", false: "secretId"}[token == secretPolicyToken]: app.ID()}))(w)
		}
	}
	rules := inputs{"rotationRules": inputs{"automaticallyAfterDays": 30}}
	policy := func(principal string) inputs {
		return inputs{"policy": secretAccess(principal), "blockPublicPolicy": true}
	}
	return []simulatortest.Case{
		refusedSecond("aws-secretsmanager-secret-exists", "ResourceExistsException", "the secret app already exists", secretToken,
			inputs{"name": "app"}, inputs{"name": "other"}),
		{ID: "aws-secretsmanager-value-required", Code: "InvalidRequestException", Text: "either SecretString or SecretBinary",
			Fails: of(secretVersionToken, inputs{}), Passes: of(secretVersionToken, inputs{"secretString": "open sesame"})},
		{ID: "aws-secretsmanager-rotation-function", Code: "InvalidRequestException", Text: "No Lambda rotation function ARN",
			Fails:  of(secretRotationToken, rules),
			Passes: of(secretRotationToken, with(rules, inputs{"rotationLambdaArn": rotatingFunction}))},
		{ID: "aws-secretsmanager-public-policy", Code: "PublicPolicyException", Text: "grants broad access",
			Fails: of(secretPolicyToken, policy("*")), Passes: of(secretPolicyToken, policy("123456789012"))},
	}
}
