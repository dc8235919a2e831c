package tests

import (
	"errors"
	"os"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/holdfast-iac/holdfast/internal/engine"
	"github.com/holdfast-iac/holdfast/simulator"
)

// Crashes of a whole network: the example that imports the component. Unless every crash is asked for, some stand for all.

// sample is which of the network's resources fail by default: every sample-th.
const sample = 12

// made is a resource that a program made.
type made struct{ token, name string }

// resources lists what the program makes, by a first update that succeeds, and destroys it again.
func (c crashing) resources() []made {
	c.Helper()
	c.run(engine.Up)
	var list []made
	for _, r := range c.sim.Resources() {
		list = append(list, made{r.Type, r.URN.Name()})
	}
	c.run(engine.Destroy)
	require.Empty(c, c.sim.Resources())
	require.NotEmpty(c, list)
	return list
}

// existing returns what exists in the cloud that a resource of the program made.
func (c crashing) existing(r made) []simulator.Resource {
	var list []simulator.Resource
	for _, exists := range c.sim.Resources() {
		if exists.Type == r.token && exists.URN.Name() == r.name {
			list = append(list, exists)
		}
	}
	return list
}

// whole checks that each resource exists once, and that destroy knows them all.
func (c crashing) whole(wanted []made) {
	c.Helper()
	var existing []made
	for _, r := range c.sim.Resources() {
		existing = append(existing, made{r.Type, r.URN.Name()})
	}
	require.ElementsMatch(c, wanted, existing)
	c.run(engine.Destroy)
	require.Empty(c, c.sim.Resources(), "left after destroy")
}

// someOf returns the resources whose crashes are tried.
func someOf(all []made) []made {
	var some []made
	for i, r := range all {
		if *everyCrash || i%sample == 0 {
			some = append(some, r)
		}
	}
	return some
}

// failing runs the test with the creation of each of the network's resources failing in turn.
func failing(t *testing.T, effect simulator.Effect, test func(c crashing, failed made, all []made)) {
	project := crashProject(t, "../examples/aws-network")
	all := newCrashing(t, project, engine.Options{}, nil).resources()
	for _, r := range someOf(all) {
		t.Run(r.token+" "+r.name, func(t *testing.T) {
			t.Parallel()
			fault := simulator.Fault{Operation: simulator.OpCreate, Type: r.token, Name: r.name, Nth: 1, Effect: effect}
			c := newCrashing(t, project, engine.Options{}, []simulator.Fault{fault})
			_, err := c.stack.Run(t.Context(), engine.Up, oneByOne)
			var failure *engine.Error
			require.ErrorAs(t, err, &failure)
			require.Len(t, c.sim.Faults()[0].Fired, 1)
			test(c, r, all)
		})
	}
}

// TestNetworkCreationsThatFail: whichever creation fails before it took effect, the next update makes the network whole.
func TestNetworkCreationsThatFail(t *testing.T) {
	t.Parallel()
	failing(t, simulator.Fail, func(c crashing, failed made, all []made) {
		assert.Empty(c, c.existing(failed))
		c.run(engine.Up)
		c.whole(all)
	})
}

// TestNetworkCreationsWhoseAnswerIsLost: as for TestCreationsWhoseAnswerIsLost, whether the cloud lets the next update make
// a second one or not.
func TestNetworkCreationsWhoseAnswerIsLost(t *testing.T) {
	t.Parallel()
	failing(t, simulator.LoseAnswer, func(c crashing, failed made, all []made) {
		orphan := c.existing(failed)
		require.Len(c, orphan, 1)
		_, err := c.stack.Run(c.Context(), engine.Up, oneByOne)
		require.NoError(c, c.sim.Account("aws").Vanish(failed.token, orphan[0].Region, orphan[0].ID))
		if failure := (*engine.Error)(nil); errors.As(err, &failure) {
			c.run(engine.Up)
		} else {
			require.NoError(c, err)
		}
		c.whole(all)
	})
}

// TestNetworkKilledEngine: the engine is killed while a resource is being made, before and after that took effect. Once
// Pulumi was told to forget the creation, and somebody has deleted what it made, an update makes the network whole.
func TestNetworkKilledEngine(t *testing.T) {
	if _, err := os.Stat("/proc/self/environ"); err != nil {
		t.Skip("finding processes by their environment needs Linux's /proc")
	}
	t.Parallel()
	project := crashProject(t, "../examples/aws-network")
	all := newCrashing(t, project, engine.Options{}, nil).resources()
	for i, r := range someOf(all) {
		effect, count := simulator.Slow, 0
		if i%2 == 0 || *everyCrash {
			effect, count = simulator.SlowAnswer, 1
		}
		t.Run(r.token+" "+r.name, func(t *testing.T) {
			t.Parallel()
			mark := "HOLDFAST_TEST_MARK=" + t.TempDir()
			fault := simulator.Fault{
				Operation: simulator.OpCreate, Type: r.token, Name: r.name, Nth: 1, Effect: effect, Delay: time.Hour,
			}
			c := newCrashing(t, project, engine.Options{Checkpoints: true, Env: []string{mark}}, []simulator.Fault{fault})
			c.killedWhile(mark, func() bool { return len(c.sim.Faults()[0].Fired) == 1 && len(c.existing(r)) == count })
			c.run(engine.Refresh, "--clear-pending-creates")
			for _, orphan := range c.existing(r) {
				require.NoError(t, c.sim.Account("aws").Vanish(r.token, orphan.Region, orphan.ID))
			}
			c.run(engine.Up)
			c.whole(all)
		})
	}
}
