package aws

import (
	"testing"

	"github.com/holdfast-iac/holdfast/policies/policytest"
)

func TestCloudWatchLogsOwnKey(t *testing.T) {
	t.Parallel()
	policytest.Run(t, CloudWatchLogsOwnKey, []policytest.Case{
		{Name: "of CloudWatch's key", Resources: policytest.One(logGroupType, nil), Want: policytest.Fail("It has no kmsKeyId.")},
		{Name: "not known yet", Resources: policytest.One(logGroupType, props{"kmsKeyId": policytest.Unknown}), Want: policytest.Pass()},
	}...)
}
