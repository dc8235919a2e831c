package aws

import (
	"testing"

	"github.com/holdfast-iac/holdfast/policies/policytest"
)

func TestEC2Graviton(t *testing.T) {
	t.Parallel()
	policytest.Run(t, EC2Graviton, []policytest.Case{
		{Name: "a template", Resources: policytest.One(launchTemplateType, props{"instanceType": "t3a.small"}), Want: policytest.Fail("t4g is its like")},
		{Name: "what has none", Resources: policytest.One(instanceType, props{"instanceType": "p5.48xlarge"}), Want: policytest.Pass()},
		{Name: "not said", Resources: policytest.One(launchTemplateType, nil), Want: policytest.Pass()},
		{Name: "not known", Resources: policytest.One(instanceType, props{"instanceType": policytest.Unknown}), Want: policytest.Undetermined(".instanceType")},
	}...)
}
