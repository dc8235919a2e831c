package spec

import (
	"maps"
	"slices"
)

// checkRollbacks reports what is wrong with each rollback, and who shares traffic without one.
func (l LoadBalancer) checkRollbacks(ps *Problems) {
	first := ""
	for _, name := range slices.Sorted(maps.Keys(l.Backends)) {
		l.checkRollback(ps, name)
		if l.Backends[name].Rollback.To == "" {
			continue
		}
		if first != "" {
			ps.Add("backends."+name+".rollback.to", l.Backends[name].Rollback.To, "is one rollback too many; %s has one, so finish its release first", first)
		}
		first = name
	}
	if len(*ps) > 0 || l.TCP {
		return // who shares with whom is not worth a word until the shares are valid; connections are not shared yet
	}
	weights := map[string]int{}
	for name, backend := range l.Backends {
		weights[name] = *backend.Weight
	}
	l.checkSharing(ps, "backends", weights)
	for _, name := range slices.Sorted(maps.Keys(l.Routes)) {
		l.checkSharing(ps, "routes."+name+".backends", l.Routes[name].Backends)
	}
}

func (l LoadBalancer) checkRollback(ps *Problems, name string) {
	field, rollback := "backends."+name+".rollback", l.Backends[name].Rollback
	if rollback.To == "" {
		if rollback.ErrorPercent != 0 || rollback.LatencyMilliseconds != 0 {
			ps.Add(field+".to", nil, "is missing; name the backend that the traffic goes back to")
		}
		return
	}
	var others []string
	for other := range l.Backends {
		if other != name {
			others = append(others, other)
		}
	}
	if !slices.Contains(others, rollback.To) {
		ps.Add(field+".to", rollback.To, "is not another backend; %s", DidYouMean(rollback.To, others))
	}
	if rollback.Disabled {
		ps.Add(field+".disabled", nil, "contradicts to; remove one of the two")
	}
	if l.TCP {
		ps.Add(field+".to", rollback.To, "has no effect with tcp; remove it")
	}
	ps.Collect(field, rollback.Validate())
}

// Validate reports limits that no alarm can have as one error that holds Problems, or nil. Unset ones are fine. Whether To is
// right is left to the load balancer.
func (r Rollback) Validate() error {
	var ps Problems
	if !(r.ErrorPercent >= 0 && r.ErrorPercent <= 100) { // so that it refuses NaN
		ps.Add("errorPercent", r.ErrorPercent, "is out of range; use more than 0, up to 100 percent")
	}
	checkRange(&ps, "latencyMilliseconds", r.LatencyMilliseconds, 0, maxLatency, " milliseconds")
	return ps.Err()
}

// checkSharing reports backends that share traffic although nothing takes it from one of them when it fails.
func (l LoadBalancer) checkSharing(ps *Problems, field string, shares map[string]int) {
	var sharing []string
	for _, name := range slices.Sorted(maps.Keys(shares)) {
		if shares[name] > 0 {
			sharing = append(sharing, name)
		}
	}
	if len(sharing) < 2 {
		return
	}
	candidate := l.Candidate()
	if i := slices.Index(sharing, candidate); i >= 0 {
		to := l.Backends[candidate].Rollback.To
		if len(sharing) > 2 || !slices.Contains(sharing, to) {
			ps.Add(field, nil, "share traffic with %s, whose rollback is to %s; let the two share it alone", candidate, to)
		}
		return
	}
	if !slices.ContainsFunc(sharing, func(name string) bool { return l.Backends[name].Rollback.Disabled }) {
		ps.Add(field, nil, "share traffic, and nothing takes it from one that fails; set rollback.to of the new version, or rollback.disabled")
	}
}
