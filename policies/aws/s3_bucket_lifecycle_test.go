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
		policytest.Case{Name: "none, as AWS tells of it", Resources: policytest.One(bucketV2Type, props{"lifecycleRules": []any{}}), Want: policytest.Fail("ever expires")},
		policytest.Case{Name: "beside what AWS may tell", Want: policytest.Pass(), Resources: []policytest.Resource{
			{Name: "invoices", Type: bucketV2Type, Properties: props{"lifecycleRules": policytest.Unknown}},
			{Name: "ages", Type: bucketLifecycleType, Properties: props{"bucket": policytest.Ref("invoices")}},
		}},
	)
}
