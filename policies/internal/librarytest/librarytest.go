// Package librarytest checks what every folder of policies must hold.
package librarytest

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/holdfast-iac/holdfast/policies/policy"
	"github.com/holdfast-iac/holdfast/policies/policytest"
)

var declared = regexp.MustCompile(`(?m)^var \w+ = policy\.Policy\{`)

// Run checks the policies of the folder that the test is in, whose ids begin with the prefix:
//   - each holds to its own examples, with all that it reads unknown in turn
//   - each has its files: prefix-s3-bucket-versioned is in s3_bucket_versioned.go and has a test beside it
//   - all that files declare are in the list, once and in the order of their ids
func Run(t *testing.T, prefix string, all []policy.Policy) {
	t.Run("Examples", func(t *testing.T) {
		t.Parallel()
		for _, p := range all {
			t.Run(p.ID, func(t *testing.T) {
				t.Parallel()
				policytest.RunExamples(t, p)
			})
		}
	})
	t.Run("Files", func(t *testing.T) {
		t.Parallel()
		checkFiles(t, prefix, all)
	})
	t.Run("List", func(t *testing.T) {
		t.Parallel()
		checkList(t, all)
	})
}

func checkFiles(t *testing.T, prefix string, all []policy.Policy) {
	for _, p := range all {
		name := strings.ReplaceAll(strings.TrimPrefix(p.ID, prefix), "-", "_")
		source, err := os.ReadFile(name + ".go")
		require.NoError(t, err)
		assert.Contains(t, string(source), `"`+p.ID+`"`)
		assert.FileExists(t, name+"_test.go")
	}
}

func checkList(t *testing.T, all []policy.Policy) {
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
	assert.Equal(t, count, len(all)) // Len would print them
	var ids []string
	for _, p := range all {
		ids = append(ids, p.ID)
	}
	assert.True(t, slices.IsSorted(ids), "the list is in the order of the ids")
	assert.Equal(t, len(ids), len(slices.Compact(slices.Clone(ids))))
}
