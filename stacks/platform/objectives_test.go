package platform

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/holdfast-iac/holdfast/internal/sla"
)

func TestObjectives(t *testing.T) {
	t.Parallel()
	assert.Equal(t, Objectives{Availability: 99.9, RPOMinutes: 1440, RTOMinutes: 480}, Objectives{}.WithDefaults())
	require.NoError(t, Objectives{}.Validate())
	require.EqualError(t, Objectives{Availability: 89.9, RPOMinutes: -1, RTOMinutes: -2}.Validate(),
		"availability: 89.9 is out of range; use 90 to 100 percent\n"+
			"rpoMinutes: -1 is out of range; use at least 1 minute\n"+
			"rtoMinutes: -2 is out of range; use at least 1 minute")
	require.Error(t, Objectives{Availability: 100.1}.Validate())
}

func TestCompare(t *testing.T) {
	t.Parallel()
	path := []sla.Entry{sla.AWSLoadBalancer, sla.AWSInstances, sla.AWSDatabase}
	require.NoError(t, Objectives{}.Compare(Outlook{Path: path, RPOMinutes: 60, RTOMinutes: 480}))
	require.NoError(t, Objectives{}.Compare(Outlook{}), "nothing that can fail")
	require.NoError(t, Objectives{Availability: 99.99}.Compare(Outlook{Path: path[:1]}), "just met")
	require.EqualError(t, Objectives{Availability: 99.95, RPOMinutes: 30, RTOMinutes: 60}.Compare(Outlook{Path: path, RPOMinutes: 31, RTOMinutes: 61}),
		"availability: 99.95 is more than the parts commit to: 99.99 % (Elastic Load Balancing, two or more zones) × "+
			"99.99 % (EC2, instances in two or more zones) × 99.95 % (RDS, Multi-AZ) = 99.930 %, 31 minutes a month; use stronger parts, or promise less\n"+
			"rpoMinutes: 30 is less than the backups allow, 31; back up more often, or allow more\n"+
			"rtoMinutes: 60 is less than a restore takes, 61; keep a standby, or allow more")
	assert.Equal(t, "99.95 % (RDS, Multi-AZ) = 99.950 %, 22 minutes a month; the objective is 99.9 %",
		Objectives{}.Summary(Outlook{Path: path[2:]}))
}
