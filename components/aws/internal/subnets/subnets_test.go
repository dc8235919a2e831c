package subnets

import (
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/assert"

	"github.com/holdfast-iac/holdfast/components/spec"
)

func TestCheck(t *testing.T) {
	t.Parallel()
	given := func(ids ...string) pulumi.StringArray { return pulumi.ToStringArray(ids) }
	for name, test := range map[string]struct {
		ids   pulumi.StringArrayInput
		least int
		want  string
	}{
		"none":             {nil, 2, "subnetIds: is missing; give subnets in 2 zones at least"},
		"empty":            {given(), 2, "subnetIds: 0 is too few subnets to outlive the loss of a zone; give subnets in 2 zones at least"},
		"one":              {given("a"), 2, "subnetIds: 1 is too few subnets to outlive the loss of a zone; give subnets in 2 zones at least"},
		"two of three":     {given("a", "b"), 3, "subnetIds: 2 is too few subnets to outlive the loss of a zone; give subnets in 3 zones at least"},
		"enough":           {given("a", "b"), 2, ""},
		"not there so far": {given("a").ToStringArrayOutput(), 2, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var ps spec.Problems
			Check(&ps, "subnetIds", test.ids, test.least)
			assert.Equal(t, test.want, ps.Error())
		})
	}
}
