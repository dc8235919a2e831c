package aws

import (
	"testing"

	"github.com/holdfast-iac/holdfast/policies/policytest"
)

func TestS3PublicAccessBlockComplete(t *testing.T) {
	t.Parallel()
	policytest.Run(t, S3PublicAccessBlockComplete, []policytest.Case{
		{Name: "nothing set", Resources: policytest.One(accountPublicAccessBlockType, nil), Want: policytest.Fail("blockPublicAcls is [unset]", "blockPublicPolicy", "ignorePublicAcls", "restrictPublicBuckets")},
		{Name: "one off shows, though another is not known yet", Resources: policytest.One(publicAccessBlockType, props{
			"blockPublicAcls": policytest.Unknown, "blockPublicPolicy": true, "ignorePublicAcls": true, "restrictPublicBuckets": false,
		}), Want: policytest.Fail("restrictPublicBuckets is false")},
	}...)
}
