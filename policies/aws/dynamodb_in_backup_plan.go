package aws

import (
	"github.com/holdfast-iac/holdfast/policies/frameworks"
	"github.com/holdfast-iac/holdfast/policies/policy"
)

// DynamoDBInBackupPlan wants every one of the stack's tables to be selected by a backup plan of the stack: by ARN, by
// tag or by a pattern.
var DynamoDBInBackupPlan = policy.Policy{
	ID:       "aws-dynamodb-in-backup-plan",
	Title:    "Tables must be in a backup plan.",
	Severity: policy.Medium,
	Level:    policy.Advisory,
	Rationale: "Snapshots of a service lie beside what they are of, and are deleted with it. A plan copies them " +
		"into a vault that can be locked, and to another region or account.",
	Remediation: "Name it in resources of an aws:backup/selection:Selection, or give it the tags that a selection " +
		"asks for.",
	Controls: frameworks.Controls{SOC2: "A1.2 CC7.5", ISO27001: "A.8.13"}.List(),
	Tags:     []string{"reliability", "backup"},
	Peers:    []string{"AWS Config DYNAMODB_IN_BACKUP_PLAN", "Security Hub DynamoDB.4"},
	Bad: []policy.Example{
		{Name: "main", Type: tableType, Properties: props{
			"name": "orders", "hashKey": "id", "attributes": []any{props{"name": "id", "type": "S"}},
		}},
	},
	Good: []policy.Example{
		{Name: "main", Type: tableType, Properties: props{
			"name": "orders", "hashKey": "id", "attributes": []any{props{"name": "id", "type": "S"}},
		}},
		{Name: "selection", Type: backupSelectionType, Properties: props{
			"iamRoleArn": "arn:aws:iam::123456789012:role/backup", "planId": "plan",
			"resources": []any{"${main.arn}"},
		}},
	},
	Rules: []policy.Rule{
		policy.OnStack(func(r *policy.StackReport, stack struct {
			Resources policy.Resources[withTags] `pulumi:"aws:dynamodb/table:Table"`
			selections
		}) {
			plans := stack.selections.index()
			stack.Resources.Each(func(resource policy.Resource[withTags]) {
				if !plans.any(resource.Node, resource.Props, nil) {
					r.Fail(resource.Node, "No backup plan of the stack selects it.")
				}
			})
		}),
	},
}
