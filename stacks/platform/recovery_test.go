package platform

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/holdfast-iac/holdfast/components/spec"
)

func TestRecovery(t *testing.T) {
	t.Parallel()
	d := Recovery{Region: "us-west-2"}.WithDefaults()
	require.NoError(t, d.Validate())
	assert.Equal(t, "10.128.0.0/16", d.Network.CIDR)
	assert.Equal(t, 3, d.Network.Zones)
	assert.Zero(t, d.Standby)
	own := Recovery{Region: "us-west-2", Network: spec.Network{CIDR: "10.9.0.0/16", Zones: 2}, Standby: 2}.WithDefaults()
	assert.Equal(t, "10.9.0.0/16", own.Network.CIDR)

	require.EqualError(t, Recovery{Network: spec.Network{Zones: 1}, Standby: -1}.Validate(),
		"region: is missing; name the region to recover in\n"+
			"network.zones: 1 is out of range; use 2 to 8 zones\n"+
			"standby: -1 is out of range; use 2 to 1000 machines, or leave it out for none")
	for standby, fits := range map[int]bool{0: true, 1: false, 2: true, 1000: true, 1001: false} {
		assert.Equal(t, fits, Recovery{Region: "us-west-2", Standby: standby}.Validate() == nil, standby)
	}
}
