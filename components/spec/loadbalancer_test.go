package spec

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestLoadBalancerDefaults(t *testing.T) {
	t.Parallel()
	d := LoadBalancer{}.WithDefaults()
	require.NoError(t, LoadBalancer{}.Validate())
	assert.False(t, d.Unencrypted || d.DeletionAllowed || d.Firewall.Disabled || d.AccessLogs.Disabled)
	assert.Equal(t, Firewall{RateLimit: 2000, LogRetentionDays: 365}, d.Firewall)
	assert.Equal(t, 365, d.AccessLogs.RetentionDays)
	assert.Equal(t, 60, d.IdleSeconds)
	require.Len(t, d.Backends, 1)
	assert.Equal(t, 100, *d.Backends["main"].Weight)
	assert.Equal(t, HealthCheck{
		Path: "/", Codes: "200-299", Port: 8080, IntervalSeconds: 10, TimeoutSeconds: 5, HealthyThreshold: 2, UnhealthyThreshold: 3,
	}, d.Backends["main"].HealthCheck)
	assert.Empty(t, d.Domains())
	assert.Zero(t, LoadBalancer{Firewall: Firewall{RateUnlimited: true}}.WithDefaults().Firewall.RateLimit)
}

func TestBackendDefaults(t *testing.T) {
	t.Parallel()
	of := func(b Backend) Backend {
		return LoadBalancer{Backends: map[string]Backend{"a": b}}.WithDefaults().Backends["a"]
	}
	grpc := of(Backend{Protocol: BackendGRPC, Port: 50051})
	assert.Equal(t, "/grpc.health.v1.Health/Check", grpc.HealthCheck.Path)
	assert.Equal(t, "0", grpc.HealthCheck.Codes)
	assert.Equal(t, 50051, grpc.HealthCheck.Port)
	assert.Equal(t, LeastRequests, of(Backend{}).Algorithm)
	assert.Equal(t, RoundRobin, of(Backend{SlowStartSeconds: 30}).Algorithm, "the one that can start slowly")
	assert.Equal(t, BackendHTTP, of(Backend{}).Protocol)
	assert.Equal(t, 60, of(Backend{}).DrainSeconds)
	assert.Zero(t, of(Backend{}).Rollback)
	assert.Equal(t, Rollback{To: "b", ErrorPercent: 5, LatencyMilliseconds: 1000}, of(Backend{Rollback: Rollback{To: "b"}}).Rollback)
}

// What a user hands in stays as it is.
func TestLoadBalancerDefaultsCopy(t *testing.T) {
	t.Parallel()
	given := LoadBalancer{Backends: map[string]Backend{"a": {}}, Tags: map[string]string{"k": "v"}, AllowedCIDRs: []string{"10.0.0.0/8"}}
	d := given.WithDefaults()
	d.Tags["k"], d.AllowedCIDRs[0] = "w", "x"
	assert.Equal(t, LoadBalancer{Backends: map[string]Backend{"a": {}}, Tags: map[string]string{"k": "v"}, AllowedCIDRs: []string{"10.0.0.0/8"}}, given)
}

func TestLoadBalancerProblems(t *testing.T) {
	t.Parallel()
	weight := func(n int) *int { return &n }
	backend := func(b Backend) LoadBalancer { return LoadBalancer{Backends: map[string]Backend{"a": b}} }
	check := func(h HealthCheck) LoadBalancer { return backend(Backend{HealthCheck: h}) }
	route := func(r Route) LoadBalancer { return LoadBalancer{Routes: map[string]Route{"r": r}} }
	toMain := map[string]int{"main": 1}
	two := func(a, b int, r Rollback) LoadBalancer {
		return LoadBalancer{Backends: map[string]Backend{"a": {Weight: weight(a)}, "b": {Weight: weight(b), Rollback: r}}}
	}
	tests := map[string]struct {
		balancer LoadBalancer
		want     string
	}{
		"upper case":          {LoadBalancer{Domain: "Shop.example.com"}, `domain: "Shop.example.com" is not a domain; use lower case, for example shop.example.com`},
		"long domain":         {LoadBalancer{Domain: strings.Repeat("a.", 130) + "com"}, `domain: "` + strings.Repeat("a.", 39) + `a… is not a domain; use lower case, for example shop.example.com`},
		"domain twice":        {LoadBalancer{Domain: "a.com", AlternateDomains: []string{"a.com"}}, `alternateDomains[0]: "a.com" is listed twice; list each domain once`},
		"alternate twice":     {LoadBalancer{Domain: "a.com", AlternateDomains: []string{"b.com", "b.com"}}, `alternateDomains[1]: "b.com" is listed twice; list each domain once`},
		"alternates alone":    {LoadBalancer{AlternateDomains: []string{"b.com"}}, `alternateDomains: ["b.com"] are of no use without domain; name the first there`},
		"zone alone":          {LoadBalancer{Zone: "Z1"}, `zone: "Z1" is of no use without domain; say which name leads to the load balancer`},
		"certificate, plain":  {LoadBalancer{Unencrypted: true, Certificate: "c"}, `certificate: "c" is of no use without TLS; remove unencrypted`},
		"redirect, plain":     {LoadBalancer{Unencrypted: true, RedirectDisabled: true}, `redirectDisabled: has no effect without TLS, for nothing is redirected; remove one of the two`},
		"IPv6 inside":         {LoadBalancer{Internal: true, IPv6: true}, `ipv6: is not for an internal load balancer; remove one of the two`},
		"no block":            {LoadBalancer{AllowedCIDRs: []string{"me"}}, `allowedCidrs[0]: "me" is not a CIDR block; use for example 203.0.113.0/24`},
		"host bits":           {LoadBalancer{AllowedCIDRs: []string{"10.0.0.1/8"}}, `allowedCidrs[0]: "10.0.0.1/8" has host bits set; use 10.0.0.0/8`},
		"IPv6 block":          {LoadBalancer{AllowedCIDRs: []string{"::/0"}}, `allowedCidrs[0]: "::/0" is of IPv6, which the load balancer does not have; set ipv6`},
		"block twice":         {LoadBalancer{AllowedCIDRs: []string{"10.0.0.0/8", "10.0.0.0/8"}}, `allowedCidrs[1]: "10.0.0.0/8" is listed twice; list each block once`},
		"backend's name":      {LoadBalancer{Backends: map[string]Backend{"Blue": {}}}, `backends.Blue: is not a backend's name; use up to 16 lower-case letters, digits and hyphens, a letter first`},
		"long name":           {LoadBalancer{Backends: map[string]Backend{"abcdefghijklmnopq": {}}}, `backends.abcdefghijklmnopq: is not a backend's name; use up to 16 lower-case letters, digits and hyphens, a letter first`},
		"weight missing":      {LoadBalancer{Backends: map[string]Backend{"a": {Weight: weight(1)}, "b": {}}}, `backends.b.weight: is missing; with several backends each says its share, 0 for none`},
		"weight":              {backend(Backend{Weight: weight(101)}), `backends.a.weight: 101 is out of range; use 0 to 100`},
		"negative weights":    {LoadBalancer{Backends: map[string]Backend{"a": {Weight: weight(0)}, "b": {Weight: weight(-5)}}}, "backends.b.weight: -5 is out of range; use 0 to 100\nbackends: all have weight 0; give at least one a share of the traffic"},
		"protocol":            {backend(Backend{Protocol: "htps"}), `backends.a.protocol: "htps" is not a backend's protocol; did you mean https? (use grpc, http or https)`},
		"algorithm":           {backend(Backend{Algorithm: "robin"}), `backends.a.algorithm: "robin" is not an algorithm; use avoid-anomalies, least-requests or round-robin`},
		"slow start":          {backend(Backend{SlowStartSeconds: 10}), `backends.a.slowStartSeconds: 10 is out of range; use 30 to 900 seconds`},
		"slow start, other":   {backend(Backend{SlowStartSeconds: 30, Algorithm: LeastRequests}), `backends.a.algorithm: "least-requests" has no slow start; use round-robin, or remove slowStartSeconds`},
		"drain":               {backend(Backend{DrainSeconds: 3601}), `backends.a.drainSeconds: 3601 is out of range; use 1 to 3600 seconds`},
		"sticky":              {backend(Backend{StickySeconds: 604801}), `backends.a.stickySeconds: 604801 is out of range; use 0 to 604800 seconds`},
		"path":                {check(HealthCheck{Path: "healthz"}), `backends.a.healthCheck.path: "healthz" is not a path; begin it with /, and use up to 1024 characters`},
		"codes":               {check(HealthCheck{Codes: "ok"}), `backends.a.healthCheck.codes: "ok" are not codes; use for example 200 or 200-299,301`},
		"codes downwards":     {check(HealthCheck{Codes: "200,399-300"}), `backends.a.healthCheck.codes: "200,399-300" are not codes; use for example 200 or 200-299,301`},
		"port":                {LoadBalancer{Port: 80}, `port: 80 is where the redirect listens; set redirectDisabled`},
		"port, range":         {LoadBalancer{Port: 65536}, `port: 65536 is out of range; use 1 to 65535`},
		"requests, TCP":       {LoadBalancer{TCP: true, StickySeconds: 1, RedirectDisabled: true, Routes: map[string]Route{"r": {Priority: 1, Paths: []string{"/"}, Backends: toMain}}}, "firewall.disabled: must be set with tcp: there are no requests to look into\nroutes: has no effect with tcp; remove one of the two\nstickySeconds: has no effect with tcp; remove one of the two\nredirectDisabled: has no effect with tcp; remove one of the two"},
		"backend, TCP":        {LoadBalancer{TCP: true, Firewall: Firewall{Disabled: true}, Backends: map[string]Backend{"a": {Protocol: BackendHTTP, Algorithm: RoundRobin}}}, "backends.a.protocol: \"http\" is not a backend's protocol; did you mean tcp? (use tcp)\nbackends.a: has an algorithm or a slow start, which there are not with tcp; remove them"},
		"codes, TCP":          {LoadBalancer{TCP: true, Firewall: Firewall{Disabled: true}, Backends: map[string]Backend{"a": {HealthCheck: HealthCheck{Codes: "200"}}}}, `backends.a.healthCheck.codes: "200" are of no use without path; say what to ask for`},
		"timeout":             {check(HealthCheck{TimeoutSeconds: 10}), `backends.a.healthCheck.timeoutSeconds: 10 is not less than intervalSeconds (10); wait less, or ask less often`},
		"threshold":           {check(HealthCheck{HealthyThreshold: 1, UnhealthyThreshold: 11}), "backends.a.healthCheck.healthyThreshold: 1 is out of range; use 2 to 10\nbackends.a.healthCheck.unhealthyThreshold: 11 is out of range; use 2 to 10"},
		"interval":            {check(HealthCheck{IntervalSeconds: 301}), `backends.a.healthCheck.intervalSeconds: 301 is out of range; use 5 to 300 seconds`},
		"route for all":       {route(Route{Priority: 1, Backends: toMain}), `routes.r: matches everything; name hosts or paths, or change the weights of backends`},
		"route's priority":    {route(Route{Paths: []string{"/"}, Backends: toMain}), `routes.r.priority: 0 is out of range; use 1 to 50000`},
		"route to nowhere":    {route(Route{Priority: 1, Paths: []string{"/"}}), `routes.r.backends: get no traffic; name at least one backend with a share above 0`},
		"route to a stranger": {route(Route{Priority: 1, Paths: []string{"/"}, Backends: map[string]int{"mian": 1}}), `routes.r.backends.mian: there is no such backend; did you mean main? (use main)`},
		"route's share":       {route(Route{Priority: 1, Hosts: []string{"a.com"}, Backends: map[string]int{"main": 101}}), `routes.r.backends.main: 101 is out of range; use 0 to 100`},
		"priority twice": {LoadBalancer{Routes: map[string]Route{
			"a": {Priority: 5, Paths: []string{"/a"}, Backends: toMain}, "b": {Priority: 5, Paths: []string{"/b"}, Backends: toMain},
		}}, `routes.b.priority: 5 is that of a too; give each route its own`},
		"route's name":       {LoadBalancer{Routes: map[string]Route{"-": {Priority: 5, Paths: []string{"/a"}, Backends: toMain}}}, `routes.-: is not a route's name; use up to 16 lower-case letters, digits and hyphens, a letter first`},
		"firewall off":       {LoadBalancer{Firewall: Firewall{Disabled: true, CountOnly: true, BlockAnonymous: true}}, "firewall.countOnly: has no effect while the firewall is off; remove one of the two\nfirewall.blockAnonymous: has no effect while the firewall is off; remove one of the two"},
		"limit and none":     {LoadBalancer{Firewall: Firewall{RateUnlimited: true, RateLimit: 100}}, `firewall.rateLimit: 100 contradicts rateUnlimited; remove one of the two`},
		"limit":              {LoadBalancer{Firewall: Firewall{RateLimit: 9}}, `firewall.rateLimit: 9 is out of range; use 10 to 2000000000 requests`},
		"sharing":            {two(1, 1, Rollback{}), `backends: share traffic, and nothing takes it from one that fails; set rollback.to of the new version, or rollback.disabled`},
		"rollback to nobody": {two(1, 1, Rollback{To: "gren"}), `backends.b.rollback.to: "gren" is not another backend; use a`},
		"rollback to itself": {two(1, 0, Rollback{To: "b"}), `backends.b.rollback.to: "b" is not another backend; did you mean a? (use a)`},
		"rollback and none":  {two(1, 0, Rollback{To: "a", Disabled: true}), `backends.b.rollback.disabled: contradicts to; remove one of the two`},
		"rollback's limits":  {two(1, 0, Rollback{To: "a", ErrorPercent: -1, LatencyMilliseconds: 60001}), "backends.b.rollback.errorPercent: -1 is out of range; use more than 0, up to 100 percent\nbackends.b.rollback.latencyMilliseconds: 60001 is out of range; use 0 to 60000 milliseconds"},
		"limits of nothing":  {two(1, 0, Rollback{ErrorPercent: 1}), `backends.b.rollback.to: is missing; name the backend that the traffic goes back to`},
		"rollback, TCP":      {LoadBalancer{TCP: true, Firewall: Firewall{Disabled: true}, Backends: two(1, 0, Rollback{To: "a"}).Backends}, `backends.b.rollback.to: "a" has no effect with tcp; remove it`},
		"two rollbacks": {LoadBalancer{Backends: map[string]Backend{
			"a": {Weight: weight(1), Rollback: Rollback{To: "b"}}, "b": {Weight: weight(0), Rollback: Rollback{To: "a"}},
		}}, `backends.b.rollback.to: "a" is one rollback too many; a has one, so finish its release first`},
		"three share": {LoadBalancer{Backends: map[string]Backend{
			"a": {Weight: weight(1)}, "b": {Weight: weight(1), Rollback: Rollback{To: "a"}}, "c": {Weight: weight(1), Rollback: Rollback{Disabled: true}},
		}}, `backends: share traffic with b, whose rollback is to a; let the two share it alone`},
		"route without a way back": {LoadBalancer{
			Backends: map[string]Backend{"a": {Weight: weight(1)}, "b": {Weight: weight(0), Rollback: Rollback{To: "a"}}, "c": {Weight: weight(0)}},
			Routes:   map[string]Route{"r": {Priority: 1, Paths: []string{"/"}, Backends: map[string]int{"b": 1, "c": 1}}},
		}, `routes.r.backends: share traffic with b, whose rollback is to a; let the two share it alone`},
		"retention": {LoadBalancer{Firewall: Firewall{LogRetentionDays: 4000}, AccessLogs: AccessLogs{RetentionDays: -1}}, "firewall.logRetentionDays: 4000 is out of range; use 1 to 3653 days\naccessLogs.retentionDays: -1 is out of range; use 1 to 3653 days"},
		"logs off":  {LoadBalancer{AccessLogs: AccessLogs{Disabled: true, RetentionDays: 30, Erasable: true}}, "accessLogs.retentionDays: 30 has no effect while access logs are off; remove one of the two\naccessLogs.erasable: has no effect while access logs are off; remove one of the two"},
		"idle":      {LoadBalancer{IdleSeconds: 4001, StickySeconds: -1}, "stickySeconds: -1 is out of range; use 0 to 604800 seconds\nidleSeconds: 4001 is out of range; use 1 to 4000 seconds"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			require.EqualError(t, test.balancer.Validate(), test.want)
		})
	}
}

func TestGoodLoadBalancers(t *testing.T) {
	t.Parallel()
	weight, one := 0, 1
	for name, balancer := range map[string]LoadBalancer{
		"release": {
			Backends: map[string]Backend{"a": {Weight: &one}, "b": {Weight: &one, Rollback: Rollback{To: "a", ErrorPercent: 0.1}}},
			Routes: map[string]Route{
				"api": {Priority: 1, Paths: []string{"/"}, Backends: map[string]int{"a": 9, "b": 1}},
				"try": {Priority: 2, Hosts: []string{"try.example.com"}, Backends: map[string]int{"b": 1}},
			},
		},
		"nobody turns back": {Backends: map[string]Backend{"a": {Weight: &one}, "b": {Weight: &one, Rollback: Rollback{Disabled: true}}}},
		"wildcard":          {Domain: "*.example.com", AlternateDomains: []string{"example.com"}, Zone: "Z1"},
		"plain":             {Unencrypted: true, Domain: "a.example.com", Zone: "Z1"},
		"IPv6":              {IPv6: true, AllowedCIDRs: []string{"2001:db8::/32", "0.0.0.0/0"}},
		"TCP":               {TCP: true, Firewall: Firewall{Disabled: true}, Backends: map[string]Backend{"a": {HealthCheck: HealthCheck{Path: "/x"}}}},
		"port 80":           {Port: 80, RedirectDisabled: true},
		"one by one":        {Backends: map[string]Backend{"abcdefghijklmnop": {HealthCheck: HealthCheck{Codes: "200,204,300-301", Port: 9000}}}},
		"only a route uses it": {
			Backends: map[string]Backend{"main": {Weight: new(int)}, "api": {Weight: &[]int{1}[0]}, "x": {Weight: &weight}},
			Routes:   map[string]Route{"x": {Priority: 1, Hosts: []string{"x.example.com"}, Backends: map[string]int{"x": 1, "main": 0}}},
		},
	} {
		assert.NoError(t, balancer.Validate(), name)
	}
}
