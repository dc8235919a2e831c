package aws

import (
	"github.com/holdfast-iac/holdfast/policies/frameworks"
	"github.com/holdfast-iac/holdfast/policies/policy"
)

// EC2ImageNotPublic refuses to share images with everybody, and to switch off the account's block of it.
var EC2ImageNotPublic = policy.Policy{
	ID:       "aws-ec2-image-not-public",
	Title:    "Images of machines must not be public.",
	Severity: policy.Critical,
	Level:    policy.Mandatory,
	Rationale: "An image is a disk: with its configuration, keys and whatever else somebody left on it. Public images are " +
		"searched through by those who collect such things.",
	Remediation: "Share the image with the accounts that are meant, by accountId or organizationArn; set the state of the " +
		"account's block to block-new-sharing.",
	Controls: frameworks.Controls{SOC2: "CC6.1 CC6.6", ISO27001: "A.8.3 A.8.12"}.List(),
	Tags:     []string{"security", "public-access"},
	Peers:    []string{"Checkov CKV_AWS_205"},
	Bad: []policy.Example{
		{Name: "everybody", Type: launchPermissionType, Properties: props{"imageId": "ami-0abc", "group": "all"}},
	},
	Good: []policy.Example{
		{Name: "test", Type: launchPermissionType, Properties: props{"imageId": "ami-0abc", "accountId": "123456789012"}},
		{Name: "block", Type: imageBlockType, Properties: props{"state": "block-new-sharing"}},
	},
	Rules: []policy.Rule{
		policy.On(launchPermissionType, func(r *policy.Report, p struct {
			Group policy.Value[string] `pulumi:"group"`
		}) {
			if p.Group.Get() == "all" {
				r.Fail("It shares the image with everybody.")
			}
		}),
		policy.On(imageBlockType, func(r *policy.Report, b sharingBlock) {
			if b.State.Get() == "unblocked" {
				r.Fail("It lets images be shared with everybody.")
			}
		}),
	},
}

// sharingBlock is the setting of an account for what may be shared with everybody.
type sharingBlock struct {
	State policy.Value[string] `pulumi:"state"`
}
