package aws

import (
	"github.com/holdfast-iac/holdfast/policies/frameworks"
	"github.com/holdfast-iac/holdfast/policies/policy"
)

// AccountSecurityContact wants a contact for security in every stack that sets up an account: one with an AWS Config
// recorder, Security Hub, an access analyzer or a password policy.
var AccountSecurityContact = policy.Policy{
	ID:       "aws-account-security-contact",
	Title:    "Stacks that set up an account must name a contact for security.",
	Severity: policy.Medium,
	Level:    policy.Advisory,
	Rationale: "AWS writes about leaked keys and abuse to the address that opened the account, which is often nobody's any more. " +
		"Who is asked within the hour can still stop it.",
	Remediation: "Add an aws:account/alternativeContact:AlternativeContact with alternateContactType SECURITY and the address of " +
		"a team, or exempt the stack if its organisation sets the contacts of all accounts.",
	Controls: frameworks.Controls{SOC2: "CC7.4", ISO27001: "A.5.24 A.5.5", CISAWS: "1.2"}.List(),
	Tags:     []string{"security", "incident-response"},
	Peers:    []string{"AWS Config SECURITY_ACCOUNT_INFORMATION_PROVIDED", "Security Hub Account.1"},
	Bad: []policy.Example{
		{Name: "recorder", Type: recorderType, Properties: props{"roleArn": "arn:aws:iam::123456789012:role/config"}},
	},
	Good: []policy.Example{
		{Name: "recorder", Type: recorderType, Properties: props{"roleArn": "arn:aws:iam::123456789012:role/config"}},
		{Name: "security", Type: alternativeContactType, Properties: props{
			"alternateContactType": "SECURITY", "name": "Security team", "title": "On call",
			"emailAddress": "security@example.com", "phoneNumber": "+15555550100",
		}},
	},
	Rules: []policy.Rule{
		policy.OnStack(func(r *policy.StackReport, stack struct {
			accountSetup
			Contacts policy.Resources[alternativeContact] `pulumi:"aws:account/alternativeContact:AlternativeContact"`
		}) {
			stack.check(r, stack.Contacts.Any(forSecurity), "It has no contact for security.")
		}),
	},
}

type alternativeContact struct {
	About policy.Value[string] `pulumi:"alternateContactType"`
}

func forSecurity(c policy.Resource[alternativeContact]) bool {
	return c.Props.About.Get() == "SECURITY"
}
