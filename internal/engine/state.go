package engine

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/pulumi/pulumi/sdk/v3/go/common/apitype"
)

// State is what the engine knows of a stack.
type State struct {
	Resources []Known
	// Pending are the creations that were under way when an engine died: nobody knows whether they took effect. They
	// stay until a refresh is told to forget them (--clear-pending-creates).
	Pending []Known
}

// Known is one resource that the engine knows of, components and providers included.
type Known struct {
	URN  string
	Type string
	ID   string // empty for components and for what is pending
}

// State reads the stack's state.
func (w *Workspace) State(ctx context.Context) (State, error) {
	var state State
	text, err := w.ask(ctx, "stack", "export", "--stack", w.options.Stack)
	if err != nil {
		return state, err
	}
	var exported struct {
		Deployment apitype.DeploymentV3 `json:"deployment"`
	}
	if err := json.Unmarshal([]byte(text), &exported); err != nil {
		return state, fmt.Errorf("reading the state of stack %s: %w", w.options.Stack, err)
	}
	for _, r := range exported.Deployment.Resources {
		state.Resources = append(state.Resources, known(r))
	}
	for _, operation := range exported.Deployment.PendingOperations {
		if operation.Type == apitype.OperationTypeCreating {
			state.Pending = append(state.Pending, known(operation.Resource))
		}
	}
	return state, nil
}

func known(r apitype.ResourceV3) Known {
	return Known{URN: string(r.URN), Type: string(r.Type), ID: string(r.ID)}
}

// Import has the stack take over an existing resource, so that the next update finds it made.
func (w *Workspace) Import(ctx context.Context, token, name, id string) error {
	return w.pulumi(ctx, "import", token, name, id, "--stack", w.options.Stack, "--config-file", w.configFile(),
		"--yes", "--skip-preview", "--protect=false", "--generate-code=false")
}

// Unlock frees the stack from the lock of an engine that was killed.
func (w *Workspace) Unlock(ctx context.Context) error {
	return w.pulumi(ctx, "cancel", "--stack", w.options.Stack, "--yes")
}
