package aws

import (
	"github.com/holdfast-iac/holdfast/policies/frameworks"
	"github.com/holdfast-iac/holdfast/policies/policy"
)

// EC2VPCFlowLogs wants a flow log on every VPC of the stack. Flow logs of single subnets or interfaces do not count: they
// miss whatever is added later.
var EC2VPCFlowLogs = policy.Policy{
	ID:       "aws-ec2-vpc-flow-logs",
	Title:    "Every VPC must have a flow log that records at least rejected traffic.",
	Severity: policy.Medium,
	Level:    policy.Mandatory,
	Rationale: "Flow logs are the only record of who talked to whom in a VPC. Without them, an intrusion leaves no trace " +
		"on the network, and nothing tells scans and misrouted traffic apart from silence.",
	Remediation: "Add an aws:ec2/flowLog:FlowLog with vpcId set to this VPC, trafficType ALL or REJECT, and a log group " +
		"or bucket as destination.",
	Controls: frameworks.Controls{SOC2: "CC7.2", ISO27001: "A.8.15 A.8.16", CISAWS: "3.7"}.List(),
	Tags:     []string{"security", "logging"},
	Peers:    []string{"Checkov CKV2_AWS_11", "Trivy AWS-0178", "AWS Config VPC_FLOW_LOGS_ENABLED", "Security Hub EC2.6"},
	Bad: []policy.Example{
		{Name: "vpc", Type: vpcType, Properties: props{"cidrBlock": "10.0.0.0/16"}},
	},
	Good: []policy.Example{
		{Name: "vpc", Type: vpcType, Properties: props{"cidrBlock": "10.0.0.0/16"}},
		{Name: "log", Type: flowLogType, Properties: props{
			"vpcId": "${vpc.id}", "trafficType": "ALL", "logDestinationType": "s3", "logDestination": "arn:aws:s3:::flow-logs",
		}},
	},
	Rules: []policy.Rule{
		policy.OnStack(func(r *policy.StackReport, stack struct {
			VPCs     policy.Resources[anyVPC]  `pulumi:"aws:ec2/vpc:Vpc"`
			FlowLogs policy.Resources[flowLog] `pulumi:"aws:ec2/flowLog:FlowLog"`
		}) {
			stack.VPCs.Each(func(vpc policy.Resource[anyVPC]) {
				if !stack.FlowLogs.AnyReferring("vpcId", vpc.Node, recordsRejects) {
					r.Fail(vpc.Node, "It has no flow log with the trafficType ALL or REJECT.")
				}
			})
		}),
	},
}

type flowLog struct {
	TrafficType policy.Value[string] `pulumi:"trafficType"`
}

// recordsRejects reports whether the flow log records rejected traffic.
func recordsRejects(log policy.Resource[flowLog]) bool {
	return log.Props.TrafficType.Get() == "ALL" || log.Props.TrafficType.Get() == "REJECT"
}
