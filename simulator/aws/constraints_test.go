package aws_test

import (
	"slices"
	"testing"

	"github.com/holdfast-iac/holdfast/simulator/aws"
	"github.com/holdfast-iac/holdfast/simulator/simulatortest"
)

// TestConstraints shows every constraint of the tables both ways: a list for each file of tables.
func TestConstraints(t *testing.T) {
	t.Parallel()
	simulatortest.Constraints(t, aws.New(aws.Options{}), oregon, slices.Concat(
		gatewayCases(),
		bucketPolicyCases(),
		bucketCases(),
		bucketSettingCases(),
		trailCases(),
		configCases(),
		threatCases(),
		kmsCases(),
	))
}
