package aws

import (
	"testing"

	"github.com/holdfast-iac/holdfast/policies/policytest"
)

func TestSecretsManagerRotatedOften(t *testing.T) {
	t.Parallel()
	every := func(days any) []policytest.Resource {
		return policytest.One(secretRotationType, props{"rotationRules": props{"automaticallyAfterDays": days}})
	}
	policytest.Run(t, SecretsManagerRotatedOften, []policytest.Case{
		{Name: "just so", Resources: every(90), Want: policytest.Pass()},
		{Name: "a day later", Resources: every(91), Want: policytest.Fail("every 91 days; at most 90")},
		{Name: "as configured", Resources: every(91), Config: props{"days": 180}, Want: policytest.Pass()},
		{Name: "by a schedule", Resources: policytest.One(secretRotationType, props{"rotationRules": props{"scheduleExpression": "rate(10 days)"}}), Want: policytest.Pass()},
		{Name: "not known", Resources: every(policytest.Unknown), Want: policytest.Undetermined("automaticallyAfterDays")},
	}...)
	policytest.RunRemediations(t, SecretsManagerRotatedOften,
		policytest.Remediation{Name: "just so, as text", Type: secretRotationType, Properties: props{"rotationRules": props{"automaticallyAfterDays": "90"}}},
	)
}
