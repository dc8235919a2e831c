package aws

import (
	"github.com/holdfast-iac/holdfast/policies/frameworks"
	"github.com/holdfast-iac/holdfast/policies/policy"
)

// EC2IMDSv2 wants instances, and those that launch templates, launch configurations and spot requests describe, to give out metadata for a session token only.
var EC2IMDSv2 = policy.Policy{
	ID:       "aws-ec2-imdsv2",
	Title:    "Instance metadata must require a session token (IMDSv2).",
	Severity: policy.High,
	Level:    policy.Mandatory,
	Rationale: "The metadata service hands out the credentials of the instance's role. Version 1 answers any " +
		"request that an application can be tricked into making (SSRF); version 2 wants a token first.",
	Remediation: "Set metadataOptions.httpTokens to required. Check first, by the metric MetadataNoToken, that " +
		"nothing on the instance uses version 1.",
	Controls: frameworks.Controls{SOC2: "CC6.1 CC6.6", ISO27001: "A.8.9", CISAWS: "5.7"}.List(),
	Tags:     []string{"security", "hardening"},
	Peers: []string{
		"Checkov CKV_AWS_79", "Trivy AWS-0028", "Trivy AWS-0130", "AWS Config EC2_IMDSV2_CHECK",
		"AWS Config EC2_LAUNCH_TEMPLATE_IMDSV2_CHECK", "AWS Config AUTOSCALING_LAUNCHCONFIG_REQUIRES_IMDSV2",
		"Security Hub EC2.8", "Security Hub AutoScaling.3",
	},
	Bad: []policy.Example{
		{Name: "web", Type: instanceType, Properties: props{"ami": "ami-0abc", "instanceType": "t4g.small"}},
	},
	Good: []policy.Example{
		{Name: "web", Type: instanceType, Properties: props{
			"ami": "ami-0abc", "instanceType": "t4g.small", "metadataOptions": props{"httpTokens": "required"},
		}},
		{Name: "template", Type: launchTemplateType, Properties: props{
			"metadataOptions": props{"httpTokens": "required"},
		}},
	},
	Rules: []policy.Rule{
		policy.On(instanceType, checkMetadata),
		policy.On(launchTemplateType, checkMetadata),
		policy.On(launchConfigurationType, checkMetadata),
		policy.On(spotInstanceType, checkMetadata),
		policy.OnRemediate(instanceType, mendMetadata),
		policy.OnRemediate(launchTemplateType, mendMetadata),
		policy.OnRemediate(launchConfigurationType, mendMetadata),
		policy.OnRemediate(spotInstanceType, mendMetadata),
	},
}

type withMetadata struct {
	Options policy.Value[metadataOptions] `pulumi:"metadataOptions"`
}

type metadataOptions struct {
	Tokens   policy.Value[string] `pulumi:"httpTokens"`
	Endpoint policy.Value[string] `pulumi:"httpEndpoint"`
}

// guarded reports whether the service wants a token, or is off.
func (w withMetadata) guarded() bool {
	options := w.Options.Get()
	return policy.AnyOf(
		func() bool { return options.Tokens.Get() == "required" },
		func() bool { return options.Endpoint.Get() == "disabled" },
	)
}

func checkMetadata(r *policy.Report, w withMetadata) {
	if !w.guarded() {
		r.Fail("Its metadata service answers without a token: metadataOptions.httpTokens is %v.", w.Options.Get().Tokens)
	}
}

func mendMetadata(r *policy.Remediation, w withMetadata) {
	if !w.guarded() {
		r.Set("metadataOptions.httpTokens", "required")
	}
}
