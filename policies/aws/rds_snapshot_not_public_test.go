package aws

import (
	"testing"

	"github.com/holdfast-iac/holdfast/policies/policytest"
)

func TestRDSSnapshotNotPublic(t *testing.T) {
	t.Parallel()
	of := func(accounts ...any) []policytest.Resource {
		return policytest.One(rdsClusterSnapshotType, props{"sharedAccounts": accounts})
	}
	policytest.Run(t, RDSSnapshotNotPublic, []policytest.Case{
		{Name: "of a cluster", Resources: of("123456789012", "all"), Want: policytest.Fail("shared with everybody")},
		{Name: "not shared", Resources: policytest.One(rdsClusterSnapshotType, nil), Want: policytest.Pass()},
		{Name: "not known", Resources: of(policytest.Unknown), Want: policytest.Undetermined("sharedAccounts")},
		{Name: "one not known does not hide another", Resources: of(policytest.Unknown, "all"), Want: policytest.Fail("everybody")},
	}...)
	policytest.RunRemediations(t, RDSSnapshotNotPublic, policytest.Remediation{
		Name: "of a cluster", Type: rdsClusterSnapshotType, Properties: props{"sharedAccounts": []any{"all"}}, Want: props{"sharedAccounts": []any{}},
	}, policytest.Remediation{
		Name: "others stay", Type: rdsSnapshotType, Properties: props{"sharedAccounts": []any{"all", "123456789012"}},
		Want: props{"sharedAccounts": []any{"123456789012"}},
	})
}
