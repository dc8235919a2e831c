package aws

import (
	"github.com/holdfast-iac/holdfast/policies/frameworks"
	"github.com/holdfast-iac/holdfast/policies/policy"
)

// CloudTrailPresent wants a trail in every stack that sets up an account: one with an AWS Config recorder, Security
// Hub, an access analyzer or a password policy.
var CloudTrailPresent = policy.Policy{
	ID:       "aws-cloudtrail-present",
	Title:    "Stacks that set up an account must have a trail.",
	Severity: policy.High,
	Level:    policy.Mandatory,
	Rationale: "CloudTrail is the record of who changed what. An account that is secured otherwise, but has no " +
		"trail, cannot say how an intrusion went.",
	Remediation: "Add an aws:cloudtrail/trail:Trail with isMultiRegionTrail true to the stack, or exempt the stack " +
		"if its organisation has a trail for all accounts.",
	Controls: frameworks.Controls{SOC2: "CC7.2", ISO27001: "A.8.15", CISAWS: "3.1"}.List(),
	Tags:     []string{"security", "logging"},
	Peers:    []string{"AWS Config CLOUD_TRAIL_ENABLED", "Security Hub CloudTrail.1"},
	Bad: []policy.Example{
		{Name: "recorder", Type: recorderType, Properties: props{"roleArn": "arn:aws:iam::123456789012:role/config"}},
	},
	Good: []policy.Example{
		{Name: "recorder", Type: recorderType, Properties: props{"roleArn": "arn:aws:iam::123456789012:role/config"}},
		{Name: "present", Type: trailType, Properties: props{"s3BucketName": "audit-logs", "isMultiRegionTrail": true}},
	},
	Rules: []policy.Rule{
		policy.OnStack(func(r *policy.StackReport, stack struct {
			accountSetup
			Trails policy.Resources[struct{}] `pulumi:"aws:cloudtrail/trail:Trail"`
		}) {
			stack.check(r, stack.Trails.Len() > 0, "It has no trail.")
		}),
	},
}

// accountSetup are the resources that an account has one of: a stack with one sets up the account.
type accountSetup struct {
	Once policy.Resources[struct{}] `pulumi:"aws:cfg/recorder:Recorder,aws:securityhub/account:Account,aws:accessanalyzer/analyzer:Analyzer,aws:iam/accountPasswordPolicy:AccountPasswordPolicy"`
}

// check reports the first resource of the account's setup if what must be present is not.
func (a accountSetup) check(r *policy.StackReport, present bool, missing string) {
	first := firstOf(a.Once)
	a.Once.Each(func(resource policy.Resource[struct{}]) {
		if !present && resource.URN() == first {
			r.Fail(resource.Node, "%s", missing)
		}
	})
}
