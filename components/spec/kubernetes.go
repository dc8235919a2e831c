package spec

import (
	"fmt"
	"maps"
	"net/netip"
	"regexp"
	"slices"
)

// Kubernetes describes a managed Kubernetes cluster. The zero value is a production cluster: an API that only the
// network reaches, one pool of three to nine nodes over the zones, every audit record kept for a year.
type Kubernetes struct {
	// Version is the minor version of Kubernetes, for example "1.35". Default: one that every cloud offers, see
	// DefaultKubernetes. Clouds update by one minor version at a time.
	Version string `pulumi:"version"`
	// PublicAccessCIDRs are the public blocks from which the API can be reached over the internet. Default none: the API
	// is reached from the network alone.
	PublicAccessCIDRs []string `pulumi:"publicAccessCidrs"`
	// Pools are the groups of nodes, by name: lower-case letters, digits and hyphens, at most 12 characters. Default: one,
	// "main", with the defaults of NodePool.
	Pools map[string]NodePool `pulumi:"pools"`
	// Logs says how long the control plane's records are kept, audit records among them. Default: a year.
	Logs KubernetesLogs `pulumi:"logs"`
	// Agent says how what nodes and pods do is seen. Default: their measures are taken and their logs kept for a year.
	Agent KubernetesAgent `pulumi:"agent"`
	// ExtendedSupport keeps a version, for a price, past the end of its standard support, instead of letting the cloud
	// update it then. Default false.
	ExtendedSupport bool `pulumi:"extendedSupport"`
	// DeletionAllowed lets the cluster be deleted by an update or a destroy. Default false.
	DeletionAllowed bool `pulumi:"deletionAllowed"`
	// Tags are put on every resource that can carry them, nodes and their disks included. Default none.
	Tags map[string]string `pulumi:"tags"`
}

// KubernetesLogs says how the control plane's records are kept. The zero value keeps all of them for a year.
type KubernetesLogs struct {
	// Disabled records nothing: nobody can tell then who did what in the cluster. Default false.
	Disabled bool `pulumi:"disabled"`
	// RetentionDays is how many days records are kept, 1 to 3653. Default 365.
	RetentionDays int `pulumi:"retentionDays"`
}

// KubernetesAgent takes the measures of nodes and pods, which alarms watch, and keeps their logs.
type KubernetesAgent struct {
	// Disabled leaves nodes and pods unseen, to those who run an agent of their own. Default false.
	Disabled bool `pulumi:"disabled"`
	// RetentionDays is how many days logs are kept, 1 to 3653. Default 365.
	RetentionDays int `pulumi:"retentionDays"`
}

// NodePool is a group of nodes of the same kind, spread over the network's zones.
type NodePool struct {
	// Min is the least number of nodes. Default 3.
	Min int `pulumi:"min"`
	// Max is the greatest number of nodes. Between the two, the cluster's autoscaler decides, which on AWS is yours to install.
	// Default 9.
	Max int `pulumi:"max"`
	// Types are the machine types, by the cloud's names, in the order of preference. Default: each cloud documents its own.
	Types []string `pulumi:"types"`
	// Arm makes nodes of the Arm architecture; Types must be of it. Default false: x86-64.
	Arm bool `pulumi:"arm"`
	// Spot makes nodes that the cloud may take back at short notice, for a fraction of the price. Default false.
	Spot bool `pulumi:"spot"`
	// DiskGiB is the size of a node's disk, 20 to 16384. Default 50.
	DiskGiB int `pulumi:"diskGib"`
	// Labels are put on the nodes, for workloads to choose them by. Default none.
	Labels map[string]string `pulumi:"labels"`
	// Taints keep workloads away that do not tolerate them, by key. Default none.
	Taints map[string]Taint `pulumi:"taints"`
}

// Taint is a mark of a node that keeps workloads away.
type Taint struct {
	// Value goes with the taint's key. Default empty.
	Value string `pulumi:"value"`
	// Effect is "NoSchedule", "PreferNoSchedule" or "NoExecute", as in Kubernetes. Default NoSchedule.
	Effect string `pulumi:"effect"`
}

// DefaultKubernetes is the version of a cluster that names none. EKS, AKS, GKE and DigitalOcean support a version for
// about fourteen months, this one until 27 March 2027 on EKS, 31 March on AKS and 11 April on GKE (their release
// calendars); raise it a few months after a release.
const DefaultKubernetes = "1.35"

const (
	maxNodes         = 450 // the nodes of a managed node group on EKS (EKS User Guide, "Service quotas")
	minNodes         = 2
	minDisk, maxDisk = 20, 16384 // GiB: what the systems of nodes need; the largest gp3 disk
	defaultPool      = "main"
	longestPool      = 12 // AKS, names of Linux pools

)

var (
	poolPattern    = regexp.MustCompile(`^[a-z][a-z0-9-]*$`)
	versionPattern = regexp.MustCompile(`^1\.[1-9][0-9]$`)
	// labelPattern is what Kubernetes takes for a label's key or value, a prefix with a slash aside (Kubernetes
	// documentation, "Labels and Selectors", syntax and character set).
	labelPattern    = regexp.MustCompile(`^[A-Za-z0-9]([A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?$`)
	labelKeyPattern = regexp.MustCompile(`^([a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?/)?[A-Za-z0-9]([A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?$`)
)

// WithDefaults returns a copy with every unset field at its default.
func (k Kubernetes) WithDefaults() Kubernetes {
	setDefault(&k.Version, DefaultKubernetes)
	setDefault(&k.Logs.RetentionDays, defaultRetentionDays)
	setDefault(&k.Agent.RetentionDays, defaultRetentionDays)
	pools := map[string]NodePool{}
	for name, pool := range k.Pools {
		pools[name] = pool.WithDefaults()
	}
	if len(pools) == 0 {
		pools[defaultPool] = NodePool{}.WithDefaults()
	}
	k.Pools = pools
	k.PublicAccessCIDRs = slices.Clone(k.PublicAccessCIDRs)
	k.Tags = maps.Clone(k.Tags)
	return k
}

// WithDefaults returns a copy with every unset field at its default.
func (p NodePool) WithDefaults() NodePool {
	setDefault(&p.Min, 3)
	setDefault(&p.Max, max(9, p.Min))
	setDefault(&p.DiskGiB, 50)
	taints := map[string]Taint{}
	for key, taint := range p.Taints {
		setDefault(&taint.Effect, "NoSchedule")
		taints[key] = taint
	}
	p.Taints = taints
	p.Types = slices.Clone(p.Types)
	p.Labels = maps.Clone(p.Labels)
	return p
}

// Validate reports everything wrong with the cluster as one error that holds Problems, or nil. Unset fields count as
// their defaults. What only one cloud forbids is left to that cloud's component.
func (k Kubernetes) Validate() error {
	var ps Problems
	d := k.WithDefaults()
	if !versionPattern.MatchString(d.Version) {
		ps.Add("version", d.Version, "is not a minor version of Kubernetes; use for example %q", DefaultKubernetes)
	}
	for i, block := range k.PublicAccessCIDRs {
		field := fmt.Sprintf("publicAccessCidrs[%d]", i)
		prefix, err := netip.ParsePrefix(block)
		switch {
		case err != nil || !prefix.Addr().Is4():
			ps.Add(field, block, "is not an IPv4 CIDR block; use for example 198.51.100.0/24")
		case prefix.Bits() == 0:
			ps.Add(field, block, "is the whole internet; name the networks that administer the cluster")
		case prefix.Masked() != prefix:
			ps.Add(field, block, "has host bits set; use %s", prefix.Masked())
		case prefix.Addr().IsPrivate():
			ps.Add(field, block, "is private, and the network reaches the API without it; name public blocks")
		}
	}
	checkRange(&ps, "logs.retentionDays", d.Logs.RetentionDays, 1, maxRetentionDays, " days")
	if k.Logs.Disabled && k.Logs.RetentionDays != 0 {
		ps.Add("logs.retentionDays", k.Logs.RetentionDays, "has no effect while the logs are off; remove one of the two")
	}
	checkRange(&ps, "agent.retentionDays", d.Agent.RetentionDays, 1, maxRetentionDays, " days")
	if k.Agent.Disabled && k.Agent.RetentionDays != 0 {
		ps.Add("agent.retentionDays", k.Agent.RetentionDays, "has no effect while the agent is off; remove one of the two")
	}
	for _, name := range slices.Sorted(maps.Keys(d.Pools)) {
		field := "pools." + name
		if !poolPattern.MatchString(name) || len(name) > longestPool {
			ps.Add(field, nil, "is not the name of a pool; use up to %d lower-case letters, digits and hyphens, a letter first", longestPool)
		}
		ps.Collect(field, d.Pools[name].validate())
	}
	return ps.Err()
}

func (p NodePool) validate() error {
	var ps Problems
	checkRange(&ps, "min", p.Min, minNodes, maxNodes, " nodes, so that one can fail")
	if p.Max < p.Min || p.Max > maxNodes {
		ps.Add("max", p.Max, "is out of range; use min, %d, to %d nodes", p.Min, maxNodes)
	}
	checkRange(&ps, "diskGib", p.DiskGiB, minDisk, maxDisk, " GiB")
	for i, machine := range p.Types {
		if slices.Index(p.Types, machine) < i {
			ps.Add(fmt.Sprintf("types[%d]", i), machine, "is listed twice; list each type once")
		}
	}
	for _, key := range slices.Sorted(maps.Keys(p.Labels)) {
		if value := p.Labels[key]; !labelKeyPattern.MatchString(key) || value != "" && !labelPattern.MatchString(value) {
			ps.Add("labels."+key, value, "is not a label of Kubernetes; use up to 63 letters, digits and any of -_. , beginning and ending with a letter or digit")
		}
	}
	effects := []string{"NoSchedule", "PreferNoSchedule", "NoExecute"}
	for _, key := range slices.Sorted(maps.Keys(p.Taints)) {
		taint := p.Taints[key]
		if !labelKeyPattern.MatchString(key) || taint.Value != "" && !labelPattern.MatchString(taint.Value) {
			ps.Add("taints."+key, taint.Value, "is not a taint of Kubernetes; its key and value are like those of a label")
		}
		if !slices.Contains(effects, taint.Effect) {
			ps.Add("taints."+key+".effect", taint.Effect, "is not an effect; %s", DidYouMean(taint.Effect, effects))
		}
	}
	return ps.Err()
}
