package aws

import (
	"github.com/holdfast-iac/holdfast/policies/frameworks"
	"github.com/holdfast-iac/holdfast/policies/policy"
)

// EC2TransitGatewayAsks refuses transit gateways that take everybody's networks in.
var EC2TransitGatewayAsks = policy.Policy{
	ID:       "aws-ec2-transit-gateway-asks",
	Title:    "Transit gateways must not accept attachments by themselves.",
	Severity: policy.High,
	Level:    policy.Advisory,
	Rationale: "A transit gateway that is shared accepts whatever another account attaches to it, and with it a way to all " +
		"other networks.",
	Remediation: "Set autoAcceptSharedAttachments to disable, and accept attachments one by one.",
	Controls:    frameworks.Controls{SOC2: "CC6.6", ISO27001: "A.8.20 A.8.22"}.List(),
	Tags:        []string{"security", "network"},
	Peers: []string{
		"Checkov CKV_AWS_331", "AWS Config EC2_TRANSIT_GATEWAY_AUTO_VPC_ATTACH_DISABLED", "Security Hub EC2.23",
	},
	Bad: []policy.Example{
		{Name: "hub", Type: transitGatewayType, Properties: props{"autoAcceptSharedAttachments": "enable"}},
	},
	Good: []policy.Example{
		{Name: "hub", Type: transitGatewayType},
	},
	Rules: []policy.Rule{
		policy.On(transitGatewayType, func(r *policy.Report, g transitGateway) {
			if g.Accepts.Get() == "enable" {
				r.Fail("It accepts every attachment.")
			}
		}),
		policy.OnRemediate(transitGatewayType, func(r *policy.Remediation, g transitGateway) {
			if g.Accepts.Get() == "enable" {
				r.Set("autoAcceptSharedAttachments", "disable")
			}
		}),
	},
}

type transitGateway struct {
	Accepts policy.Value[string] `pulumi:"autoAcceptSharedAttachments"`
}
