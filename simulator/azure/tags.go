package azure

import (
	"maps"
	"slices"
	"strings"

	"github.com/holdfast-iac/holdfast/simulator"
)

// Limits of tags. Source: Azure Resource Manager's documentation of tags (at most 50; names 512 characters without
// <>%&\?/, values 256). The error of names is in Azure CLI's tutorials, those of lengths are as others' scripts quote
// them.
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
		c.Fail("tags", "a resource has at most %d tags, got %d", maxTags, len(object))
	}
	for _, key := range slices.Sorted(maps.Keys(object)) {
		name := string(key)
		switch {
		case len([]rune(name)) > maxTagName:
			c.Fail("tags", "InvalidTagName: Tag key too large. Following tag name '%.20s…' exceeded the maximum length. "+
				"Maximum allowed length for tag name - '%d' characters.", name, maxTagName)
		case strings.ContainsAny(name, badInTag):
			c.Fail("tags", "InvalidTagNameCharacters: The tag names '%s' have reserved characters '<,>,%%,&,\\,?,/' or control characters.", name)
		}
		if value := object[key]; value.IsString() && len([]rune(value.StringValue())) > maxTagValue {
			c.Fail("tags", "InvalidTagValueLength: Tag value too large. The value of tag '%s' exceeded the maximum length. "+
				"Maximum allowed length for tag value - '%d' characters.", name, maxTagValue)
		}
	}
}
