package aws

import (
	"testing"

	"github.com/holdfast-iac/holdfast/policies/policytest"
)

func TestS3BucketLifecycle(t *testing.T) {
	t.Parallel()
	policytest.Run(t, S3BucketLifecycle,
		policytest.Case{Name: "inline", Resources: policytest.One(bucketType, props{"lifecycleRules": []any{props{"enabled": true}}}), Want: policytest.Pass()},
		policytest.Case{Name: "of another bucket", Want: policytest.Fail("ever expires"), Resources: []policytest.Resource{
			{Name: "invoices", Type: bucketV2Type}, {Name: "ages", Type: bucketLifecycleType, Properties: props{"bucket": "other"}},
		}},
		policytest.Case{Name: "of a bucket that is not known yet", Want: policytest.Undetermined(".bucket"), Resources: []policytest.Resource{
			{Name: "invoices", Type: bucketV2Type}, {Name: "ages", Type: bucketLifecycleType, Properties: props{"bucket": policytest.Unknown}},
		}},
	)
}
