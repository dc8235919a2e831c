package digitalocean

import (
	"maps"
	"regexp"
	"slices"
	"strings"

	"github.com/holdfast-iac/holdfast/simulator"
	"github.com/holdfast-iac/holdfast/simulator/schema"
)

// Tags: trap 37. Source: terraform-provider-digitalocean, digitalocean/tag/ tags.go (ValidateTag).
var tagPattern = regexp.MustCompile(`^[a-zA-Z0-9:\-_]{1,255}$`)

const badTag = "tags may contain lowercase letters, numbers, colons, dashes, and underscores; there is a limit of 255 characters per tag: got %q"

// checkTags holds the tags of any type to DigitalOcean's rule.
func checkTags(c *simulator.Call) {
	for _, name := range slices.Sorted(maps.Keys(c.Schema.Inputs)) {
		input := c.Schema.Inputs[name]
		isTags := name == "tags" || strings.HasSuffix(name, "Tag")
		if !isTags || input.Type.Kind != schema.String && input.Type.Kind != schema.Array {
			continue
		}
		path := name
		if input.Type.Kind == schema.Array {
			path += "[*]"
		}
		c.Each(path, func(at, value string) {
			if value != "" && !tagPattern.MatchString(value) {
				c.Fail(at, badTag, value)
			}
		})
	}
}

func tagTypes() []*simulator.Type {
	return []*simulator.Type{{
		Token:     "digitalocean:index/tag:Tag",
		Kind:      &simulator.Kind{Noun: "Tag", Global: true, ID: func(c *simulator.Call) string { return c.Text("name") }},
		AutoName:  named(),
		Immutable: []string{"name"},
		Rules: map[string]simulator.Rule{"name": simulator.Matches(tagPattern.String(),
			"a tag has 1 to 255 letters, digits, colons, hyphens and underscores")},
		Compute: func(c *simulator.Call) {
			for _, name := range []string{"databasesCount", "dropletsCount", "imagesCount", "totalResourceCount",
				"volumeSnapshotsCount", "volumesCount"} {
				c.SetNew(name, 0)
			}
		},
	}}
}
