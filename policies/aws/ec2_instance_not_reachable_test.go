package aws

import (
	"maps"
	"testing"

	"github.com/holdfast-iac/holdfast/policies/policytest"
)

func TestEC2InstanceNotReachable(t *testing.T) {
	t.Parallel()
	ref := policytest.Ref
	with := func(rest ...policytest.Resource) []policytest.Resource {
		return append([]policytest.Resource{
			{Name: "web", Type: subnetType},
			{Name: "public", Type: routeTableType, Properties: props{"routes": []any{props{"cidrBlock": "0.0.0.0/0", "gatewayId": "igw-0a1b"}}}},
			{Name: "joins", Type: routeTableAssociationType, Properties: props{"subnetId": ref("web"), "routeTableId": ref("public")}},
			{Name: "group", Type: securityGroupType},
			{Name: "server", Type: instanceType, Properties: props{"subnetId": ref("web"), "vpcSecurityGroupIds": []any{ref("group")}}},
		}, rest...)
	}
	rule := func(token string, properties props) policytest.Resource {
		properties["securityGroupId"] = ref("group")
		return policytest.Resource{Name: "rule", Type: token, Properties: properties}
	}
	in := func(properties props, token string) []policytest.Resource {
		server := policytest.Resource{Name: "server", Type: token, Properties: props{"vpcSecurityGroupIds": []any{ref("group")}}}
		maps.Copy(server.Properties, properties)
		return []policytest.Resource{
			{Name: "group", Type: securityGroupType}, server, rule(ingressRuleType, props{"ipProtocol": "-1", "cidrIpv4": "0.0.0.0/0"}),
		}
	}
	said := "its security groups let everybody in"
	policytest.Run(t, EC2InstanceNotReachable,
		policytest.Case{Name: "no rules", Resources: with(), Want: policytest.Pass()},
		policytest.Case{Name: "a rule of its own", Want: policytest.Fail(said), Resources: with(rule(securityGroupRuleType, props{
			"type": "ingress", "protocol": "tcp", "fromPort": 5432, "toPort": 5432, "cidrBlocks": []any{"0.0.0.0/0"}}))},
		policytest.Case{Name: "a rule of its own, for the office", Want: policytest.Pass(), Resources: with(rule(securityGroupRuleType, props{
			"type": "ingress", "protocol": "tcp", "fromPort": 22, "toPort": 22, "cidrBlocks": []any{"203.0.113.0/24"}}))},
		policytest.Case{Name: "a website over UDP", Want: policytest.Fail(said), Resources: with(rule(ingressRuleType, props{
			"ipProtocol": "udp", "fromPort": 443, "toPort": 443, "cidrIpv4": "0.0.0.0/0"}))},
		policytest.Case{Name: "ports up to a website's", Want: policytest.Fail(said), Resources: with(rule(ingressRuleType, props{
			"ipProtocol": "tcp", "fromPort": 79, "toPort": 80, "cidrIpv4": "0.0.0.0/0"}))},
		policytest.Case{Name: "ports from a website's on", Want: policytest.Fail(said), Resources: with(rule(ingressRuleType, props{
			"ipProtocol": "tcp", "fromPort": 80, "toPort": 81, "cidrIpv4": "0.0.0.0/0"}))},
		policytest.Case{Name: "out only", Want: policytest.Pass(), Resources: with(rule(securityGroupRuleType, props{
			"type": "egress", "protocol": "tcp", "fromPort": 5432, "toPort": 5432, "cidrBlocks": []any{"0.0.0.0/0"}}))},
		policytest.Case{Name: "an ingress rule over IPv6", Want: policytest.Fail(said), Resources: with(rule(ingressRuleType, props{
			"ipProtocol": "-1", "cidrIpv6": "::/0"}))},
		policytest.Case{Name: "a website", Want: policytest.Pass(), Resources: with(rule(ingressRuleType, props{
			"ipProtocol": "tcp", "fromPort": 80, "toPort": 80, "cidrIpv4": "0.0.0.0/0"}))},
		policytest.Case{Name: "no website by the settings", Config: map[string]any{"ports": []any{443}}, Want: policytest.Fail(said), Resources: with(rule(ingressRuleType, props{
			"ipProtocol": "tcp", "fromPort": 80, "toPort": 80, "cidrIpv4": "0.0.0.0/0"}))},
		policytest.Case{Name: "in a subnet without a route", Want: policytest.Pass(), Resources: []policytest.Resource{
			{Name: "inner", Type: subnetType}, {Name: "group", Type: securityGroupType},
			{Name: "server", Type: instanceType, Properties: props{"subnetId": ref("inner"), "vpcSecurityGroupIds": []any{ref("group")}}},
			rule(ingressRuleType, props{"ipProtocol": "-1", "cidrIpv4": "0.0.0.0/0"}),
		}},
		policytest.Case{Name: "in no subnet", Want: policytest.Fail(said), Resources: in(nil, instanceType)},
		policytest.Case{Name: "a spot request in no subnet", Want: policytest.Fail(said), Resources: in(nil, spotInstanceType)},
		policytest.Case{Name: "in a subnet elsewhere", Want: policytest.Pass(), Resources: in(props{"subnetId": "subnet-0a1b"}, instanceType)},
		policytest.Case{Name: "in the subnet of its interface", Want: policytest.Pass(), Resources: in(props{"networkInterfaces": []any{props{"networkInterfaceId": "eni-0a1b"}}}, instanceType)},
		policytest.Case{Name: "in the subnet of its template", Want: policytest.Pass(), Resources: in(props{"launchTemplate": props{"id": "lt-0a1b"}}, instanceType)},
		policytest.Case{Name: "in no subnet, and the default network leads nowhere", Want: policytest.Pass(), Resources: append(in(nil, instanceType),
			policytest.Resource{Name: "default", Type: defaultVPCType},
			policytest.Resource{Name: "taken", Type: defaultRouteTableType, Properties: props{"defaultRouteTableId": ref("default")}},
		)},
		policytest.Case{Name: "in a subnet that is not known yet", Want: policytest.Undetermined(".subnetId"), Resources: []policytest.Resource{
			{Name: "group", Type: securityGroupType},
			{Name: "server", Type: instanceType, Properties: props{"subnetId": policytest.Unknown, "vpcSecurityGroupIds": []any{ref("group")}}},
			rule(ingressRuleType, props{"ipProtocol": "-1", "cidrIpv4": "0.0.0.0/0"}),
		}},
		policytest.Case{Name: "a source that is not known yet", Want: policytest.Undetermined(".cidrIpv4"), Resources: with(rule(ingressRuleType, props{
			"ipProtocol": "tcp", "fromPort": 22, "toPort": 22, "cidrIpv4": policytest.Unknown}))},
	)
}
