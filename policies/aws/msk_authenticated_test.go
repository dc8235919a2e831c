package aws

import (
	"testing"

	"github.com/holdfast-iac/holdfast/policies/policytest"
)

func TestMSKAuthenticated(t *testing.T) {
	t.Parallel()
	clients := func(clients props) []policytest.Resource {
		return policytest.One(mskClusterType, props{"clientAuthentication": clients})
	}
	policytest.Run(t, MSKAuthenticated, []policytest.Case{
		{Name: "by certificate", Resources: clients(props{"tls": props{"certificateAuthorityArns": []any{policytest.Unknown}}}), Want: policytest.Pass()},
		{Name: "by password", Resources: clients(props{"sasl": props{"scram": true}}), Want: policytest.Pass()},
		{Name: "or not", Resources: clients(props{"sasl": props{"iam": true}, "unauthenticated": true}), Want: policytest.Fail("whoever reaches it")},
		{Name: "switched off", Resources: clients(props{"sasl": props{"iam": false}}), Want: policytest.Fail("whoever reaches it")},
		{Name: "not known", Resources: clients(props{"sasl": props{"iam": policytest.Unknown}}), Want: policytest.Undetermined("iam")},
	}...)
	policytest.RunRemediations(t, MSKAuthenticated,
		policytest.Remediation{Name: "also without", Type: mskClusterType, Properties: props{"clientAuthentication": props{"unauthenticated": true}}, Want: props{"clientAuthentication": props{"unauthenticated": false, "sasl": props{"iam": true}}}},
	)
}
