package aws

import (
	"fmt"
	"strings"

	"github.com/holdfast-iac/holdfast/internal/sla"
	"github.com/holdfast-iac/holdfast/policies/policy"
)

// servingParts are the parts of a stack that a request needs, as far as their types tell. Instances by themselves are left
// out, which may be of any use, and so are caches of Memcached, for which no commitment was found.
type servingParts struct {
	Records         policy.Resources[aliasRecord]     `pulumi:"aws:route53/record:Record"`
	Distributions   policy.Resources[struct{}]        `pulumi:"aws:cloudfront/distribution:Distribution"`
	Balancers       policy.Resources[struct{}]        `pulumi:"aws:lb/loadBalancer:LoadBalancer,aws:alb/loadBalancer:LoadBalancer,aws:elb/loadBalancer:LoadBalancer"`
	Groups          policy.Resources[servingGroup]    `pulumi:"aws:autoscaling/group:Group"`
	NodeGroups      policy.Resources[servingNodes]    `pulumi:"aws:eks/nodeGroup:NodeGroup"`
	Services        policy.Resources[servingTasks]    `pulumi:"aws:ecs/service:Service"`
	Kubernetes      policy.Resources[struct{}]        `pulumi:"aws:eks/cluster:Cluster"`
	Databases       policy.Resources[servingDatabase] `pulumi:"aws:rds/instance:Instance"`
	DatabaseCluster policy.Resources[auroraCluster]   `pulumi:"aws:rds/cluster:Cluster"`
	AuroraInstances policy.Resources[auroraInstance]  `pulumi:"aws:rds/clusterInstance:ClusterInstance"`
	Caches          policy.Resources[redundantCache]  `pulumi:"aws:elasticache/replicationGroup:ReplicationGroup"`
	Tables          policy.Resources[struct{}]        `pulumi:"aws:dynamodb/table:Table"`
	Gateways        policy.Resources[struct{}]        `pulumi:"aws:ec2/natGateway:NatGateway"`
	zones
}

type aliasRecord struct {
	Aliases policy.List[any] `pulumi:"aliases"`
}

type servingGroup struct {
	Subnets policy.List[string] `pulumi:"vpcZoneIdentifiers"`
	redundantGroup
}

type servingNodes struct {
	Scaling policy.Value[redundantGroup] `pulumi:"scalingConfig"`
	Subnets policy.List[string]          `pulumi:"subnetIds"`
}

type servingTasks struct {
	redundantService
	placedService
}

type servingDatabase struct {
	Source policy.Value[string] `pulumi:"replicateSourceDb"`
	standbyDatabase
}

// service is what all resources of a kind commit to together. They count once, as the weakest: whether a request needs all
// of them, resources do not tell.
type service struct {
	strong, weak sla.Entry
	isWeak       bool
	changes      []string // what makes the weak strong
	open         []func() bool
}

// add adds a resource. It is strong if nothing is said of its weakness.
func (s *service) add(name, change string, weak func() bool) {
	switch holds, known := policy.Ask(weak); {
	case !known:
		s.open = append(s.open, weak)
	case holds:
		s.isWeak = true
		s.changes = append(s.changes, fmt.Sprintf("give %s %s", name, change))
	}
}

// end ends the rule if it is not known of a resource whether it is weak.
func (s *service) end() {
	if !s.isWeak {
		policy.AnyOf(s.open...)
	}
}

// entries are what the services commit to, with what is not known as strong or as weak.
func entries(services []*service, openIsStrong bool) []sla.Entry {
	all := make([]sla.Entry, len(services))
	for i, s := range services {
		all[i] = s.strong
		if s.isWeak || len(s.open) > 0 && !openIsStrong {
			all[i] = s.weak
		}
	}
	return all
}

// services are those of which the stack has resources, in the order in which a request meets them.
func (s servingParts) services(outbound bool) []*service {
	var all []*service
	has := func(count int, strong, weak sla.Entry) *service {
		added := &service{strong: strong, weak: weak}
		if count > 0 {
			all = append(all, added)
		}
		return added
	}
	has(s.aliases(), sla.AWSDNS, sla.AWSDNS)
	has(s.Distributions.Len(), sla.AWSCDN, sla.AWSCDN)
	has(s.Balancers.Len(), sla.AWSLoadBalancer, sla.AWSLoadBalancer)
	s.computing(has(s.Groups.Len()+s.NodeGroups.Len()+s.Services.Len(), sla.AWSInstances, sla.AWSInstance))
	has(s.Kubernetes.Len(), sla.AWSKubernetes, sla.AWSKubernetes)
	s.databases(has)
	caches := has(s.Caches.Len(), sla.AWSCache, sla.AWSCacheOneZone)
	for _, c := range s.Caches.Get() {
		caches.add(c.Name(), "multiAzEnabled and automaticFailoverEnabled", c.Props.single)
	}
	has(s.Tables.Len(), sla.AWSTable, sla.AWSTable)
	if outbound {
		has(s.Gateways.Len(), sla.AWSNAT, sla.AWSNAT)
	}
	return all
}

// aliases counts the records that lead to something of AWS; others may be there to be read once.
func (s servingParts) aliases() int {
	count := 0
	for _, record := range s.Records.Get() {
		if record.Props.Aliases.Present() {
			count++
		}
	}
	return count
}

// computing adds what runs the program. The commitment to instances and tasks in several zones is one to EC2, ECS and
// Fargate alike.
func (s servingParts) computing(all *service) {
	const two = "at least two of them, in two zones"
	for _, g := range s.Groups.Get() {
		all.add(g.Name(), two, func() bool {
			return policy.AnyOf(
				func() bool { return g.Props.Min.Get() < 2 },
				func() bool { return s.single(g.Node, "vpcZoneIdentifiers", g.Props.Subnets) != "" },
			)
		})
	}
	for _, g := range s.NodeGroups.Get() {
		all.add(g.Name(), two, func() bool {
			return policy.AnyOf(
				func() bool { return g.Props.Scaling.Get().Min.Get() < 2 },
				func() bool { return s.single(g.Node, "subnetIds", g.Props.Subnets) != "" },
			)
		})
	}
	for _, t := range s.Services.Get() {
		all.add(t.Name(), two, func() bool {
			return policy.AnyOf(
				t.Props.tooFew,
				func() bool {
					return s.single(t.Node, "networkConfiguration.subnets", t.Props.Network.Get().Subnets) != ""
				},
			)
		})
	}
}

// databases adds RDS and Aurora, which have commitments of their own. Replicas count with what they are of.
func (s servingParts) databases(has func(count int, strong, weak sla.Entry) *service) {
	var rds, aurora []policy.Resource[auroraCluster]
	for _, c := range s.DatabaseCluster.Get() {
		if strings.HasPrefix(c.Props.Engine.Get(), "aurora") {
			aurora = append(aurora, c)
		} else {
			rds = append(rds, c) // a Multi-AZ cluster: RDS makes three instances of it
		}
	}
	var own []policy.Resource[servingDatabase]
	for _, db := range s.Databases.Get() {
		if !db.Props.Source.Present() {
			own = append(own, db)
		}
	}
	instances := has(len(own)+len(rds), sla.AWSDatabase, sla.AWSDatabaseOneZone)
	for _, db := range own {
		instances.add(db.Name(), "multiAz", func() bool { return !db.Props.MultiAZ.Or(false) })
	}
	clusters := has(len(aurora), sla.AWSAurora, sla.AWSAuroraOneZone)
	for _, c := range aurora {
		clusters.add(c.Name(), "a second instance", func() bool { return upToTwo(s.AuroraInstances, c.Node) < 2 })
	}
}
