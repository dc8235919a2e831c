// Command holdfast rehearses Pulumi stacks on simulated clouds, under policy packs, with the real Pulumi engine and
// without an account. It also explains its policies, and begins new ones.
//
// It exits with 0 when all is well, 1 when there are findings or failures, and 2 when it was called wrongly.
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"

	"github.com/spf13/cobra"

	"github.com/holdfast-iac/holdfast/internal/engine"
)

func main() {
	if name, ok := strings.CutPrefix(filepath.Base(os.Args[0]), engine.BuiltinPrefix); ok {
		servePack(strings.TrimSuffix(name, ".exe"))
		return
	}
	// A second interrupt ends the program at once, in case stopping hangs.
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop)
	os.Exit(run(ctx, os.Args[1:]))
}

// The exit codes.
const (
	exitWell    = 0
	exitFailure = 1
	exitUsage   = 2
)

// usageError is a call that cannot be carried out as it stands.
type usageError struct{ error }

// exitError ends the program with a code; what there is to say has been said.
type exitError int

func (e exitError) Error() string { return fmt.Sprintf("exit code %d", int(e)) }

func run(ctx context.Context, args []string) int {
	root := rootCommand()
	root.SetArgs(args)
	err := root.ExecuteContext(ctx)
	var exit exitError
	var usage usageError
	switch {
	case err == nil:
		return exitWell
	case errors.As(err, &exit):
		return int(exit)
	case errors.As(err, &usage):
		fmt.Fprintf(root.ErrOrStderr(), "holdfast: %v\nRun 'holdfast --help' for usage.\n", err)
		return exitUsage
	case errors.Is(err, context.Canceled):
		fmt.Fprintln(root.ErrOrStderr(), "holdfast: interrupted")
		return exitFailure
	}
	fmt.Fprintf(root.ErrOrStderr(), "holdfast: %v\n", err)
	return exitFailure
}

func rootCommand() *cobra.Command {
	root := &cobra.Command{
		Use:           "holdfast",
		Short:         "Rehearse Pulumi stacks on simulated clouds, under policy packs",
		SilenceErrors: true, // run prints them
		SilenceUsage:  true,
		Args:          cobra.NoArgs,
		RunE:          func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	root.CompletionOptions.HiddenDefaultCmd = true
	root.AddCommand(rehearseCommand(), simulateCommand(), policiesCommand())
	root.SetFlagErrorFunc(func(_ *cobra.Command, err error) error { return usageError{err} })
	refuseAsUsage(root)
	return root
}

// refuseAsUsage makes the refusals of arguments by a command, and by those under it, usage errors.
func refuseAsUsage(cmd *cobra.Command) {
	cmd.Args = asUsage(cmd.Args)
	for _, sub := range cmd.Commands() {
		refuseAsUsage(sub)
	}
}

// asUsage makes a refusal of arguments a usage error.
func asUsage(check cobra.PositionalArgs) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		if err := check(cmd, args); err != nil {
			return usageError{err}
		}
		return nil
	}
}
