package aws

import (
	"encoding/base64"

	"github.com/holdfast-iac/holdfast/policies/frameworks"
	"github.com/holdfast-iac/holdfast/policies/policy"
)

// EC2UserDataNoKeys refuses access keys in the user data of machines.
var EC2UserDataNoKeys = policy.Policy{
	ID:       "aws-ec2-user-data-no-keys",
	Title:    "User data must not hold access keys.",
	Severity: policy.Critical,
	Level:    policy.Mandatory,
	Rationale: "User data is in the clear for every program on the machine, and for everybody who may describe it. A machine " +
		"has a role, whose keys come by themselves and expire within hours.",
	Remediation: "Give the machine an instance profile, drop the keys from its user data, and delete them in IAM.",
	Controls:    frameworks.Controls{SOC2: "CC6.1", ISO27001: "A.5.17"}.List(),
	Tags:        []string{"security", "secrets"},
	Peers:       []string{"Checkov CKV_AWS_46", "Trivy AWS-0029", "Trivy AWS-0129"},
	Bad: []policy.Example{
		{Name: "worker", Type: instanceType, Properties: props{
			"ami": "ami-0abc", "instanceType": "t4g.small",
			"userData": "#!/bin/sh\nexport AWS_ACCESS_KEY_ID=AKIAIOSFODNN7EXAMPLE\nfetch-work\n",
		}},
	},
	Good: []policy.Example{
		{Name: "worker", Type: instanceType, Properties: props{
			"ami": "ami-0abc", "instanceType": "t4g.small", "iamInstanceProfile": "worker",
			"userData": "#!/bin/sh\nfetch-work\n",
		}},
	},
	Rules: []policy.Rule{
		policy.On(instanceType, checkStarted),
		policy.On(launchConfigurationType, checkStarted),
		policy.On(launchTemplateType, func(r *policy.Report, t struct {
			Data policy.Value[string] `pulumi:"userData"`
		}) {
			checkUserData(r, t.Data)
		}),
	},
}

// started is a machine with what runs at its start, as text or encoded.
type started struct {
	Data    policy.Value[string] `pulumi:"userData"`
	Encoded policy.Value[string] `pulumi:"userDataBase64"`
}

func checkStarted(r *policy.Report, s started) { checkUserData(r, s.Data, s.Encoded) }

// checkUserData reports the first of the texts that holds a key, as it is or decoded.
func checkUserData(r *policy.Report, texts ...policy.Value[string]) {
	checks := make([]func() bool, len(texts))
	for i, text := range texts {
		checks[i] = func() bool {
			decoded, _ := base64.StdEncoding.DecodeString(text.Get())
			return accessKey.MatchString(text.Get()) || accessKey.Match(decoded)
		}
	}
	if policy.AnyOf(checks...) {
		r.Fail("Its user data holds an access key.")
	}
}
