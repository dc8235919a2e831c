package aws

import (
	"testing"

	"github.com/holdfast-iac/holdfast/policies/policytest"
)

func TestLambdaURLAuthenticated(t *testing.T) {
	t.Parallel()
	policytest.Run(t, LambdaURLAuthenticated, []policytest.Case{
		{Name: "not known yet", Resources: policytest.One(functionURLType, props{"authorizationType": policytest.Unknown}), Want: policytest.Undetermined(".authorizationType")},
	}...)
}
