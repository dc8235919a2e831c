package policytest

import (
	"fmt"
	"runtime"
	"slices"
	"testing"

	"github.com/holdfast-iac/holdfast/policies/internal/work"
	"github.com/holdfast-iac/holdfast/policies/policy"
	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
)

// Copies are n copies of an example's resources as the engine sends them in a preview, or in an update: each copy has names
// of its own, which begin with the prefix, and refers to itself. It panics if the example cannot be built.
func Copies(prefix string, n int, preview bool, examples []policy.Example) []*pulumirpc.AnalyzerResource {
	return copies(prefix, n, preview, resourcesOf(examples))
}

func copies(prefix string, n int, preview bool, resources []Resource) []*pulumirpc.AnalyzerResource {
	own := map[string]bool{} // what the resources are called, by Pulumi or by the cloud
	for _, r := range resources {
		own[r.Name] = true
		if name, ok := r.Properties["name"].(string); ok {
			own[name] = true
		}
	}
	var c Case
	for i := range n {
		rename := func(name string) string { return fmt.Sprintf("%s%s-%d", prefix, name, i) }
		for _, r := range resources {
			r.Name = rename(r.Name)
			r.Properties, _ = eachValue(r.Properties, func(value any) any {
				switch v := value.(type) {
				case ref:
					return ref{rename(v.name)}
				case string:
					if own[v] {
						return rename(v)
					}
				}
				return value
			}).(map[string]any)
			c.Resources = append(c.Resources, r)
		}
	}
	built, err := c.build(preview)
	if err != nil {
		panic(err)
	}
	return built.withIDs()
}

// eachValue is the value with f of all that is in its slices and maps.
func eachValue(value any, f func(any) any) any {
	switch v := value.(type) {
	case []any:
		items := make([]any, len(v))
		for i, item := range v {
			items[i] = eachValue(item, f)
		}
		return items
	case map[string]any:
		fields := make(map[string]any, len(v))
		for key, field := range v {
			fields[key] = eachValue(field, f)
		}
		return fields
	}
	return f(value)
}

// withoutSources are the resources with all references Unknown.
func withoutSources(resources []Resource) []Resource {
	resources = slices.Clone(resources)
	for i, r := range resources {
		resources[i].Properties, _ = eachValue(r.Properties, func(value any) any {
			if _, isRef := value.(ref); isRef {
				return Unknown
			}
			return value
		}).(map[string]any)
	}
	return resources
}

// fewCopies and manyCopies are how many copies of an example RunLinear compares.
const fewCopies, manyCopies = 40, 160

// RunLinear holds a policy to its own examples many times over: what it does must not grow faster than their number, with
// references that are known, that are not known yet, and of which nothing at all is known. What it does is counted, in
// steps of loops, questions who refers to whom, and memory asked for: none of them depends on the machine. Nothing else may
// run meanwhile: the test must not be parallel.
func RunLinear(t *testing.T, p policy.Policy) {
	t.Helper()
	pack, err := packOf(p)
	if err != nil {
		t.Fatal(err)
	}
	for name, example := range map[string][]policy.Example{"bad": p.Bad, "good": p.Good} {
		resources := resourcesOf(example)
		for _, problem := range slices.Concat(
			growth(pack, "known", false, resources),
			growth(pack, "not known yet", true, resources),
			growth(pack, "not known at all", true, withoutSources(resources)),
		) {
			t.Errorf("%s: %s", name, problem)
		}
	}
}

// growth lists what grows faster than the number of resources.
func growth(pack *policy.Pack, references string, preview bool, resources []Resource) []string {
	few := workOn(pack, copies("", fewCopies, preview, resources))
	many := workOn(pack, copies("", manyCopies, preview, resources))
	const times = manyCopies / fewCopies
	var problems []string
	for _, grown := range []struct {
		what      string
		few, many uint64
	}{{"steps", few.steps, many.steps}, {"allocations", few.allocations, many.allocations}, {"memory", few.bytes, many.bytes}} {
		if factor := float64(grown.many) / float64(max(grown.few, 1)); factor > 1.25*times {
			problems = append(problems, fmt.Sprintf("with references that are %s, %d times the resources take %.1f times the %s",
				references, times, factor, grown.what))
		}
	}
	return problems
}

// counted is what it takes to ask a pack about a stack.
type counted struct{ steps, allocations, bytes uint64 }

func workOn(pack *policy.Pack, resources []*pulumirpc.AnalyzerResource) (c counted) {
	session, err := pack.NewSession(policy.Deployment{}, nil)
	if err != nil {
		panic(err) // there are no settings that could be wrong
	}
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	work.Step = func() { c.steps++ }
	defer func() { work.Step = nil }()
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	session.AnalyzeStack(resources)
	runtime.ReadMemStats(&after)
	c.allocations, c.bytes = after.Mallocs-before.Mallocs, after.TotalAlloc-before.TotalAlloc
	return c
}
