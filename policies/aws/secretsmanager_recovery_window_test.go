package aws

import (
	"testing"

	"github.com/holdfast-iac/holdfast/policies/policytest"
)

func TestSecretsManagerRecoveryWindow(t *testing.T) {
	t.Parallel()
	policytest.Run(t, SecretsManagerRecoveryWindow, []policytest.Case{
		{Name: "a week", Resources: policytest.One(secretType, props{"recoveryWindowInDays": 7}), Want: policytest.Pass()},
		{Name: "not known yet", Resources: policytest.One(secretType, props{"recoveryWindowInDays": policytest.Unknown}), Want: policytest.Undetermined(".recoveryWindowInDays")},
	}...)
	policytest.RunRemediations(t, SecretsManagerRecoveryWindow,
		policytest.Remediation{Name: "mended", Type: secretType, Properties: props{"recoveryWindowInDays": 0}, Want: props{"recoveryWindowInDays": 30}},
		policytest.Remediation{Name: "a week", Type: secretType, Properties: props{"recoveryWindowInDays": 7}},
	)
}
