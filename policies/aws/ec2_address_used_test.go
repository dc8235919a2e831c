package aws

import (
	"testing"

	"github.com/holdfast-iac/holdfast/policies/policytest"
)

func TestEC2AddressUsed(t *testing.T) {
	t.Parallel()
	policytest.Run(t, EC2AddressUsed, []policytest.Case{
		{Name: "of an instance", Resources: policytest.One(addressType, props{"instance": "i-1"}), Want: policytest.Pass()},
		{Name: "of an interface that is not known yet", Resources: policytest.One(addressType, props{"networkInterface": policytest.Unknown}), Want: policytest.Pass()},
	}...)
}
