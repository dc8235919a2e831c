package aws

import (
	"github.com/holdfast-iac/holdfast/policies/frameworks"
	"github.com/holdfast-iac/holdfast/policies/policy"
)

// S3PublicAccessBlockComplete wants blocks of public access to block all four ways.
var S3PublicAccessBlockComplete = policy.Policy{
	ID:       "aws-s3-public-access-block-complete",
	Title:    "Blocks of public access must block all ways.",
	Severity: policy.High,
	Level:    policy.Mandatory,
	Rationale: "Each of the four settings closes a way of its own: existing ACLs, new ones, new policies, and " +
		"what public policies grant to others. One that is off leaves its way open.",
	Remediation: "Set blockPublicAcls, blockPublicPolicy, ignorePublicAcls and restrictPublicBuckets to true.",
	Controls:    frameworks.Controls{SOC2: "CC6.1 CC6.6", ISO27001: "A.8.3 A.8.12", CISAWS: "2.1.4"}.List(),
	Tags:        []string{"security", "public-access"},
	Peers: []string{
		"Checkov CKV_AWS_53", "Checkov CKV_AWS_54", "Checkov CKV_AWS_55", "Checkov CKV_AWS_56", "Trivy AWS-0086",
		"Trivy AWS-0087", "Trivy AWS-0091", "Trivy AWS-0093", "Security Hub S3.1",
	},
	Bad: []policy.Example{
		{Name: "block", Type: publicAccessBlockType, Properties: props{
			"bucket": "invoices", "blockPublicAcls": true,
		}},
	},
	Good: []policy.Example{
		{Name: "block", Type: publicAccessBlockType, Properties: props{
			"bucket": "invoices", "blockPublicAcls": true, "blockPublicPolicy": true,
			"ignorePublicAcls": true, "restrictPublicBuckets": true,
		}},
		{Name: "account", Type: accountPublicAccessBlockType, Properties: props{
			"blockPublicAcls": true, "blockPublicPolicy": true, "ignorePublicAcls": true, "restrictPublicBuckets": true,
		}},
	},
	Rules: []policy.Rule{
		policy.On(publicAccessBlockType, checkPublicAccessBlock),
		policy.On(accountPublicAccessBlockType, checkPublicAccessBlock),
		policy.OnRemediate(publicAccessBlockType, mendPublicAccessBlock),
		policy.OnRemediate(accountPublicAccessBlockType, mendPublicAccessBlock),
	},
}

type publicAccessBlock struct {
	NewACLs   policy.Value[bool] `pulumi:"blockPublicAcls"`
	NewPolicy policy.Value[bool] `pulumi:"blockPublicPolicy"`
	ACLs      policy.Value[bool] `pulumi:"ignorePublicAcls"`
	Policies  policy.Value[bool] `pulumi:"restrictPublicBuckets"`
}

// each calls f for every setting, and goes on where one is not known yet.
func (b publicAccessBlock) each(f func(name string, on policy.Value[bool])) {
	policy.AnyOf(
		func() bool { f("blockPublicAcls", b.NewACLs); return false },
		func() bool { f("blockPublicPolicy", b.NewPolicy); return false },
		func() bool { f("ignorePublicAcls", b.ACLs); return false },
		func() bool { f("restrictPublicBuckets", b.Policies); return false },
	)
}

func checkPublicAccessBlock(r *policy.Report, block publicAccessBlock) {
	block.each(func(name string, on policy.Value[bool]) {
		if !on.Or(false) {
			r.Fail("Its %s is %v.", name, on)
		}
	})
}

func mendPublicAccessBlock(r *policy.Remediation, block publicAccessBlock) {
	block.each(func(name string, on policy.Value[bool]) {
		if !on.Or(false) {
			r.Set(name, true)
		}
	})
}
