package aws

import (
	"fmt"

	"github.com/holdfast-iac/holdfast/policies/frameworks"
	"github.com/holdfast-iac/holdfast/policies/policy"
)

// EC2NoPublicAddress advises against public addresses of machines.
var EC2NoPublicAddress = policy.Policy{
	ID:       "aws-ec2-no-public-address",
	Title:    "Machines must not have public addresses.",
	Severity: policy.Medium,
	Level:    policy.Advisory,
	Rationale: "A machine with a public address is one careless rule of a security group away from the internet. What must be " +
		"reached is behind a load balancer, and what reaches out goes by a NAT gateway.",
	Remediation: "Set associatePublicIpAddress to false, and put the machine into a private subnet.",
	Controls:    frameworks.Controls{SOC2: "CC6.6", ISO27001: "A.8.20 A.8.22"}.List(),
	Tags:        []string{"security", "network", "public-access"},
	Peers: []string{
		"Checkov CKV_AWS_88", "Trivy AWS-0009", "AWS Config EC2_INSTANCE_NO_PUBLIC_IP",
		"AWS Config EC2_LAUNCH_TEMPLATE_PUBLIC_IP_DISABLED", "Security Hub EC2.9", "Security Hub EC2.25",
	},
	Bad: []policy.Example{
		{Name: "worker", Type: instanceType, Properties: props{
			"ami": "ami-0abc", "instanceType": "t4g.small", "associatePublicIpAddress": true,
		}},
	},
	Good: []policy.Example{
		{Name: "worker", Type: instanceType, Properties: props{
			"ami": "ami-0abc", "instanceType": "t4g.small", "associatePublicIpAddress": false,
		}},
	},
	Rules: []policy.Rule{
		policy.On(instanceType, checkAddressed),
		policy.On(launchConfigurationType, checkAddressed),
		policy.On(launchTemplateType, func(r *policy.Report, t addressedTemplate) {
			t.Interfaces.Each(func(i int, a addressed) {
				if a.Public.Or(false) {
					r.Fail("Its network interface %d gets a public address.", i)
				}
			})
		}),
		policy.OnRemediate(instanceType, mendAddressed),
		policy.OnRemediate(launchConfigurationType, mendAddressed),
		policy.OnRemediate(launchTemplateType, func(r *policy.Remediation, t addressedTemplate) {
			t.Interfaces.Each(func(i int, a addressed) {
				if a.Public.Or(false) {
					r.Set(fmt.Sprintf("networkInterfaces.%d.associatePublicIpAddress", i), "false")
				}
			})
		}),
	},
}

type addressed struct {
	Public policy.Value[bool] `pulumi:"associatePublicIpAddress"`
}

type addressedTemplate struct {
	Interfaces policy.List[addressed] `pulumi:"networkInterfaces"`
}

func checkAddressed(r *policy.Report, a addressed) {
	if a.Public.Or(false) {
		r.Fail("It gets a public address.")
	}
}

func mendAddressed(r *policy.Remediation, a addressed) {
	if a.Public.Or(false) {
		r.Set("associatePublicIpAddress", false)
	}
}
