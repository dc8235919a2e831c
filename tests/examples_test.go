package tests

import (
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/holdfast-iac/holdfast/internal/rehearsal"
)

var update = flag.Bool("update", false, "write the inventories and generated pages anew")

// TestExamples rehearses every example under every policy, and compares what it makes with the inventory beside it.
func TestExamples(t *testing.T) {
	t.Parallel()
	projects, err := filepath.Glob("../examples/*/Pulumi.yaml")
	require.NoError(t, err)
	require.NotEmpty(t, projects)
	for _, project := range projects {
		dir := filepath.Dir(project)
		t.Run(filepath.Base(dir), func(t *testing.T) {
			t.Parallel()
			report, code := rehearse(t, dir, "--pack", "all")
			require.Zero(t, code, "%+v", report)
			assertAdvice(t, filepath.Base(dir), report)
			assertInventory(t, filepath.Join(dir, "inventory.json"), report)
		})
	}
}

// assertInventory compares how many resources of each type a rehearsal made with a file.
func assertInventory(t *testing.T, file string, report rehearsal.Report) {
	t.Helper()
	inventory := map[string]int{}
	for _, r := range report.Resources {
		assert.True(t, r.Modelled, "%s is not simulated", r.Type)
		inventory[r.Type] = r.Count
	}
	if *update {
		text, err := json.MarshalIndent(inventory, "", "  ")
		require.NoError(t, err)
		require.NoError(t, os.WriteFile(file, append(text, '\n'), 0o600))
	}
	text, err := os.ReadFile(file)
	require.NoError(t, err)
	want := map[string]int{}
	require.NoError(t, json.Unmarshal(text, &want))
	assert.Equal(t, want, inventory, "if the change is wanted, run this test with -update")
}
