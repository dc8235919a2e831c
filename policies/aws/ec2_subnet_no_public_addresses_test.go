package aws

import (
	"testing"

	"github.com/holdfast-iac/holdfast/policies/policytest"
)

func TestEC2SubnetNoPublicAddresses(t *testing.T) {
	t.Parallel()
	policytest.Run(t, EC2SubnetNoPublicAddresses, []policytest.Case{
		{Name: "subnet: not said", Resources: policytest.One(subnetType, nil), Want: policytest.Pass()},
		{Name: "subnet: not known yet", Resources: policytest.One(subnetType, props{"mapPublicIpOnLaunch": policytest.Unknown}), Want: policytest.Undetermined(".mapPublicIpOnLaunch")},
		{Name: "as text", Resources: policytest.One(subnetType, props{"mapPublicIpOnLaunch": "false"}), Want: policytest.Pass()},
	}...)
}
