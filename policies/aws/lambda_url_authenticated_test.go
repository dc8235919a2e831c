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
	policytest.RunRemediations(t, LambdaURLAuthenticated,
		policytest.Remediation{Name: "open", Type: functionURLType, Properties: props{"authorizationType": "NONE"}, Want: props{"authorizationType": "AWS_IAM"}},
	)
}
