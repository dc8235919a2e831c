package aws

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"reflect"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/holdfast-iac/holdfast/stacks/platform"
)

// odd are values that are right in one place and wrong in others.
var odd = []any{
	"x", "us-east-1a", "blue", "green", "blue-green", "rolling", "none", "readable", "adopt", "off", "00:00", "10.0.0.0/16",
	"", "é", -1, 0, 1, 2, 50, 1000, 1 << 40, 99.9, true, false, nil, map[string]any{}, []any{},
}

// made makes a value for a setting of a type: mostly of the right form, with any content.
func made(r *rand.Rand, t reflect.Type) any {
	if r.IntN(14) == 0 {
		return odd[r.IntN(len(odd))]
	}
	switch t.Kind() {
	case reflect.Pointer:
		return made(r, t.Elem())
	case reflect.Struct:
		fields := map[string]any{}
		for i := range t.NumField() {
			if r.IntN(3) == 0 {
				fields[t.Field(i).Tag.Get("pulumi")] = made(r, t.Field(i).Type)
			}
		}
		return fields
	case reflect.Map:
		entries := map[string]any{}
		for _, key := range []string{"main", "a", "blue", "hourly", ""} {
			if r.IntN(3) == 0 {
				entries[key] = made(r, t.Elem())
			}
		}
		return entries
	case reflect.Slice:
		list := make([]any, r.IntN(4))
		for i := range list {
			list[i] = made(r, t.Elem())
		}
		return list
	case reflect.Bool:
		return r.IntN(2) == 0
	default:
		return odd[r.IntN(len(odd))]
	}
}

// configured is a stack's configuration with some of its sections, as the engine passes it.
func configured(t *testing.T, r *rand.Rand) map[string]string {
	t.Helper()
	config := map[string]string{"holdfast:cloud": "aws", "aws:region": "us-east-1"}
	for _, field := range reflect.VisibleFields(reflect.TypeFor[platform.Spec]()) {
		name := field.Tag.Get("pulumi")
		if name == "cloud" || r.IntN(2) == 0 {
			continue
		}
		value := made(r, field.Type)
		if text, ok := value.(string); ok {
			config["holdfast:"+name] = text
			continue
		}
		encoded, err := json.Marshal(value)
		require.NoError(t, err)
		config["holdfast:"+name] = string(encoded)
	}
	return config
}

// TestNoConfigurationPanics: whatever is wrong with a stack file, it is told, and a file that nothing is told of has a plan.
func TestNoConfigurationPanics(t *testing.T) {
	t.Parallel()
	refused := 0
	for seed := range uint64(500) {
		config := configured(t, rand.New(rand.NewPCG(seed, 0)))
		require.NotPanics(t, func() {
			s, loading := platform.Load(config)
			if checking := Check(s, config); loading != nil || checking != nil {
				refused++
			}
		}, fmt.Sprint(seed, " ", config))
	}
	assert.Greater(t, refused, 250, "most of it is wrong")
}
