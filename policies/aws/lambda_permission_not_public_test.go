package aws

import (
	"testing"

	"github.com/holdfast-iac/holdfast/policies/policytest"
)

func TestLambdaPermissionNotPublic(t *testing.T) {
	t.Parallel()
	policytest.Run(t, LambdaPermissionNotPublic, []policytest.Case{
		{Name: "a service for anybody", Resources: policytest.One(permissionType, props{"principal": "s3.amazonaws.com"}), Want: policytest.Fail("s3.amazonaws.com may")},
		{Name: "another account", Resources: policytest.One(permissionType, props{"principal": "123456789012"}), Want: policytest.Pass()},
		{Name: "anybody of the organisation", Resources: policytest.One(permissionType, props{"principal": "*", "principalOrgId": "o-1"}), Want: policytest.Pass()},
		{Name: "of a source that is not known yet", Resources: policytest.One(permissionType, props{"principal": "sns.amazonaws.com", "sourceArn": policytest.Unknown}), Want: policytest.Pass()},
		{Name: "a service for one account", Resources: policytest.One(permissionType, props{"principal": "s3.amazonaws.com", "sourceAccount": "123456789012"}), Want: policytest.Pass()},
	}...)
}
