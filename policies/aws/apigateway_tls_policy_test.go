package aws

import (
	"testing"

	"github.com/holdfast-iac/holdfast/policies/policytest"
)

func TestAPIGatewayTLSPolicy(t *testing.T) {
	t.Parallel()
	policytest.Run(t, APIGatewayTLSPolicy, []policytest.Case{
		{Name: "not said", Resources: policytest.One(apiDomainType, nil), Want: policytest.Pass()},
		{Name: "an enhanced policy", Resources: policytest.One(apiDomainType, props{"securityPolicy": "SecurityPolicy_TLS13_1_3_2025_09"}), Want: policytest.Pass()},
		{Name: "not known", Resources: policytest.One(apiDomainType, props{"securityPolicy": policytest.Unknown}), Want: policytest.Undetermined(".securityPolicy")},
	}...)
	policytest.RunRemediations(t, APIGatewayTLSPolicy,
		policytest.Remediation{Name: "mended", Type: apiDomainType, Properties: props{"securityPolicy": "TLS_1_0"}, Want: props{"securityPolicy": "TLS_1_2"}},
	)
}
