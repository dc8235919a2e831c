package aws

import (
	"github.com/holdfast-iac/holdfast/policies/frameworks"
	"github.com/holdfast-iac/holdfast/policies/policy"
)

// GuardDutyS3Watched refuses to switch off that GuardDuty looks at what is done with objects in S3.
var GuardDutyS3Watched = policy.Policy{
	ID:       "aws-guardduty-s3-watched",
	Title:    "Threat detection must watch S3.",
	Severity: policy.Medium,
	Level:    policy.Advisory,
	Rationale: "Most data that is stolen from accounts of AWS is stolen from buckets. Without its protection of S3, GuardDuty " +
		"does not look at who reads objects.",
	Remediation: "Set the status of the feature S3_DATA_EVENTS to ENABLED, and datasources.s3Logs.enable to true.",
	Controls:    frameworks.Controls{SOC2: "CC7.2", ISO27001: "A.8.16"}.List(),
	Tags:        []string{"security", "threat-detection"},
	Peers:       []string{"AWS Config GUARDDUTY_S3_PROTECTION_ENABLED", "Security Hub GuardDuty.10"},
	Bad: []policy.Example{
		{Name: "objects", Type: detectorFeatureType, Properties: props{
			"detectorId": "12abc34d567e8fa901bc2d34e56789f0", "name": "S3_DATA_EVENTS", "status": "DISABLED",
		}},
	},
	Good: []policy.Example{
		{Name: "objects", Type: detectorFeatureType, Properties: props{
			"detectorId": "12abc34d567e8fa901bc2d34e56789f0", "name": "S3_DATA_EVENTS", "status": "ENABLED",
		}},
	},
	Rules: []policy.Rule{
		policy.On(detectorFeatureType, func(r *policy.Report, f detectorFeature) {
			if f.blind() {
				r.Fail("It switches the protection of S3 off.")
			}
		}),
		policy.On(detectorType, func(r *policy.Report, d sourcedDetector) {
			if d.blind() {
				r.Fail("Its protection of S3 is switched off.")
			}
		}),
		policy.OnRemediate(detectorFeatureType, func(r *policy.Remediation, f detectorFeature) {
			if f.blind() {
				r.Set("status", "ENABLED")
			}
		}),
		policy.OnRemediate(detectorType, func(r *policy.Remediation, d sourcedDetector) {
			if d.blind() {
				r.Set("datasources.s3Logs.enable", true)
			}
		}),
	},
}

type detectorFeature struct {
	Name   policy.Value[string] `pulumi:"name"`
	Status policy.Value[string] `pulumi:"status"`
}

func (f detectorFeature) blind() bool {
	return policy.AllOf(
		func() bool { return f.Name.Get() == "S3_DATA_EVENTS" },
		func() bool { return f.Status.Get() == "DISABLED" },
	)
}

type sourcedDetector struct {
	Sources policy.Value[detectorSources] `pulumi:"datasources"`
}

type detectorSources struct {
	S3 policy.Value[detectorSource] `pulumi:"s3Logs"`
}

type detectorSource struct {
	Enabled policy.Value[bool] `pulumi:"enable"`
}

func (d sourcedDetector) blind() bool { return !d.Sources.Get().S3.Get().Enabled.Or(true) }
