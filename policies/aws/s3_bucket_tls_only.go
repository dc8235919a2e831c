package aws

import (
	"slices"

	"github.com/holdfast-iac/holdfast/policies/frameworks"
	"github.com/holdfast-iac/holdfast/policies/policy"
)

// S3BucketTLSOnly wants every bucket to have a policy that refuses requests by HTTP.
var S3BucketTLSOnly = policy.Policy{
	ID:       "aws-s3-bucket-tls-only",
	Title:    "Buckets must refuse HTTP.",
	Severity: policy.Medium,
	Level:    policy.Advisory,
	Rationale: "S3 answers by HTTP unless it is told not to: a client that is set up wrongly sends objects and " +
		"signed URLs in the clear.",
	Remediation: "Add an aws:s3/bucketPolicy:BucketPolicy with bucket set to this bucket and a statement that " +
		"denies s3:* to everybody where aws:SecureTransport is false.",
	Controls: frameworks.Controls{SOC2: "CC6.7", ISO27001: "A.8.24 A.8.21", CISAWS: "2.1.1"}.List(),
	Tags:     []string{"security", "encryption", "tls"},
	Peers:    []string{"Checkov CKV_AWS_379", "AWS Config S3_BUCKET_SSL_REQUESTS_ONLY", "Security Hub S3.5"},
	Bad: []policy.Example{
		{Name: "invoices", Type: bucketV2Type},
	},
	Good: []policy.Example{
		{Name: "invoices", Type: bucketV2Type},
		{Name: "tls", Type: bucketPolicyType, Properties: props{
			"bucket": "${invoices.id}",
			"policy": `{"Statement": [{"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": ["arn:aws:s3:::invoices", "arn:aws:s3:::invoices/*"], "Condition": {"Bool": {"aws:SecureTransport": "false"}}}]}`,
		}},
	},
	Rules: []policy.Rule{
		policy.OnStack(func(r *policy.StackReport, stack struct {
			Buckets  policy.Resources[struct{}]       `pulumi:"aws:s3/bucketV2:BucketV2,aws:s3/bucket:Bucket"`
			Policies policy.Resources[resourcePolicy] `pulumi:"aws:s3/bucketPolicy:BucketPolicy"`
		}) {
			stack.Buckets.Each(func(subject policy.Resource[struct{}]) {
				if !stack.Policies.AnyReferring("bucket", subject.Node, refusesHTTP) {
					r.Fail(subject.Node, "No policy of it refuses HTTP.")
				}
			})
		}),
	},
}

// refusesHTTP reports whether a policy denies everything to everybody who does not use TLS.
func refusesHTTP(p policy.Resource[resourcePolicy]) bool {
	return slices.ContainsFunc(statementsOf(p.Props.Document), func(s statement) bool {
		everything := slices.Contains(s.Action, "s3:*") || s.Action.grantsAll()
		plain := slices.Contains(s.Condition["Bool"]["aws:SecureTransport"], "false")
		return s.Effect == "Deny" && s.Principal.anyone() && everything && plain
	})
}
