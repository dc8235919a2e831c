package policytest

import (
	"testing"

	"github.com/holdfast-iac/holdfast/policies/policy"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// closing closes things, and hides the tag "owner".
var closing = policy.Policy{ID: "closing", Title: "t", Config: closingSettings{Owner: "nobody"}, Rules: []policy.Rule{
	policy.OnRemediate(thing, func(r *policy.Remediation, p thingProps) {
		r.Set("open", false)
		if p.Tags.At("owner").Present() {
			r.Set("tags.owner", policy.Settings[closingSettings](r).Owner)
		}
	}),
	policy.On(thing, func(r *policy.Report, p thingProps) {
		if p.Open.Or(true) {
			r.Fail("open")
		}
	}),
}}

type closingSettings struct {
	Owner string `pulumi:"owner"`
}

// mending is a policy that fails what has the port 22, and is mended so.
func mending(mend func(*policy.Remediation, thingProps)) policy.Policy {
	return policy.Policy{ID: "mending", Title: "t", Rules: []policy.Rule{policy.OnRemediate(thing, mend), sound.Rules[1]}}
}

func TestRunRemediations(t *testing.T) {
	t.Parallel()
	RunRemediations(t, closing,
		Remediation{Name: "open", Type: thing, Properties: props{"open": true, "kept": 1}, Want: props{"open": false}},
		Remediation{Name: "not set", Type: thing, Want: props{"open": false}},
		Remediation{Name: "closed", Type: thing, Properties: props{"open": false}},
		Remediation{Name: "another type", Type: other, Properties: props{"open": true}},
		Remediation{Name: "secret", Type: thing, Properties: JSON(t, `{"open": {"$secret": true}}`), Want: props{"open": Secret(false)}},
		Remediation{Name: "in a map", Type: thing, Properties: JSON(t, `{"open": false, "tags": {"owner": "me", "a": {"$secret": "b"}}}`),
			Config: props{"owner": "them"}, Want: props{"tags": props{"owner": "them", "a": Secret("b")}}},
	)
}

func TestRemediationsThatFail(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		policy policy.Policy
		c      Remediation
		want   []string
	}{
		"changes too much": {closing, Remediation{Type: thing, Properties: props{"open": true}}, []string{"open is bool_value:false, expected bool_value:true"}},
		"changes too little": {closing, Remediation{Type: thing, Properties: props{"open": false}, Want: props{"more": 1}},
			[]string{"more is <nil>, expected number_value:1"}},
		"still fails": {mending(func(r *policy.Remediation, _ thingProps) { r.Set("ports", []int{22}) }),
			Remediation{Type: thing, Want: props{"ports": []int{22}}},
			[]string{"what was mended is \"failed\" by the policy\n  violation: port 0"}},
		"changes again": {mending(func(r *policy.Remediation, p thingProps) { r.Set("ports", make([]int, p.Ports.Len()+1)) }),
			Remediation{Type: thing, Want: props{"ports": []int{0}}}, []string{"what was mended is changed when it is mended again"}},
		"exposes": {mending(func(r *policy.Remediation, _ thingProps) { r.Set("tags", props{"owner": "me"}) }),
			Remediation{Type: thing, Properties: props{"tags": props{"owner": Secret("me")}}, Want: props{"tags": props{"owner": "me"}}},
			[]string{"tags.owner was secret and is no longer"}},
		"errs": {mending(func(*policy.Remediation, thingProps) { panic(1) }), Remediation{Type: thing},
			[]string{"the remediation answers \"errored\"\n  error: it panicked at remediation_test.go:"}},
		"is undetermined": {mending(func(_ *policy.Remediation, p thingProps) { p.Open.Get() }),
			Remediation{Type: thing, Properties: props{"open": Unknown}}, []string{"the remediation answers \"undetermined\"\n  unknown: "}},
		"no such setting": {closing, Remediation{Type: thing, Config: props{"x": 1}}, []string{"x is not a setting"}},
		"no property":     {closing, Remediation{Type: thing, Properties: props{"x": func() {}}}, []string{"a property value cannot be of the Go type func()"}},
		"no wish":         {closing, Remediation{Type: thing, Want: props{"x": func() {}}}, []string{"Want: x: a property value"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			pack, err := packOf(test.policy)
			require.NoError(t, err)
			problems := test.c.check(pack)
			require.Len(t, problems, len(test.want), "%q", problems)
			for i, want := range test.want {
				assert.Contains(t, problems[i], want)
			}
		})
	}
}
