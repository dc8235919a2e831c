package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime/debug"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/holdfast-iac/holdfast/internal/engine"
	"github.com/holdfast-iac/holdfast/internal/rehearsal"
)

type rehearseFlags struct {
	stack   string
	packs   []string
	noPacks bool
	faults  []string
	keep    bool
	json    bool
}

func rehearseCommand() *cobra.Command {
	var flags rehearseFlags
	cmd := &cobra.Command{
		Use:   "rehearse [dir]",
		Short: "Take a stack through its whole life on the simulated clouds",
		Long: `Rehearse takes the stack of the Pulumi project in dir (by default the current folder) through its whole life:
preview, up, a preview that must show no change, the change that the stack file defines under ` + engine.ChangeKey + `,
refresh without drift, the change under ` + engine.UnlockKey + ` that takes protection against deletion off, and
destroy leaving nothing. The engine is the real one; the clouds are simulated; no account is
used, secrets of the stack file are replaced, and nothing is written into the project.

A mandatory policy violation stops the rehearsal before anything is deployed.

With --fault, calls of the clouds go wrong. An operation that fails for that is repeated, and must then succeed; what an
answer that was lost left in the clouds without the stack's knowing is a finding.`,
		Args: cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error { return rehearse(cmd, args, flags) },
	}
	cmd.Flags().StringVarP(&flags.stack, "stack", "s", "",
		"the stack; by default the first whose name ends in dev, or else the first")
	cmd.Flags().StringArrayVarP(&flags.packs, "pack", "p", []string{"security"},
		"a policy pack: one of "+strings.Join(packNames(), ", ")+", an executable, or a folder; may be repeated")
	cmd.Flags().BoolVar(&flags.noPacks, "no-packs", false, "run under no policy pack")
	addFaultFlag(cmd, &flags.faults)
	cmd.Flags().BoolVar(&flags.keep, "keep", false, "leave the stack up and keep the folder with its state")
	cmd.Flags().BoolVar(&flags.json, "json", false, "print the report as JSON")
	return cmd
}

func rehearse(cmd *cobra.Command, args []string, flags rehearseFlags) error {
	dir, err := projectDir(args)
	if err != nil {
		return err
	}
	stack, err := chooseStack(dir, flags.stack)
	if err != nil {
		return err
	}
	switch {
	case flags.noPacks && cmd.Flags().Changed("pack"):
		return usageError{errors.New("--pack and --no-packs contradict each other")}
	case flags.noPacks:
		flags.packs = nil
	}
	packs, err := choosePacks(flags.packs)
	if err != nil {
		return err
	}
	faults, err := chooseFaults(flags.faults)
	if err != nil {
		return err
	}
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(400) // as for what a rehearsal runs: see engine.Workspace
	}
	progress := newProgress(cmd.ErrOrStderr())
	fmt.Fprintf(progress, "Rehearsing stack %s of %s\n", stack, dir)
	report, err := rehearsal.Run(cmd.Context(), rehearsal.Options{
		Dir: dir, Stack: stack, Packs: packs, Clouds: clouds(), Keep: flags.keep, Faults: faults,
		Progress: progress, OnPhase: progress.phase, OnStep: progress.step,
	})
	progress.end()
	if err != nil {
		return asFaultUsage(err)
	}
	if flags.json {
		err = encode(cmd.OutOrStdout(), report)
	} else {
		err = renderReport(cmd.OutOrStdout(), report)
	}
	if err == nil && !report.Passed {
		return exitError(exitFailure)
	}
	return err
}

// projectDir finds Pulumi.yaml in the given folder.
func projectDir(args []string) (string, error) {
	dir := "."
	if len(args) == 1 {
		dir = args[0]
	}
	dir, err := filepath.Abs(dir)
	if err != nil {
		return "", err
	}
	if _, err := os.Stat(filepath.Join(dir, "Pulumi.yaml")); err != nil {
		return "", usageError{fmt.Errorf("%s is not a Pulumi project: it has no Pulumi.yaml", dir)}
	}
	return dir, nil
}

// chooseStack returns the wanted stack, or the default one when none is wanted.
func chooseStack(dir, wanted string) (string, error) {
	stacks, err := engine.Stacks(dir)
	if err != nil {
		return "", err
	}
	switch {
	case slices.Contains(stacks, wanted):
		return wanted, nil
	case len(stacks) == 0 && wanted != "":
		return wanted, nil // a stack needs no file
	case len(stacks) == 0:
		return "", usageError{errors.New("the project has no Pulumi.<stack>.yaml: name a stack with --stack")}
	case wanted != "":
		return "", usageError{fmt.Errorf("there is no stack %q; there are %s", wanted, strings.Join(stacks, ", "))}
	}
	if i := slices.IndexFunc(stacks, func(s string) bool { return strings.HasSuffix(s, "dev") }); i >= 0 {
		return stacks[i], nil
	}
	return stacks[0], nil
}

// choosePacks resolves names of built-in packs and paths.
func choosePacks(wanted []string) ([]engine.Pack, error) {
	var packs []engine.Pack
	for _, name := range wanted {
		switch _, err := os.Stat(name); {
		case slices.Contains(packNames(), name):
			packs = append(packs, engine.Pack{Builtin: name})
		case err == nil:
			packs = append(packs, engine.Pack{Path: name})
		default:
			return nil, usageError{fmt.Errorf("there is no policy pack %q: it is neither a path nor one of %s",
				name, strings.Join(packNames(), ", "))}
		}
	}
	return packs, nil
}
