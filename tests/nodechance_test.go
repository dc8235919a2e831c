package tests

import (
	"fmt"
	"math/rand/v2"
	"testing"

	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
)

// chanceRounds is how many resources and stacks chance makes.
const chanceRounds = 150

// chance makes properties, resources and stacks; of the same seed, the same.
type chance struct{ *rand.Rand }

func oneOf[T any](c chance, from ...T) T { return from[c.IntN(len(from))] }

// value is any value, with lists and objects down to the depth.
func (c chance) value(depth int) any {
	roll := c.IntN(14)
	switch {
	case roll == 0:
		return secret(c.value(min(depth, 1)))
	case roll == 1 && c.IntN(3) == 0:
		return oneOf(c, unknownText, unknowns["number"], unknowns["Object"])
	case roll < 5 && depth > 0:
		list := make([]any, c.IntN(4))
		for i := range list {
			list[i] = c.value(depth - 1)
		}
		return list
	case roll < 9 && depth > 0:
		object := fields{}
		for range c.IntN(4) {
			object[fmt.Sprint("key-", 100+c.IntN(100))] = c.value(depth - 1)
		}
		return object
	}
	return oneOf[any](c, nil, true, false, 443771, -125.75, "", "plain text", fmt.Sprint("s3cr3t-", 100+c.IntN(100)), "grün")
}

// props are properties that the policies read, each there or not.
func (c chance) props() fields {
	props := fields{}
	for name, made := range inOrder(map[string]any{
		"extra": c.value(3),
		"value": c.value(4),
		"text":  oneOf[any](c, "bad", "good", "other", "mended!", unknownText, secret("s3cr3t-text")),
		"count": oneOf[any](c, 1, 10, 10.5, 400771, unknowns["number"], secret(8675309)),
		"flag":  oneOf[any](c, true, false, unknowns["boolean"], secret(true)),
		"ports": oneOf[any](c, []any{22, 80, 8080}, []any{unknowns["number"], 22}, []any{22, unknowns["number"]}, []any{}, unknowns["Array"]),
		"rules": []any{
			fields{"port": oneOf[any](c, 22, 8080, unknowns["number"]), "from": []any{oneOf(c, "all", "some")}},
			fields{"port": 23, "from": []any{"all"}, "name": oneOf[any](c, "named", unknownText, secret("s3cr3t-name"))},
		},
		"deep": fields{"other": c.value(1)},
	}) {
		if c.IntN(3) > 0 {
			props[name] = made
		}
	}
	return props
}

// levels are levels for some of the policies.
func (c chance) levels(of []string, levels ...string) peerSettings {
	settings := peerSettings{}
	for _, id := range of {
		if c.IntN(2) == 0 {
			settings[id] = oneOf(c, levels...)
		}
	}
	return settings
}

// stack is some resources that depend on one another.
func (c chance) stack(t *testing.T) *pulumirpc.AnalyzeStackRequest {
	t.Helper()
	var all []*pulumirpc.AnalyzerResource
	var urns []string
	for i := range 1 + c.IntN(6) {
		r := &pulumirpc.AnalyzerResource{Type: oneOf(c, peerThing, peerOther), Name: fmt.Sprint("r", i)}
		props := c.props()
		r.PropertyDependencies = map[string]*pulumirpc.AnalyzerPropertyDependencies{}
		for j, urn := range urns {
			if c.IntN(3) == 0 {
				r.Dependencies = append(r.Dependencies, urn)
				r.PropertyDependencies[oneOf(c, "a", "b")] = &pulumirpc.AnalyzerPropertyDependencies{Urns: urns[j:]}
			}
		}
		if r.PropertyDependencies["a"] != nil {
			props["a"] = []any{unknownText}
		}
		r.Properties = structOf(t, props)
		if len(urns) > 0 {
			r.Parent = oneOf(c, urns[0], urns[len(urns)-1], "", "urn:gone")
		}
		urns = append(urns, urnOf(r.GetType(), r.GetName()))
		all = append(all, r)
	}
	return stackOf(t, all...)
}

// chanceCases are resources and stacks that chance makes, under policies and levels that it chooses.
func chanceCases(t *testing.T, seed uint64) (all []exchange) {
	t.Helper()
	c := chance{rand.New(rand.NewPCG(seed, seed))}
	ids := func(of ...string) []string { return of }
	checks := ids("value", "text", "count", "flag", "rules", "each", "several", "partly", "excused", "identity", "two-types",
		"two-rules", "other", "mend-both", "mend-text")
	mends := ids("mend-text", "mend-copy", "mend-deep", "mend-first", "mend-value", "mend-null", "mend-known", "mend-excused", "mend-both",
		"mend-other", "text", "counted")
	stacks := ids("graph", "surroundings", "texts", "values", "referred", "counted", "stack-excused", "value")
	for i := range chanceRounds {
		name, token := fmt.Sprintf("chance %d of seed %d", i, seed), oneOf(c, peerThing, peerThing, peerThing, peerOther)
		all = append(all,
			exchange{name: name, pack: "peer", config: c.levels(checks, "advisory", "mandatory", "remediate", "disabled").request(t), call: analyze,
				request: resourceOf(t, token, c.props())},
			exchange{name: name, pack: "peer", config: c.levels(mends, "remediate", "remediate", "remediate", "mandatory").request(t), call: remediate,
				request: resourceOf(t, token, c.props())},
			exchange{name: name, pack: "peer", config: c.levels(stacks, "advisory", "mandatory", "remediate", "disabled").request(t), call: analyzeStack,
				request: c.stack(t)})
	}
	return all
}
