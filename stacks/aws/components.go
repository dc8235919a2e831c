package aws

import (
	"fmt"

	awssdk "github.com/pulumi/pulumi-aws/sdk/v6/go/aws"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/holdfast-iac/holdfast/components/aws/backup"
	"github.com/holdfast-iac/holdfast/components/aws/baseline"
	"github.com/holdfast-iac/holdfast/components/aws/cache"
	"github.com/holdfast-iac/holdfast/components/aws/cluster"
	"github.com/holdfast-iac/holdfast/components/aws/database"
	"github.com/holdfast-iac/holdfast/components/aws/kubernetes"
	"github.com/holdfast-iac/holdfast/components/aws/loadbalancer"
	"github.com/holdfast-iac/holdfast/components/aws/monitoring"
	"github.com/holdfast-iac/holdfast/components/aws/network"
	"github.com/holdfast-iac/holdfast/components/spec"
)

// component is a component that Deploy makes, as far as it can be judged before anything is made.
type component struct {
	kind, name string // "Cluster", "blue"
	section    string // of the configuration, which it is made from
	key        string // of the configuration, under which its problems are reported
	validate   func() error
}

// Placeholders for what only other components know.
var (
	anID       = pulumi.String("id")
	aText      = anID.ToStringOutput()
	anIDs      = pulumi.ToStringArray([]string{"id", "id-2", "id-3"})
	aMap       = pulumi.StringMap{"main": anID}.ToStringMapOutput()
	aRegion    = &awssdk.Provider{}
	threeZones = []string{"a", "b", "c"}
)

// components lists every component that Deploy makes, in the order in which their problems are reported.
func (p plan) components() (all []component) {
	add := func(kind, name, section string, validate func() error) {
		all = append(all, component{kind, name, section, section, validate})
	}
	add("Network", "main", "network", p.network().Validate)
	if args := p.baseline(); args != nil {
		add("Baseline", "main", "baseline", args.Validate)
	}
	if p.spec.Cluster != nil {
		p.addServing(add)
	}
	if args := p.kubernetes(); args != nil {
		args.VpcID, args.SubnetIDs = anID, p.anIDIn()
		add("Kubernetes", "main", "kubernetes", args.Validate)
	}
	p.addData(add)
	p.addMonitoring(add)
	if p.spec.Recovery == nil {
		return all
	}
	all = append(all, component{"Network", "recovery", "recovery.network", "recovery.network", p.recoveryNetwork().Validate})
	if args := p.recoveryBaseline(&baseline.Baseline{}); args != nil {
		all = append(all, component{"Baseline", "recovery", "baseline", "recovery", args.Validate})
	}
	if args := p.standbyCache(); args != nil {
		args.VpcID, args.SubnetIDs = anID, anIDs
		all = append(all, component{"Cache", "recovery", "cache", "recovery", args.Validate})
	}
	if p.spec.Cluster != nil {
		all = append(all, p.standby()...)
	}
	return all
}

// anIDIn has a placeholder for the subnet in each zone of the network, and of no more than there can be:
// Check is asked of what is refused, too.
func (p plan) anIDIn() map[string]pulumi.StringInput {
	n := p.spec.Network.WithDefaults()
	ids := map[string]pulumi.StringInput{}
	for i := range min(max(n.Zones, len(n.ZoneNames)), spec.ZoneSlots) {
		ids[fmt.Sprintf("zone-%d", i)] = anID
	}
	return ids
}

// adder adds a component to a list.
type adder func(kind, name, section string, validate func() error)

func (p plan) addServing(add adder) {
	if args := p.balancer(); args != nil {
		args.VpcID, args.SubnetIDs, args.ZoneID = anID, anIDs, p.aZone()
		add("LoadBalancer", "main", "loadBalancer", args.Validate)
	}
	for _, colour := range p.colours() {
		args := p.cluster(colour)
		args.VpcID, args.SubnetIDs, args.LoadBalancerLabel = anID, anIDs, p.aLabel()
		add("Cluster", colour, "cluster", args.Validate)
	}
}

func (p plan) addData(add adder) {
	if args := p.database(); args != nil {
		args.VpcID, args.SubnetIDs = anID, anIDs
		if r := p.spec.Recovery; r != nil {
			args.ReplicaProvider = aRegion
			if r.DatabaseReplica {
				args.Replica = database.RegionReplica{VpcID: anID, SubnetIDs: anIDs}
			}
		}
		if p.copiesDatabase() {
			args.MasterPassword = anID // checkDatabase asks for one
		}
		add("Database", "main", "database", args.Validate)
	}
	if args := p.cache(); args != nil {
		args.VpcID, args.SubnetIDs = anID, anIDs
		add("Cache", "main", "cache", args.Validate)
	}
	if args := p.backup(); args != nil {
		add("Backup", "main", "backup", args.Validate)
	}
}

func (p plan) addMonitoring(add adder) {
	d := p.sketch()
	if args := p.topics(); args != nil {
		add("Monitoring", "topics", "monitoring", args.Validate)
	}
	if args := d.frontArgs(); args != nil {
		add("Monitoring", "front", "monitoring", args.Validate)
	}
	if args := d.watchArgs(); args != nil {
		add("Monitoring", "main", "monitoring", args.Validate)
	}
	if args := d.standbyWatchArgs(); args != nil {
		add("Monitoring", "recovery", "monitoring", args.Validate)
	}
	if args := d.endpointWatchArgs(); args != nil {
		add("Monitoring", "endpoint", "monitoring", args.Validate)
	}
}

// standby are the components of the second region that serve. They are made from the platform's own sections too, and
// have problems of their own only when those have none.
func (p plan) standby() (all []component) {
	if p.spec.LoadBalancer != nil {
		args := p.standbyBalancer()
		args.VpcID, args.SubnetIDs, args.ZoneID = anID, anIDs, p.aZone()
		all = append(all, component{"LoadBalancer", "recovery", "loadBalancer", "recovery", args.Validate})
	}
	if p.spec.Recovery.Validate() != nil {
		return all // what the description itself refuses, such as the cluster's size there, needs no second opinion
	}
	args := p.standbyCluster()
	args.VpcID, args.SubnetIDs, args.LoadBalancerLabel = anID, anIDs, p.aLabel()
	return append(all, component{"Cluster", "recovery", "cluster", "recovery.standby", args.Validate})
}

// sketch is the deployment as it will be when everything is made, with placeholders for what is not known before.
func (p plan) sketch() *deployment {
	d := &deployment{
		plan:     p,
		network:  &network.Network{Zones: threeZones, NATGatewayIDs: aMap},
		topics:   &monitoring.Monitoring{TopicARNs: aMap, KeyARN: aText},
		clusters: map[string]*cluster.Cluster{},
	}
	if p.spec.LoadBalancer != nil {
		d.balancer = &loadbalancer.LoadBalancer{MetricName: aText, TargetGroupMetricNames: aMap, HealthCheckID: aText}
		d.front = &monitoring.Monitoring{}
	}
	if p.spec.Cluster != nil {
		for _, colour := range p.colours() {
			d.clusters[colour] = &cluster.Cluster{GroupName: aText}
		}
	}
	if p.spec.Kubernetes != nil {
		d.kubernetes = &kubernetes.Kubernetes{ClusterName: aText}
	}
	if p.spec.Database != nil {
		d.database = &database.Database{Identifier: aText, ReplicaIdentifier: aText, ReplicaIdentifiers: aMap, LogGroupNames: aMap}
	}
	if p.spec.Cache != nil {
		d.cache = &cache.Cache{MemberIDs: anIDs.ToStringArrayOutput()}
	}
	if p.spec.Recovery != nil {
		d.recovery = &region{balancer: d.balancer, cluster: d.clusters[p.colours()[0]]}
		if p.standbyCache() != nil {
			d.recovery.cache = d.cache
		}
	}
	if p.spec.Backup != nil {
		d.backup = &backup.Backup{VaultName: aText}
	}
	return d
}

// aZone stands for the DNS zone, if the platform makes one.
func (p plan) aZone() pulumi.StringPtrInput {
	if p.spec.Zone == "" {
		return nil
	}
	return anID
}

// aLabel stands for what scaling by requests knows the load balancer by, if there is one that counts them.
func (p plan) aLabel() pulumi.StringInput {
	if p.spec.LoadBalancer == nil || p.spec.LoadBalancer.TCP {
		return nil
	}
	return anID
}
