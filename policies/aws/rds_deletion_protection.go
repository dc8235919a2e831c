package aws

import (
	"github.com/holdfast-iac/holdfast/policies/frameworks"
	"github.com/holdfast-iac/holdfast/policies/policy"
)

// RDSDeletionProtection keeps databases of RDS and Aurora from being deleted by mistake.
var RDSDeletionProtection = policy.Policy{
	ID:       "aws-rds-deletion-protection",
	Title:    "Databases must be protected against deletion.",
	Severity: policy.High,
	Level:    policy.Mandatory,
	Rationale: "One wrong destroy, replacement or script deletes a database with its automated backups; " +
		"protected, the call is refused.",
	Remediation: "Set deletionProtection to true. To delete the database later, take the protection off in a step " +
		"of its own.",
	Controls: frameworks.Controls{SOC2: "A1.2 CC7.5", ISO27001: "A.8.13 A.5.33"}.List(),
	Tags:     []string{"reliability", "deletion-protection"},
	Peers: []string{
		"Checkov CKV_AWS_139", "Checkov CKV_AWS_293", "Trivy AWS-0177", "Trivy AWS-0343",
		"AWS Config RDS_INSTANCE_DELETION_PROTECTION_ENABLED", "AWS Config RDS_CLUSTER_DELETION_PROTECTION_ENABLED",
		"Security Hub RDS.7", "Security Hub RDS.8",
	},
	Bad: []policy.Example{
		{Name: "orders", Type: rdsInstanceType, Properties: props{
			"instanceClass": "db.t4g.medium", "engine": "postgres", "deletionProtection": false,
		}},
	},
	Good: []policy.Example{
		{Name: "orders", Type: rdsInstanceType, Properties: props{
			"instanceClass": "db.t4g.medium", "engine": "postgres", "deletionProtection": true,
		}},
		{Name: "orders2", Type: rdsClusterType, Properties: props{
			"engine": "aurora-postgresql", "deletionProtection": true,
		}},
	},
	Rules: []policy.Rule{
		policy.On(rdsInstanceType, checkProtectedDatabase),
		policy.On(rdsClusterType, checkProtectedDatabase),
		policy.OnRemediate(rdsInstanceType, mendProtectedDatabase),
		policy.OnRemediate(rdsClusterType, mendProtectedDatabase),
	},
}

type protectedDatabase struct {
	Protected policy.Value[bool] `pulumi:"deletionProtection"`
}

func checkProtectedDatabase(r *policy.Report, v protectedDatabase) {
	if !v.Protected.Or(false) {
		r.Fail("A single call deletes it.")
	}
}

func mendProtectedDatabase(r *policy.Remediation, v protectedDatabase) {
	if !v.Protected.Or(false) {
		r.Set("deletionProtection", true)
	}
}
