package simulatortest

import (
	"bytes"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/stretchr/testify/require"

	"github.com/holdfast-iac/holdfast/simulator"
)

// World is an empty simulated cloud in a test, seen by one provider. Its methods stop the test when the cloud refuses.
type World struct {
	T        *testing.T          // what failures are reported to
	Account  *simulator.Account  // where everything exists
	Provider *simulator.Provider // through which everything is made

	config map[string]any // the provider's
}

// Thing is a resource that exists in a World.
type Thing struct {
	Request simulator.Request    // names it
	Inputs  resource.PropertyMap // checked
	Outputs resource.PropertyMap // as the cloud gave them
}

// NewWorld returns an empty cloud, seen by a provider with that configuration.
func NewWorld(t *testing.T, cloud simulator.Cloud, config map[string]any) *World {
	t.Helper()
	return newWorld(t, cloud, config, simulator.Options{Patience: -1})
}

func newWorld(t *testing.T, cloud simulator.Cloud, config map[string]any, options simulator.Options) *World {
	t.Helper()
	account, err := simulator.NewAccount(cloud, options)
	require.NoError(t, err)
	w := &World{T: t, Account: account}
	return w.As(config)
}

// As returns the same cloud seen by a provider with another configuration.
func (w *World) As(config map[string]any) *World {
	w.T.Helper()
	provider, problems := w.Account.Provider(resource.NewPropertyMapFromMap(config))
	require.Empty(w.T, problems)
	return &World{T: w.T, Account: w.Account, Provider: provider, config: config}
}

// Restored returns the cloud as it is when its state was saved and loaded again, which saves as the same state.
func (w *World) Restored() *World {
	w.T.Helper()
	var state, again bytes.Buffer
	require.NoError(w.T, w.Account.Save(&state))
	account, err := simulator.NewAccount(w.Account.Cloud(), simulator.Options{Patience: -1})
	require.NoError(w.T, err)
	require.NoError(w.T, account.Load(bytes.NewReader(state.Bytes())))
	require.NoError(w.T, account.Save(&again))
	require.Equal(w.T, state.String(), again.String(), "a state that was loaded is saved as it was")
	return (&World{T: w.T, Account: account}).As(w.config)
}

// Try creates a resource as Pulumi does: check, preview, create. It returns the cloud's refusal.
func (w *World) Try(token, name string, inputs map[string]any) (Thing, error) {
	return w.try(Request(token, name), resource.NewPropertyMapFromMap(inputs))
}

func (w *World) try(request simulator.Request, inputs resource.PropertyMap) (Thing, error) {
	checked, problems := w.Provider.Check(request, nil, inputs)
	if len(problems) > 0 {
		return Thing{}, &simulator.Error{Doing: "checking " + request.Token, Problems: problems}
	}
	if _, _, err := w.Provider.Create(request, checked, true); err != nil {
		return Thing{}, err
	}
	id, outputs, err := w.Provider.Create(request, checked, false)
	if err != nil {
		return Thing{}, err
	}
	request.ID = id
	return Thing{Request: request, Inputs: checked, Outputs: outputs}, nil
}

// Create creates a resource.
func (w *World) Create(token, name string, inputs map[string]any) Thing {
	w.T.Helper()
	thing, err := w.Try(token, name, inputs)
	require.NoError(w.T, err, name)
	return thing
}

// TryUpdate changes a resource to the given inputs, in place, and returns the cloud's refusal.
func (w *World) TryUpdate(thing Thing, inputs map[string]any) (Thing, error) {
	checked, problems := w.Provider.Check(thing.Request, thing.Inputs, resource.NewPropertyMapFromMap(inputs))
	if len(problems) > 0 {
		return thing, &simulator.Error{Doing: "checking " + thing.Request.Token, Problems: problems}
	}
	outputs, err := w.Provider.Update(thing.Request, thing.Outputs, checked, false)
	if err != nil {
		return thing, err
	}
	return Thing{Request: thing.Request, Inputs: checked, Outputs: outputs}, nil
}

// Delete deletes a resource.
func (w *World) Delete(things ...Thing) {
	w.T.Helper()
	for _, thing := range things {
		require.NoError(w.T, w.Provider.Delete(thing.Request), thing.Request.URN)
	}
}

// TryDelete deletes a resource and returns the cloud's refusal.
func (w *World) TryDelete(thing Thing) error { return w.Provider.Delete(thing.Request) }

// Request names a resource that does not exist yet.
func Request(token, name string) simulator.Request {
	return simulator.Request{
		URN:   resource.URN("urn:pulumi:test::simulator::" + token + "::" + name),
		Token: token,
	}
}

// ID returns the resource's id.
func (t Thing) ID() string { return t.Request.ID }

// Text returns an output that is a string, "" when it is absent or secret.
func (t Thing) Text(name string) string {
	if value := t.Outputs[resource.PropertyKey(name)]; value.IsString() {
		return value.StringValue()
	}
	return ""
}
