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
	// so that nothing else can be refused.
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
	shown := map[string]bool{}
	for _, c := range cases {
		shown[c.ID] = true
		t.Run(c.ID, func(t *testing.T) {
			t.Parallel()
			c.run(t, cloud, config)
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
	require.NoError(t, c.Passes(newWorld(t, cloud, config, options)), "keeping the constraint passes")
}
