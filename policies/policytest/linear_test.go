package policytest

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/holdfast-iac/holdfast/policies/policy"
)

type pairs struct {
	Things policy.Resources[struct{}] `pulumi:"test:index:Thing"`
	Others policy.Resources[struct{}] `pulumi:"test:index:Other"`
}

var pairExample = []policy.Example{
	{Name: "one", Type: "test:index:Thing", Properties: map[string]any{"name": "first"}},
	{Name: "two", Type: "test:index:Other", Properties: map[string]any{"thing": "${one.id}", "named": "first", "list": []any{"${one.id}", "x"}}},
}

// TestGrowthFindsWhatIsNotLinear: every other for every thing; by the index it is linear.
func TestGrowthFindsWhatIsNotLinear(t *testing.T) {
	problems := func(check func(*policy.StackReport, pairs)) []string {
		pack, err := packOf(policy.Policy{
			ID: "test-index-pairs", Title: "T.", Severity: policy.Low, Rationale: "R.", Remediation: "M.",
			Rules: []policy.Rule{policy.OnStack(check)},
		})
		require.NoError(t, err)
		return growth(pack, "not known yet", true, resourcesOf(pairExample))
	}
	assert.NotEmpty(t, problems(func(r *policy.StackReport, s pairs) {
		s.Things.Each(func(thing policy.Resource[struct{}]) {
			s.Others.Any(func(o policy.Resource[struct{}]) bool {
				return policy.AllOf(func() bool { return o.References("thing", thing.Node) }, func() bool { return false })
			})
		})
	}))
	assert.NotEmpty(t, problems(func(_ *policy.StackReport, s pairs) {
		s.Things.Each(func(policy.Resource[struct{}]) { s.Others.Get() })
	}), "in memory alone")
	assert.Empty(t, problems(func(r *policy.StackReport, s pairs) {
		s.Things.Each(func(thing policy.Resource[struct{}]) {
			s.Others.AnyReferring("thing", thing.Node, func(policy.Resource[struct{}]) bool { return false })
		})
	}))
}

func TestCopies(t *testing.T) {
	t.Parallel()
	resources := Copies("a-", 2, false, pairExample)
	require.Len(t, resources, 4)
	other := resources[3]
	assert.Equal(t, "a-two-1", other.Name)
	assert.Equal(t, map[string]any{
		"id": "a-two-1-id", "thing": "a-one-1-id", "named": "a-first-1", "list": []any{"a-one-1-id", "x"},
	}, other.Properties.AsMap())
	assert.Equal(t, []string{resources[2].Urn}, other.PropertyDependencies["thing"].Urns)
	assert.Equal(t, "first", pairExample[0].Properties["name"], "the example stays as it is")
}
