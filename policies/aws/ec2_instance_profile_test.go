package aws

import (
	"testing"

	"github.com/holdfast-iac/holdfast/policies/policytest"
)

func TestEC2InstanceProfile(t *testing.T) {
	t.Parallel()
	policytest.Run(t, EC2InstanceProfile, []policytest.Case{
		{Name: "by a template", Resources: policytest.One(instanceType, props{"launchTemplate": props{"id": policytest.Unknown}}), Want: policytest.Pass()},
		{Name: "a template", Resources: policytest.One(launchTemplateType, nil), Want: policytest.Fail("no instance profile")},
		{Name: "a template with one", Resources: policytest.One(launchTemplateType, props{"iamInstanceProfile": props{"arn": policytest.Unknown}}), Want: policytest.Pass()},
		{Name: "a template of EKS nodes", Resources: []policytest.Resource{
			{Name: "pool", Type: launchTemplateType},
			{Name: "nodes", Type: "aws:eks/nodeGroup:NodeGroup", Properties: props{"launchTemplate": props{"id": policytest.Ref("pool"), "version": "1"}}},
		}, Want: policytest.Pass()},
		{Name: "a template of other nodes", Resources: []policytest.Resource{
			{Name: "pool", Type: launchTemplateType},
			{Name: "nodes", Type: "aws:eks/nodeGroup:NodeGroup", Properties: props{"launchTemplate": props{"id": "lt-1", "version": "1"}}},
		}, Want: policytest.Fail("no instance profile")},
		{Name: "a launch configuration", Resources: policytest.One(launchConfigurationType, nil), Want: policytest.Fail("no instance profile")},
	}...)
}
