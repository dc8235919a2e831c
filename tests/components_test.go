package tests

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

var conceptRow = regexp.MustCompile("(?m)^\\| `([a-z]+)` \\| .+ \\| (.+) \\|$")

// TestGuideToTheComponents: every concept is in the guide's table, with the packages of the AWS SDK that it compiles, and
// what the guide shows is a part of some example.
func TestGuideToTheComponents(t *testing.T) {
	t.Parallel()
	const guide = "../docs/guides/components.md"
	text, err := os.ReadFile(guide)
	require.NoError(t, err)
	var listed, found []string
	for _, row := range conceptRow.FindAllStringSubmatch(string(text), -1) {
		listed = append(listed, row[1])
		assert.Equal(t, awsPackages(t, row[1]), strings.Split(row[2], ", "), row[1])
	}
	folders, err := os.ReadDir("../components/aws")
	require.NoError(t, err)
	for _, folder := range folders {
		if folder.Name() != "internal" {
			found = append(found, folder.Name())
		}
	}
	assert.Equal(t, found, listed)

	var examples strings.Builder
	files, err := filepath.Glob("../components/aws/*/example_test.go")
	require.NoError(t, err)
	for _, file := range files {
		example, err := os.ReadFile(file)
		require.NoError(t, err)
		examples.WriteString(unindented(string(example)))
	}
	shown := blocks(t, guide)
	assert.NotEmpty(t, shown)
	for _, b := range shown {
		assert.Contains(t, examples.String(), unindented(b.code))
	}
}

// awsPackages returns the packages of the AWS SDK that a concept alone compiles.
func awsPackages(t *testing.T, concept string) []string {
	t.Helper()
	out, err := exec.Command("go", "list", "-deps", "../components/aws/"+concept).Output()
	require.NoError(t, err)
	const sdk = "github.com/pulumi/pulumi-aws/sdk/v6/go/aws/"
	var packages []string
	for line := range strings.Lines(string(out)) {
		if name, is := strings.CutPrefix(strings.TrimSpace(line), sdk); is && !strings.Contains(name, "internal") {
			packages = append(packages, name)
		}
	}
	slices.Sort(packages)
	return packages
}

// TestRunbooksAreListed: every runbook is in the index, and what the index and the runbooks link to exists.
func TestRunbooksAreListed(t *testing.T) {
	t.Parallel()
	const folder = "../docs/runbooks/"
	index, err := os.ReadFile(folder + "README.md")
	require.NoError(t, err)
	files, err := filepath.Glob(folder + "*.md")
	require.NoError(t, err)
	link := regexp.MustCompile(`\]\(([a-z./-]+\.md)\)`)
	for _, file := range files {
		name := filepath.Base(file)
		assert.True(t, name == "README.md" || strings.Contains(string(index), "]("+name+")"), "%s is not in the index", name)
		text, err := os.ReadFile(file)
		require.NoError(t, err)
		for _, m := range link.FindAllStringSubmatch(string(text), -1) {
			assert.FileExists(t, folder+m[1], name)
		}
	}
}

// unindented is text without the white space around its lines.
func unindented(text string) string {
	var lines strings.Builder
	for line := range strings.Lines(text) {
		lines.WriteString(strings.TrimSpace(line) + "\n")
	}
	return lines.String()
}
