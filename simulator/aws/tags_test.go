package aws_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestTags(t *testing.T) {
	t.Parallel()
	many := func(n int) inputs {
		tags := inputs{}
		for i := range n {
			tags[fmt.Sprint("tag", i)] = "x"
		}
		return tags
	}
	for name, test := range map[string]struct {
		tags inputs
		want string // in the refusal; empty for none
	}{
		"at the limits":  {inputs{strings.Repeat("ä", 128): strings.Repeat("ö", 256)}, ""},
		"as many as can": {many(49), ""}, // and one that the provider adds
		"too many":       {many(50), "can have 50 tags, got 51"},
		"key too long":   {inputs{strings.Repeat("a", 129): "x"}, "1 to 128 characters"},
		"key empty":      {inputs{"": "x"}, "1 to 128 characters"},
		"AWS's own":      {inputs{"Aws:owner": "x"}, `got "Aws:owner"`},
		"value too long": {inputs{"a": strings.Repeat("a", 257)}, `that of "a" has 257`},
		"not a modelled": {inputs{"aws:x": "y"}, "kept for AWS"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t).As(inputs{"region": "us-west-2", "defaultTags": inputs{"tags": inputs{"team": "a"}}})
			token, in := "aws:ec2/vpc:Vpc", inputs{"cidrBlock": "10.0.0.0/16", "tags": test.tags}
			if name == "not a modelled" {
				token, in = "aws:glue/registry:Registry", inputs{"registryName": "r", "tags": test.tags}
			}
			_, err := w.Try(token, "tagged", in)
			if test.want == "" {
				require.NoError(t, err)
				return
			}
			assert.ErrorContains(t, err, test.want)
		})
	}
}
