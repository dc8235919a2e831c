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
		{Name: "of a source that is not known yet", Resources: policytest.One(permissionType, props{"principal": "sns.amazonaws.com", "sourceArn": policytest.Unknown}), Want: policytest.Undetermined(".sourceArn")},
		{Name: "another account, with a source that is not known yet", Resources: policytest.One(permissionType, props{"principal": "123456789012", "sourceArn": policytest.Unknown}), Want: policytest.Pass()},
		{Name: "of topics of anybody", Resources: policytest.One(permissionType, props{"principal": "sns.amazonaws.com", "sourceArn": "arn:aws:sns:*:*:*"}), Want: policytest.Fail("sns.amazonaws.com may")},
		{Name: "of topics of anybody, for one account", Resources: policytest.One(permissionType, props{"principal": "sns.amazonaws.com", "sourceArn": "arn:aws:sns:*:*:*", "sourceAccount": "123456789012"}), Want: policytest.Pass()},
		{Name: "of every stage of an API", Resources: policytest.One(permissionType, props{"principal": "apigateway.amazonaws.com", "sourceArn": "arn:aws:execute-api:eu-west-1:123456789012:a1b2/*/*"}), Want: policytest.Pass()},
		{Name: "of a bucket", Resources: policytest.One(permissionType, props{"principal": "s3.amazonaws.com", "sourceArn": "arn:aws:s3:::invoices"}), Want: policytest.Pass()},
		{Name: "a service for one account", Resources: policytest.One(permissionType, props{"principal": "s3.amazonaws.com", "sourceAccount": "123456789012"}), Want: policytest.Pass()},
	}...)
}
