package aws

import (
	"github.com/holdfast-iac/holdfast/policies/frameworks"
	"github.com/holdfast-iac/holdfast/policies/policy"
)

// RDSMultiAZ wants instances of RDS to have a standby in another zone.
var RDSMultiAZ = policy.Policy{
	ID:       "aws-rds-multi-az",
	Title:    "Databases must have a standby in another zone.",
	Severity: policy.Medium,
	Level:    policy.Advisory,
	Rationale: "A zone fails, and a single instance with it: until a backup is restored, which takes hours. A " +
		"standby takes over within a minute or two.",
	Remediation: "Set multiAz to true.",
	Controls:    frameworks.Controls{SOC2: "A1.2", ISO27001: "A.8.14", CISAWS: "2.2.4"}.List(),
	Tags:        []string{"reliability", "high-availability"},
	Peers:       []string{"Checkov CKV_AWS_157", "AWS Config RDS_MULTI_AZ_SUPPORT", "Security Hub RDS.5"},
	Bad: []policy.Example{
		{Name: "orders", Type: rdsInstanceType, Properties: props{
			"instanceClass": "db.t4g.medium", "engine": "postgres", "multiAz": false,
		}},
	},
	Good: []policy.Example{
		{Name: "orders", Type: rdsInstanceType, Properties: props{
			"instanceClass": "db.t4g.medium", "engine": "postgres", "multiAz": true,
		}},
	},
	Rules: []policy.Rule{
		policy.On(rdsInstanceType, checkStandbyDatabase),
		policy.OnRemediate(rdsInstanceType, mendStandbyDatabase),
	},
}

type standbyDatabase struct {
	MultiAZ policy.Value[bool] `pulumi:"multiAz"`
}

func checkStandbyDatabase(r *policy.Report, v standbyDatabase) {
	if !v.MultiAZ.Or(false) {
		r.Fail("It runs in a single zone.")
	}
}

func mendStandbyDatabase(r *policy.Remediation, v standbyDatabase) {
	if !v.MultiAZ.Or(false) {
		r.Set("multiAz", true)
	}
}
