package aws

import (
	"github.com/holdfast-iac/holdfast/policies/frameworks"
	"github.com/holdfast-iac/holdfast/policies/policy"
)

// S3BucketPublicAccessBlock wants every bucket of the stack to have a block of public access of its own: it stays
// when the account is left or its block is taken off.
var S3BucketPublicAccessBlock = policy.Policy{
	ID:       "aws-s3-bucket-public-access-block",
	Title:    "Every bucket must block public access.",
	Severity: policy.Critical,
	Level:    policy.Mandatory,
	Rationale: "A single wrong ACL or policy puts all objects of a bucket on the internet. The block overrules " +
		"both, now and later.",
	Remediation: "Add an aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock with bucket set to this bucket " +
		"and all four settings true.",
	Controls: frameworks.Controls{SOC2: "CC6.1 CC6.6", ISO27001: "A.8.3 A.8.12", CISAWS: "2.1.4"}.List(),
	Tags:     []string{"security", "public-access"},
	Peers: []string{
		"Checkov CKV2_AWS_6", "Trivy AWS-0094", "AWS Config S3_BUCKET_LEVEL_PUBLIC_ACCESS_PROHIBITED",
		"Security Hub S3.8",
	},
	Bad: []policy.Example{
		{Name: "invoices", Type: bucketV2Type},
	},
	Good: []policy.Example{
		{Name: "invoices", Type: bucketV2Type},
		{Name: "block", Type: publicAccessBlockType, Properties: props{
			"bucket": "${invoices.id}", "blockPublicAcls": true, "blockPublicPolicy": true,
			"ignorePublicAcls": true, "restrictPublicBuckets": true,
		}},
	},
	Rules: []policy.Rule{
		policy.OnStack(func(r *policy.StackReport, stack struct {
			Buckets policy.Resources[struct{}] `pulumi:"aws:s3/bucketV2:BucketV2,aws:s3/bucket:Bucket"`
			Blocks  policy.Resources[struct{}] `pulumi:"aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock"`
		}) {
			stack.Buckets.Each(func(bucket policy.Resource[struct{}]) {
				if !stack.Blocks.AnyReferring("bucket", bucket.Node, nil) {
					r.Fail(bucket.Node, "Nothing blocks public access to it.")
				}
			})
		}),
	},
}
