package aws

import (
	"testing"

	"github.com/holdfast-iac/holdfast/policies/policytest"
)

func TestAccessAnalyzerPresent(t *testing.T) {
	t.Parallel()
	analyzer := func(kind any) []policytest.Resource { return policytest.One(analyzerType, props{"type": kind}) }
	policytest.Run(t, AccessAnalyzerPresent, []policytest.Case{
		{Name: "no account's setup", Resources: policytest.One(bucketV2Type, nil), Want: policytest.NotApplicable()},
		{Name: "of the organisation", Resources: analyzer("ORGANIZATION"), Want: policytest.Pass()},
		{Name: "of what is not used only", Resources: analyzer("ACCOUNT_UNUSED_ACCESS"), Want: policytest.Fail("from outside")},
		{Name: "not known", Resources: analyzer(policytest.Unknown), Want: policytest.Undetermined("type")},
	}...)
}
