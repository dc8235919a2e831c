package aws

import (
	"testing"

	"github.com/holdfast-iac/holdfast/policies/policytest"
)

func TestEC2CurrentGeneration(t *testing.T) {
	t.Parallel()
	policytest.Run(t, EC2CurrentGeneration,
		policytest.Case{Name: "a template", Resources: policytest.One(launchTemplateType, props{"instanceType": "t1.micro"}), Want: policytest.Fail("t1.micro")},
		policytest.Case{Name: "none", Resources: policytest.One(launchTemplateType, props{}), Want: policytest.Pass()},
		policytest.Case{Name: "not known yet", Resources: policytest.One(instanceType, props{"instanceType": policytest.Unknown}), Want: policytest.Undetermined(".instanceType")},
		policytest.Case{Name: "a large one", Resources: policytest.One(instanceType, props{"instanceType": "m1.large"}), Want: policytest.Fail("m1.large")},
		policytest.Case{Name: "one with disks", Resources: policytest.One(instanceType, props{"instanceType": "i2.xlarge"}), Want: policytest.Fail("i2.xlarge")},
	)
}
