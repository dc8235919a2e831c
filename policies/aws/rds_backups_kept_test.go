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
	policytest.RunRemediations(t, RDSBackupsKept,
		policytest.Remediation{Name: "a replica is left alone", Type: rdsInstanceType, Properties: props{"replicateSourceDb": "orders"}},
		policytest.Remediation{Name: "mended", Type: rdsInstanceType, Want: props{"backupRetentionPeriod": 7}},
	)
}
