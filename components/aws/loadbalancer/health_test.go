package loadbalancer

import (
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/stretchr/testify/assert"

	"github.com/holdfast-iac/holdfast/components/spec"
)

// The primary of two is looked at from outside as its targets are from inside, as far as Route 53 can.
func TestHealthCheck(t *testing.T) {
	t.Parallel()
	shop := spec.LoadBalancer{Domain: "shop.example.com"}
	with := func(change func(*Args)) Args {
		args := Args{LoadBalancer: shop, Failover: "primary"}
		change(&args)
		return args
	}
	answering := func(codes string) Args {
		return with(func(a *Args) {
			a.Backends = map[string]spec.Backend{"main": {HealthCheck: spec.HealthCheck{Path: "/ready", Codes: codes}}}
		})
	}
	for name, test := range map[string]struct {
		args       Args
		kind, path string // none for no health check
		port       float64
	}{
		"alone":     {Args{LoadBalancer: shop}, "", "", 0},
		"secondary": {Args{LoadBalancer: shop, Failover: "secondary"}, "", "", 0},
		"primary":   {Args{LoadBalancer: shop, Failover: "primary"}, "HTTPS", "/", 443},
		"unencrypted": {with(func(a *Args) { a.Unencrypted = true }),
			"HTTP", "/", 80},
		"own path":      {answering("200-299,301"), "HTTPS", "/ready", 443},
		"asks to login": {answering("200-401"), "TCP", "", 443},
		"TLS 1.3 alone": {with(func(a *Args) { a.TLSPolicy = "ELBSecurityPolicy-TLS13-1-3-2021-06" }), "TCP", "", 443},
		"gRPC":          {with(func(a *Args) { a.Backends = map[string]spec.Backend{"main": {Protocol: spec.BackendGRPC}} }), "TCP", "", 443},
		"connections":   {with(func(a *Args) { a.TCP, a.Firewall.Disabled, a.Port = true, true, 5000 }), "TCP", "", 5000},
		"internal":      {with(func(a *Args) { a.Internal = true }), "", "", 0},
		"for some":      {with(func(a *Args) { a.AllowedCIDRs = []string{"198.51.100.0/24"} }), "", "", 0},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := run(t, test.args)
			record := named(t, r, recordType, "main-a-shop.example.com")
			if test.kind == "" {
				assert.Empty(t, r.OfType(healthType))
				assert.NotContains(t, record.Inputs, resource.PropertyKey("healthCheckId"))
				return
			}
			check := named(t, r, healthType, "main-health")
			assert.Equal(t, test.kind, text(check, "type"))
			assert.Equal(t, test.port, check.Inputs["port"].NumberValue())
			path := check.Inputs["resourcePath"]
			assert.Equal(t, test.path != "", path.IsString())
			if test.path != "" {
				assert.Equal(t, test.path, path.StringValue())
			}
			assert.Contains(t, text(check, "fqdn"), ".amazonaws.com", "the name of this load balancer, wherever the domain leads")
			assert.NotEmpty(t, text(record, "healthCheckId"))
			assert.True(t, dependsOn(record, healthType))
			assert.True(t, record.Inputs["aliases"].ArrayValue()[0].ObjectValue()["evaluateTargetHealth"].BoolValue())
		})
	}
}
