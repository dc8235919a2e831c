package aws

import (
	"testing"

	"github.com/holdfast-iac/holdfast/policies/policytest"
)

func TestEC2AddressUsed(t *testing.T) {
	t.Parallel()
	policytest.Run(t, EC2AddressUsed, []policytest.Case{
		{Name: "of an instance", Resources: policytest.One(addressType, props{"instance": "i-1"}), Want: policytest.Pass()},
		{Name: "of an interface that is not known yet", Want: policytest.Pass(), Resources: []policytest.Resource{
			{Name: "card", Type: "aws:ec2/networkInterface:NetworkInterface"},
			{Name: "own", Type: addressType, Properties: props{"networkInterface": policytest.Ref("card")}},
		}},
		{Name: "of nothing", Resources: policytest.One(addressType, props{"instance": "", "networkInterface": ""}), Want: policytest.Fail("Nothing")},
		{Name: "of nothing, as AWS may tell", Resources: policytest.One(addressType, props{"instance": policytest.Unknown}), Want: policytest.Undetermined(".instance")},
		{Name: "of an instance that is not known yet", Want: policytest.Pass(), Resources: []policytest.Resource{
			{Name: "server", Type: instanceType}, {Name: "own", Type: addressType, Properties: props{"instance": policytest.Ref("server")}},
		}},
		{Name: "of an interface", Resources: policytest.One(addressType, props{"networkInterface": "eni-1"}), Want: policytest.Pass()},
	}...)
}
