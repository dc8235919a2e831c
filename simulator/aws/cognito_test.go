package aws_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/holdfast-iac/holdfast/simulator/simulatortest"
)

const (
	userPoolToken       = "aws:cognito/userPool:UserPool"
	userPoolClientToken = "aws:cognito/userPoolClient:UserPoolClient"
)

func userPool(w *world, changes inputs) thing {
	return w.Create(userPoolToken, "people", with(inputs{"name": "people"}, changes))
}

func cognitoFixtures() []simulatortest.Fixture {
	return []simulatortest.Fixture{
		{
			Type:    userPoolToken,
			Inputs:  func(*world) inputs { return inputs{"name": "people", "autoVerifiedAttributes": []any{"email"}} },
			Update:  changing(inputs{"passwordPolicy": inputs{"minimumLength": 12}}),
			Replace: changing(inputs{"usernameAttributes": []any{"email"}}), DeleteFirst: true,
		},
		{
			Type: userPoolClientToken,
			Inputs: func(w *world) inputs {
				return inputs{"userPoolId": userPool(w, nil).ID(), "name": "web", "generateSecret": true}
			},
			Update:   changing(inputs{"refreshTokenValidity": 7}),
			Replace:  changing(inputs{"generateSecret": false}),
			ImportID: func(t thing) string { return t.Text("userPoolId") + "/" + t.ID() },
		},
	}
}

func cognitoCases() []simulatortest.Case {
	client := func(flows, scopes []any, secret bool) func(*world) error {
		return tries(userPoolClientToken, func(w *world) inputs {
			return inputs{"userPoolId": userPool(w, nil).ID(), "name": "web", "allowedOauthFlowsUserPoolClient": true,
				"allowedOauthFlows": flows, "allowedOauthScopes": scopes, "generateSecret": secret,
				"callbackUrls": []any{"https://example.com"}}
		})
	}
	remove := func(protection string) func(*world) error {
		return func(w *world) error { return w.TryDelete(userPool(w, inputs{"deletionProtection": protection})) }
	}
	code, machine, open := []any{"code"}, []any{"client_credentials"}, []any{"openid"}
	const wrong = "InvalidOAuthFlowException"
	return []simulatortest.Case{
		{ID: "aws-cognito-deletion-protection", Code: "InvalidParameterException", Text: "deletion protection is activated",
			Fails: remove("ACTIVE"), Passes: remove("INACTIVE")},
		{ID: "aws-cognito-oauth-needs-flows", Code: wrong, Text: "AllowedOAuthScopes are required",
			Fails: client(code, []any{}, false), Passes: client(code, open, false)},
		{ID: "aws-cognito-client-credentials-alone", Code: wrong, Text: "along with code flow",
			Fails: client([]any{"client_credentials", "code"}, open, true), Passes: client(machine, open, true)},
		{ID: "aws-cognito-client-credentials-secret", Code: wrong, Text: "does not have a client secret",
			Fails: client(machine, open, false), Passes: client(machine, open, true)},
	}
}

func TestUserPoolOutputs(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	pool := userPool(w, nil)
	assert.Regexp(t, `^us-west-2_[0-9a-f]{9}$`, pool.ID())
	assert.Equal(t, "cognito-idp.us-west-2.amazonaws.com/"+pool.ID(), pool.Text("endpoint"))
	client := w.Create(userPoolClientToken, "web", inputs{"userPoolId": pool.ID(), "generateSecret": true})
	assert.True(t, client.Outputs["clientSecret"].IsSecret())
}
