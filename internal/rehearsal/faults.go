package rehearsal

import (
	"context"
	"errors"
	"fmt"

	"github.com/holdfast-iac/holdfast/internal/engine"
	"github.com/holdfast-iac/holdfast/simulator"
)

// maxAttempts ends the repetition of an operation that faults make fail again and again.
const maxAttempts = 10

// persist runs an operation, again as long as it fails while faults fire, and notes in the phase how that went. It
// returns what the last attempt came to.
func (r *rehearsal) persist(ctx context.Context, op engine.Operation, phase *Phase) (*engine.Result, error) {
	for {
		before := r.fired()
		result, err := r.workspace.Run(ctx, op, flags[op]...)
		phase.Attempts++
		phase.Seconds = seconds(result.Duration) + phase.Seconds
		phase.Changes = result.Changes
		r.report.add(result)
		if !isFailure(err) || r.fired() == before || phase.Attempts == maxAttempts {
			return result, err
		}
		phase.Provoked = append(phase.Provoked, failures(result, err)...)
	}
}

// flags of the engine: an update goes on after a refusal with what does not depend on it, so that all refusals come at
// once.
var flags = map[engine.Operation][]string{engine.Up: {"--continue-on-error"}}

// fired counts the calls that faults befell so far.
func (r *rehearsal) fired() int {
	n := 0
	for _, outcome := range r.sim.Faults() {
		n += len(outcome.Fired)
	}
	return n
}

// isFailure tells whether the engine did not complete an operation, from what kept it from being run at all.
func isFailure(err error) bool {
	_, ok := errors.AsType[*engine.Error](err)
	return ok
}

// failures are the findings of an operation that failed; there is at least one.
func failures(result *engine.Result, err error) []Finding {
	if found := findings(result); len(found) > 0 {
		return found
	}
	failure, _ := errors.AsType[*engine.Error](err)
	return []Finding{{Message: failure.Detail()}}
}

// strays finds what exists in the clouds without the stack's knowing. Only a lost answer leads to that, so without
// faults the state is not asked for.
func (r *rehearsal) strays(ctx context.Context, op engine.Operation) ([]Finding, error) {
	if len(r.options.Faults) == 0 || op != engine.Up {
		return nil, nil
	}
	state, err := r.workspace.State(ctx)
	if err != nil {
		return nil, err
	}
	return unknownTo(state, r.sim.Resources()), nil
}

func unknownTo(state engine.State, existing []simulator.Resource) []Finding {
	known := map[string]bool{}
	for _, resource := range state.Resources {
		known[resource.Type+" "+resource.ID] = true
	}
	var found []Finding
	for _, resource := range existing {
		if !known[resource.Type+" "+resource.ID] {
			found = append(found, Finding{URN: string(resource.URN), Message: fmt.Sprintf("%s exists, but the stack does "+
				"not know it: destroy will leave it. Delete it, or import it with `pulumi import %s <name> %s`",
				resource.ID, resource.Type, resource.ID)})
		}
	}
	return found
}
