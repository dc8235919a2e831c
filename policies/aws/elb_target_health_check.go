package aws

import (
	"strings"

	"github.com/holdfast-iac/holdfast/policies/frameworks"
	"github.com/holdfast-iac/holdfast/policies/policy"
)

// ELBTargetHealthCheck wants target groups of HTTP to ask the application whether it can serve.
var ELBTargetHealthCheck = policy.Policy{
	ID:       "aws-elb-target-health-check",
	Title:    "Target groups must say how they check health.",
	Severity: policy.Medium,
	Level:    policy.Advisory,
	Rationale: "The default asks for / and takes 200 alone for healthy: it finds targets ill that redirect, and " +
		"well that answer before they are ready.",
	Remediation: "Set healthCheck with the path at which the application tells whether it can serve.",
	Controls:    frameworks.Controls{SOC2: "A1.2", ISO27001: "A.8.14 A.8.16"}.List(),
	Tags:        []string{"reliability", "health-checks"},
	Peers:       []string{"Checkov CKV_AWS_261"},
	Bad: []policy.Example{
		{Name: "web", Type: targetGroupType, Properties: props{"port": 80, "protocol": "HTTP", "vpcId": "vpc-1"}},
	},
	Good: []policy.Example{
		{Name: "web", Type: targetGroupType, Properties: props{
			"port": 80, "protocol": "HTTP", "vpcId": "vpc-1", "healthCheck": props{"path": "/ready"},
		}},
	},
	Rules: []policy.Rule{
		policy.On(targetGroupType, checkELBTargetHealthCheck),
		policy.On(albTargetGroupType, checkELBTargetHealthCheck),
	},
}

type checkedTargets struct {
	Protocol policy.Value[string]            `pulumi:"protocol"`
	Check    policy.Value[targetHealthCheck] `pulumi:"healthCheck"`
}

func checkELBTargetHealthCheck(r *policy.Report, v checkedTargets) {
	if strings.HasPrefix(v.Protocol.Get(), "HTTP") && v.Check.Get().unset() {
		r.Fail("Its health check has no path, or is off.")
	}
}

type targetHealthCheck struct {
	Enabled policy.Value[bool]   `pulumi:"enabled"`
	Path    policy.Value[string] `pulumi:"path"`
}

func (c targetHealthCheck) unset() bool {
	return policy.AnyOf(
		func() bool { return !c.Enabled.Or(true) },
		func() bool { return c.Path.Get() == "" },
	)
}
