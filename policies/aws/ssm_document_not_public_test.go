package aws

import (
	"testing"

	"github.com/holdfast-iac/holdfast/policies/policytest"
)

func TestSSMDocumentNotPublic(t *testing.T) {
	t.Parallel()
	policytest.Run(t, SSMDocumentNotPublic, []policytest.Case{
		{Name: "not shared", Resources: policytest.One(ssmDocumentType, nil), Want: policytest.Pass()},
		{Name: "in lower case", Resources: policytest.One(ssmDocumentType, props{"permissions": props{"accountIds": "all"}}), Want: policytest.Fail("shared with everybody")},
		{Name: "not known", Resources: policytest.One(ssmDocumentType, props{"permissions": policytest.Unknown}), Want: policytest.Undetermined(".permissions")},
	}...)
}
