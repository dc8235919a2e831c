package policy

import (
	"testing"

	"github.com/holdfast-iac/holdfast/policies/internal/wire"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"google.golang.org/protobuf/encoding/protojson"
	"google.golang.org/protobuf/types/known/structpb"
)

type mendable struct {
	Text  Value[string]   `pulumi:"text"`
	In    Value[nested]   `pulumi:"in"`
	Items List[inner]     `pulumi:"items"`
	Tags  Map[string]     `pulumi:"tags"`
	Any   Value[any]      `pulumi:"any"`
	Grid  List[List[int]] `pulumi:"grid"`
}

type nested struct {
	Deep Value[inner] `pulumi:"deep"`
}

// mend runs one remediation of the type thing.
func mend(t *testing.T, properties props, f func(*Remediation, mendable)) Remedy {
	t.Helper()
	remedies := sessionOf(t, packOf(t, Remediate, OnRemediate(thing, f))).Remediate(request(t, properties))
	require.Len(t, remedies, 1)
	return remedies[0]
}

func assertStruct(t *testing.T, want props, got *structpb.Struct) {
	t.Helper()
	wantJSON, err := protojson.Marshal(encode(t, want))
	require.NoError(t, err)
	gotJSON, err := protojson.Marshal(got)
	require.NoError(t, err)
	assert.JSONEq(t, string(wantJSON), string(gotJSON))
}

func TestSet(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name  string
		with  props
		path  string
		value any
		want  props
	}{
		{"new", props{"other": 1}, "text", "x", props{"other": 1, "text": "x"}},
		{"no properties", nil, "text", "x", props{"text": "x"}},
		{"changed", props{"text": "y"}, "text", "x", props{"text": "x"}},
		{"null", props{"text": "y"}, "text", nil, props{"text": nil}},
		{"nested, made as needed", props{}, "in.deep.name", "x", props{"in": props{"deep": props{"name": "x"}}}},
		{"nested, there", props{"in": props{"deep": props{"b": 1}}}, "in.deep.name", "x", props{"in": props{"deep": props{"b": 1, "name": "x"}}}},
		{"element", props{"items": []any{props{}, props{"b": 1}}}, "items.1.name", "x", props{"items": []any{props{}, props{"b": 1, "name": "x"}}}},
		{"whole element", props{"items": []any{props{}}}, "items.0", props{"name": "x"}, props{"items": []any{props{"name": "x"}}}},
		{"null element", props{"items": []any{nil}}, "items.0.name", "x", props{"items": []any{props{"name": "x"}}}},
		{"element of a list in a list", props{"grid": []any{[]int{1, 2}}}, "grid.0.1", 3, props{"grid": []any{[]int{1, 3}}}},
		{"tag", props{"tags": props{"a": "1"}}, "tags.b", "2", props{"tags": props{"a": "1", "b": "2"}}},
		{"list", props{}, "items", []map[string]any{{"name": "x"}}, props{"items": []any{props{"name": "x"}}}},
		{"in plain data", props{"any": props{"x": props{"y": 1}}}, "any.x.y", true, props{"any": props{"x": props{"y": true}}}},

		{"secret stays secret", props{"text": secret("y")}, "text", "x", props{"text": secret("x")}},
		{"in a secret", props{"in": secret(props{"deep": props{"name": "y"}})}, "in.deep.name", "x", props{"in": secret(props{"deep": props{"name": "x"}})}},
		{"secret null becomes a secret object", props{"in": secret(nil)}, "in.deep.name", "x", props{"in": secret(props{"deep": props{"name": "x"}})}},
		{"secret element", props{"items": []any{secret(props{})}}, "items.0.name", "x", props{"items": []any{secret(props{"name": "x"})}}},
		{"a secret may be set", props{}, "text", secret("x"), props{"text": secret("x")}},
		{"internal keys are kept", props{"__defaults": []any{"a"}}, "text", "x", props{"__defaults": []any{"a"}, "text": "x"}},
		{"unknowns elsewhere are kept", props{"other": unknown}, "text", "x", props{"other": unknown, "text": "x"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			set := func(r *Remediation, _ mendable) { r.Set(tt.path, tt.value) }
			got := mend(t, tt.with, set)
			require.Equal(t, Passed, got.Outcome, "%v", got.Errors)
			require.NotNil(t, got.Properties)
			assertStruct(t, tt.want, got.Properties)

			again := mend(t, tt.want, set)
			assert.Nil(t, again.Properties, "setting what is there changes nothing")
		})
	}
}

func TestSetMistakesAreErrors(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name  string
		with  props
		path  string
		value any
		want  string
	}{
		{"not declared", nil, "txt", "x", `it set "txt", which its struct policy.mendable does not declare`},
		{"not declared, nested", nil, "in.deep.nme", "x", `does not declare`},
		{"in a scalar", nil, "text.x", "x", `does not declare`},
		{"beyond a list", props{"items": []any{}}, "items.0.name", "x", `it set "items.0.name", but the list has no element "0": it has 0`},
		{"no index", props{"items": []any{props{}}}, "items.first.name", "x", `the list has no element "first"`},
		{"not an object", props{"in": 1}, "in.deep.name", "x", `it set "in.deep.name", but "in" is a number`},
		{"type", nil, "text", make(chan int), `it set "text": a property value cannot be of the Go type chan int`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got := mend(t, tt.with, func(r *Remediation, _ mendable) { r.Set(tt.path, tt.value) })
			assert.Equal(t, Errored, got.Outcome)
			require.Len(t, got.Errors, 1)
			assert.Contains(t, got.Errors[0], tt.want)
			assert.Nil(t, got.Properties)
		})
	}
}

func TestRemediationOfUnknownsChangesNothing(t *testing.T) {
	t.Parallel()
	got := mend(t, props{"in": unknown}, func(r *Remediation, _ mendable) {
		r.Set("text", "x")
		r.Set("in.deep.name", "x")
	})
	assert.Equal(t, Undetermined, got.Outcome)
	assert.Equal(t, []string{"string value at .in can't be known during preview"}, got.Unknowns, "the value that is not known")
	assert.Nil(t, got.Properties, "not even what was set before")

	got = mend(t, props{"text": unknown}, func(r *Remediation, _ mendable) { r.Set("text", "x") })
	assertStruct(t, props{"text": "x"}, got.Properties)
}

func TestRemediationsRunInOrderEachOnWhatTheOneBeforeLeft(t *testing.T) {
	t.Parallel()
	appending := func(letter string) Rule {
		return OnRemediate(thing, func(r *Remediation, m mendable) {
			assert.Equal(t, "thing", r.Resource().Name())
			assert.False(t, r.Deployment().Time.IsZero(), "rules know when they run")
			r.Set("text", m.Text.Get()+letter)
		})
	}
	pack := packOf(t, Remediate, appending("b"),
		OnRemediate(thing, func(r *Remediation, m mendable) { r.Set("text", "lost"); panic(1) }),
		OnRemediate(thing, func(r *Remediation, m mendable) { r.NotApplicable("why") }),
		appending("c"))
	req := request(t, props{"text": "a"})
	remedies := sessionOf(t, pack).Remediate(req)
	require.Len(t, remedies, 4)
	assertStruct(t, props{"text": "ab"}, remedies[0].Properties)
	assert.Equal(t, Errored, remedies[1].Outcome)
	assert.Equal(t, "why", remedies[2].Reason)
	assertStruct(t, props{"text": "abc"}, remedies[3].Properties)
	assert.Equal(t, "a", wire.Open(req.Properties.Fields["text"]).Text(), "the request is left alone")
}
