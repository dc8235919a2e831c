package aws

import (
	"testing"

	"github.com/holdfast-iac/holdfast/policies/policytest"
)

func TestEC2ImageNotPublic(t *testing.T) {
	t.Parallel()
	policytest.Run(t, EC2ImageNotPublic, []policytest.Case{
		{Name: "with an organisation", Resources: policytest.One(launchPermissionType, props{"organizationArn": policytest.Unknown}), Want: policytest.Pass()},
		{Name: "the block is off", Resources: policytest.One(imageBlockType, props{"state": "unblocked"}), Want: policytest.Fail("be shared with everybody")},
		{Name: "not known", Resources: policytest.One(imageBlockType, props{"state": policytest.Unknown}), Want: policytest.Undetermined(".state")},
	}...)
}
