package policy

import (
	"errors"
	"fmt"
	"runtime"
	"testing"
	"time"

	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestAllRulesOfAPolicyRun(t *testing.T) {
	t.Parallel()
	rules := []Rule{
		On(thing, func(r *Report, g good) { r.Fail("first %s", "1") }),
		On(thing, func(r *Report, g good) { g.A.Get() }),
		On("test:index:Other", func(r *Report, g good) { r.Fail("not for things") }),
		On(thing, func(r *Report, g good) { r.Fail("third"); r.Fail("fourth") }),
		On(thing, func(r *Report, g good) { r.NotApplicable("not me") }),
		On(thing, func(r *Report, g good) { g.A.Or("again") }),
	}
	pack, err := NewPack(PackSpec{Name: "p", Version: "1.0.0", Policies: []Policy{{ID: "a", Title: "t", Rules: rules}}})
	require.NoError(t, err)
	results := sessionOf(t, pack).Analyze(request(t, props{"a": unknown}))
	require.Len(t, results, 1)
	got := results[0]
	assert.Equal(t, Failed, got.Outcome)
	assert.Equal(t, []string{"first 1", "third", "fourth"}, messages(got))
	assert.Equal(t, []string{"string value at .a can't be known during preview"}, got.Unknowns, "said once")
	assert.Empty(t, got.Reason)
	assert.Equal(t, "urn:thing", got.URN)
	assert.Equal(t, thing, got.Type)
	assert.Equal(t, "a", got.Policy.ID)
	assert.Equal(t, Advisory, got.Level)
	assert.Equal(t, "urn:thing", got.Violations[0].URN)
}

func TestNotApplicableEndsARule(t *testing.T) {
	t.Parallel()
	reached := false
	got := answer(t, On(thing, func(r *Report, _ good) { r.NotApplicable("it is a test"); reached = true }), nil)
	assert.Equal(t, NotApplicable, got.Outcome)
	assert.Equal(t, "it is a test", got.Reason)
	assert.False(t, reached)
}

func TestPanicsAreContained(t *testing.T) {
	t.Parallel()
	var none map[string]string
	tests := []struct {
		name string
		do   func(good)
		want string
	}{
		{"run-time error", func(good) { none["a"] = "b" }, "(assignment to entry in nil map)"},
		{"index", func(good) { _ = []int{}[len(none)] }, "(index out of range [0] with length 0)"},
		{"value", func(g good) { panic("the password is " + g.A.Get()) }, "(with a string)"},
		{"error", func(g good) { panic(errors.New(g.A.Get())) }, "(with a *errors.errorString)"},
		{"nil", func(good) { panic(nil) }, "(panic called with nil argument"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got := answer(t, On(thing, func(_ *Report, g good) { tt.do(g) }), props{"a": "hush"})
			assert.Equal(t, Errored, got.Outcome)
			require.Len(t, got.Errors, 1)
			assert.Regexp(t, `^it panicked at run_test.go:\d+ \(`, got.Errors[0])
			assert.Contains(t, got.Errors[0], tt.want)
			assert.NotContains(t, got.Errors[0], "hush")
		})
	}
}

func TestPanicInALoopTellsWhere(t *testing.T) {
	t.Parallel()
	line := 0
	got := answer(t, On(thing, func(_ *Report, c containers) {
		c.Texts.Each(func(i int, _ string) {
			AnyOf(func() bool { return i > 0 })
			_, _, line, _ = runtime.Caller(0)
			_ = []int{}[i] // the line after
		})
	}), props{"texts": []string{"a"}})
	assert.Equal(t, []string{fmt.Sprintf("it panicked at run_test.go:%d (index out of range [0] with length 0)", line+1)}, got.Errors)
}

func TestAPanicAffectsItsPolicyAlone(t *testing.T) {
	t.Parallel()
	pack := packOf(t, Mandatory,
		On(thing, func(*Report, good) { panic(1) }),
		On(thing, func(r *Report, _ good) { r.Fail("still checked") }))
	results := sessionOf(t, pack).Analyze(request(t, nil))
	require.Len(t, results, 2)
	assert.Equal(t, Errored, results[0].Outcome)
	assert.Equal(t, []string{"still checked"}, messages(results[1]))
}

func TestWhatSurroundsAResource(t *testing.T) {
	t.Parallel()
	yes := true
	deployment := Deployment{Organization: "org", Project: "proj", Stack: "dev", DryRun: true, Time: time.Unix(1, 0),
		Tags: map[string]string{"k": "v"}, Config: map[string]string{"aws:region": "eu-west-1"}}
	pack := packOf(t, Advisory, On(thing, func(r *Report, _ good) {
		n := r.Resource()
		assert.Equal(t, "urn:thing thing "+thing, fmt.Sprint(n.URN(), " ", n.Name(), " ", n.Type()))
		assert.Equal(t, Options{
			Protect: true, IgnoreChanges: []string{"a"}, DeleteBeforeReplace: &yes, AdditionalSecretOutputs: []string{"b"},
			Aliases: []string{"c"}, Parent: "urn:parent", CreateTimeout: 90 * time.Second, DeleteTimeout: 500 * time.Millisecond,
		}, n.Options())
		p := n.Provider()
		assert.Equal(t, "urn:aws default pulumi:providers:aws", fmt.Sprint(p.URN(), " ", p.Name(), " ", p.Type()))
		assert.Equal(t, "eu-west-1", p.Setting("region").Get())
		assert.True(t, p.Setting("secretKey").Secret())
		assert.False(t, p.Setting("none").Present())
		assert.Equal(t, deployment, r.Deployment())
		assert.Nil(t, n.Parent(), "known in stack rules only")
		assert.Nil(t, n.Dependencies())
		assert.Nil(t, n.PropertyDependencies("a"))
		p.Setting("profile").Get()
	}))
	session, err := pack.NewSession(deployment, nil)
	require.NoError(t, err)
	req := request(t, nil)
	req.Options = &pulumirpc.AnalyzerResourceOptions{
		Protect: true, IgnoreChanges: []string{"a"}, DeleteBeforeReplace: true, DeleteBeforeReplaceDefined: true,
		AdditionalSecretOutputs: []string{"b"}, Aliases: []string{"c"}, Parent: "urn:parent",
		CustomTimeouts: &pulumirpc.AnalyzerResourceOptions_CustomTimeouts{Create: 90, Delete: 0.5},
	}
	req.Provider = &pulumirpc.AnalyzerProviderResource{
		Urn: "urn:aws", Name: "default", Type: "pulumi:providers:aws",
		Properties: encode(t, props{"region": "eu-west-1", "secretKey": secret("hush"), "profile": unknown}),
	}
	got := session.Analyze(req)[0]
	assert.Equal(t, []string{"string value at .profile can't be known during preview (resource urn:aws)"}, got.Unknowns)

	pack = packOf(t, Advisory, On(thing, func(r *Report, _ good) {
		assert.Nil(t, r.Resource().Provider())
		assert.Equal(t, Options{}, r.Resource().Options())
	}))
	assert.Equal(t, Passed, sessionOf(t, pack).Analyze(request(t, nil))[0].Outcome)
}

func TestPropertiesAreReadOncePerType(t *testing.T) {
	t.Parallel()
	pack := packOf(t, Advisory,
		On(thing, func(_ *Report, g good) {}),
		On(thing, func(r *Report, g good) { assert.Len(t, r.Resource().decoded, 1) }),
		On(thing, func(r *Report, _ inner) { assert.Len(t, r.Resource().decoded, 2) }))
	for _, r := range sessionOf(t, pack).Analyze(request(t, props{"a": "x"})) {
		assert.Equal(t, Passed, r.Outcome)
	}
}
