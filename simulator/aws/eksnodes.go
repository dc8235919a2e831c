package aws

import (
	"strings"

	"github.com/holdfast-iac/holdfast/simulator"
)

// Sources: terraform-provider-aws, internal/service/eks/{node_group,fargate_profile}.go; the EKS API's CreateNodegroup
// and CreateFargateProfile; EKS guide, "Managed node groups" and "Amazon EKS Pod execution IAM role".

var nodeGroupKind = &simulator.Kind{
	Noun: "EKS Node Group",
	ID: func(c *simulator.Call) string {
		return c.Text("clusterName") + ":" + nodeGroupName(c)
	},
	NotFound: "ResourceNotFoundException: No node group found for name: %s.",
}

var fargateProfileKind = &simulator.Kind{
	Noun:     "EKS Fargate Profile",
	ID:       func(c *simulator.Call) string { return c.Text("clusterName") + ":" + c.Text("fargateProfileName") },
	NotFound: "ResourceNotFoundException: No Fargate Profile found with name: %s.",
}

const (
	eksNodeGroupSource = "https://docs.aws.amazon.com/eks/latest/APIReference/API_CreateNodegroup.html"
	eksTemplateSource  = "https://docs.aws.amazon.com/eks/latest/userguide/launch-templates.html"
	eksFargateSource   = "https://docs.aws.amazon.com/eks/latest/userguide/fargate-profile.html"
)

func nodeGroupName(c *simulator.Call) string {
	if prefix := c.Text("nodeGroupNamePrefix"); prefix != "" && !c.Given("nodeGroupName") {
		return prefix + c.Hex("nodeGroupNamePrefix", prefixDigits)
	}
	return c.Text("nodeGroupName")
}

// ofCluster holds nothing: what a cluster's deletion does is said by the cluster's constraints.
func ofCluster(onDelete simulator.OnDelete) simulator.Reference {
	return simulator.Reference{Property: "clusterName", To: kinds(eksClusterKind), OnDelete: onDelete}
}

func eksNodeTypes() []*simulator.Type {
	subnets := simulator.Reference{Property: "subnetIds[*]", To: kinds(subnetKind),
		NotFound: "InvalidParameterException: The subnet ID '%s' does not exist"}
	return []*simulator.Type{
		{
			Token:    "aws:eks/nodeGroup:NodeGroup",
			Kind:     nodeGroupKind,
			AutoName: &simulator.AutoName{Property: "nodeGroupName", MaxLength: 63, Separator: "-"},
			Immutable: []string{
				"amiType", "capacityType", "clusterName", "diskSize", "instanceTypes", "launchTemplate.id", "launchTemplate.name",
				"nodeGroupName", "nodeGroupNamePrefix", "nodeRoleArn", "remoteAccess", "subnetIds",
			},
			Sets:      []string{"subnetIds", "taints"},
			Fills:     []string{"launchTemplate.id", "launchTemplate.name"},
			Rules:     map[string]simulator.Rule{"nodeRoleArn": validARN},
			AtMostOne: [][]string{{"updateConfig.maxUnavailable", "updateConfig.maxUnavailablePercentage"}},
			References: []simulator.Reference{
				ofCluster(simulator.Ignore), subnets,
				ofRoleARN("nodeRoleArn", "InvalidParameterException: The role with name %s cannot be found."),
				{Property: "remoteAccess.sourceSecurityGroupIds[*]", To: kinds(securityGroupKind)},
			},
			Unique: []simulator.Unique{{
				Properties: []string{"clusterName", "nodeGroupName"},
				Error:      "ResourceInUseException: NodeGroup already exists with name %s",
			}},
			Constraints: nodeGroupConstraints(),
			API:         []string{"eks:CreateNodegroup", "eks:UpdateNodegroupConfig", "eks:UpdateNodegroupVersion"},
			Parameters: map[string]string{
				"subnetIds": "subnets", "nodeRoleArn": "nodeRole", "amiType": "", // the model knows those of 2024 only
			},
			Compute: computeNodeGroup,
		},
		{
			Token:      "aws:eks/fargateProfile:FargateProfile",
			Kind:       fargateProfileKind,
			AutoName:   &simulator.AutoName{Property: "fargateProfileName", MaxLength: 100, Separator: "-"},
			Immutable:  []string{"clusterName", "fargateProfileName", "podExecutionRoleArn", "selectors", "subnetIds"},
			Sets:       []string{"selectors", "subnetIds"},
			Rules:      map[string]simulator.Rule{"podExecutionRoleArn": validARN},
			References: []simulator.Reference{ofCluster(simulator.Ignore), subnets, ofRoleARN("podExecutionRoleArn", "")},
			Unique: []simulator.Unique{{
				Properties: []string{"clusterName", "fargateProfileName"},
				Error:      "InvalidRequestException: Fargate Profile already exists with this name: %s",
			}},
			Constraints: []simulator.Constraint{
				{Origin: simulator.Origin{ID: "aws-eks-pod-execution-role-trust", Source: eksFargateSource},
					Stage: simulator.AtApply,
					Error: "InvalidParameterException: Misconfigured PodExecutionRole Trust Policy of %s; Please add the " +
						"eks-fargate-pods.amazonaws.com Service Principal",
					Find: findUntrusting("podExecutionRoleArn", "eks-fargate-pods")},
				{Origin: simulator.Origin{ID: "aws-eks-fargate-private-subnets", Source: eksFargateSource},
					Stage: simulator.AtApply,
					Error: "InvalidParameterException: Subnet %s provided in Fargate Profile is not a private subnet",
					Find: func(c *simulator.Call, broken func(path string, args ...any)) {
						c.Each("subnetIds[*]", func(path, id string) {
							if facesInternet(c.Find(subnetKind, id)) {
								broken(path, id)
							}
						})
					}},
			},
			API:        []string{"eks:CreateFargateProfile"},
			Parameters: map[string]string{"subnetIds": "subnets"},
			Compute: func(c *simulator.Call) {
				c.Set("status", "ACTIVE")
				c.SetNew("arn", eksARN(c, "fargateprofile", c.Text("fargateProfileName")))
			},
		},
	}
}

// eksARN is the full name of what belongs to a cluster.
func eksARN(c *simulator.Call, kind, name string) string {
	return "arn:" + c.Partition + ":eks:" + c.Region + ":" + c.Account + ":" + kind + "/" + c.Text("clusterName") + "/" +
		name + "/" + guid(c, kind)
}

func nodeGroupConstraints() []simulator.Constraint {
	size := func(name string) string { return "scalingConfig." + name + "Size" }
	exceeds := func(low, high string) func(*simulator.Call, func(string, ...any)) {
		return func(c *simulator.Call, broken func(path string, args ...any)) {
			a, isKnown := c.Number(size(low))
			b, areKnown := c.Number(size(high))
			if isKnown && areKnown && a > b {
				broken(size(low), int(a), int(b))
			}
		}
	}
	return []simulator.Constraint{
		{Origin: simulator.Origin{ID: "aws-eks-node-role-trust",
			Source: "https://github.com/eksctl-io/eksctl/issues/3290"}, Stage: simulator.AtApply,
			Error: "InvalidParameterException: Following required service principals [ec2.amazonaws.com] were not found in " +
				"the trust relationships of nodeRole %s",
			Find: findUntrusting("nodeRoleArn", "ec2")},
		{Origin: simulator.Origin{ID: "aws-eks-nodes-minimum", Source: eksNodeGroupSource}, Stage: simulator.AtCheck,
			Error: "InvalidParameterException: Minimum capacity %d can't be greater than desired size %d",
			Find:  exceeds("min", "desired")},
		{Origin: simulator.Origin{ID: "aws-eks-nodes-maximum", Source: eksNodeGroupSource}, Stage: simulator.AtCheck,
			Error: "InvalidParameterException: Desired capacity %d can't be greater than max size %d",
			Find:  exceeds("desired", "max")},
		{Origin: simulator.Origin{ID: "aws-eks-disk-in-template", Source: eksTemplateSource}, Stage: simulator.AtCheck,
			Error: "InvalidParameterException: Disk size must be specified within the launch template.",
			Find: func(c *simulator.Call, broken func(path string, args ...any)) {
				if c.Given("launchTemplate") && c.Given("diskSize") {
					broken("diskSize")
				}
			}},
		{Origin: simulator.Origin{ID: "aws-eks-nodes-newer-than-cluster",
			Source: "https://docs.aws.amazon.com/eks/latest/userguide/update-managed-node-group.html"}, Stage: simulator.AtApply,
			Error: "InvalidParameterException: Nodegroup version %s is newer than the cluster's version %s",
			Find: func(c *simulator.Call, broken func(path string, args ...any)) {
				cluster := c.Find(eksClusterKind, c.Text("clusterName")).Text("version")
				if version := c.Text("version"); minorOf(version) > minorOf(cluster) {
					broken("version", version, cluster)
				}
			}},
		{Origin: simulator.Origin{ID: "aws-eks-nodes-in-cluster-vpc", Source: eksNodeGroupSource}, Stage: simulator.AtApply,
			Error: "InvalidParameterException: The subnet %s is not in the VPC of the cluster",
			Find: func(c *simulator.Call, broken func(path string, args ...any)) {
				vpc := networkOf(c.Find(eksClusterKind, c.Text("clusterName")).Target(subnetKind))
				c.Each("subnetIds[*]", func(path, id string) {
					if networkOf(c.Find(subnetKind, id)) != vpc {
						broken(path, id)
					}
				})
			}},
	}
}

func computeNodeGroup(c *simulator.Call) {
	name := nodeGroupName(c)
	group := "eks-" + name + "-" + guid(c, "autoscaling group")
	fromTemplate := c.Given("launchTemplate")
	c.SetNew("nodeGroupName", name)
	c.SetNew("nodeGroupNamePrefix", "")
	c.SetNew("arn", eksARN(c, "nodegroup", name))
	c.Set("status", "ACTIVE")
	c.SetNew("capacityType", "ON_DEMAND")
	c.SetNew("amiType", "AL2023_x86_64_STANDARD")
	c.SetNew("version", c.Find(eksClusterKind, c.Text("clusterName")).Text("version"))
	c.SetNew("releaseVersion", c.Outputs["version"].StringValue()+".0-20250101")
	c.SetNew("nodeRepairConfig", map[string]any{"enabled": false})
	c.SetNew("updateConfig", map[string]any{"maxUnavailable": 1})
	if fromTemplate {
		c.SetNew("diskSize", 0)
		fillIn(c, "launchTemplate", map[string]any{"id": "", "name": ""})
	} else {
		c.SetNew("diskSize", 20)
		c.SetNew("instanceTypes", []string{"t3.medium"})
	}
	remote := ""
	if c.Given("remoteAccess") {
		remote = "sg-" + c.Hex("remote access", idDigits)
	}
	c.Set("resources", []any{map[string]any{
		"autoscalingGroups": []any{map[string]any{"name": group}}, "remoteAccessSecurityGroupId": remote,
	}})
}

// facesInternet reports whether a subnet has a route to an internet gateway.
func facesInternet(subnet *simulator.Object) bool {
	var tables []*simulator.Object
	for _, association := range subnet.Users(routeAssociationKind) {
		tables = append(tables, association.Target(routeTableKind))
	}
	if len(tables) == 0 {
		if vpc := networkOf(subnet); vpc != nil {
			tables = append(tables, vpc.Owned(routeTableKind))
		}
	}
	for _, table := range tables {
		if table == nil {
			continue
		}
		if table.Target(internetGatewayKind) != nil {
			return true
		}
		for _, route := range table.Users(routeKind) {
			if strings.HasPrefix(route.Text("gatewayId"), internetGatewayKind.IDPrefix) {
				return true
			}
		}
	}
	return false
}
