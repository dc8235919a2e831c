package crosscloud

import (
	"testing"

	"github.com/holdfast-iac/holdfast/policies/policytest"
)

func TestChangesNotIgnored(t *testing.T) {
	t.Parallel()
	ignoring := func(paths ...string) []policytest.Resource {
		return []policytest.Resource{{Type: "some:module:Thing", IgnoreChanges: paths}}
	}
	policytest.Run(t, ChangesNotIgnored,
		policytest.Case{Name: "nothing", Resources: ignoring(), Want: policytest.Pass()},
		policytest.Case{Name: "what varies by itself", Resources: ignoring("desiredCapacity", "scalingConfig.desiredSize", "tags"), Want: policytest.Pass()},
		policytest.Case{Name: "all", Resources: ignoring("*"), Want: policytest.Fail("all its properties")},
		policytest.Case{Name: "a guard", Resources: ignoring("name", "policy"), Want: policytest.Fail("changes of policy,")},
		policytest.Case{Name: "a part of a guard", Resources: ignoring("ingress[0].cidrBlocks", "metadataOptions.httpTokens"),
			Want: policytest.Fail("ingress[0].cidrBlocks", "metadataOptions.httpTokens")},
		policytest.Case{Name: "a name that begins like one", Resources: ignoring("policyName", "spec.policy"), Want: policytest.Pass()},
	)
}
