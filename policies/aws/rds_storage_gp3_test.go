package aws

import (
	"testing"

	"github.com/holdfast-iac/holdfast/policies/policytest"
)

func TestRDSStorageGp3(t *testing.T) {
	t.Parallel()
	policytest.Run(t, RDSStorageGp3, []policytest.Case{
		{Name: "of another type", Resources: policytest.One(rdsInstanceType, props{"storageType": "io2"}), Want: policytest.Pass()},
		{Name: "AWS chooses", Resources: policytest.One(rdsInstanceType, nil), Want: policytest.Pass()},
		{Name: "not known", Resources: policytest.One(rdsInstanceType, props{"storageType": policytest.Unknown}), Want: policytest.Undetermined(".storageType")},
	}...)
	policytest.RunRemediations(t, RDSStorageGp3, policytest.Remediation{
		Name: "the type only", Type: rdsInstanceType, Properties: props{"storageType": "gp2", "allocatedStorage": 100}, Want: props{"storageType": "gp3"},
	})
}
