package aws

import (
	"testing"

	"github.com/holdfast-iac/holdfast/policies/policytest"
)

func TestEC2IMDSv2(t *testing.T) {
	t.Parallel()
	policytest.Run(t, EC2IMDSv2, []policytest.Case{
		{Name: "optional", Resources: policytest.One(launchTemplateType, props{"metadataOptions": props{"httpTokens": "optional"}}), Want: policytest.Fail("is optional")},
		{Name: "off", Resources: policytest.One(instanceType, props{"metadataOptions": props{"httpEndpoint": "disabled"}}), Want: policytest.Pass()},
		{Name: "off, whatever the tokens", Resources: policytest.One(instanceType, props{"metadataOptions": props{"httpEndpoint": "disabled", "httpTokens": policytest.Unknown}}), Want: policytest.Pass()},
		{Name: "a launch configuration", Resources: policytest.One(launchConfigurationType, props{"imageId": "ami-0abc"}), Want: policytest.Fail("httpTokens is")},
		{Name: "a spot request", Resources: policytest.One(spotInstanceType, props{"ami": "ami-0abc"}), Want: policytest.Fail("httpTokens is")},
		{Name: "a spot request with tokens", Resources: policytest.One(spotInstanceType, props{"metadataOptions": props{"httpTokens": "required"}}), Want: policytest.Pass()},
		{Name: "not known yet", Resources: policytest.One(instanceType, props{"metadataOptions": policytest.Unknown}), Want: policytest.Undetermined(".metadataOptions")},
	}...)
	policytest.RunRemediations(t, EC2IMDSv2,
		policytest.Remediation{Name: "mended", Type: launchTemplateType, Properties: props{"metadataOptions": props{"httpEndpoint": "enabled"}}, Want: props{"metadataOptions": props{"httpEndpoint": "enabled", "httpTokens": "required"}}},
		policytest.Remediation{Name: "a launch configuration", Type: launchConfigurationType, Properties: props{}, Want: props{"metadataOptions": props{"httpTokens": "required"}}},
		policytest.Remediation{Name: "a spot request", Type: spotInstanceType, Properties: props{}, Want: props{"metadataOptions": props{"httpTokens": "required"}}},
		policytest.Remediation{Name: "off", Type: instanceType, Properties: props{"metadataOptions": props{"httpEndpoint": "disabled"}}},
	)
}
