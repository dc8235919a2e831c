package engine

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestPinnedVersionIsThatOfToolsModule(t *testing.T) {
	t.Parallel()
	mod, err := os.ReadFile(filepath.Join("..", "..", "tools", "go.mod"))
	require.NoError(t, err)
	requirement := regexp.MustCompile(`github\.com/pulumi/pulumi/pkg/v3 v` + regexp.QuoteMeta(PinnedVersion) + `\s`)
	pinned := requirement.Match(mod)
	assert.True(t, pinned, "tools/go.mod must require pulumi/pkg/v3 v%s", PinnedVersion)
}

func TestReportSeparatesProgressFromErrors(t *testing.T) {
	t.Parallel()
	output := "go: downloading example.org/x v1.0.0\nexample.org/x/y\n# example.org/x/z\n./z.go:3:4: undefined: q\n"
	tail := report(strings.NewReader(output), &strings.Builder{})
	assert.Equal(t, "# example.org/x/z\n./z.go:3:4: undefined: q\n", string(tail))

	long := strings.Repeat("an error of some length\n", 10_000)
	tail = report(strings.NewReader(long), &strings.Builder{})
	assert.Less(t, len(tail), 9<<10)
	assert.True(t, strings.HasSuffix(string(tail), "length\n"))
}

func TestBuildProgram(t *testing.T) {
	t.Parallel()
	dir, bins := t.TempDir(), t.TempDir()
	write := func(name, text string) {
		t.Helper()
		require.NoError(t, os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600))
	}
	run := func(bin string) string {
		t.Helper()
		out, err := exec.CommandContext(t.Context(), bin).CombinedOutput()
		require.NoError(t, err)
		return string(out)
	}
	write("go.mod", "module example.org/program\n\ngo 1.24\n")
	write("main.go", "package main\n\nfunc main() { println(1) }\n")
	first, err := buildProgram(t.Context(), dir, filepath.Join(bins, "a"), os.Stderr)
	require.NoError(t, err)

	write("main.go", "package main\n\nfunc main() { println(2) }\n")
	second, err := buildProgram(t.Context(), dir, filepath.Join(bins, "b"), os.Stderr)
	require.NoError(t, err)
	assert.Equal(t, "2\n", run(second))
	assert.Equal(t, "1\n", run(first), "a placed program must not change when a later one is built")

	write("main.go", "package main\n\nfunc main() { undefined() }\n")
	_, err = buildProgram(t.Context(), dir, bins, os.Stderr)
	assert.ErrorContains(t, err, "main.go:3:15: undefined: undefined")
}

func TestPruneRemovesWhatNobodyUses(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	now := time.Now()
	for name, age := range map[string]time.Duration{
		"old": 2 * keptFor, "old.lock": 2 * keptFor, "new": keptFor / 2, "new.lock": 2 * keptFor,
	} {
		path := filepath.Join(dir, name)
		require.NoError(t, os.WriteFile(path, nil, 0o600))
		require.NoError(t, os.Chtimes(path, now.Add(-age), now.Add(-age)))
	}
	prune(dir, now.Add(-keptFor))
	left, err := filepath.Glob(filepath.Join(dir, "*"))
	require.NoError(t, err)
	assert.Equal(t, []string{filepath.Join(dir, "new"), filepath.Join(dir, "new.lock")}, left)
}

func TestErrorDetail(t *testing.T) {
	t.Parallel()
	silent := &Result{Operation: Preview}
	said := &Result{Operation: Preview, Diagnostics: []Diagnostic{
		{Severity: "warning", Message: "careful"}, {Severity: "error", Message: "broken"},
	}}
	for want, err := range map[string]*Error{
		"preview failed: no language plugin": {Result: silent, Output: "Previewing (dev):\nerror: no language plugin\n"},
		"preview failed: killed":             {Result: silent, Output: "killed\n"},
		"preview failed: broken":             {Result: said, Output: "error: preview failed\n"},
	} {
		assert.EqualError(t, err, want)
	}
}

func TestLockIsExclusiveAndEndsWithItsContext(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "lock")
	unlock, err := lock(t.Context(), path, func() { t.Error("nobody else holds it") })
	require.NoError(t, err)

	ctx, cancel := context.WithCancel(t.Context())
	_, err = lock(ctx, path, cancel)
	require.ErrorIs(t, err, context.Canceled, "who waits is told so")

	unlock()
	unlock, err = lock(t.Context(), path, nil)
	require.NoError(t, err)
	unlock()
}

func TestSweepRemovesWhatTheDeadLeft(t *testing.T) {
	t.Parallel()
	parent := t.TempDir()
	for _, name := range []string{"dead", "alive", "kept"} {
		require.NoError(t, os.MkdirAll(filepath.Join(parent, name, "state"), 0o700))
	}
	require.NoError(t, os.WriteFile(filepath.Join(parent, "dead.lock"), nil, 0o600))
	unlock, err := lock(t.Context(), filepath.Join(parent, "alive.lock"), nil)
	require.NoError(t, err)
	defer unlock()

	sweep(parent)
	entries, err := os.ReadDir(parent)
	require.NoError(t, err)
	var names []string
	for _, entry := range entries {
		names = append(names, entry.Name())
	}
	assert.Equal(t, []string{"alive", "alive.lock", "kept"}, names)
}
