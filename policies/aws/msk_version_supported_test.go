package aws

import (
	"testing"

	"github.com/holdfast-iac/holdfast/policies/policytest"
)

func TestMSKVersionSupported(t *testing.T) {
	t.Parallel()
	cluster := func(version any) []policytest.Resource {
		return policytest.One(mskClusterType, props{"kafkaVersion": version})
	}
	policytest.Run(t, MSKVersionSupported, []policytest.Case{
		{Name: "on the last day", Resources: cluster("3.7.x"), Deployment: on(t, "2026-09-01"), Want: policytest.Pass()},
		{Name: "a day later", Resources: cluster("3.7.x.kraft"), Deployment: on(t, "2026-09-02"), Want: policytest.Fail("Kafka 3.7.x.kraft ended on 2026-09-01.")},
		{Name: "newer than the table", Resources: cluster("4.1.x.kraft"), Want: policytest.Pass()},
		{Name: "not known", Resources: cluster(policytest.Unknown), Want: policytest.Undetermined(".kafkaVersion")},
	}...)
}
