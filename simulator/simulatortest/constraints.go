package simulatortest

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/holdfast-iac/holdfast/simulator"
)

// Case shows one entry of Cloud.Constraints both ways.
type Case struct {
	ID   string // of the constraint
	Code string // the cloud's own name for the error; empty where the provider refuses
	Text string // part of the message
	// Fails does what breaks the constraint, and returns the refusal. What is made on the way is made by World.Create,
	// so that nothing else can be refused. What fails afterwards passes, and leaves a warning.
	Fails func(*World) error
	// Passes does the same without breaking it.
	Passes func(*World) error
	// Quotas changes limits in the case, so that reaching one takes few resources. Optional.
	Quotas map[string]int
}

// Constraints runs every case, each way in an empty cloud of its own: the one must be refused by the constraint and by
// nothing else, the other must pass. It fails for constraints that have no case. Config configures the provider.
func Constraints(t *testing.T, cloud simulator.Cloud, config map[string]any, cases []Case) {
	t.Helper()
	listed, err := cloud.Constraints()
	require.NoError(t, err)
	shown, stages := map[string]bool{}, map[string]string{}
	for _, entry := range listed {
		stages[entry.ID] = entry.Stage
	}
	for _, c := range cases {
		shown[c.ID] = true
		run := c.run
		if stages[c.ID] == simulator.Afterwards.String() {
			run = c.warn
		}
		t.Run(c.ID, func(t *testing.T) {
			t.Parallel()
			run(t, cloud, config)
		})
	}
	for _, entry := range listed {
		assert.True(t, shown[entry.ID], "no case for %s", entry.ID)
		delete(shown, entry.ID)
	}
	assert.Empty(t, shown, "cases for constraints that are not listed")
}

func (c Case) run(t *testing.T, cloud simulator.Cloud, config map[string]any) {
	options := simulator.Options{Patience: -1, Quotas: c.Quotas}
	err := c.Fails(newWorld(t, cloud, config, options))
	require.Error(t, err, "breaking the constraint is refused")
	assert.Equal(t, []string{c.ID}, simulator.Broken(err), err.Error())
	assert.Equal(t, c.Code, simulator.Code(err), err.Error())
	require.NotEmpty(t, c.Text, "a case says part of the message")
	assert.ErrorContains(t, err, c.Text)
	world := newWorld(t, cloud, config, options)
	require.NoError(t, c.Passes(world), "keeping the constraint passes")
	assert.Empty(t, world.Account.Warnings(), "keeping the constraint leaves nothing to warn of")
}

// warn runs a case of what the cloud takes and warns of.
func (c Case) warn(t *testing.T, cloud simulator.Cloud, config map[string]any) {
	require.Empty(t, c.Code, "what is not refused has no error's name")
	require.NotEmpty(t, c.Text, "a case says part of the message")
	options := simulator.Options{Patience: -1, Quotas: c.Quotas}
	broken, kept := newWorld(t, cloud, config, options), newWorld(t, cloud, config, options)
	require.NoError(t, c.Fails(broken), "the cloud takes it")
	warnings := broken.Account.Warnings()
	require.Len(t, warnings, 1)
	assert.Equal(t, c.ID, warnings[0].Constraint)
	assert.Contains(t, warnings[0].Text, c.Text)
	require.NoError(t, c.Passes(kept))
	assert.Empty(t, kept.Account.Warnings(), "keeping the constraint leaves nothing to warn of")
}
