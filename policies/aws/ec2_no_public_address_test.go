package aws

import (
	"testing"

	"github.com/holdfast-iac/holdfast/policies/policytest"
)

func TestEC2NoPublicAddress(t *testing.T) {
	t.Parallel()
	template := func(public ...any) props {
		interfaces := make([]any, len(public))
		for i, p := range public {
			interfaces[i] = props{"associatePublicIpAddress": p}
		}
		return props{"networkInterfaces": interfaces}
	}
	policytest.Run(t, EC2NoPublicAddress, []policytest.Case{
		{Name: "not said", Resources: policytest.One(instanceType, nil), Want: policytest.Pass()},
		{Name: "a launch configuration", Resources: policytest.One(launchConfigurationType, props{"associatePublicIpAddress": true}), Want: policytest.Fail("a public address")},
		{Name: "a template, not said", Resources: policytest.One(launchTemplateType, template(nil)), Want: policytest.Pass()},
		{Name: "a template, as text", Resources: policytest.One(launchTemplateType, template("false", "true")), Want: policytest.Fail("network interface 1")},
		{Name: "a template, not known", Resources: policytest.One(launchTemplateType, template(policytest.Unknown)), Want: policytest.Undetermined("associatePublicIpAddress")},
	}...)
	policytest.RunRemediations(t, EC2NoPublicAddress,
		policytest.Remediation{Name: "a template", Type: launchTemplateType, Properties: template("false", "true", nil), Want: template("false", "false", nil)},
		policytest.Remediation{Name: "a launch configuration", Type: launchConfigurationType, Properties: props{"associatePublicIpAddress": true}, Want: props{"associatePublicIpAddress": false}},
	)
}
