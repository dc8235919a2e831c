package aws

import (
	"testing"

	"github.com/holdfast-iac/holdfast/policies/policytest"
)

func TestS3BucketPublicAccessBlock(t *testing.T) {
	t.Parallel()
	policytest.Run(t, S3BucketPublicAccessBlock, []policytest.Case{
		{Name: "classic", Resources: policytest.One(bucketType, nil), Want: policytest.Fail("Nothing blocks")},
		{Name: "of another bucket", Resources: []policytest.Resource{
			{Name: "a", Type: bucketV2Type}, {Name: "b", Type: bucketType},
			{Name: "block", Type: publicAccessBlockType, Properties: props{"bucket": policytest.Ref("b")}},
		}, Want: policytest.Fail("Nothing blocks")},
		{Name: "of a bucket that is not known yet", Resources: []policytest.Resource{
			{Name: "a", Type: bucketV2Type}, {Name: "block", Type: publicAccessBlockType, Properties: props{"bucket": policytest.Unknown}},
		}, Want: policytest.Undetermined(".bucket")},
	}...)
}
