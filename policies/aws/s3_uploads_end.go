package aws

import (
	"github.com/holdfast-iac/holdfast/policies/frameworks"
	"github.com/holdfast-iac/holdfast/policies/policy"
)

// S3UploadsEnd advises lifecycles to clear away uploads that broke off.
var S3UploadsEnd = policy.Policy{
	ID:       "aws-s3-uploads-end",
	Title:    "Lifecycles should end uploads that broke off.",
	Severity: policy.Low,
	Level:    policy.Advisory,
	Rationale: "The parts of an upload that was never completed are stored and charged for, and no list of objects shows them. " +
		"Expected effect: they are paid for during a week, and not for ever (Amazon S3 User Guide, \"Configuring a bucket " +
		"lifecycle configuration to delete incomplete multipart uploads\").",
	Remediation: "Add a rule with abortIncompleteMultipartUpload.daysAfterInitiation 7.",
	Controls:    frameworks.Controls{SOC2: "A1.1 C1.2", ISO27001: "A.8.10 A.8.6"}.List(),
	Tags:        []string{"optimization", "cost"},
	Peers:       []string{"Checkov CKV_AWS_300"},
	Bad: []policy.Example{
		{Name: "ages", Type: bucketLifecycleType, Properties: props{
			"bucket": "reports", "rules": []any{props{"id": "old", "status": "Enabled", "expiration": props{"days": 90}}},
		}},
	},
	Good: []policy.Example{
		{Name: "ages", Type: bucketLifecycleType, Properties: props{
			"bucket": "reports", "rules": []any{props{
				"id": "old", "status": "Enabled", "expiration": props{"days": 90},
				"abortIncompleteMultipartUpload": props{"daysAfterInitiation": 7},
			}},
		}},
	},
	Rules: []policy.Rule{
		policy.On(bucketLifecycleType, checkUploads),
		policy.On(bucketLifecycleTypeV7, checkUploads),
	},
}

func checkUploads(r *policy.Report, l endingUploads) {
	if !l.Rules.Any(func(rule endingRule) bool { return rule.Abort.Present() && rule.Status.Get() == "Enabled" }) {
		r.Fail("Uploads that broke off are kept for ever.")
	}
}

type endingUploads struct {
	Rules policy.List[endingRule] `pulumi:"rules"`
}

type endingRule struct {
	Status policy.Value[string] `pulumi:"status"`
	Abort  policy.Value[any]    `pulumi:"abortIncompleteMultipartUpload"`
}
