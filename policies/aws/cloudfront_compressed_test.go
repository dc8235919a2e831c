package aws

import (
	"testing"

	"github.com/holdfast-iac/holdfast/policies/policytest"
)

func TestCloudFrontCompressed(t *testing.T) {
	t.Parallel()
	with := func(first any, others ...any) props {
		behaviors := make([]any, len(others))
		for i, compress := range others {
			behaviors[i] = props{"compress": compress}
		}
		return props{"defaultCacheBehavior": props{"compress": first}, "orderedCacheBehaviors": behaviors}
	}
	policytest.Run(t, CloudFrontCompressed, []policytest.Case{
		{Name: "all", Resources: policytest.One(distributionType, with(true, true)), Want: policytest.Pass()},
		{Name: "two of three", Resources: policytest.One(distributionType, with(false, true, false)), Want: policytest.Fail("by default", "behavior 1")},
		{Name: "not known", Resources: policytest.One(distributionType, with(policytest.Unknown)), Want: policytest.Undetermined("compress")},
	}...)
	policytest.RunRemediations(t, CloudFrontCompressed, policytest.Remediation{
		Name: "two of three", Type: distributionType, Properties: with(false, true, false), Want: with(true, true, true),
	})
}
