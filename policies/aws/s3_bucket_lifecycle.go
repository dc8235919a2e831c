package aws

import (
	"github.com/holdfast-iac/holdfast/policies/frameworks"
	"github.com/holdfast-iac/holdfast/policies/policy"
)

// S3BucketLifecycle advises to say how long objects are kept.
var S3BucketLifecycle = policy.Policy{
	ID:       "aws-s3-bucket-lifecycle",
	Title:    "Buckets should have a lifecycle.",
	Severity: policy.Low,
	Level:    policy.Advisory,
	Rationale: "What nobody deletes is paid for every month: old versions, logs, uploads that broke off. Expected " +
		"effect: what a bucket costs stops growing without bound.",
	Remediation: "Add an aws:s3/bucketLifecycleConfigurationV2:BucketLifecycleConfigurationV2 with bucket set to " +
		"this bucket.",
	Controls: frameworks.Controls{SOC2: "A1.1 C1.2", ISO27001: "A.8.10 A.8.6"}.List(),
	Tags:     []string{"optimization", "cost"},
	Peers:    []string{"Checkov CKV2_AWS_61", "AWS Config S3_LIFECYCLE_POLICY_CHECK", "Security Hub S3.13"},
	Bad: []policy.Example{
		{Name: "invoices", Type: bucketV2Type},
	},
	Good: []policy.Example{
		{Name: "invoices", Type: bucketV2Type},
		{Name: "ages", Type: bucketLifecycleType, Properties: props{
			"bucket": "${invoices.id}",
			"rules": []any{props{
				"id": "old", "status": "Enabled", "noncurrentVersionExpiration": props{"noncurrentDays": 90},
			}},
		}},
	},
	Rules: []policy.Rule{
		policy.OnStack(func(r *policy.StackReport, stack struct {
			Buckets    policy.Resources[agingBucket]     `pulumi:"aws:s3/bucketV2:BucketV2,aws:s3/bucket:Bucket"`
			Lifecycles policy.Resources[bucketLifecycle] `pulumi:"aws:s3/bucketLifecycleConfigurationV2:BucketLifecycleConfigurationV2,aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration"`
		}) {
			stack.Buckets.Each(func(b policy.Resource[agingBucket]) {
				if !policy.AnyOf(
					func() bool { return stack.Lifecycles.AnyReferring("bucket", b.Node, nil) },
					func() bool { return b.Props.Rules.Len() > 0 },
				) {
					r.Fail(b.Node, "Nothing in it ever expires or moves to cheaper storage.")
				}
			})
		}),
	},
}

type agingBucket struct {
	Rules policy.List[any] `pulumi:"lifecycleRules"`
}

type bucketLifecycle struct {
	Bucket policy.Value[string] `pulumi:"bucket"`
}
