package gcp

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"unicode/utf8"

	"github.com/holdfast-iac/holdfast/simulator"
)

// Labels: trap 29. Sources: Resource Manager's requirements for labels; the errors of GoogleCloudPlatform/
// k8s-config-connector issue 363 (values) and googleapis/google-cloud-node-core issue 314 (keys).
const (
	maxLabels      = 64
	maxLabelLength = 63 // characters
)

// The patterns leave the length out: repeated 63 times, these classes take 26 ms to compile, in every process.
var (
	labelKey   = regexp.MustCompile(`^[\p{Ll}\p{Lo}][\p{Ll}\p{Lo}\p{N}_-]*$`)
	labelValue = regexp.MustCompile(`^[\p{Ll}\p{Lo}\p{N}_-]*$`)
)

func isLabel(s string, pattern *regexp.Regexp) bool {
	return utf8.RuneCountInString(s) <= maxLabelLength && pattern.MatchString(s)
}

// checkLabels holds the labels of any type to Google Cloud's rules. Some types have labels of another sort, such as a
// notification channel's: only those count that the provider merges with its own, of which effectiveLabels tells.
func checkLabels(c *simulator.Call) {
	if _, ok := c.Schema.Outputs["effectiveLabels"]; !ok || !c.Known("labels") {
		return
	}
	labels := allLabels(c)
	if len(labels) > maxLabels {
		c.Fail("labels", "%s", badLabel(fmt.Sprintf("A resource has at most %d labels, got %d.", maxLabels, len(labels))))
	}
	for _, key := range slices.Sorted(maps.Keys(labels)) {
		if !isLabel(string(key), labelKey) {
			c.Fail("labels", "%s", badLabel(fmt.Sprintf("Label key '%s' violates format constraints. The key must start with a lowercase "+
				"character, can only contain lowercase letters, numeric characters, underscores and dashes. %s", key, labelLength("key"))))
		}
		if value := labels[key]; value.IsString() && !isLabel(value.StringValue(), labelValue) {
			c.Fail("labels", "%s", badLabel(fmt.Sprintf("Label value '%s' violates format constraints. The value can only contain lowercase "+
				"letters, numeric characters, underscores and dashes. %s", value.StringValue(), labelLength("value"))))
		}
	}
}

// badLabel is Compute Engine's error for labels; other services say the same in words of their own.
func badLabel(why string) string { return badField("labels", "", why) }

func labelLength(what string) string {
	return "The " + what + " can be at most 63 characters long. International characters are allowed."
}
