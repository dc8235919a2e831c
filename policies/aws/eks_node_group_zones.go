package aws

import (
	"github.com/holdfast-iac/holdfast/policies/frameworks"
	"github.com/holdfast-iac/holdfast/policies/policy"
)

// EKSNodeGroupZones wants node groups to have subnets in more than one zone, or others of their cluster beside them in
// another: a group in each zone is what volumes and the Cluster Autoscaler want.
var EKSNodeGroupZones = policy.Policy{
	ID:       "aws-eks-node-group-zones",
	Title:    "Node groups must span zones.",
	Severity: policy.Medium,
	Level:    policy.Advisory,
	Rationale: "A zone that fails takes all nodes of a group with it that is in no other, and the pods that need " +
		"such nodes cannot start elsewhere.",
	Remediation: "Name subnets of at least two availability zones in subnetIds, or give the cluster a group in each of several " +
		"zones.",
	Controls: frameworks.Controls{SOC2: "A1.2", ISO27001: "A.8.14"}.List(),
	Tags:     []string{"reliability", "high-availability"},
	Bad: []policy.Example{
		{Name: "a", Type: subnetType, Properties: props{
			"vpcId": "vpc-1", "cidrBlock": "10.0.0.0/24", "availabilityZone": "eu-west-1a",
		}},
		{Name: "b", Type: subnetType, Properties: props{
			"vpcId": "vpc-1", "cidrBlock": "10.0.1.0/24", "availabilityZone": "eu-west-1a",
		}},
		{Name: "main", Type: nodeGroupType, Properties: props{
			"clusterName": "main", "nodeRoleArn": "arn:aws:iam::123456789012:role/node",
			"scalingConfig": props{"minSize": 2, "desiredSize": 2, "maxSize": 4},
			"subnetIds":     []any{"${a.id}", "${b.id}"},
		}},
	},
	Good: []policy.Example{
		{Name: "a", Type: subnetType, Properties: props{
			"vpcId": "vpc-1", "cidrBlock": "10.0.0.0/24", "availabilityZone": "eu-west-1a",
		}},
		{Name: "b", Type: subnetType, Properties: props{
			"vpcId": "vpc-1", "cidrBlock": "10.0.1.0/24", "availabilityZone": "eu-west-1b",
		}},
		{Name: "main", Type: nodeGroupType, Properties: props{
			"clusterName": "main", "nodeRoleArn": "arn:aws:iam::123456789012:role/node",
			"scalingConfig": props{"minSize": 2, "desiredSize": 2, "maxSize": 4},
			"subnetIds":     []any{"${a.id}", "${b.id}"},
		}},
	},
	Rules: []policy.Rule{
		policy.OnStack(func(r *policy.StackReport, stack struct {
			Subjects policy.Resources[eksNodeGroupZones] `pulumi:"aws:eks/nodeGroup:NodeGroup"`
			zones
		}) {
			spread := stack.zones.spread(stack.Subjects)
			stack.Subjects.Each(func(subject policy.Resource[eksNodeGroupZones]) {
				if why := stack.zones.single(subject.Node, "subnetIds", subject.Props.Subnets); why != "" && !spread(subject) {
					r.Fail(subject.Node, "%s", why)
				}
			})
		}),
	},
}

type eksNodeGroupZones struct {
	Subnets policy.List[string]  `pulumi:"subnetIds"`
	Cluster policy.Value[string] `pulumi:"clusterName"`
}

// spread makes what tells whether the groups of a group's cluster are in several zones together, or may be.
func (z zones) spread(all policy.Resources[eksNodeGroupZones]) func(policy.Resource[eksNodeGroupZones]) bool {
	first, groups := map[string]*policy.Node{}, map[*policy.Node][]*policy.Node{} // of a cluster, by its first group
	var unknown []policy.Value[string]
	for _, group := range all.Get() {
		if !group.Props.Cluster.Known() {
			unknown = append(unknown, group.Props.Cluster)
			continue
		}
		name := group.Props.Cluster.Get()
		if first[name] == nil {
			first[name] = group.Node
		}
		groups[first[name]] = append(groups[first[name]], group.Node)
	}
	together := policy.Memo(func(first *policy.Node) bool { return z.together(groups[first]) })
	return func(group policy.Resource[eksNodeGroupZones]) bool {
		for _, cluster := range unknown {
			cluster.Get() // it may be this one
		}
		return together(first[group.Props.Cluster.Get()])
	}
}

// together tells whether groups are in several zones together, or may be: a subnet of another stack may be in any zone.
func (z zones) together(groups []*policy.Node) bool {
	var placed []placedSubnet
	known := 0
	for _, group := range groups {
		before := len(placed)
		z.Subnets.EachReferredBy(group, "subnetIds", func(subnet policy.Resource[placedSubnet]) { placed = append(placed, subnet.Props) })
		if len(placed) > before {
			known++
		}
	}
	return len(groups) > 1 && (known < len(groups) || len(zonesOf(placed...)) != 1)
}
