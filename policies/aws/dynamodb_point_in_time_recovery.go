package aws

import (
	"github.com/holdfast-iac/holdfast/policies/frameworks"
	"github.com/holdfast-iac/holdfast/policies/policy"
)

// DynamoDBPointInTimeRecovery wants tables of DynamoDB to be restorable to any second of the last days.
var DynamoDBPointInTimeRecovery = policy.Policy{
	ID:       "aws-dynamodb-point-in-time-recovery",
	Title:    "Tables must be restorable to a point in time.",
	Severity: policy.High,
	Level:    policy.Mandatory,
	Rationale: "A faulty release or script overwrites items faster than anybody notices. Continuous backups lead " +
		"back to the second before.",
	Remediation: "Set pointInTimeRecovery.enabled to true.",
	Controls:    frameworks.Controls{SOC2: "A1.2 CC7.5", ISO27001: "A.8.13"}.List(),
	Tags:        []string{"reliability", "backup"},
	Peers: []string{
		"Checkov CKV_AWS_28", "Trivy AWS-0024", "AWS Config DYNAMODB_PITR_ENABLED", "Security Hub DynamoDB.2",
	},
	Bad: []policy.Example{
		{Name: "orders", Type: tableType, Properties: props{
			"name": "orders", "hashKey": "id", "attributes": []any{props{"name": "id", "type": "S"}},
		}},
	},
	Good: []policy.Example{
		{Name: "orders", Type: tableType, Properties: props{
			"name": "orders", "hashKey": "id", "attributes": []any{props{"name": "id", "type": "S"}},
			"pointInTimeRecovery": props{"enabled": true},
		}},
	},
	Rules: []policy.Rule{
		policy.On(tableType, func(r *policy.Report, t recoverableTable) {
			if !t.Recovery.Get().Enabled.Or(false) {
				r.Fail("It has no point-in-time recovery.")
			}
		}),
		policy.OnRemediate(tableType, func(r *policy.Remediation, t recoverableTable) {
			if !t.Recovery.Get().Enabled.Or(false) {
				r.Set("pointInTimeRecovery.enabled", true)
			}
		}),
	},
}

type recoverableTable struct {
	Recovery policy.Value[pointInTimeRecovery] `pulumi:"pointInTimeRecovery"`
}

type pointInTimeRecovery struct {
	Enabled policy.Value[bool] `pulumi:"enabled"`
}
