package aws

import (
	"testing"

	"github.com/holdfast-iac/holdfast/policies/policytest"
)

func TestOpenSearchPolicyNotPublic(t *testing.T) {
	t.Parallel()
	open := `{"Statement": [{"Effect": "Allow", "Principal": "*", "Action": "es:*", "Resource": "*"}]}`
	own := `{"Statement": [{"Effect": "Allow", "Principal": "*", "Action": "es:*", "Condition": {"IpAddress": {"aws:SourceIp": "192.0.2.0/24"}}}]}`
	domain := func(properties props) []policytest.Resource { return policytest.One(searchDomainType, properties) }
	apart := func(properties props) []policytest.Resource {
		return []policytest.Resource{
			{Name: "products", Type: searchDomainType, Properties: properties},
			{Name: "access", Type: searchPolicyType, Properties: props{"domainName": policytest.Ref("products"), "accessPolicies": open}},
		}
	}
	policytest.Run(t, OpenSearchPolicyNotPublic, []policytest.Case{
		{Name: "from one's own addresses", Resources: domain(props{"accessPolicies": own}), Want: policytest.Pass()},
		{Name: "in a VPC", Resources: domain(props{"accessPolicies": open, "vpcOptions": policytest.Unknown}), Want: policytest.Pass()},
		{Name: "with accounts of its own", Resources: domain(props{"accessPolicies": open, "advancedSecurityOptions": props{"enabled": true}}), Want: policytest.Pass()},
		{Name: "not known whether with accounts", Resources: domain(props{"accessPolicies": open, "advancedSecurityOptions": props{"enabled": policytest.Unknown}}), Want: policytest.Undetermined("enabled")},
		{Name: "the older type", Resources: policytest.One(elasticsearchDomainType, props{"accessPolicies": open}), Want: policytest.Fail("Anybody")},
		{Name: "a policy apart", Resources: apart(nil), Want: policytest.Fail("Anybody may use the domain")},
		{Name: "a policy apart, in a VPC", Resources: apart(props{"vpcOptions": props{}}), Want: policytest.Pass()},
		{Name: "a policy of a domain elsewhere", Resources: policytest.One(searchPolicyType, props{"domainName": "products", "accessPolicies": open}), Want: policytest.Pass()},
		{Name: "not known", Resources: domain(props{"accessPolicies": policytest.Unknown}), Want: policytest.Undetermined(".accessPolicies")},
	}...)
}
