package aws

import (
	"encoding/base64"
	"testing"

	"github.com/holdfast-iac/holdfast/policies/policytest"
)

func TestEC2UserDataNoKeys(t *testing.T) {
	t.Parallel()
	script := "#!/bin/sh\nexport AWS_ACCESS_KEY_ID=ASIAIOSFODNN7EXAMPLE\n"
	encoded := base64.StdEncoding.EncodeToString([]byte(script))
	policytest.Run(t, EC2UserDataNoKeys, []policytest.Case{
		{Name: "none", Resources: policytest.One(instanceType, nil), Want: policytest.Pass()},
		{Name: "encoded", Resources: policytest.One(instanceType, props{"userDataBase64": encoded}), Want: policytest.Fail("an access key")},
		{Name: "a template", Resources: policytest.One(launchTemplateType, props{"userData": encoded}), Want: policytest.Fail("an access key")},
		{Name: "a launch configuration", Resources: policytest.One(launchConfigurationType, props{"userData": script}), Want: policytest.Fail("an access key")},
		{Name: "a template without", Resources: policytest.One(launchTemplateType, props{"userData": base64.StdEncoding.EncodeToString([]byte("#!/bin/sh\n"))}), Want: policytest.Pass()},
		{Name: "a secret", Resources: policytest.One(launchTemplateType, props{"userData": policytest.Secret(encoded)}), Want: policytest.Fail("an access key")},
		{Name: "not known", Resources: policytest.One(launchTemplateType, props{"userData": policytest.Unknown}), Want: policytest.Undetermined(".userData")},
		{Name: "not known does not hide", Resources: policytest.One(instanceType, props{"userData": policytest.Unknown, "userDataBase64": encoded}), Want: policytest.Fail("an access key")},
	}...)
}
