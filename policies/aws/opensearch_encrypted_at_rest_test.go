package aws

import (
	"testing"

	"github.com/holdfast-iac/holdfast/policies/policytest"
)

func TestOpenSearchEncryptedAtRest(t *testing.T) {
	t.Parallel()
	policytest.Run(t, OpenSearchEncryptedAtRest, []policytest.Case{
		{Name: "off", Resources: policytest.One(elasticsearchDomainType, props{"encryptAtRest": props{"enabled": false}}), Want: policytest.Fail("It stores its data in the clear.")},
		{Name: "not known yet", Resources: policytest.One(searchDomainType, props{"encryptAtRest": policytest.Unknown}), Want: policytest.Undetermined(".encryptAtRest")},
	}...)
}
