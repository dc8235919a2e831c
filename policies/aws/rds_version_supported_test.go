package aws

import (
	"testing"

	"github.com/holdfast-iac/holdfast/policies/policytest"
)

func TestRDSVersionSupported(t *testing.T) {
	t.Parallel()
	database := func(engine, version any) []policytest.Resource {
		return policytest.One(rdsInstanceType, props{"engine": engine, "engineVersion": version})
	}
	policytest.Run(t, RDSVersionSupported, []policytest.Case{
		{Name: "on the last day", Resources: database("mysql", "8.0.35"), Deployment: on(t, "2026-07-31"), Want: policytest.Pass()},
		{Name: "a day later", Resources: database("mysql", "8.0.35"), Deployment: on(t, "2026-08-01"), Want: policytest.Fail("MySQL 8.0.35 ended on 2026-07-31.")},
		{Name: "another engine of that version", Resources: database("sqlserver-se", "8.0"), Deployment: on(t, "2026-08-01"), Want: policytest.Pass()},
		{Name: "Aurora by its own name", Resources: policytest.One(rdsClusterType, props{"engine": "aurora-mysql", "engineVersion": "5.7.mysql_aurora.2.11.4"}), Deployment: on(t, "2026-01-01"), Want: policytest.Fail("ended on 2024-10-31")},
		{Name: "newer than the table", Resources: database("postgres", "19.1"), Deployment: on(t, "2040-01-01"), Want: policytest.Pass()},
		{Name: "no version", Resources: database("postgres", nil), Want: policytest.Pass()},
		{Name: "not known", Resources: database("postgres", policytest.Unknown), Want: policytest.Undetermined(".engineVersion")},
		{Name: "PostgreSQL", Resources: database("postgres", "11.4"), Deployment: on(t, "2026-01-01"), Want: policytest.Fail("of PostgreSQL 11.4 ended on 2024-02-29.")},
		{Name: "Aurora PostgreSQL", Resources: database("aurora-postgresql", "11.4"), Deployment: on(t, "2026-01-01"), Want: policytest.Fail("of Aurora PostgreSQL 11.4 ended")},
		{Name: "MariaDB", Resources: database("mariadb", "10.3.39"), Deployment: on(t, "2026-01-01"), Want: policytest.Fail("of MariaDB 10.3.39 ended on 2023-10-23.")},
		{Name: "another engine, not known which version", Resources: database("sqlserver-se", policytest.Unknown), Want: policytest.Pass()},
	}...)
}
