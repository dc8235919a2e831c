package aws

import (
	"github.com/holdfast-iac/holdfast/policies/frameworks"
	"github.com/holdfast-iac/holdfast/policies/policy"
)

// RDSVersionSupported advises against versions of engines after the end of their standard support in RDS. Without a
// version, AWS takes its default.
var RDSVersionSupported = policy.Policy{
	ID:       "aws-rds-version-supported",
	Title:    "Databases must run a version in standard support.",
	Severity: policy.Medium,
	Level:    policy.Advisory,
	Rationale: "After standard support, a database costs more by the hour for each of its CPUs, gets no fixes but those of " +
		"critical flaws, and is upgraded at a time of AWS's choosing in the end.",
	Remediation: "Try the upgrade on a copy, by a blue/green deployment; then set engineVersion to a newer one, with " +
		"allowMajorVersionUpgrade.",
	Controls: frameworks.Controls{SOC2: "CC7.1 A1.2", ISO27001: "A.8.8"}.List(),
	Tags:     []string{"reliability", "versions"},
	Bad: []policy.Example{
		{Name: "orders", Type: rdsInstanceType, Properties: props{
			"instanceClass": "db.t4g.medium", "engine": "postgres", "engineVersion": "11.22",
		}},
	},
	Good: []policy.Example{
		{Name: "orders", Type: rdsInstanceType, Properties: props{
			"instanceClass": "db.t4g.medium", "engine": "postgres",
		}},
	},
	Rules: []policy.Rule{
		policy.On(rdsInstanceType, checkVersionedDatabase),
		policy.On(rdsClusterType, checkVersionedDatabase),
	},
}

type versionedDatabase struct {
	Engine  policy.Value[string] `pulumi:"engine"`
	Version policy.Value[string] `pulumi:"engineVersion"`
}

func checkVersionedDatabase(r *policy.Report, d versionedDatabase) {
	if engine, listed := databaseEnds[d.Engine.Get()]; listed {
		engine.ends.check(r, engine.name, d.Version.Get())
	}
}
