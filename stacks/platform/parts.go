package platform

import (
	"maps"
	"slices"

	"github.com/holdfast-iac/holdfast/components/spec"
)

// part is a section of the configuration that judges itself.
type part struct {
	key      string
	validate func() error
}

// parts are the sections that the description has, in the order in which their problems are reported.
func (s Spec) parts() []part {
	parts := []part{{"network", s.Network.Validate}}
	if s.LoadBalancer != nil {
		parts = append(parts, part{"loadBalancer", s.described().Validate})
	}
	if s.Cluster != nil {
		parts = append(parts, part{"cluster", s.Cluster.Validate})
	}
	if s.Database != nil {
		parts = append(parts, part{"database", s.Database.Validate})
	}
	if s.Cache != nil {
		parts = append(parts, part{"cache", s.Cache.Validate})
	}
	if s.Kubernetes != nil {
		parts = append(parts, part{"kubernetes", s.Kubernetes.Validate})
	}
	if s.Backup != nil {
		parts = append(parts, part{"backup", s.Backup.Validate})
	}
	if s.Monitoring != nil {
		parts = append(parts, part{"monitoring", s.Monitoring.Validate})
	}
	if s.Baseline != nil {
		parts = append(parts, part{"baseline", s.Baseline.Validate})
	}
	parts = append(parts, part{"release", s.Release.Validate}, part{"objectives", s.Objectives.Validate})
	if s.Recovery != nil {
		parts = append(parts, part{"recovery", s.Recovery.Validate})
	}
	if s.AWS != nil {
		parts = append(parts, part{"aws", s.AWS.Validate})
	}
	return parts
}

// described is the load balancer with what can be described of its backends. The rest is refused by checkTogether, and needs
// no advice on how to describe it.
func (s Spec) described() spec.LoadBalancer {
	balancer := *s.LoadBalancer
	main, ok := balancer.Backends["main"]
	balancer.Backends = nil
	if ok {
		main.Port, main.Weight, main.Rollback = 0, nil, spec.Rollback{}
		balancer.Backends = map[string]spec.Backend{"main": main}
	}
	return balancer
}

// checkTogether reports what the sections, each valid by itself, cannot do together.
func (s Spec) checkTogether() error {
	var ps spec.Problems
	if s.LoadBalancer != nil {
		if s.Cluster == nil {
			ps.Add(namespace+"loadBalancer", nil, "has nothing to lead to; add %scluster", namespace)
		}
		for _, name := range slices.Sorted(maps.Keys(s.LoadBalancer.Backends)) {
			backend := s.LoadBalancer.Backends[name]
			if name != "main" || backend.Port != 0 || backend.Weight != nil || backend.Rollback != (spec.Rollback{}) {
				ps.Add(namespace+"loadBalancer.backends."+name, nil,
					"is made from the cluster and the release; only main can be described, without port, weight and rollback")
			}
		}
		if s.LoadBalancer.IPv6 && !s.Network.IPv6 {
			ps.Add(namespace+"loadBalancer.ipv6", true, "needs subnets with IPv6; set %snetwork.ipv6 too", namespace)
		}
		if s.LoadBalancer.IPv6 && s.Recovery != nil && !s.Recovery.Network.IPv6 {
			ps.Add(namespace+"recovery.network.ipv6", false, "must be true, because the load balancer there has IPv6 too")
		}
		if s.Zone != "" && s.LoadBalancer.Zone != "" {
			ps.Add(namespace+"loadBalancer.zone", s.LoadBalancer.Zone, "contradicts %szone, which makes one; remove one of the two", namespace)
		}
	}
	s.checkZone(&ps)
	s.checkConnections(&ps)
	if s.Release.Strategy == BlueGreen && s.LoadBalancer == nil {
		ps.Add(namespace+"release.strategy", s.Release.Strategy, "shifts the weights of a load balancer; add %sloadBalancer", namespace)
	}
	if s.Recovery != nil {
		if s.Recovery.DatabaseReplica && s.Database == nil {
			ps.Add(namespace+"recovery.databaseReplica", nil, "has no database to follow; add %sdatabase", namespace)
		}
		if s.Recovery.Standby > 0 && s.Cluster == nil {
			ps.Add(namespace+"recovery.standby", s.Recovery.Standby, "has no cluster to stand by for; add %scluster", namespace)
		}
		s.checkFailover(&ps)
	}
	s.checkEffect(&ps)
	s.checkAWS(&ps)
	unseen := s.Kubernetes == nil || s.Kubernetes.Agent.Disabled
	if s.Monitoring != nil && s.LoadBalancer == nil && s.Cluster == nil && s.Database == nil && s.Cache == nil && s.Backup == nil && unseen {
		ps.Add(namespace+"monitoring", nil, "has nothing to watch; add another part")
	}
	return ps.Err()
}

// checkConnections reports what needs requests, where the load balancer shares out connections.
func (s Spec) checkConnections(ps *spec.Problems) {
	if s.LoadBalancer == nil || !s.LoadBalancer.TCP {
		return
	}
	if s.Cluster != nil && s.Cluster.Scaling.RequestsPerMinute != 0 {
		ps.Add(namespace+"cluster.scaling.requestsPerMinute", s.Cluster.Scaling.RequestsPerMinute,
			"needs requests, which %sloadBalancer does not count with tcp; remove it", namespace)
	}
	if s.Monitoring != nil && s.Monitoring.Objective != (spec.Objective{}) {
		ps.Add(namespace+"monitoring.objective", nil, "is one of requests, which %sloadBalancer does not count with tcp; remove it", namespace)
	}
}

// checkEffect reports what has no effect, or cannot have the effect that is wanted, without another section.
func (s Spec) checkEffect(ps *spec.Problems) {
	if s.DatabasePassword != "" && s.Database == nil {
		ps.Add(namespace+"databasePassword", nil, "has no effect without %sdatabase; remove it", namespace)
	}
	if len(s.Administrators) > 0 && s.Kubernetes == nil && s.Baseline == nil {
		ps.Add(namespace+"administrators", nil, "has no effect without %skubernetes or %sbaseline; remove it", namespace, namespace)
	}
	n := s.Network
	if n.NAT == spec.NATNone && n.Endpoints.Disabled && !n.IPv6 && (s.Cluster != nil || s.Kubernetes != nil) {
		ps.Add(namespace+"network.endpoints.disabled", true,
			"leaves the machines no way to any service, with nat: none; remove it, or use another NAT mode")
	}
}

// checkFailover reports users who would be sent where there is no data, unless that is what is wanted.
func (s Spec) checkFailover(ps *spec.Problems) {
	r := s.Recovery
	byItself := r.Standby > 0 && s.LoadBalancer != nil && (s.Zone != "" || s.LoadBalancer.Zone != "")
	switch {
	case r.FailoverWithoutData && (r.DatabaseReplica || s.Database == nil || !byItself):
		ps.Add(namespace+"recovery.failoverWithoutData", true, "has no effect: no users get by themselves to machines without their database; remove it")
	case !r.FailoverWithoutData && !r.DatabaseReplica && s.Database != nil && byItself:
		ps.Add(namespace+"recovery.databaseReplica", false,
			"must be true: users get by themselves to machines there, which have no database without; or set failoverWithoutData")
	}
}

// Unlocked returns a copy without any protection against deletion, if the description allows it.
func (s Spec) Unlocked() Spec {
	if !s.DeletionAllowed {
		return s
	}
	if s.LoadBalancer != nil {
		open := *s.LoadBalancer
		open.DeletionAllowed = true
		open.AccessLogs.Erasable = !open.AccessLogs.Disabled
		s.LoadBalancer = &open
	}
	if s.Database != nil {
		open := *s.Database
		open.DeletionAllowed = true
		s.Database = &open
	}
	if s.Kubernetes != nil {
		open := *s.Kubernetes
		open.DeletionAllowed = true
		s.Kubernetes = &open
	}
	if s.Backup != nil && s.Backup.Lock.Compliance == "" {
		open := *s.Backup
		open.Erasable, open.Lock = true, spec.BackupLock{Disabled: true}
		s.Backup = &open
	}
	if s.Baseline != nil {
		open := *s.Baseline
		open.Trail.Erasable = true
		s.Baseline = &open
	}
	return s
}
