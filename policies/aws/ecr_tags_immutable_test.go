package aws

import (
	"testing"

	"github.com/holdfast-iac/holdfast/policies/policytest"
)

func TestECRTagsImmutable(t *testing.T) {
	t.Parallel()
	policytest.Run(t, ECRTagsImmutable, []policytest.Case{
		{Name: "not known yet", Resources: policytest.One(repositoryType, props{"imageTagMutability": policytest.Unknown}), Want: policytest.Undetermined(".imageTagMutability")},
	}...)
}
