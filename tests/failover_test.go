package tests

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

const failoverStack = `config:
  aws:region: us-east-1
  holdfast:cloud: aws
  holdfast:zone: shop.example.com
  holdfast:network: {zones: 2, nat: one, endpoints: {disabled: true}}
  holdfast:loadBalancer: {domain: shop.example.com}
  holdfast:cluster: {}
  holdfast:database: {}
  holdfast:databasePassword: correct-horse-battery
  holdfast:cache: {}
  holdfast:objectives: {availability: 99.8}
  holdfast:monitoring: {}
  holdfast:recovery:
    region: us-west-2
    network: {zones: 2, nat: one, endpoints: {disabled: true}}
    standby: 2
    databaseReplica: true
`

// TestFailover follows step 6 of the runbook, with its own commands: after the copy in the second region was promoted, the
// stack lets go of it, and the next update takes nothing away there. The promotion itself is not Pulumi's, and left out.
func TestFailover(t *testing.T) {
	t.Parallel()
	for _, command := range []string{"jq", "tac"} {
		if _, err := exec.LookPath(command); err != nil {
			t.Skip("the runbook needs " + command)
		}
	}
	text, err := os.ReadFile("../docs/runbooks/fail-over.md")
	require.NoError(t, err)
	letGo := regexp.MustCompile("(?s)```sh\n(   pulumi stack export .*?)   ```").FindSubmatch(text)
	settings := regexp.MustCompile("(?s)```sh\n(   pulumi config set [^\n]*databaseReplica.*?)   ```").FindSubmatch(text)
	require.True(t, letGo != nil && settings != nil, "the runbook has other steps")

	simulate, folder := platformOnClouds(t, "mine", failoverStack)
	simulate("pulumi stack init mine; pulumi up --yes --skip-preview")
	simulate(strings.ReplaceAll(string(letGo[1]), "NAME", "main") + string(settings[1]))
	out := simulate("pulumi up --yes --skip-preview")
	assert.NotRegexp(t, `\d (deleted|replaced)`, out)
	assert.Regexp(t, `(?m)^\s*\+ +aws:rds:InstanceAutomatedBackupsReplication main-dr `, out, "which the runbook announces")
	assert.Regexp(t, `(?m)^\s*~ +aws:kms:Key main-dr-key `, out, "the key stays, and is the only one")
	assert.Regexp(t, `(?m)^\s*\+ +aws:iam:RolePolicy recovery-data `, out, "for the cache alone")
	simulate("pulumi preview --expect-no-changes")
	clouds, err := os.ReadFile(filepath.Join(folder, "aws.json"))
	require.NoError(t, err)
	for _, kept := range []string{"holdfast-mine-main-dr", "/holdfast/mine/database/endpoint", "alias/holdfast-mine-main-dr-key"} {
		assert.Contains(t, string(clouds), `"`+kept+`"`)
	}
}

// platformOnClouds returns what runs a script on a stack of the root program, with simulated clouds that keep their state in
// the folder, and returns what it printed. A script that fails, fails the test.
func platformOnClouds(t *testing.T, stack, config string) (simulate func(script string) string, folder string) {
	t.Helper()
	project, home, folder := t.TempDir(), t.TempDir(), filepath.Join(t.TempDir(), "clouds")
	built, err := exec.CommandContext(t.Context(), "go", "build", "-o", filepath.Join(project, "program"), "..").CombinedOutput()
	require.NoError(t, err, "%s", built)
	yaml := "name: holdfast\nruntime:\n  name: go\n  options:\n    binary: program\n"
	require.NoError(t, os.WriteFile(filepath.Join(project, "Pulumi.yaml"), []byte(yaml), 0o600))
	require.NoError(t, os.WriteFile(filepath.Join(project, "Pulumi."+stack+".yaml"), []byte(config), 0o600))
	return func(script string) string {
		t.Helper()
		script = `set -e
			cd "` + project + `"
			export PULUMI_HOME="` + home + `" PULUMI_BACKEND_URL="file://` + home + `" PULUMI_CONFIG_PASSPHRASE=x
			export PULUMI_SKIP_UPDATE_CHECK=true PULUMI_STACK=` + stack + "\n" + script
		out, errs, code := run(t, "simulate", "--state", folder, "--", "sh", "-c", script)
		require.Zero(t, code, "%s%s", out, errs)
		return out + errs
	}, folder
}
