package kubernetes

import (
	"maps"
	"slices"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/eks"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
)

// createAccess lets people and roles use the cluster. An entry alone gives no rights: a policy goes with each.
func (b *builder) createAccess() error {
	for _, name := range slices.Sorted(maps.Keys(b.args.Access)) {
		access := b.args.Access[name]
		entry, err := eks.NewAccessEntry(b.Ctx, b.Child("access", name), &eks.AccessEntryArgs{
			ClusterName: b.cluster.Name, PrincipalArn: access.PrincipalARN, Tags: b.TagInput("access", name),
		}, b.Options()...)
		if err != nil {
			return err
		}
		scope := &eks.AccessPolicyAssociationAccessScopeArgs{Type: pulumi.String("cluster")}
		if len(access.Namespaces) > 0 {
			scope.Type, scope.Namespaces = pulumi.String("namespace"), pulumi.ToStringArray(access.Namespaces)
		}
		policy := "arn:" + b.account.Partition + ":eks::aws:cluster-access-policy/" + accessPolicies[access.Policy]
		if _, err := eks.NewAccessPolicyAssociation(b.Ctx, b.Child("access", name), &eks.AccessPolicyAssociationArgs{
			ClusterName: b.cluster.Name, PrincipalArn: entry.PrincipalArn, PolicyArn: pulumi.String(policy), AccessScope: scope,
		}, b.Options()...); err != nil {
			return err
		}
	}
	return nil
}

// createPodRoles lets service accounts take roles.
func (b *builder) createPodRoles() error {
	for _, name := range slices.Sorted(maps.Keys(b.args.PodRoles)) {
		pod := b.args.PodRoles[name]
		if _, err := eks.NewPodIdentityAssociation(b.Ctx, b.Child("pod", name), &eks.PodIdentityAssociationArgs{
			ClusterName: b.cluster.Name, Namespace: pulumi.String(pod.Namespace),
			ServiceAccount: pulumi.String(pod.ServiceAccount), RoleArn: pod.RoleARN,
			Tags: b.TagInput("pod", name),
		}, b.Options()...); err != nil {
			return err
		}
	}
	return nil
}
