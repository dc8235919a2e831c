package aws

import (
	"strings"
	"time"

	"github.com/holdfast-iac/holdfast/policies/policy"
)

// ends are the last days of standard support, as "2026-12-31", by version. The tables are in files of their own
// (ends_*.go), each with its source and date. What is newer than a table is not in it, and passes.
type ends map[string]string

// of is the day of the version, or of the release that it belongs to: "16.4" is one of "16". It reports false for
// versions that the table does not have.
func (e ends) of(version string) (day string, listed bool) {
	for release := version; release != ""; {
		if day, listed = e[release]; listed {
			return day, true
		}
		release = release[:max(strings.LastIndex(release, "."), 0)]
	}
	return "", false
}

// check reports a version whose support has ended: a "PostgreSQL", "14.9".
func (e ends) check(r *policy.Report, product, version string) {
	if day, listed := e.of(version); listed && today(r.Deployment()) > day {
		r.Fail("Standard support of %s %s ended on %s.", product, version, day)
	}
}

// today is the day of the deployment, for comparison with dates such as "2026-12-31".
func today(d policy.Deployment) string { return d.Time.UTC().Format(time.DateOnly) }
