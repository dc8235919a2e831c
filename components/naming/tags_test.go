package naming

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestTagCheck(t *testing.T) {
	t.Parallel()
	many := map[string]string{}
	for i := range 51 {
		many[fmt.Sprint("k", i)] = "v"
	}
	long := strings.Repeat("é", 129)
	tests := map[string]struct {
		tags map[string]string
		want string
	}{
		"none":         {nil, ""},
		"usual":        {map[string]string{"Name": "main", "Cost Centre": "r&d", "Größe": "5"}, `tags.Cost Centre: "r&d" is not a tag value; use letters, digits and any of " _.:/=+-@"`},
		"fine":         {map[string]string{"Größe": "5", "kubernetes.io/role/elb": "1", "empty": ""}, ""},
		"at the limit": {map[string]string{long[:256]: strings.Repeat("é", 256)}, ""},
		"too many":     {many, "tags: 51 are too many tags; use at most 50, counting those that are added"},
		"no key":       {map[string]string{"": "v"}, `tags: "" is not a tag key; a key has at least one character`},
		"long key":     {map[string]string{long: "v"}, "tags." + long + ": the key is too long; use at most 128 characters"},
		"odd key":      {map[string]string{"a#b": "v"}, `tags.a#b: "a#b" is not a tag key; use letters, digits and any of " _.:/=+-@"`},
		"reserved key": {map[string]string{"AWS:owner": "v"}, `tags.AWS:owner: "AWS:owner" is reserved; use a key that does not start with aws:`},
		"long value":   {map[string]string{"k": strings.Repeat("v", 257)}, `tags.k: "` + strings.Repeat("v", 79) + "… is too long; use at most 256 characters"},
		"broken UTF-8": {map[string]string{"k": "\xff"}, `tags.k: "\ufffd" is not a tag value; use letters, digits and any of " _.:/=+-@"`},
		"several, in order": {map[string]string{"b!": "v", "a!": "v"}, "tags.a!: \"a!\" is not a tag key; use letters, digits and any of \" _.:/=+-@\"\n" +
			"tags.b!: \"b!\" is not a tag key; use letters, digits and any of \" _.:/=+-@\""},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			err := AWSTags.Check("tags", test.tags)
			if test.want == "" {
				require.NoError(t, err)
				return
			}
			require.EqualError(t, err, test.want)
		})
	}
}

func TestTagCheckOfASCIIOnly(t *testing.T) {
	t.Parallel()
	rule := TagRule{Max: 1, MaxKey: 5, MaxValue: 5}
	require.NoError(t, rule.Check("labels", map[string]string{"a1": "b"}))
	require.ErrorContains(t, rule.Check("labels", map[string]string{"é": "b"}), "is not a tag key")
}

func TestMerge(t *testing.T) {
	t.Parallel()
	a, b := map[string]string{"k": "1", "a": "1"}, map[string]string{"k": "2"}
	assert.Equal(t, map[string]string{"k": "2", "a": "1"}, Merge(a, nil, b))
	assert.Equal(t, map[string]string{"k": "1", "a": "1"}, a)
	assert.Equal(t, map[string]string{}, Merge())
}
