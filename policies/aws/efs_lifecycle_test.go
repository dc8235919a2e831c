package aws

import (
	"testing"

	"github.com/holdfast-iac/holdfast/policies/policytest"
)

func TestEFSLifecycle(t *testing.T) {
	t.Parallel()
	policytest.Run(t, EFSLifecycle, []policytest.Case{
		{Name: "to the archive", Resources: policytest.One(fileSystemType, props{"lifecyclePolicies": []any{props{"transitionToArchive": policytest.Unknown}}}), Want: policytest.Pass()},
		{Name: "an empty list", Resources: policytest.One(fileSystemType, props{"lifecyclePolicies": []any{}}), Want: policytest.Fail("dearest")},
		{Name: "not known", Resources: policytest.One(fileSystemType, props{"lifecyclePolicies": policytest.Unknown}), Want: policytest.Undetermined("lifecyclePolicies")},
	}...)
	policytest.RunRemediations(t, EFSLifecycle, policytest.Remediation{
		Name: "none", Type: fileSystemType, Properties: props{"encrypted": true}, Want: props{"lifecyclePolicies": []any{props{"transitionToIa": "AFTER_30_DAYS"}}},
	})
}
