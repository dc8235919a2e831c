package crosscloud

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/holdfast-iac/holdfast/policies/policy"
	"github.com/holdfast-iac/holdfast/policies/policytest"
)

func TestSecretsMarked(t *testing.T) {
	t.Parallel()
	on := func(properties props) []policytest.Resource { return policytest.One("some:module:Thing", properties) }
	const random = "q9Zx3mTr8LwPv2Ks6Yd1"
	policytest.Run(t, SecretsMarked,
		policytest.Case{Name: "password", Resources: on(props{"adminPassword": "opensesame"}), Want: policytest.Fail("adminPassword seems to hold a secret (password)")},
		policytest.Case{Name: "marked", Resources: on(props{"adminPassword": policytest.Secret("opensesame")}), Want: policytest.Pass()},
		policytest.Case{Name: "not known", Resources: on(props{"adminPassword": policytest.Unknown}), Want: policytest.Pass()},
		policytest.Case{Name: "beside a name", Resources: on(props{"envs": []any{props{"name": "DB_PASSWORD", "value": "opensesame"}, props{"name": "A", "value": "b"}}}),
			Want: policytest.Fail("envs.0.value")},
		policytest.Case{Name: "in JSON", Resources: on(props{"containerDefinitions": `[{"environment":[{"name":"DB_PASSWORD","value":"opensesame"}]}]`}),
			Want: policytest.Fail("containerDefinitions.0.environment.0.value")},
		policytest.Case{Name: "beside a name in JSON, in capitals", Resources: on(props{"x": `[{"Name":"DB_PASSWORD","Value":"opensesame"}]`}), Want: policytest.Fail("x.0.Value")},
		policytest.Case{Name: "beside a key", Resources: on(props{"envs": []any{props{"key": "DB_PASSWORD", "value": "opensesame"}}}), Want: policytest.Fail("envs.0.value")},
		policytest.Case{Name: "beside a key in JSON", Resources: on(props{"x": `{"a":{"key":"DB_PASSWORD","value":"opensesame"},"b":{"Key":"A_PASSWORD","Value":"opensesame"}}`}),
			Want: policytest.Fail("x.a.value", "x.b.Value")},
		policytest.Case{Name: "in a list", Resources: on(props{"adminPassword": []any{"opensesame"}}), Want: policytest.Fail("adminPassword.0")},
		policytest.Case{Name: "in JSON, and not once more in all of it", Want: policytest.Fail("containerDefinitions.0.environment.0.value"),
			Resources: on(props{"containerDefinitions": `[ {"environment": [ {"name": "API_KEY", "value": "` + random + `"} ]} ]`})},
		policytest.Case{Name: "key", Resources: on(props{"apiKey": random}), Want: policytest.Fail("apiKey")},
		policytest.Case{Name: "token", Resources: on(props{"apiToken": random}), Want: policytest.Fail("apiToken")},
		policytest.Case{Name: "secret", Resources: on(props{"variables": props{"CLIENT_SECRET": random}}), Want: policytest.Fail("CLIENT_SECRET")},
		policytest.Case{Name: "prose is not searched", Resources: on(props{"description": "api_key = " + random}), Want: policytest.Pass()},
		policytest.Case{Name: "prose in JSON is not", Resources: on(props{"policy": `{"Sid": "api_key = ` + random + `"}`}), Want: policytest.Pass()},
		policytest.Case{Name: "prose in a list in JSON is not", Resources: on(props{"policy": `["api_key = ` + random + `"]`}), Want: policytest.Pass()},
		policytest.Case{Name: "a command in JSON is", Want: policytest.Fail("containerDefinitions.0.command.1"),
			Resources: on(props{"containerDefinitions": `[{"command":["sh","api_key = ` + random + `"]}]`})},
		policytest.Case{Name: "each in JSON, and after it", Want: policytest.Fail("a.0.password", "a.1.password", "b.password"),
			Resources: on(props{"a": `[{"password":"x1"},{"password":"x2"},"x3"]`, "b": props{"password": "x4"}})},
		policytest.Case{Name: "no JSON", Resources: on(props{"password": "{x"}), Want: policytest.Pass()},
		policytest.Case{Name: "a name beside another value", Want: policytest.Pass(),
			Resources: on(props{"a": props{"name": "DB_PASSWORD"}, "b": props{"value": "opensesame"}})},
		policytest.Case{Name: "script", Resources: on(props{"userData": "#!/bin/sh\nexport API_KEY=" + random + "\n"}), Want: policytest.Fail("userData")},
		policytest.Case{Name: "packed script", Resources: on(props{"userData": zipped(t, "#!/bin/sh\nexport API_KEY="+random+"\n")}), Want: policytest.Fail("userData")},
		policytest.Case{Name: "form is for another policy", Resources: on(props{"apiToken": githubToken, "userData": "export T=" + githubToken}), Want: policytest.Pass()},
		policytest.Case{Name: "configuration", Want: policytest.Fail("under shop:dbPassword (password)"), Deployment: policy.Deployment{
			Config: map[string]string{"shop:dbPassword": "opensesame", "shop:smtpPassword": "opensesame", "shop:passwordLength": "20"}, SecretKeys: []string{"shop:smtpPassword"},
		}},
	)
}

// TestNamesThatMislead: what looks like a secret's name, or a secret, and is none.
func TestNamesThatMislead(t *testing.T) {
	t.Parallel()
	for name, value := range map[string]string{
		"passwordPolicy": "strict", "manageMasterUserPassword": "true", "DB_PASSWORD": "", "PGPASSWORD": "$(cat /run/secrets/db)",
		"DATABASE_PASSWORD": "{{resolve:secretsmanager:db}}", "adminPassword": "@Microsoft.KeyVault(SecretUri=x)", "PASSWORD_FILE": "/run/secrets/x",
		"masterPassword": "arn:aws:secretsmanager:eu-west-1:123456789012:secret:orders-AbCdEf", "kmsKeyId": "1234abcd-12ab-34cd-56ef-1234567890ab",
		"clientToken": "1234abcd-12ab-34cd-56ef-1234567890ab", "creationToken": "files-20261130", "publicKey": "AAAAB3NzaC1yc2EAAAADAQABAAABgQ",
		"hashKey": "id", "partitionKey": "tenantAndOrder", "DB_SECRET": "orders-database-credentials", "secretId": "orders/db", "tokenKey": "abcdefghij1234567890",
		"rotatePassword": "false", "args": "token=q9Zx3mTr8LwPv2Ks6Yd1", "tags": "owner", "API_KEY": "changes", "userData": "#!/bin/sh\nset -e\nsystemctl enable --now nginx\n",
		"env": "kms_key_id=1234abcd-12ab-34cd-56ef-1234567890ab other=1",
	} {
		assert.Empty(t, secretByName(pair{path: []string{name}, name: name, value: value, free: true}), "%s=%s", name, value)
	}
}

func TestWordsOfNames(t *testing.T) {
	t.Parallel()
	for name, want := range map[string][]string{
		"": nil, "dbPassword": {"db", "password"}, "DB_PASSWORD": {"db", "password"}, "db-password.2": {"db", "password", "2"}, "APIKey": {"apikey"}, "xToken": {"x", "token"},
		"apiKEY": {"api", "key"}, "größeÄndern": {"größe", "ändern"},
	} {
		assert.Equal(t, want, words(name), name)
	}
}

// TestNamesOfSecrets: what is called so opens something.
func TestNamesOfSecrets(t *testing.T) {
	t.Parallel()
	for _, name := range []string{
		"password", "DB_PASSWD", "sshPassphrase", "smtp-pwd",
		"client_secret", "accessToken", "apiToken", "auth_token", "bearerToken", "SLACK_BOT_TOKEN", "refreshToken", "serviceToken",
		"accessKey", "accountKey", "apiKey", "authKey", "privateKey", "SECRET_KEY", "sharedKey",
	} {
		assert.NotEmpty(t, secretByName(pair{name: name, value: "q9Zx3mTr8LwPv2Ks6Yd1"}), name)
	}
}

// TestFreeText: names of properties that hold scripts, commands and environments, as the four clouds' providers write them.
func TestFreeText(t *testing.T) {
	t.Parallel()
	var cases []policytest.Case
	for _, name := range []string{
		"userData", "userDataBase64", "customData", "metadata", "metadataStartupScript", "script", "content", "environment",
		"environmentVariables", "buildEnvironmentVariables", "runtimeEnvironmentVariables", "variables", "env", "envs", "command",
		"args", "containerDefinitions", "containerProperties", "buildspec", "appSettings", "tags", "labels",
	} {
		cases = append(cases, policytest.Case{Name: name, Want: policytest.Fail(name + ".0"),
			Resources: policytest.One("some:module:Thing", props{name: []any{"run --with api_key = q9Zx3mTr8LwPv2Ks6Yd1"}})})
	}
	policytest.Run(t, SecretsMarked, cases...)
}

// TestStandIns: references of shells and templates, and of those who resolve them.
func TestStandIns(t *testing.T) {
	t.Parallel()
	for _, value := range []string{
		"$PASSWORD", "%PASSWORD%", "<password>", "{password}", "*****", "[hidden]", "xxxxx", "XXXXX", // of people, shells and forms
		"x${PASSWORD}", "x{{ .Values.password }}", "x$(cat password)", // within a text
		"@Microsoft.KeyVault(SecretUri=https://orders.vault.azure.net/secrets/db)", // App Service
		"arn:aws:secretsmanager:eu-west-1:123456789012:secret:db", "projects/shop/secrets/db/versions/1",
		"secret://db", "vault:secret/data/db#password", "ssm:/orders/db", "op://orders/db/password", "sm://shop/db", "ref+vault://db#/password",
		"/run/secrets/db", "https://orders.vault.azure.net/secrets/db", "http://127.0.0.1:2773/secretsmanager/get", "file:/run/secrets/db",
	} {
		assert.Empty(t, secretByName(pair{name: "dbPassword", value: value}), value)
	}
}

// TestWalksEnd: whoever has seen enough of what is in a resource is told no more.
func TestWalksEnd(t *testing.T) {
	t.Parallel()
	for _, text := range []string{`["1","2"]`, `[["1","2"],"3"]`, `[["1"],"2"]`, `{"a":"1","b":"2"}`, `{"a":{"b":"1","c":"2"},"d":"3"}`} {
		for p := range inJSON(pair{value: text}) {
			assert.Equal(t, "1", p.value)
			break
		}
	}
	first := policy.Policy{
		ID: "first-text", Title: "The first text is enough.", Severity: policy.Low, Rationale: "Who asks for one.", Remediation: "None.",
		Rules: []policy.Rule{policy.OnEvery(func(r *policy.Report, _ struct{}) {
			for range pairs(r.Resource()) {
				break
			}
			for range textsAt(r.Resource(), []string{"*"}) {
				break
			}
		})},
	}
	policytest.Run(t, first,
		policytest.Case{Name: "texts", Resources: policytest.One("some:module:Thing", props{"a": "1", "b": "2"}), Want: policytest.Pass()},
		policytest.Case{Name: "texts in JSON", Resources: policytest.One("some:module:Thing", props{"a": `["1","2"]`, "b": "3"}), Want: policytest.Pass()},
	)
}
