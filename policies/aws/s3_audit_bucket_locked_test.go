package aws

import (
	"testing"

	"github.com/holdfast-iac/holdfast/policies/policytest"
)

func TestS3AuditBucketLocked(t *testing.T) {
	t.Parallel()
	channel := policytest.Resource{Name: "config", Type: deliveryChannelType, Properties: props{"s3BucketName": policytest.Ref("records")}}
	trail := policytest.Resource{Name: "audit", Type: trailType, Properties: props{"s3BucketName": policytest.Ref("records")}}
	bucket := policytest.Resource{Name: "records", Type: bucketV2Type}
	lock := policytest.Resource{Name: "lock", Type: bucketLockType, Properties: props{"bucket": policytest.Ref("records")}}
	policytest.Run(t, S3AuditBucketLocked, []policytest.Case{
		{Name: "of AWS Config", Resources: []policytest.Resource{channel, bucket}, Want: policytest.Fail("can be deleted")},
		{Name: "of both is told once", Resources: []policytest.Resource{channel, trail, bucket}, Want: policytest.Fail("can be deleted")},
		{Name: "by a lock apart", Resources: []policytest.Resource{trail, bucket, lock}, Want: policytest.Pass()},
		{Name: "the older type", Resources: []policytest.Resource{trail, {Name: "records", Type: bucketType, Properties: props{"objectLockConfiguration": props{"objectLockEnabled": "Enabled"}}}}, Want: policytest.Pass()},
		{Name: "as made without one", Resources: []policytest.Resource{trail, {Name: "records", Type: bucketV2Type, Properties: props{"objectLockEnabled": false, "objectLockConfiguration": props{}}}}, Want: policytest.Fail("can be deleted")},
		{Name: "not known to have none", Resources: []policytest.Resource{trail, {Name: "records", Type: bucketV2Type, Properties: props{"objectLockEnabled": policytest.Unknown, "objectLockConfiguration": policytest.Unknown}}}, Want: policytest.Undetermined(".objectLockEnabled")},
		{Name: "enabled, the rest not known", Resources: []policytest.Resource{trail, {Name: "records", Type: bucketV2Type, Properties: props{"objectLockEnabled": true, "objectLockConfiguration": policytest.Unknown}}}, Want: policytest.Pass()},
		{Name: "of another stack", Resources: policytest.One(trailType, props{"s3BucketName": "acme-trail"}), Want: policytest.NotApplicable()},
	}...)
}
