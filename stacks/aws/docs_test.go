package aws

import (
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/holdfast-iac/holdfast/stacks/platform"
)

var (
	asked  = regexp.MustCompile(`stack output ([A-Za-z]+)`)
	listed = regexp.MustCompile("outputs?((?:\\s+(?:and\\s+|or\\s+)?`[A-Za-z]+`(?:\\s*\\([^)]*\\))?,?)+)")
	quoted = regexp.MustCompile("`([A-Za-z]+)`")
	colour = regexp.MustCompile(`clusterNames --json \| jq -r \.(\w+)`)
)

// outputsIn are the outputs that a text asks a stack for, or says that it has.
func outputsIn(text string) (names []string) {
	for _, match := range asked.FindAllStringSubmatch(text, -1) {
		names = append(names, match[1])
	}
	for _, list := range listed.FindAllStringSubmatch(text, -1) {
		for _, match := range quoted.FindAllStringSubmatch(list[1], -1) {
			names = append(names, match[1])
		}
	}
	return names
}

// Whoever follows a runbook in an emergency finds every output that it asks for, and every cluster.
func TestDocsAskForWhatIsExported(t *testing.T) {
	t.Parallel()
	s := whole()
	s.DatabasePassword, s.Recovery.DatabaseReplica = "correct-horse-battery", true
	_, exports := deploy(t, s)
	files, err := filepath.Glob("../../docs/*/*.md")
	require.NoError(t, err)
	found := 0
	for _, file := range append(files, "../../README.md") {
		text, err := os.ReadFile(file)
		require.NoError(t, err)
		for _, name := range outputsIn(string(text)) {
			assert.Contains(t, exports, name, filepath.Base(file))
			found++
		}
		for _, match := range colour.FindAllStringSubmatch(string(text), -1) {
			assert.Contains(t, []string{string(platform.Blue), string(platform.Green)}, match[1], filepath.Base(file))
			found++
		}
	}
	assert.Greater(t, found, 25, "the search has missed the runbooks")
	assert.Equal(t, []string{"a", "b", "c", "d"}, outputsIn("$(pulumi stack output a) the outputs `b` (first, of\nall), `c` and\n`d`; `e`"))
}

// The guide lists the outputs, and no others.
func TestGuideListsTheOutputs(t *testing.T) {
	t.Parallel()
	_, exports := deploy(t, whole())
	guide, err := os.ReadFile("../../docs/guides/platform.md")
	require.NoError(t, err)
	var rows []string
	for _, row := range regexp.MustCompile("(?m)^\\| (`[^|]+`) \\| output").FindAllStringSubmatch(string(guide), -1) {
		for _, name := range quoted.FindAllStringSubmatch(row[1], -1) {
			rows = append(rows, name[1])
		}
	}
	assert.ElementsMatch(t, slices.Collect(maps.Keys(exports)), rows)
}
