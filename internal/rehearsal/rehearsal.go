// Package rehearsal takes a stack through its whole life on the simulated clouds, with the real Pulumi engine and
// policy packs: preview, up, a preview that must show no change, a representative change, refresh, taking off
// what keeps it from deletion, destroy.
package rehearsal

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/pulumi/pulumi/sdk/v3/go/common/apitype"

	"github.com/holdfast-iac/holdfast/internal/engine"
	"github.com/holdfast-iac/holdfast/simulator"
)

// Options say what to rehearse.
type Options struct {
	Dir    string // the project's folder
	Stack  string // the stack's name
	Packs  []engine.Pack
	Clouds []simulator.Cloud
	Keep   bool // leave the stack up and its folder in place, for a look at the state
	// Faults make calls of the clouds go wrong. An operation that fails while one fires is repeated, as somebody would do
	// who knows that it was not the stack's fault; what then exists without the stack's knowing is a finding.
	Faults []simulator.Fault

	Progress io.Writer // what slow preparations report to
	// OnPhase is told of each phase as it begins (Status is empty) and as it ends; it may be nil.
	OnPhase func(Phase)
	// OnStep is told how many changes the running phase has made so far; it may be nil.
	OnStep func(done int)
}

// Run rehearses. The report is never nil, and complete as far as the rehearsal came; what it found wrong with the
// stack is in the report. An error is something that kept it from being a rehearsal at all, or the end of ctx.
func Run(ctx context.Context, options Options) (*Report, error) {
	r := &rehearsal{options: options, report: newReport(options)}
	err := r.run(ctx)
	if r.sim != nil {
		r.report.Faults = Faults(r.sim.Faults())
	}
	r.report.conclude()
	return r.report, err
}

type rehearsal struct {
	options   Options
	report    *Report
	sim       *simulator.Simulation
	workspace *engine.Workspace
	done      int // changes made by the running phase
}

func (r *rehearsal) run(ctx context.Context) (err error) {
	cli, err := engine.FindCLI(ctx, r.options.Progress)
	if err != nil {
		return err
	}
	r.report.Pulumi = cli.Version.String()
	r.sim, err = simulator.Start(context.WithoutCancel(ctx), simulator.Options{
		Clouds: r.options.Clouds, Faults: r.options.Faults,
	})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, r.sim.Close()) }()
	start := time.Now()
	r.workspace, err = engine.Open(ctx, engine.Options{
		CLI: cli, Dir: r.options.Dir, Stack: r.options.Stack, Env: r.sim.Env(), Packs: r.options.Packs,
		Progress: r.options.Progress, OnEvent: r.onEvent,
	})
	if err != nil {
		return err
	}
	r.report.Preparation = seconds(time.Since(start))
	defer func() { err = errors.Join(err, r.workspace.Close()) }()
	if r.options.Keep {
		defer func() { r.report.Kept = r.workspace.Detach() }()
	}
	return r.runPhases(ctx)
}

// runPhases runs one phase after the other until one fails: what follows would only fail for the same reason.
func (r *rehearsal) runPhases(ctx context.Context) error {
	failed := false
	for _, p := range phases {
		reason := p.skip(r)
		if failed {
			reason = "an earlier phase failed"
		}
		if reason != "" {
			r.report.Phases = append(r.report.Phases, Phase{Name: p.name, Status: Skipped, Reason: reason})
			continue
		}
		phase, err := r.runPhase(ctx, p)
		r.report.Phases = append(r.report.Phases, phase)
		if err != nil {
			return fmt.Errorf("%s: %w", p.name, err)
		}
		failed = phase.Status == Failed
	}
	return nil
}

func (r *rehearsal) runPhase(ctx context.Context, p phase) (Phase, error) {
	r.done = 0
	outcome := Phase{Name: p.name}
	r.notify(outcome)
	if p.prepare != nil {
		if err := p.prepare(r); err != nil {
			return outcome, err
		}
	}
	result, err := r.persist(ctx, p.operation, &outcome)
	failed := err != nil
	switch {
	case failed && !isFailure(err):
		return outcome, err
	case failed:
		outcome.Findings = failures(result, err)
		if p.advise != nil {
			outcome.Findings = append(outcome.Findings, p.advise(r, outcome.Findings)...)
		}
	case p.verify != nil:
		outcome.Findings = append(findings(result), p.verify(r, result)...)
	default:
		outcome.Findings = findings(result)
	}
	if p.operation == engine.Up {
		r.report.warn(r.sim.Warnings())
	}
	strays, err := r.strays(ctx, p.operation)
	if err != nil {
		return outcome, err
	}
	outcome.Findings = append(outcome.Findings, strays...)
	outcome.Status = Passed
	if failed || len(outcome.Findings) > 0 {
		outcome.Status = Failed
	}
	r.notify(outcome)
	return outcome, nil
}

func (r *rehearsal) notify(phase Phase) {
	if r.options.OnPhase != nil {
		r.options.OnPhase(phase)
	}
}

func (r *rehearsal) onEvent(_ engine.Operation, event apitype.EngineEvent) {
	var step *apitype.StepEventMetadata
	switch {
	case event.ResOutputsEvent != nil: // a custom resource is done
		step = &event.ResOutputsEvent.Metadata
	default:
		return
	}
	if step.Op == apitype.OpSame || r.options.OnStep == nil {
		return
	}
	r.done++
	r.options.OnStep(r.done)
}
