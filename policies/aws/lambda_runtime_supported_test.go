package aws

import (
	"regexp"
	"testing"
	"time"

	"github.com/holdfast-iac/holdfast/policies/policy"
	"github.com/holdfast-iac/holdfast/policies/policytest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestLambdaRuntimeSupported(t *testing.T) {
	t.Parallel()
	at := func(day string) policy.Deployment {
		date, err := time.Parse(time.DateOnly, day)
		require.NoError(t, err)
		return policy.Deployment{Time: date}
	}
	named := regexp.MustCompile(`^(dotnet|dotnetcore|go|java|nodejs|provided|python|ruby)[0-9]*(\.[0-9x]+)?(\.al2|-edge)?$`)
	for name, end := range runtimeEnds {
		assert.Regexp(t, named, name)
		at(end)
	}
	policytest.Run(t, LambdaRuntimeSupported,
		policytest.Case{Name: "a day before", Resources: policytest.One(functionType, props{"runtime": "nodejs22.x"}), Deployment: at("2027-04-29"), Want: policytest.Pass()},
		policytest.Case{Name: "on the day", Resources: policytest.One(functionType, props{"runtime": "nodejs22.x"}), Deployment: at("2027-04-30"), Want: policytest.Fail("nodejs22.x is deprecated since 2027-04-30.")},
		policytest.Case{Name: "an image", Resources: policytest.One(functionType, props{"packageType": "Image"}), Want: policytest.Pass()},
		policytest.Case{Name: "not known yet", Resources: policytest.One(functionType, props{"runtime": policytest.Unknown}), Want: policytest.Undetermined(".runtime")},
	)
}
