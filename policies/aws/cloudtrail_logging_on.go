package aws

import (
	"github.com/holdfast-iac/holdfast/policies/frameworks"
	"github.com/holdfast-iac/holdfast/policies/policy"
)

// CloudTrailLoggingOn refuses trails that are switched off.
var CloudTrailLoggingOn = policy.Policy{
	ID:          "aws-cloudtrail-logging-on",
	Title:       "Trails must be switched on.",
	Severity:    policy.High,
	Level:       policy.Mandatory,
	Rationale:   "Intruders stop the trail first. One that is off by its own program looks like a control and records nothing.",
	Remediation: "Drop enableLogging, or set it to true.",
	Controls:    frameworks.Controls{SOC2: "CC7.2", ISO27001: "A.8.15", CISAWS: "3.1"}.List(),
	Tags:        []string{"security", "logging"},
	Peers:       []string{"Checkov CKV_AWS_251", "Security Hub CloudTrail.3"},
	Bad: []policy.Example{
		{Name: "audit", Type: trailType, Properties: props{"s3BucketName": "acme-trail", "enableLogging": false}},
	},
	Good: []policy.Example{
		{Name: "audit", Type: trailType, Properties: props{"s3BucketName": "acme-trail"}},
	},
	Rules: []policy.Rule{
		policy.On(trailType, func(r *policy.Report, t switchedTrail) {
			if !t.On.Or(true) {
				r.Fail("It is switched off.")
			}
		}),
		policy.OnRemediate(trailType, func(r *policy.Remediation, t switchedTrail) {
			if !t.On.Or(true) {
				r.Set("enableLogging", true)
			}
		}),
	},
}

type switchedTrail struct {
	On policy.Value[bool] `pulumi:"enableLogging"`
}
