package inputs

import (
	"strings"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/assert"

	"github.com/holdfast-iac/holdfast/components/spec"
)

func TestCheck(t *testing.T) {
	t.Parallel()
	given := pulumi.String("arn:aws:iam::123456789012:role/a")
	var ps spec.Problems
	Check(&ps, "roles", map[string]pulumi.StringInput{
		"a": given, "a-1": given, strings.Repeat("a", 40): given, "A b": nil, "-a": given, "none": nil, strings.Repeat("a", 41): given,
	})
	assert.EqualError(t, ps.Err(), "roles.-a: is not a name; use up to 40 lower-case letters, digits and hyphens between them\n"+
		"roles.A b: is not a name; use up to 40 lower-case letters, digits and hyphens between them\n"+
		"roles.A b: has no value; give it one, or leave it out\n"+
		"roles."+strings.Repeat("a", 41)+": is not a name; use up to 40 lower-case letters, digits and hyphens between them\n"+
		"roles.none: has no value; give it one, or leave it out")
	ps = nil
	Check(&ps, "roles", nil)
	assert.Empty(t, ps)
}
