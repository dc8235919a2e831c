package aws

import (
	"github.com/holdfast-iac/holdfast/policies/frameworks"
	"github.com/holdfast-iac/holdfast/policies/policy"
)

// EKSNodesNoPublicSubnet keeps the nodes of clusters in subnets without a route to the internet.
var EKSNodesNoPublicSubnet = policy.Policy{
	ID:       "aws-eks-nodes-no-public-subnet",
	Title:    "Node groups must be in subnets without a route to an internet gateway.",
	Severity: policy.High,
	Level:    policy.Mandatory,
	Rationale: "Nodes in a public subnet show the kubelet and every node port to the internet as soon as a security " +
		"group lets it in. Load balancers are what belongs there.",
	Remediation: "Set subnetIds to private subnets, which reach the internet by a NAT gateway or not at all.",
	Controls:    frameworks.Controls{SOC2: "CC6.1 CC6.6", ISO27001: "A.8.20 A.8.22"}.List(),
	Tags:        []string{"security", "network"},
	Bad: append(inPublicSubnet(), policy.Example{Name: "nodes", Type: nodeGroupType, Properties: props{
		"clusterName": "shop", "nodeRoleArn": "arn:aws:iam::123456789012:role/nodes", "subnetIds": []any{"${web.id}"},
		"scalingConfig": props{"desiredSize": 2, "minSize": 2, "maxSize": 4},
	}}),
	Good: append(inPublicSubnet(),
		policy.Example{Name: "private", Type: subnetType, Properties: props{"vpcId": "vpc-0a1b2c3d", "cidrBlock": "10.0.1.0/24"}},
		policy.Example{Name: "nodes", Type: nodeGroupType, Properties: props{
			"clusterName": "shop", "nodeRoleArn": "arn:aws:iam::123456789012:role/nodes", "subnetIds": []any{"${private.id}"},
			"scalingConfig": props{"desiredSize": 2, "minSize": 2, "maxSize": 4},
		}}),
	Rules: []policy.Rule{
		policy.OnStack(func(r *policy.StackReport, stack struct {
			Groups policy.Resources[subnetGroup] `pulumi:"aws:eks/nodeGroup:NodeGroup"`
			routing
		}) {
			checkPrivateGroups(r, stack.Groups, stack.routing)
		}),
	},
}
