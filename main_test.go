//go:build !lean

package main

import (
	"encoding/json"
	"maps"
	"os"
	"path/filepath"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"gopkg.in/yaml.v3"

	"github.com/holdfast-iac/holdfast/components/componenttest"
)

// runWith runs the program with a configuration, on a simulated AWS in the region of that configuration.
func runWith(t *testing.T, config map[string]any) (logged bool, err error) {
	t.Helper()
	region, _ := config["aws:region"].(string)
	text := map[string]string{}
	for key, value := range config {
		if s, ok := value.(string); ok {
			text[key] = s
			continue
		}
		if secret, ok := value.(map[string]any); ok && secret["secure"] != nil {
			text[key] = "simulated-secret" // as a rehearsal has it
			continue
		}
		data, err := json.Marshal(value)
		require.NoError(t, err)
		text[key] = string(data)
	}
	return run(pulumi.WithMocks("holdfast", "test", componenttest.SimulatedAWS(t, region)), func(info *pulumi.RunInfo) { info.Config = text })
}

// Every stack file deploys, before and after the change that a rehearsal makes to it.
func TestStackFiles(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("Pulumi.*.yaml")
	require.NoError(t, err)
	require.NotEmpty(t, files)
	for _, file := range files {
		t.Run(file, func(t *testing.T) {
			t.Parallel()
			data, err := os.ReadFile(file)
			require.NoError(t, err)
			var stack struct{ Config map[string]any }
			require.NoError(t, yaml.Unmarshal(data, &stack))
			_, err = runWith(t, stack.Config)
			require.NoError(t, err)

			change, ok := stack.Config["rehearsal:change"].(map[string]any)
			require.True(t, ok, "the stack says what a rehearsal changes")
			changed := patch(stack.Config, change)
			require.NotEqual(t, stack.Config, changed)
			_, err = runWith(t, changed)
			require.NoError(t, err)
		})
	}
}

// patch applies a JSON merge patch (RFC 7396).
func patch(target, change map[string]any) map[string]any {
	patched := maps.Clone(target)
	for key, value := range change {
		inner, isMap := value.(map[string]any)
		old, wasMap := patched[key].(map[string]any)
		switch {
		case value == nil:
			delete(patched, key)
		case isMap && wasMap:
			patched[key] = patch(old, inner)
		default:
			patched[key] = value
		}
	}
	return patched
}

func TestMistakesAreTheEnginesToShow(t *testing.T) {
	t.Parallel()
	logged, err := runWith(t, map[string]any{"holdfast:cloud": "aws", "holdfast:network": map[string]any{"zones": 1}})
	assert.True(t, logged)
	assert.ErrorContains(t, err, "holdfast:network.zones: 1 is out of range")
	assert.ErrorContains(t, err, "aws:region: is missing")

	logged, err = runWith(t, map[string]any{"holdfast:cloud": "awss"})
	assert.True(t, logged)
	assert.ErrorContains(t, err, `holdfast:cloud: "awss" is not a cloud that this program is built for; did you mean aws?`)
}

// Without an engine nobody else shows the error.
func TestRunOutsideOfPulumi(t *testing.T) {
	t.Parallel()
	logged, err := run()
	assert.False(t, logged)
	assert.ErrorContains(t, err, "missing project name")
}
