package aws

import (
	"testing"

	"github.com/holdfast-iac/holdfast/policies/policytest"
)

func TestRDSLogs(t *testing.T) {
	t.Parallel()
	policytest.Run(t, RDSLogs, []policytest.Case{
		{Name: "an empty list", Resources: policytest.One(rdsInstanceType, props{"enabledCloudwatchLogsExports": []any{}}), Want: policytest.Fail("own disk")},
		{Name: "a cluster", Resources: policytest.One(rdsClusterType, props{"engine": "aurora-postgresql"}), Want: policytest.Fail("own disk")},
		{Name: "not known", Resources: policytest.One(rdsClusterType, props{"enabledCloudwatchLogsExports": policytest.Unknown}), Want: policytest.Undetermined("enabledCloudwatchLogsExports")},
	}...)
}
