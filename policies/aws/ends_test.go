package aws

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/holdfast-iac/holdfast/policies/policy"
)

// on is a deployment at noon of the day.
func on(t *testing.T, day string) policy.Deployment {
	t.Helper()
	date, err := time.Parse(time.DateOnly, day)
	require.NoError(t, err)
	return policy.Deployment{Time: date.Add(12 * time.Hour)}
}

func TestEndOfTheReleaseThatAVersionBelongsTo(t *testing.T) {
	t.Parallel()
	table := ends{"8.0": "2026-07-31", "16": "2029-02-28", "1.1": "2025-11-07"}
	for version, want := range map[string]string{
		"8.0": "2026-07-31", "8.0.35": "2026-07-31", "8.0.mysql_aurora.3.04.0": "2026-07-31", "16.4": "2029-02-28",
		"8.4": "", "1.10": "", "161": "", "": "", ".": "",
	} {
		day, listed := table.of(version)
		assert.Equal(t, want, day, version)
		assert.Equal(t, want != "", listed, version)
	}
}

// TestEndsAreDates: a day that is misspelt would compare as text, and never or always have passed.
func TestEndsAreDates(t *testing.T) {
	t.Parallel()
	tables := []ends{kubernetesEnds, runtimeEnds, redisEnds, openSearchEnds, elasticsearchEnds, kafkaEnds}
	for _, engine := range databaseEnds {
		tables = append(tables, engine.ends)
	}
	for _, table := range tables {
		assert.NotEmpty(t, table)
		for version, day := range table {
			_, err := time.Parse(time.DateOnly, day)
			assert.NoError(t, err, version)
		}
	}
}
