package gcp

import (
	"maps"
	"regexp"
	"slices"

	"github.com/holdfast-iac/holdfast/simulator"
)

// Labels: trap 29. Source: Resource Manager's requirements for labels.
const maxLabels = 64

var (
	labelKey   = regexp.MustCompile(`^[\p{Ll}\p{Lo}][\p{Ll}\p{Lo}\p{N}_-]{0,62}$`)
	labelValue = regexp.MustCompile(`^[\p{Ll}\p{Lo}\p{N}_-]{0,63}$`)
)

// checkLabels holds the labels of any type to Google Cloud's rules. Some types
// have labels of another sort, such as a notification channel's: only those count
// that the provider merges with its own, of which effectiveLabels tells.
func checkLabels(c *simulator.Call) {
	if _, ok := c.Schema.Outputs["effectiveLabels"]; !ok || !c.Known("labels") {
		return
	}
	labels := allLabels(c)
	if len(labels) > maxLabels {
		c.Fail("labels", "invalid: Error 400: a resource has at most %d labels, got %d", maxLabels, len(labels))
	}
	for _, key := range slices.Sorted(maps.Keys(labels)) {
		if !labelKey.MatchString(string(key)) {
			c.Fail("labels", "invalid: Error 400: Invalid value for field 'resource.labels': the key %q must begin with a small letter and "+
				"have at most 63 small letters, digits, hyphens and underscores", string(key))
		}
		if value := labels[key]; value.IsString() && !labelValue.MatchString(value.StringValue()) {
			c.Fail("labels", "invalid: Error 400: Invalid value for field 'resource.labels': the value of %q must have at most 63 small letters, "+
				"digits, hyphens and underscores, got %q", string(key), value.StringValue())
		}
	}
}
