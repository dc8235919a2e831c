// Package process runs commands that never outlive the work they were started for.
package process

import (
	"context"
	"os/exec"
	"runtime"
	"time"
)

// Grace is how long an interrupted command may take to finish before it is killed. The Pulumi engine uses it to
// write its last checkpoint and to stop its plugins.
const Grace = 10 * time.Second

// Command returns a command in a process group of its own, so that an interrupt typed at the terminal reaches this
// program alone and it decides how to stop the command: when ctx ends, the command is interrupted and, after Grace,
// killed. Start it with [Run].
func Command(ctx context.Context, name string, args ...string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, name, args...)
	cmd.SysProcAttr = ownGroup()
	cmd.Cancel = func() error { return interruptGroup(cmd.Process) }
	cmd.WaitDelay = Grace
	return cmd
}

// Foreground returns a command that shares the terminal with this program. The terminal sends its interrupts to both,
// so when ctx ends the command is not interrupted a second time (which Pulumi takes as "stop at once"); it is killed
// after Grace. Start it with [Run].
func Foreground(ctx context.Context, name string, args ...string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, name, args...)
	cmd.SysProcAttr = sameGroup()
	cmd.Cancel = func() error { return nil }
	cmd.WaitDelay = Grace
	return cmd
}

// Run starts cmd and waits for it. Whatever the command leaves in its process group is killed when it ends, and on
// Linux the command is killed when this program dies, however it dies.
func Run(cmd *exec.Cmd) error {
	// Linux delivers the parent-death signal when the *thread* that started the command ends, so keep it.
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	if err := cmd.Start(); err != nil {
		return err
	}
	err := cmd.Wait()
	killGroup(cmd)
	return err
}
