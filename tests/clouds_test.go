package tests

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
)

// TestEveryCloudIsSimulated rehearses one program in all the clouds besides AWS, which the stacks are in.
func TestEveryCloudIsSimulated(t *testing.T) {
	t.Parallel()
	report, code := rehearse(t, testdata(t, "everycloud"))
	assert.Zero(t, code)
	assert.True(t, report.Passed, "%+v", report)
	made := map[string]int{}
	for _, r := range report.Resources {
		assert.True(t, r.Modelled, "%s is only echoed", r.Type)
		cloud, _, _ := strings.Cut(r.Type, ":")
		made[cloud] += r.Count
	}
	assert.Equal(t, map[string]int{"azure-native": 2, "gcp": 2, "digitalocean": 1}, made)
}
