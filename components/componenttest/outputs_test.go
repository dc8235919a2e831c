package componenttest

import (
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/assert"
)

func TestOutputsFindsFlaws(t *testing.T) {
	t.Parallel()
	type component struct {
		pulumi.ResourceState
		Name  pulumi.StringOutput `pulumi:"name"`
		Zones []string            `pulumi:"zones"`
	}
	named := &component{Name: pulumi.String("a").ToStringOutput()}
	other := pulumi.String("b").ToStringOutput()
	for flaw, test := range map[string]struct {
		component *component
		outputs   pulumi.Map
	}{
		"":           {named, pulumi.Map{"name": named.Name, "zones": pulumi.StringArray{}}},
		"forgotten":  {named, pulumi.Map{"name": named.Name}},
		"misnamed":   {named, pulumi.Map{"title": named.Name, "zones": pulumi.StringArray{}}},
		"another's":  {named, pulumi.Map{"name": other, "zones": pulumi.StringArray{}}},
		"no field":   {named, pulumi.Map{"name": named.Name, "zones": pulumi.StringArray{}, "more": other}},
		"never set":  {&component{}, pulumi.Map{"name": pulumi.StringOutput{}, "zones": pulumi.StringArray{}}},
		"field kept": {named, pulumi.Map{}},
	} {
		v := &verdict{}
		Outputs(v, test.component, test.outputs)
		assert.Equal(t, flaw != "", v.failed, flaw)
	}
}
