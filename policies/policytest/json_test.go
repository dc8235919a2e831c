package policytest

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestJSON(t *testing.T) {
	t.Parallel()
	got := JSON(t, `{
		"text": "a", "number": 1.5, "none": null, "unknown": "$unknown", "secret": {"$secret": ["$unknown", {"a": 1}]},
		"list": [{"deep": {"$ref": "vpc"}}], "like a secret": {"$secret": 1, "b": 2}
	}`)
	assert.Equal(t, props{
		"text": "a", "number": 1.5, "none": nil, "unknown": Unknown, "secret": Secret([]any{Unknown, props{"a": 1.0}}),
		"list": []any{props{"deep": Ref("vpc")}}, "like a secret": props{"$secret": 1.0, "b": 2.0},
	}, got)
}
