package policy

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
)

type containers struct {
	Texts  List[string]       `pulumi:"texts"`
	Items  List[inner]        `pulumi:"items"`
	Matrix List[List[int]]    `pulumi:"matrix"`
	Tags   Map[string]        `pulumi:"tags"`
	Groups Map[List[string]]  `pulumi:"groups"`
	Deep   Map[Map[inner]]    `pulumi:"deep"`
	Opt    Value[containers2] `pulumi:"opt"`
}

type containers2 struct {
	Texts List[string] `pulumi:"texts"`
}

func TestContainersAreRead(t *testing.T) {
	t.Parallel()
	got := read(t, props{
		"texts": []string{"a", "b"}, "items": []any{props{"name": "x"}, nil}, "matrix": [][]int{{1, 2}, {3}},
		"tags": map[string]string{"k": "v", "a": "z"}, "groups": props{"g": []string{"m"}},
		"deep": props{"d": props{"e": props{"name": "n"}}}, "opt": props{"texts": []string{"o"}},
	}, func(c containers) {
		assert.Equal(t, []string{"a", "b"}, c.Texts.Get())
		assert.Equal(t, 2, c.Items.Len())
		assert.Equal(t, "x", c.Items.Get()[0].Name.Get())
		assert.Empty(t, c.Items.Get()[1].Name.Get(), "a null element is a zero value")
		assert.Equal(t, []int{3}, c.Matrix.Get()[1].Get())
		assert.Equal(t, "v", c.Tags.At("k").Get())
		assert.False(t, c.Tags.At("none").Present())
		assert.Equal(t, 2, c.Tags.Len())
		assert.Equal(t, []string{"m"}, c.Groups.At("g").Get().Get())
		deep := c.Deep.At("d").Get()
		assert.Equal(t, "n", deep.At("e").Get().Name.Get())
		assert.Equal(t, []string{"o"}, c.Opt.Get().Texts.Get())
		var keys []string
		c.Tags.Each(func(k, v string) { keys = append(keys, k+v) })
		assert.Equal(t, []string{"az", "kv"}, keys, "in the order of the keys")
		assert.Equal(t, "[a b] map[a:z k:v]", fmt.Sprint(c.Texts, " ", c.Tags))
	})
	assert.Equal(t, Passed, got.Outcome)
}

func TestAbsentContainersAreEmpty(t *testing.T) {
	t.Parallel()
	got := read(t, props{}, func(c containers) {
		assert.Zero(t, c.Texts.Len())
		assert.False(t, c.Texts.Present())
		assert.Empty(t, c.Texts.Get())
		assert.Zero(t, c.Tags.Len())
		assert.False(t, c.Tags.Present())
		assert.False(t, c.Tags.At("k").Present())
		assert.False(t, c.Texts.Any(func(string) bool { return true }))
	})
	assert.Equal(t, Passed, got.Outcome)
}

func TestUnknownContainers(t *testing.T) {
	t.Parallel()
	with := props{"texts": unknown, "tags": unknown}
	got := read(t, with, func(c containers) {
		assert.True(t, c.Texts.Present())
		assert.False(t, c.Texts.Known())
		assert.True(t, c.Tags.Present())
		assert.False(t, c.Tags.Known())
		assert.True(t, c.Tags.At("k").Present())
		assert.False(t, c.Tags.At("k").Known())
		assert.Equal(t, "[unknown] [unknown]", fmt.Sprint(c.Texts, c.Tags))
	})
	assert.Equal(t, Passed, got.Outcome)
	for name, access := range map[string]func(containers){
		"list Len":  func(c containers) { c.Texts.Len() },
		"list Get":  func(c containers) { c.Texts.Get() },
		"list Each": func(c containers) { c.Texts.Each(func(int, string) {}) },
		"list Any":  func(c containers) { c.Texts.Any(func(string) bool { return true }) },
		"map Len":   func(c containers) { c.Tags.Len() },
		"map At":    func(c containers) { c.Tags.At("k").Get() },
		"map Each":  func(c containers) { c.Tags.Each(func(string, string) {}) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			assert.Equal(t, Undetermined, read(t, with, access).Outcome)
		})
	}
}

func TestUnknownElements(t *testing.T) {
	t.Parallel()
	with := props{"texts": []any{"a", unknown, "b"}, "tags": props{"k": unknown, "z": "v"}}
	got := read(t, with, func(c containers) {
		assert.Equal(t, 3, c.Texts.Len(), "the length is known")
		assert.True(t, c.Texts.Any(func(s string) bool { return s == "b" }), "found behind an unknown")
		assert.Equal(t, "[a [unknown] b]", fmt.Sprint(c.Texts))
		assert.Equal(t, "v", c.Tags.At("z").Get())
	})
	assert.Equal(t, Passed, got.Outcome)

	got = read(t, with, func(c containers) { c.Texts.Any(func(s string) bool { return s == "c" }) })
	assert.Equal(t, []string{"string value at .texts.1 can't be known during preview"}, got.Unknowns)
	got = read(t, with, func(c containers) { c.Texts.Get() })
	assert.Equal(t, Undetermined, got.Outcome)
	got = read(t, with, func(c containers) { c.Tags.At("k").Get() })
	assert.Equal(t, []string{"string value at .tags.k can't be known during preview"}, got.Unknowns)
}

func TestEachGoesOnAfterAnUnknownAndEndsUndetermined(t *testing.T) {
	t.Parallel()
	var seen []string
	after := false
	got := answer(t, On(thing, func(r *Report, c containers) {
		c.Items.Each(func(i int, item inner) {
			seen = append(seen, fmt.Sprint(i))
			r.Fail("%s", item.Name.Get())
		})
		after = true
	}), props{"items": []any{props{"name": unknown}, props{"name": "bad"}, unknown}})
	assert.Equal(t, []string{"0", "1"}, seen, "an element that is unknown as a whole is not handed out")
	assert.False(t, after, "what follows may depend on what is unknown")
	assert.Equal(t, Failed, got.Outcome, "the certain violation counts")
	assert.Equal(t, []string{"bad"}, messages(got))
	assert.Equal(t, []string{"string value at .items.0.name can't be known during preview"}, got.Unknowns)
}

func TestErrorsOutweighUnknownsInLoops(t *testing.T) {
	t.Parallel()
	got := read(t, props{"texts": []any{unknown, props{}}}, func(c containers) { c.Texts.Each(func(int, string) {}) })
	assert.Equal(t, Errored, got.Outcome)
	got = read(t, props{"texts": []any{props{}, unknown}}, func(c containers) { c.Texts.Each(func(int, string) {}) })
	assert.Equal(t, Errored, got.Outcome)
}

func TestContainersOfAnotherKindAreErrors(t *testing.T) {
	t.Parallel()
	got := read(t, props{"texts": "a"}, func(c containers) { c.Texts.Len() })
	assert.Equal(t, []string{"the value at .texts is a string where the policy expects a list"}, got.Errors)
	got = read(t, props{"tags": []any{}}, func(c containers) { c.Tags.Len() })
	assert.Equal(t, []string{"the value at .tags is a list where the policy expects an object"}, got.Errors)
}

func TestSecretContainers(t *testing.T) {
	t.Parallel()
	read(t, props{"texts": secret([]any{"hush"}), "tags": secret(props{"k": "hush"})}, func(c containers) {
		assert.True(t, c.Texts.Secret())
		assert.True(t, c.Tags.Secret())
		assert.True(t, c.Tags.At("k").Secret())
		assert.Equal(t, "[secret] [secret]", fmt.Sprint(c.Texts, c.Tags))
		assert.Equal(t, []string{"hush"}, c.Texts.Get())
	})
	read(t, props{"texts": []any{secret("hush"), "a"}}, func(c containers) {
		assert.False(t, c.Texts.Secret())
		assert.Equal(t, "[[secret] a]", fmt.Sprint(c.Texts))
	})
}

func TestAnyOfAndAllOf(t *testing.T) {
	t.Parallel()
	yes := func() bool { return true }
	no := func() bool { return false }
	open := func() bool { (&problem{unknown: "string", path: ".x"}).raise(); return false }
	tests := []struct {
		name   string
		checks []func() bool
		any    string
		all    string
	}{
		{"none", nil, "false", "true"},
		{"yes", []func() bool{yes}, "true", "true"},
		{"no", []func() bool{no}, "false", "false"},
		{"yes and no", []func() bool{yes, no}, "true", "false"},
		{"open then yes", []func() bool{open, yes}, "true", "open"},
		{"open then no", []func() bool{open, no}, "open", "false"},
		{"yes then open", []func() bool{yes, open}, "true", "open"},
		{"no then open", []func() bool{no, open}, "open", "false"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			assert.Equal(t, tt.any, threeValued(func() bool { return AnyOf(tt.checks...) }))
			assert.Equal(t, tt.all, threeValued(func() bool { return AllOf(tt.checks...) }))
		})
	}
}

func threeValued(f func() bool) string {
	answer := ""
	if contain(func() { answer = fmt.Sprint(f()) }) != nil {
		return "open"
	}
	return answer
}

func TestOtherPanicsAreNotContainedByLoops(t *testing.T) {
	t.Parallel()
	assert.PanicsWithValue(t, "mine", func() { AnyOf(func() bool { panic("mine") }) })
}
