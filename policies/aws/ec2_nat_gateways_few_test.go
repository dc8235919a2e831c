package aws

import (
	"testing"

	"github.com/holdfast-iac/holdfast/policies/policy"
	"github.com/holdfast-iac/holdfast/policies/policytest"
)

func TestEC2NATGatewaysFew(t *testing.T) {
	t.Parallel()
	two := []policytest.Resource{{Name: "a", Type: natGatewayType}, {Name: "b", Type: natGatewayType}}
	policytest.Run(t, EC2NATGatewaysFew,
		policytest.Case{Name: "development", Resources: two, Deployment: policy.Deployment{Stack: "dev"}, Want: policytest.Fail("another one")},
		policytest.Case{Name: "development on a cloud", Resources: two, Deployment: policy.Deployment{Stack: "aws-dev"}, Want: policytest.Fail("another one")},
		policytest.Case{Name: "production", Resources: two, Deployment: policy.Deployment{Stack: "prod"}, Want: policytest.NotApplicable()},
		policytest.Case{Name: "as configured", Resources: two, Deployment: policy.Deployment{Stack: "prod"}, Config: map[string]any{"stacks": []any{"prod"}}, Want: policytest.Fail("another one")},
		policytest.Case{Name: "as configured, with hyphens", Resources: two, Deployment: policy.Deployment{Stack: "our-own"}, Config: map[string]any{"stacks": []any{"our-own"}}, Want: policytest.Fail("another one")},
	)
	for _, stack := range []string{"development", "test", "staging"} {
		policytest.Run(t, EC2NATGatewaysFew, policytest.Case{
			Name: stack, Resources: two, Deployment: policy.Deployment{Stack: stack}, Want: policytest.Fail("another one"),
		})
	}
}
