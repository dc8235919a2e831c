package policy

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestSelection(t *testing.T) {
	t.Parallel()
	soc2, cis := Framework{Name: "SOC 2"}, Framework{Name: "CIS AWS Foundations", Version: "5.0.0"}
	of := func(id string, severity Severity, frameworks ...Framework) Policy {
		p := Policy{ID: id, Title: "Must.", Severity: severity, Level: Mandatory, Rules: []Rule{
			OnStack(func(r *StackReport, _ struct{}) { r.Fail(nil, "It does not.") }),
		}}
		for _, f := range frameworks {
			p.Controls = append(p.Controls, Control{Framework: f, ID: "1"})
		}
		return p
	}
	pack, err := NewPack(PackSpec{Name: "p", Version: "1.0.0", Policies: []Policy{
		of("critical", Critical, soc2, cis), of("high", High, cis), of("low", Low, soc2), of("plain", 0), Selection, Exemptions,
	}})
	require.NoError(t, err)
	for _, test := range []struct {
		name    string
		setting map[string]any
		level   Level
		want    []string
		err     string
	}{
		{name: "by default", want: []string{"critical", "high", "low", "plain"}},
		{name: "severity", setting: map[string]any{"severity": "high"}, want: []string{"critical", "high", "plain"}},
		{name: "framework", setting: map[string]any{"frameworks": []any{"soc 2"}}, want: []string{"critical", "low"}},
		{name: "framework by its short name", setting: map[string]any{"frameworks": []any{"soc2"}}, want: []string{"critical", "low"}},
		{name: "benchmarks of all clouds", setting: map[string]any{"frameworks": []any{"cis"}}, want: []string{"critical", "high"}},
		{name: "framework with its version", setting: map[string]any{"frameworks": []any{"CIS AWS Foundations 5.0.0"}}, want: []string{"critical", "high"}},
		{name: "either framework", setting: map[string]any{"frameworks": []any{"SOC 2", "CIS AWS Foundations"}}, want: []string{"critical", "high", "low"}},
		{name: "both", setting: map[string]any{"severity": "medium", "frameworks": []any{"SOC 2"}}, want: []string{"critical"}},
		{name: "disabled", setting: map[string]any{"severity": "critical"}, level: Disabled, want: []string{"critical", "high", "low", "plain"}},
		{name: "no such framework", setting: map[string]any{"frameworks": []any{"soc2", "SOX"}}, err: `frameworks.1: the pack has no controls of "SOX"; it has some of soc2, cis-aws`},
		{name: "no such severity", setting: map[string]any{"severity": "worst"}, err: "must be one of: low, medium, high, critical"},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			s, err := pack.NewSession(Deployment{}, map[string]Setting{selectionID: {Properties: test.setting, Level: test.level}})
			if test.err != "" {
				require.ErrorContains(t, err, test.err)
				return
			}
			require.NoError(t, err)
			var ran []string
			for _, r := range s.AnalyzeStack(nil) {
				if r.Outcome == Failed {
					ran = append(ran, r.Policy.ID)
				}
			}
			assert.Equal(t, test.want, ran)
		})
	}
}

// The id is the SDK's: another policy that had it would look like a selection and select nothing.
func TestSelectionIsOne(t *testing.T) {
	t.Parallel()
	_, err := NewPack(PackSpec{Name: "p", Version: "1.0.0", Policies: []Policy{{
		ID: selectionID, Title: "Must.", Rules: []Rule{OnStack(func(*StackReport, struct{}) {})},
	}}})
	assert.ErrorContains(t, err, `its ID is "selection", which is that of policy.Selection`)
}
