// Package kubernetes builds a production Kubernetes cluster on AWS (EKS): a control plane that only the network reaches,
// with every log kept and secrets encrypted by a key of its own, hardened nodes over the zones that repair themselves,
// and the add-ons that a cluster needs, each with no more rights than its own.
//
// The subnets of a cluster that makes load balancers carry tags; see SubnetTags of package network.
//
// Each pool is a node group in each zone, among which its numbers of nodes are shared out. A zone more is one group more,
// and replaces nothing. A pool has its least number of nodes until an autoscaler runs in the cluster, which takes what only
// runs inside: Kubernetes' own API. For the Cluster Autoscaler all is prepared, its role and the tags that it finds node
// groups by:
//
//	helm repo add autoscaler https://kubernetes.github.io/autoscaler
//	helm upgrade --install cluster-autoscaler autoscaler/cluster-autoscaler --namespace kube-system \
//		--set autoDiscovery.clusterName=$CLUSTER --set awsRegion=$REGION --set fullnameOverride=cluster-autoscaler \
//		--set rbac.serviceAccount.name=cluster-autoscaler --set extraArgs.balance-similar-node-groups=true
//
// What it makes of the number of nodes is no drift. When min or max change, though, EKS is sent the number that the state
// has: refresh it first (pulumi up --refresh), and do not raise min above the number of nodes there are, which EKS refuses.
//
// Nobody deletes the cluster by a change of the program or a destroy, for Pulumi protects it; EKS' own deletion protection
// (since 2025), which holds for everybody else too, is no property of version 6.83.2 of the provider. Switch it on beside
// the program: aws eks update-cluster-config --name $CLUSTER --deletion-protection.
package kubernetes

import (
	"fmt"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/cloudwatch"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/ec2"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/eks"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/holdfast-iac/holdfast/components/aws/internal/family"
	"github.com/holdfast-iac/holdfast/components/aws/internal/role"
	"github.com/holdfast-iac/holdfast/components/naming"
)

// Token is the type of the component in a stack's state.
const Token = "holdfast:aws:Kubernetes"

// Kubernetes is an EKS cluster with its node groups and add-ons.
type Kubernetes struct {
	pulumi.ResourceState

	// ClusterName is the name of the cluster in AWS.
	ClusterName pulumi.StringOutput `pulumi:"clusterName"`
	// ClusterARN is the ARN of the cluster.
	ClusterARN pulumi.StringOutput `pulumi:"clusterArn"`
	// Endpoint is the URL of the API.
	Endpoint pulumi.StringOutput `pulumi:"endpoint"`
	// CertificateAuthority is the certificate that the API's is signed by, PEM in base64.
	CertificateAuthority pulumi.StringOutput `pulumi:"certificateAuthority"`
	// Kubeconfig lets kubectl use the cluster, as JSON. It holds no secret: whoever uses it needs the AWS command and
	// credentials of somebody in Access.
	Kubeconfig pulumi.StringOutput `pulumi:"kubeconfig"`
	// Version is the minor version of Kubernetes.
	Version pulumi.StringOutput `pulumi:"version"`
	// SecurityGroupID is the security group that EKS gives the control plane and the nodes.
	SecurityGroupID pulumi.StringOutput `pulumi:"securityGroupId"`
	// NodeRoleARN is the role of the nodes.
	NodeRoleARN pulumi.StringOutput `pulumi:"nodeRoleArn"`
	// NodeGroupNames are the names of the node groups in AWS, by pool and zone, for example "main-us-east-1a".
	NodeGroupNames pulumi.StringMapOutput `pulumi:"nodeGroupNames"`
	// KeyARN is the KMS key that encrypts Kubernetes' secrets.
	KeyARN pulumi.StringOutput `pulumi:"keyArn"`
	// DiskKeyARN is the KMS key that encrypts the disks of nodes.
	DiskKeyARN pulumi.StringOutput `pulumi:"diskKeyArn"`
	// AutoscalerRoleARN is the role that the Cluster Autoscaler takes, as the service account cluster-autoscaler in
	// kube-system.
	AutoscalerRoleARN pulumi.StringOutput `pulumi:"autoscalerRoleArn"`
	// LogGroupName is the log group of the control plane; empty when its logs are off.
	LogGroupName pulumi.StringOutput `pulumi:"logGroupName"`
}

// New creates a cluster. It fails before it registers anything if args are not valid, with every problem in one error.
func New(ctx *pulumi.Context, name string, args *Args, opts ...pulumi.ResourceOption) (*Kubernetes, error) {
	if args == nil {
		args = &Args{}
	}
	if err := args.Validate(); err != nil {
		return nil, fmt.Errorf("kubernetes cluster %q is not valid:\n%w", name, err)
	}
	k := &Kubernetes{}
	if err := ctx.RegisterComponentResource(Token, name, k, opts...); err != nil {
		return nil, err
	}
	b := &builder{
		Family: family.Family{Ctx: ctx, Parent: k, Name: name, Tags: args.Tags},
		args:   args.withDefaults(), component: k,
	}
	if err := b.build(); err != nil {
		return nil, fmt.Errorf("kubernetes cluster %q: %w", name, err)
	}
	return k, ctx.RegisterResourceOutputs(k, k.outputs())
}

// outputs maps the fields of the cluster to the names in their tags.
func (k *Kubernetes) outputs() pulumi.Map {
	return pulumi.Map{
		"clusterName":          k.ClusterName,
		"clusterArn":           k.ClusterARN,
		"endpoint":             k.Endpoint,
		"certificateAuthority": k.CertificateAuthority,
		"kubeconfig":           k.Kubeconfig,
		"version":              k.Version,
		"securityGroupId":      k.SecurityGroupID,
		"nodeRoleArn":          k.NodeRoleARN,
		"nodeGroupNames":       k.NodeGroupNames,
		"keyArn":               k.KeyARN,
		"diskKeyArn":           k.DiskKeyARN,
		"autoscalerRoleArn":    k.AutoscalerRoleARN,
		"logGroupName":         k.LogGroupName,
	}
}

// builder creates the children of one cluster. Each of its steps is one file of this package; a step reads what the
// steps before it have set.
type builder struct {
	family.Family
	args      Args // with defaults
	component *Kubernetes

	account     family.Account
	clusterName string // in AWS
	keyARN      pulumi.StringInput
	ownKeyARN   pulumi.StringPtrInput // the same; nil if it was given, and its policy is not ours
	logsKeyARN  pulumi.StringPtrInput // nil until there is a log group
	logGroup    *cloudwatch.LogGroup  // nil when the logs are off
	cluster     *eks.Cluster
	clientGroup *ec2.SecurityGroup
	nodeRole    *role.Role
	early       []pulumi.Resource // the add-ons that nodes need to become ready
	nodes       []pulumi.Resource
	groupNames  pulumi.StringMap
}

func (b *builder) build() (err error) {
	if b.account, err = b.Account(); err != nil {
		return err
	}
	b.clusterName = naming.AWSKubernetes.Name(b.FullName()...)
	for _, step := range []func() error{
		b.createKey, b.createLogs, b.createClientGroup, b.createCluster, b.createAccess,
		b.createEarlyAddons, b.createDiskKey, b.createNodes, b.createLateAddons, b.createAutoscalerRole, b.createPodRoles,
	} {
		if err := step(); err != nil {
			return err
		}
	}
	b.component.Kubeconfig = b.kubeconfig()
	return nil
}
