package aws

import (
	"github.com/holdfast-iac/holdfast/policies/frameworks"
	"github.com/holdfast-iac/holdfast/policies/policy"
)

// EC2SubnetNoPublicAddresses keeps subnets from giving every instance a public address. What must be reachable gets
// its address by itself, or is a load balancer.
var EC2SubnetNoPublicAddresses = policy.Policy{
	ID:       "aws-ec2-subnet-no-public-addresses",
	Title:    "Subnets must not give public addresses to whatever starts in them.",
	Severity: policy.Medium,
	Level:    policy.Advisory,
	Rationale: "An instance that happens to start in such a subnet is on the internet without anybody having " +
		"decided so.",
	Remediation: "Set mapPublicIpOnLaunch to false; give an address to what needs one by " +
		"associatePublicIpAddress, or put a load balancer in front.",
	Controls: frameworks.Controls{SOC2: "CC6.6", ISO27001: "A.8.20 A.8.22"}.List(),
	Tags:     []string{"security", "public-access"},
	Peers: []string{
		"Checkov CKV_AWS_130", "Trivy AWS-0164", "AWS Config SUBNET_AUTO_ASSIGN_PUBLIC_IP_DISABLED",
		"Security Hub EC2.15",
	},
	Bad: []policy.Example{
		{Name: "web", Type: subnetType, Properties: props{
			"vpcId": "vpc-0a1b2c3d", "cidrBlock": "10.0.0.0/24", "mapPublicIpOnLaunch": true,
		}},
	},
	Good: []policy.Example{
		{Name: "web", Type: subnetType, Properties: props{
			"vpcId": "vpc-0a1b2c3d", "cidrBlock": "10.0.0.0/24", "mapPublicIpOnLaunch": false,
		}},
	},
	Rules: []policy.Rule{
		policy.On(subnetType, checkPublicSubnet),
		policy.OnRemediate(subnetType, mendPublicSubnet),
	},
}

type publicSubnet struct {
	Public policy.Value[bool] `pulumi:"mapPublicIpOnLaunch"`
}

func checkPublicSubnet(r *policy.Report, v publicSubnet) {
	if v.Public.Or(false) {
		r.Fail("Whatever starts in it gets a public address.")
	}
}

func mendPublicSubnet(r *policy.Remediation, v publicSubnet) {
	if v.Public.Or(false) {
		r.Set("mapPublicIpOnLaunch", false)
	}
}
