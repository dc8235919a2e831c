package aws

import (
	"strings"

	"github.com/holdfast-iac/holdfast/policies/frameworks"
	"github.com/holdfast-iac/holdfast/policies/policy"
)

// SSMDocumentNotPublic refuses documents of Systems Manager that everybody may use.
var SSMDocumentNotPublic = policy.Policy{
	ID:       "aws-ssm-document-not-public",
	Title:    "Documents of Systems Manager must not be public.",
	Severity: policy.High,
	Level:    policy.Mandatory,
	Rationale: "A document says what is run on machines, with which names, addresses and files: a map for those who want in. " +
		"Public, it is for every account of AWS to read.",
	Remediation: "Share the document with the accounts that are meant: put their ids into permissions.accountIds.",
	Controls:    frameworks.Controls{SOC2: "CC6.1 CC6.6", ISO27001: "A.8.3 A.8.12"}.List(),
	Tags:        []string{"security", "public-access"},
	Peers:       []string{"Checkov CKV_AWS_303", "AWS Config SSM_DOCUMENT_NOT_PUBLIC", "Security Hub SSM.4"},
	Bad: []policy.Example{
		{Name: "patch", Type: ssmDocumentType, Properties: props{
			"documentType": "Command", "content": `{"schemaVersion": "2.2", "mainSteps": []}`,
			"permissions": props{"type": "Share", "accountIds": "All"},
		}},
	},
	Good: []policy.Example{
		{Name: "patch", Type: ssmDocumentType, Properties: props{
			"documentType": "Command", "content": `{"schemaVersion": "2.2", "mainSteps": []}`,
			"permissions": props{"type": "Share", "accountIds": "123456789012"},
		}},
	},
	Rules: []policy.Rule{
		policy.On(ssmDocumentType, func(r *policy.Report, d struct {
			Permissions policy.Map[string] `pulumi:"permissions"`
		}) {
			if strings.EqualFold(d.Permissions.At("accountIds").Get(), "all") {
				r.Fail("It is shared with everybody.")
			}
		}),
	},
}
