package crosscloud

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/holdfast-iac/holdfast/policies/policytest"
)

// TestExamples holds every policy to its own examples, with all that it reads unknown in turn.
func TestExamples(t *testing.T) {
	t.Parallel()
	for _, p := range All() {
		t.Run(p.ID, func(t *testing.T) {
			t.Parallel()
			policytest.RunExamples(t, p)
		})
	}
}

// TestEveryPolicyHasItsFiles: the policy any-regions-allowed is in regions_allowed.go and has a test beside it.
func TestEveryPolicyHasItsFiles(t *testing.T) {
	t.Parallel()
	var ids []string
	for _, p := range All() {
		ids = append(ids, p.ID)
		name := strings.ReplaceAll(strings.TrimPrefix(p.ID, "any-"), "-", "_")
		source, err := os.ReadFile(name + ".go")
		require.NoError(t, err)
		assert.Contains(t, string(source), `"`+p.ID+`"`)
		assert.FileExists(t, name+"_test.go")
	}
	assert.True(t, slices.IsSorted(ids), "the list is in the order of the ids")
	assert.Equal(t, len(ids), len(slices.Compact(slices.Clone(ids))))
}

// TestEveryPolicyIsListed: what a file declares, All has.
func TestEveryPolicyIsListed(t *testing.T) {
	t.Parallel()
	declared := regexp.MustCompile(`(?m)^var \w+ = policy\.Policy\{`)
	files, err := os.ReadDir(".")
	require.NoError(t, err)
	count := 0
	for _, file := range files {
		source, err := os.ReadFile(file.Name())
		require.NoError(t, err)
		if !strings.HasSuffix(file.Name(), "_test.go") {
			count += len(declared.FindAll(source, -1))
		}
	}
	assert.Equal(t, count, len(All())) // Len would print them
}
