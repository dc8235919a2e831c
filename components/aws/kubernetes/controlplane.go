package kubernetes

import (
	"encoding/json"
	"maps"
	"slices"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/ec2"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/eks"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/vpc"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/holdfast-iac/holdfast/components/aws/internal/iamdoc"
	"github.com/holdfast-iac/holdfast/components/aws/internal/inbound"
	"github.com/holdfast-iac/holdfast/components/aws/internal/role"
	"github.com/holdfast-iac/holdfast/components/naming"
)

// logTypes are all that a control plane writes (EKS API, LogSetup, types).
var logTypes = []string{"api", "audit", "authenticator", "controllerManager", "scheduler"}

// createClientGroup lets the given clients reach the API through the network.
func (b *builder) createClientGroup() (err error) {
	b.clientGroup, err = ec2.NewSecurityGroup(b.Ctx, b.Child("clients"), &ec2.SecurityGroupArgs{
		Name:        pulumi.String(naming.AWSSecurityGroup.Name(b.FullName("clients")...)),
		Description: pulumi.String("Clients of the API of Kubernetes cluster " + b.clusterName),
		VpcId:       b.args.VpcID,
		Tags:        b.TagInput("clients"),
	}, b.Options()...)
	if err != nil {
		return err
	}
	for _, name := range slices.Sorted(maps.Keys(b.args.ClientSecurityGroupIDs)) {
		if _, err := vpc.NewSecurityGroupIngressRule(b.Ctx, b.Child("clients", name), &vpc.SecurityGroupIngressRuleArgs{
			SecurityGroupId:           b.clientGroup.ID(),
			ReferencedSecurityGroupId: b.args.ClientSecurityGroupIDs[name].ToStringOutput().ToStringPtrOutput(),
			IpProtocol:                pulumi.String("tcp"), FromPort: pulumi.Int(443), ToPort: pulumi.Int(443),
			Description: pulumi.String("API from " + name),
			Tags:        b.TagInput("clients", name),
		}, b.Options(inbound.GoesBefore())...); err != nil {
			return err
		}
	}
	return nil
}

func (b *builder) createCluster() error {
	controlRole, err := b.createControlRole()
	if err != nil {
		return err
	}
	zones := b.args.ControlPlaneZones
	if len(zones) == 0 {
		zones = b.args.zones()
	}
	support, public := "STANDARD", b.args.PublicAccessCIDRs
	if b.args.ExtendedSupport {
		support = "EXTENDED"
	}
	config := &eks.ClusterVpcConfigArgs{
		SubnetIds:             b.args.subnetsIn(zones),
		SecurityGroupIds:      pulumi.StringArray{b.clientGroup.ID()},
		EndpointPrivateAccess: pulumi.Bool(true),
		EndpointPublicAccess:  pulumi.Bool(len(public) > 0),
	}
	if len(public) > 0 {
		config.PublicAccessCidrs = pulumi.ToStringArray(public)
	}
	args := &eks.ClusterArgs{
		Name: pulumi.String(b.clusterName), Version: pulumi.String(b.args.Version), RoleArn: controlRole.Arn, VpcConfig: config,
		AccessConfig: &eks.ClusterAccessConfigArgs{
			AuthenticationMode: pulumi.String("API"), BootstrapClusterCreatorAdminPermissions: pulumi.Bool(false),
		},
		BootstrapSelfManagedAddons: pulumi.Bool(false), // they are managed, as add-ons
		EncryptionConfig: &eks.ClusterEncryptionConfigArgs{
			Provider:  &eks.ClusterEncryptionConfigProviderArgs{KeyArn: b.keyARN},
			Resources: pulumi.ToStringArray([]string{"secrets"}),
		},
		UpgradePolicy:    &eks.ClusterUpgradePolicyArgs{SupportType: pulumi.String(support)},
		ZonalShiftConfig: &eks.ClusterZonalShiftConfigArgs{Enabled: pulumi.Bool(true)},
		Tags:             b.TagInput(),
	}
	after := controlRole.Ready
	if b.logGroup != nil {
		args.EnabledClusterLogTypes = pulumi.ToStringArray(logTypes)
		after = append(after, b.logGroup)
	}
	options := []pulumi.ResourceOption{pulumi.DependsOn(after)}
	if len(b.args.ControlPlaneZones) == 0 {
		options = append(options, pulumi.IgnoreChanges([]string{"vpcConfig.subnetIds"}))
	}
	if !b.args.DeletionAllowed {
		options = append(options, pulumi.Protect(true))
	}
	b.cluster, err = eks.NewCluster(b.Ctx, b.Child("cluster"), args, b.Options(options...)...)
	if err != nil {
		return err
	}
	c := b.component
	c.ClusterName, c.ClusterARN, c.Endpoint, c.Version = b.cluster.Name, b.cluster.Arn, b.cluster.Endpoint, b.cluster.Version
	c.CertificateAuthority = b.cluster.CertificateAuthority.Data().Elem()
	c.SecurityGroupID = b.cluster.VpcConfig.ClusterSecurityGroupId().Elem()
	return nil
}

// createControlRole creates the role of the control plane: EKS alone may take it, for this cluster.
func (b *builder) createControlRole() (*role.Role, error) {
	return role.New(b.Family, "control-plane", role.Args{
		Description: "The control plane of Kubernetes cluster " + b.clusterName,
		Trust: pulumi.String(iamdoc.Document(iamdoc.Statement{
			Principal: iamdoc.Service("eks.amazonaws.com"), Action: []string{"sts:AssumeRole"},
			Condition: map[string]map[string]any{
				"StringEquals": {"aws:SourceAccount": b.account.ID},
				"ArnLike":      {"aws:SourceArn": b.account.ARN("eks", "cluster/"+b.clusterName)},
			},
		})),
		Managed: map[string]pulumi.StringInput{"cluster": b.managed("AmazonEKSClusterPolicy")},
		Policy: b.keyARN.ToStringOutput().ApplyT(func(arn string) string {
			return iamdoc.Document(iamdoc.Statement{
				Action: []string{"kms:Encrypt", "kms:Decrypt", "kms:ListGrants", "kms:DescribeKey"}, Resource: []string{arn},
			})
		}).(pulumi.StringOutput),
	})
}

// managed returns the ARN of a policy of AWS's own.
func (b *builder) managed(policy string) pulumi.String {
	return pulumi.String("arn:" + b.account.Partition + ":iam::aws:policy/" + policy)
}

// kubeconfig lets kubectl ask the AWS command for a token (EKS User Guide, "Connect kubectl to an EKS cluster").
func (b *builder) kubeconfig() pulumi.StringOutput {
	c := b.component
	return pulumi.All(c.ClusterName, c.ClusterARN, c.Endpoint, c.CertificateAuthority).ApplyT(func(v []any) (string, error) {
		name, arn := v[0].(string), v[1].(string)
		entry := func(kind string, value any) []any { return []any{map[string]any{"name": arn, kind: value}} }
		text, err := json.Marshal(map[string]any{
			"apiVersion": "v1", "kind": "Config", "current-context": arn,
			"clusters": entry("cluster", map[string]any{"server": v[2], "certificate-authority-data": v[3]}),
			"contexts": entry("context", map[string]any{"cluster": arn, "user": arn}),
			"users": entry("user", map[string]any{"exec": map[string]any{
				"apiVersion": "client.authentication.k8s.io/v1beta1", "command": "aws", "interactiveMode": "IfAvailable",
				"args": []string{"--region", b.account.Region, "eks", "get-token", "--cluster-name", name, "--output", "json"},
			}}),
		})
		return string(text), err
	}).(pulumi.StringOutput)
}
