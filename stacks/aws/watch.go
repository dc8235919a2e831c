package aws

import (
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/holdfast-iac/holdfast/components/aws/cache"
	"github.com/holdfast-iac/holdfast/components/aws/monitoring"
	"github.com/holdfast-iac/holdfast/components/spec"
)

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
