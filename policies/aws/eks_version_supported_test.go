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

func TestEKSVersionSupported(t *testing.T) {
	t.Parallel()
	at := func(day string) policy.Deployment {
		date, err := time.Parse(time.DateOnly, day)
		require.NoError(t, err)
		return policy.Deployment{Time: date}
	}
	for name, end := range kubernetesEnds {
		assert.Regexp(t, regexp.MustCompile(`^1\.[0-9]+$`), name)
		at(end)
	}
	policytest.Run(t, EKSVersionSupported,
		policytest.Case{Name: "on the last day", Resources: policytest.One(clusterType, props{"version": "1.34"}), Deployment: at("2026-12-02"), Want: policytest.Pass()},
		policytest.Case{Name: "a day later", Resources: policytest.One(clusterType, props{"version": "1.34"}), Deployment: at("2026-12-03"), Want: policytest.Fail("1.34 ended on 2026-12-02.")},
		policytest.Case{Name: "newer than the table", Resources: policytest.One(clusterType, props{"version": "1.99"}), Want: policytest.Pass()},
		policytest.Case{Name: "not known yet", Resources: policytest.One(clusterType, props{"version": policytest.Unknown}), Want: policytest.Undetermined(".version")},
	)
}
