package aws

import (
	"testing"

	"github.com/holdfast-iac/holdfast/policies/policytest"
)

func TestRDSNotPublic(t *testing.T) {
	t.Parallel()
	policytest.Run(t, RDSNotPublic, []policytest.Case{
		{Name: "rdsInstance: not said", Resources: policytest.One(rdsInstanceType, nil), Want: policytest.Pass()},
		{Name: "rdsInstance: not known yet", Resources: policytest.One(rdsInstanceType, props{"publiclyAccessible": policytest.Unknown}), Want: policytest.Undetermined(".publiclyAccessible")},
		{Name: "rdsClusterInstance: not said", Resources: policytest.One(rdsClusterInstanceType, nil), Want: policytest.Pass()},
		{Name: "rdsClusterInstance: not known yet", Resources: policytest.One(rdsClusterInstanceType, props{"publiclyAccessible": policytest.Unknown}), Want: policytest.Undetermined(".publiclyAccessible")},
		{Name: "as text", Resources: policytest.One(rdsInstanceType, props{"publiclyAccessible": "false"}), Want: policytest.Pass()},
	}...)
	policytest.RunRemediations(t, RDSNotPublic,
		policytest.Remediation{Name: "an instance of a cluster", Type: rdsClusterInstanceType, Properties: props{"publiclyAccessible": true}, Want: props{"publiclyAccessible": false}},
	)
}
