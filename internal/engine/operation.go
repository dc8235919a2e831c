package engine

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/pulumi/pulumi/sdk/v3/go/common/apitype"

	"github.com/holdfast-iac/holdfast/internal/process"
)

// Operation is what the engine is asked to do to a stack.
type Operation string

// The operations of a workspace.
const (
	Preview Operation = "preview"
	Up      Operation = "up"
	Refresh Operation = "refresh"
	Destroy Operation = "destroy"
)

// Error is an operation that the engine did not complete.
type Error struct {
	Result *Result // what happened before it ended
	Output string  // what the command printed, for failures that no event tells of
}

// Error names the operation and gives its [Error.Detail].
func (e *Error) Error() string { return fmt.Sprintf("%s failed: %s", e.Result.Operation, e.Detail()) }

// Detail is the engine's error messages or, where there are none, what the command printed as errors.
func (e *Error) Detail() string {
	var texts []string
	for _, d := range e.Result.Errors() {
		texts = append(texts, d.Message)
	}
	if len(texts) > 0 {
		return strings.Join(texts, "\n")
	}
	if _, errors, ok := strings.Cut(e.Output, "error: "); ok {
		return strings.TrimSpace(errors)
	}
	return strings.TrimSpace(e.Output)
}

// Run asks the engine for one operation and waits for it. The result is there also when the operation fails, which is
// an *[Error]: a mandatory violation makes it fail, too. Flags are further ones of the `pulumi` command.
func (w *Workspace) Run(ctx context.Context, op Operation, flags ...string) (*Result, error) {
	result := &Result{Operation: op, Policies: map[string]Verdict{}}
	events, err := startEventStream(func(event apitype.EngineEvent) {
		result.add(event)
		if w.options.OnEvent != nil {
			w.options.OnEvent(op, event)
		}
	})
	if err != nil {
		return result, err
	}
	var output strings.Builder
	cmd := process.Command(ctx, w.options.CLI.Path, append(w.arguments(op, events.target()), flags...)...)
	cmd.Dir, cmd.Env = w.options.Dir, w.environment()
	cmd.Stdout, cmd.Stderr = &output, &output
	start := time.Now()
	err = process.Run(cmd)
	events.finish()
	result.Duration = time.Since(start)
	switch {
	case ctx.Err() != nil:
		return result, ctx.Err()
	case err != nil:
		return result, &Error{Result: result, Output: output.String()}
	}
	return result, nil
}

func (w *Workspace) arguments(op Operation, eventTarget string) []string {
	args := []string{
		string(op),
		"--stack", w.options.Stack,
		"--config-file", w.configFile(),
		"--event-log", eventTarget,
		"--non-interactive", "--color", "never", "--suppress-progress",
		"--skip-plugin-pre-install", // the simulated clouds are attached, not installed
	}
	if op != Preview {
		args = append(args, "--yes", "--skip-preview")
	}
	if op == Preview || op == Up {
		for _, pack := range w.packs {
			args = append(args, "--policy-pack", pack)
		}
	}
	return args
}
