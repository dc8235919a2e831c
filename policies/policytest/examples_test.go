package policytest

import (
	"strings"
	"testing"

	"github.com/holdfast-iac/holdfast/policies/policy"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

type disk struct {
	Encrypted policy.Value[bool]     `pulumi:"encrypted"`
	Options   policy.Value[diskOpts] `pulumi:"options"`
}

type diskOpts struct {
	Public policy.Value[bool] `pulumi:"public"`
}

// diskPolicy checks and mends disks.
func diskPolicy(check func(*policy.Report, disk), mend func(*policy.Remediation, disk)) policy.Policy {
	rules := []policy.Rule{policy.On("x:y:Disk", check)}
	if mend != nil {
		rules = append(rules, policy.OnRemediate("x:y:Disk", mend))
	}
	return policy.Policy{ID: "x", Title: "Must.", Rules: rules}
}

func encrypted(r *policy.Report, d disk) {
	if !d.Encrypted.Or(false) {
		r.Fail("It is not.")
	}
}

func TestUnsetPropertiesThatAreUnknownMustNotFail(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name       string
		check      func(*policy.Report, disk)
		properties map[string]any
		want       string
	}{
		{"asks for the value", func(r *policy.Report, d disk) {
			if d.Options.Get().Public.Or(false) {
				r.Fail("It is public.")
			}
		}, nil, ""},
		{"takes its presence for a violation", func(r *policy.Report, d disk) {
			if d.Options.Present() {
				r.Fail("It has options.")
			}
		}, nil, "with options of disk set to what is unknown"},
		{"within what is set", func(r *policy.Report, d disk) {
			if d.Options.Get().Public.Present() {
				r.Fail("It may be public.")
			}
		}, map[string]any{"options": map[string]any{}}, "with options.public of disk set to what is unknown"},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			p := diskPolicy(test.check, nil)
			pack, err := packOf(p)
			require.NoError(t, err)
			problems := Case{Resources: []Resource{{Name: "disk", Type: "x:y:Disk", Properties: test.properties}}}.unset(pack, p)
			if test.want == "" {
				assert.Empty(t, problems)
				return
			}
			assert.Contains(t, strings.Join(problems, "\n"), test.want)
		})
	}
}

func TestMendingOfExamples(t *testing.T) {
	t.Parallel()
	always := func(r *policy.Remediation, _ disk) { r.Set("encrypted", true) }
	for name, test := range map[string]struct {
		properties map[string]any
		mend       func(*policy.Remediation, disk)
		want       string
	}{
		"mends":            {nil, mendDisk, ""},
		"leaves":           {map[string]any{"encrypted": true}, mendDisk, ""},
		"does nothing":     {nil, func(*policy.Remediation, disk) {}, `what was mended is "failed"`},
		"never settles":    {nil, func(r *policy.Remediation, d disk) { r.Set("encrypted", !d.Encrypted.Or(false)) }, "changed when it is mended again"},
		"mends what is":    {map[string]any{"encrypted": true}, always, "with encrypted of disk as text, what passes is mended"},
		"fails":            {nil, func(*policy.Remediation, disk) { panic("sorry") }, `the remediation answers "errored"`},
		"mends other":      {map[string]any{"encrypted": true}, func(r *policy.Remediation, _ disk) { r.Set("options.public", false) }, "what passes is mended"},
		"mends if it says": {map[string]any{"encrypted": false}, mendOnlyFalse, `without encrypted of disk, what was mended is "failed"`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := diskPolicy(encrypted, test.mend)
			pack, err := packOf(p)
			require.NoError(t, err)
			problems := Case{Resources: []Resource{{Name: "disk", Type: "x:y:Disk", Properties: test.properties}}}.mend(pack, p)
			if test.want == "" {
				assert.Empty(t, problems)
				return
			}
			assert.Contains(t, strings.Join(problems, "\n"), test.want)
		})
	}
}

func mendDisk(r *policy.Remediation, d disk) {
	if !d.Encrypted.Or(false) {
		r.Set("encrypted", true)
	}
}

func mendOnlyFalse(r *policy.Remediation, d disk) {
	if d.Encrypted.Present() && !d.Encrypted.Get() {
		r.Set("encrypted", true)
	}
}

func TestResourcesOfExamples(t *testing.T) {
	t.Parallel()
	got := resourcesOf([]policy.Example{{Name: "a", Type: "x:y:Z"}, {Name: "b", Type: "x:y:Z", Properties: map[string]any{
		"id": "${a.id}", "ids": []any{"${a.arn}", "x"}, "in": map[string]any{"id": "${a.id}"}, "text": "${a}", "user": "${aws:username}",
	}}})
	assert.Equal(t, []Resource{{Name: "a", Type: "x:y:Z", Properties: map[string]any{}}, {Name: "b", Type: "x:y:Z", Properties: map[string]any{
		"id": Ref("a"), "ids": []any{Ref("a"), "x"}, "in": map[string]any{"id": Ref("a")}, "text": "${a}", "user": "${aws:username}",
	}}}, got)
}

// The policy's examples pass their own test.
func TestRunExamples(t *testing.T) {
	t.Parallel()
	p := diskPolicy(encrypted, mendDisk)
	p.Good = []policy.Example{{Name: "disk", Type: "x:y:Disk", Properties: map[string]any{"encrypted": true}}}
	p.Bad = []policy.Example{{Name: "disk", Type: "x:y:Disk"}}
	RunExamples(t, p)
}
