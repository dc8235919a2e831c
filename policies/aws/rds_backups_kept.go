package aws

import (
	"github.com/holdfast-iac/holdfast/policies/frameworks"
	"github.com/holdfast-iac/holdfast/policies/policy"
)

// RDSBackupsKept wants databases to keep automated backups for some days. Its setting "days" says how many.
var RDSBackupsKept = policy.Policy{
	ID:       "aws-rds-backups-kept",
	Title:    "Databases must keep automated backups.",
	Severity: policy.High,
	Level:    policy.Mandatory,
	Rationale: "What a faulty release or an intruder deletes is gone, unless there are backups from before; a " +
		"mistake is often found after days.",
	Remediation: "Set backupRetentionPeriod to 7 or more.",
	Controls:    frameworks.Controls{SOC2: "A1.2 CC7.5", ISO27001: "A.8.13"}.List(),
	Tags:        []string{"reliability", "backup"},
	Peers: []string{
		"Checkov CKV_AWS_133", "Trivy AWS-0077", "AWS Config DB_INSTANCE_BACKUP_ENABLED", "Security Hub RDS.11",
	},
	Config: retention{Days: 7},
	Bad: []policy.Example{
		{Name: "orders", Type: rdsInstanceType, Properties: props{
			"instanceClass": "db.t4g.medium", "engine": "postgres", "backupRetentionPeriod": 1,
		}},
	},
	Good: []policy.Example{
		{Name: "orders", Type: rdsInstanceType, Properties: props{
			"instanceClass": "db.t4g.medium", "engine": "postgres", "backupRetentionPeriod": 14,
		}},
		{Name: "orders2", Type: rdsClusterType, Properties: props{
			"engine": "aurora-postgresql", "backupRetentionPeriod": 14,
		}},
	},
	Rules: []policy.Rule{
		policy.On(rdsInstanceType, func(r *policy.Report, db databaseReplica) {
			if db.Source.Present() {
				r.NotApplicable("The backups of a replica are its source's")
			}
			checkBackedUpDatabase(r, db.backedUpDatabase)
		}),
		policy.On(rdsClusterType, checkBackedUpDatabase),
		policy.OnRemediate(rdsInstanceType, func(r *policy.Remediation, db databaseReplica) {
			if !db.Source.Present() {
				mendBackedUpDatabase(r, db.backedUpDatabase)
			}
		}),
		policy.OnRemediate(rdsClusterType, mendBackedUpDatabase),
	},
}

// retention are the policy's settings.
type retention struct {
	Days int `pulumi:"days" min:"1" max:"35" description:"For how many days backups must be kept at least."`
}

// backedUpDatabase keeps backups for 0 days by default if it is an instance, and 1 if it is a cluster (RDS API).
type backedUpDatabase struct {
	Days policy.Value[int] `pulumi:"backupRetentionPeriod"`
}

// databaseReplica is an instance that may have a source.
type databaseReplica struct {
	Source policy.Value[string] `pulumi:"replicateSourceDb"`
	backedUpDatabase
}

func (d backedUpDatabase) keepsFewer(days int) bool { return d.Days.Or(0) < days }

func checkBackedUpDatabase(r *policy.Report, v backedUpDatabase) {
	if v.keepsFewer(policy.Settings[retention](r).Days) {
		r.Fail("It keeps backups for %v days.", v.Days)
	}
}

func mendBackedUpDatabase(r *policy.Remediation, v backedUpDatabase) {
	if v.keepsFewer(policy.Settings[retention](r).Days) {
		r.Set("backupRetentionPeriod", policy.Settings[retention](r).Days)
	}
}
