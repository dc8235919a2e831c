package componenttest

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/holdfast-iac/holdfast/components/spec"
)

// toyBalancer is a load balancer component of a cloud that does not exist, sound but for one flaw.
type toyBalancer struct{ flaw string }

const (
	toyFront   = "toy:index:Front"
	toyClient  = "toy:index:Client"
	toyRecord  = "toy:index:Record"
	toyBackend = "toy:index:Backend"
)

func (c toyBalancer) has(flaw string) bool { return c.flaw == flaw }

func (c toyBalancer) create(ctx *pulumi.Context, name string, l spec.LoadBalancer, opts ...pulumi.ResourceOption) error {
	if err := l.Validate(); err != nil {
		return fmt.Errorf("load balancer %q is not valid:\n%w", name, err)
	}
	var component pulumi.ResourceState
	if err := ctx.RegisterComponentResource("holdfast:toy:LoadBalancer", name, &component, opts...); err != nil {
		return err
	}
	d := l.WithDefaults()
	child := func(token, suffix string, props pulumi.Map) error {
		props["tags"] = pulumi.ToStringMap(l.Tags)
		var res pulumi.CustomResourceState
		if err := ctx.RegisterResource(token, name+"-"+suffix, props, &res, pulumi.Parent(&component)); err != nil {
			return fmt.Errorf("load balancer %q: %w", name, err)
		}
		return nil
	}
	errs := []error{child(toyFront, "front", c.front(d))}
	for i, cidr := range c.clients(d) {
		suffix := cidr
		if c.has("numbers blocks") {
			suffix = fmt.Sprint(i)
		}
		errs = append(errs, child(toyClient, suffix, pulumi.Map{"cidr": pulumi.String(cidr)}))
	}
	for i, domain := range d.Domains() {
		if c.has("numbers domains") {
			domain = fmt.Sprint(i, domain)
		}
		for _, form := range []string{"A", "AAAA"} {
			if form == "A" || d.IPv6 && !c.has("forgets IPv6") {
				errs = append(errs, child(toyRecord, form+domain, pulumi.Map{"name": pulumi.String(form + " " + domain)}))
			}
		}
	}
	for route := range d.Routes {
		errs = append(errs, child("toy:index:Route", route, pulumi.Map{}))
	}
	for _, backend := range slices.Sorted(maps.Keys(d.Backends)) {
		props := pulumi.Map{}
		if c.has("writes weights in backends") {
			props["weight"] = pulumi.Int(*d.Backends[backend].Weight)
		}
		if c.has("counts backends") {
			props["of"] = pulumi.Int(len(d.Backends))
		}
		errs = append(errs, child(toyBackend, backend, props))
	}
	return errors.Join(errs...)
}

// front returns the inputs of the one resource that most of a load balancer is.
func (c toyBalancer) front(d spec.LoadBalancer) pulumi.Map {
	ports := pulumi.Map{fmt.Sprint(d.Port): pulumi.String(kindOf(d))}
	if d.Unencrypted && c.has("insists on TLS") {
		ports = pulumi.Map{"443": pulumi.String("https")}
	}
	if !d.TCP && !d.Unencrypted && (!d.RedirectDisabled || c.has("always redirects")) {
		ports["80"] = pulumi.String("redirect")
	}
	firewall := "block"
	switch {
	case d.Firewall.Disabled:
		firewall = ""
	case d.Firewall.CountOnly && !c.has("blocks when it should count"):
		firewall = "count"
	}
	rate := d.Firewall.RateLimit
	if d.Firewall.Disabled {
		rate = 0
	}
	weights := pulumi.Map{}
	for name, backend := range d.Backends {
		weights[name] = pulumi.Int(*backend.Weight)
	}
	rollbacks := pulumi.Map{}
	for name, backend := range d.Backends {
		if to := backend.Rollback.To; to != "" && !c.has("forgets rollbacks") && (*backend.Weight > 0 || !c.has("makes rollbacks late")) {
			rollbacks[name] = pulumi.String(to)
		}
		if c.has("always rolls back") && backend.Rollback.Disabled {
			rollbacks[name] = pulumi.String("blue")
		}
	}
	return pulumi.Map{
		"ports": ports, "rollbacks": rollbacks, "firewall": pulumi.String(firewall), "rate": pulumi.Int(rate), "weights": weights,
		"internal":  pulumi.Bool(d.Internal),
		"protected": pulumi.Bool(!d.DeletionAllowed && !c.has("can be deleted") || c.has("never lets go")),
		"logged":    pulumi.Bool(!d.AccessLogs.Disabled || c.has("always logs")),
		"sticky":    pulumi.Int(d.StickySeconds),
		"erasable":  pulumi.Bool(d.AccessLogs.Erasable),
	}
}

func kindOf(d spec.LoadBalancer) string {
	switch {
	case d.TCP:
		return "tls"
	case d.Unencrypted:
		return "http"
	default:
		return "https"
	}
}

func (c toyBalancer) clients(d spec.LoadBalancer) []string {
	switch {
	case len(d.AllowedCIDRs) > 0:
		return d.AllowedCIDRs
	case d.Internal && !c.has("opens internal ones to all"):
		return []string{"network"}
	default:
		return []string{"0.0.0.0/0"}
	}
}

func (c toyBalancer) driver() LoadBalancerDriver {
	return LoadBalancerDriver{
		Driver: Driver[spec.LoadBalancer]{
			Concept: "load balancer", New: c.create, Package: "toy", Token: "holdfast:toy:LoadBalancer", Tags: TagsOf,
			Cloud: func(require.TestingT) pulumi.MockResourceMonitor { return Echo{} },
		},
		View: viewToy, Shifting: []string{toyFront + ".weights"}, Growing: []string{toyFront + ".rollbacks"},
	}
}

func viewToy(t require.TestingT, r Recording) Balancing {
	front, ok := r.Named(toyFront, "main-front")
	require.True(t, ok)
	seen := Balancing{
		Ports: map[int]string{}, Weights: map[string]int{}, Rollbacks: map[string]string{},
		Internal: front.Inputs["internal"].BoolValue(), Protected: front.Inputs["protected"].BoolValue(),
		Logged: front.Inputs["logged"].BoolValue(), Firewall: front.Inputs["firewall"].StringValue(),
		Erasable:  front.Inputs["erasable"].BoolValue(),
		RateLimit: int(front.Inputs["rate"].NumberValue()), StickySeconds: int(front.Inputs["sticky"].NumberValue()),
	}
	for port, kind := range front.Inputs["ports"].ObjectValue() {
		number, err := strconv.Atoi(string(port))
		require.NoError(t, err)
		seen.Ports[number] = kind.StringValue()
	}
	for name, to := range front.Inputs["rollbacks"].ObjectValue() {
		seen.Rollbacks[string(name)] = to.StringValue()
	}
	for name, weight := range front.Inputs["weights"].ObjectValue() {
		seen.Weights[string(name)] = int(weight.NumberValue())
	}
	for _, client := range r.OfType(toyClient) {
		seen.Clients = append(seen.Clients, client.Inputs["cidr"].StringValue())
	}
	for _, record := range r.OfType(toyRecord) {
		seen.Records = append(seen.Records, record.Inputs["name"].StringValue())
	}
	slices.Sort(seen.Clients)
	slices.Sort(seen.Records)
	return seen
}

// The suite passes a sound load balancer, and finds each flaw in the check that is there for it.
func TestLoadBalancerSuiteFindsFlaws(t *testing.T) {
	t.Parallel()

	for flaw, check := range map[string]string{
		"can be deleted":              "defaults are strong",
		"insists on TLS":              "weakening is explicit",
		"never lets go":               "weakening is explicit",
		"always logs":                 "weakening is explicit",
		"blocks when it should count": "weakening is explicit",
		"always rolls back":           "weakening is explicit",
		"forgets rollbacks":           "options",
		"makes rollbacks late":        "weights shift in place",
		"always redirects":            "options",
		"opens internal ones to all":  "options",
		"forgets IPv6":                "options",
		"writes weights in backends":  "weights shift in place",
		"counts backends":             "growth replaces nothing",
		"numbers blocks":              "growth replaces nothing",
		"numbers domains":             "growth replaces nothing",
	} {
		t.Run(flaw, func(t *testing.T) {
			t.Parallel()
			assert.True(t, toyBalancer{flaw}.driver().checks().fails(check), flaw)
		})
	}
}

func TestLoadBalancerSuite(t *testing.T) {
	t.Parallel()
	LoadBalancer(t, toyBalancer{}.driver())
}
