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
	var echoed []string
	for _, r := range report.Resources {
		cloud, _, _ := strings.Cut(r.Type, ":")
		made[cloud] += r.Count
		if !r.Modelled {
			echoed = append(echoed, r.Type)
		}
	}
	assert.Equal(t, map[string]int{"azure-native": 7, "gcp": 4, "digitalocean": 5}, made)
	assert.ElementsMatch(t, []string{
		"azure-native:compute:VirtualMachine", "azure-native:network:NetworkInterface", "digitalocean:index/firewall:Firewall",
		"gcp:compute/instance:Instance",
	}, echoed, "what is not modelled yet")
}
