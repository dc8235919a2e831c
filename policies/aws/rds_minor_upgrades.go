package aws

import (
	"github.com/holdfast-iac/holdfast/policies/frameworks"
	"github.com/holdfast-iac/holdfast/policies/policy"
)

// RDSMinorUpgrades wants databases to take minor versions by themselves.
var RDSMinorUpgrades = policy.Policy{
	ID:       "aws-rds-minor-upgrades",
	Title:    "Databases must take minor versions by themselves.",
	Severity: policy.Medium,
	Level:    policy.Mandatory,
	Rationale: "Minor versions mend security flaws and losses of data that are published with them; those who do " +
		"not take them stay open to what everybody knows.",
	Remediation: "Leave autoMinorVersionUpgrade at true, and set maintenanceWindow to a quiet hour.",
	Controls:    frameworks.Controls{SOC2: "CC7.1", ISO27001: "A.8.8", CISAWS: "2.2.2"}.List(),
	Tags:        []string{"security", "versions"},
	Peers: []string{
		"Checkov CKV_AWS_226", "AWS Config RDS_AUTOMATIC_MINOR_VERSION_UPGRADE_ENABLED", "Security Hub RDS.13",
	},
	Bad: []policy.Example{
		{Name: "orders", Type: rdsInstanceType, Properties: props{
			"instanceClass": "db.t4g.medium", "engine": "postgres", "autoMinorVersionUpgrade": false,
		}},
	},
	Good: []policy.Example{
		{Name: "orders", Type: rdsInstanceType, Properties: props{
			"instanceClass": "db.t4g.medium", "engine": "postgres", "autoMinorVersionUpgrade": true,
		}},
		{Name: "orders2", Type: rdsClusterInstanceType, Properties: props{
			"clusterIdentifier": "orders", "engine": "aurora-postgresql", "instanceClass": "db.r8g.large",
			"autoMinorVersionUpgrade": true,
		}},
	},
	Rules: []policy.Rule{
		policy.On(rdsInstanceType, checkUpgradedDatabase),
		policy.On(rdsClusterInstanceType, checkUpgradedDatabase),
		policy.OnRemediate(rdsInstanceType, mendUpgradedDatabase),
		policy.OnRemediate(rdsClusterInstanceType, mendUpgradedDatabase),
	},
}

type upgradedDatabase struct {
	Upgrades policy.Value[bool] `pulumi:"autoMinorVersionUpgrade"`
}

func checkUpgradedDatabase(r *policy.Report, v upgradedDatabase) {
	if !v.Upgrades.Or(true) {
		r.Fail("It does not take minor versions by itself.")
	}
}

func mendUpgradedDatabase(r *policy.Remediation, v upgradedDatabase) {
	if !v.Upgrades.Or(true) {
		r.Set("autoMinorVersionUpgrade", true)
	}
}
