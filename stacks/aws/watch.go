package aws

import (
	"maps"
	"slices"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/holdfast-iac/holdfast/components/aws/cache"
	"github.com/holdfast-iac/holdfast/components/aws/monitoring"
	"github.com/holdfast-iac/holdfast/components/spec"
)

// Monitoring has several instances, because what watches comes after what is watched and before what heeds the alarms:
//
//   - topics, the topics alone: the load balancer tells them of rollbacks;
//   - front, the alarms on the load balancer: the clusters turn their rollouts back on them;
//   - main, the alarms on all that is behind, and the dashboard of everything;
//   - recovery and endpoint, each in the region of what it watches, as CloudWatch's alarms must be.
//
// The platform's changes to alarms are shared among them by what each watches.

// changes are those of the platform's changes to alarms that an instance has alarms for.
func (p plan) changes(of *monitoring.Args) map[string]spec.AlarmChange {
	own, names := map[string]spec.AlarmChange{}, of.Changeable()
	for name, change := range p.spec.Monitoring.Alarms {
		if slices.Contains(names, name) {
			own[name] = change
		}
	}
	return own
}

// otherChanges are the changes that none of the instances has alarms for. Main gets them with its own: it says so of those
// that nobody has.
func (p plan) otherChanges(instances ...*monitoring.Args) map[string]spec.AlarmChange {
	others := maps.Clone(p.spec.Monitoring.Alarms)
	for _, instance := range instances {
		if instance != nil {
			maps.DeleteFunc(others, func(name string, _ spec.AlarmChange) bool { return slices.Contains(instance.Changeable(), name) })
		}
	}
	return others
}

// watch watches what is behind the load balancer, and makes the dashboard of all of it.
func (d *deployment) watch() error {
	args := d.watchArgs()
	if args == nil {
		return nil
	}
	watch, err := monitoring.New(d.ctx, "main", args)
	if err != nil {
		return err
	}
	d.ctx.Export("dashboardUrl", watch.DashboardURL)
	return nil
}

// watchArgs are what watch watches.
func (d *deployment) watchArgs() *monitoring.Args {
	args := d.plan.watch()
	if args == nil {
		return nil
	}
	args.TopicARNs, args.KeyARN = d.told(), d.topics.KeyARN
	if d.front != nil {
		args.LoadBalancer = d.watched()
		args.LoadBalancer.AlarmsElsewhere = true
	}
	d.watchData(args)
	args.Clusters = map[string]monitoring.Cluster{}
	for colour, c := range d.clusters {
		args.Clusters[colour] = monitoring.Cluster{GroupName: c.GroupName}
	}
	if d.kubernetes != nil && !d.plan.spec.Kubernetes.Agent.Disabled {
		args.Kubernetes = map[string]monitoring.Kubernetes{
			"kubernetes": {ClusterName: d.kubernetes.ClusterName, MaxNodes: d.plan.growth()},
		}
	}
	args.NATGatewayIDs = map[string]pulumi.StringInput{}
	for _, letter := range d.gateways() {
		args.NATGatewayIDs[letter] = d.network.NATGatewayIDs.MapIndex(pulumi.String(letter))
	}
	if d.backup != nil {
		args.VaultNames = map[string]pulumi.StringInput{"main": d.backup.VaultName}
	}
	args.Alarms = d.plan.otherChanges(d.frontArgs(), d.standbyWatchArgs(), d.endpointWatchArgs())
	maps.Copy(args.Alarms, d.plan.changes(args))
	return args
}

// growth is how many nodes the Kubernetes cluster can grow to; 0 if it cannot grow.
func (p plan) growth() int {
	least, most := 0, 0
	for _, pool := range p.spec.Kubernetes.WithDefaults().Pools {
		least, most = least+pool.Min, most+pool.Max
	}
	if least == most {
		return 0
	}
	return most
}

func (d *deployment) watchData(args *monitoring.Args) {
	if d.database != nil {
		s := d.plan.spec.Database.WithDefaults()
		replicas := map[string]pulumi.StringInput{}
		for name := range s.Replicas {
			replicas[name] = d.database.ReplicaIdentifiers.MapIndex(pulumi.String(name))
		}
		watched := monitoring.Database{
			Identifier: d.database.Identifier, Replicas: replicas, StorageGiB: s.StorageGiB,
			MaxConnections: d.plan.database().MaxConnections(),
			LogGroupName:   d.database.LogGroupNames.MapIndex(pulumi.String("postgresql")),
		}
		args.Databases = map[string]monitoring.Database{"main": watched}
		if s.Standby == spec.StandbyReadable { // three instances, which RDS names after the cluster
			args.Databases = map[string]monitoring.Database{}
			for _, number := range []string{"1", "2", "3"} {
				watched.Identifier = pulumi.Sprintf("%s-instance-%s", d.database.Identifier, number)
				args.Databases["main-"+number] = watched
			}
		}
	}
	if d.cache != nil {
		args.Caches = map[string]monitoring.Cache{"main": watchedCache(d.plan.spec.Cache.WithDefaults(), d.cache)}
	}
}

// watchedCache is a cache as monitoring sees it.
func watchedCache(s spec.Cache, c *cache.Cache) monitoring.Cache {
	return monitoring.Cache{MemberIDs: c.MemberIDs, Members: max(s.Shards, 1) * (1 + s.Replicas)}
}

// gateways are the letters of the zones that have a NAT gateway.
func (d *deployment) gateways() []string {
	var letters []string
	for _, zone := range d.network.Zones {
		letters = append(letters, zone[len(zone)-1:])
	}
	switch d.plan.spec.Network.WithDefaults().NAT {
	case spec.NATNone:
		return nil
	case spec.NATOne:
		return letters[:1]
	default:
		return letters
	}
}
