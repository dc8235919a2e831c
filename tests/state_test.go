package tests

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestSimulatedCloudsKeepTheirState takes a stack up in one run and down in another, and changes nothing between.
func TestSimulatedCloudsKeepTheirState(t *testing.T) {
	t.Parallel()
	built := crashProject(t, crashProgram)
	project := t.TempDir() // of its own: Pulumi writes into a stack's file
	yaml := "name: crash\nruntime:\n  name: go\n  options:\n    binary: " + built + "/program\n"
	require.NoError(t, os.WriteFile(filepath.Join(project, "Pulumi.yaml"), []byte(yaml), 0o600))
	config, err := os.ReadFile("testdata/crash/Pulumi.dev.yaml")
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(filepath.Join(project, "Pulumi.dev.yaml"), config, 0o600))
	home, folder := t.TempDir(), filepath.Join(t.TempDir(), "made", "clouds")
	simulate := func(script string) (out string, code int) {
		t.Helper()
		script = `set -e
			cd "` + project + `"
			export PULUMI_HOME="` + home + `" PULUMI_BACKEND_URL="file://` + home + `" PULUMI_CONFIG_PASSPHRASE=x
			export PULUMI_SKIP_UPDATE_CHECK=true PULUMI_STACK=dev
			` + script
		out, errs, code := run(t, "simulate", "--state", folder, "--", "sh", "-c", script)
		return out + errs, code
	}
	out, code := simulate("pulumi stack init dev; pulumi up --yes --skip-preview; exit 7")
	require.Equal(t, 7, code, "the state is kept when the command fails: %s", out)
	assert.Contains(t, out, "+ 11 created")
	for name, mode := range map[string]os.FileMode{"": 0o700, "aws.json": 0o600, "gcp.json": 0o600} {
		info, err := os.Stat(filepath.Join(folder, name))
		require.NoError(t, err)
		assert.Equal(t, mode, info.Mode().Perm(), name)
	}

	out, code = simulate("pulumi up --yes --skip-preview --refresh --expect-no-changes")
	require.Zero(t, code, "all is as it was: %s", out)
	assert.Contains(t, out, "11 unchanged")

	out, code = simulate(`holdfast=` + holdfast + `; "$holdfast" simulate --state "` + folder + `" -- true`)
	assert.Equal(t, 1, code)
	assert.Contains(t, out, "is in use by another command")

	out, code = simulate("pulumi destroy --yes --skip-preview")
	require.Zero(t, code, out)
	assert.Contains(t, out, "- 11 deleted")
	state, err := os.ReadFile(filepath.Join(folder, "aws.json"))
	require.NoError(t, err)
	assert.NotContains(t, string(state), `"urn"`, "nothing is left of the stack")
	leftovers, err := filepath.Glob(filepath.Join(folder, ".*-*"))
	require.NoError(t, err)
	assert.Empty(t, leftovers)

	require.NoError(t, os.WriteFile(filepath.Join(folder, "aws.json"), []byte(`{"format":99}`), 0o600))
	out, code = simulate("true")
	assert.Equal(t, 1, code)
	assert.Contains(t, out, "aws.json: loading the simulated aws: the state has format 99; only format 1 can be read")
	kept, err := os.ReadFile(filepath.Join(folder, "aws.json"))
	require.NoError(t, err)
	assert.Equal(t, `{"format":99}`, string(kept), "what cannot be read is left alone")
}
