package aws

import (
	"testing"

	"github.com/holdfast-iac/holdfast/policies/policytest"
)

func TestEC2TransitGatewayAsks(t *testing.T) {
	t.Parallel()
	policytest.Run(t, EC2TransitGatewayAsks, []policytest.Case{
		{Name: "said not to", Resources: policytest.One(transitGatewayType, props{"autoAcceptSharedAttachments": "disable"}), Want: policytest.Pass()},
		{Name: "not known", Resources: policytest.One(transitGatewayType, props{"autoAcceptSharedAttachments": policytest.Unknown}), Want: policytest.Undetermined(".autoAcceptSharedAttachments")},
	}...)
	policytest.RunRemediations(t, EC2TransitGatewayAsks, policytest.Remediation{
		Name: "accepts all", Type: transitGatewayType, Properties: props{"autoAcceptSharedAttachments": "enable"}, Want: props{"autoAcceptSharedAttachments": "disable"},
	})
}
