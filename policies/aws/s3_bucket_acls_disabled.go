package aws

import (
	"github.com/holdfast-iac/holdfast/policies/frameworks"
	"github.com/holdfast-iac/holdfast/policies/policy"
)

// S3BucketACLsDisabled wants buckets to leave access control lists out of account.
var S3BucketACLsDisabled = policy.Policy{
	ID:       "aws-s3-bucket-acls-disabled",
	Title:    "Buckets must not use access control lists.",
	Severity: policy.Medium,
	Level:    policy.Advisory,
	Rationale: "With ACLs, whoever uploads an object says who may read it, one by one, and an object of another account is not " +
		"even the bucket owner's. Policies are in one place.",
	Remediation: "Set rule.objectOwnership to BucketOwnerEnforced.",
	Controls:    frameworks.Controls{SOC2: "CC6.1 CC6.3", ISO27001: "A.8.3"}.List(),
	Tags:        []string{"security", "public-access"},
	Peers:       []string{"Checkov CKV2_AWS_65", "AWS Config S3_BUCKET_ACL_PROHIBITED", "Security Hub S3.12"},
	Bad: []policy.Example{
		{Name: "owner", Type: bucketOwnershipType, Properties: props{
			"bucket": "invoices", "rule": props{"objectOwnership": "ObjectWriter"},
		}},
	},
	Good: []policy.Example{
		{Name: "owner", Type: bucketOwnershipType, Properties: props{
			"bucket": "invoices", "rule": props{"objectOwnership": "BucketOwnerEnforced"},
		}},
	},
	Rules: []policy.Rule{
		policy.On(bucketOwnershipType, func(r *policy.Report, o bucketOwnership) {
			if o.Rule.Get().Ownership.Get() != "BucketOwnerEnforced" {
				r.Fail("Its objectOwnership is %v.", o.Rule.Get().Ownership)
			}
		}),
		policy.OnRemediate(bucketOwnershipType, func(r *policy.Remediation, o bucketOwnership) {
			if o.Rule.Get().Ownership.Get() != "BucketOwnerEnforced" {
				r.Set("rule.objectOwnership", "BucketOwnerEnforced")
			}
		}),
	},
}

type bucketOwnership struct {
	Rule policy.Value[ownershipRule] `pulumi:"rule"`
}

type ownershipRule struct {
	Ownership policy.Value[string] `pulumi:"objectOwnership"`
}
