package aws

import (
	"testing"

	"github.com/holdfast-iac/holdfast/policies/policytest"
)

func TestRDSBackupsKept(t *testing.T) {
	t.Parallel()
	policytest.Run(t, RDSBackupsKept, []policytest.Case{
		{Name: "by default", Resources: policytest.One(rdsInstanceType, nil), Want: policytest.Fail("[unset] days")},
		{Name: "as long as configured", Resources: policytest.One(rdsInstanceType, props{"backupRetentionPeriod": 3}), Config: props{"days": 3}, Want: policytest.Pass()},
		{Name: "replica", Resources: policytest.One(rdsInstanceType, props{"replicateSourceDb": "orders"}), Want: policytest.NotApplicable()},
	}...)
}
