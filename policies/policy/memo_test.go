package policy

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

// TestMemoAsksOnce: whatever the answer is, also that it is open.
func TestMemoAsksOnce(t *testing.T) {
	t.Parallel()
	g := &graph{t: t}
	g.add("one", thing, props{"a": "yes"})
	g.add("two", thing, props{"a": "no"})
	g.add("three", thing, props{"a": unknown})
	g.answer(OnStack(func(_ *StackReport, s thingsAndOthers) {
		asked := 0
		values := map[*Node]good{}
		for _, thing := range s.Things.Get() {
			values[thing.Node] = thing.Props
		}
		memo := Memo(func(n *Node) bool {
			asked++
			return values[n].A.Get() == "yes"
		})
		for range 3 {
			for i, want := range []string{"true", "false", "open"} {
				assert.Equal(t, want, threeValued(func() bool { return memo(s.Things.Get()[i].Node) }))
			}
		}
		assert.Equal(t, 3, asked)
	}))
}

// TestAsk: only what is not known is an answer; a value of the wrong kind ends the rule as ever.
func TestAsk(t *testing.T) {
	t.Parallel()
	g := &graph{t: t}
	g.add("one", thing, props{"a": "yes"})
	g.add("two", thing, props{"a": unknown})
	g.add("three", thing, props{"a": []any{}})
	got := g.answer(OnStack(func(_ *StackReport, s thingsAndOthers) {
		is := func(i int) func() bool { return func() bool { return s.Things.Get()[i].Props.A.Get() == "yes" } }
		holds, known := Ask(is(0))
		assert.True(t, holds && known)
		holds, known = Ask(is(1))
		assert.False(t, holds || known)
		Ask(is(2))
		assert.Fail(t, "it did not end")
	}))
	assert.Equal(t, Errored, got.Outcome)
}
