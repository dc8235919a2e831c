package aws

import (
	"testing"

	"github.com/holdfast-iac/holdfast/policies/policytest"
)

func TestCloudTrailMultiRegion(t *testing.T) {
	t.Parallel()
	policytest.Run(t, CloudTrailMultiRegion, []policytest.Case{
		{Name: "trail: not said", Resources: policytest.One(trailType, nil), Want: policytest.Fail("It records its own region only.")},
		{Name: "trail: not known yet", Resources: policytest.One(trailType, props{"isMultiRegionTrail": policytest.Unknown}), Want: policytest.Undetermined(".isMultiRegionTrail")},
		{Name: "as text", Resources: policytest.One(trailType, props{"isMultiRegionTrail": "true"}), Want: policytest.Pass()},
	}...)
}
