package aws

import (
	"testing"

	"github.com/holdfast-iac/holdfast/policies/policytest"
)

func TestS3LifecycleTiers(t *testing.T) {
	t.Parallel()
	rules := func(rules ...any) []policytest.Resource {
		return policytest.One(bucketLifecycleType, props{"rules": rules})
	}
	rule := func(status string, days any) props { return props{"status": status, "expiration": props{"days": days}} }
	moves := props{"status": "Enabled", "transitions": []any{props{"days": 30, "storageClass": "GLACIER_IR"}}}
	policytest.Run(t, S3LifecycleTiers, []policytest.Case{
		{Name: "not for long", Resources: rules(rule("Enabled", 180)), Want: policytest.Pass()},
		{Name: "a day longer", Resources: rules(rule("Enabled", 181)), Want: policytest.Fail("rule 0, objects stay in the dearest storage for 181 days")},
		{Name: "as configured", Resources: rules(rule("Enabled", 365)), Config: props{"days": 400}, Want: policytest.Pass()},
		{Name: "switched off", Resources: rules(rule("Disabled", 730)), Want: policytest.Pass()},
		{Name: "another rule moves them", Resources: rules(rule("Enabled", 730), moves), Want: policytest.Pass()},
		{Name: "not known", Resources: rules(rule("Enabled", policytest.Unknown)), Want: policytest.Undetermined("days")},
	}...)
}
