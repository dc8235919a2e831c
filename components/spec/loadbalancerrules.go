package spec

import (
	"fmt"
	"maps"
	"net/netip"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

var (
	// domainPattern matches a name of the DNS, which may begin with a wildcard (RFC 1123, 2.1; RFC 4592).
	domainPattern = regexp.MustCompile(`^(\*\.)?([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])?$`)
	// backendPattern matches the name of a backend or route.
	backendPattern = regexp.MustCompile(`^[a-z]([a-z0-9-]{0,14}[a-z0-9])?$`)
	// codesPattern matches values and ranges, joined by commas.
	codesPattern = regexp.MustCompile(`^\d{1,3}(-\d{1,3})?(,\d{1,3}(-\d{1,3})?)*$`)
)

// Validate reports everything wrong with the load balancer as one error that holds Problems, or nil. Unset fields count
// as their defaults. Whether there is a certificate is left to the cloud's component, for it may come from the program.
func (l LoadBalancer) Validate() error {
	var ps Problems
	d := l.WithDefaults()
	d.checkDomains(&ps)
	d.checkReach(&ps)
	d.checkBackends(&ps)
	d.checkRoutes(&ps)
	d.checkRollbacks(&ps)
	d.checkFirewall(&ps, l.Firewall)
	d.checkTCP(&ps)
	checkRange(&ps, "stickySeconds", d.StickySeconds, 0, maxStickySeconds, " seconds")
	checkRange(&ps, "port", d.Port, 1, 65535, "")
	checkRange(&ps, "idleSeconds", d.IdleSeconds, 1, maxIdleSeconds, " seconds")
	checkRange(&ps, "accessLogs.retentionDays", d.AccessLogs.RetentionDays, 1, maxRetentionDays, " days")
	if l.AccessLogs.Disabled && l.AccessLogs.RetentionDays != 0 {
		ps.Add("accessLogs.retentionDays", l.AccessLogs.RetentionDays, "has no effect while access logs are off; remove one of the two")
	}
	if l.AccessLogs.Disabled && l.AccessLogs.Erasable {
		ps.Add("accessLogs.erasable", nil, "has no effect while access logs are off; remove one of the two")
	}
	return ps.Err()
}

func (l LoadBalancer) checkDomains(ps *Problems) {
	if l.Domain == "" && len(l.AlternateDomains) > 0 {
		ps.Add("alternateDomains", l.AlternateDomains, "are of no use without domain; name the first there")
	}
	if l.Domain == "" && l.Zone != "" {
		ps.Add("zone", l.Zone, "is of no use without domain; say which name leads to the load balancer")
	}
	if l.Unencrypted && l.Certificate != "" {
		ps.Add("certificate", l.Certificate, "is of no use without TLS; remove unencrypted")
	}
	if l.Unencrypted && l.RedirectDisabled {
		ps.Add("redirectDisabled", nil, "has no effect without TLS, for nothing is redirected; remove one of the two")
	}
	if !l.Unencrypted && !l.TCP && !l.RedirectDisabled && l.Port == portHTTP {
		ps.Add("port", l.Port, "is where the redirect listens; set redirectDisabled")
	}
	for i, domain := range append([]string{l.Domain}, l.AlternateDomains...) {
		field := "domain"
		if i > 0 {
			field = fmt.Sprintf("alternateDomains[%d]", i-1)
		}
		switch {
		case domain == "" && i == 0:
		case !domainPattern.MatchString(domain) || len(domain) > 253:
			ps.Add(field, domain, "is not a domain; use lower case, for example shop.example.com")
		case i > 0 && (domain == l.Domain || slices.Index(l.AlternateDomains, domain) < i-1):
			ps.Add(field, domain, "is listed twice; list each domain once")
		}
	}
}

func (l LoadBalancer) checkReach(ps *Problems) {
	if l.Internal && l.IPv6 {
		ps.Add("ipv6", nil, "is not for an internal load balancer; remove one of the two")
	}
	for i, cidr := range l.AllowedCIDRs {
		field := fmt.Sprintf("allowedCidrs[%d]", i)
		block, err := netip.ParsePrefix(cidr)
		switch {
		case err != nil:
			ps.Add(field, cidr, "is not a CIDR block; use for example 203.0.113.0/24")
		case block.Masked() != block:
			ps.Add(field, cidr, "has host bits set; use %s", block.Masked())
		case block.Addr().Is6() && !l.IPv6:
			ps.Add(field, cidr, "is of IPv6, which the load balancer does not have; set ipv6")
		case slices.Index(l.AllowedCIDRs, cidr) < i:
			ps.Add(field, cidr, "is listed twice; list each block once")
		}
	}
}

func (l LoadBalancer) checkBackends(ps *Problems) {
	total, known := 0, true
	for _, name := range slices.Sorted(maps.Keys(l.Backends)) {
		field, backend := "backends."+name, l.Backends[name]
		if !backendPattern.MatchString(name) {
			ps.Add(field, nil, "is not a backend's name; use up to 16 lower-case letters, digits and hyphens, a letter first")
		}
		if backend.Weight == nil {
			known = false
			ps.Add(field+".weight", nil, "is missing; with several backends each says its share, 0 for none")
		} else {
			checkRange(ps, field+".weight", *backend.Weight, 0, maxWeight, "")
			total += max(*backend.Weight, 0)
		}
		backend.check(ps, field, l.TCP)
	}
	if known && total == 0 {
		ps.Add("backends", nil, "all have weight 0; give at least one a share of the traffic")
	}
}

func (b Backend) check(ps *Problems, field string, tcp bool) {
	protocols := []string{string(BackendHTTP), string(BackendHTTPS), string(BackendGRPC)}
	if tcp {
		protocols = []string{string(BackendTCP)}
	}
	if !slices.Contains(protocols, string(b.Protocol)) {
		ps.Add(field+".protocol", b.Protocol, "is not a backend's protocol; %s", DidYouMean(string(b.Protocol), protocols))
	}
	algorithms := []string{string(LeastRequests), string(RoundRobin), string(AvoidAnomalies)}
	if !tcp && !slices.Contains(algorithms, string(b.Algorithm)) {
		ps.Add(field+".algorithm", b.Algorithm, "is not an algorithm; %s", DidYouMean(string(b.Algorithm), algorithms))
	}
	if tcp && (b.Algorithm != "" || b.SlowStartSeconds != 0) {
		ps.Add(field, nil, "has an algorithm or a slow start, which there are not with tcp; remove them")
	}
	checkRange(ps, field+".port", b.Port, 1, 65535, "")
	checkRange(ps, field+".stickySeconds", b.StickySeconds, 0, maxStickySeconds, " seconds")
	checkRange(ps, field+".drainSeconds", b.DrainSeconds, 1, maxDrainSeconds, " seconds")
	if b.SlowStartSeconds != 0 {
		checkRange(ps, field+".slowStartSeconds", b.SlowStartSeconds, minSlowStartSeconds, maxSlowStartSeconds, " seconds")
		if !tcp && b.Algorithm != RoundRobin {
			ps.Add(field+".algorithm", b.Algorithm, "has no slow start; use round-robin, or remove slowStartSeconds")
		}
	}
	b.HealthCheck.check(ps, field+".healthCheck")
}

func (h HealthCheck) check(ps *Problems, field string) {
	if h.Path != "" && (!strings.HasPrefix(h.Path, "/") || len(h.Path) > 1024) {
		ps.Add(field+".path", h.Path, "is not a path; begin it with /, and use up to 1024 characters")
	}
	if h.Path == "" && h.Codes != "" {
		ps.Add(field+".codes", h.Codes, "are of no use without path; say what to ask for")
	} else if h.Codes != "" && (!codesPattern.MatchString(h.Codes) || !ascending(h.Codes)) {
		ps.Add(field+".codes", h.Codes, "are not codes; use for example 200 or 200-299,301")
	}
	checkRange(ps, field+".port", h.Port, 1, 65535, "")
	checkRange(ps, field+".intervalSeconds", h.IntervalSeconds, 5, 300, " seconds")
	checkRange(ps, field+".timeoutSeconds", h.TimeoutSeconds, 2, 120, " seconds")
	checkRange(ps, field+".healthyThreshold", h.HealthyThreshold, 2, 10, "")
	checkRange(ps, field+".unhealthyThreshold", h.UnhealthyThreshold, 2, 10, "")
	if h.TimeoutSeconds >= h.IntervalSeconds {
		ps.Add(field+".timeoutSeconds", h.TimeoutSeconds, "is not less than intervalSeconds (%d); wait less, or ask less often",
			h.IntervalSeconds)
	}
}

// ascending reports whether every range of codes leads upwards.
func ascending(codes string) bool {
	for _, part := range strings.Split(codes, ",") {
		from, to, isRange := strings.Cut(part, "-")
		low, _ := strconv.Atoi(from)
		high, _ := strconv.Atoi(to)
		if isRange && low > high {
			return false
		}
	}
	return true
}

func (l LoadBalancer) checkRoutes(ps *Problems) {
	taken := map[int]string{}
	for _, name := range slices.Sorted(maps.Keys(l.Routes)) {
		field, route := "routes."+name, l.Routes[name]
		if !backendPattern.MatchString(name) {
			ps.Add(field, nil, "is not a route's name; use up to 16 lower-case letters, digits and hyphens, a letter first")
		}
		checkRange(ps, field+".priority", route.Priority, 1, 50000, "")
		if other, ok := taken[route.Priority]; ok {
			ps.Add(field+".priority", route.Priority, "is that of %s too; give each route its own", other)
		}
		taken[route.Priority] = name
		if len(route.Hosts)+len(route.Paths) == 0 {
			ps.Add(field, nil, "matches everything; name hosts or paths, or change the weights of backends")
		}
		l.checkShares(ps, field+".backends", route.Backends)
	}
}

// checkShares reports what is wrong with a route's backends.
func (l LoadBalancer) checkShares(ps *Problems, field string, shares map[string]int) {
	total := 0
	for _, name := range slices.Sorted(maps.Keys(shares)) {
		if _, ok := l.Backends[name]; !ok {
			ps.Add(field+"."+name, nil, "there is no such backend; %s", DidYouMean(name, slices.Collect(maps.Keys(l.Backends))))
		}
		checkRange(ps, field+"."+name, shares[name], 0, maxWeight, "")
		total += max(shares[name], 0)
	}
	if total == 0 {
		ps.Add(field, nil, "get no traffic; name at least one backend with a share above 0")
	}
}

// checkFirewall reports what is wrong with the firewall; given is as the user wrote it.
func (l LoadBalancer) checkFirewall(ps *Problems, given Firewall) {
	if given.Disabled {
		for _, field := range []struct {
			name string
			set  bool
		}{
			{"countOnly", given.CountOnly}, {"rateLimit", given.RateLimit != 0}, {"rateUnlimited", given.RateUnlimited},
			{"blockAnonymous", given.BlockAnonymous}, {"logRetentionDays", given.LogRetentionDays != 0},
		} {
			if field.set {
				ps.Add("firewall."+field.name, nil, "has no effect while the firewall is off; remove one of the two")
			}
		}
	}
	if given.RateUnlimited && given.RateLimit != 0 {
		ps.Add("firewall.rateLimit", given.RateLimit, "contradicts rateUnlimited; remove one of the two")
	}
	if !l.Firewall.RateUnlimited {
		checkRange(ps, "firewall.rateLimit", l.Firewall.RateLimit, minRateLimit, maxRateLimit, " requests")
	}
	checkRange(ps, "firewall.logRetentionDays", l.Firewall.LogRetentionDays, 1, maxRetentionDays, " days")
}

// checkTCP reports what a load balancer of connections cannot do.
func (l LoadBalancer) checkTCP(ps *Problems) {
	if !l.TCP {
		return
	}
	if !l.Firewall.Disabled {
		ps.Add("firewall.disabled", nil, "must be set with tcp: there are no requests to look into")
	}
	for _, field := range []struct {
		name string
		set  bool
	}{
		{"routes", len(l.Routes) > 0}, {"stickySeconds", l.StickySeconds != 0}, {"redirectDisabled", l.RedirectDisabled},
	} {
		if field.set {
			ps.Add(field.name, nil, "has no effect with tcp; remove one of the two")
		}
	}
}
