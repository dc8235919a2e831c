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
		{Name: "PostgreSQL by default", Resources: policytest.One(rdsParametersType, props{"family": "postgres17"}), Want: policytest.Pass()},
		{Name: "PostgreSQL, said not to", Resources: group("postgres17", "rds.force_ssl", "0"), Want: policytest.Fail("rds.force_ssl is 0")},
		{Name: "PostgreSQL that does not by default", Resources: policytest.One(rdsParametersType, props{"family": "postgres14"}), Want: policytest.Fail("rds.force_ssl is off")},
		{Name: "the parameter of another engine", Resources: group("mysql8.0", "rds.force_ssl", "1"), Want: policytest.Fail("require_secure_transport is off")},
		{Name: "MySQL in words", Resources: group("mysql8.0", "require_secure_transport", "ON"), Want: policytest.Pass()},
		{Name: "MariaDB, off", Resources: group("mariadb11.8", "require_secure_transport", "OFF"), Want: policytest.Fail("is off")},
		{Name: "Aurora", Resources: policytest.One(rdsClusterParametersType, props{"family": "aurora-mysql8.0"}), Want: policytest.Fail("is off")},
		{Name: "an engine that does it otherwise", Resources: policytest.One(rdsParametersType, props{"family": "oracle-ee-19"}), Want: policytest.Pass()},
		{Name: "not known", Resources: group("postgres17", "rds.force_ssl", policytest.Unknown), Want: policytest.Undetermined("value")},
	}...)
}
