package main

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/holdfast-iac/holdfast/simulator/schema"
)

// TestGround holds comments' lists against a model: an incomplete list becomes the whole, one that no enumeration has goes.
func TestGround(t *testing.T) {
	t.Parallel()
	var model any
	require.NoError(t, json.Unmarshal([]byte(`{"shapes": {
		"Wide": {"enum": ["NONE", "SERVICE", "TASK_DEFINITION", "UNSPECIFIED"]},
		"Propagate": {"enum": ["TASK_DEFINITION", "SERVICE", "NONE"]},
		"Nested": {"member": {"enum": ["on", "off"]}}
	}}`), &model))
	known := enumerations{}
	known.collect(model)
	low := 1.0
	object := schema.Object{
		"propagateTags": {Limits: &schema.Limits{Allowed: []string{"SERVICE", "TASK_DEFINITION"}}},
		"mode":          {Limits: &schema.Limits{Allowed: []string{"Off", "On"}}},
		"statusCode":    {Limits: &schema.Limits{Allowed: []string{"2XX", "4XX", "5XX"}}},
		"mixed":         {Limits: &schema.Limits{Allowed: []string{"on", "auto"}, Conflicts: []string{"mode"}}},
		"count":         {Limits: &schema.Limits{Low: &low}},
	}
	(&facts{objects: map[string]schema.Object{"x": object}}).ground(known)
	assert.Equal(t, schema.Object{
		"propagateTags": {Limits: &schema.Limits{Allowed: []string{"NONE", "SERVICE", "TASK_DEFINITION"}}},
		"mode":          {Limits: &schema.Limits{Allowed: []string{"Off", "On"}}},
		"statusCode":    {},
		"mixed":         {Limits: &schema.Limits{Conflicts: []string{"mode"}}},
		"count":         {Limits: &schema.Limits{Low: &low}},
	}, object)
}
