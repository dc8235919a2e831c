package loadbalancer

import (
	"strings"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/holdfast-iac/holdfast/components/componenttest"
	"github.com/holdfast-iac/holdfast/components/spec"
)

func TestTargetGroup(t *testing.T) {
	t.Parallel()
	group := named(t, run(t, Args{}), targetType, "main-backend-main")
	check := group.Inputs["healthCheck"].ObjectValue().Mappable()
	assert.Equal(t, map[string]any{
		"enabled": true, "protocol": "HTTP", "path": "/", "port": "traffic-port", "matcher": "200-299", "interval": 10.0, "timeout": 5.0,
		"healthyThreshold": 2.0, "unhealthyThreshold": 3.0,
	}, check)
	for key, want := range map[resource.PropertyKey]any{
		"port": 8080.0, "protocol": "HTTP", "protocolVersion": "HTTP1", "targetType": "instance", "deregistrationDelay": 60.0,
		"slowStart": 0.0, "loadBalancingAlgorithmType": "least_outstanding_requests", "loadBalancingAnomalyMitigation": "off",
	} {
		assert.Equal(t, want, group.Inputs[key].V, key)
	}
	r := run(t, Args{
		LoadBalancer: spec.LoadBalancer{StickySeconds: 5, Backends: map[string]spec.Backend{
			"grpc":  {Protocol: spec.BackendGRPC, Weight: pulumi.IntRef(1), StickySeconds: 30, SlowStartSeconds: 45, HealthCheck: spec.HealthCheck{Port: 9000}},
			"https": {Protocol: spec.BackendHTTPS, Port: 8443, Weight: pulumi.IntRef(1), Algorithm: spec.AvoidAnomalies, Rollback: spec.Rollback{Disabled: true}},
		}},
		TargetType: "ip",
	})
	grpc := named(t, r, targetType, "main-backend-grpc")
	assert.Equal(t, "GRPC", text(grpc, "protocolVersion"))
	assert.Equal(t, "HTTP", text(grpc, "protocol"))
	assert.Equal(t, "ip", text(grpc, "targetType"))
	assert.Equal(t, "9000", grpc.Inputs["healthCheck"].ObjectValue()["port"].StringValue())
	assert.Equal(t, "round_robin", text(grpc, "loadBalancingAlgorithmType"))
	assert.Equal(t, 45, number(grpc, "slowStart"))
	assert.Equal(t, map[string]any{"enabled": true, "type": "lb_cookie", "cookieDuration": 30.0}, grpc.Inputs["stickiness"].ObjectValue().Mappable())
	https := named(t, r, targetType, "main-backend-https")
	assert.Equal(t, "HTTPS", text(https, "protocol"))
	assert.Equal(t, "HTTPS", https.Inputs["healthCheck"].ObjectValue()["protocol"].StringValue())
	assert.Equal(t, "weighted_random", text(https, "loadBalancingAlgorithmType"))
	assert.Equal(t, "on", text(https, "loadBalancingAnomalyMitigation"))
	assert.False(t, https.Inputs["stickiness"].ObjectValue()["enabled"].BoolValue())
}

// connections are what a load balancer of connections has to say.
var connections = spec.LoadBalancer{TCP: true, Firewall: spec.Firewall{Disabled: true}}

// A target group's name holds all that AWS can only change by replacing it, so that old and new can be side by side; and
// nothing else, so that it stays when AWS can change it in place.
func TestTargetGroupNames(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("x", 40)
	var base spec.Backend
	nameOf := func(component string, args Args, backend spec.Backend) string {
		args.Backends = map[string]spec.Backend{"main": backend}
		r, err := componenttest.Run(componenttest.SimulatedAWS(t, "us-east-1"), func(ctx *pulumi.Context) error {
			_, err := create(ctx, component, args)
			return err
		})
		require.NoError(t, err)
		name := text(r.OfType(targetType)[0], "name")
		assert.LessOrEqual(t, len(name), 32)
		return name
	}
	for _, component := range []string{"main", long} {
		seen := map[string]string{}
		for what, args := range map[string]struct {
			args    Args
			backend spec.Backend
		}{
			"as it was": {Args{}, base},
			"port":      {Args{}, spec.Backend{Port: 9000}},
			"protocol":  {Args{}, spec.Backend{Protocol: spec.BackendHTTPS}},
			"version":   {Args{}, spec.Backend{Protocol: spec.BackendGRPC}},
			"type":      {Args{TargetType: "ip"}, base},
			"balancer":  {Args{LoadBalancer: spec.LoadBalancer{Internal: true}}, base},
			"layer":     {Args{LoadBalancer: connections}, base},
		} {
			name := nameOf(component, args.args, args.backend)
			require.Empty(t, seen[name], "%s and %s have one name", what, seen[name])
			seen[name] = what
		}
		assert.Contains(t, seen, nameOf(component, Args{DesyncMode: "strictest"}, spec.Backend{
			DrainSeconds: 5, StickySeconds: 5, SlowStartSeconds: 30, HealthCheck: spec.HealthCheck{Path: "/x", Port: 99, Codes: "200"},
		}), "what AWS changes in place leaves the name alone")
	}
}
