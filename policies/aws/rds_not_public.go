package aws

import (
	"github.com/holdfast-iac/holdfast/policies/frameworks"
	"github.com/holdfast-iac/holdfast/policies/policy"
)

// RDSNotPublic keeps databases of RDS and Aurora off the internet.
var RDSNotPublic = policy.Policy{
	ID:       "aws-rds-not-public",
	Title:    "Databases must not have public addresses.",
	Severity: policy.Critical,
	Level:    policy.Mandatory,
	Rationale: "A database with a public address is one security group rule away from everybody who tries " +
		"passwords, and from the next flaw in its protocol.",
	Remediation: "Set publiclyAccessible to false, put the database into private subnets, and reach it through " +
		"the VPC, a VPN or Session Manager.",
	Controls: frameworks.Controls{SOC2: "CC6.1 CC6.6", ISO27001: "A.8.20 A.8.22", CISAWS: "2.2.3"}.List(),
	Tags:     []string{"security", "public-access"},
	Peers: []string{
		"Checkov CKV_AWS_17", "Trivy AWS-0180", "AWS Config RDS_INSTANCE_PUBLIC_ACCESS_CHECK", "Security Hub RDS.2",
	},
	Bad: []policy.Example{
		{Name: "orders", Type: rdsInstanceType, Properties: props{
			"instanceClass": "db.t4g.medium", "engine": "postgres", "publiclyAccessible": true,
		}},
	},
	Good: []policy.Example{
		{Name: "orders", Type: rdsInstanceType, Properties: props{
			"instanceClass": "db.t4g.medium", "engine": "postgres", "publiclyAccessible": false,
		}},
		{Name: "orders2", Type: rdsClusterInstanceType, Properties: props{
			"clusterIdentifier": "orders", "engine": "aurora-postgresql", "instanceClass": "db.r8g.large",
			"publiclyAccessible": false,
		}},
	},
	Rules: []policy.Rule{
		policy.On(rdsInstanceType, checkPublicDatabase),
		policy.On(rdsClusterInstanceType, checkPublicDatabase),
		policy.OnRemediate(rdsInstanceType, mendPublicDatabase),
		policy.OnRemediate(rdsClusterInstanceType, mendPublicDatabase),
	},
}

type publicDatabase struct {
	Public policy.Value[bool] `pulumi:"publiclyAccessible"`
}

func checkPublicDatabase(r *policy.Report, v publicDatabase) {
	if v.Public.Or(false) {
		r.Fail("It is given a public address.")
	}
}

func mendPublicDatabase(r *policy.Remediation, v publicDatabase) {
	if v.Public.Or(false) {
		r.Set("publiclyAccessible", false)
	}
}
