package crosscloud

import (
	"encoding/json"
	"strings"

	"github.com/holdfast-iac/holdfast/policies/policy"
)

// tags are those of a resource, by key as tagKey has it.
type tags map[string]string

// tagKey is a tag's key as different clouds and people write it: CostCenter, cost-center and cost_center are the same.
// Labels of Google Cloud cannot hold capital letters.
func tagKey(key string) string {
	return strings.Join(strings.FieldsFunc(strings.ToLower(key), func(r rune) bool { return strings.ContainsRune(" -_.:/", r) }), "")
}

// add adds what the value of a property holds: a map, or a list of "key:value" and plain words, as on DigitalOcean.
func (t tags) add(value any) {
	switch value := value.(type) {
	case map[string]any:
		for key, v := range value {
			text, _ := v.(string)
			t[tagKey(key)] = text
		}
	case []any:
		for _, v := range value {
			text, _ := v.(string)
			key, inner, _ := strings.Cut(text, ":")
			t[tagKey(key)] = inner
		}
	}
}

// addDefaults adds the tags or labels that the provider gives to all that it makes. The settings are JSON; AWS has the tags
// in an object of the first. What is not set, or is none, adds nothing.
func (t tags) addDefaults(n *policy.Node) {
	provider := n.Provider()
	if provider == nil {
		return
	}
	var defaults struct{ Tags map[string]any }
	_ = json.Unmarshal([]byte(provider.Setting("defaultTags").Get()), &defaults)
	t.add(defaults.Tags)
	var labels map[string]any
	_ = json.Unmarshal([]byte(provider.Setting("defaultLabels").Get()), &labels)
	t.add(labels)
}
