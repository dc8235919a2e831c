package aws

import (
	"testing"

	"github.com/holdfast-iac/holdfast/policies/policytest"
)

func TestOpenSearchEncryptedBetweenNodes(t *testing.T) {
	t.Parallel()
	policytest.Run(t, OpenSearchEncryptedBetweenNodes, []policytest.Case{
		{Name: "off", Resources: policytest.One(elasticsearchDomainType, props{"nodeToNodeEncryption": props{"enabled": false}}), Want: policytest.Fail("Its nodes talk in the clear.")},
		{Name: "not known yet", Resources: policytest.One(searchDomainType, props{"nodeToNodeEncryption": policytest.Unknown}), Want: policytest.Undetermined(".nodeToNodeEncryption")},
	}...)
}
