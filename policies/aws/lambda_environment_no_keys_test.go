package aws

import (
	"testing"

	"github.com/holdfast-iac/holdfast/policies/policytest"
)

func TestLambdaEnvironmentNoKeys(t *testing.T) {
	t.Parallel()
	with := func(variables any) []policytest.Resource {
		return policytest.One(functionType, props{"environment": props{"variables": variables}})
	}
	policytest.Run(t, LambdaEnvironmentNoKeys, []policytest.Case{
		{Name: "no environment", Resources: policytest.One(functionType, nil), Want: policytest.Pass()},
		{Name: "within a text, and secret", Resources: with(props{"A": "x", "URL": policytest.Secret("s3://AKIAIOSFODNN7EXAMPLE:x@data")}), Want: policytest.Fail("variable URL")},
		{Name: "one not known does not hide another", Resources: with(props{"A": policytest.Unknown, "B": "AKIAIOSFODNN7EXAMPLE"}), Want: policytest.Fail("variable B")},
		{Name: "not known", Resources: with(props{"A": policytest.Unknown}), Want: policytest.Undetermined("variables")},
	}...)
}
