package aws

import (
	"testing"

	"github.com/holdfast-iac/holdfast/policies/policytest"
)

func TestEKSVersionSupported(t *testing.T) {
	t.Parallel()
	policytest.Run(t, EKSVersionSupported,
		policytest.Case{Name: "on the last day", Resources: policytest.One(clusterType, props{"version": "1.34"}), Deployment: on(t, "2026-12-02"), Want: policytest.Pass()},
		policytest.Case{Name: "a day later", Resources: policytest.One(clusterType, props{"version": "1.34"}), Deployment: on(t, "2026-12-03"), Want: policytest.Fail("Kubernetes 1.34 ended on 2026-12-02.")},
		policytest.Case{Name: "older than what AWS still offers", Resources: policytest.One(clusterType, props{"version": "1.21"}), Want: policytest.Fail("Kubernetes 1.21")},
		policytest.Case{Name: "newer than the table", Resources: policytest.One(clusterType, props{"version": "1.99"}), Want: policytest.Pass()},
		policytest.Case{Name: "not known yet", Resources: policytest.One(clusterType, props{"version": policytest.Unknown}), Want: policytest.Undetermined(".version")},
	)
}
