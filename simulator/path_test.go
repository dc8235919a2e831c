package simulator

import (
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/stretchr/testify/assert"
)

func TestFind(t *testing.T) {
	t.Parallel()
	props := resource.NewPropertyMapFromMap(map[string]any{
		"name":  "a",
		"none":  nil,
		"list":  []any{map[string]any{"x": "1"}, map[string]any{"y": "2"}, "text", nil, map[string]any{"x": "3"}},
		"deep":  map[string]any{"er": map[string]any{"ids": []any{"p", "q"}}},
		"later": unknown(),
	})
	for path, want := range map[string][]string{
		"name":           {"name=a"},
		"none":           nil,
		"nosuch":         nil,
		"name.x":         nil,
		"name[*]":        nil,
		"list[*].x":      {"list[0].x=1", "list[4].x=3"},
		"deep.er.ids[*]": {"deep.er.ids[0]=p", "deep.er.ids[1]=q"},
		"later":          {"later=?"},
		"later[*]":       {"later=?"},
		"later.below":    {"later=?"},
		"later[*].below": {"later=?"},
	} {
		var got []string
		for _, l := range find(props, path) {
			shown := "?"
			if l.value.IsString() {
				shown = l.value.StringValue()
			}
			got = append(got, l.path+"="+shown)
		}
		assert.Equal(t, want, got, path)
	}
}

func TestPlain(t *testing.T) {
	t.Parallel()
	output := func(known, secret bool) resource.PropertyValue {
		return resource.NewOutputProperty(resource.Output{Element: resource.NewStringProperty("a"), Known: known, Secret: secret})
	}
	got := plainMap(resource.PropertyMap{
		"secret":    resource.MakeSecret(resource.NewStringProperty("a")),
		"known":     output(true, true),
		"unknown":   output(false, false),
		"list":      resource.NewArrayProperty([]resource.PropertyValue{output(true, false)}),
		"null":      resource.NewNullProperty(),
		"reference": resource.MakeCustomResourceReference("urn:pulumi:s::p::t::n", "id-1", ""),
	})
	assert.Equal(t, resource.NewPropertyMapFromMap(map[string]any{
		"secret": "a", "known": "a", "unknown": unknown(), "list": []any{"a"}, "reference": "id-1",
	}), got)
}
