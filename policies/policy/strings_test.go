package policy

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
)

// told is a text with its path as one string.
type told struct {
	at            string
	value         string
	known, secret bool
}

func TestTextsAreAllStrings(t *testing.T) {
	t.Parallel()
	properties := props{
		"z": "last", "a": "first", "number": 1, "flag": true, "nothing": nil, "empty": "",
		"list": []any{"x", unknown, []any{"y"}, props{"k": "v"}},
		"key":  secret(props{"inner": "s", "more": []any{"t", unknown}}),
		"one":  secret("u"), "open": unknown,
	}
	want := []told{
		{"a", "first", true, false},
		{"empty", "", true, false},
		{"key.inner", "s", true, true}, {"key.more.0", "t", true, true}, {"key.more.1", "", false, true},
		{"list.0", "x", true, false}, {"list.1", "", false, false}, {"list.2.0", "y", true, false}, {"list.3.k", "v", true, false},
		{"one", "u", true, true},
		{"open", "", false, false},
		{"z", "last", true, false},
	}
	var got []told
	rule := OnEvery(func(r *Report, _ struct{}) {
		for text := range r.Resource().Texts() {
			got = append(got, told{strings.Join(text.Path, "."), text.Value, text.Known, text.Secret})
		}
	})
	assert.Equal(t, Passed, answer(t, rule, properties).Outcome)
	assert.Equal(t, want, got)
}

func TestTextsEndWhereTheRuleStops(t *testing.T) {
	t.Parallel()
	for at := range 5 {
		count := 0
		answer(t, OnEvery(func(r *Report, _ struct{}) {
			for range r.Resource().Texts() {
				if count++; count > at {
					break
				}
			}
		}), props{"a": "x", "b": []any{"y", props{"c": "z"}}, "d": "w"})
		assert.Equal(t, min(at+1, 4), count)
	}
}

// TestRulesForEveryType: they run on types that other rules name, on those that none does, and on a type without a name.
func TestRulesForEveryType(t *testing.T) {
	t.Parallel()
	type named struct {
		Name Value[any] `pulumi:"name"`
	}
	every := OnEvery(func(r *Report, p named) {
		if name, ok := p.Name.Get().(string); ok && name == "bad" {
			r.Fail("Its name is bad.")
		}
	})
	session := sessionOf(t, packOf(t, Mandatory, On(thing, func(*Report, struct{}) {}), every))
	for token, answers := range map[string]int{thing: 2, other: 1, "": 1, "pulumi:providers:test": 1} {
		req := request(t, props{"name": "bad"})
		req.Type = token
		results := session.Analyze(req)
		assert.Len(t, results, answers, token)
		assert.Equal(t, []string{"Its name is bad."}, messages(results[answers-1]), token)
		req.Properties = encode(t, props{"name": unknown})
		assert.Equal(t, Undetermined, session.Analyze(req)[answers-1].Outcome, token)
	}
	policy := Policy{ID: "p", Title: "t", Rules: []Rule{every, On(thing, func(*Report, struct{}) {})}}
	assert.Equal(t, []string{thing}, policy.Types())
	assert.True(t, policy.EveryType())
	assert.False(t, Policy{Rules: policy.Rules[1:]}.EveryType())
	assert.Equal(t, []string{"name"}, policy.Reads(other))
}
