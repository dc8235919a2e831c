package aws

import (
	"github.com/holdfast-iac/holdfast/policies/frameworks"
	"github.com/holdfast-iac/holdfast/policies/policy"
)

// ECSServiceNoPublicAddress keeps tasks off the internet: what must be reachable is behind a load balancer.
var ECSServiceNoPublicAddress = policy.Policy{
	ID:        "aws-ecs-service-no-public-address",
	Title:     "Services must not give tasks public addresses.",
	Severity:  policy.High,
	Level:     policy.Mandatory,
	Rationale: "A task with a public address can be attacked directly, past load balancer and firewall.",
	Remediation: "Set networkConfiguration.assignPublicIp to false; let tasks reach out through a NAT gateway or " +
		"VPC endpoints.",
	Controls: frameworks.Controls{SOC2: "CC6.6", ISO27001: "A.8.20 A.8.22"}.List(),
	Tags:     []string{"security", "public-access"},
	Peers:    []string{"Checkov CKV_AWS_333", "Security Hub ECS.2"},
	Bad: []policy.Example{
		{Name: "shop", Type: ecsServiceType, Properties: props{
			"networkConfiguration": props{"subnets": []any{"subnet-a", "subnet-b"}, "assignPublicIp": true},
		}},
	},
	Good: []policy.Example{
		{Name: "shop", Type: ecsServiceType, Properties: props{
			"networkConfiguration": props{"subnets": []any{"subnet-a", "subnet-b"}},
		}},
	},
	Rules: []policy.Rule{
		policy.On(ecsServiceType, checkPublicService),
		policy.OnRemediate(ecsServiceType, mendPublicService),
	},
}

type publicService struct {
	Network policy.Value[serviceNetwork] `pulumi:"networkConfiguration"`
}

type serviceNetwork struct {
	Public policy.Value[bool] `pulumi:"assignPublicIp"`
}

func checkPublicService(r *policy.Report, v publicService) {
	if v.Network.Get().Public.Or(false) {
		r.Fail("Its tasks get public addresses.")
	}
}

func mendPublicService(r *policy.Remediation, v publicService) {
	if v.Network.Get().Public.Or(false) {
		r.Set("networkConfiguration.assignPublicIp", false)
	}
}
