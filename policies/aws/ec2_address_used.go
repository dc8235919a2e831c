package aws

import (
	"github.com/holdfast-iac/holdfast/policies/frameworks"
	"github.com/holdfast-iac/holdfast/policies/policy"
)

// EC2AddressUsed advises to give back addresses that nothing uses.
var EC2AddressUsed = policy.Policy{
	ID:       "aws-ec2-address-used",
	Title:    "Elastic addresses should be in use.",
	Severity: policy.Low,
	Level:    policy.Advisory,
	Rationale: "An address is paid for by the hour, used or not. Expected effect: saves the price of an idle " +
		"public IPv4 address for each, and an address less that a stranger's DNS record may still name.",
	Remediation: "Set instance or networkInterface, use the address for a NAT gateway or load balancer, or delete " +
		"it.",
	Controls: frameworks.Controls{SOC2: "A1.1", ISO27001: "A.8.6"}.List(),
	Tags:     []string{"optimization", "cost"},
	Peers:    []string{"Checkov CKV2_AWS_19", "AWS Config EIP_ATTACHED", "Security Hub EC2.12"},
	Bad: []policy.Example{
		{Name: "spare", Type: addressType, Properties: props{"domain": "vpc"}},
	},
	Good: []policy.Example{
		{Name: "out", Type: addressType, Properties: props{"domain": "vpc"}},
		{Name: "nat", Type: natGatewayType, Properties: props{"subnetId": "subnet-1", "allocationId": "${out.id}"}},
	},
	Rules: []policy.Rule{
		policy.OnStack(func(r *policy.StackReport, stack struct {
			Addresses policy.Resources[address] `pulumi:"aws:ec2/eip:Eip"`
		}) {
			stack.Addresses.Each(func(a policy.Resource[address]) {
				if len(a.Dependents()) == 0 && !policy.AnyOf(
					func() bool { return given(a.Node, "instance", a.Props.Instance) },
					func() bool { return given(a.Node, "networkInterface", a.Props.Interface) },
				) {
					r.Fail(a.Node, "Nothing of the stack uses it.")
				}
			})
		}),
	},
}

type address struct {
	Instance  policy.Value[string] `pulumi:"instance"`
	Interface policy.Value[string] `pulumi:"networkInterface"`
}
