package aws

import (
	"testing"

	"github.com/holdfast-iac/holdfast/policies/policytest"
)

func TestSSMParameterEncrypted(t *testing.T) {
	t.Parallel()
	parameter := func(name, kind any) []policytest.Resource {
		return policytest.One(parameterType, props{"name": name, "type": kind})
	}
	policytest.Run(t, SSMParameterEncrypted, []policytest.Case{
		{Name: "in other words", Resources: parameter("/shop/stripe/API_Key", "StringList"), Want: policytest.Fail("its type is StringList")},
		{Name: "of several", Resources: parameter("credentials", "String"), Want: policytest.Fail()},
		{Name: "no secret", Resources: parameter("/shop/database/host", "String"), Want: policytest.Pass()},
		{Name: "where a secret is", Resources: parameter("/shop/database/password-arn", "String"), Want: policytest.Pass()},
		{Name: "named by Pulumi", Resources: policytest.One(parameterType, props{"type": "String"}), Want: policytest.Pass()},
		{Name: "not known", Resources: parameter(policytest.Unknown, "String"), Want: policytest.Undetermined(".name")},
	}...)
}
