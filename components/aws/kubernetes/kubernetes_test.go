package kubernetes

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/holdfast-iac/holdfast/components/componenttest"
	"github.com/holdfast-iac/holdfast/components/spec"
)

// The types of the children that tests look for.
const (
	clusterType     = "aws:eks/cluster:Cluster"
	poolType        = "aws:eks/nodeGroup:NodeGroup"
	templateType    = "aws:ec2/launchTemplate:LaunchTemplate"
	addonType       = "aws:eks/addon:Addon"
	entryType       = "aws:eks/accessEntry:AccessEntry"
	associationType = "aws:eks/accessPolicyAssociation:AccessPolicyAssociation"
	podType         = "aws:eks/podIdentityAssociation:PodIdentityAssociation"
	roleType        = "aws:iam/role:Role"
	inlineType      = "aws:iam/rolePolicy:RolePolicy"
	attachmentType  = "aws:iam/rolePolicyAttachment:RolePolicyAttachment"
	keyType         = "aws:kms/key:Key"
	aliasType       = "aws:kms/alias:Alias"
	logGroupType    = "aws:cloudwatch/logGroup:LogGroup"
	ruleType        = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule"
)

// create makes a cluster in the private subnets of a network.
func create(ctx *pulumi.Context, name string, args *Args, opts ...pulumi.ResourceOption) (*Kubernetes, error) {
	_, network, err := componenttest.AWSWorld(ctx)
	if err != nil {
		return nil, err
	}
	args.VpcID, args.SubnetIDs = network.VpcID, network.PrivateIn
	return New(ctx, name, args, opts...)
}

// inZones makes the zero cluster in some zones of a network.
func inZones(ctx *pulumi.Context, name string, zones []string) error {
	_, network, err := componenttest.AWSWorld(ctx)
	if err != nil {
		return err
	}
	args := &Args{VpcID: network.VpcID, SubnetIDs: map[string]pulumi.StringInput{}}
	for _, zone := range zones {
		args.SubnetIDs[zone] = network.PrivateIn[zone]
	}
	_, err = New(ctx, name, args)
	return err
}

// run creates a cluster on the simulated AWS and returns what it registered.
func run(t *testing.T, args *Args, check ...func(*Kubernetes)) componenttest.Recording {
	t.Helper()
	r, err := componenttest.Run(componenttest.SimulatedAWS(t, "us-east-1"), func(ctx *pulumi.Context) error {
		k, err := create(ctx, "main", args)
		for _, c := range check {
			c(k)
		}
		return err
	})
	require.NoError(t, err)
	return r
}

func named(t require.TestingT, r componenttest.Recording, token, name string) componenttest.Resource {
	res, ok := r.Named(token, name)
	require.True(t, ok, "%s %s in %v", token, name, r.URNs())
	return res
}

func TestConformance(t *testing.T) {
	t.Parallel()
	config := func(r componenttest.Recording) resource.PropertyMap { return r.OfType(clusterType)[0].Inputs }
	componenttest.Kubernetes(t, componenttest.KubernetesDriver{
		Driver: componenttest.AWS("kubernetes cluster", Token,
			func(ctx *pulumi.Context, name string, k spec.Kubernetes, opts ...pulumi.ResourceOption) error {
				_, err := create(ctx, name, &Args{Kubernetes: k}, opts...)
				return err
			}, inlineType, attachmentType, aliasType, associationType),
		ClusterType: clusterType, PoolType: poolType,
		PublicAPI: func(r componenttest.Recording) bool {
			return config(r)["vpcConfig"].ObjectValue()["endpointPublicAccess"].BoolValue()
		},
		Logged: func(r componenttest.Recording) bool {
			types := config(r)["enabledClusterLogTypes"]
			_, kept := r.Named(logGroupType, "main-logs")
			return kept && types.IsArray() && len(types.ArrayValue()) == len(logTypes)
		},
		Updated: func(r componenttest.Recording) bool {
			return config(r)["upgradePolicy"].ObjectValue()["supportType"].StringValue() == "STANDARD"
		},
		Seen: func(r componenttest.Recording) bool {
			_, agent := r.Named(addonType, "main-"+observability)
			_, kept := r.Named(logGroupType, "main-agent-performance")
			return agent && kept
		},
		Zones: []string{"us-east-1a", "us-east-1b", "us-east-1c"}, InZones: inZones, Replaced: componenttest.AWSReplaced,
		Spot:     func(pool componenttest.Resource) bool { return pool.Inputs["capacityType"].StringValue() == "SPOT" },
		Hardened: assertHardened,
	})
}

func assertHardened(t require.TestingT, r componenttest.Recording) {
	cluster := r.OfType(clusterType)[0].Inputs
	assert.Equal(t, "secrets", cluster["encryptionConfig"].ObjectValue()["resources"].ArrayValue()[0].StringValue())
	assert.True(t, cluster["vpcConfig"].ObjectValue()["endpointPrivateAccess"].BoolValue())
	assert.False(t, cluster["accessConfig"].ObjectValue()["bootstrapClusterCreatorAdminPermissions"].BoolValue())
	assert.Equal(t, "API", cluster["accessConfig"].ObjectValue()["authenticationMode"].StringValue())
	assert.True(t, cluster["zonalShiftConfig"].ObjectValue()["enabled"].BoolValue())
	require.NotEmpty(t, r.OfType(templateType))
	for _, template := range r.OfType(templateType) {
		metadata := template.Inputs["metadataOptions"].ObjectValue()
		assert.Equal(t, "required", metadata["httpTokens"].StringValue())
		assert.Equal(t, 1.0, metadata["httpPutResponseHopLimit"].NumberValue(), "pods do not reach the nodes' role")
		disk := template.Inputs["blockDeviceMappings"].ArrayValue()[0].ObjectValue()["ebs"].ObjectValue()
		assert.Equal(t, "true", disk["encrypted"].StringValue())
		assert.Contains(t, disk["kmsKeyId"].StringValue(), ":key/", "a key of the cluster's own")
		assert.NotContains(t, template.Inputs, resource.PropertyKey("keyName"))
		assert.NotContains(t, template.Inputs, resource.PropertyKey("networkInterfaces"))
	}
	for _, pool := range r.OfType(poolType) {
		assert.NotContains(t, pool.Inputs, resource.PropertyKey("remoteAccess"))
		assert.True(t, pool.Inputs["nodeRepairConfig"].ObjectValue()["enabled"].BoolValue())
		assert.Equal(t, []string{"scalingConfig.desiredSize"}, pool.Request.GetIgnoreChanges())
		assert.NotContains(t, pool.Inputs, resource.PropertyKey("nodeGroupName"), "a fixed name would keep a group from its replacement")
	}
}

func TestPool(t *testing.T) {
	t.Parallel()
	r := run(t, &Args{Kubernetes: spec.Kubernetes{Pools: map[string]spec.NodePool{
		"main": {},
		"gpu": {
			Min: 2, Max: 4, Types: []string{"g5.xlarge"}, DiskGiB: 100, Labels: map[string]string{"kind": "gpu"},
			Taints: map[string]spec.Taint{"gpu": {Value: "yes"}, "x": {Effect: "NoExecute"}},
		},
		"arm": {Arm: true},
	}}})
	main := named(t, r, poolType, "main-pool-main-us-east-1a").Inputs
	assert.Equal(t, []resource.PropertyValue{resource.NewProperty("m7i.large"), resource.NewProperty("m6i.large")}, main["instanceTypes"].ArrayValue())
	assert.Equal(t, "AL2023_x86_64_STANDARD", main["amiType"].StringValue())
	assert.Equal(t, "1", main["launchTemplate"].ObjectValue()["version"].StringValue(), "a number, not $Latest")
	assert.Equal(t, resource.NewPropertyMapFromMap(map[string]any{"minSize": 1.0, "desiredSize": 1.0, "maxSize": 3.0}), main["scalingConfig"].ObjectValue())
	for _, zone := range []string{"a", "b", "c"} {
		group := named(t, r, poolType, "main-pool-main-us-east-1"+zone)
		assert.Len(t, group.Inputs["subnetIds"].ArrayValue(), 1, "a volume and the node that it is for are in one zone")
		assert.Equal(t, "main-main-us-east-1"+zone+"-", group.Inputs["nodeGroupNamePrefix"].StringValue())
	}
	gpu := named(t, r, poolType, "main-pool-gpu-us-east-1a").Inputs
	assert.Equal(t, []resource.PropertyValue{
		resource.NewProperty(resource.NewPropertyMapFromMap(map[string]any{"key": "gpu", "value": "yes", "effect": "NO_SCHEDULE"})),
		resource.NewProperty(resource.NewPropertyMapFromMap(map[string]any{"key": "x", "effect": "NO_EXECUTE"})),
	}, gpu["taints"].ArrayValue())
	assert.Equal(t, "gpu", gpu["labels"].ObjectValue()["kind"].StringValue())
	disk := named(t, r, templateType, "main-pool-gpu").Inputs["blockDeviceMappings"].ArrayValue()[0].ObjectValue()["ebs"].ObjectValue()
	assert.Equal(t, 100.0, disk["volumeSize"].NumberValue())
	assert.Equal(t, "AL2023_ARM_64_STANDARD", named(t, r, poolType, "main-pool-arm-us-east-1a").Inputs["amiType"].StringValue())
}

// What a pool has is shared out over the zones, no more and no less, and no share grows with a zone more.
func TestShares(t *testing.T) {
	t.Parallel()
	for total := 2; total <= 30; total++ {
		for zones := 2; zones <= 6; zones++ {
			sum := 0
			for i := range zones {
				share := shareOf(total, zones, i)
				sum += share
				assert.GreaterOrEqual(t, shareOf(total, zones-1, max(i-1, 0)), share)
			}
			assert.Equal(t, total, sum)
		}
	}
}

// EKS takes no zone later that the cluster was not created with: more of them are the nodes' alone.
func TestControlPlaneZones(t *testing.T) {
	t.Parallel()
	subnets := func(r componenttest.Recording) int {
		return len(named(t, r, clusterType, "main-cluster").Inputs["vpcConfig"].ObjectValue()["subnetIds"].ArrayValue())
	}
	r := run(t, &Args{})
	assert.Equal(t, 3, subnets(r))
	assert.Equal(t, []string{"vpcConfig.subnetIds"}, named(t, r, clusterType, "main-cluster").Request.GetIgnoreChanges())
	r = run(t, &Args{ControlPlaneZones: []string{"us-east-1a", "us-east-1c"}})
	assert.Equal(t, 2, subnets(r))
	assert.Empty(t, named(t, r, clusterType, "main-cluster").Request.GetIgnoreChanges(), "what is said is done")
	assert.Len(t, r.OfType(poolType), 3)
}

// Nodes come after what makes them ready, and what runs on nodes comes after them.
func TestOrder(t *testing.T) {
	t.Parallel()
	r := run(t, &Args{})
	needs := func(token, name string) []string { return named(t, r, token, name).Request.GetDependencies() }
	urn := func(token, name string) string { return string(named(t, r, token, name).URN) }
	for _, addon := range []string{"main-vpc-cni", "main-kube-proxy", "main-eks-pod-identity-agent"} {
		assert.Contains(t, needs(poolType, "main-pool-main-us-east-1a"), urn(addonType, addon))
	}
	assert.Contains(t, needs(poolType, "main-pool-main-us-east-1b"), urn(poolType, "main-pool-main-us-east-1a"), "one zone after another")
	assert.Contains(t, needs(addonType, "main-vpc-cni"), urn(addonType, "main-eks-pod-identity-agent"))
	assert.Contains(t, needs(addonType, "main-vpc-cni"), urn(attachmentType, "main-vpc-cni-addon"))
	for _, addon := range []string{"main-coredns", "main-aws-ebs-csi-driver", "main-metrics-server"} {
		assert.Contains(t, needs(addonType, addon), urn(poolType, "main-pool-main-us-east-1c"))
	}
	assert.Contains(t, needs(clusterType, "main-cluster"), urn(logGroupType, "main-logs"))
	assert.Contains(t, needs(clusterType, "main-cluster"), urn(attachmentType, "main-control-plane-cluster"))
	assert.Equal(t, "/aws/eks/holdfast-test-main/cluster", named(t, r, logGroupType, "main-logs").Inputs["name"].StringValue())
}

func TestAccess(t *testing.T) {
	t.Parallel()
	r, err := componenttest.Run(componenttest.SimulatedAWS(t, "us-east-1"), func(ctx *pulumi.Context) error {
		world, network, err := componenttest.AWSWorld(ctx)
		if err != nil {
			return err
		}
		trust := pulumi.String(`{"Statement":{"Effect":"Allow","Principal":{"Service":"pods.eks.amazonaws.com"},"Action":["sts:AssumeRole","sts:TagSession"]}}`)
		role, err := world.Add("aws:iam/role:Role", "somebody", pulumi.Map{"name": pulumi.String("somebody"), "assumeRolePolicy": trust})
		if err != nil {
			return err
		}
		other, err := world.Add("aws:iam/role:Role", "people", pulumi.Map{"name": pulumi.String("people"), "assumeRolePolicy": trust})
		if err != nil {
			return err
		}
		_, err = New(ctx, "main", &Args{
			VpcID: network.VpcID, SubnetIDs: network.PrivateIn,
			Access: map[string]Access{
				"admins": {PrincipalARN: role.ARN, Policy: "cluster-admin"},
				"people": {PrincipalARN: other.ARN, Namespaces: []string{"shop", "shop-*"}},
			},
			PodRoles:      map[string]PodRole{"orders": {Namespace: "shop", ServiceAccount: "orders", RoleARN: role.ARN}},
			AddonVersions: map[string]string{"coredns": "v1.11.4-eksbuild.2"},
		})
		return err
	})
	require.NoError(t, err)
	assert.Equal(t, "arn:aws:iam::123456789012:role/somebody", named(t, r, entryType, "main-access-admins").Inputs["principalArn"].StringValue())
	admins := named(t, r, associationType, "main-access-admins").Inputs
	assert.Equal(t, "arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy", admins["policyArn"].StringValue())
	assert.Equal(t, "cluster", admins["accessScope"].ObjectValue()["type"].StringValue())
	people := named(t, r, associationType, "main-access-people").Inputs
	assert.Equal(t, "arn:aws:eks::aws:cluster-access-policy/AmazonEKSViewPolicy", people["policyArn"].StringValue())
	assert.Equal(t, resource.NewPropertyMapFromMap(map[string]any{"type": "namespace", "namespaces": []any{"shop", "shop-*"}}), people["accessScope"].ObjectValue())
	assert.Equal(t, "orders", named(t, r, podType, "main-pod-orders").Inputs["serviceAccount"].StringValue())
	assert.Equal(t, "v1.11.4-eksbuild.2", named(t, r, addonType, "main-coredns").Inputs["addonVersion"].StringValue(), "pinned")
	assert.JSONEq(t, `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"pods.eks.amazonaws.com"},
		"Action":["sts:AssumeRole","sts:TagSession"],"Condition":{"StringEquals":{"aws:SourceAccount":"123456789012"},
			"ArnLike":{"aws:SourceArn":"arn:aws:eks:us-east-1:123456789012:cluster/holdfast-test-main"}}}]}`,
		named(t, r, roleType, "main-vpc-cni").Inputs["assumeRolePolicy"].StringValue())
}

func TestClientsAndKey(t *testing.T) {
	t.Parallel()
	r, err := componenttest.Run(componenttest.SimulatedAWS(t, "us-east-1"), func(ctx *pulumi.Context) error {
		world, network, err := componenttest.AWSWorld(ctx)
		if err != nil {
			return err
		}
		given, err := world.Add("aws:kms/key:Key", "given", pulumi.Map{})
		if err != nil {
			return err
		}
		_, err = New(ctx, "main", &Args{
			VpcID: network.VpcID, SubnetIDs: network.PrivateIn, KeyARN: given.ARN.ToStringPtrOutput(), DiskKeyARN: given.ARN.ToStringPtrOutput(),
			ClientSecurityGroupIDs: map[string]pulumi.StringInput{"office": network.SecurityGroupID},
		})
		return err
	})
	require.NoError(t, err)
	rule := named(t, r, ruleType, "main-clients-office").Inputs
	assert.Equal(t, 443.0, rule["fromPort"].NumberValue())
	assert.NotEmpty(t, rule["referencedSecurityGroupId"].StringValue())
	assert.Len(t, r.OfType(keyType), 2, "none of the component's own but that of the logs")
	assert.Contains(t, named(t, r, keyType, "main-kubernetes-logs-key").Inputs["policy"].StringValue(), "logs.us-east-1.amazonaws.com")
	secrets := named(t, r, clusterType, "main-cluster").Inputs["encryptionConfig"].ObjectValue()["provider"].ObjectValue()["keyArn"]
	groups := r.OfType(logGroupType)
	assert.Len(t, groups, 1+len(agentLogs))
	for _, group := range groups {
		assert.Equal(t, groups[0].Inputs["kmsKeyId"], group.Inputs["kmsKeyId"], group.Name)
		assert.NotEqual(t, secrets, group.Inputs["kmsKeyId"], "the given one need not let CloudWatch Logs in")
	}
}

// Logs are encrypted with the key that is given for them.
func TestLogsKeyGiven(t *testing.T) {
	t.Parallel()
	r, err := componenttest.Run(componenttest.SimulatedAWS(t, "us-east-1"), func(ctx *pulumi.Context) error {
		world, network, err := componenttest.AWSWorld(ctx)
		if err != nil {
			return err
		}
		given, err := world.AddLogsKey()
		if err != nil {
			return err
		}
		keyARN := given.ARN.ToStringPtrOutput()
		_, err = New(ctx, "main", &Args{
			VpcID: network.VpcID, SubnetIDs: network.PrivateIn, KeyARN: keyARN, DiskKeyARN: keyARN, LogsKeyARN: keyARN,
		})
		return err
	})
	require.NoError(t, err)
	assert.Len(t, r.OfType(keyType), 1, "none of the component's own")
	secrets := named(t, r, clusterType, "main-cluster").Inputs["encryptionConfig"].ObjectValue()["provider"].ObjectValue()["keyArn"]
	for _, group := range r.OfType(logGroupType) {
		assert.Equal(t, secrets, group.Inputs["kmsKeyId"], group.Name)
	}
}

func TestKubeconfig(t *testing.T) {
	t.Parallel()
	done := make(chan string, 1)
	run(t, &Args{}, func(k *Kubernetes) {
		k.Kubeconfig.ApplyT(func(text string) string { done <- text; return text })
	})
	var config struct {
		Current  string `json:"current-context"`
		Clusters []struct {
			Name    string
			Cluster struct {
				Server string
				Data   string `json:"certificate-authority-data"`
			}
		}
		Users []struct {
			User struct{ Exec struct{ Args []string } }
		}
	}
	require.NoError(t, json.Unmarshal([]byte(<-done), &config))
	assert.Equal(t, config.Current, config.Clusters[0].Name)
	assert.Contains(t, config.Clusters[0].Cluster.Server, "https://")
	assert.NotEmpty(t, config.Clusters[0].Cluster.Data)
	assert.Equal(t, []string{"--region", "us-east-1", "eks", "get-token", "--cluster-name", "holdfast-test-main", "--output", "json"},
		config.Users[0].User.Exec.Args)
}

// Every output field is registered under the name in its tag, and has a value in every mode.
func TestOutputs(t *testing.T) {
	t.Parallel()
	for _, args := range []*Args{{}, {Kubernetes: spec.Kubernetes{Logs: spec.KubernetesLogs{Disabled: true}}}} {
		run(t, args, func(k *Kubernetes) {
			componenttest.Outputs(t, k, k.outputs())
		})
	}
}

// A program that does not change makes the same cluster: no version of an add-on is looked up for the default version of
// Kubernetes. What no table has is what EKS recommends.
func TestAddonVersions(t *testing.T) {
	t.Parallel()
	for _, name := range addonNames() {
		assert.Contains(t, pinnedAddons[spec.DefaultKubernetes], name, "pinned")
	}
	for version, pinned := range pinnedAddons {
		assert.True(t, strings.HasPrefix(pinned["kube-proxy"], "v"+version+"."), "kube-proxy is that of %s", version)
		for name := range pinned {
			assert.Contains(t, addonNames(), name)
		}
	}
	version := func(r componenttest.Recording, addon string) string {
		return named(t, r, addonType, "main-"+addon).Inputs["addonVersion"].StringValue()
	}
	assert.Equal(t, pinnedAddons["1.35"]["coredns"], version(run(t, &Args{}), "coredns"))
	assert.NotEmpty(t, version(run(t, &Args{Kubernetes: spec.Kubernetes{Version: "1.33"}}), "coredns"), "recommended")
}

// The autoscaler scales the groups of its own cluster alone, and pods take its role by their service account.
func TestAutoscaler(t *testing.T) {
	t.Parallel()
	r := run(t, &Args{})
	association := named(t, r, podType, "main-autoscaler").Inputs
	assert.Equal(t, "kube-system/cluster-autoscaler", association["namespace"].StringValue()+"/"+association["serviceAccount"].StringValue())
	assert.Contains(t, named(t, r, podType, "main-autoscaler").Request.GetDependencies(), string(named(t, r, inlineType, "main-autoscaler").URN))
	policy := named(t, r, inlineType, "main-autoscaler").Inputs["policy"].StringValue()
	assert.Contains(t, policy, `{"StringEquals":{"aws:ResourceTag/k8s.io/cluster-autoscaler/holdfast-test-main":"owned"}}`)
	assert.Contains(t, policy, `"arn:aws:eks:us-east-1:123456789012:nodegroup/holdfast-test-main/*"`)
}

// Auto Scaling's role, which may not be there yet, is not named as a principal: KMS refuses a policy that names what is not.
func TestDiskKey(t *testing.T) {
	t.Parallel()
	policy := named(t, run(t, &Args{}), keyType, "main-node-disks").Inputs["policy"].StringValue()
	const role = `"aws:PrincipalArn":"arn:aws:iam::123456789012:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling","kms:CallerAccount":"123456789012"`
	assert.Equal(t, 2, strings.Count(policy, role), policy)
	assert.Contains(t, policy, `"Action":["kms:CreateGrant"],"Resource":["*"],"Condition":{"Bool":{"kms:GrantIsForAWSResource":"true"},"StringEquals"`)
}

// What the agent writes is kept as long as is asked for, and no longer: its log groups are there before it.
func TestAgent(t *testing.T) {
	t.Parallel()
	r := run(t, &Args{Kubernetes: spec.Kubernetes{Agent: spec.KubernetesAgent{RetentionDays: 30}}})
	needs := named(t, r, addonType, "main-"+observability).Request.GetDependencies()
	for _, name := range agentLogs {
		group := named(t, r, logGroupType, "main-agent-"+name)
		assert.Equal(t, "/aws/containerinsights/holdfast-test-main/"+name, group.Inputs["name"].StringValue())
		assert.Equal(t, 30.0, group.Inputs["retentionInDays"].NumberValue())
		assert.NotEmpty(t, group.Inputs["kmsKeyId"].StringValue())
		assert.Contains(t, needs, string(group.URN))
	}
	assert.JSONEq(t, `{"applicationSignals":{"enabled":false}}`, named(t, r, addonType, "main-"+observability).Inputs["configurationValues"].StringValue())
}
