package monitoring

import (
	"maps"
	"slices"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/holdfast-iac/holdfast/components/spec"
)

// LoadBalancer is an Application Load Balancer, or a Network Load Balancer, to watch.
type LoadBalancer struct {
	// MetricName is how CloudWatch knows the load balancer: "app/main/50dc6c495c0c9188", or "net/…" with TCP. Required.
	MetricName pulumi.StringInput
	// TargetGroupMetricNames are how CloudWatch knows the target groups, by backend: "targetgroup/main/73e2d6bc24d8a067".
	// Required.
	TargetGroupMetricNames pulumi.StringMapInput
	// TCP says that it is a Network Load Balancer, which counts connections and no requests: there are no alarms on latency
	// and on how fast errors are used up then, and no Objective may be set. Default false.
	TCP bool
	// Backends are the keys of TargetGroupMetricNames to watch. Leave out a backend that has no targets: its alarms would
	// say so all the time. Default: "main".
	Backends []string
	// MinHealthyHosts is how many healthy targets a backend needs: the alarm goes off below. Default 2, so that it goes off
	// before the last one fails.
	MinHealthyHosts int
	// AlarmsElsewhere shows the load balancer on the dashboard and makes no alarms on it: another instance of this component
	// has them, one that had to be there before what this one watches. Default false.
	AlarmsElsewhere bool
}

// Cluster is an Auto Scaling group to watch.
type Cluster struct {
	// GroupName is the name of the group. Required.
	GroupName pulumi.StringInput
}

// Kubernetes is an EKS cluster to watch, with Container Insights.
type Kubernetes struct {
	// ClusterName is the name of the cluster. Required.
	ClusterName pulumi.StringInput
	// MaxNodes is how many nodes the cluster can grow to: the alarm goes off at 95 %. Default 0: no alarm.
	MaxNodes int
}

// Database is a DB instance of Amazon RDS to watch.
type Database struct {
	// Identifier is the identifier of the instance. A Multi-AZ DB cluster has three, each to be watched by itself, which RDS
	// calls "<cluster>-instance-1" to 3. Required.
	Identifier pulumi.StringInput
	// Replicas are the identifiers of its read replicas, by a name that stays. Default none.
	Replicas map[string]pulumi.StringInput
	// StorageGiB is how much storage the instance has: the alarm goes off when less than 15 % of it are free. Default 100.
	StorageGiB int
	// MaxConnections is how many connections the database takes: the alarm goes off at 80 %. Default 100, the default of
	// PostgreSQL itself: a warning too early is better than one too late.
	MaxConnections int
	// LogGroupName is the log group that the instance's PostgreSQL log is exported to: deadlocks, for which RDS has no
	// metric, are counted there. Default none: no alarm for deadlocks.
	LogGroupName pulumi.StringInput
}

// Cache is a replication group of Amazon ElastiCache to watch.
type Cache struct {
	// MemberIDs are the ids of the nodes, such as "main-001". Required.
	MemberIDs pulumi.StringArrayInput
	// Members is how many nodes there are. Default 2.
	Members int
}

// Defaults of targets.
const (
	defaultStorageGiB     = 100
	defaultMaxConnections = 100 // PostgreSQL documentation, "Connections and Authentication", max_connections
	defaultMembers        = 2
	defaultMinHealthy     = 2
)

// withTargetDefaults fills in the defaults of targets, in copies.
func (a *Args) withTargetDefaults() {
	if a.LoadBalancer != nil {
		lb := *a.LoadBalancer
		fill(&lb.MinHealthyHosts, defaultMinHealthy)
		lb.Backends = slices.Sorted(slices.Values(lb.Backends))
		if len(lb.Backends) == 0 {
			lb.Backends = []string{"main"}
		}
		a.LoadBalancer = &lb
		a.Objective.Disabled = a.Objective.Disabled || lb.TCP // it is one of requests
	}
	a.Databases, a.Caches = maps.Clone(a.Databases), maps.Clone(a.Caches)
	for name, db := range a.Databases {
		fill(&db.StorageGiB, defaultStorageGiB)
		fill(&db.MaxConnections, defaultMaxConnections)
		a.Databases[name] = db
	}
	for name, cache := range a.Caches {
		fill(&cache.Members, defaultMembers)
		a.Caches[name] = cache
	}
}

// checkTargets finds targets without what they are known by, and names that cannot be part of an alarm's.
func (a *Args) checkTargets(ps *spec.Problems) {
	need := func(field string, missing bool) {
		if missing {
			ps.Add(field, nil, "is required")
		}
	}
	if lb := a.LoadBalancer; lb != nil {
		if lb.MinHealthyHosts < 1 {
			ps.Add("loadBalancer.minHealthyHosts", lb.MinHealthyHosts, "is out of range; use 1 or more")
		}
		need("loadBalancer.metricName", lb.MetricName == nil)
		need("loadBalancer.targetGroupMetricNames", lb.TargetGroupMetricNames == nil)
		for i, backend := range lb.Backends {
			spec.CheckKey(ps, "loadBalancer.backends", backend)
			if slices.Index(lb.Backends, backend) < i {
				ps.Add("loadBalancer.backends", backend, "is listed twice; list each backend once")
			}
		}
	}
	for _, name := range sorted(a.Clusters) {
		spec.CheckKey(ps, "clusters", name)
		need("clusters."+name+".groupName", a.Clusters[name].GroupName == nil)
	}
	for _, name := range sorted(a.Kubernetes) {
		spec.CheckKey(ps, "kubernetes", name)
		need("kubernetes."+name+".clusterName", a.Kubernetes[name].ClusterName == nil)
		if n := a.Kubernetes[name].MaxNodes; n < 0 {
			ps.Add("kubernetes."+name+".maxNodes", n, "is out of range; use 0 or more")
		}
	}
	for _, name := range sorted(a.Databases) {
		a.Databases[name].check(ps, "databases."+name, name)
	}
	for _, name := range sorted(a.Caches) {
		spec.CheckKey(ps, "caches", name)
		need("caches."+name+".memberIds", a.Caches[name].MemberIDs == nil)
		if n := a.Caches[name].Members; n < 1 || n > maxMembers {
			ps.Add("caches."+name+".members", n, "is out of range; use 1 to %d", maxMembers)
		}
	}
	for _, name := range sorted(a.NATGatewayIDs) {
		spec.CheckKey(ps, "natGatewayIds", name)
		need("natGatewayIds."+name, a.NATGatewayIDs[name] == nil)
	}
	for _, name := range sorted(a.VaultNames) {
		spec.CheckKey(ps, "vaultNames", name)
		need("vaultNames."+name, a.VaultNames[name] == nil)
	}
}

// maxMembers: of all shards (ElastiCache User Guide, "Quotas for ElastiCache", nodes per cluster).
const maxMembers = 90

func (d Database) check(ps *spec.Problems, field, name string) {
	spec.CheckKey(ps, "databases", name)
	if d.Identifier == nil {
		ps.Add(field+".identifier", nil, "is required")
	}
	for _, replica := range sorted(d.Replicas) {
		spec.CheckKey(ps, field+".replicas", replica)
		if d.Replicas[replica] == nil {
			ps.Add(field+".replicas."+replica, nil, "is required")
		}
	}
	if d.StorageGiB < 1 {
		ps.Add(field+".storageGiB", d.StorageGiB, "is out of range; use 1 or more")
	}
	if d.MaxConnections < 1 {
		ps.Add(field+".maxConnections", d.MaxConnections, "is out of range; use 1 or more")
	}
}
