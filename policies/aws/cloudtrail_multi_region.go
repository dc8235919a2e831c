package aws

import (
	"github.com/holdfast-iac/holdfast/policies/frameworks"
	"github.com/holdfast-iac/holdfast/policies/policy"
)

// CloudTrailMultiRegion wants every trail to record all regions.
var CloudTrailMultiRegion = policy.Policy{
	ID:       "aws-cloudtrail-multi-region",
	Title:    "Trails must record all regions.",
	Severity: policy.High,
	Level:    policy.Mandatory,
	Rationale: "An intruder works in the regions that nobody looks at. A trail of one region shows nothing of the " +
		"others, nor of those that AWS opens later.",
	Remediation: "Set isMultiRegionTrail to true.",
	Controls:    frameworks.Controls{SOC2: "CC7.2", ISO27001: "A.8.15 A.8.16", CISAWS: "3.1"}.List(),
	Tags:        []string{"security", "logging"},
	Peers: []string{
		"Checkov CKV_AWS_67", "Trivy AWS-0014", "AWS Config MULTI_REGION_CLOUD_TRAIL_ENABLED",
		"Security Hub CloudTrail.1",
	},
	Bad: []policy.Example{
		{Name: "audit", Type: trailType, Properties: props{
			"s3BucketName": "audit-logs", "isMultiRegionTrail": false,
		}},
	},
	Good: []policy.Example{
		{Name: "audit", Type: trailType, Properties: props{"s3BucketName": "audit-logs", "isMultiRegionTrail": true}},
	},
	Rules: []policy.Rule{
		policy.On(trailType, checkMultiRegionTrail),
		policy.OnRemediate(trailType, mendMultiRegionTrail),
	},
}

type multiRegionTrail struct {
	MultiRegion policy.Value[bool] `pulumi:"isMultiRegionTrail"`
}

func checkMultiRegionTrail(r *policy.Report, v multiRegionTrail) {
	if !v.MultiRegion.Or(false) {
		r.Fail("It records its own region only.")
	}
}

func mendMultiRegionTrail(r *policy.Remediation, v multiRegionTrail) {
	if !v.MultiRegion.Or(false) {
		r.Set("isMultiRegionTrail", true)
	}
}
