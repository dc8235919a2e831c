package aws

import (
	"testing"

	"github.com/holdfast-iac/holdfast/policies/policytest"
)

func TestEC2EndpointZones(t *testing.T) {
	t.Parallel()
	policytest.Run(t, EC2EndpointZones,
		policytest.Case{Name: "one subnet elsewhere", Want: policytest.Fail("one zone"), Resources: []policytest.Resource{{Name: "subject", Type: vpcEndpointType, Properties: props{"subnetIds": []any{"subnet-1"}}}}},
		policytest.Case{Name: "two subnets elsewhere", Want: policytest.Pass(), Resources: []policytest.Resource{{Name: "subject", Type: vpcEndpointType, Properties: props{"subnetIds": []any{"subnet-1", "subnet-2"}}}}},
		policytest.Case{Name: "zones that AWS chooses", Want: policytest.Pass(), Resources: []policytest.Resource{{Name: "a", Type: subnetType}, {Name: "b", Type: subnetType}, {Name: "subject", Type: vpcEndpointType, Properties: props{"subnetIds": []any{policytest.Ref("a"), policytest.Ref("b")}}}}},
		policytest.Case{Name: "subnets that are not known yet", Want: policytest.Undetermined(".subnetIds"), Resources: []policytest.Resource{{Name: "subject", Type: vpcEndpointType, Properties: props{"subnetIds": []any{policytest.Unknown, policytest.Unknown}}}}},
		policytest.Case{Name: "a zone that is not known yet", Want: policytest.Undetermined(".availabilityZone"), Resources: []policytest.Resource{{Name: "a", Type: subnetType, Properties: props{"availabilityZone": policytest.Unknown}}, {Name: "b", Type: subnetType, Properties: props{"availabilityZone": "eu-west-1b"}}, {Name: "subject", Type: vpcEndpointType, Properties: props{"subnetIds": []any{policytest.Ref("a"), policytest.Ref("b")}}}}},
	)
}
