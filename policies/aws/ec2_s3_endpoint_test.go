package aws

import (
	"testing"

	"github.com/holdfast-iac/holdfast/policies/policytest"
)

func TestEC2S3Endpoint(t *testing.T) {
	t.Parallel()
	stack := func(service, kind any) []policytest.Resource {
		return []policytest.Resource{
			{Name: "b", Type: natGatewayType}, {Name: "a", Type: natGatewayType},
			{Name: "endpoint", Type: vpcEndpointType, Properties: props{"serviceName": service, "vpcEndpointType": kind}},
		}
	}
	policytest.Run(t, EC2S3Endpoint, []policytest.Case{
		{Name: "said to be a gateway", Resources: stack("com.amazonaws.eu-west-1.s3", "Gateway"), Want: policytest.Pass()},
		{Name: "an interface, told once", Resources: stack("com.amazonaws.eu-west-1.s3", "Interface"), Want: policytest.Fail("goes by it")},
		{Name: "of DynamoDB", Resources: stack("com.amazonaws.eu-west-1.dynamodb", nil), Want: policytest.Fail("goes by it")},
		{Name: "not known", Resources: stack(policytest.Unknown, nil), Want: policytest.Undetermined("serviceName")},
		{Name: "no gateway", Resources: policytest.One(vpcEndpointType, nil), Want: policytest.NotApplicable()},
	}...)
}
