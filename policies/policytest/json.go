package policytest

import (
	"encoding/json"
	"testing"
)

// JSON makes properties of a JSON object, such as one copied from a stack's state. In it, {"$secret": value} stands for
// Secret(value), {"$ref": "name"} for Ref("name"), and "$unknown" for Unknown.
func JSON(t testing.TB, text string) map[string]any {
	t.Helper()
	var properties map[string]any
	if err := json.Unmarshal([]byte(text), &properties); err != nil {
		t.Fatalf("the properties are no JSON object: %v", err)
	}
	for name, value := range properties {
		properties[name] = special(value)
	}
	return properties
}

// special puts what the markers stand for in their place.
func special(value any) any {
	switch v := value.(type) {
	case string:
		if v == "$unknown" {
			return Unknown
		}
	case []any:
		for i := range v {
			v[i] = special(v[i])
		}
	case map[string]any:
		if secret, ok := v["$secret"]; ok && len(v) == 1 {
			return Secret(special(secret))
		}
		if name, ok := v["$ref"].(string); ok && len(v) == 1 {
			return Ref(name)
		}
		for key := range v {
			v[key] = special(v[key])
		}
	}
	return value
}
