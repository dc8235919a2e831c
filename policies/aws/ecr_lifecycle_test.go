package aws

import (
	"testing"

	"github.com/holdfast-iac/holdfast/policies/policytest"
)

func TestECRLifecycle(t *testing.T) {
	t.Parallel()
	policytest.Run(t, ECRLifecycle, []policytest.Case{
		{Name: "of what is not known yet", Resources: []policytest.Resource{
			{Name: "subject", Type: "aws:ecr/repository:Repository"}, {Name: "other", Type: "aws:ecr/lifecyclePolicy:LifecyclePolicy", Properties: props{"repository": policytest.Unknown}},
		}, Want: policytest.Undetermined(".repository")},
		{Name: "of another", Resources: []policytest.Resource{
			{Name: "subject", Type: "aws:ecr/repository:Repository"}, {Name: "other", Type: "aws:ecr/lifecyclePolicy:LifecyclePolicy", Properties: props{"repository": "another"}},
		}, Want: policytest.Fail("It keeps all images for ever.")},
	}...)
}
