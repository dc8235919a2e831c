package database

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/holdfast-iac/holdfast/components/spec"
)

func TestMaxConnections(t *testing.T) {
	t.Parallel()
	for class, want := range map[string]int{
		"":                675, // db.m7g.large, 8 GiB: three quarters of 901
		"db.t4g.micro":    84,
		"db.t4g.small":    168,
		"db.t3.2xlarge":   2703,
		"db.c6gd.medium":  168,
		"db.m6gd.large":   675,
		"db.m7g.large":    675,
		"db.m8g.12xlarge": 5000, // the most
		"db.r6g.large":    1351,
		"db.r6g.xlarge":   2703,
		"db.x2g.large":    0, // whose memory is not known here
		"db.m7g.metal":    0,
		"m7g.large":       0,
	} {
		args := Args{Database: spec.Database{Class: class}}
		assert.InDelta(t, want, args.MaxConnections(), 1, class)
	}
	readable := Args{Database: spec.Database{Standby: spec.StandbyReadable}}
	assert.InDelta(t, 675, readable.MaxConnections(), 1, "its own default class")
	own := map[string]string{"max_connections": "300"}
	assert.Equal(t, 300, (&Args{Database: spec.Database{Class: "db.x2g.large", Parameters: own}}).MaxConnections())
	formula := map[string]string{"max_connections": "LEAST({DBInstanceClassMemory/9531392},5000)"}
	assert.InDelta(t, 675, (&Args{Database: spec.Database{Parameters: formula}}).MaxConnections(), 1)
}
