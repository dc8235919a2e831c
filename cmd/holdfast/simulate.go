package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"github.com/holdfast-iac/holdfast/internal/engine"
	"github.com/holdfast-iac/holdfast/internal/process"
	"github.com/holdfast-iac/holdfast/simulator"
)

func simulateCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "simulate -- command [arg]...",
		Short: "Run a command whose Pulumi engines find the simulated clouds",
		Long: `Simulate runs a command, for example 'pulumi up' or a script, with the simulated clouds in place of the real ones.
Where pulumi or pulumi-language-go are not installed, it brings what stands in for them. What the simulated clouds hold
is gone when the command ends. The command's exit code is the exit code.`,
		Example: "  holdfast simulate -- pulumi preview --stack dev",
		Args:    cobra.MinimumNArgs(1),
		RunE:    simulate,
	}
}

// command runs in the foreground where there is a terminal, so that it can ask questions.
func command(ctx context.Context, path string, args ...string) *exec.Cmd {
	if term.IsTerminal(int(os.Stdin.Fd())) {
		return process.Foreground(ctx, path, args...)
	}
	return process.Command(ctx, path, args...)
}

func simulate(cmd *cobra.Command, args []string) (err error) {
	ctx := cmd.Context()
	cli, err := engine.FindCLI(ctx, cmd.ErrOrStderr())
	if err != nil {
		return err
	}
	// Scripts that call pulumi find the one that is known to work, also where none is installed.
	path := filepath.Dir(cli.Path) + string(os.PathListSeparator) + os.Getenv("PATH")
	if err := os.Setenv("PATH", path); err != nil {
		return err
	}
	name, err := exec.LookPath(args[0])
	if err != nil {
		return usageError{err}
	}
	sim, err := simulator.Start(context.WithoutCancel(ctx), simulator.Options{Clouds: clouds()})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, sim.Close()) }()
	env := append(os.Environ(), sim.Env()...)
	if engine.LanguageHostMissing(cli.Path) {
		binDir, err := os.MkdirTemp("", "holdfast-")
		if err != nil {
			return err
		}
		defer os.RemoveAll(binDir)
		host, err := engine.StartGoHost(binDir, cmd.ErrOrStderr())
		if err != nil {
			return err
		}
		defer host.Close()
		env = append(env, host.Env()...)
	}
	child := command(ctx, name, args[1:]...)
	child.Env = env
	child.Stdin, child.Stdout, child.Stderr = cmd.InOrStdin(), cmd.OutOrStdout(), cmd.ErrOrStderr()
	err = process.Run(child)
	var exit *exec.ExitError
	if errors.As(err, &exit) && exit.Exited() {
		return exitError(exit.ExitCode())
	}
	if err != nil {
		return fmt.Errorf("%s: %w", args[0], err)
	}
	return nil
}
