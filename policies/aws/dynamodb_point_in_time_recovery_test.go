package aws

import (
	"testing"

	"github.com/holdfast-iac/holdfast/policies/policytest"
)

func TestDynamoDBPointInTimeRecovery(t *testing.T) {
	t.Parallel()
	policytest.Run(t, DynamoDBPointInTimeRecovery, []policytest.Case{
		{Name: "off", Resources: policytest.One(tableType, props{"pointInTimeRecovery": props{"enabled": false}}), Want: policytest.Fail("no point-in-time")},
		{Name: "not known yet", Resources: policytest.One(tableType, props{"pointInTimeRecovery": policytest.Unknown}), Want: policytest.Undetermined(".pointInTimeRecovery")},
	}...)
}
