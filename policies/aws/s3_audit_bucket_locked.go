package aws

import (
	"github.com/holdfast-iac/holdfast/policies/frameworks"
	"github.com/holdfast-iac/holdfast/policies/policy"
)

// S3AuditBucketLocked wants buckets that trails and AWS Config write to to keep every object for its time, whatever
// happens.
var S3AuditBucketLocked = policy.Policy{
	ID:       "aws-s3-audit-bucket-locked",
	Title:    "Buckets of audit records must be locked.",
	Severity: policy.Medium,
	Level:    policy.Advisory,
	Rationale: "Intruders with enough permissions delete the record of what they did. With object lock, a record stays until " +
		"its retention ends, for administrators as well.",
	Remediation: "Set objectLockEnabled when the bucket is made, and add an " +
		"aws:s3/bucketObjectLockConfigurationV2:BucketObjectLockConfigurationV2 with a default retention.",
	Controls: frameworks.Controls{SOC2: "CC7.2 PI1.5", ISO27001: "A.8.15 A.5.28 A.5.33"}.List(),
	Tags:     []string{"security", "logging", "immutability"},
	Peers:    []string{"Checkov CKV_AWS_143", "AWS Config S3_BUCKET_DEFAULT_LOCK_ENABLED", "Security Hub S3.15"},
	Bad: []policy.Example{
		{Name: "records", Type: bucketV2Type},
		{Name: "audit", Type: trailType, Properties: props{"s3BucketName": "${records.id}"}},
	},
	Good: []policy.Example{
		{Name: "records", Type: bucketV2Type, Properties: props{"objectLockEnabled": true}},
		{Name: "audit", Type: trailType, Properties: props{"s3BucketName": "${records.id}"}},
	},
	Rules: []policy.Rule{
		policy.OnStack(func(r *policy.StackReport, stack struct {
			Writers policy.Resources[struct{}]     `pulumi:"aws:cloudtrail/trail:Trail,aws:cfg/deliveryChannel:DeliveryChannel"`
			Buckets policy.Resources[lockedBucket] `pulumi:"aws:s3/bucketV2:BucketV2"`
			Classic policy.Resources[classicLock]  `pulumi:"aws:s3/bucket:Bucket"`
			Locks   policy.Resources[struct{}]     `pulumi:"aws:s3/bucketObjectLockConfigurationV2:BucketObjectLockConfigurationV2,aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration"`
		}) {
			check := func(bucket *policy.Node, locked func() bool) {
				if policy.AllOf(
					func() bool { return stack.Writers.AnyReferring("s3BucketName", bucket, nil) },
					func() bool {
						return !policy.AnyOf(locked, func() bool { return stack.Locks.AnyReferring("bucket", bucket, nil) })
					},
				) {
					r.Fail(bucket, "What is recorded in it can be deleted.")
				}
			}
			policy.EachOf( // the others are checked, too, where something of one is not known yet
				func() { stack.Buckets.Each(func(b policy.Resource[lockedBucket]) { check(b.Node, b.Props.locked) }) },
				func() {
					stack.Classic.Each(func(b policy.Resource[classicLock]) { check(b.Node, b.Props.Lock.Present) })
				},
			)
		}),
	},
}

type lockedBucket struct {
	Enabled policy.Value[bool] `pulumi:"objectLockEnabled"`
	classicLock
}

func (b lockedBucket) locked() bool { return b.Lock.Present() || b.Enabled.Or(false) }

type classicLock struct {
	Lock policy.Value[any] `pulumi:"objectLockConfiguration"`
}
