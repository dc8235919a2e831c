package aws

import (
	"testing"

	"github.com/holdfast-iac/holdfast/policies/policytest"
)

func TestElastiCacheNoPublicSubnet(t *testing.T) {
	t.Parallel()
	policytest.Run(t, ElastiCacheNoPublicSubnet, policytest.Case{
		Name: "one of two subnets is public", Want: policytest.Fail("A route leads"),
		Resources: []policytest.Resource{
			{Name: "web", Type: subnetType}, {Name: "data", Type: subnetType},
			{Name: "public", Type: routeTableType, Properties: props{"routes": []any{props{"cidrBlock": "0.0.0.0/0", "gatewayId": "igw-0a1b"}}}},
			{Name: "joins", Type: routeTableAssociationType, Properties: props{"subnetId": policytest.Ref("web"), "routeTableId": policytest.Ref("public")}},
			{Name: "sessions", Type: cacheSubnetGroupType, Properties: props{"subnetIds": []any{policytest.Ref("data"), policytest.Ref("web")}}},
		},
	})
}
