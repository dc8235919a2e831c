package aws

import (
	"testing"

	"github.com/holdfast-iac/holdfast/policies/policytest"
)

func TestOpenSearchInVPC(t *testing.T) {
	t.Parallel()
	policytest.Run(t, OpenSearchInVPC, []policytest.Case{
		{Name: "subnets that are not made yet", Resources: policytest.One(elasticsearchDomainType, props{"vpcOptions": props{"subnetIds": policytest.Unknown}}), Want: policytest.Pass()},
		{Name: "the older type", Resources: policytest.One(elasticsearchDomainType, nil), Want: policytest.Fail("on the internet")},
	}...)
}
