package aws

import (
	"testing"

	"github.com/holdfast-iac/holdfast/policies/policytest"
)

func TestAccountSecurityContact(t *testing.T) {
	t.Parallel()
	contact := func(about any) []policytest.Resource {
		return []policytest.Resource{
			{Name: "hub", Type: securityHubType},
			{Name: "contact", Type: alternativeContactType, Properties: props{"alternateContactType": about}},
		}
	}
	policytest.Run(t, AccountSecurityContact,
		policytest.Case{Name: "no account's setup", Resources: policytest.One(queueType, nil), Want: policytest.NotApplicable()},
		policytest.Case{Name: "for bills", Resources: contact("BILLING"), Want: policytest.Fail("It has no contact for security.")},
		policytest.Case{Name: "for security", Resources: contact("SECURITY"), Want: policytest.Pass()},
		policytest.Case{Name: "not known yet", Resources: contact(policytest.Unknown), Want: policytest.Undetermined(".alternateContactType")},
	)
}
