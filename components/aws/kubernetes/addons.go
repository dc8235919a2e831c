package kubernetes

import (
	"fmt"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/eks"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/holdfast-iac/holdfast/components/aws/internal/iamdoc"
	"github.com/holdfast-iac/holdfast/components/aws/internal/logs"
	"github.com/holdfast-iac/holdfast/components/aws/internal/role"
)

// addon is an add-on of EKS. One that calls AWS has a service account that takes a role of its own.
type addon struct {
	name           string
	serviceAccount string
	policy         string // of AWS's own, for that role
	settings       string // JSON, as the add-on's schema has them
}

// observability takes the measures of nodes and pods and sends their logs: CloudWatch's Container Insights.
const observability = "amazon-cloudwatch-observability"

// earlyAddons are those without which no node becomes ready. They run on every node, so they need none to be installed.
func earlyAddons() []addon {
	return []addon{
		{name: "eks-pod-identity-agent"}, // first: the next takes its role through it
		{name: "vpc-cni", serviceAccount: "aws-node", policy: "AmazonEKS_CNI_Policy"},
		{name: "kube-proxy"},
	}
}

// lateAddons are those that need a node to run on: EKS calls them degraded before.
func (b *builder) lateAddons() []addon {
	addons := allLateAddons()
	if b.args.Agent.Disabled {
		return addons[1:]
	}
	return addons
}

func allLateAddons() []addon {
	return []addon{
		{
			name: observability, serviceAccount: "cloudwatch-agent", policy: "CloudWatchAgentServerPolicy",
			// Measures of requests are left to programs that ask for them: they would be taken of all, at a price for each.
			settings: `{"applicationSignals":{"enabled":false}}`,
		},
		{name: "coredns"},
		{name: "aws-ebs-csi-driver", serviceAccount: "ebs-csi-controller-sa", policy: "service-role/AmazonEBSCSIDriverPolicy"},
		{name: "metrics-server"},
	}
}

func addonNames() []string {
	var names []string
	for _, a := range append(earlyAddons(), allLateAddons()...) {
		names = append(names, a.name)
	}
	return names
}

func (b *builder) createEarlyAddons() error {
	for _, a := range earlyAddons() {
		created, err := b.createAddon(a, b.early)
		if err != nil {
			return err
		}
		b.early = append(b.early, created)
	}
	return nil
}

func (b *builder) createLateAddons() error {
	after, err := b.createAgentLogs()
	if err != nil {
		return err
	}
	for _, a := range b.lateAddons() {
		if _, err := b.createAddon(a, append(after, b.nodes...)); err != nil {
			return err
		}
	}
	return nil
}

func (b *builder) createAddon(a addon, after []pulumi.Resource) (*eks.Addon, error) {
	version, err := b.addonVersion(a.name)
	if err != nil {
		return nil, err
	}
	args := &eks.AddonArgs{
		ClusterName: b.cluster.Name, AddonName: pulumi.String(a.name), AddonVersion: pulumi.String(version),
		// What somebody changed in the cluster by hand stays when the add-on is updated.
		ResolveConflictsOnCreate: pulumi.String("OVERWRITE"), ResolveConflictsOnUpdate: pulumi.String("PRESERVE"),
		Tags: b.TagInput(a.name),
	}
	if a.settings != "" {
		args.ConfigurationValues = pulumi.String(a.settings)
	}
	if a.policy != "" {
		podRole, err := role.New(b.Family, a.name, role.Args{
			Description: fmt.Sprintf("The add-on %s of Kubernetes cluster %s", a.name, b.clusterName),
			Trust:       pulumi.String(b.podTrust()),
			Managed:     map[string]pulumi.StringInput{"addon": b.managed(a.policy)},
		})
		if err != nil {
			return nil, err
		}
		args.PodIdentityAssociations = eks.AddonPodIdentityAssociationArray{&eks.AddonPodIdentityAssociationArgs{
			RoleArn: podRole.Arn, ServiceAccount: pulumi.String(a.serviceAccount),
		}}
		after = append(after[:len(after):len(after)], podRole.Ready...)
	}
	return eks.NewAddon(b.Ctx, b.Child(a.name), args, b.Options(pulumi.DependsOn(after))...)
}

// agentLogs are what Container Insights writes (CloudWatch User Guide, "Send logs to CloudWatch Logs", "View Container
// Insights metrics").
var agentLogs = []string{"application", "dataplane", "host", "performance"}

// createAgentLogs creates the log groups before the agent does, whose own would keep records forever.
func (b *builder) createAgentLogs() (groups []pulumi.Resource, err error) {
	if b.args.Agent.Disabled {
		return nil, nil
	}
	keyARN, err := b.logsKey()
	if err != nil {
		return nil, err
	}
	for _, name := range agentLogs {
		group, err := logs.New(b.Family, "agent-"+name, "/aws/containerinsights/"+b.clusterName+"/"+name,
			b.args.Agent.RetentionDays, keyARN)
		if err != nil {
			return nil, err
		}
		groups = append(groups, group)
	}
	return groups, nil
}

// addonVersion is the version that is asked for, or the pinned one. For versions of Kubernetes that no table has yet it is
// the one that EKS recommends.
func (b *builder) addonVersion(name string) (string, error) {
	if version, ok := b.args.AddonVersions[name]; ok {
		return version, nil
	}
	if version, ok := pinnedAddons[b.args.Version][name]; ok {
		return version, nil
	}
	found, err := eks.GetAddonVersion(b.Ctx, &eks.GetAddonVersionArgs{
		AddonName: name, KubernetesVersion: b.args.Version,
	}, pulumi.Parent(b.Parent))
	if err != nil {
		return "", fmt.Errorf("looking up the version of add-on %s: %w", name, err)
	}
	return found.Version, nil
}

// podTrust lets pods of this account's clusters take a role (EKS User Guide, "Create IAM role with trust policy required
// by EKS Pod Identity").
func (b *builder) podTrust() string {
	return iamdoc.Document(iamdoc.Statement{
		Principal: iamdoc.Service("pods.eks.amazonaws.com"),
		Action:    []string{"sts:AssumeRole", "sts:TagSession"},
		Condition: map[string]map[string]any{
			"StringEquals": {"aws:SourceAccount": b.account.ID},
			"ArnLike":      {"aws:SourceArn": b.account.ARN("eks", "cluster/"+b.clusterName)},
		},
	})
}
