package frameworks

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/holdfast-iac/holdfast/policies/policy"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// ids are those of All in a framework.
func ids(f policy.Framework) (ids []string) {
	for _, c := range All() {
		if c.Framework == f {
			ids = append(ids, c.ID)
		}
	}
	return ids
}

// numbered are a group's ids: its prefix with 1 to n.
func numbered(prefix string, n int) (ids []string) {
	for i := 1; i <= n; i++ {
		ids = append(ids, fmt.Sprint(prefix, i))
	}
	return ids
}

func TestSOC2IsComplete(t *testing.T) {
	t.Parallel()
	want := slices.Concat(
		numbered("CC1.", 5), numbered("CC2.", 3), numbered("CC3.", 4), numbered("CC4.", 2), numbered("CC5.", 3),
		numbered("CC6.", 8), numbered("CC7.", 5), numbered("CC8.", 1), numbered("CC9.", 2),
		numbered("A1.", 3), numbered("C1.", 2), numbered("PI1.", 5),
		numbered("P1.", 1), numbered("P2.", 1), numbered("P3.", 2), numbered("P4.", 3), numbered("P5.", 2),
		numbered("P6.", 7), numbered("P7.", 1), numbered("P8.", 1),
	)
	assert.Len(t, want, 61)
	assert.Equal(t, want, ids(SOC2))
}

func TestISO27001IsComplete(t *testing.T) {
	t.Parallel()
	want := slices.Concat(numbered("A.5.", 37), numbered("A.6.", 8), numbered("A.7.", 14), numbered("A.8.", 34))
	assert.Len(t, want, 93)
	assert.Equal(t, want, ids(ISO27001))
}

// The sections of the benchmark, with how many recommendations each has.
func TestCISAWSIsComplete(t *testing.T) {
	t.Parallel()
	sections := map[string][]string{
		"3.0.0": slices.Concat(numbered("1.", 22), numbered("2.1.", 4), numbered("2.2.", 1), numbered("2.3.", 3),
			numbered("2.4.", 1), numbered("3.", 9), numbered("4.", 16), numbered("5.", 6)),
		"4.0.1": slices.Concat(numbered("1.", 22), numbered("2.1.", 4), numbered("2.2.", 4), numbered("2.3.", 1),
			numbered("3.", 9), numbered("4.", 16), numbered("5.1.", 2), numbered("5.", 7)[1:]),
		"5.0.0": slices.Concat(numbered("1.", 21), numbered("2.1.", 4), numbered("2.2.", 4), numbered("2.3.", 1),
			numbered("3.", 9), numbered("4.", 16), numbered("5.1.", 2), numbered("5.", 7)[1:]),
		"6.0.0": slices.Concat(numbered("2.", 21), numbered("3.1.", 4), numbered("3.2.", 4), numbered("3.3.", 1),
			numbered("4.", 9), numbered("5.", 16), numbered("6.1.", 2), numbered("6.", 7)[1:]),
		"7.0.0": slices.Concat(numbered("2.1.", 6), numbered("2.", 21)[1:], numbered("3.1.", 4), numbered("3.2.", 4),
			numbered("3.3.", 1), numbered("4.", 10), numbered("5.", 16), numbered("6.1.", 2), numbered("6.", 8)[1:]),
	}
	require.Len(t, CISAWSVersions(), len(sections))
	for _, version := range CISAWSVersions() {
		assert.Equal(t, sections[version.Version], ids(version), version)
	}
	assert.Contains(t, CISAWSVersions(), CISAWS)
	for _, r := range cisAWS {
		assert.Regexp(t, regexp.MustCompile(`^((\d+(\.\d+)+|-)( |$)){5}$`), r.ids)
		assert.NotEqual(t, "- - - - -", r.ids)
	}
}

func TestEveryControlSaysWhatItIs(t *testing.T) {
	t.Parallel()
	theirs := regexp.MustCompile(`(?i)^ensure |the entity|shall`)
	titles := map[string]string{}
	for _, c := range All() {
		ref := c.Reference().String()
		found, ok := Lookup(ref)
		require.True(t, ok, ref)
		require.Equal(t, c, found, "one of a kind: %s", ref)
		assert.NotContains(t, strings.ToLower(c.Title+c.Why), "  ", ref)
		assert.Regexp(t, `^[A-Z].{3,75}[^. ]$`, c.Title, ref)
		assert.Regexp(t, `^.{5,80}[^. ]$`, c.Why, ref)
		assert.NotRegexp(t, theirs, c.Title, "%s: in our words", ref)
		assert.Contains(t, []Evidence{Yes, Partly, No}, c.Evidence, ref)
		other, taken := titles[c.Framework.String()+c.Title]
		assert.False(t, taken, "%s has the title of %s", ref, other)
		titles[c.Framework.String()+c.Title] = ref
	}
}

func TestLookup(t *testing.T) {
	t.Parallel()
	for reference, title := range map[string]string{
		"SOC 2 CC6.6":                    "Protection against threats from outside the boundary",
		"ISO/IEC 27001 2022 A.8.20":      "Networks are secured and managed",
		"CIS AWS Foundations 3.0.0 5.4":  "Default security groups are closed",
		"CIS AWS Foundations 5.0.0 5.5":  "Default security groups are closed",
		"CIS AWS Foundations 5.0.0 1.10": "No access keys at the creation of console users",
		"CIS AWS Foundations 7.0.0 6.5":  "Default security groups are closed",
	} {
		c, ok := Lookup(reference)
		assert.True(t, ok, reference)
		assert.Equal(t, title, c.Title, reference)
	}
	for _, none := range []string{"", "SOC 2", "SOC 2 CC6.9", "SOC 2 cc6.6", "ISO/IEC 27001 A.8.20", "CIS AWS Foundations 5.0.0 1.3.1", "CIS AWS Foundations 1.0.0 1.1"} {
		_, ok := Lookup(none)
		assert.False(t, ok, none)
	}
	_, ok := Find(policy.Control{Framework: CISAWS, ID: "5.1"})
	assert.False(t, ok, "a section is no control")
}

func TestEvidenceIsNamed(t *testing.T) {
	t.Parallel()
	assert.Equal(t, "yes partly no invalid invalid", fmt.Sprint(Yes, " ", Partly, " ", No, " ", Evidence(0), " ", Evidence(4)))
}
