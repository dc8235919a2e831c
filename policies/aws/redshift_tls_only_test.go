package aws

import (
	"testing"

	"github.com/holdfast-iac/holdfast/policies/policytest"
)

func TestRedshiftTLSOnly(t *testing.T) {
	t.Parallel()
	group := func(name, value any) []policytest.Resource {
		return policytest.One(redshiftParametersType, props{"family": "redshift-1.0", "parameters": []any{props{"name": name, "value": value}}})
	}
	policytest.Run(t, RedshiftTLSOnly, []policytest.Case{
		{Name: "said not to", Resources: group("require_ssl", "False"), Want: policytest.Fail("in the clear")},
		{Name: "other parameters", Resources: group("statement_timeout", "1000"), Want: policytest.Fail()},
		{Name: "not known", Resources: group("require_ssl", policytest.Unknown), Want: policytest.Undetermined("value")},
		{Name: "not known which", Resources: group(policytest.Unknown, "true"), Want: policytest.Undetermined("name")},
		{Name: "a family that refuses by itself", Resources: policytest.One(redshiftParametersType, props{"family": "redshift-2.0"}), Want: policytest.Pass()},
	}...)
}
