package aws

import (
	"testing"

	"github.com/holdfast-iac/holdfast/policies/policytest"
)

func TestSecretsManagerRotated(t *testing.T) {
	t.Parallel()
	policytest.Run(t, SecretsManagerRotated, []policytest.Case{
		{Name: "of what is not known yet", Resources: []policytest.Resource{
			{Name: "subject", Type: "aws:secretsmanager/secret:Secret"}, {Name: "other", Type: "aws:secretsmanager/secretRotation:SecretRotation", Properties: props{"secretId": policytest.Unknown}},
		}, Want: policytest.Undetermined(".secretId")},
		{Name: "of another", Resources: []policytest.Resource{
			{Name: "subject", Type: "aws:secretsmanager/secret:Secret"}, {Name: "other", Type: "aws:secretsmanager/secretRotation:SecretRotation", Properties: props{"secretId": "another"}},
		}, Want: policytest.Fail("Nothing rotates it.")},
	}...)
}
