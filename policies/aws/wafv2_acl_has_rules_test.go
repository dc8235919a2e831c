package aws

import (
	"testing"

	"github.com/holdfast-iac/holdfast/policies/policytest"
)

func TestWAFv2ACLHasRules(t *testing.T) {
	t.Parallel()
	policytest.Run(t, WAFv2ACLHasRules, []policytest.Case{
		{Name: "that blocks everything", Resources: policytest.One(webACLType, props{"defaultAction": props{"block": props{}}}), Want: policytest.Pass()},
		{Name: "rules in JSON", Resources: policytest.One(webACLType, props{"defaultAction": props{"allow": props{}}, "ruleJson": policytest.Unknown}), Want: policytest.Pass()},
		{Name: "an empty list", Resources: policytest.One(webACLType, props{"defaultAction": props{"allow": props{}}, "rules": []any{}}), Want: policytest.Fail("everything through")},
		{Name: "not known", Resources: policytest.One(webACLType, props{"rules": policytest.Unknown}), Want: policytest.Undetermined(".rules")},
	}...)
}
