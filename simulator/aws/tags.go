package aws

import (
	"maps"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"

	"github.com/holdfast-iac/holdfast/simulator"
)

// Sources: Tagging AWS Resources guide, "Tag naming limits and requirements"; pulumi-aws, provider/tags.go.

// The limits of tags.
const (
	mostTags      = 50
	longestTag    = 128
	longestTagged = 256
)

// tagAll adds tagsAll to the inputs, for every type that has it: the provider's default tags, overridden by the
// resource's own. The real provider does so in its check.
func tagAll(c *simulator.Call) {
	if _, tagged := c.Schema.Outputs["tagsAll"]; !tagged {
		return
	}
	tags := c.Inputs["tags"]
	if tags.ContainsUnknowns() {
		c.Inputs["tagsAll"] = resource.MakeComputed(resource.NewStringProperty(""))
		return
	}
	all := resource.PropertyMap{}
	maps.Copy(all, c.Site.Tags)
	if tags.IsObject() {
		maps.Copy(all, tags.ObjectValue())
	}
	checkTags(c, all)
	c.Inputs["tagsAll"] = resource.NewObjectProperty(all)
}

// checkTags refuses what no service takes. The services call it differently: the text is what they have in common.
func checkTags(c *simulator.Call, tags resource.PropertyMap) {
	if len(tags) > mostTags {
		c.Fail("tags", "a resource can have %d tags, got %d, the provider's default tags included", mostTags, len(tags))
	}
	for _, key := range slices.Sorted(maps.Keys(tags)) {
		name := string(key)
		switch {
		case name == "" || utf8.RuneCountInString(name) > longestTag:
			c.Fail("tags", "a tag's key has 1 to %d characters, got %q", longestTag, name)
		case strings.HasPrefix(strings.ToLower(name), "aws:"):
			c.Fail("tags", "tag keys beginning with aws: are kept for AWS, got %q", name)
		case tags[key].IsString() && utf8.RuneCountInString(tags[key].StringValue()) > longestTagged:
			c.Fail("tags", "a tag's value has at most %d characters, that of %q has %d",
				longestTagged, name, utf8.RuneCountInString(tags[key].StringValue()))
		}
	}
}
