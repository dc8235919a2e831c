package aws

import (
	"testing"

	"github.com/holdfast-iac/holdfast/policies/policytest"
)

func TestCloudTrailToCloudWatch(t *testing.T) {
	t.Parallel()
	policytest.Run(t, CloudTrailToCloudWatch, []policytest.Case{
		{Name: "not known where", Resources: policytest.One(trailType, props{"cloudWatchLogsGroupArn": policytest.Unknown}), Want: policytest.Pass()},
	}...)
}
