package kubernetes

import (
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/eks"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/holdfast-iac/holdfast/components/aws/internal/iamdoc"
	"github.com/holdfast-iac/holdfast/components/aws/internal/role"
)

// Where the Cluster Autoscaler runs, and as what.
const autoscalerNamespace, autoscalerAccount = "kube-system", "cluster-autoscaler"

// createAutoscalerRole lets the Cluster Autoscaler change the number of nodes, of this cluster's groups alone. EKS itself
// puts the tags on them that it finds them by (EKS User Guide, "Simplify node lifecycle with managed node groups").
func (b *builder) createAutoscalerRole() error {
	created, err := role.New(b.Family, "autoscaler", role.Args{
		Description: "The autoscaler of Kubernetes cluster " + b.clusterName,
		Trust:       pulumi.String(b.podTrust()),
		Policy:      pulumi.String(b.autoscalerPolicy()),
	})
	if err != nil {
		return err
	}
	b.component.AutoscalerRoleARN = created.Arn
	_, err = eks.NewPodIdentityAssociation(b.Ctx, b.Child("autoscaler"), &eks.PodIdentityAssociationArgs{
		ClusterName: b.cluster.Name, Namespace: pulumi.String(autoscalerNamespace),
		ServiceAccount: pulumi.String(autoscalerAccount), RoleArn: created.Arn, Tags: b.TagInput("autoscaler"),
	}, b.Options(pulumi.DependsOn(created.Ready))...)
	return err
}

// autoscalerPolicy is what the autoscaler does (its documentation, cloudprovider/aws/README.md, "Full Cluster Autoscaler
// Features Policy"). What only reads cannot be limited to a resource, but for node groups.
func (b *builder) autoscalerPolicy() string {
	return iamdoc.Document(
		iamdoc.Statement{
			Sid: "Look", Resource: []string{"*"}, Action: []string{
				"autoscaling:DescribeAutoScalingGroups", "autoscaling:DescribeAutoScalingInstances",
				"autoscaling:DescribeLaunchConfigurations", "autoscaling:DescribeScalingActivities", "autoscaling:DescribeTags",
				"ec2:DescribeImages", "ec2:DescribeInstanceTypes", "ec2:DescribeLaunchTemplateVersions",
				"ec2:GetInstanceTypesFromInstanceRequirements",
			},
		},
		iamdoc.Statement{
			Sid: "LookAtGroups", Resource: []string{b.account.ARN("eks", "nodegroup/"+b.clusterName+"/*")},
			Action: []string{"eks:DescribeNodegroup"},
		},
		iamdoc.Statement{
			Sid: "Scale", Resource: []string{b.account.ARN("autoscaling", "autoScalingGroup:*:autoScalingGroupName/*")},
			Action:    []string{"autoscaling:SetDesiredCapacity", "autoscaling:TerminateInstanceInAutoScalingGroup"},
			Condition: iamdoc.Equal("aws:ResourceTag/k8s.io/cluster-autoscaler/"+b.clusterName, "owned"),
		},
	)
}
