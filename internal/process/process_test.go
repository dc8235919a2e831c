//go:build unix

package process_test

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/holdfast-iac/holdfast/internal/process"
)

// writePID is a shell command that tells the process id of the next command.
const writePID = `sh -c 'echo $$ > "$0"; exec sleep 600' `

func readPID(t *testing.T, path string) int {
	t.Helper()
	var pid int
	require.Eventually(t, func() bool {
		text, err := os.ReadFile(path)
		if err != nil {
			return false
		}
		pid, err = strconv.Atoi(strings.TrimSpace(string(text)))
		return err == nil
	}, 10*time.Second, 10*time.Millisecond)
	return pid
}

func assertGone(t *testing.T, pid int) {
	t.Helper()
	gone := func() bool { return errors.Is(syscall.Kill(pid, 0), syscall.ESRCH) || isZombie(pid) }
	assert.Eventually(t, gone, 10*time.Second, 10*time.Millisecond, "process %d is still there", pid)
}

// isZombie: a container without an init process never reaps the orphans it inherits.
func isZombie(pid int) bool {
	stat, err := os.ReadFile(filepath.Join("/proc", strconv.Itoa(pid), "stat"))
	return err == nil && strings.Contains(string(stat), ") Z ")
}

func TestCancelInterruptsTheGroup(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "pid")
	ctx, cancel := context.WithCancel(t.Context())
	cmd := process.Command(ctx, "sh", "-c", "trap 'exit 7' INT; "+writePID+file+" & wait")
	done := make(chan error, 1)
	go func() { done <- process.Run(cmd) }()
	pid := readPID(t, file)
	cancel()
	require.Error(t, <-done)
	assert.Equal(t, 7, cmd.ProcessState.ExitCode(), "the command must have had the chance to stop by itself")
	assertGone(t, pid)
}

func TestRunKillsWhatTheCommandLeaves(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "pid")
	script := writePID + file + " >/dev/null 2>&1 & while ! [ -s " + file + " ]; do sleep 0.01; done"
	require.NoError(t, process.Run(process.Command(t.Context(), "sh", "-c", script)))
	assertGone(t, readPID(t, file))
}

func TestCommandDiesWithThisProgram(t *testing.T) {
	if _, err := os.Stat("/proc/self"); err != nil {
		t.Skip("only Linux tells a child of its parent's death")
	}
	t.Parallel()
	file := filepath.Join(t.TempDir(), "pid")
	self := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestHelperProgram$")
	self.Env = append(os.Environ(), "HELPER_PID_FILE="+file)
	require.NoError(t, self.Start())
	pid := readPID(t, file)
	require.NoError(t, self.Process.Kill())
	_ = self.Wait()
	assertGone(t, pid)
}

// TestHelperProgram is the program that TestCommandDiesWithThisProgram kills.
func TestHelperProgram(t *testing.T) {
	file := os.Getenv("HELPER_PID_FILE")
	if file == "" {
		t.Skip("run by TestCommandDiesWithThisProgram")
	}
	_ = process.Run(process.Command(t.Context(), "sh", "-c", `echo $$ > "$0"; exec sleep 600`, file))
}
