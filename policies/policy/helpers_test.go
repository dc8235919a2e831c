package policy

import (
	"testing"

	"github.com/holdfast-iac/holdfast/policies/internal/wire"
	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
	"github.com/stretchr/testify/require"
	"google.golang.org/protobuf/types/known/structpb"
)

const thing = "test:index:Thing"

type props = map[string]any

var unknown any = wire.NotKnown{}

func secret(v any) any { return wire.Secret{Value: v} }

func encode(t testing.TB, properties props) *structpb.Struct {
	t.Helper()
	v, err := wire.Encode(properties)
	require.NoError(t, err)
	return v.GetStructValue()
}

// packOf is a pack of policies that only have rules, named p0, p1, …
func packOf(t testing.TB, level Level, rules ...Rule) *Pack {
	t.Helper()
	spec := PackSpec{Name: "test", Version: "1.2.3", Level: level}
	for i, rule := range rules {
		spec.Policies = append(spec.Policies, Policy{ID: "p" + string(rune('0'+i)), Title: "Things must be right.", Rules: []Rule{rule}})
	}
	pack, err := NewPack(spec)
	require.NoError(t, err)
	return pack
}

func sessionOf(t testing.TB, pack *Pack) *Session {
	t.Helper()
	s, err := pack.NewSession(Deployment{}, nil)
	require.NoError(t, err)
	return s
}

func request(t testing.TB, properties props) *pulumirpc.AnalyzeRequest {
	t.Helper()
	return &pulumirpc.AnalyzeRequest{Type: thing, Urn: "urn:thing", Name: "thing", Properties: encode(t, properties)}
}

// answer is the result of one rule on one resource of the type thing.
func answer(t testing.TB, rule Rule, properties props) Result {
	t.Helper()
	results := sessionOf(t, packOf(t, Mandatory, rule)).Analyze(request(t, properties))
	require.Len(t, results, 1)
	return results[0]
}

// read runs a rule over a T and hands it to f.
func read[T any](t testing.TB, properties props, f func(T)) Result {
	t.Helper()
	return answer(t, On(thing, func(_ *Report, v T) { f(v) }), properties)
}

// messages are the texts of a result's violations.
func messages(r Result) []string {
	var all []string
	for _, v := range r.Violations {
		all = append(all, v.Message)
	}
	return all
}
