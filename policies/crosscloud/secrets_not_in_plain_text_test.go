package crosscloud

import (
	"encoding/base64"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"google.golang.org/protobuf/encoding/protojson"
	"google.golang.org/protobuf/types/known/structpb"

	"github.com/holdfast-iac/holdfast/policies/policy"
	"github.com/holdfast-iac/holdfast/policies/policytest"
)

func TestSecretsNotInPlainText(t *testing.T) {
	t.Parallel()
	const anyType = "some:module:Thing"
	on := func(properties props) []policytest.Resource { return policytest.One(anyType, properties) }
	config := func(secret ...string) policy.Deployment {
		return policy.Deployment{Config: map[string]string{"shop:token": githubToken, "aws:region": "eu-west-1"}, SecretKeys: secret}
	}
	policytest.Run(t, SecretsNotInPlainText,
		policytest.Case{Name: "no property", Resources: on(nil), Want: policytest.Pass()},
		policytest.Case{Name: "deep", Resources: on(props{"a": []any{props{"b": githubToken}}}),
			Want: policytest.Fail("property a.0.b holds what is a secret by its form (github-pat)")},
		policytest.Case{Name: "each is told", Resources: on(props{"a": githubToken, "b": props{"c": awsKey, "d": 1}}),
			Want: policytest.Fail("property a ", "property b.c ")},
		policytest.Case{Name: "marked", Resources: on(props{"a": policytest.Secret(githubToken)}), Want: policytest.Pass()},
		policytest.Case{Name: "in what is marked", Resources: on(props{"a": policytest.Secret(props{"b": githubToken})}), Want: policytest.Pass()},
		policytest.Case{Name: "not known", Resources: on(props{"a": policytest.Unknown}), Want: policytest.Pass()},
		policytest.Case{Name: "not known does not hide", Resources: on(props{"a": policytest.Unknown, "b": awsKey}), Want: policytest.Fail("property b ")},
		policytest.Case{Name: "as a key", Resources: on(props{"tags": props{awsKey: "x"}}), Want: policytest.Fail("A key in its property tags is")},
		policytest.Case{Name: "as a key of what is not known", Resources: on(props{"tags": props{awsKey: policytest.Unknown}}), Want: policytest.Fail("A key in its property tags is")},
		policytest.Case{Name: "as a key and a value", Resources: on(props{"tags": props{awsKey: githubToken}}),
			Want: policytest.Fail("tags.[secret] holds", "key in its property tags")},
		policytest.Case{Name: "a provider", Resources: policytest.One("pulumi:providers:digitalocean", props{"token": doToken}),
			Want: policytest.Fail("property token ")},
		policytest.Case{Name: "user data in base64", Want: policytest.Fail("userData "), Resources: policytest.One(instanceType, props{
			"userData": base64.StdEncoding.EncodeToString([]byte("#!/bin/sh\nexport A=" + awsKey + "\n     ")),
		})},
		policytest.Case{Name: "configuration", Deployment: config(), Want: policytest.Fail("holds under shop:token what is a secret")},
		policytest.Case{Name: "encrypted configuration", Deployment: config("shop:token"), Want: policytest.Pass()},
	)
}

// TestSecretsAreNeverRepeated: neither to the engine nor in the evidence, whatever holds them.
func TestSecretsAreNeverRepeated(t *testing.T) {
	folder := t.TempDir()
	t.Setenv(policy.EvidenceVariable, folder)
	engine := policytest.Serve(t, policy.PackSpec{Name: "crosscloud", Version: "0.0.0", Policies: append(All(), policy.EvidencePolicy)})
	_, err := engine.ConfigureStack(t.Context(), &pulumirpc.AnalyzerStackConfigureRequest{
		Stack: "dev", DryRun: true, Config: map[string]string{"shop:token": slackToken, "shop:" + awsKey: privateKey},
	})
	require.NoError(t, err)
	inner := databaseURL + " " + storageAcces + " " + privateKey
	properties, err := structpb.NewStruct(map[string]any{
		"userData": "export TOKEN=" + githubToken, "tags": map[string]any{awsKey: doToken, "password": "opensesame-1"},
		"userDataBase64": base64.StdEncoding.EncodeToString([]byte(inner)), "url": databaseURL, "list": []any{slackToken, storageAcces},
		"environment": map[string]any{"variables": map[string]any{"DB_PASSWORD": "opensesame-2", "API_KEY": "q9Zx3mTr8LwPv2Ks6Yd1"}},
	})
	require.NoError(t, err)
	var said strings.Builder
	for _, token := range []string{instanceType, "aws:lambda/function:Function", "pulumi:providers:aws", "some:module:Thing"} {
		answer, err := engine.Analyze(t.Context(), &pulumirpc.AnalyzeRequest{Type: token, Urn: "urn:x", Name: "x", Properties: properties})
		require.NoError(t, err)
		require.NotEmpty(t, answer.Diagnostics)
		said.WriteString(protojson.Format(answer))
	}
	answer, err := engine.AnalyzeStack(t.Context(), &pulumirpc.AnalyzeStackRequest{Resources: []*pulumirpc.AnalyzerResource{
		{Type: instanceType, Urn: "urn:x", Name: "x", Properties: properties},
	}})
	require.NoError(t, err)
	require.NotEmpty(t, answer.Diagnostics)
	said.WriteString(protojson.Format(answer))
	files, err := filepath.Glob(filepath.Join(folder, "*.json"))
	require.NoError(t, err)
	require.NotEmpty(t, files)
	for _, file := range files {
		evidence, err := os.ReadFile(file)
		require.NoError(t, err)
		require.True(t, json.Valid(evidence))
		said.Write(evidence)
	}
	for _, secret := range []string{
		awsKey, githubToken, doToken, slackToken, "MIIEpAIBAAKCAQEA7x2kQ9", "correct-horse", strings.Repeat("aB3+", 21), "opensesame",
		"q9Zx3mTr8LwPv2Ks6Yd1",
	} {
		assert.NotContains(t, said.String(), secret)
	}
}
