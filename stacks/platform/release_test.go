package platform

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/holdfast-iac/holdfast/components/spec"
)

func percent(n int) *int { return &n }

func TestRelease(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		release Release
		problem string         // what is wrong, or
		weights map[string]int // what each cluster gets
	}{
		"default":       {Release{}, "", map[string]int{"blue": 100}},
		"rolling":       {Release{Strategy: Rolling}, "", map[string]int{"blue": 100}},
		"first blue":    {Release{Strategy: BlueGreen}, "", map[string]int{"blue": 100}},
		"new candidate": {Release{Strategy: BlueGreen, Candidate: &Candidate{Weight: percent(0)}}, "", map[string]int{"blue": 100, "green": 0}},
		"some traffic":  {Release{Strategy: BlueGreen, Candidate: &Candidate{Weight: percent(10)}}, "", map[string]int{"blue": 90, "green": 10}},
		"taken over":    {Release{Strategy: BlueGreen, Live: Green}, "", map[string]int{"green": 100}},
		"the way back":  {Release{Strategy: BlueGreen, Live: Green, Candidate: &Candidate{Weight: percent(100)}}, "", map[string]int{"green": 0, "blue": 100}},
		"strategy":      {Release{Strategy: "bluegreen"}, `strategy: "bluegreen" is not a strategy; did you mean blue-green? (use blue-green or rolling)`, nil},
		"colour":        {Release{Strategy: BlueGreen, Live: "red"}, `live: "red" is not a colour; use blue or green`, nil},
		"rolling green": {Release{Live: Green}, "", map[string]int{"green": 100}},
		"candidate of rolling": {Release{Candidate: &Candidate{Weight: percent(1)}},
			"candidate: has no effect on a rolling release; remove it, or use strategy blue-green", nil},
		"rollback of rolling": {Release{Rollback: spec.Rollback{ErrorPercent: 1}},
			"rollback: has no effect on a rolling release, which monitoring's alarms turn back; remove it", nil},
		"rollback to": {Release{Strategy: BlueGreen, Rollback: spec.Rollback{To: "blue", ErrorPercent: 101}},
			"rollback.errorPercent: 101 is out of range; use more than 0, up to 100 percent\nrollback.to: \"blue\" is always the live colour; remove it", nil},
		"no weight":       {Release{Strategy: BlueGreen, Candidate: &Candidate{}}, "candidate.weight: is missing; use 0 for a new candidate, then up to 100 percent", nil},
		"too much weight": {Release{Strategy: BlueGreen, Candidate: &Candidate{Weight: percent(101)}}, "candidate.weight: 101 is out of range; use 0 to 100 percent", nil},
		"negative weight": {Release{Strategy: BlueGreen, Candidate: &Candidate{Weight: percent(-1)}}, "candidate.weight: -1 is out of range; use 0 to 100 percent", nil},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			err := test.release.Validate()
			if test.problem != "" {
				require.EqualError(t, err, test.problem)
				return
			}
			require.NoError(t, err)
			assert.Equal(t, test.weights, test.release.Weights())
		})
	}
	assert.Equal(t, Blue, Green.Other())
}

func TestRollbackOf(t *testing.T) {
	t.Parallel()
	limits := spec.Rollback{ErrorPercent: 1}
	r := Release{Strategy: BlueGreen, Live: Green, Candidate: &Candidate{Weight: percent(0)}, Rollback: limits}
	assert.Equal(t, spec.Rollback{To: "green", ErrorPercent: 1}, r.RollbackOf("blue"))
	assert.Zero(t, r.RollbackOf("green"), "the live one has nowhere to go back to")
	r.Rollback.Disabled = true
	assert.Equal(t, spec.Rollback{Disabled: true}, r.RollbackOf("blue"))
	assert.Zero(t, Release{}.RollbackOf("green"), "nobody is on trial")
}
