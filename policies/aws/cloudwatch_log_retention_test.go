package aws

import (
	"testing"

	"github.com/holdfast-iac/holdfast/policies/policytest"
)

func TestCloudWatchLogRetention(t *testing.T) {
	t.Parallel()
	policytest.Run(t, CloudWatchLogRetention, []policytest.Case{
		{Name: "too short", Resources: policytest.One(logGroupType, props{"retentionInDays": 7}), Want: policytest.Fail("is 7")},
		{Name: "as long as configured", Resources: policytest.One(logGroupType, props{"retentionInDays": 7}), Config: props{"days": 7}, Want: policytest.Pass()},
		{Name: "not known yet", Resources: policytest.One(logGroupType, props{"retentionInDays": policytest.Unknown}), Want: policytest.Undetermined(".retentionInDays")},
		{Name: "a month", Resources: policytest.One(logGroupType, props{"retentionInDays": 30}), Want: policytest.Pass()},
		{Name: "a day less", Resources: policytest.One(logGroupType, props{"retentionInDays": 29}), Want: policytest.Fail("is 29")},
	}...)
	policytest.RunRemediations(t, CloudWatchLogRetention,
		policytest.Remediation{Name: "mended", Type: logGroupType, Want: props{"retentionInDays": 30}},
		policytest.Remediation{Name: "long enough, as text", Type: logGroupType, Properties: props{"retentionInDays": "30"}},
	)
}
