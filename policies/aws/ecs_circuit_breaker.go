package aws

import (
	"github.com/holdfast-iac/holdfast/policies/frameworks"
	"github.com/holdfast-iac/holdfast/policies/policy"
)

// ECSCircuitBreaker wants services to go back to the last version that worked.
var ECSCircuitBreaker = policy.Policy{
	ID:       "aws-ecs-circuit-breaker",
	Title:    "Services must roll back failed deployments.",
	Severity: policy.Low,
	Level:    policy.Advisory,
	Rationale: "A version that does not start is tried again and again, while the service runs with fewer tasks " +
		"than it needs.",
	Remediation: "Set deploymentCircuitBreaker with enable and rollback true.",
	Controls:    frameworks.Controls{SOC2: "A1.1 CC8.1", ISO27001: "A.8.32"}.List(),
	Tags:        []string{"reliability", "high-availability"},
	Bad: []policy.Example{
		{Name: "shop", Type: ecsServiceType, Properties: props{"desiredCount": 2}},
	},
	Good: []policy.Example{
		{Name: "shop", Type: ecsServiceType, Properties: props{
			"deploymentCircuitBreaker": props{"enable": true, "rollback": true},
		}},
	},
	Rules: []policy.Rule{
		policy.On(ecsServiceType, checkDeployedService),
		policy.OnRemediate(ecsServiceType, mendDeployedService),
	},
}

type deployedService struct {
	Breaker policy.Value[circuitBreaker] `pulumi:"deploymentCircuitBreaker"`
}

type circuitBreaker struct {
	Enabled   policy.Value[bool] `pulumi:"enable"`
	RollsBack policy.Value[bool] `pulumi:"rollback"`
}

// stuck reports whether a failed deployment goes on for ever.
func (s deployedService) stuck() bool {
	breaker := s.Breaker.Get()
	return policy.AnyOf(
		func() bool { return !breaker.Enabled.Or(false) },
		func() bool { return !breaker.RollsBack.Or(false) },
	)
}

func checkDeployedService(r *policy.Report, v deployedService) {
	if v.stuck() {
		r.Fail("It does not roll back.")
	}
}

func mendDeployedService(r *policy.Remediation, v deployedService) {
	if v.stuck() {
		r.Set("deploymentCircuitBreaker.enable", true)
		r.Set("deploymentCircuitBreaker.rollback", true)
	}
}
