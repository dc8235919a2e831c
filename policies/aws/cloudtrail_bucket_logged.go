package aws

import (
	"github.com/holdfast-iac/holdfast/policies/frameworks"
	"github.com/holdfast-iac/holdfast/policies/policy"
)

// CloudTrailBucketLogged wants accesses to the bucket of a trail to be logged.
var CloudTrailBucketLogged = policy.Policy{
	ID:       "aws-cloudtrail-bucket-logged",
	Title:    "Buckets of trails must log who reads them.",
	Severity: policy.Low,
	Level:    policy.Advisory,
	Rationale: "Who tampers with the audit trail, or studies it to see what is noticed, does so in its bucket: in the one " +
		"place that the trail itself does not show.",
	Remediation: "Add an aws:s3/bucketLoggingV2:BucketLoggingV2 with bucket set to the trail's bucket, and another bucket as " +
		"targetBucket.",
	Controls: frameworks.Controls{SOC2: "CC7.2", ISO27001: "A.8.15", CISAWS: "3.4"}.List(),
	Tags:     []string{"security", "logging"},
	Peers: []string{
		"Checkov CKV_AWS_18", "Trivy AWS-0163", "AWS Config CLOUDTRAIL_S3_BUCKET_ACCESS_LOGGING", "Security Hub CloudTrail.7",
	},
	Bad: []policy.Example{
		{Name: "records", Type: bucketV2Type},
		{Name: "audit", Type: trailType, Properties: props{"s3BucketName": "${records.id}"}},
	},
	Good: []policy.Example{
		{Name: "records", Type: bucketV2Type},
		{Name: "audit", Type: trailType, Properties: props{"s3BucketName": "${records.id}"}},
		{Name: "accesses", Type: bucketLoggingType, Properties: props{
			"bucket": "${records.id}", "targetBucket": "acme-access-logs", "targetPrefix": "trail/",
		}},
	},
	Rules: []policy.Rule{
		policy.OnStack(func(r *policy.StackReport, stack struct {
			Trails  policy.Resources[struct{}]     `pulumi:"aws:cloudtrail/trail:Trail"`
			Buckets policy.Resources[loggedBucket] `pulumi:"aws:s3/bucketV2:BucketV2,aws:s3/bucket:Bucket"`
			Logs    policy.Resources[struct{}]     `pulumi:"aws:s3/bucketLoggingV2:BucketLoggingV2,aws:s3/bucketLogging:BucketLogging"`
		}) {
			stack.Buckets.Each(func(b policy.Resource[loggedBucket]) {
				if policy.AllOf(
					func() bool { return stack.Trails.AnyReferring("s3BucketName", b.Node, nil) },
					func() bool { return !b.Props.Logs.Present() && !stack.Logs.AnyReferring("bucket", b.Node, nil) },
				) {
					r.Fail(b.Node, "It holds an audit trail, and nothing logs who reads it.")
				}
			})
		}),
	},
}

type loggedBucket struct {
	Logs policy.List[any] `pulumi:"loggings"`
}
