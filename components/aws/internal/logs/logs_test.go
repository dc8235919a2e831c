package logs

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/holdfast-iac/holdfast/components/spec"
)

func TestCheckRetention(t *testing.T) {
	t.Parallel()
	assert.IsIncreasing(t, retentions, "the search is binary")
	for days, want := range map[int]string{
		0: "", 1: "", 14: "", 365: "", 3653: "", 4000: "", -1: "",
		2: "at: 2 is not a period that CloudWatch Logs offers; the next longer one is 3 days", 100: "longer one is 120 days",
	} {
		var ps spec.Problems
		CheckRetention(&ps, "at", days)
		if want == "" {
			assert.Empty(t, ps, days)
			continue
		}
		assert.ErrorContains(t, ps.Err(), want)
	}
}
