package aws

import (
	"github.com/holdfast-iac/holdfast/policies/frameworks"
	"github.com/holdfast-iac/holdfast/policies/policy"
)

// CloudTrailLogValidation wants trails to sign their files.
var CloudTrailLogValidation = policy.Policy{
	ID:       "aws-cloudtrail-log-validation",
	Title:    "Trails must let their files be validated.",
	Severity: policy.Medium,
	Level:    policy.Mandatory,
	Rationale: "Without digests, nobody can tell whether the record of what happened was changed or thinned out " +
		"afterwards.",
	Remediation: "Set enableLogFileValidation to true; check files with aws cloudtrail validate-logs.",
	Controls:    frameworks.Controls{SOC2: "CC7.2", ISO27001: "A.8.15 A.5.28", CISAWS: "3.2"}.List(),
	Tags:        []string{"security", "logging"},
	Peers: []string{
		"Checkov CKV_AWS_36", "Trivy AWS-0016", "AWS Config CLOUD_TRAIL_LOG_FILE_VALIDATION_ENABLED",
		"Security Hub CloudTrail.4",
	},
	Bad: []policy.Example{
		{Name: "audit", Type: trailType, Properties: props{
			"s3BucketName": "audit-logs", "enableLogFileValidation": false,
		}},
	},
	Good: []policy.Example{
		{Name: "audit", Type: trailType, Properties: props{
			"s3BucketName": "audit-logs", "enableLogFileValidation": true,
		}},
	},
	Rules: []policy.Rule{
		policy.On(trailType, checkValidatedTrail),
		policy.OnRemediate(trailType, mendValidatedTrail),
	},
}

type validatedTrail struct {
	Validated policy.Value[bool] `pulumi:"enableLogFileValidation"`
}

func checkValidatedTrail(r *policy.Report, v validatedTrail) {
	if !v.Validated.Or(false) {
		r.Fail("It writes no digests of its files.")
	}
}

func mendValidatedTrail(r *policy.Remediation, v validatedTrail) {
	if !v.Validated.Or(false) {
		r.Set("enableLogFileValidation", true)
	}
}
