package aws

import (
	"testing"

	"github.com/holdfast-iac/holdfast/policies/policytest"
)

func TestEC2EndpointServiceAsks(t *testing.T) {
	t.Parallel()
	policytest.Run(t, EC2EndpointServiceAsks, []policytest.Case{
		{Name: "not known", Resources: policytest.One(endpointServiceType, props{"acceptanceRequired": policytest.Unknown}), Want: policytest.Undetermined(".acceptanceRequired")},
	}...)
}
