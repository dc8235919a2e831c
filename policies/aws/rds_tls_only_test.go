package aws

import (
	"testing"

	"github.com/holdfast-iac/holdfast/policies/policytest"
)

func TestRDSTLSOnly(t *testing.T) {
	t.Parallel()
	group := func(family, name string, value any) []policytest.Resource {
		return policytest.One(rdsParametersType, props{"family": family, "parameters": []any{props{"name": name, "value": value}}})
	}
	policytest.Run(t, RDSTLSOnly, []policytest.Case{
		{Name: "PostgreSQL, said not to", Resources: group("postgres17", "rds.force_ssl", "0"), Want: policytest.Fail("rds.force_ssl is 0")},
		{Name: "PostgreSQL that does not by default", Resources: policytest.One(rdsParametersType, props{"family": "postgres14"}), Want: policytest.Fail("rds.force_ssl is off")},
		{Name: "an instance of Aurora, whose cluster says it", Resources: policytest.One(rdsParametersType, props{"family": "aurora-postgresql16"}), Want: policytest.Pass()},
		{Name: "the parameter of another engine", Resources: group("mysql8.0", "rds.force_ssl", "1"), Want: policytest.Fail("require_secure_transport is off")},
		{Name: "MySQL in words", Resources: group("mysql8.0", "require_secure_transport", "ON"), Want: policytest.Pass()},
		{Name: "MariaDB, off", Resources: group("mariadb11.8", "require_secure_transport", "OFF"), Want: policytest.Fail("is off")},
		{Name: "beside others", Resources: policytest.One(rdsClusterParametersType, props{"family": "aurora-mysql8.0", "parameters": []any{
			props{"name": "time_zone", "value": "UTC"}, props{"name": "require_secure_transport", "value": "ON"}, props{"name": policytest.Unknown, "value": "1"},
		}}), Want: policytest.Pass()},
		{Name: "an engine that does it otherwise", Resources: policytest.One(rdsParametersType, props{"family": "oracle-ee-19"}), Want: policytest.Pass()},
		{Name: "not known", Resources: group("postgres17", "rds.force_ssl", policytest.Unknown), Want: policytest.Undetermined("value")},
	}...)
}

// TestTLSByDefault goes over the families that there are, and what AWS says of them when nothing is set.
func TestTLSByDefault(t *testing.T) {
	t.Parallel()
	var cases []policytest.Case
	for _, engine := range []struct {
		parameter string
		off, on   []string
	}{
		// RDS User Guide, "Updating applications to connect to PostgreSQL DB instances using new SSL/TLS certificates":
		// 1 for 15 and later major versions.
		{"rds.force_ssl", []string{"postgres9.6", "postgres12", "postgres13", "postgres14"}, []string{"postgres15", "postgres16", "postgres17", "postgres18"}},
		// Aurora User Guide, "Security with Amazon Aurora PostgreSQL": 0 for 16 and older.
		{"rds.force_ssl", []string{"aurora-postgresql11", "aurora-postgresql15", "aurora-postgresql16"}, []string{"aurora-postgresql17"}},
		// RDS User Guide, "Requiring SSL/TLS for all connections to a MySQL DB instance on Amazon RDS": OFF.
		{"require_secure_transport", []string{"mysql5.7", "mysql8.0", "mysql8.4"}, nil},
		// Aurora User Guide, "Comparing Aurora MySQL version 3 and Aurora MySQL version 8.4": ON in 8.4.
		{"require_secure_transport", []string{"aurora-mysql5.7", "aurora-mysql8.0"}, []string{"aurora-mysql8.4"}},
		// RDS User Guide, "Requiring SSL/TLS for all connections to a MariaDB DB instance": OFF for 11.4 and earlier, ON
		// for 11.8 and later.
		{"require_secure_transport", []string{"mariadb10.4", "mariadb10.6", "mariadb10.11", "mariadb11.4"}, []string{"mariadb11.8"}},
	} {
		for _, family := range engine.off {
			cases = append(cases, policytest.Case{
				Name: family, Resources: policytest.One(rdsClusterParametersType, props{"family": family}), Want: policytest.Fail(engine.parameter + " is off"),
			})
		}
		for _, family := range engine.on {
			cases = append(cases, policytest.Case{
				Name: family, Resources: policytest.One(rdsClusterParametersType, props{"family": family}), Want: policytest.Pass(),
			})
		}
	}
	policytest.Run(t, RDSTLSOnly, cases...)
}
