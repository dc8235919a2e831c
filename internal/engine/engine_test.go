package engine_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"github.com/pulumi/pulumi/sdk/v3/go/common/apitype"
	"github.com/pulumi/pulumi/sdk/v3/go/common/diag/colors"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/holdfast-iac/holdfast/internal/engine"
	"github.com/holdfast-iac/holdfast/internal/engine/enginetest"
)

func open(t *testing.T, dir string, onEvent func(engine.Operation, apitype.EngineEvent)) *engine.Workspace {
	t.Helper()
	cli := enginetest.CLI(t)
	w, err := engine.Open(t.Context(), engine.Options{
		CLI: cli, Dir: dir, Stack: "dev", Progress: os.Stderr, OnEvent: onEvent,
	})
	require.NoError(t, err)
	t.Cleanup(func() { assert.NoError(t, w.Close()) })
	return w
}

func testdata(t *testing.T, name string) string {
	t.Helper()
	dir, err := filepath.Abs(filepath.Join("testdata", name))
	require.NoError(t, err)
	return dir
}

func TestLifecycle(t *testing.T) {
	t.Parallel()
	dir := testdata(t, "hello")
	before, err := os.ReadDir(dir)
	require.NoError(t, err)
	w := open(t, dir, nil)

	up, err := w.Run(t.Context(), engine.Up)
	require.NoError(t, err)
	assert.Equal(t, map[string]any{"greeting": "hello world", "token": "[secret]"}, up.Outputs)
	assert.Equal(t, 1, up.Changed(), "the stack itself is new")

	preview, err := w.Run(t.Context(), engine.Preview)
	require.NoError(t, err)
	assert.Zero(t, preview.Changed())

	require.NoError(t, w.Change(w.Patch(engine.ChangeKey)))
	up, err = w.Run(t.Context(), engine.Up)
	require.NoError(t, err)
	assert.Equal(t, "hello moon", up.Outputs["greeting"])

	_, err = w.Run(t.Context(), engine.Refresh)
	require.NoError(t, err)
	destroyed, err := w.Run(t.Context(), engine.Destroy)
	require.NoError(t, err)
	assert.Equal(t, 1, destroyed.Changed())

	after, err := os.ReadDir(dir)
	require.NoError(t, err)
	assert.Equal(t, before, after, "nothing may be written into the project")
	logs, err := os.ReadFile(filepath.Join(w.Root(), "home", "logs"))
	require.NoError(t, err, "the command has made a folder for its logs")
	assert.Empty(t, logs)
}

func TestProgramFailures(t *testing.T) {
	t.Parallel()
	w := open(t, testdata(t, "hello"), nil)
	for name, want := range map[string]string{
		"error": "the program does not like its name",
		"panic": "panic: the program cannot bear its name",
	} {
		require.NoError(t, w.Change(map[string]any{"hello:name": name}))
		result, err := w.Run(t.Context(), engine.Preview)
		var failure *engine.Error
		require.ErrorAs(t, err, &failure)
		assert.Contains(t, err.Error(), want)
		assert.NotEmpty(t, result.Errors())
	}
}

func TestCancelledOperationEndsItsProgram(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	pid := 0
	w := open(t, testdata(t, "hello"), func(_ engine.Operation, event apitype.EngineEvent) {
		if event.DiagnosticEvent == nil {
			return
		}
		if n, _ := fmt.Sscanf(colors.Never.Colorize(event.DiagnosticEvent.Message), "pid %d", &pid); n == 1 {
			cancel()
		}
	})
	require.NoError(t, w.Change(map[string]any{"hello:name": "wait"}))
	_, err := w.Run(ctx, engine.Preview)
	require.ErrorIs(t, err, context.Canceled)
	require.NotZero(t, pid, "the program must have run")
	gone := func() bool { return errors.Is(syscall.Kill(pid, 0), syscall.ESRCH) }
	assert.Eventually(t, gone, 20*time.Second, 50*time.Millisecond)
}
