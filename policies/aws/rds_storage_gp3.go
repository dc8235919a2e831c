package aws

import (
	"github.com/holdfast-iac/holdfast/policies/frameworks"
	"github.com/holdfast-iac/holdfast/policies/policy"
)

// RDSStorageGp3 advises to give databases storage of the type gp3. Aurora has a storage of its own.
var RDSStorageGp3 = policy.Policy{
	ID:       "aws-rds-storage-gp3",
	Title:    "Storage of databases should be of the type gp3.",
	Severity: policy.Low,
	Level:    policy.Advisory,
	Rationale: "gp2 gives 3 IOPS for each GiB, so that storage is bought for its speed, and stops for breath when its credits are " +
		"used up. Expected effect: 3,000 IOPS at any size, for the price of each GiB that gp2 has (Amazon RDS User Guide, " +
		"\"Amazon RDS DB instance storage\"; Amazon RDS pricing).",
	Remediation: "Set storageType to gp3. The database stays up, and is slower while AWS moves it.",
	Controls:    frameworks.Controls{SOC2: "A1.1", ISO27001: "A.8.6"}.List(),
	Tags:        []string{"optimization", "cost"},
	Bad: []policy.Example{
		{Name: "orders", Type: rdsInstanceType, Properties: props{
			"instanceClass": "db.m7g.large", "engine": "postgres", "allocatedStorage": 100, "storageType": "gp2",
		}},
	},
	Good: []policy.Example{
		{Name: "orders", Type: rdsInstanceType, Properties: props{
			"instanceClass": "db.m7g.large", "engine": "postgres", "allocatedStorage": 100, "storageType": "gp3",
		}},
	},
	Rules: []policy.Rule{
		policy.On(rdsInstanceType, func(r *policy.Report, d databaseDisk) {
			if d.Type.Get() == "gp2" {
				r.Fail("Its storage is of the type gp2.")
			}
		}),
		policy.OnRemediate(rdsInstanceType, func(r *policy.Remediation, d databaseDisk) {
			if d.Type.Get() == "gp2" {
				r.Set("storageType", "gp3")
			}
		}),
	},
}

type databaseDisk struct {
	Type policy.Value[string] `pulumi:"storageType"`
}
