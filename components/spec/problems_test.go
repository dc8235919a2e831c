package spec

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestProblemString(t *testing.T) {
	t.Parallel()
	tests := []struct {
		problem Problem
		want    string
	}{
		{Problem{"cidr", "10.0.0.0/99", "is wrong; use 10.0.0.0/16"}, `cidr: "10.0.0.0/99" is wrong; use 10.0.0.0/16`},
		{Problem{"zones", 9, "is out of range"}, "zones: 9 is out of range"},
		{Problem{"", nil, "is empty"}, "is empty"},
		{Problem{"tags.a\nb\x1b[31m", nil, "is odd"}, `tags.a\nb\x1b[31m: is odd`},
		{Problem{"zoneNames", []string{"a", "b"}, "is short"}, `zoneNames: ["a","b"] is short`},
		{Problem{"f", func() {}, "cannot be shown as JSON"}, ""},
		{Problem{"long", strings.Repeat("é", 200), "is long"}, `long: "` + strings.Repeat("é", maxShownValue-1) + "… is long"},
	}
	for _, test := range tests {
		got := test.problem.String()
		if test.want == "" { // a value without a JSON form still prints something
			assert.Contains(t, got, test.problem.Reason)
			continue
		}
		assert.Equal(t, test.want, got)
	}
}

func TestProblemsCollect(t *testing.T) {
	t.Parallel()
	var inner Problems
	inner.Add("cidr", "x", "is wrong")
	inner.Add("[1]", 2, "is wrong")
	inner.Add("", nil, "is missing something")

	var ps Problems
	ps.Collect("network", fmt.Errorf("wrapped: %w", inner.Err()))
	ps.Collect("network", inner) // recorded once only
	ps.Collect("other", errors.New("plain"))
	ps.Collect("", inner[:1].Err())
	ps.Collect("nothing", nil)

	require.EqualError(t, ps.Err(), strings.Join([]string{
		`network.cidr: "x" is wrong`,
		`network[1]: 2 is wrong`,
		`network: is missing something`,
		`other: plain`,
		`cidr: "x" is wrong`,
	}, "\n"))
	require.NoError(t, Problems{}.Err(), "no problems is no error")
}

func TestProblemsMasked(t *testing.T) {
	t.Parallel()
	var ps Problems
	ps.Add("cidr", "10.9.9.9/16", "has host bits set; use 10.9.0.0/16")
	ps.Add("nett", nil, "is not a setting")
	masked := ps.Masked()
	assert.NotContains(t, masked.Error(), "10.9")
	assert.Contains(t, masked.Error(), "cidr: is not valid")
	assert.Contains(t, masked.Error(), "nett: is not a setting")
	assert.Contains(t, ps.Error(), "10.9.9.9/16", "the original is untouched")
}

func TestNearest(t *testing.T) {
	t.Parallel()
	names := []string{"cidr", "zones", "zoneNames", "nat", "flowLogs"}
	tests := map[string]string{
		"CIDR": "cidr", "cidrr": "cidr", "zone": "zones", "zone_names": "zoneNames", "flow-log": "flowLogs",
		"nta": "nat", "x": "", "": "", "completelydifferent": "",
	}
	for written, want := range tests {
		assert.Equal(t, want, Nearest(written, names), "nearest to %q", written)
	}
	assert.Equal(t, "use b", DidYouMean("zzzz", []string{"b"}))
	assert.Equal(t, "did you mean nat? (use cidr, flowLogs, nat, zoneNames or zones)", DidYouMean("natt", names))
	assert.Equal(t, "use ", DidYouMean("x", nil))
}
