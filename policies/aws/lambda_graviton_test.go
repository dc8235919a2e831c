package aws

import (
	"testing"

	"github.com/holdfast-iac/holdfast/policies/policytest"
)

func TestLambdaGraviton(t *testing.T) {
	t.Parallel()
	policytest.Run(t, LambdaGraviton,
		policytest.Case{Name: "by name what is the default", Resources: policytest.One(functionType, props{"architectures": []any{"x86_64"}}), Want: policytest.Fail("x86")},
		policytest.Case{Name: "not known yet", Resources: policytest.One(functionType, props{"architectures": []any{policytest.Unknown}}), Want: policytest.Undetermined(".architectures.0")},
	)
}
