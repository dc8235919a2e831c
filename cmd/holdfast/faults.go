package main

import (
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/spf13/cobra"

	"github.com/holdfast-iac/holdfast/internal/rehearsal"
	"github.com/holdfast-iac/holdfast/simulator"
)

// faultsVariable names the environment variable that holds faults, separated by semicolons, beside those of --fault.
const faultsVariable = "HOLDFAST_FAULTS"

func addFaultFlag(cmd *cobra.Command, faults *[]string) {
	cmd.Flags().StringArrayVar(faults, "fault", nil,
		"make a call of a simulated cloud go wrong, as in 'create aws:ec2/*:* 3 lose-answer'; may be repeated.\n"+
			"OPERATION is create, read, update, delete, invoke, check or *; * in TYPE and NAME stands for anything;\n"+
			"WHICH is 3 for the third call, every-3, or all; EFFECT is fail [Error: text], throttle [times],\n"+
			"slow DURATION, slow-answer DURATION, lose-answer or unseen [calls].\n"+
			"Form: "+simulator.FaultForm+". Further ones, separated by ;, in "+faultsVariable)
}

// chooseFaults reads the faults of the flags and of the environment, and reports all that is wrong with any.
func chooseFaults(texts []string) ([]simulator.Fault, error) {
	var faults []simulator.Fault
	var wrong []error
	for _, text := range texts {
		fault, err := simulator.ParseFault(text)
		faults, wrong = append(faults, fault), append(wrong, err)
	}
	more, err := simulator.ParseFaults(os.Getenv(faultsVariable))
	if err != nil {
		wrong = append(wrong, fmt.Errorf("%s: %w", faultsVariable, err))
	}
	if err := errors.Join(wrong...); err != nil {
		return nil, usageError{err}
	}
	return append(faults, more...), nil
}

// asFaultUsage makes what is wrong with a fault a usage error.
func asFaultUsage(err error) error {
	if _, ok := errors.AsType[*simulator.FaultError](err); ok {
		return usageError{err}
	}
	return err
}

// renderFaults says of each fault which calls it befell, or that it befell none.
func renderFaults(out io.Writer, faults []rehearsal.Fault) {
	if len(faults) == 0 {
		return
	}
	fmt.Fprintf(out, "\nFaults:\n")
	for _, fault := range faults {
		if len(fault.Fired) == 0 {
			fmt.Fprintf(out, "  %s: NEVER FIRED, calls that it selects from: %d\n", fault.Fault, fault.Matched)
			continue
		}
		fmt.Fprintf(out, "  %s: fired %d times, calls that it selects from: %d\n",
			fault.Fault, len(fault.Fired), fault.Matched)
		for _, firing := range fault.Fired[:min(len(fault.Fired), mostFirings)] {
			what := firing.Type // of a look-up
			if firing.URN != "" {
				what = shortURN(firing.URN)
			}
			fmt.Fprintf(out, "    %s %s\n", firing.Operation, what)
		}
		if more := len(fault.Fired) - mostFirings; more > 0 {
			fmt.Fprintf(out, "    and %d more\n", more)
		}
	}
}

// mostFirings is how many of the calls that a fault befell are listed.
const mostFirings = 10
