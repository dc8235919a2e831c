package aws

import (
	"testing"

	"github.com/holdfast-iac/holdfast/policies/policytest"
)

func TestECSServiceNoPublicAddress(t *testing.T) {
	t.Parallel()
	policytest.Run(t, ECSServiceNoPublicAddress, []policytest.Case{
		{Name: "not known yet", Resources: policytest.One(ecsServiceType, props{"networkConfiguration": policytest.Unknown}), Want: policytest.Undetermined(".networkConfiguration")},
	}...)
}
