package tests

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestWarnings: what the cloud takes and what then does not do what it is for is told, and fails no rehearsal. What is
// mended is not told.
func TestWarnings(t *testing.T) {
	t.Parallel()
	report, code := rehearse(t, testdata(t, "accepted"), "--no-packs")
	assert.Zero(t, code)
	assert.True(t, report.Passed, "%+v", report)
	require.Len(t, report.Warnings, 3, "each once, though two updates see most of them: %+v", report.Warnings)
	for i, want := range []struct{ urn, text string }{
		{"aws:autoscaling/group:Group::web", "[aws-autoscaling-key-unusable]"},
		{"aws:autoscaling/group:Group::web", "[aws-autoscaling-refresh-never-starts]"},
		{"aws:backup/plan:Plan::main", "keeps backups 7 days at least, and the rule keeps them 6 days [aws-backup-retention-outside-lock]"},
	} {
		assert.True(t, strings.HasSuffix(report.Warnings[i].URN, want.urn), report.Warnings[i].URN)
		assert.Contains(t, report.Warnings[i].Message, want.text)
	}

	out, _, code := run(t, "rehearse", testdata(t, "accepted"), "--no-packs", "--stack", "mended")
	assert.Zero(t, code)
	assert.NotContains(t, out, "will fail later")

	out, _, _ = run(t, "rehearse", testdata(t, "accepted"), "--no-packs")
	assert.Contains(t, out, "The cloud takes this, and it will fail later:\n  aws:autoscaling/group:Group \"web\"\n    no instance will start")
}

// TestSimulateWarns: whatever command it was that made it, what will fail later is told at the end.
func TestSimulateWarns(t *testing.T) {
	t.Parallel()
	out, errs, code := deployed(t, "accepted", "us-west-2", "")
	assert.Zero(t, code, "%s\n%s", out, errs)
	assert.Contains(t, errs, "The cloud takes this, and it will fail later:")
	assert.Contains(t, errs, "[aws-backup-retention-outside-lock]")
}
