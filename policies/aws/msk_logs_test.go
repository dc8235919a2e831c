package aws

import (
	"testing"

	"github.com/holdfast-iac/holdfast/policies/policytest"
)

func TestMSKLogs(t *testing.T) {
	t.Parallel()
	logs := func(logs props) []policytest.Resource {
		return policytest.One(mskClusterType, props{"loggingInfo": props{"brokerLogs": logs}})
	}
	policytest.Run(t, MSKLogs, []policytest.Case{
		{Name: "in a bucket", Resources: logs(props{"s3": props{"enabled": true}}), Want: policytest.Pass()},
		{Name: "by a stream", Resources: logs(props{"firehose": props{"enabled": true}}), Want: policytest.Pass()},
		{Name: "all off", Resources: logs(props{"s3": props{"enabled": false}, "cloudwatchLogs": props{"enabled": false}}), Want: policytest.Fail("no log")},
		{Name: "not known", Resources: logs(props{"s3": props{"enabled": policytest.Unknown}}), Want: policytest.Undetermined("enabled")},
	}...)
}
