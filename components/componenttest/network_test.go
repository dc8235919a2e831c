package componenttest

import (
	"errors"
	"fmt"
	"slices"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/holdfast-iac/holdfast/components/spec"
)

// toy is a network component of a cloud that does not exist, sound but for one flaw.
type toy struct{ flaw string }

const zonesToken = "toy:index:getZones"

func (c toy) has(flaw string) bool { return c.flaw == flaw }

func (c toy) create(ctx *pulumi.Context, name string, n spec.Network, opts ...pulumi.ResourceOption) error {
	var component pulumi.ResourceState
	register := func() error { return ctx.RegisterComponentResource("holdfast:toy:Network", name, &component, opts...) }
	if c.has("registers before it validates") {
		_ = register()
	}
	if err := n.Validate(); err != nil {
		if c.has("reports one problem only") {
			var ps spec.Problems
			errors.As(err, &ps)
			err = ps[:1]
		}
		if c.has("does not name itself in errors") {
			return err
		}
		return fmt.Errorf("network %q is not valid:\n%w", name, err)
	}
	if c.has("ignores its options") {
		opts = nil
	}
	if err := register(); err != nil {
		return err
	}
	err := c.createChildren(ctx, &component, name, n.WithDefaults())
	if err != nil && !c.has("hides which component failed") {
		err = fmt.Errorf("network %q: %w", name, err)
	}
	return err
}

func (c toy) createChildren(ctx *pulumi.Context, component pulumi.Resource, name string, n spec.Network) error {
	var answer struct {
		Names []string `pulumi:"names"`
	}
	var lookUp []pulumi.InvokeOption
	if !c.has("asks the default provider") {
		lookUp = append(lookUp, pulumi.Parent(component))
	}
	if err := ctx.Invoke(zonesToken, &struct{}{}, &answer, lookUp...); err != nil {
		return err
	}
	zones := n.ZoneNames
	if len(zones) == 0 {
		zones = answer.Names[:n.Zones]
	}
	if c.has("spans one zone") {
		zones = zones[:1]
	}
	if !c.has("minds the order of zones") {
		slices.Sort(zones)
	}
	child := func(kind, suffix string, props pulumi.Map) error {
		if !c.has("forgets tags") {
			props["tags"] = pulumi.ToStringMap(n.Tags)
		}
		parent := []pulumi.ResourceOption{pulumi.Parent(component)}
		if c.has("has orphans") && kind == "Log" {
			parent = nil
		}
		prefix := name
		if c.has("has children with names of their own") {
			prefix = "net"
		}
		var res pulumi.CustomResourceState
		return ctx.RegisterResource("toy:index:"+kind, prefix+"-"+suffix, props, &res, parent...)
	}
	var errs []error
	if !n.FlowLogs.Disabled && !c.has("keeps no flow logs") || c.has("cannot turn flow logs off") {
		log := pulumi.Map{"key": pulumi.String("mine")}
		if c.has("leaves encryption to the cloud") {
			log = pulumi.Map{}
		}
		errs = append(errs, child("Log", "log", log))
	}
	open := c.has("is open") || c.has("is open with IPv6") && n.IPv6
	for i, zone := range zones {
		id := zone
		if c.has("names children by index") {
			id = fmt.Sprint(i)
		}
		props := pulumi.Map{"zone": pulumi.String(zone), "open": pulumi.Bool(open)}
		if c.has("places subnets by index") {
			props["cidr"] = pulumi.Sprintf("10.0.%d.0/24", i)
		}
		if c.has("differs from run to run") {
			props["nonce"] = pulumi.String(nonce())
		}
		errs = append(errs, child("Subnet", "subnet-"+id, props))
		perZone := n.NAT == spec.NATPerZone && !c.has("has one NAT gateway at most")
		if perZone || n.NAT == spec.NATOne && i == 0 {
			suffix := "nat-" + id
			if c.has("moves its one NAT gateway") && n.NAT == spec.NATOne {
				suffix = "nat"
			}
			errs = append(errs, child("NAT", suffix, pulumi.Map{}))
		}
	}
	list := pulumi.ToStringArray(zones)
	if c.has("drops zones from its lists") {
		list = list[len(list)-1:]
	}
	if !n.Endpoints.Disabled || c.has("cannot turn endpoints off") {
		errs = append(errs, child("Endpoint", "endpoint", pulumi.Map{"zones": list}))
	}
	if c.has("hides something from a preview") && !ctx.DryRun() {
		errs = append(errs, child("Extra", "extra", pulumi.Map{}))
	}
	return errors.Join(errs...)
}

var nonces = make(chan int, 1)

// nonce is never the same twice.
func nonce() string {
	n := 0
	select {
	case n = <-nonces:
	default:
	}
	nonces <- n + 1
	return fmt.Sprint(n)
}

func (c toy) driver() NetworkDriver {
	zones := []string{"z-a", "z-b", "z-c", "z-d"}
	return NetworkDriver{
		Driver: Driver[spec.Network]{
			Concept: "network", New: c.create, Package: "toy", Token: "holdfast:toy:Network", Tags: TagsOf,
			Encrypted: map[string]resource.PropertyKey{"toy:index:Log": "key"},
			Cloud: func(require.TestingT) pulumi.MockResourceMonitor {
				return Echo{Answers: map[string]resource.PropertyMap{zonesToken: {"names": resource.NewPropertyValue(zones)}}}
			},
		},
		Zones:      zones,
		SubnetType: "toy:index:Subnet", NATType: "toy:index:NAT", FlowLogType: "toy:index:Log",
		Private:  func(r Recording) bool { return len(r.OfType("toy:index:Endpoint")) > 0 },
		ZoneOf:   func(r Resource) string { return r.Inputs["zone"].StringValue() },
		Spanning: []string{"toy:index:Endpoint.zones"},
		DefaultDeny: func(t require.TestingT, r Recording) {
			for _, subnet := range r.OfType("toy:index:Subnet") {
				assert.False(t, subnet.Inputs["open"].BoolValue())
			}
		},
	}
}

// verdict takes the place of testing.T and remembers whether the test failed.
type verdict struct{ failed bool }

func (v *verdict) Errorf(string, ...any) { v.failed = true }
func (v *verdict) FailNow()              { panic(v) }

// fails tells whether the check of that name fails.
func (c checks) fails(name string) (failed bool) {
	v := &verdict{}
	defer func() {
		if r := recover(); r != nil && r != any(v) {
			panic(r)
		}
		failed = v.failed
	}()
	c[name](v)
	return v.failed
}

// The suite finds each flaw in the check that is there for it.
func TestSuiteFindsFlaws(t *testing.T) {
	t.Parallel()

	for flaw, check := range map[string]string{
		"registers before it validates":        "bad arguments",
		"reports one problem only":             "bad arguments",
		"does not name itself in errors":       "bad arguments",
		"ignores its options":                  "resource options",
		"asks the default provider":            "resource options",
		"spans one zone":                       "defaults are strong",
		"keeps no flow logs":                   "defaults are strong",
		"has one NAT gateway at most":          "defaults are strong",
		"is open":                              "defaults are strong",
		"is open with IPv6":                    "weakening is explicit",
		"cannot turn flow logs off":            "weakening is explicit",
		"cannot turn endpoints off":            "weakening is explicit",
		"moves its one NAT gateway":            "NAT modes",
		"forgets tags":                         "children descend and are tagged",
		"has orphans":                          "children descend and are tagged",
		"has children with names of their own": "children descend and are tagged",
		"names children by index":              "growth replaces nothing",
		"places subnets by index":              "growth replaces nothing",
		"drops zones from its lists":           "growth replaces nothing",
		"minds the order of zones":             "growth replaces nothing",
		"leaves encryption to the cloud":       "encrypted with a key of its own",
		"hides which component failed":         "every child can fail",
		"differs from run to run":              "deterministic",
		"hides something from a preview":       "deterministic",
	} {
		t.Run(flaw, func(t *testing.T) {
			t.Parallel()
			assert.True(t, toy{flaw}.driver().checks().fails(check), flaw)
		})
	}
}

func TestNetworkSuite(t *testing.T) {
	t.Parallel()
	Network(t, toy{}.driver())
}

func TestRecording(t *testing.T) {
	t.Parallel()
	r, err := Run(Echo{}, func(ctx *pulumi.Context) error {
		var res pulumi.CustomResourceState
		return ctx.RegisterResource("toy:index:Subnet", "one", pulumi.Map{"zone": pulumi.String("a")}, &res)
	})
	require.NoError(t, err)
	assert.Equal(t, []resource.URN{"urn:pulumi:test::holdfast::toy:index:Subnet::one"}, r.URNs())
	_, ok := r.Named("toy:index:Subnet", "two")
	assert.False(t, ok)

	_, err = Run(Echo{}, func(ctx *pulumi.Context) error {
		return ctx.Invoke(zonesToken, &struct{}{}, &struct{}{})
	})
	require.ErrorContains(t, err, "toy:index:getZones: no answer")
}
