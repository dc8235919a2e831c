package platform

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/holdfast-iac/holdfast/internal/sla"
)

func TestObjectives(t *testing.T) {
	t.Parallel()
	assert.Equal(t, Objectives{Availability: 99.9, RPOMinutes: 1500, RTOMinutes: 480}, Objectives{}.WithDefaults())
	require.NoError(t, Objectives{}.Validate())
	require.EqualError(t, Objectives{Availability: 89.9, RPOMinutes: -1, CopyRPOMinutes: -3, RTOMinutes: -2}.Validate(),
		"availability: 89.9 is out of range; use 90 to 100 percent\n"+
			"rpoMinutes: -1 is out of range; use at least 1 minute\n"+
			"copyRpoMinutes: -3 is out of range; use at least 1 minute\n"+
			"rtoMinutes: -2 is out of range; use at least 1 minute")
	require.Error(t, Objectives{Availability: 100.1}.Validate())
}

func TestCompareAvailability(t *testing.T) {
	t.Parallel()
	path := []sla.Entry{sla.AWSLoadBalancer, sla.AWSInstances, sla.AWSDatabase}
	require.NoError(t, Objectives{}.Compare(Outlook{Path: path}))
	require.NoError(t, Objectives{}.Compare(Outlook{}), "nothing that can fail")
	require.NoError(t, Objectives{Availability: 99.99}.Compare(Outlook{Path: path[:1]}), "just met")
	require.EqualError(t, Objectives{Availability: 99.95}.Compare(Outlook{Path: path}),
		"availability: 99.95 is more than the parts commit to: 99.99 % (Elastic Load Balancing, two or more zones) × "+
			"99.99 % (EC2, instances in two or more zones) × 99.95 % (RDS, Multi-AZ) = 99.930 %, 31 minutes a month; use stronger parts, or promise less")
	assert.Equal(t, "99.95 % (RDS, Multi-AZ) = 99.950 %, 22 minutes a month; the objective is 99.9 %",
		Objectives{}.Summary(Outlook{Path: path[2:]}))
}

func TestCompareLosses(t *testing.T) {
	t.Parallel()
	database := Kept{Part: "database", RPOMinutes: 5, CopyRPOMinutes: 30, RTOMinutes: 240}
	sessions := Kept{Part: "cache", RPOMinutes: 1500, CopyRPOMinutes: Never, RTOMinutes: 60}
	lost := Kept{Part: "cache", RPOMinutes: Never, CopyRPOMinutes: Never}
	for name, test := range map[string]struct {
		objectives Objectives
		kept       []Kept
		want       string
	}{
		"no data":          {Objectives{RPOMinutes: 1, CopyRPOMinutes: 1, RTOMinutes: 1}, nil, ""},
		"just met":         {Objectives{RPOMinutes: 5, CopyRPOMinutes: 30, RTOMinutes: 240}, []Kept{database}, ""},
		"the defaults":     {Objectives{}, []Kept{database, sessions}, ""},
		"nothing saves it": {Objectives{RPOMinutes: Never - 1}, []Kept{database, lost}, "rpoMinutes: 9223372036854775806 is less than can be lost (cache all); back up more often, or allow more"},
		"the greatest that can be written": {Objectives{RPOMinutes: Never}, []Kept{lost},
			"rpoMinutes: 9223372036854775807 is less than can be lost (cache all); back up more often, or allow more"},
		"all at once": {Objectives{RPOMinutes: 4, CopyRPOMinutes: 29, RTOMinutes: 239}, []Kept{database, sessions},
			"rpoMinutes: 4 is less than can be lost (database 5, cache 1500); back up more often, or allow more\n" +
				"copyRpoMinutes: 29 is less than is lost with the region (database 30, cache all); keep copies in another, or allow more\n" +
				"rtoMinutes: 239 is less than a restore takes (database 240); measure one and say so in holdfast:backup.rtoMinutes, or allow more"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			err := test.objectives.Compare(Outlook{Kept: test.kept})
			if test.want == "" {
				require.NoError(t, err)
				return
			}
			require.EqualError(t, err, test.want)
		})
	}
	whole := Outlook{Kept: []Kept{database, sessions}}
	assert.Equal(t, []int{1500, Never, 240}, []int{whole.RPOMinutes(), whole.CopyRPOMinutes(), whole.RTOMinutes()}, "the worst of each")
	assert.Zero(t, Outlook{}.RPOMinutes())
}
