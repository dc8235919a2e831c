package azure

import (
	"maps"
	"slices"
	"strings"

	"github.com/holdfast-iac/holdfast/simulator"
)

// Limits of tags. Source: Azure Resource Manager's documentation of tags (at
// most 50; names 512 characters without <>%&\?/, values 256).
const (
	maxTags     = 50
	maxTagName  = 512
	maxTagValue = 256
	badInTag    = `<>%&\?/`
)

// checkTags holds the tags of any type to Azure's limits.
func checkTags(c *simulator.Call) {
	tags, ok := c.Inputs["tags"]
	if !ok || !tags.IsObject() {
		return
	}
	object := tags.ObjectValue()
	if len(object) > maxTags {
		c.Fail("tags", "TagsCountExceeded: The tag count %d exceeds the allowed %d", len(object), maxTags)
	}
	for _, key := range slices.Sorted(maps.Keys(object)) {
		name := string(key)
		switch {
		case len([]rune(name)) > maxTagName:
			c.Fail("tags", "InvalidTagNameLength: a tag's name has at most %d characters, %.20q… has more", maxTagName, name)
		case strings.ContainsAny(name, badInTag):
			c.Fail("tags", "InvalidTagNameCharacters: The tag name '%s' has reserved characters '%s'", name, badInTag)
		}
		if value := object[key]; value.IsString() && len([]rune(value.StringValue())) > maxTagValue {
			c.Fail("tags", "InvalidTagValueLength: the value of the tag %q has more than %d characters", name, maxTagValue)
		}
	}
}
