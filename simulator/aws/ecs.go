package aws

import (
	"slices"
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"

	"github.com/holdfast-iac/holdfast/simulator"
)

// Sources: terraform-provider-aws, internal/service/ecs/{cluster,cluster_capacity_providers,capacity_provider,
// cluster_data_source}.go; the ECS API's CreateCluster, PutClusterCapacityProviders, DeleteCluster.

var ecsClusterKind = &simulator.Kind{
	Noun:     "ECS Cluster",
	ID:       func(c *simulator.Call) string { return ecsARN(c, "cluster", c.Text("name")) },
	ARN:      "{id}",
	Name:     "name",
	NotFound: "ClusterNotFoundException: Cluster not found: %s",
}

var capacityProviderKind = &simulator.Kind{
	Noun:     "ECS Capacity Provider",
	ID:       func(c *simulator.Call) string { return ecsARN(c, "capacity-provider", c.Text("name")) },
	ARN:      "{id}",
	Name:     "name",
	NotFound: "ClientException: The specified capacity provider does not exist: %s",
	InUse: "ResourceInUseException: The specified capacity provider %s is in use and cannot be removed: a cluster is " +
		"associated with it",
}

var clusterCapacityKind = &simulator.Kind{
	Noun: "ECS Cluster Capacity Providers",
	ID:   func(c *simulator.Call) string { return c.Text("clusterName") },
}

const (
	ecsClusterDelete  = "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DeleteCluster.html"
	ecsCapacitySource = "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CreateService.html"
)

// fargateProviders are the capacity providers that AWS has for everyone.
var fargateProviders = []string{"FARGATE", "FARGATE_SPOT"}

func ecsARN(c *simulator.Call, kind, name string) string {
	return "arn:" + c.Partition + ":ecs:" + c.Region + ":" + c.Account + ":" + kind + "/" + name
}

func ecsTypes() []*simulator.Type {
	return slices.Concat(ecsClusterTypes(), taskDefinitionTypes(), ecsServiceTypes())
}

func ecsClusterTypes() []*simulator.Type {
	ownProvider := simulator.Reference{
		Property: "capacityProviders[*]", To: kinds(capacityProviderKind), By: simulator.ByName,
		NotFound: "ClientException: The specified capacity provider '%s' was not found.",
		Address: func(_ *simulator.Call, name string) (string, bool) {
			return name, !slices.Contains(fargateProviders, name)
		},
	}
	return []*simulator.Type{
		{
			Token:     "aws:ecs/cluster:Cluster",
			Kind:      ecsClusterKind,
			Immutable: []string{"name"},
			Sets:      []string{"settings"},
			Rules: map[string]simulator.Rule{
				"name": simulator.Matches(`^[0-9A-Za-z_-]{1,255}$`, "up to 255 letters, digits, - and _ are"),
				"configuration.executeCommandConfiguration.logging": simulator.OneOf("DEFAULT", "NONE", "OVERRIDE"),
			},
			References: []simulator.Reference{
				ofARN("configuration.executeCommandConfiguration.kmsKeyId", ":kms:",
					"InvalidParameterException: The KMS key %s does not exist", keyKind),
			},
			Unique: []simulator.Unique{{
				Properties: []string{"name"},
				Error:      "ClientException: the cluster %s exists already, and creating it would take it over",
			}},
			Constraints: []simulator.Constraint{
				{Origin: simulator.Origin{ID: "aws-ecs-services-before-cluster", Source: ecsClusterDelete},
					Stage: simulator.AtDelete,
					Error: "ClusterContainsServicesException: The Cluster cannot be deleted while Services are active.",
					Find:  findAttached(ecsServiceKind)},
				{Origin: simulator.Origin{ID: "aws-ecs-exec-log-override",
					Source: "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ExecuteCommandConfiguration.html"},
					Stage: simulator.AtCheck,
					Error: "InvalidParameterException: logging OVERRIDE needs a logConfiguration, and no other logging takes one",
					Find: func(c *simulator.Call, broken func(path string, args ...any)) {
						const exec = "configuration.executeCommandConfiguration"
						override := c.Text(exec+".logging") == "OVERRIDE"
						if c.Given(exec) && c.Known(exec) && override && !c.Given(exec+".logConfiguration") {
							broken(exec + ".logging")
						}
					}},
			},
			API:        []string{"ecs:CreateCluster", "ecs:UpdateCluster"},
			Parameters: map[string]string{"name": "clusterName"},
			Compute: func(c *simulator.Call) {
				c.Set("name", c.Text("name"))
				c.SetNew("settings", []any{map[string]any{"name": "containerInsights", "value": "disabled"}})
			},
		},
		{
			Token:     "aws:ecs/capacityProvider:CapacityProvider",
			Kind:      capacityProviderKind,
			Immutable: []string{"autoScalingGroupProvider.autoScalingGroupArn", "name"},
			Rules: map[string]simulator.Rule{
				"autoScalingGroupProvider.autoScalingGroupArn": validARN,
				"name": simulator.Matches(`^[0-9A-Za-z_-]{1,255}$`, "up to 255 letters, digits, - and _ are"),
			},
			Unique: []simulator.Unique{{
				Properties: []string{"name"},
				Error:      "ClientException: The specified capacity provider already exists: %s",
			}},
			Constraints: []simulator.Constraint{
				{Origin: simulator.Origin{ID: "aws-ecs-capacity-provider-name",
					Source: "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CreateCapacityProvider.html"},
					Stage: simulator.AtCheck,
					Error: "ClientException: The specified capacity provider name is invalid: %s",
					Find: func(c *simulator.Call, broken func(path string, args ...any)) {
						name := strings.ToLower(c.Text("name"))
						for _, reserved := range []string{"aws", "ecs", "fargate"} {
							if strings.HasPrefix(name, reserved) {
								broken("name", c.Text("name"))
							}
						}
					}},
			},
			API: []string{"ecs:CreateCapacityProvider", "ecs:UpdateCapacityProvider"},
		},
		{
			Token:     "aws:ecs/clusterCapacityProviders:ClusterCapacityProviders",
			Kind:      clusterCapacityKind,
			Immutable: []string{"clusterName"},
			Sets:      []string{"capacityProviders", "defaultCapacityProviderStrategies"},
			References: []simulator.Reference{
				{Property: "clusterName", To: kinds(ecsClusterKind), By: simulator.ByName, OnDelete: simulator.Follow}, ownProvider,
			},
			Constraints: []simulator.Constraint{{
				Origin: simulator.Origin{ID: "aws-ecs-default-strategy-associated",
					Source: "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_PutClusterCapacityProviders.html"},
				Stage: simulator.AtCheck,
				Error: "InvalidParameterException: The default capacity provider strategy names %s, which is not among the " +
					"cluster's capacity providers",
				Find: func(c *simulator.Call, broken func(path string, args ...any)) {
					if !c.Known("capacityProviders") {
						return
					}
					c.Each("defaultCapacityProviderStrategies[*].capacityProvider", func(path, name string) {
						if !slices.Contains(c.Texts("capacityProviders[*]"), name) {
							broken(path, name)
						}
					})
				},
			}},
			API: []string{"ecs:PutClusterCapacityProviders"},
			// Both lists must be given; the provider sends empty ones.
			Parameters: map[string]string{
				"clusterName": "cluster", "capacityProviders": "", "defaultCapacityProviderStrategies": "",
			},
		},
	}
}

// clusterNamed returns a cluster by its name or ARN.
func clusterNamed(c *simulator.Call, name string) *simulator.Object {
	if strings.HasPrefix(name, "arn:") {
		return c.FindBy(ecsClusterKind, simulator.ByARN, name)
	}
	return c.FindBy(ecsClusterKind, simulator.ByName, name)
}

func ecsLookups() []*simulator.Lookup {
	return []*simulator.Lookup{
		{Token: "aws:ecs/getCluster:getCluster", Answer: func(c *simulator.Call) resource.PropertyMap {
			cluster := clusterNamed(c, c.Text("clusterName"))
			if cluster == nil {
				c.Fail("clusterName", ecsClusterKind.NotFound, c.Text("clusterName"))
				return nil
			}
			setNew(c, map[string]any{
				"arn": cluster.ID, "id": cluster.ID, "status": "ACTIVE", "pendingTasksCount": 0, "runningTasksCount": 0,
				"registeredContainerInstancesCount": 0, "serviceConnectDefaults": []any{},
			})
			c.Outputs["settings"] = cluster.Output("settings")
			c.Outputs["tags"] = resource.NewObjectProperty(cluster.Tags())
			return c.Outputs
		}},
		{Token: "aws:ecs/getTaskDefinition:getTaskDefinition", Answer: lookUpTaskDefinition},
	}
}
