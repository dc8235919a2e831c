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
	"github.com/holdfast-iac/holdfast/internal/rehearsal"
	"github.com/holdfast-iac/holdfast/simulator"
)

type simulateFlags struct {
	faults  []string
	state   string
	explain string
	json    bool
}

func simulateCommand() *cobra.Command {
	var flags simulateFlags
	cmd := &cobra.Command{
		Use:   "simulate -- command [arg]...",
		Short: "Run a command whose Pulumi engines find the simulated clouds",
		Long: `Simulate runs a command, for example 'pulumi up' or a script, with the simulated clouds in place of the real ones.
Where pulumi or pulumi-language-go are not installed, it brings what stands in for them. The command's exit code is the
exit code.

What the simulated clouds hold is gone when the command ends. With --state, a folder keeps it for the next run: it is
read at the start and written at the end, also when the command fails. The folder holds the stacks' SECRETS IN PLAIN
TEXT, in files that only you can read: keep it out of version control.`,
		Example: "  holdfast simulate -- pulumi preview --stack dev\n" +
			"  holdfast simulate --state ~/clouds -- pulumi up\n" +
			"  holdfast simulate --explain aws:ec2/subnet:Subnet",
		RunE: func(cmd *cobra.Command, args []string) error { return simulate(cmd, args, flags) },
	}
	cmd.Args = func(cmd *cobra.Command, args []string) error {
		switch explaining := cmd.Flags().Changed("explain"); {
		case explaining:
			return cobra.NoArgs(cmd, args)
		case flags.json:
			return errors.New("--json goes with --explain")
		}
		return cobra.MinimumNArgs(1)(cmd, args)
	}
	addFaultFlag(cmd, &flags.faults)
	cmd.Flags().StringVar(&flags.state, "state", "",
		"a folder that keeps what the clouds hold between runs, secrets in plain text; it is made if it is not there")
	cmd.Flags().StringVar(&flags.explain, "explain", "",
		"run nothing; say of a resource type or look-up what is checked and modelled, and what is only echoed")
	cmd.Flags().BoolVar(&flags.json, "json", false, "explain as JSON")
	return cmd
}

// command runs in the foreground where there is a terminal, so that it can ask questions.
func command(ctx context.Context, path string, args ...string) *exec.Cmd {
	if term.IsTerminal(int(os.Stdin.Fd())) {
		return process.Foreground(ctx, path, args...)
	}
	return process.Command(ctx, path, args...)
}

func simulate(cmd *cobra.Command, args []string, flags simulateFlags) (err error) {
	if len(args) == 0 {
		return explain(cmd.OutOrStdout(), flags.explain, flags.json)
	}
	ctx := cmd.Context()
	faults, err := chooseFaults(flags.faults)
	if err != nil {
		return err
	}
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
	state, err := openState(flags.state)
	if err != nil {
		return err
	}
	defer state.close()
	sim, err := simulator.Start(context.WithoutCancel(ctx), simulator.Options{Clouds: clouds(), Faults: faults})
	if err != nil {
		return asFaultUsage(err)
	}
	if err := state.load(sim); err != nil {
		return errors.Join(err, sim.Close())
	}
	defer func() {
		renderWarnings(cmd.ErrOrStderr(), rehearsal.Warnings(sim.Warnings()))
		renderFaults(cmd.ErrOrStderr(), rehearsal.Faults(sim.Faults()))
		if ending := errors.Join(sim.Close(), state.save(sim)); ending != nil {
			err = ending // says more than an exit code
		}
	}()
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
