package aws

import (
	"testing"

	"github.com/holdfast-iac/holdfast/policies/policytest"
)

func TestIAMPolicyNoServiceWildcard(t *testing.T) {
	t.Parallel()
	document := func(action, resource, more string) []policytest.Resource {
		return policytest.One(groupPolicyType, props{"policy": `{"Statement": [{"Sid": "Team", "Effect": "Allow", "Action": ` + action + `, "Resource": "` + resource + `"` + more + `}]}`})
	}
	policytest.Run(t, IAMPolicyNoServiceWildcard, []policytest.Case{
		{Name: "two of three", Resources: document(`["s3:*", "ec2:Describe*", "sqs:*"]`, "*", ""), Want: policytest.Fail("s3:* on everything, by the statement Team", "sqs:*")},
		{Name: "on one bucket", Resources: document(`"s3:*"`, "arn:aws:s3:::site/*", ""), Want: policytest.Pass()},
		{Name: "in one region", Resources: document(`"ec2:*"`, "*", `, "Condition": {"StringEquals": {"aws:RequestedRegion": "eu-west-1"}}`), Want: policytest.Pass()},
		{Name: "everything is another matter", Resources: document(`["*", "*:*"]`, "*", ""), Want: policytest.Pass()},
		{Name: "denied", Resources: policytest.One(iamPolicyType, props{"policy": `{"Statement": [{"Effect": "Deny", "Action": "s3:*", "Resource": "*"}]}`}), Want: policytest.Pass()},
	}...)
}
