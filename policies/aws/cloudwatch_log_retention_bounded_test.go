package aws

import (
	"testing"

	"github.com/holdfast-iac/holdfast/policies/policytest"
)

func TestCloudWatchLogRetentionBounded(t *testing.T) {
	t.Parallel()
	policytest.Run(t, CloudWatchLogRetentionBounded,
		policytest.Case{Name: "for ever, which another policy finds", Resources: policytest.One(logGroupType, props{"retentionInDays": 0}), Want: policytest.Pass()},
		policytest.Case{Name: "ten years", Resources: policytest.One(logGroupType, props{"retentionInDays": 3653}), Want: policytest.Fail("3653 days")},
		policytest.Case{Name: "not known yet", Resources: policytest.One(logGroupType, props{"retentionInDays": policytest.Unknown}), Want: policytest.Undetermined(".retentionInDays")},
		policytest.Case{Name: "nothing said, which is for ever, too", Resources: policytest.One(logGroupType, nil), Want: policytest.Pass()},
		policytest.Case{Name: "a day more than a year", Resources: policytest.One(logGroupType, props{"retentionInDays": 366}), Want: policytest.Fail("366 days")},
	)
}
