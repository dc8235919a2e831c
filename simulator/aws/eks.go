package aws

import (
	"net/netip"
	"slices"
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"

	"github.com/holdfast-iac/holdfast/simulator"
)

// Sources: terraform-provider-aws, internal/service/eks/{cluster,validate}.go; the EKS API's CreateCluster,
// UpdateClusterConfig and DeleteCluster; EKS guide, "Amazon EKS networking requirements".

var eksClusterKind = &simulator.Kind{
	Noun:     "EKS Cluster",
	ID:       func(c *simulator.Call) string { return c.Text("name") },
	ARN:      "arn:{partition}:eks:{region}:{account}:cluster/{id}",
	NotFound: "ResourceNotFoundException: No cluster found for name: %s.",
}

const (
	eksNetworkSource  = "https://docs.aws.amazon.com/eks/latest/userguide/network-reqs.html"
	eksEndpointSource = "https://docs.aws.amazon.com/eks/latest/userguide/cluster-endpoint.html"
	eksDeleteSource   = "https://docs.aws.amazon.com/eks/latest/APIReference/API_DeleteCluster.html"
	eksClusterSource  = "terraform-provider-aws, internal/service/eks/cluster.go"
)

// eksZones are the zones in which EKS makes no control planes (networking requirements, "Subnet requirements").
var eksZones = []string{"use1-az3", "usw1-az2", "cac1-az3"}

func eksTypes() []*simulator.Type {
	return slices.Concat(eksClusterTypes(), eksNodeTypes(), eksAccessTypes())
}

func eksClusterTypes() []*simulator.Type {
	return []*simulator.Type{{
		Token:    "aws:eks/cluster:Cluster",
		Kind:     eksClusterKind,
		Defaults: map[string]any{"bootstrapSelfManagedAddons": true},
		AutoName: &simulator.AutoName{Property: "name", MaxLength: 100, Separator: "-"},
		Immutable: []string{
			"accessConfig.bootstrapClusterCreatorAdminPermissions", "bootstrapSelfManagedAddons",
			"kubernetesNetworkConfig.ipFamily", "kubernetesNetworkConfig.serviceIpv4Cidr", "name", "outpostConfig",
			"remoteNetworkConfig", "roleArn",
		},
		Sets: []string{"defaultAddonsToRemoves", "enabledClusterLogTypes"},
		Fills: []string{
			"accessConfig.authenticationMode", "accessConfig.bootstrapClusterCreatorAdminPermissions",
			"kubernetesNetworkConfig.elasticLoadBalancing", "kubernetesNetworkConfig.ipFamily",
			"kubernetesNetworkConfig.serviceIpv4Cidr", "upgradePolicy.supportType", "vpcConfig.clusterSecurityGroupId",
			"vpcConfig.endpointPrivateAccess", "vpcConfig.endpointPublicAccess", "vpcConfig.publicAccessCidrs",
			"vpcConfig.vpcId",
		},
		Rules: map[string]simulator.Rule{
			"enabledClusterLogTypes[*]":               simulator.OneOf("api", "audit", "authenticator", "controllerManager", "scheduler"),
			"encryptionConfig.resources[*]":           simulator.OneOf("secrets"),
			"kubernetesNetworkConfig.ipFamily":        simulator.OneOf("ipv4", "ipv6"),
			"kubernetesNetworkConfig.serviceIpv4Cidr": simulator.All(network(false, 12, 24, ""), privateRange),
			"name": simulator.All(simulator.Length(1, 100),
				simulator.Matches(`^[0-9A-Za-z][0-9A-Za-z_-]*$`, "letters, digits, - and _ are, after a letter or digit")),
			"roleArn":                        validARN,
			"vpcConfig.publicAccessCidrs[*]": anyIPv4,
		},
		References: []simulator.Reference{
			ofRoleARN("roleArn", "InvalidParameterException: roleArn, %s, does not exist"),
			{Property: "vpcConfig.subnetIds[*]", To: kinds(subnetKind),
				NotFound: "InvalidParameterException: The subnet ID '%s' does not exist"},
			{Property: "vpcConfig.securityGroupIds[*]", To: kinds(securityGroupKind),
				NotFound: "InvalidParameterException: The security group '%s' does not exist"},
			ofARN("encryptionConfig.provider.keyArn", ":kms:", "InvalidParameterException: The keyArn %s is invalid", keyKind),
		},
		Unique: []simulator.Unique{{
			Properties: []string{"name"},
			Error:      "ResourceInUseException: Cluster already exists with name: %s",
		}},
		ReplaceIf: func(before, after resource.PropertyMap) []string {
			if before.HasValue("encryptionConfig") && !after.HasValue("encryptionConfig") {
				return []string{"encryptionConfig"} // once on, it stays on
			}
			return nil
		},
		Constraints: eksClusterConstraints(),
		API:         []string{"eks:CreateCluster", "eks:UpdateClusterConfig", "eks:UpdateClusterVersion"},
		Parameters:  map[string]string{"vpcConfig": "resourcesVpcConfig"},
		Quotas: []simulator.Quota{{
			Code: "L-1194D53C", Source: "https://docs.aws.amazon.com/eks/latest/userguide/service-quotas.html", Limit: 100,
			Error: "ResourceLimitExceededException: cluster limit exceeded for account",
		}},
		Compute: computeEKSCluster,
	}}
}

func eksClusterConstraints() []simulator.Constraint {
	check, apply := simulator.AtCheck, simulator.AtApply
	return []simulator.Constraint{
		{Origin: simulator.Origin{ID: "aws-eks-two-zones", Source: eksNetworkSource}, Stage: apply,
			Error: "InvalidParameterException: Subnets specified must be in at least two different AZs", Find: findEKSZones},
		{Origin: simulator.Origin{ID: "aws-eks-zone-without-control-planes", Source: eksNetworkSource}, Stage: apply,
			Error: "UnsupportedAvailabilityZoneException: Cannot create cluster '%s' because EKS does not support creating " +
				"control plane instances in %s, the targeted availability zone.",
			Find: findUnsupportedZone},
		{Origin: simulator.Origin{ID: "aws-eks-zones-of-creation", Source: eksNetworkSource}, Stage: apply,
			Error: "InvalidParameterException: Provided subnet %s must be in the same set of AZs that were provided during cluster creation",
			Find:  findNewZone},
		{Origin: simulator.Origin{ID: "aws-eks-cluster-role-trust", Source: eksClusterSource}, Stage: apply,
			Error: "InvalidParameterException: Role could not be assumed because the trusted entity is not correct: %s",
			Find:  findUntrusting("roleArn", "eks")},
		{Origin: simulator.Origin{ID: "aws-eks-security-group-vpc", Source: eksNetworkSource}, Stage: apply,
			Error: "InvalidParameterException: Security group(s) [%s] are not in the same VPC as the subnets.",
			Find:  findGroupsElsewhere("vpcConfig.subnetIds[*]", "vpcConfig.securityGroupIds[*]")},
		{Origin: simulator.Origin{ID: "aws-eks-version-unsupported", Source: eksVersionSource}, Stage: check,
			Error: "InvalidParameterException: unsupported Kubernetes version %s", Find: findUnsupported},
		{Origin: simulator.Origin{ID: "aws-eks-version-one-step",
			Source: "https://github.com/terraform-aws-modules/terraform-aws-eks/issues/2607"}, Stage: apply,
			Error: "InvalidParameterException: Unsupported Kubernetes minor version update from %s to %s", Find: findVersionJump},
		{Origin: simulator.Origin{ID: "aws-eks-authentication-mode-change",
			Source: "https://github.com/pulumi/pulumi-eks/issues/1493"}, Stage: apply,
			Error: "InvalidParameterException: Unsupported authentication mode update from %s to %s", Find: findModeChange},
		{Origin: simulator.Origin{ID: "aws-eks-config-map-creator",
			Source: "https://github.com/terraform-aws-modules/terraform-aws-eks/issues/3206"}, Stage: check,
			Error: "InvalidParameterException: bootstrapClusterCreatorAdminPermissions must be true if cluster authentication " +
				"mode is set to CONFIG_MAP",
			Find: func(c *simulator.Call, broken func(path string, args ...any)) {
				const creator = "accessConfig.bootstrapClusterCreatorAdminPermissions"
				if c.Text("accessConfig.authenticationMode") == "CONFIG_MAP" && c.Given(creator) && c.Known(creator) && !c.Flag(creator) {
					broken(creator)
				}
			}},
		{Origin: simulator.Origin{ID: "aws-eks-endpoint-needs-access", Source: eksEndpointSource}, Stage: check,
			Error: "InvalidParameterException: Private and public endpoint access cannot be false",
			Find: func(c *simulator.Call, broken func(path string, args ...any)) {
				const public, private = "vpcConfig.endpointPublicAccess", "vpcConfig.endpointPrivateAccess"
				if c.Known(public) && c.Known(private) && c.Given(public) && !c.Flag(public) && !c.Flag(private) {
					broken(public)
				}
			}},
		{Origin: simulator.Origin{ID: "aws-eks-public-cidrs", Source: eksEndpointSource}, Stage: check,
			Error: "InvalidParameterException: The following CIDRs are not allowed in publicAccessCidrs: [%s]",
			Find: func(c *simulator.Call, broken func(path string, args ...any)) {
				c.Each("vpcConfig.publicAccessCidrs[*]", func(path, block string) {
					if prefix, err := netip.ParsePrefix(block); err == nil && prefix.Addr().IsPrivate() {
						broken(path, block)
					}
				})
			}},
		{Origin: simulator.Origin{ID: "aws-eks-node-groups-before-cluster", Source: eksDeleteSource}, Stage: simulator.AtDelete,
			Error: "ResourceInUseException: Cluster has nodegroups attached", Find: findAttached(nodeGroupKind)},
		{Origin: simulator.Origin{ID: "aws-eks-fargate-profiles-before-cluster", Source: eksDeleteSource},
			Stage: simulator.AtDelete,
			Error: "ResourceInUseException: Cluster has fargate profiles attached", Find: findAttached(fargateProfileKind)},
	}
}

// privateRange allows blocks of the addresses that RFC 1918 keeps for private use.
var privateRange = simulator.Text(func(block string) string {
	if inside(block, []string{"10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"}) {
		return ""
	}
	return "must be within 10.0.0.0/8, 172.16.0.0/12 or 192.168.0.0/16: " + block
})

func findEKSZones(c *simulator.Call, broken func(path string, args ...any)) {
	found := map[string]bool{}
	for _, id := range c.Texts("vpcConfig.subnetIds[*]") {
		found[c.Find(subnetKind, id).Text("availabilityZone")] = true
	}
	if len(found) == 0 || len(found) < 2 && !c.Given("outpostConfig") {
		broken("vpcConfig.subnetIds")
	}
}

// findNewZone finds a subnet in a zone that the cluster has none in. A zone that it once had is not remembered.
func findNewZone(c *simulator.Call, broken func(path string, args ...any)) {
	if c.Old == nil {
		return
	}
	var zones []string
	for _, id := range stringsOf(objectOf(c.Old, "vpcConfig")["subnetIds"]) {
		zones = append(zones, c.Find(subnetKind, id).Text("availabilityZone"))
	}
	c.Each("vpcConfig.subnetIds[*]", func(path, id string) {
		if subnet := c.Find(subnetKind, id); subnet != nil && !slices.Contains(zones, subnet.Text("availabilityZone")) {
			broken(path, id)
		}
	})
}

func findUnsupportedZone(c *simulator.Call, broken func(path string, args ...any)) {
	c.Each("vpcConfig.subnetIds[*]", func(path, id string) {
		subnet := c.Find(subnetKind, id)
		if slices.Contains(eksZones, subnet.Text("availabilityZoneId")) {
			broken(path, c.ID, subnet.Text("availabilityZone"))
		}
	})
}

// findGroupsElsewhere finds security groups that are not in the VPC of the subnets.
func findGroupsElsewhere(subnets, groups string) func(*simulator.Call, func(string, ...any)) {
	return func(c *simulator.Call, broken func(path string, args ...any)) {
		ids := c.Texts(subnets)
		if len(ids) == 0 {
			return
		}
		vpc := networkOf(c.Find(subnetKind, ids[0]))
		c.Each(groups, func(path, id string) {
			if networkOf(c.Find(securityGroupKind, id)) != vpc {
				broken(path, id)
			}
		})
	}
}

// findModeChange finds a change of the authentication mode other than the one way: CONFIG_MAP, both, API.
func findModeChange(c *simulator.Call, broken func(path string, args ...any)) {
	const mode = "accessConfig.authenticationMode"
	if c.Old == nil || !c.Given(mode) {
		return
	}
	way := []string{"CONFIG_MAP", "API_AND_CONFIG_MAP", "API"}
	was, now := modeOf(c.Old), c.Text(mode)
	if step := slices.Index(way, now) - slices.Index(way, was); step != 0 && step != 1 {
		broken(mode, was, now)
	}
}

// modeOf returns a cluster's authentication mode.
func modeOf(cluster *simulator.Object) string {
	return stringOf(objectOf(cluster, "accessConfig")["authenticationMode"])
}

func findAttached(kind *simulator.Kind) func(*simulator.Call, func(string, ...any)) {
	return func(c *simulator.Call, broken func(path string, args ...any)) {
		if len(c.Old.Users(kind)) > 0 {
			broken("")
		}
	}
}

func computeEKSCluster(c *simulator.Call) {
	vpc := networkOf(c.Find(subnetKind, c.Texts("vpcConfig.subnetIds[*]")[0]))
	group := c.Bring(securityGroupKind, resource.NewPropertyMapFromMap(map[string]any{
		"name": "eks-cluster-sg-" + c.ID + "-" + c.Hex("security group", 8), "vpcId": vpc.Identity(), "ownerId": c.Account,
		"description": "EKS created security group applied to ENI that is attached to EKS Control Plane master nodes",
	}))
	fillIn(c, "vpcConfig", map[string]any{
		"clusterSecurityGroupId": group.ID, "endpointPrivateAccess": false, "endpointPublicAccess": true,
		"publicAccessCidrs": []any{"0.0.0.0/0"}, "vpcId": vpc.Identity(),
	})
	fillIn(c, "accessConfig", map[string]any{
		"authenticationMode": "CONFIG_MAP", "bootstrapClusterCreatorAdminPermissions": true,
	})
	services := "10.100.0.0/16" // or 172.20.0.0/16, when the VPC has addresses of 10.0.0.0/8
	if strings.HasPrefix(vpc.Text("cidrBlock"), "10.") {
		services = "172.20.0.0/16"
	}
	fillIn(c, "kubernetesNetworkConfig", map[string]any{
		"elasticLoadBalancing": map[string]any{"enabled": false}, "ipFamily": "ipv4", "serviceIpv4Cidr": services,
	})
	fillIn(c, "upgradePolicy", map[string]any{"supportType": "EXTENDED"})
	domain, _ := partitionOf(c.Partition)
	number := strings.ToUpper(c.Hex("cluster", 32))
	authority := map[string]any{"data": eksAuthority(c)}
	c.Set("certificateAuthority", authority)
	c.Set("certificateAuthorities", []any{authority})
	c.Set("identities", []any{map[string]any{"oidcs": []any{
		map[string]any{"issuer": "https://oidc.eks." + c.Region + "." + domain + "/id/" + number},
	}}})
	c.Set("endpoint", "https://"+number+".gr7."+c.Region+".eks."+domain)
	setNew(c, map[string]any{
		"clusterId": "", "createdAt": created(c), "platformVersion": "eks.1", "status": "ACTIVE",
		"version": newestKubernetes().String(),
	})
}
