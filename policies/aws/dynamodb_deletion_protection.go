package aws

import (
	"github.com/holdfast-iac/holdfast/policies/frameworks"
	"github.com/holdfast-iac/holdfast/policies/policy"
)

// DynamoDBDeletionProtection keeps tables of DynamoDB from being deleted by mistake.
var DynamoDBDeletionProtection = policy.Policy{
	ID:        "aws-dynamodb-deletion-protection",
	Title:     "Tables must be protected against deletion.",
	Severity:  policy.High,
	Level:     policy.Mandatory,
	Rationale: "A table is deleted by one call, and so is every item in it. Protected, the call is refused.",
	Remediation: "Set deletionProtectionEnabled to true. To delete the table later, take the protection off in a " +
		"step of its own.",
	Controls: frameworks.Controls{SOC2: "A1.2 CC7.5", ISO27001: "A.8.13 A.5.33"}.List(),
	Tags:     []string{"reliability", "deletion-protection"},
	Peers:    []string{"AWS Config DYNAMODB_TABLE_DELETION_PROTECTION_ENABLED", "Security Hub DynamoDB.6"},
	Bad: []policy.Example{
		{Name: "orders", Type: tableType, Properties: props{
			"name": "orders", "hashKey": "id", "attributes": []any{props{"name": "id", "type": "S"}},
			"deletionProtectionEnabled": false,
		}},
	},
	Good: []policy.Example{
		{Name: "orders", Type: tableType, Properties: props{
			"name": "orders", "hashKey": "id", "attributes": []any{props{"name": "id", "type": "S"}},
			"deletionProtectionEnabled": true,
		}},
	},
	Rules: []policy.Rule{
		policy.On(tableType, checkProtectedTable),
		policy.OnRemediate(tableType, mendProtectedTable),
	},
}

type protectedTable struct {
	Protected policy.Value[bool] `pulumi:"deletionProtectionEnabled"`
}

func checkProtectedTable(r *policy.Report, v protectedTable) {
	if !v.Protected.Or(false) {
		r.Fail("A single call deletes it.")
	}
}

func mendProtectedTable(r *policy.Remediation, v protectedTable) {
	if !v.Protected.Or(false) {
		r.Set("deletionProtectionEnabled", true)
	}
}
