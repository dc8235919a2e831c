package simulator_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/holdfast-iac/holdfast/simulator"
)

func TestBlocks(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		block, other    string
		inside, overlap bool
	}{
		{"10.0.1.0/24", "10.0.0.0/16", true, true},
		{"10.0.0.0/16", "10.0.0.0/16", true, true},
		{"10.0.0.0/16", "10.0.1.0/24", false, true},
		{"10.0.0.0/16", "10.1.0.0/16", false, false},
		{"10.0.0.0/25", "10.0.0.128/25", false, false},
		{"10.0.0.7/32", "0.0.0.0/0", true, true},
		{"10.0.1.9/24", "10.0.0.3/16", true, true}, // hosts' addresses stand for their networks
		{"2001:db8:1::/48", "2001:db8::/32", true, true},
		{"2001:db8::/32", "::/0", true, true},
		{"10.0.0.0/16", "::/0", false, false},
		{"10.0.0.0/16", "::ffff:10.0.0.0/96", false, false},
		{"", "10.0.0.0/16", false, false},
		{"10.0.0.0/16", "", false, false},
		{"10.0.0.0", "10.0.0.0/16", false, false},
		{"10.0.0.0/33", "10.0.0.0/16", false, false},
		{"10.0.0.0/-1", "10.0.0.0/16", false, false},
		{"fe80::%eth0/64", "fe80::/64", false, false},
		{"no block", "no block", false, false},
	} {
		assert.Equal(t, test.inside, simulator.Inside(test.block, []string{"no block", test.other}), "%s inside %s", test.block, test.other)
		assert.Equal(t, test.overlap, simulator.Overlap(test.block, test.other), "%s overlaps %s", test.block, test.other)
		assert.Equal(t, test.overlap, simulator.Overlap(test.other, test.block), "%s overlaps %s", test.other, test.block)
	}
	assert.False(t, simulator.Inside("10.0.0.0/16", nil))
	assert.True(t, simulator.IsBlock("::/0"))
	assert.False(t, simulator.IsBlock("10.0.0.0"))
}
