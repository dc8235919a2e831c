package kubernetes

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/holdfast-iac/holdfast/components/aws/internal/logs"
	"github.com/holdfast-iac/holdfast/components/aws/internal/subnets"
	"github.com/holdfast-iac/holdfast/components/naming"
	"github.com/holdfast-iac/holdfast/components/spec"
)

// Args describe a Kubernetes cluster on AWS (EKS); see spec.Kubernetes for the cloud-neutral part. The persistent volumes
// that the cluster makes carry its Tags too, but for what their driver does not take: letters other than English ones, and
// keys that begin like its own, with kubernetes.io. The tag spec.BackupTagKey is put on these volumes and on nothing else:
// nodes come and go, and hold nothing that is nowhere else.
type Args struct {
	spec.Kubernetes

	// SubnetIDs are the subnets of the nodes, by the names of their zones: private ones, in two zones or more. Each pool has
	// a node group in each. Required.
	SubnetIDs map[string]pulumi.StringInput `pulumi:"subnetIds"`
	// ControlPlaneZones are the zones of SubnetIDs, two or more, in which the control plane meets the nodes. EKS takes no
	// other zones later than those that the cluster was created with (EKS User Guide, "Networking requirements"), but its
	// nodes may be in any. Name zones to leave out one in which EKS makes no control planes, or one that is to go. Default:
	// those of SubnetIDs when the cluster is created; what comes later changes nothing.
	ControlPlaneZones []string `pulumi:"controlPlaneZones"`
	// VpcID is the VPC of the subnets. Required.
	VpcID pulumi.StringInput `pulumi:"vpcId"`
	// ClientSecurityGroupIDs are the security groups that may reach the API privately, by a name of your own, besides the
	// cluster's nodes. Default none.
	ClientSecurityGroupIDs map[string]pulumi.StringInput `pulumi:"clientSecurityGroupIds"`
	// Access says who may use the cluster, by a name of your own. The one who creates the cluster gets no rights by that:
	// with nobody listed, nobody can use the cluster. Default none.
	Access map[string]Access `pulumi:"access"`
	// PodRoles are the IAM roles that workloads take, by a name of your own (EKS Pod Identity). Default none.
	PodRoles map[string]PodRole `pulumi:"podRoles"`
	// AddonVersions sets versions of the add-ons "vpc-cni", "eks-pod-identity-agent", "eks-node-monitoring-agent",
	// "kube-proxy", "coredns", "aws-ebs-csi-driver", "metrics-server" and "amazon-cloudwatch-observability". Default: those
	// pinned for the cluster's Kubernetes, see addonversions.go; for what is not pinned there, the version that EKS
	// recommends, looked up at every preview, which shows a change before it is made.
	AddonVersions map[string]string `pulumi:"addonVersions"`
	// KeyARN is the KMS key that encrypts Kubernetes' secrets. It cannot be changed later. Default: a key of the cluster's
	// own.
	KeyARN pulumi.StringPtrInput `pulumi:"keyArn"`
	// DiskKeyARN is the KMS key that encrypts the disks of nodes. Its policy must let the account's role
	// AWSServiceRoleForAutoScaling use it (Amazon EC2 Auto Scaling User Guide, "Required AWS KMS key policy for use with
	// encrypted volumes"). Default: a key of the cluster's own.
	DiskKeyARN pulumi.StringPtrInput `pulumi:"diskKeyArn"`
	// LogsKeyARN is the key that encrypts the logs. Its policy must let logs.<region>.amazonaws.com use it. Default: the
	// cluster's own key; with KeyARN, a key of their own.
	LogsKeyARN pulumi.StringPtrInput `pulumi:"logsKeyArn"`
}

// Access is what somebody may do in the cluster.
type Access struct {
	// PrincipalARN is the IAM role or user. Required.
	PrincipalARN pulumi.StringInput `pulumi:"principalArn"`
	// Policy is "cluster-admin", "admin", "edit" or "view", the access policies of EKS. Default view.
	Policy string `pulumi:"policy"`
	// Namespaces limits the policy to these. Default: the whole cluster.
	Namespaces []string `pulumi:"namespaces"`
}

// PodRole is an IAM role that the pods of a service account take.
type PodRole struct {
	// Namespace is where the pods run. Required.
	Namespace string `pulumi:"namespace"`
	// ServiceAccount is the service account they run as. Required.
	ServiceAccount string `pulumi:"serviceAccount"`
	// RoleARN is the role, which must trust pods.eks.amazonaws.com. Required.
	RoleARN pulumi.StringInput `pulumi:"roleArn"`
}

// accessPolicies are EKS's own, by the names used here (EKS User Guide, "Review access policy permissions").
var accessPolicies = map[string]string{
	"cluster-admin": "AmazonEKSClusterAdminPolicy", "admin": "AmazonEKSAdminPolicy",
	"edit": "AmazonEKSEditPolicy", "view": "AmazonEKSViewPolicy",
}

var (
	// namePattern is what names of your own are made of: they become part of names in the program.
	namePattern = regexp.MustCompile(`^[a-z0-9]([a-z0-9-]*[a-z0-9])?$`)
	// namespacePattern is a DNS label (RFC 1123), as Kubernetes asks of namespaces; EKS lets those of an access scope end
	// in an asterisk.
	namespacePattern = regexp.MustCompile(`^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?|[a-z0-9][a-z0-9-]*\*)$`)
)

// Validate reports everything wrong with the arguments as one error that holds spec.Problems, or nil.
func (a *Args) Validate() error {
	var ps spec.Problems
	ps.Collect("", a.Kubernetes.Validate())
	d := a.withDefaults()
	if a.VpcID == nil {
		ps.Add("vpcId", nil, "is missing; give the VPC of the subnets")
	}
	a.checkZones(&ps)
	logs.CheckRetention(&ps, "logs.retentionDays", d.Logs.RetentionDays)
	logs.CheckRetention(&ps, "agent.retentionDays", d.Agent.RetentionDays)
	ps.Collect("", naming.AWSTags.Check("tags", naming.Merge(a.Tags, map[string]string{"Name": ""})))
	a.checkNames(&ps)
	a.checkAccess(&ps)
	a.checkPodRoles(&ps)
	for _, name := range slices.Sorted(maps.Keys(a.AddonVersions)) {
		if !slices.Contains(addonNames(), name) {
			ps.Add("addonVersions."+name, nil, "there is no such add-on here; %s", spec.DidYouMean(name, addonNames()))
		}
	}
	return ps.Err()
}

// withDefaults returns a copy with every unset field at its default.
func (a *Args) withDefaults() Args {
	d := *a
	d.Kubernetes = a.Kubernetes.WithDefaults()
	for name, pool := range d.Pools {
		if len(pool.Types) == 0 {
			pool.Types = []string{"m7i.large", "m6i.large"}
			if pool.Arm {
				pool.Types = []string{"m7g.large", "m6g.large"}
			}
		}
		d.Pools[name] = pool
	}
	d.Access = map[string]Access{}
	for name, access := range a.Access {
		if access.Policy == "" {
			access.Policy = "view"
		}
		d.Access[name] = access
	}
	return d
}

// zones returns the names of the zones of the nodes, in alphabetical order.
func (a *Args) zones() []string { return slices.Sorted(maps.Keys(a.SubnetIDs)) }

// subnetsIn returns the subnets of zones.
func (a *Args) subnetsIn(zones []string) pulumi.StringArray {
	var ids pulumi.StringArray
	for _, zone := range zones {
		ids = append(ids, a.SubnetIDs[zone])
	}
	return ids
}

func (a *Args) checkZones(ps *spec.Problems) {
	zones := a.zones()
	var ids pulumi.StringArrayInput
	if len(zones) > 0 {
		ids = a.subnetsIn(zones)
	}
	subnets.Check(ps, "subnetIds", ids, 2)
	for _, zone := range zones {
		if a.SubnetIDs[zone] == nil {
			ps.Add("subnetIds."+zone, nil, "is missing; give the subnet of the zone")
		}
	}
	for i, zone := range a.ControlPlaneZones {
		switch field := fmt.Sprintf("controlPlaneZones[%d]", i); {
		case !slices.Contains(zones, zone):
			ps.Add(field, zone, "is no zone of subnetIds; %s", spec.DidYouMean(zone, zones))
		case slices.Index(a.ControlPlaneZones, zone) < i:
			ps.Add(field, zone, "is listed twice; list each zone once")
		}
	}
	if len(a.ControlPlaneZones) == 1 {
		ps.Add("controlPlaneZones", a.ControlPlaneZones, "is one zone; a control plane needs two at least")
	}
	pools := a.Kubernetes.WithDefaults().Pools
	for _, name := range slices.Sorted(maps.Keys(pools)) {
		if most := pools[name].Max; most < len(zones) {
			ps.Add("pools."+name+".max", most, "is too few for a node in each zone; use %d or more", len(zones))
		}
	}
}

func (a *Args) checkNames(ps *spec.Problems) {
	names := map[string][]string{
		"subnetIds":              a.zones(),
		"clientSecurityGroupIds": slices.Collect(maps.Keys(a.ClientSecurityGroupIDs)),
		"access":                 slices.Collect(maps.Keys(a.Access)),
		"podRoles":               slices.Collect(maps.Keys(a.PodRoles)),
	}
	for _, field := range slices.Sorted(maps.Keys(names)) {
		for _, name := range slices.Sorted(slices.Values(names[field])) {
			if !namePattern.MatchString(name) {
				ps.Add(field+"."+name, nil, "is not a name; use lower-case letters, digits and hyphens")
			}
		}
	}
}

func (a *Args) checkAccess(ps *spec.Problems) {
	for _, name := range slices.Sorted(maps.Keys(a.Access)) {
		access, field := a.Access[name], "access."+name
		if access.PrincipalARN == nil {
			ps.Add(field+".principalArn", nil, "is missing; give the IAM role or user")
		}
		if _, ok := accessPolicies[access.Policy]; access.Policy != "" && !ok {
			ps.Add(field+".policy", access.Policy, "is not an access policy; %s",
				spec.DidYouMean(access.Policy, slices.Collect(maps.Keys(accessPolicies))))
		}
		for _, namespace := range access.Namespaces {
			if !namespacePattern.MatchString(namespace) {
				ps.Add(field+".namespaces", namespace, "is not a namespace; use lower-case letters, digits and hyphens")
			}
		}
		if access.Policy == "cluster-admin" && len(access.Namespaces) > 0 {
			ps.Add(field+".namespaces", access.Namespaces, "cannot limit cluster-admin; use admin, or remove the namespaces")
		}
	}
}

func (a *Args) checkPodRoles(ps *spec.Problems) {
	taken := map[string]string{autoscalerNamespace + "/" + autoscalerAccount: "the autoscaler's"}
	for _, name := range slices.Sorted(maps.Keys(a.PodRoles)) {
		role, field := a.PodRoles[name], "podRoles."+name
		if role.RoleARN == nil {
			ps.Add(field+".roleArn", nil, "is missing; give the IAM role")
		}
		if !namespacePattern.MatchString(role.Namespace) || strings.HasSuffix(role.Namespace, "*") {
			ps.Add(field+".namespace", role.Namespace, "is not a namespace; use lower-case letters, digits and hyphens")
		}
		if role.ServiceAccount == "" {
			ps.Add(field+".serviceAccount", nil, "is missing; name the service account whose pods take the role")
		}
		// EKS has one association per service account: ResourceInUseException.
		account := role.Namespace + "/" + role.ServiceAccount
		if other, ok := taken[account]; ok {
			ps.Add(field, nil, "is for the same service account as %s; a service account has one role", other)
		}
		taken[account] = name
	}
}
