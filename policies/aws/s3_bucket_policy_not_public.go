package aws

import (
	"github.com/holdfast-iac/holdfast/policies/frameworks"
	"github.com/holdfast-iac/holdfast/policies/policy"
)

// S3BucketPolicyNotPublic refuses policies of buckets that everybody may use. A condition on the caller's
// organisation, account, network or source makes it good.
var S3BucketPolicyNotPublic = policy.Policy{
	ID:        "aws-s3-bucket-policy-not-public",
	Title:     "Policies of buckets must not let everybody in.",
	Severity:  policy.Critical,
	Level:     policy.Mandatory,
	Rationale: "A policy for everybody puts the objects on the internet: they are found and copied within hours.",
	Remediation: "Name the accounts or roles as principals, or add a condition on aws:PrincipalOrgID, " +
		"aws:SourceArn or aws:SourceAccount.",
	Controls: frameworks.Controls{SOC2: "CC6.1 CC6.6", ISO27001: "A.8.3 A.8.12", CISAWS: "2.1.4"}.List(),
	Tags:     []string{"security", "public-access", "iam"},
	Peers: []string{
		"Checkov CKV_AWS_70", "AWS Config S3_BUCKET_PUBLIC_READ_PROHIBITED",
		"AWS Config S3_BUCKET_PUBLIC_WRITE_PROHIBITED", "Security Hub S3.2", "Security Hub S3.3",
	},
	Bad: []policy.Example{
		{Name: "access", Type: bucketPolicyType, Properties: props{
			"bucket": "invoices", "policy": `{"Statement": [{"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "*"}]}`,
		}},
	},
	Good: []policy.Example{
		{Name: "access", Type: bucketPolicyType, Properties: props{
			"bucket": "invoices", "policy": `{"Statement": [{"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::123456789012:root"}, "Action": "s3:GetObject", "Resource": "*"}]}`,
		}},
	},
	Rules: []policy.Rule{
		policy.On(bucketPolicyType, checkResourcePolicy),
		policy.On(bucketType, checkResourcePolicy),
		policy.On(bucketV2Type, checkResourcePolicy),
	},
}
