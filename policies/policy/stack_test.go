package policy

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

const other = "test:index:Other"

// graph is a stack in the making.
type graph struct {
	t         *testing.T
	resources []*pulumirpc.AnalyzerResource
}

// add adds a resource with the URN "urn:<name>". sources are, in turn, a property and the URN its value comes from.
func (g *graph) add(name, token string, properties props, sources ...string) *pulumirpc.AnalyzerResource {
	r := &pulumirpc.AnalyzerResource{
		Urn: "urn:" + name, Type: token, Name: name, Properties: encode(g.t, properties),
		PropertyDependencies: map[string]*pulumirpc.AnalyzerPropertyDependencies{},
	}
	for i := 0; i < len(sources); i += 2 {
		deps := r.PropertyDependencies[sources[i]]
		if deps == nil {
			deps = &pulumirpc.AnalyzerPropertyDependencies{}
			r.PropertyDependencies[sources[i]] = deps
		}
		deps.Urns = append(deps.Urns, sources[i+1])
	}
	g.resources = append(g.resources, r)
	return r
}

// answer is the result of one stack rule.
func (g *graph) answer(rule Rule) Result {
	results := sessionOf(g.t, packOf(g.t, Mandatory, rule)).AnalyzeStack(g.resources)
	require.Len(g.t, results, 1)
	return results[0]
}

type thingsAndOthers struct {
	Things Resources[good]     `pulumi:"test:index:Thing"`
	Both   Resources[struct{}] `pulumi:"test:index:Other,test:index:Thing"`
}

func TestStackRulesSeeResourcesByType(t *testing.T) {
	t.Parallel()
	g := &graph{t: t}
	g.add("one", thing, props{"a": "1"})
	g.add("two", other, nil)
	g.add("three", "test:index:Third", nil)
	got := g.answer(OnStack(func(r *StackReport, s thingsAndOthers) {
		assert.Equal(t, 1, s.Things.Len())
		assert.Equal(t, "1", s.Things.Get()[0].Props.A.Get())
		assert.Equal(t, 2, s.Both.Len())
		assert.True(t, s.Both.Any(func(b Resource[struct{}]) bool { return b.Name() == "two" }))
		assert.False(t, s.Both.Any(func(b Resource[struct{}]) bool { return b.Name() == "three" }))
		assert.Len(t, r.Stack().Nodes(), 3)
		assert.Len(t, r.Stack().Nodes(other, thing), 2)
		assert.Equal(t, "one", r.Stack().Nodes(other, thing)[0].Name(), "in the engine's order")
		assert.False(t, r.Deployment().Time.IsZero(), "rules know when they run")
		r.Fail(s.Things.Get()[0].Node, "first")
		r.Fail(nil, "all of it")
	}))
	assert.Equal(t, []Violation{{URN: "urn:one", Message: "first"}, {Message: "all of it"}}, got.Violations)
	assert.Empty(t, got.URN)
}

func TestStackRuleWithoutSubjectsDoesNotApply(t *testing.T) {
	t.Parallel()
	each := OnStack(func(r *StackReport, s thingsAndOthers) {
		s.Things.Each(func(Resource[good]) { r.Fail(nil, "there is one") })
	})
	g := &graph{t: t}
	got := g.answer(each)
	assert.Equal(t, NotApplicable, got.Outcome)
	assert.Equal(t, "Policy only applies to resources of type 'test:index:Thing'", got.Reason)

	both := OnStack(func(_ *StackReport, s thingsAndOthers) { s.Both.Each(func(Resource[struct{}]) {}) })
	assert.Equal(t, "Policy only applies to resources of types 'test:index:Other', 'test:index:Thing'", g.answer(both).Reason)

	g.add("one", thing, nil)
	assert.Equal(t, Failed, g.answer(each).Outcome)
	assert.Equal(t, Passed, g.answer(both).Outcome)
	got = g.answer(OnStack(func(r *StackReport, _ struct{}) { r.NotApplicable("no") }))
	assert.Equal(t, "no", got.Reason)
	empty := &graph{t: t}
	got = empty.answer(OnStack(func(r *StackReport, s thingsAndOthers) {
		s.Things.Each(func(Resource[good]) {})
		r.Fail(nil, "a thing must be there")
	}))
	assert.Equal(t, Failed, got.Outcome, "a violation counts without subjects too")
}

func TestStackRulesOfAPolicyAreJudgedEachByItself(t *testing.T) {
	t.Parallel()
	g := &graph{t: t}
	g.add("one", thing, nil)
	pack, err := NewPack(PackSpec{Name: "p", Version: "1.0.0", Policies: []Policy{policyOf("p",
		OnStack(func(_ *StackReport, s struct {
			Others Resources[good] `pulumi:"test:index:Other"`
		}) {
			s.Others.Each(func(Resource[good]) {})
		}),
		OnStack(func(*StackReport, struct{}) {}),
	)}})
	require.NoError(t, err)
	assert.Equal(t, Passed, sessionOf(t, pack).AnalyzeStack(g.resources)[0].Outcome, "the second rule applies")
}

func TestUnknownsOfOneResourceDoNotHideAnother(t *testing.T) {
	t.Parallel()
	g := &graph{t: t}
	g.add("one", thing, props{"a": unknown})
	g.add("two", thing, props{"a": "bad"})
	got := g.answer(OnStack(func(r *StackReport, s thingsAndOthers) {
		s.Things.Each(func(thing Resource[good]) {
			if thing.Props.A.Get() == "bad" {
				r.Fail(thing.Node, "bad")
			}
		})
	}))
	assert.Equal(t, []Violation{{URN: "urn:two", Message: "bad"}}, got.Violations)
	assert.Equal(t, []string{"string value at .a can't be known during preview (resource urn:one)"}, got.Unknowns)
}

func TestGraphOfResources(t *testing.T) {
	t.Parallel()
	g := &graph{t: t}
	g.add("parent", other, nil)
	child := g.add("child", thing, nil, "a", "urn:parent", "a", "urn:gone", "a", "urn:parent")
	child.Parent = "urn:parent"
	g.add("sibling", thing, nil).Parent = "urn:parent"
	g.resources[2].Dependencies = []string{"urn:parent", "urn:child", "urn:parent"}
	child.Dependencies = []string{"urn:parent", "urn:gone"}
	g.add("grandchild", thing, nil).Options = &pulumirpc.AnalyzerResourceOptions{Parent: "urn:child"}
	g.answer(OnStack(func(r *StackReport, _ struct{}) {
		nodes := r.Stack().Nodes()
		assert.Nil(t, nodes[0].Parent())
		assert.Same(t, nodes[0], nodes[1].Parent())
		assert.Same(t, nodes[1], nodes[3].Parent(), "known from the options alone, too")
		assert.Equal(t, []*Node{nodes[1], nodes[2]}, nodes[0].Children())
		assert.Equal(t, []*Node{nodes[3]}, nodes[1].Children())
		assert.Empty(t, nodes[3].Children())
		assert.Equal(t, []*Node{nodes[1], nodes[2]}, nodes[0].Dependents(), "each once")
		assert.Equal(t, []*Node{nodes[2]}, nodes[1].Dependents())
		assert.Empty(t, nodes[2].Dependents())
		assert.Equal(t, []*Node{nodes[0]}, nodes[1].Dependencies(), "what is not in the stack is left out")
		assert.Equal(t, []*Node{nodes[0]}, nodes[1].PropertyDependencies("a"))
		assert.Empty(t, nodes[1].PropertyDependencies("b"))
	}))
}

func TestReferences(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name    string
		value   any
		sources []string // of "ref"
		target  props
		want    string
	}{
		{"id", "id-1", nil, props{"id": "id-1"}, "true"},
		{"another id", "id-2", nil, props{"id": "id-1"}, "false"},
		{"ARN", "arn:1", nil, props{"id": "id-1", "arn": "arn:1"}, "true"},
		{"name", "n", nil, props{"name": "n"}, "true"},
		{"URN", "urn:target", nil, nil, "true"},
		{"secret id", secret("id-1"), nil, props{"id": secret("id-1")}, "true"},
		{"in a list", []any{"id-0", "id-1"}, nil, props{"id": "id-1"}, "true"},
		{"not in a list", []any{"id-0"}, nil, props{"id": "id-1"}, "false"},
		{"absent", nil, nil, props{"id": "id-1"}, "false"},
		{"empty is no id", "", nil, props{"id": ""}, "false"},
		{"a number is no id", 1, nil, props{"id": 1}, "false"},

		{"unknown, from the target", unknown, []string{"urn:target"}, props{"id": unknown}, "true"},
		{"unknown, from elsewhere", unknown, []string{"urn:third"}, props{"id": unknown}, "false"},
		{"unknown, from anywhere", unknown, nil, props{"id": unknown}, "open"},
		{"unknown in a list, from anywhere", []any{unknown, "id-0"}, nil, props{"id": "id-1"}, "open"},
		{"known in a list, amid unknowns", []any{unknown, "id-1"}, nil, props{"id": "id-1"}, "true"},
		{"left out of the preview, from the target", nil, []string{"urn:target"}, props{"id": unknown}, "true"},
		{"made of the target's id", "https://id-1/", []string{"urn:target"}, props{"id": "id-1"}, "true"},
		{"literal, while the target is still to be made", "id-0", nil, props{"id": unknown}, "false"},

		{"unknown, from one of two", unknown, []string{"urn:target", "urn:rival"}, props{"id": unknown}, "open"},
		{"left out, from one of two", nil, []string{"urn:target", "urn:rival"}, props{"id": unknown}, "open"},
		{"unknown list, from both", []any{unknown, unknown}, []string{"urn:target", "urn:rival"}, props{"id": unknown}, "true"},
		{"known to be the other's", "rival-id", []string{"urn:target", "urn:rival"}, props{"id": "id-1"}, "false"},
		{"known to be neither's", "x", []string{"urn:target", "urn:rival"}, props{"id": "id-1"}, "true"},
		{"unknown, from the target and another type", unknown, []string{"urn:target", "urn:third"}, props{"id": unknown}, "true"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			g := &graph{t: t}
			g.add("target", other, tt.target)
			g.add("rival", other, props{"id": "rival-id"})
			g.add("third", "test:index:Third", nil)
			var sources []string
			for _, source := range tt.sources {
				sources = append(sources, "ref", source)
			}
			g.add("from", thing, props{"ref": tt.value}, sources...)
			var got string
			var found, referred string
			g.answer(OnStack(func(r *StackReport, stack struct {
				From   Resources[struct{}] `pulumi:"test:index:Thing"`
				Others Resources[struct{}] `pulumi:"test:index:Other"`
			}) {
				nodes := r.Stack().Nodes()
				got = threeValued(func() bool { return nodes[3].References("ref", nodes[0]) })
				found = threeValued(func() bool { return stack.From.AnyReferring("ref", nodes[0], nil) })
				referred = threeValued(func() bool {
					return stack.Others.AnyReferredBy(nodes[3], "ref", func(o Resource[struct{}]) bool { return o.Node == nodes[0] })
				})
			}))
			assert.Equal(t, tt.want, got)
			assert.Equal(t, tt.want, found, "looked for among all")
			assert.Equal(t, tt.want, referred, "looked for from there")
		})
	}
}

func TestReferencesOfPropertiesInOthers(t *testing.T) {
	t.Parallel()
	g := &graph{t: t}
	g.add("one", other, props{"id": "id-1"})
	g.add("two", other, props{"id": "id-2"})
	g.add("known", thing, props{"in": props{"ids": []any{"id-1"}, "also": "id-2"}})
	g.add("mixed", thing, props{"in": props{"ids": []any{unknown}, "also": unknown}}, "in", "urn:one", "in", "urn:two")
	g.add("unknown", thing, props{"in": unknown})
	g.add("list", thing, props{"routes": []any{props{"to": "id-2"}, props{"from": "id-1"}}})
	g.add("map", thing, props{"routes": props{"k": props{"to": "id-2"}}})
	got := map[string]string{}
	g.answer(OnStack(func(r *StackReport, _ struct{}) {
		nodes := r.Stack().Nodes()
		for _, from := range nodes[2:] {
			for _, property := range []string{"in.ids", "in.also", "routes.*.to"} {
				for _, target := range nodes[:2] {
					answer := threeValued(func() bool { return from.References(property, target) })
					if answer != "false" {
						got[fmt.Sprintf("%s.%s to %s", from.Name(), property, target.Name())] = answer
					}
				}
			}
		}
	}))
	assert.Equal(t, map[string]string{
		"known.in.ids to one": "true", "known.in.also to two": "true",
		"mixed.in.ids to one": "true", "mixed.in.ids to two": "true", // a list may refer to all that it comes from
		"mixed.in.also to one": "open", "mixed.in.also to two": "open",
		"unknown.in.ids to one": "open", "unknown.in.ids to two": "open",
		"unknown.in.also to one": "open", "unknown.in.also to two": "open",
		"list.routes.*.to to two": "true", "map.routes.*.to to two": "true",
	}, got)
}

func TestReferencesOutsideStackRules(t *testing.T) {
	t.Parallel()
	got := answer(t, On(thing, func(r *Report, _ good) {
		assert.False(t, r.Resource().References("a", r.Resource()))
		r.Resource().References("b", r.Resource())
	}), props{"a": "x", "b": unknown})
	assert.Equal(t, []string{"string value at .b can't be known during preview (resource urn:thing)"}, got.Unknowns)
}

func TestTheGraphIsUnknownOutsideStackRules(t *testing.T) {
	t.Parallel()
	got := answer(t, On(thing, func(r *Report, _ good) {
		n := r.Resource()
		assert.Nil(t, n.Parent())
		assert.Empty(t, slices.Concat(n.Children(), n.Dependents(), n.Dependencies(), n.PropertyDependencies("a")))
	}), nil)
	assert.Equal(t, Passed, got.Outcome)
}

// referredByIsAny compares AnyReferredBy with Any. Where the property may refer to anything, Any passes what holds of no
// resource of the stack.
func referredByIsAny(t *testing.T, s thingsAndOthers, from *Node, property string) {
	t.Helper()
	known := func(o Resource[struct{}]) bool { return o.Name() != "target-1" }
	want := threeValued(func() bool {
		return s.Both.Any(func(o Resource[struct{}]) bool {
			return AllOf(func() bool { return from.References(property, o.Node) }, func() bool { return known(o) })
		})
	})
	got := threeValued(func() bool { return s.Both.AnyReferredBy(from, property, known) })
	assert.Equal(t, want, got, "%s", from.URN())
	each := threeValued(func() (found bool) {
		s.Both.EachReferredBy(from, property, func(o Resource[struct{}]) { found = found || known(o) })
		return found
	})
	assert.Contains(t, []string{want, "open"}, each, "%s", from.URN())
}

// TestAnyReferringFindsWhatAnyFinds compares both on stacks made by chance, with all that a property can be.
func TestAnyReferringFindsWhatAnyFinds(t *testing.T) {
	t.Parallel()
	chance := rand.New(rand.NewPCG(1, 2))
	pick := func(values ...any) any { return values[chance.IntN(len(values))] }
	answers := map[string]int{}
	for range 300 {
		g := &graph{t: t}
		for i := range 4 {
			g.add(fmt.Sprint("target-", i), pick(other, "test:index:Third").(string), props{
				"id": pick(unknown, nil, fmt.Sprint("id-", i)), "name": pick(nil, "shared", ""),
			})
		}
		for i := range 3 {
			one := func() any { return pick(unknown, "id-0", "id-1", "shared", "urn:target-2", "", 1, nil, props{}) }
			from := g.add(fmt.Sprint("from-", i), thing, props{"a": pick(unknown, "yes", "no"), "ref": pick(one(), []any{one(), one()})})
			for range chance.IntN(3) {
				deps := &from.PropertyDependencies
				if (*deps)["ref"] == nil {
					(*deps)["ref"] = &pulumirpc.AnalyzerPropertyDependencies{}
				}
				(*deps)["ref"].Urns = append((*deps)["ref"].Urns, pick("urn:target-0", "urn:target-1", "urn:gone").(string))
			}
		}
		g.answer(OnStack(func(r *StackReport, s thingsAndOthers) {
			yes := func(from Resource[good]) bool { return from.Props.A.Get() == "yes" }
			for _, target := range r.Stack().Nodes() {
				want := threeValued(func() bool {
					return s.Things.Any(func(from Resource[good]) bool {
						return AllOf(func() bool { return from.References("ref", target) }, func() bool { return yes(from) })
					})
				})
				answers[want]++
				got := threeValued(func() bool { return s.Things.AnyReferring("ref", target, yes) })
				assert.Equal(t, want, got, "%s in %v", target.URN(), g.resources)
				each := threeValued(func() (found bool) {
					s.Things.EachReferring("ref", target, func(from Resource[good]) { found = yes(from) || found })
					return found
				})
				assert.Contains(t, []string{want, "open"}, each, "%s in %v", target.URN(), g.resources)
			}
			s.Things.Any(func(from Resource[good]) bool {
				referredByIsAny(t, s, from.Node, "ref")
				return false
			})
		}))
	}
	for _, answer := range []string{"true", "false", "open"} {
		assert.Greater(t, answers[answer], 100, answer)
	}
}
