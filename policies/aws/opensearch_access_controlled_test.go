package aws

import (
	"testing"

	"github.com/holdfast-iac/holdfast/policies/policytest"
)

func TestOpenSearchAccessControlled(t *testing.T) {
	t.Parallel()
	with := func(security props) []policytest.Resource {
		return policytest.One(searchDomainType, props{"advancedSecurityOptions": security})
	}
	policytest.Run(t, OpenSearchAccessControlled, []policytest.Case{
		{Name: "anonymous", Resources: with(props{"enabled": true, "anonymousAuthEnabled": true}), Want: policytest.Fail("do not say who they are")},
		{Name: "off", Resources: with(props{"enabled": false}), Want: policytest.Fail("no users and roles")},
		{Name: "not known", Resources: with(props{"enabled": policytest.Unknown}), Want: policytest.Undetermined("enabled")},
	}...)
}
