package engine

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestProgramsAreBuiltForEachRunOrOnce(t *testing.T) {
	t.Parallel()
	for _, once := range []bool{false, true} {
		dir := t.TempDir()
		write := func(text string) {
			t.Helper()
			require.NoError(t, os.WriteFile(filepath.Join(dir, "go.mod"), []byte("module example.org/program\n\ngo 1.24\n"), 0o600))
			require.NoError(t, os.WriteFile(filepath.Join(dir, "main.go"), []byte("package main\n\nfunc main() { "+text+" }\n"), 0o600))
		}
		host, err := StartGoHost(t.TempDir(), os.Stderr)
		require.NoError(t, err)
		t.Cleanup(host.Close)
		if once {
			host.BuildOnce()
		}
		request := &pulumirpc.RunRequest{Info: &pulumirpc.ProgramInfo{ProgramDirectory: dir}}
		run := func() string {
			t.Helper()
			bin, err := host.binary(t.Context(), request)
			require.NoError(t, err)
			out, err := exec.CommandContext(t.Context(), bin).CombinedOutput()
			require.NoError(t, err)
			return string(out)
		}

		write("undefined()")
		_, err = host.binary(t.Context(), request)
		require.ErrorContains(t, err, "undefined", "what does not build is built again")
		write("println(1)")
		assert.Equal(t, "1\n", run())
		write("println(2)")
		want := map[bool]string{false: "2\n", true: "1\n"}[once]
		assert.Equal(t, want, run(), "once: %v", once)
	}
}
