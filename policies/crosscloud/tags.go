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
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune(" -_.:/", r) {
			return -1
		}
		return r
	}, strings.ToLower(key))
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
// in an object of the first.
func (t tags) addDefaults(n *policy.Node) {
	provider := n.Provider()
	if provider == nil {
		return
	}
	if setting := provider.Setting("defaultTags"); setting.Present() {
		var defaults struct{ Tags map[string]any }
		if json.Unmarshal([]byte(setting.Get()), &defaults) == nil {
			t.add(defaults.Tags)
		}
	}
	if setting := provider.Setting("defaultLabels"); setting.Present() {
		var labels map[string]any
		if json.Unmarshal([]byte(setting.Get()), &labels) == nil {
			t.add(labels)
		}
	}
}
