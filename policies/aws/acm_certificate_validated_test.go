package aws

import (
	"testing"

	"github.com/holdfast-iac/holdfast/policies/policytest"
)

func TestACMCertificateValidated(t *testing.T) {
	t.Parallel()
	policytest.Run(t, ACMCertificateValidated,
		policytest.Case{Name: "imported", Resources: policytest.One(certificateType, props{"certificateBody": "PEM"}), Want: policytest.Pass()},
		policytest.Case{Name: "a validation that is not known yet", Want: policytest.Undetermined(".certificateArn"), Resources: []policytest.Resource{
			{Name: "site", Type: certificateType, Properties: props{"validationMethod": "DNS"}},
			{Name: "issued", Type: certificateValidationType, Properties: props{"certificateArn": policytest.Unknown}},
		}},
	)
}
