package loadbalancer

import (
	"fmt"
	"maps"
	"net/netip"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/holdfast-iac/holdfast/components/aws/internal/logs"
	"github.com/holdfast-iac/holdfast/components/aws/internal/subnets"
	"github.com/holdfast-iac/holdfast/components/naming"
	"github.com/holdfast-iac/holdfast/components/spec"
)

// Args describe a load balancer; see spec.LoadBalancer for the cloud-neutral part.
type Args struct {
	spec.LoadBalancer

	// VpcID is the VPC of the load balancer and of the machines behind it. Required. It cannot be changed: make another
	// load balancer beside this one, and let the domain lead there.
	VpcID pulumi.StringInput `pulumi:"vpcId"`
	// SubnetIDs are the subnets that the load balancer lies in, in two zones at least: public ones, or private ones when
	// it is Internal. Required.
	SubnetIDs pulumi.StringArrayInput `pulumi:"subnetIds"`
	// CertificateARN is the certificate of ACM or IAM to use, for one that the program makes; in place of Certificate.
	CertificateARN pulumi.StringPtrInput `pulumi:"certificateArn"`
	// ZoneID is the Route 53 zone of the domains, for one that the program makes; in place of Zone.
	ZoneID pulumi.StringPtrInput `pulumi:"zoneId"`
	// Failover lets the same domains lead to a load balancer in another region when this one has no healthy backend: of the
	// two, one is "primary" and one "secondary". Route 53 looks at the primary from outside too, see Checked. Default: the
	// domains lead here alone.
	Failover string `pulumi:"failover"`
	// TLSPolicy is the predefined security policy, one of TLS 1.2 or newer alone. Default
	// "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09", which AWS recommends (user guide, "Security policies for your
	// Application Load Balancer"): TLS 1.3 and 1.2 with forward secrecy, and post-quantum key exchange for clients that can.
	TLSPolicy string `pulumi:"tlsPolicy"`
	// StrictTransportSeconds tells browsers for how long to come back by HTTPS alone (HSTS), up to 63072000 (two years).
	// Default 0: left to the application.
	StrictTransportSeconds int `pulumi:"strictTransportSeconds"`
	// TargetType is what registers with the backends: "instance", or "ip" for containers and pods. Default "instance".
	TargetType string `pulumi:"targetType"`
	// TargetCIDRs are more blocks that the machines of the backends lie in. Default: the VPC's first block alone.
	TargetCIDRs []string `pulumi:"targetCidrs"`
	// DesyncMode is how requests are treated that two servers may understand differently: "defensive" or "strictest".
	// Default "defensive": what is known to be dangerous is refused, what may be is answered on a connection of its own.
	DesyncMode string `pulumi:"desyncMode"`
	// ForwardedFor is what becomes of the client's own X-Forwarded-For header: "append" adds the client's address to it,
	// "remove" drops it, "preserve" hands it on as it came. Default "append"; only the last address in it can be trusted.
	// As all of HTTP's, without effect with TCP.
	ForwardedFor string `pulumi:"forwardedFor"`
	// KeepAliveSeconds is for how long a client may use one connection, 60 to 604800. Default 3600.
	KeepAliveSeconds int `pulumi:"keepAliveSeconds"`
	// ZonalShiftDisabled takes from you the means to move traffic out of a zone in trouble with Amazon Application Recovery
	// Controller. Default false.
	ZonalShiftDisabled bool `pulumi:"zonalShiftDisabled"`
	// CountedRules are rules of AWS's managed rule groups that only count, by their group: for example
	// "AWSManagedRulesCommonRuleSet": ["SizeRestrictions_BODY"] for uploads of more than 8 KB. Default none.
	CountedRules map[string][]string `pulumi:"countedRules"`
	// LogAllowedRequests has the firewall log the requests too that it had nothing to say about, nearly all of them.
	// CloudWatch charges for them as they come in, and the access logs have every request. Default false: what is
	// blocked, challenged or only counted is logged.
	LogAllowedRequests bool `pulumi:"logAllowedRequests"`
	// LogsKeyARN is the key that encrypts the log groups, of the firewall and of rollbacks. Its policy must let
	// logs.<region>.amazonaws.com use it. Default: a key of the load balancer's own. Access logs can only be encrypted with
	// S3's own keys.
	LogsKeyARN pulumi.StringPtrInput `pulumi:"logsKeyArn"`
	// TopicARN is the topic that hears of rollbacks, and of those that fail; alarms of the account must be allowed to publish
	// there. Default: nobody hears of them.
	TopicARN pulumi.StringPtrInput `pulumi:"topicArn"`
	// TopicKeyARN is the KMS key that encrypts TopicARN. Its policy must let the account's roles use it. Default: none, or one
	// that AWS manages.
	TopicKeyARN pulumi.StringPtrInput `pulumi:"topicKeyArn"`
}

// Limits and defaults of AWS.
const (
	maxForwarded = 5 // target groups of one action (ELB API, ForwardActionConfig)
	maxValues    = 5 // values in the conditions of one rule (ELB user guide, "Quotas")

	defaultTLSPolicy        = "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09"
	defaultKeepAliveSeconds = 3600
	minKeepAliveSeconds     = 60
	maxKeepAliveSeconds     = 604800
	maxStrictTransport      = 63072000
)

// tlsPolicyPattern matches the security policies of TLS 1.2 or newer alone, but for the extended ones (Ext0, Ext1, Ext2),
// which add older ciphers for older clients.
var tlsPolicyPattern = regexp.MustCompile(`^ELBSecurityPolicy-TLS13-1-[23](-Res)?(-FIPS)?(-PQ)?-20\d\d-\d\d$`)

// Validate reports everything wrong with the arguments as one error that holds spec.Problems, or nil.
func (a *Args) Validate() error {
	var ps spec.Problems
	ps.Collect("", a.LoadBalancer.Validate())
	d := a.withDefaults()
	if a.VpcID == nil {
		ps.Add("vpcId", nil, "is missing; name the VPC of the load balancer")
	}
	subnets.Check(&ps, "subnetIds", a.SubnetIDs, 2)
	a.checkContradictions(&ps)
	if d.makesCertificate() && (d.Domain == "" || d.ZoneID == nil) {
		ps.Add("certificate", nil, "is missing; name one, or domain and zone to have one made")
	}
	d.checkBackends(&ps)
	d.checkModes(&ps)
	d.checkFirewall(&ps)
	ps.Collect("", naming.AWSTags.Check("tags", naming.Merge(a.Tags, map[string]string{"Name": ""})))
	return ps.Err()
}

// withDefaults returns a copy with every unset field at its default.
func (a *Args) withDefaults() Args {
	d := *a
	d.LoadBalancer = a.LoadBalancer.WithDefaults()
	for field, value := range map[*string]string{
		&d.TLSPolicy: defaultTLSPolicy, &d.TargetType: "instance", &d.DesyncMode: "defensive", &d.ForwardedFor: "append",
	} {
		if *field == "" {
			*field = value
		}
	}
	if d.KeepAliveSeconds == 0 {
		d.KeepAliveSeconds = defaultKeepAliveSeconds
	}
	if a.CertificateARN == nil && a.Certificate != "" {
		d.CertificateARN = pulumi.String(a.Certificate)
	}
	if a.ZoneID == nil && a.Zone != "" {
		d.ZoneID = pulumi.String(a.Zone)
	}
	return d
}

// makesCertificate reports whether the component makes the certificate; ask after withDefaults.
func (a *Args) makesCertificate() bool {
	return !a.Unencrypted && a.CertificateARN == nil
}

// checkContradictions reports what is said twice.
func (a *Args) checkContradictions(ps *spec.Problems) {
	if a.CertificateARN != nil && a.Certificate != "" {
		ps.Add("certificate", a.Certificate, "contradicts certificateArn; remove one of the two")
	}
	if a.CertificateARN != nil && a.Unencrypted {
		ps.Add("certificateArn", nil, "is of no use without TLS; remove unencrypted")
	}
	if a.ZoneID != nil && a.Zone != "" {
		ps.Add("zone", a.Zone, "contradicts zoneId; remove one of the two")
	}
	if a.ZoneID != nil && a.Domain == "" {
		ps.Add("zoneId", nil, "is of no use without domain; say which name leads to the load balancer")
	}
}

// checkBackends reports what Elastic Load Balancing refuses, or would refuse at the next change.
func (a *Args) checkBackends(ps *spec.Problems) {
	if len(a.Backends) > maxForwarded {
		ps.Add("backends", len(a.Backends), "are too many backends; a load balancer shares traffic out among %d at most", maxForwarded)
	}
	serving := 0
	for _, name := range slices.Sorted(maps.Keys(a.Backends)) {
		if weight := a.Backends[name].Weight; weight != nil && *weight > 0 {
			serving++
		}
		a.checkCodes(ps, "backends."+name+".healthCheck.codes", a.Backends[name])
		if a.TCP {
			continue
		}
		// ELB: "You must enable group stickiness before enabling target stickiness"
		// (github.com/kubernetes-sigs/aws-load-balancer-controller/issues/2734).
		if a.Backends[name].StickySeconds > 0 && a.StickySeconds == 0 && len(a.Backends) > 1 {
			ps.Add("backends."+name+".stickySeconds", a.Backends[name].StickySeconds,
				"needs stickySeconds of the load balancer, for there are several backends")
		}
	}
	if a.TCP && serving > 1 { // AWS can since November 2025, its provider not yet: see the package
		ps.Add("backends", nil, "share the traffic, which is not possible with tcp yet; give all but one weight 0")
	}
	for _, name := range slices.Sorted(maps.Keys(a.Routes)) {
		if n := len(a.Routes[name].Hosts) + len(a.Routes[name].Paths); n > maxValues {
			ps.Add("routes."+name, n, "hosts and paths are too many; a route has %d at most, so use several", maxValues)
		}
	}
	for i, cidr := range a.TargetCIDRs {
		block, err := netip.ParsePrefix(cidr)
		if err != nil || !block.Addr().Is4() || block.Masked() != block || slices.Index(a.TargetCIDRs, cidr) < i {
			ps.Add(fmt.Sprintf("targetCidrs[%d]", i), cidr, "is not an IPv4 block of its own; use for example 10.1.0.0/16, once")
		}
	}
}

// checkCodes reports codes that health checks of a backend cannot ask for (ELB API, Matcher). What are no codes at all is
// reported already, for every cloud.
func (a *Args) checkCodes(ps *spec.Problems, field string, backend spec.Backend) {
	low, high := 200, 499
	switch {
	case backend.Protocol == spec.BackendGRPC:
		low, high = 0, 99
	case a.TCP:
		high = 599
	}
	for _, text := range strings.FieldsFunc(backend.HealthCheck.Codes, func(c rune) bool { return c == ',' || c == '-' }) {
		if code, err := strconv.Atoi(text); err == nil && (code < low || code > high) {
			ps.Add(field, backend.HealthCheck.Codes, "are not all codes that AWS checks for; use %d to %d", low, high)
			return
		}
	}
}

func (a *Args) checkModes(ps *spec.Problems) {
	for _, mode := range []struct {
		field, value string
		known        []string
	}{
		{"targetType", a.TargetType, []string{"instance", "ip"}},
		{"desyncMode", a.DesyncMode, []string{"defensive", "strictest"}},
		{"forwardedFor", a.ForwardedFor, []string{"append", "preserve", "remove"}},
	} {
		if !slices.Contains(mode.known, mode.value) {
			ps.Add(mode.field, mode.value, "is not known; %s", spec.DidYouMean(mode.value, mode.known))
		}
	}
	if roles := []string{"primary", "secondary"}; a.Failover != "" && !slices.Contains(roles, a.Failover) {
		ps.Add("failover", a.Failover, "is not known; %s", spec.DidYouMean(a.Failover, roles))
	}
	if a.Failover != "" && a.ZoneID == nil {
		ps.Add("failover", a.Failover, "has no effect without zone; the domains' records are the caller's to make")
	}
	if !tlsPolicyPattern.MatchString(a.TLSPolicy) {
		ps.Add("tlsPolicy", a.TLSPolicy, "is not a policy of TLS 1.2 or newer with strong ciphers alone; use for example %s",
			defaultTLSPolicy)
	}
	if a.KeepAliveSeconds < minKeepAliveSeconds || a.KeepAliveSeconds > maxKeepAliveSeconds {
		ps.Add("keepAliveSeconds", a.KeepAliveSeconds, "is out of range; use %d to %d seconds",
			minKeepAliveSeconds, maxKeepAliveSeconds)
	}
	if a.StrictTransportSeconds < 0 || a.StrictTransportSeconds > maxStrictTransport {
		ps.Add("strictTransportSeconds", a.StrictTransportSeconds, "is out of range; use 0 to %d seconds", maxStrictTransport)
	}
	if (a.Unencrypted || a.TCP) && a.StrictTransportSeconds != 0 {
		ps.Add("strictTransportSeconds", a.StrictTransportSeconds, "has no effect without HTTPS; remove it")
	}
}

func (a *Args) checkFirewall(ps *spec.Problems) {
	logs.CheckRetention(ps, "firewall.logRetentionDays", a.Firewall.LogRetentionDays)
	if a.LogAllowedRequests && (a.Firewall.Disabled || a.TCP) {
		ps.Add("logAllowedRequests", nil, "has no effect without a firewall; remove it")
	}
	var groups []string
	for _, group := range a.ruleGroups() {
		groups = append(groups, group.name)
	}
	for _, name := range slices.Sorted(maps.Keys(a.CountedRules)) {
		if !slices.Contains(groups, name) {
			ps.Add("countedRules."+name, nil, "is not a rule group of the firewall; %s", spec.DidYouMean(name, groups))
		}
	}
}
