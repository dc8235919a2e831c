package aws

import (
	"github.com/holdfast-iac/holdfast/policies/frameworks"
	"github.com/holdfast-iac/holdfast/policies/policy"
)

// EC2InstanceNotReachable keeps instances out of reach of the internet, but for websites: it follows the way from the
// internet gateway by routes, subnet and security groups. An instance that names no subnet is in the default VPC. Its setting "ports" replaces 80 and 443 by other ports.
var EC2InstanceNotReachable = policy.Policy{
	ID:       "aws-ec2-instance-not-reachable",
	Title:    "Instances must not be reachable from the internet on ports other than those of websites.",
	Severity: policy.Critical,
	Level:    policy.Mandatory,
	Rationale: "An instance in a public subnet whose security group lets everybody in is attacked from its first " +
		"minute. Each of the two alone may be meant; together they are a way in.",
	Remediation: "Move the instance to a private subnet behind a load balancer, or narrow the sources of its security " +
		"groups' rules.",
	Controls: frameworks.Controls{SOC2: "CC6.6", ISO27001: "A.8.20 A.8.22"}.List(),
	Tags:     []string{"security", "network", "public-access"},
	Bad: append(inPublicSubnet(),
		policy.Example{Name: "open", Type: securityGroupType, Properties: props{
			"ingress": []any{props{"protocol": "tcp", "fromPort": 0, "toPort": 65535, "cidrBlocks": []any{"0.0.0.0/0"}}},
		}},
		policy.Example{Name: "worker", Type: instanceType, Properties: props{
			"ami": "ami-0abc", "instanceType": "t4g.small", "subnetId": "${web.id}", "vpcSecurityGroupIds": []any{"${open.id}"},
		}}),
	Good: append(inPublicSubnet(),
		policy.Example{Name: "site", Type: securityGroupType, Properties: props{
			"ingress": []any{props{"protocol": "tcp", "fromPort": 443, "toPort": 443, "cidrBlocks": []any{"0.0.0.0/0"}}},
		}},
		policy.Example{Name: "server", Type: instanceType, Properties: props{
			"ami": "ami-0abc", "instanceType": "t4g.small", "subnetId": "${web.id}", "vpcSecurityGroupIds": []any{"${site.id}"},
		}}),
	Config: websitePorts{Ports: []int{80, 443}},
	Rules: []policy.Rule{
		policy.OnStack(func(r *policy.StackReport, stack struct {
			Instances policy.Resources[reachableInstance] `pulumi:"aws:ec2/instance:Instance,aws:ec2/spotInstanceRequest:SpotInstanceRequest"`
			routing
			firewalls
		}) {
			public := stack.publicSubnets()
			open := stack.openGroups(policy.Settings[websitePorts](r).Ports...)
			stack.Instances.Each(func(i policy.Resource[reachableInstance]) {
				if policy.AllOf(
					func() bool {
						return policy.AnyOf(
							func() bool { return public.anyOf(i.Node, "subnetId") },
							func() bool { return i.Props.inDefaultVPC() && public.defaultVPC() },
						)
					},
					func() bool { return open.anyOf(i.Node, "vpcSecurityGroupIds") },
				) {
					r.Fail(i.Node, "A route leads to it from an internet gateway, and its security groups let everybody in.")
				}
			})
		}),
	},
}

// websitePorts are the policy's settings.
type websitePorts struct {
	Ports []int `pulumi:"ports" min:"0" max:"65535" description:"Ports that may be open to the internet."`
}

type reachableInstance struct {
	placed
	Groups policy.List[string] `pulumi:"vpcSecurityGroupIds"`
}
