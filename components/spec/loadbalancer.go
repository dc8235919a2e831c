package spec

import (
	"maps"
	"slices"
)

// The limits and defaults of a load balancer, the same on every cloud.
const (
	defaultBackend     = "main"
	defaultBackendPort = 8080 // a port that takes no privileges to listen on
	defaultWeight      = 100
	maxWeight          = 100

	portHTTP, portHTTPS = 80, 443

	defaultIdleSeconds  = 60
	maxIdleSeconds      = 4000
	defaultDrainSeconds = 60
	maxDrainSeconds     = 3600
	maxStickySeconds    = 604800 // a week
	minSlowStartSeconds = 30
	maxSlowStartSeconds = 900

	defaultErrorPercent = 5

	defaultRateLimit = 2000 // requests of one client in five minutes: about seven a second
	minRateLimit     = 10
	maxRateLimit     = 2_000_000_000
)

// LoadBalancer describes a load balancer, for HTTP unless it says otherwise. With nothing but a certificate (or a Domain
// and its Zone, which make one), it is a production load balancer: TLS 1.2 or newer, plain HTTP redirected, a web
// application firewall in front, every request logged, nobody able to delete it by mistake.
type LoadBalancer struct {
	// Domain is the name that clients use, for example "shop.example.com"; "*.example.com" for every name one level below.
	// Default: the name that the cloud gives.
	Domain string `pulumi:"domain"`
	// AlternateDomains are more names that clients use, all of the same Zone. Default none.
	AlternateDomains []string `pulumi:"alternateDomains"`
	// Zone is the id of the DNS zone that Domain lies in. The domains are then made to lead to the load balancer, and the
	// certificate is made unless there is one. Default: the records are the caller's to make.
	Zone string `pulumi:"zone"`
	// Certificate is the cloud's id of a certificate that exists, for Domain. Default: one is made, in Zone.
	Certificate string `pulumi:"certificate"`
	// Unencrypted serves without TLS: everybody on the way can read and change what is sent. With TCP it hands on what comes
	// as it comes, for machines that do TLS themselves. Default false.
	Unencrypted bool `pulumi:"unencrypted"`
	// Port is where clients connect, 1 to 65535. Default 443; 80 for HTTP that is Unencrypted.
	Port int `pulumi:"port"`
	// TCP shares out connections instead of requests, for what is not HTTP. TLS still ends at the load balancer. It cannot
	// look into requests: it has no redirect, Routes, StickySeconds or Firewall, which must be Disabled. Default false.
	TCP bool `pulumi:"tcp"`
	// RedirectDisabled closes the port of plain HTTP, whose only use is to send clients to HTTPS. Default false.
	RedirectDisabled bool `pulumi:"redirectDisabled"`
	// Internal makes the load balancer reachable from the network alone. Default false: from the internet.
	Internal bool `pulumi:"internal"`
	// AllowedCIDRs are the blocks that may connect, IPv4 or IPv6. Default: everybody who can reach it; the internet, or the
	// network when it is Internal.
	AllowedCIDRs []string `pulumi:"allowedCidrs"`
	// IPv6 gives the load balancer IPv6 addresses too; its subnets must have IPv6. Not for an Internal one. Default false.
	IPv6 bool `pulumi:"ipv6"`
	// Backends are the groups of machines that answer, by a name of up to 16 lower-case letters, digits and hyphens.
	// Default: one, "main".
	Backends map[string]Backend `pulumi:"backends"`
	// StickySeconds keeps a client with the backend that answered it first, up to 604800 (a week), so that a user does not
	// move back and forth between two versions. Default 0: every request is shared out anew.
	StickySeconds int `pulumi:"stickySeconds"`
	// Routes send some hosts or paths elsewhere than Backends' weights say, by name. Default none.
	Routes map[string]Route `pulumi:"routes"`
	// Firewall says what the web application firewall refuses. Default: what is known to be an attack, and floods.
	Firewall Firewall `pulumi:"firewall"`
	// AccessLogs says how requests are recorded. Default: all of them, kept for a year.
	AccessLogs AccessLogs `pulumi:"accessLogs"`
	// IdleSeconds is for how long a connection may be silent, 1 to 4000. Keep it below the idle timeout of the machines
	// behind, which would otherwise close connections in use. Default 60.
	IdleSeconds int `pulumi:"idleSeconds"`
	// DeletionAllowed lets the load balancer be deleted. Default false: take this step first, alone.
	DeletionAllowed bool `pulumi:"deletionAllowed"`
	// Tags are put on every resource that can carry them. Default none.
	Tags map[string]string `pulumi:"tags"`
}

// BackendProtocol is how a load balancer speaks with the machines behind it.
type BackendProtocol string

// The protocols of backends.
const (
	// BackendHTTP is HTTP/1.1 without TLS, within the network. The default.
	BackendHTTP BackendProtocol = "http"
	// BackendHTTPS is HTTP/1.1 with TLS all the way.
	BackendHTTPS BackendProtocol = "https"
	// BackendGRPC is gRPC, on HTTP/2 without TLS.
	BackendGRPC BackendProtocol = "grpc"
	// BackendTCP is whatever the machines speak over TCP. The default, and the only one, with TCP.
	BackendTCP BackendProtocol = "tcp"
)

// Algorithm is how a load balancer shares requests out among the machines of a backend.
type Algorithm string

// The algorithms.
const (
	// LeastRequests prefers the machine with the fewest requests in progress: slow ones get less. The default.
	LeastRequests Algorithm = "least-requests"
	// RoundRobin gives every machine its turn. The default with a slow start, which needs it.
	RoundRobin Algorithm = "round-robin"
	// AvoidAnomalies chooses at random, and sends less to machines that answer with more errors than the others.
	AvoidAnomalies Algorithm = "avoid-anomalies"
)

// Backend is a group of machines that answer alike. Several share the traffic by their weights: shift weight from one to
// another for a blue-green or canary release, which changes nothing else.
type Backend struct {
	// Port is where the machines listen, 1 to 65535. Default 8080. To change the port or protocol of a backend in use
	// without a gap, add a backend with the new one and shift the weight.
	Port int `pulumi:"port"`
	// Protocol is how the machines are spoken to. Default BackendHTTP; with TCP, BackendTCP.
	Protocol BackendProtocol `pulumi:"protocol"`
	// Weight is the share of the traffic relative to the other backends, 0 to 100; 0 for none. Default 100 for an only
	// backend; with several, each must say.
	Weight *int `pulumi:"weight"`
	// HealthCheck says how a machine is found fit to answer. Default: a request every ten seconds.
	HealthCheck HealthCheck `pulumi:"healthCheck"`
	// Algorithm is how requests are shared out among the machines. Default LeastRequests; none with TCP.
	Algorithm Algorithm `pulumi:"algorithm"`
	// StickySeconds keeps a client with one machine, up to 604800 (a week): for sessions kept in memory. Default 0: off.
	StickySeconds int `pulumi:"stickySeconds"`
	// SlowStartSeconds is over how long a new machine is led to its full share, 30 to 900. Default 0: at once.
	SlowStartSeconds int `pulumi:"slowStartSeconds"`
	// DrainSeconds is how long a machine that leaves may finish what it does, 1 to 3600. Default 60.
	DrainSeconds int `pulumi:"drainSeconds"`
	// Rollback says what becomes of the backend's traffic when it fails. Backends that share traffic need it.
	Rollback Rollback `pulumi:"rollback"`
}

// Rollback takes the traffic from a backend that fails, at once and without anybody: a new version, which shares traffic
// with the one before it. It fails when more than some of its own requests fail, or take long, when most of its machines
// are not healthy, or when more than some of all requests fail. Its weights are then others than were asked for: set its
// weight to 0, and go on from there.
type Rollback struct {
	// To is the backend that all of the traffic goes to: the version before. One backend of a load balancer can have it, and
	// nobody else may share traffic with the two. Required of one of two backends that share traffic.
	To string `pulumi:"to"`
	// Disabled lets the backend share traffic whether it fails or not, until somebody looks. Default false.
	Disabled bool `pulumi:"disabled"`
	// ErrorPercent is of how many in a hundred requests that fail is too many, more than 0 and up to 100. Default 5.
	ErrorPercent float64 `pulumi:"errorPercent"`
	// LatencyMilliseconds is how long 99 of 100 requests may take, 1 to 60000. Default 1000.
	LatencyMilliseconds int `pulumi:"latencyMilliseconds"`
}

// HealthCheck says how a machine is found fit to answer.
type HealthCheck struct {
	// Path is what is asked for. Default "/"; with gRPC "/grpc.health.v1.Health/Check"; with TCP nothing: a machine is fit
	// when it takes the connection.
	Path string `pulumi:"path"`
	// Codes are the answers of a fit machine: HTTP status codes or, with gRPC, its codes; values and ranges, joined by
	// commas. Default "200-299"; with gRPC "0".
	Codes string `pulumi:"codes"`
	// Port is where to ask, 1 to 65535. Default: where the traffic goes.
	Port int `pulumi:"port"`
	// IntervalSeconds is how often, 5 to 300. Default 10.
	IntervalSeconds int `pulumi:"intervalSeconds"`
	// TimeoutSeconds is how long to wait for an answer, 2 to 120 and less than IntervalSeconds. Default 5.
	TimeoutSeconds int `pulumi:"timeoutSeconds"`
	// HealthyThreshold is after how many good answers a machine gets traffic, 2 to 10. Default 2.
	HealthyThreshold int `pulumi:"healthyThreshold"`
	// UnhealthyThreshold is after how many bad answers it gets none, 2 to 10. Default 3.
	UnhealthyThreshold int `pulumi:"unhealthyThreshold"`
}

// Route sends some hosts or paths to backends of its own. It must name Hosts or Paths; with both, both must match.
type Route struct {
	// Priority decides between routes that match: the lowest wins, and no two are alike. 1 to 50000. Required.
	Priority int `pulumi:"priority"`
	// Hosts are the names to match; * stands for any characters, ? for one. Default any.
	Hosts []string `pulumi:"hosts"`
	// Paths are the paths to match; * stands for any characters, ? for one. Default any.
	Paths []string `pulumi:"paths"`
	// Backends are the backends with their shares of this route's traffic, 0 to 100. Required.
	Backends map[string]int `pulumi:"backends"`
}

// Firewall says what the web application firewall refuses. The zero value refuses what is known to be an attack.
type Firewall struct {
	// Disabled lets every request through. Default false.
	Disabled bool `pulumi:"disabled"`
	// CountOnly counts and logs what would be refused, and lets it through: for the first days with an application whose
	// requests may look like attacks. Default false.
	CountOnly bool `pulumi:"countOnly"`
	// RateLimit is how many requests one address may send in five minutes, 10 to 2000000000. Default 2000.
	RateLimit int `pulumi:"rateLimit"`
	// RateUnlimited lets one address send as many requests as it wants. Default false.
	RateUnlimited bool `pulumi:"rateUnlimited"`
	// BlockAnonymous also refuses who hides behind an anonymizer: Tor, proxies, and the hosting providers that they run at.
	// Default false, for it refuses honest users too.
	BlockAnonymous bool `pulumi:"blockAnonymous"`
	// LogRetentionDays is how many days the firewall's decisions are kept, 1 to 3653. Default 365.
	LogRetentionDays int `pulumi:"logRetentionDays"`
}

// AccessLogs says how requests are recorded. The zero value records all of them.
type AccessLogs struct {
	// Disabled records nothing: who asked for what can then not be told. Default false.
	Disabled bool `pulumi:"disabled"`
	// RetentionDays is how many days records are kept, 1 to 3653. Default 365.
	RetentionDays int `pulumi:"retentionDays"`
	// Erasable lets the deletion of the load balancer delete the records with it. Default false: deletion fails while there
	// are any.
	Erasable bool `pulumi:"erasable"`
}

// WithDefaults returns a copy with every unset field at its default.
func (l LoadBalancer) WithDefaults() LoadBalancer {
	l.AlternateDomains = slices.Clone(l.AlternateDomains)
	l.AllowedCIDRs = slices.Clone(l.AllowedCIDRs)
	l.Routes = maps.Clone(l.Routes)
	l.Tags = maps.Clone(l.Tags)
	port := portHTTPS
	if l.Unencrypted && !l.TCP {
		port = portHTTP
	}
	setDefault(&l.Port, port)
	setDefault(&l.IdleSeconds, defaultIdleSeconds)
	if !l.Firewall.RateUnlimited {
		setDefault(&l.Firewall.RateLimit, defaultRateLimit)
	}
	setDefault(&l.Firewall.LogRetentionDays, defaultRetentionDays)
	setDefault(&l.AccessLogs.RetentionDays, defaultRetentionDays)

	backends := map[string]Backend{}
	for name, backend := range l.Backends {
		backends[name] = backend.withDefaults(l.TCP, len(l.Backends) == 1)
	}
	if len(backends) == 0 {
		backends[defaultBackend] = Backend{}.withDefaults(l.TCP, true)
	}
	l.Backends = backends
	return l
}

func (b Backend) withDefaults(tcp, only bool) Backend {
	setDefault(&b.Port, defaultBackendPort)
	if b.Weight == nil && only {
		weight := defaultWeight
		b.Weight = &weight
	}
	setDefault(&b.DrainSeconds, defaultDrainSeconds)
	setDefault(&b.HealthCheck.Port, b.Port)
	setDefault(&b.HealthCheck.IntervalSeconds, 10)
	setDefault(&b.HealthCheck.TimeoutSeconds, 5)
	setDefault(&b.HealthCheck.HealthyThreshold, 2)
	setDefault(&b.HealthCheck.UnhealthyThreshold, 3)
	if tcp {
		setDefault(&b.Protocol, BackendTCP)
	} else {
		b.setHTTPDefaults()
	}
	if b.HealthCheck.Path != "" {
		setDefault(&b.HealthCheck.Codes, "200-299")
	}
	if b.Rollback.To != "" {
		setDefault(&b.Rollback.ErrorPercent, defaultErrorPercent)
		setDefault(&b.Rollback.LatencyMilliseconds, defaultLatency)
	}
	return b
}

func (b *Backend) setHTTPDefaults() {
	setDefault(&b.Protocol, BackendHTTP)
	algorithm := LeastRequests
	if b.SlowStartSeconds != 0 {
		algorithm = RoundRobin
	}
	setDefault(&b.Algorithm, algorithm)
	if b.Protocol == BackendGRPC {
		setDefault(&b.HealthCheck.Path, "/grpc.health.v1.Health/Check")
		setDefault(&b.HealthCheck.Codes, "0")
	}
	setDefault(&b.HealthCheck.Path, "/")
}

// Candidate returns the name of the backend that has a Rollback, or "".
func (l LoadBalancer) Candidate() string {
	for name, backend := range l.Backends {
		if backend.Rollback.To != "" {
			return name
		}
	}
	return ""
}

// Domains are all names that clients use, Domain first; none without one.
func (l LoadBalancer) Domains() []string {
	if l.Domain == "" {
		return nil
	}
	return append([]string{l.Domain}, l.AlternateDomains...)
}
