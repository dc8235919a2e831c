package aws

import (
	"testing"

	"github.com/holdfast-iac/holdfast/policies/policytest"
)

func TestS3BucketACLsDisabled(t *testing.T) {
	t.Parallel()
	owned := func(by any) []policytest.Resource {
		return policytest.One(bucketOwnershipType, props{"rule": props{"objectOwnership": by}})
	}
	policytest.Run(t, S3BucketACLsDisabled, []policytest.Case{
		{Name: "preferred is not enforced", Resources: owned("BucketOwnerPreferred"), Want: policytest.Fail("is BucketOwnerPreferred")},
		{Name: "not known", Resources: owned(policytest.Unknown), Want: policytest.Undetermined("objectOwnership")},
	}...)
	policytest.RunRemediations(t, S3BucketACLsDisabled, policytest.Remediation{
		Name: "preferred", Type: bucketOwnershipType, Properties: props{"rule": props{"objectOwnership": "BucketOwnerPreferred"}}, Want: props{"rule": props{"objectOwnership": "BucketOwnerEnforced"}},
	})
}
