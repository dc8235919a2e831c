package aws

import (
	"testing"

	"github.com/holdfast-iac/holdfast/policies/policytest"
)

func TestEC2DefaultVPCUnused(t *testing.T) {
	t.Parallel()
	policytest.Run(t, EC2DefaultVPCUnused, []policytest.Case{
		{Name: "no network", Resources: policytest.One(bucketV2Type, nil), Want: policytest.NotApplicable()},
		{Name: "beside another", Resources: []policytest.Resource{{Name: "own", Type: vpcType}, {Name: "default", Type: defaultVPCType}}, Want: policytest.Fail("takes over")},
		{Name: "an instance in no subnet", Resources: policytest.One(instanceType, props{"ami": "ami-0abc"}), Want: policytest.Fail("names no subnet")},
		{Name: "a spot request in no subnet", Resources: policytest.One(spotInstanceType, props{"ami": "ami-0abc"}), Want: policytest.Fail("names no subnet")},
		{Name: "an instance in a subnet", Resources: policytest.One(instanceType, props{"subnetId": "subnet-0a1b"}), Want: policytest.Pass()},
		{Name: "an instance with an interface", Resources: policytest.One(instanceType, props{"networkInterfaces": []any{props{"deviceIndex": 0}}}), Want: policytest.Pass()},
		{Name: "a spot request by a template", Resources: policytest.One(spotInstanceType, props{"launchTemplate": props{"name": "web"}}), Want: policytest.Pass()},
	}...)
}
