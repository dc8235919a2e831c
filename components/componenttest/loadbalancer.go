package componenttest

import (
	"maps"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/holdfast-iac/holdfast/components/spec"
)

// LoadBalancerDriver describes a cloud's load balancer component to the suite. Its New must accept every
// spec.LoadBalancer that is valid: it makes a DNS zone for one that has a Domain, and names a certificate for one that
// has none.
type LoadBalancerDriver struct {
	Driver[spec.LoadBalancer]
	// View says of a recording, in neutral terms, what the load balancer does.
	View func(t require.TestingT, r Recording) Balancing
	// Shifting are the inputs that hold weights, as "type.property": all that a release by weights may change. The cloud
	// must be able to change each of them in place.
	Shifting []string
	// Growing are the inputs that list backends or domains, as "type.property". The cloud must be able to change each of them
	// in place, or to replace the resource without a gap.
	Growing []string
}

// Balancing is what a load balancer does, as a client and an auditor see it.
type Balancing struct {
	// Ports are what the open ports do: "https", "http" or "redirect"; with TCP "tls" or "tcp".
	Ports map[int]string
	// Clients are the blocks that may connect, in alphabetical order; "network" stands for the network's own.
	Clients []string
	// Weights are the shares of the backends.
	Weights map[string]int
	// StickySeconds is how long a client stays with a backend; 0 when it does not.
	StickySeconds int
	// Records are the names that lead to the load balancer, with their types, in alphabetical order: "A shop.example.com".
	Records []string
	// Internal says that only the network reaches it, Protected that it cannot be deleted, Logged that requests are recorded.
	Internal, Protected, Logged bool
	// Erasable says that the records of requests go when the load balancer is deleted.
	Erasable bool
	// Firewall says what becomes of attacks: "block", "count" or "" for nothing.
	Firewall string
	// RateLimit is how many requests an address may send in five minutes; 0 for any number.
	RateLimit int
	// Rollbacks are where the traffic of backends goes when alarms of their own go off.
	Rollbacks map[string]string
}

// LoadBalancer runs the suite that every cloud's load balancer component must pass.
func LoadBalancer(t *testing.T, d LoadBalancerDriver) { d.checks().run(t) }

func (d LoadBalancerDriver) checks() checks {
	tags := map[string]string{"team": "platform"}
	return d.common(Common[spec.LoadBalancer]{
		Tagged: []spec.LoadBalancer{{Tags: tags}, large(tags)},
		Bad:    badBalancers(),
	}).with(checks{
		"defaults are strong":     d.defaults,
		"weakening is explicit":   d.weakened,
		"options":                 d.reach,
		"weights shift in place":  d.shift,
		"growth replaces nothing": d.growth,
	})
}

// strongBalancing is what a load balancer does by default.
func strongBalancing() Balancing {
	return Balancing{
		Ports: map[int]string{80: "redirect", 443: "https"}, Clients: []string{"0.0.0.0/0"}, Weights: map[string]int{"main": 100},
		Protected: true, Logged: true, Firewall: "block", RateLimit: 2000, Rollbacks: map[string]string{},
	}
}

// large has two of everything.
func large(tags map[string]string) spec.LoadBalancer {
	return spec.LoadBalancer{
		Domain: "shop.example.com", AlternateDomains: []string{"*.shop.example.com", "www.example.com"}, IPv6: true,
		AllowedCIDRs: []string{"198.51.100.0/24", "203.0.113.0/24", "2001:db8::/32"},
		Backends:     released(100, 0),
		Routes: map[string]spec.Route{
			"api":   {Priority: 20, Paths: []string{"/api/*"}, Backends: map[string]int{"blue": 1}},
			"admin": {Priority: 10, Hosts: []string{"admin.example.com"}, Backends: map[string]int{"blue": 9, "green": 1}},
		},
		Firewall: spec.Firewall{BlockAnonymous: true},
		Tags:     tags,
	}
}

// released returns two backends that share traffic, the second of them a new version.
func released(blue, green int) map[string]spec.Backend {
	backends := shares(map[string]int{"blue": blue, "green": green})
	candidate := backends["green"]
	candidate.Rollback.To = "blue"
	backends["green"] = candidate
	return backends
}

// shares returns backends with the weights.
func shares(weights map[string]int) map[string]spec.Backend {
	backends := map[string]spec.Backend{}
	for name, weight := range weights {
		backends[name] = spec.Backend{Weight: &weight}
	}
	return backends
}

func (d LoadBalancerDriver) expect(t require.TestingT, s spec.LoadBalancer, change func(*Balancing), why string) {
	want := strongBalancing()
	change(&want)
	assert.Equal(t, want, d.View(t, d.run(t, s)), why)
}

func (d LoadBalancerDriver) defaults(t require.TestingT) {
	d.expect(t, spec.LoadBalancer{}, func(*Balancing) {}, "with no arguments")
}

// weakened holds that every field named for a weakening weakens that alone.
func (d LoadBalancerDriver) weakened(t require.TestingT) {
	d.expect(t, spec.LoadBalancer{Unencrypted: true}, func(b *Balancing) { b.Ports = map[int]string{80: "http"} }, "plain HTTP")
	d.expect(t, spec.LoadBalancer{DeletionAllowed: true}, func(b *Balancing) { b.Protected = false }, "unprotected")
	d.expect(t, spec.LoadBalancer{AccessLogs: spec.AccessLogs{Disabled: true}}, func(b *Balancing) { b.Logged = false }, "not logged")
	d.expect(t, spec.LoadBalancer{AccessLogs: spec.AccessLogs{Erasable: true}}, func(b *Balancing) {
		b.Erasable = true
	}, "erasable")
	for why, weak := range map[string]struct {
		firewall spec.Firewall
		change   func(*Balancing)
	}{
		"no firewall": {spec.Firewall{Disabled: true}, func(b *Balancing) { b.Firewall, b.RateLimit = "", 0 }},
		"count only":  {spec.Firewall{CountOnly: true}, func(b *Balancing) { b.Firewall = "count" }},
		"no limit":    {spec.Firewall{RateUnlimited: true}, func(b *Balancing) { b.RateLimit = 0 }},
		"more":        {spec.Firewall{RateLimit: 5000}, func(b *Balancing) { b.RateLimit = 5000 }},
	} {
		d.expect(t, spec.LoadBalancer{Firewall: weak.firewall}, weak.change, why)
	}
	open := shares(map[string]int{"blue": 90, "green": 10})
	open["green"] = spec.Backend{Weight: open["green"].Weight, Rollback: spec.Rollback{Disabled: true}}
	d.expect(t, spec.LoadBalancer{Backends: open}, func(b *Balancing) {
		b.Weights = map[string]int{"blue": 90, "green": 10}
	}, "no rollback")
}

// reach holds what options do that are neither strong nor weak.
func (d LoadBalancerDriver) reach(t require.TestingT) {
	d.expect(t, spec.LoadBalancer{RedirectDisabled: true}, func(b *Balancing) { delete(b.Ports, 80) }, "no redirect")
	d.expect(t, spec.LoadBalancer{Internal: true}, func(b *Balancing) {
		b.Internal, b.Clients = true, []string{"network"}
	}, "internal")
	d.expect(t, spec.LoadBalancer{TCP: true, Firewall: spec.Firewall{Disabled: true}}, func(b *Balancing) {
		b.Ports, b.Firewall, b.RateLimit = map[int]string{443: "tls"}, "", 0
	}, "connections")
	d.expect(t, spec.LoadBalancer{Port: 8443}, func(b *Balancing) {
		b.Ports = map[int]string{80: "redirect", 8443: "https"}
	}, "another port")
	d.expect(t, spec.LoadBalancer{StickySeconds: 60}, func(b *Balancing) { b.StickySeconds = 60 }, "sticky")
	d.expect(t, spec.LoadBalancer{AllowedCIDRs: []string{"203.0.113.0/24", "198.51.100.0/24"}}, func(b *Balancing) {
		b.Clients = []string{"198.51.100.0/24", "203.0.113.0/24"}
	}, "some clients")
	d.expect(t, large(nil), func(b *Balancing) {
		b.Clients = []string{"198.51.100.0/24", "2001:db8::/32", "203.0.113.0/24"}
		b.Weights, b.Rollbacks = map[string]int{"blue": 100, "green": 0}, map[string]string{"green": "blue"}
		b.Records = []string{
			"A *.shop.example.com", "A shop.example.com", "A www.example.com",
			"AAAA *.shop.example.com", "AAAA shop.example.com", "AAAA www.example.com",
		}
	}, "everything")
}

// shift releases a version: each step changes where the weights are, in place, and nothing else. At each of them, the one
// without traffic included, there is a way back.
func (d LoadBalancerDriver) shift(t require.TestingT) {
	var before Recording
	for i, step := range [][2]int{{100, 0}, {90, 10}, {50, 50}, {0, 100}} {
		after := d.run(t, spec.LoadBalancer{Backends: released(step[0], step[1])})
		seen := d.View(t, after)
		assert.Equal(t, map[string]int{"blue": step[0], "green": step[1]}, seen.Weights)
		assert.Equal(t, map[string]string{"green": "blue"}, seen.Rollbacks, "at weight %d", step[1])
		if i > 0 {
			assert.Equal(t, before.URNs(), after.URNs(), "a release makes and removes nothing")
			assertKept(t, before, after, d.Shifting)
		}
		before = after
	}
}

// growth adds one more of everything.
func (d LoadBalancerDriver) growth(t require.TestingT) {
	all := large(nil)
	after := d.run(t, all)
	for name, remove := range map[string]func(*spec.LoadBalancer){
		"first block":  func(l *spec.LoadBalancer) { l.AllowedCIDRs = l.AllowedCIDRs[1:] },
		"last block":   func(l *spec.LoadBalancer) { l.AllowedCIDRs = l.AllowedCIDRs[:2] },
		"first domain": func(l *spec.LoadBalancer) { l.AlternateDomains = l.AlternateDomains[1:] },
		"last domain":  func(l *spec.LoadBalancer) { l.AlternateDomains = l.AlternateDomains[:1] },
		"route": func(l *spec.LoadBalancer) {
			l.Routes = maps.Clone(l.Routes)
			delete(l.Routes, "admin")
		},
		"backend": func(l *spec.LoadBalancer) {
			l.Backends = shares(map[string]int{"blue": 100})
			l.Routes = map[string]spec.Route{"api": l.Routes["api"]}
		},
	} {
		fewer := all
		remove(&fewer)
		before := d.run(t, fewer)
		assertKept(t, before, after, slices.Concat(d.Shifting, d.Growing))
		assert.Greater(t, len(after.Resources), len(before.Resources), name)
	}
	reordered := all
	reordered.AllowedCIDRs = []string{all.AllowedCIDRs[2], all.AllowedCIDRs[0], all.AllowedCIDRs[1]}
	assertSame(t, after, d.run(t, reordered), "the order of blocks does not matter")
}

// assertKept holds that everything in before is in after with the same inputs, but for those of changing, as
// "type.property".
func assertKept(t require.TestingT, before, after Recording, changing []string) {
	kept := after.ByURN()
	for _, old := range before.Resources {
		now, ok := kept[old.URN]
		if !assert.True(t, ok, "%s is gone", old.URN) {
			continue
		}
		for key := range union(old.Inputs, now.Inputs) {
			if !slices.Contains(changing, old.Type+"."+string(key)) {
				assert.Equal(t, old.Inputs[key], now.Inputs[key], "%s of %s changed", key, old.URN)
			}
		}
	}
}

func badBalancers() map[string]Bad[spec.LoadBalancer] {
	type lb = spec.LoadBalancer
	return map[string]Bad[lb]{
		"domain":      {lb{Domain: "Shop"}, []string{"domain"}},
		"clients":     {lb{AllowedCIDRs: []string{"everybody"}}, []string{"allowedCidrs[0]"}},
		"weights":     {lb{Backends: map[string]spec.Backend{"a": {}, "b": {}}}, []string{"backends.a.weight", "backends.b.weight"}},
		"no rollback": {lb{Backends: shares(map[string]int{"a": 1, "b": 1})}, []string{"backends"}},
		"rollback": {lb{Backends: map[string]spec.Backend{"a": {Rollback: spec.Rollback{To: "b", Disabled: true}}}}, []string{
			"backends.a.rollback.to", "backends.a.rollback.disabled",
		}},
		"no weight": {lb{Backends: shares(map[string]int{"a": 0})}, []string{"backends"}},
		"port": {lb{Backends: map[string]spec.Backend{"a": {Port: 70000}}}, []string{
			"backends.a.port", "backends.a.healthCheck.port",
		}},
		"route":       {lb{Routes: map[string]spec.Route{"r": {Priority: 1, Paths: []string{"/"}, Backends: map[string]int{"x": 1}}}}, []string{"routes.r.backends.x"}},
		"firewall":    {lb{Firewall: spec.Firewall{Disabled: true, RateLimit: 100}}, []string{"firewall.rateLimit"}},
		"several":     {lb{IdleSeconds: -1, Internal: true, IPv6: true}, []string{"ipv6", "idleSeconds"}},
		"access logs": {lb{AccessLogs: spec.AccessLogs{RetentionDays: -1}}, []string{"accessLogs.retentionDays"}},
		"sticky":      {lb{StickySeconds: -1}, []string{"stickySeconds"}},
		"zone alone":  {lb{Zone: "Z1"}, []string{"zone"}},
		"TCP":         {lb{TCP: true, StickySeconds: 1}, []string{"firewall.disabled", "stickySeconds"}},
	}
}
