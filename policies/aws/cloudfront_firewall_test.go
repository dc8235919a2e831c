package aws

import (
	"testing"

	"github.com/holdfast-iac/holdfast/policies/policytest"
)

func TestCloudFrontFirewall(t *testing.T) {
	t.Parallel()
	policytest.Run(t, CloudFrontFirewall, []policytest.Case{
		{Name: "an empty one", Resources: policytest.One(distributionType, props{"webAclId": ""}), Want: policytest.Fail("No web firewall")},
		{Name: "not known yet", Resources: policytest.One(distributionType, props{"webAclId": policytest.Unknown}), Want: policytest.Undetermined(".webAclId")},
	}...)
}
