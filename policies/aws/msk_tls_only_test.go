package aws

import (
	"testing"

	"github.com/holdfast-iac/holdfast/policies/policytest"
)

func TestMSKTLSOnly(t *testing.T) {
	t.Parallel()
	policytest.Run(t, MSKTLSOnly, []policytest.Case{
		{Name: "between brokers", Resources: policytest.One(mskClusterType, props{"encryptionInfo": props{"encryptionInTransit": props{"inCluster": false}}}), Want: policytest.Fail("in the clear")},
		{Name: "not known yet", Resources: policytest.One(mskClusterType, props{"encryptionInfo": policytest.Unknown}), Want: policytest.Undetermined(".encryptionInfo")},
	}...)
	policytest.RunRemediations(t, MSKTLSOnly,
		policytest.Remediation{Name: "mended", Type: mskClusterType, Properties: props{"encryptionInfo": props{"encryptionInTransit": props{"inCluster": false}}}, Want: props{"encryptionInfo": props{"encryptionInTransit": props{"clientBroker": "TLS", "inCluster": true}}}},
	)
}
