package aws

import (
	"cmp"
	"testing"

	"github.com/holdfast-iac/holdfast/policies/policy"
	"github.com/holdfast-iac/holdfast/policies/policytest"
)

// TestVersion7: what examples have beside buckets counts by the names of the provider's version 7 as well, beside its
// buckets, which are called as the oldest ones were.
func TestVersion7(t *testing.T) {
	t.Parallel()
	names := map[string]string{
		bucketV2Type: bucketType, bucketACLType: bucketACLTypeV7, bucketLifecycleType: bucketLifecycleTypeV7,
		bucketVersioningType: "aws:s3/bucketVersioning:BucketVersioning", bucketLoggingType: "aws:s3/bucketLogging:BucketLogging",
	}
	renamed := func(examples []policy.Example) []policy.Example {
		var all []policy.Example
		for _, e := range examples {
			e.Type = cmp.Or(names[e.Type], e.Type)
			all = append(all, e)
		}
		return all
	}
	for _, p := range []policy.Policy{
		CloudTrailBucketLogged, S3BucketACLNotPublic, S3BucketLifecycle, S3BucketVersioned, S3LifecycleTiers, S3UploadsEnd,
	} {
		t.Run(p.ID, func(t *testing.T) {
			t.Parallel()
			p.Bad, p.Good = renamed(p.Bad), renamed(p.Good)
			policytest.RunExamples(t, p)
		})
	}
	bucket := policytest.Resource{Name: "records", Type: bucketType}
	trail := policytest.Resource{Name: "audit", Type: trailType, Properties: props{"s3BucketName": policytest.Ref("records")}}
	lock := policytest.Resource{
		Name: "lock", Type: "aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration",
		Properties: props{"bucket": policytest.Ref("records")},
	}
	policytest.Run(t, S3AuditBucketLocked,
		policytest.Case{Name: "locked", Resources: []policytest.Resource{trail, bucket, lock}, Want: policytest.Pass()},
		policytest.Case{Name: "not locked", Resources: []policytest.Resource{trail, bucket}, Want: policytest.Fail("can be deleted")},
	)
}
