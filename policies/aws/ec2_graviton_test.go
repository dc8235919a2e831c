package aws

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/holdfast-iac/holdfast/policies/policytest"
)

func TestEC2Graviton(t *testing.T) {
	t.Parallel()
	policytest.Run(t, EC2Graviton, []policytest.Case{
		{Name: "a template", Resources: policytest.One(launchTemplateType, props{"instanceType": "t3a.small"}), Want: policytest.Fail("t4g is its like")},
		{Name: "what has none", Resources: policytest.One(instanceType, props{"instanceType": "p5.48xlarge"}), Want: policytest.Pass()},
		{Name: "not said", Resources: policytest.One(launchTemplateType, nil), Want: policytest.Pass()},
		{Name: "not known", Resources: policytest.One(instanceType, props{"instanceType": policytest.Unknown}), Want: policytest.Undetermined(".instanceType")},
	}...)
}

// TestGravitonFamilies: every family of general use with Intel or AMD, but the oldest, has its like with as much memory
// for each CPU, of a later generation and the next at most. Families are called by series, generation and processor (Amazon
// EC2 User Guide, "Instance type naming conventions"); these with their GiB of memory for each CPU of a large one are from
// Karpenter's reference of instance types (karpenter.sh/docs/reference/instance-types), made of what EC2 answers.
func TestGravitonFamilies(t *testing.T) {
	t.Parallel()
	x86 := map[int][]string{
		2: {"c5", "c5a", "c6a", "c6i", "c7a", "c7i"},
		4: {"m5", "m5a", "m6a", "m6i", "m7a", "m7i", "t3", "t3a"},
		8: {"r5", "r5a", "r6a", "r6i", "r7a", "r7i"},
	}
	graviton := map[int][]string{2: {"c7g", "c8g"}, 4: {"m7g", "m8g", "t4g"}, 8: {"r7g", "r8g"}}
	listed := 0
	for memory, families := range x86 {
		for _, family := range families {
			listed++
			later := slices.DeleteFunc(slices.Clone(graviton[memory]), func(like string) bool {
				return like[0] != family[0] || like[1] <= family[1]
			})
			assert.Equal(t, slices.Min(later), gravitonFamilies[family], family)
		}
	}
	assert.Len(t, gravitonFamilies, listed)
}
