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
		{Name: "of nobody's records", Resources: []policytest.Resource{trail, {Name: "records", Type: bucketV2Type, Properties: props{"objectLockEnabled": true}}, {Name: "invoices", Type: bucketV2Type}}, Want: policytest.Pass()},
		{Name: "by a lock inline", Resources: []policytest.Resource{trail, {Name: "records", Type: bucketV2Type, Properties: props{"objectLockConfiguration": props{"objectLockEnabled": "Enabled"}}}}, Want: policytest.Pass()},
		{Name: "the older type without", Resources: []policytest.Resource{trail, {Name: "records", Type: bucketType}}, Want: policytest.Fail("can be deleted")},
		{Name: "the older type", Resources: []policytest.Resource{trail, {Name: "records", Type: bucketType, Properties: props{"objectLockConfiguration": props{"objectLockEnabled": "Enabled"}}}}, Want: policytest.Pass()},
		{Name: "the older type without, beside another of which that is not known yet", Resources: []policytest.Resource{
			trail, {Name: "records", Type: bucketType},
			{Name: "config", Type: deliveryChannelType, Properties: props{"s3BucketName": policytest.Ref("changes")}},
			{Name: "changes", Type: bucketV2Type, Properties: props{"objectLockEnabled": policytest.Unknown}},
		}, Want: policytest.Fail("can be deleted")},
		{Name: "of another stack", Resources: policytest.One(trailType, props{"s3BucketName": "acme-trail"}), Want: policytest.NotApplicable()},
	}...)
}
