package aws

import (
	"testing"

	"github.com/holdfast-iac/holdfast/policies/policytest"
)

func TestKMSDeletionWindow(t *testing.T) {
	t.Parallel()
	key := func(days any) []policytest.Resource {
		return policytest.One(keyType, props{"deletionWindowInDays": days})
	}
	policytest.Run(t, KMSDeletionWindow, []policytest.Case{
		{Name: "as configured", Resources: key(10), Config: props{"days": 10}, Want: policytest.Pass()},
		{Name: "less than configured", Resources: key(9), Config: props{"days": 10}, Want: policytest.Fail("after 9 days; at least 10")},
		{Name: "not known", Resources: key(policytest.Unknown), Want: policytest.Undetermined(".deletionWindowInDays")},
		{Name: "a day less than the most", Resources: key(29), Want: policytest.Fail("after 29 days; at least 30")},
		{Name: "nothing said, which is the most", Resources: key(nil), Want: policytest.Pass()},
	}...)
	policytest.RunRemediations(t, KMSDeletionWindow,
		policytest.Remediation{Name: "nothing said", Type: keyType},
		policytest.Remediation{
			Name: "as configured", Type: keyType, Properties: props{"deletionWindowInDays": 7}, Config: props{"days": 14},
			Want: props{"deletionWindowInDays": 14},
		},
		policytest.Remediation{Name: "more than configured", Type: keyType, Properties: props{"deletionWindowInDays": 15}, Config: props{"days": 14}},
	)
}
