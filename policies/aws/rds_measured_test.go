package aws

import (
	"testing"

	"github.com/holdfast-iac/holdfast/policies/policytest"
)

func TestRDSMeasured(t *testing.T) {
	t.Parallel()
	policytest.Run(t, RDSMeasured, []policytest.Case{
		{Name: "enhanced", Resources: policytest.One(rdsInstanceType, props{"monitoringInterval": 60}), Want: policytest.Pass()},
		{Name: "every second", Resources: policytest.One(rdsInstanceType, props{"monitoringInterval": 1}), Want: policytest.Pass()},
		{Name: "both off", Resources: policytest.One(rdsClusterInstanceType, props{"monitoringInterval": 0, "performanceInsightsEnabled": false}), Want: policytest.Fail("from outside")},
		{Name: "one not known", Resources: policytest.One(rdsInstanceType, props{"monitoringInterval": policytest.Unknown}), Want: policytest.Undetermined("monitoringInterval")},
	}...)
}
