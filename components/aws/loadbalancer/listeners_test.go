package loadbalancer

import (
	"encoding/json"
	"fmt"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/holdfast-iac/holdfast/components/spec"
)

func TestListeners(t *testing.T) {
	t.Parallel()
	r := run(t, Args{StrictTransportSeconds: 31536000})
	https := named(t, r, listenerType, "main-listener")
	assert.Equal(t, "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09", text(https, "sslPolicy"))
	assert.Equal(t, certificateARN, text(https, "certificateArn"))
	assert.Equal(t, "max-age=31536000", text(https, "routingHttpResponseStrictTransportSecurityHeaderValue"))
	forward := https.Inputs["defaultActions"].ArrayValue()[0].ObjectValue()["forward"].ObjectValue()
	assert.Equal(t, map[string]any{"enabled": false, "duration": 3600.0}, forward["stickiness"].ObjectValue().Mappable(),
		"what is not written down cannot be turned off")
	redirect := named(t, r, listenerType, "main-redirect").Inputs["defaultActions"].ArrayValue()[0].ObjectValue()["redirect"].ObjectValue()
	assert.Equal(t, map[string]any{"protocol": "HTTPS", "port": "443", "statusCode": "HTTP_301"}, redirect.Mappable())

	plain := named(t, run(t, Args{LoadBalancer: spec.LoadBalancer{Unencrypted: true}}), listenerType, "main-listener")
	assert.NotContains(t, plain.Inputs, resource.PropertyKey("sslPolicy"))
	assert.NotContains(t, plain.Inputs, resource.PropertyKey("certificateArn"))
}

func TestRoutes(t *testing.T) {
	t.Parallel()
	r := run(t, Args{LoadBalancer: spec.LoadBalancer{
		StickySeconds: 60,
		Backends:      map[string]spec.Backend{"blue": {Weight: pulumi.IntRef(1)}, "green": {Weight: pulumi.IntRef(0), Rollback: spec.Rollback{To: "blue"}}},
		Routes: map[string]spec.Route{
			"api":   {Priority: 20, Paths: []string{"/api/*", "/v2"}, Backends: map[string]int{"green": 3, "blue": 1}},
			"admin": {Priority: 10, Hosts: []string{"admin.example.com"}, Paths: []string{"/x"}, Backends: map[string]int{"blue": 1}},
		},
	}})
	api := named(t, r, routeType, "main-route-api")
	assert.Equal(t, 20, number(api, "priority"))
	assert.Equal(t, []any{map[string]any{"pathPattern": map[string]any{"values": []any{"/api/*", "/v2"}}}}, api.Inputs["conditions"].Mappable())
	forward := api.Inputs["actions"].ArrayValue()[0].ObjectValue()["forward"].ObjectValue()
	var weights []string
	for _, group := range forward["targetGroups"].ArrayValue() {
		weights = append(weights, fmt.Sprint(backendOf(r, group.ObjectValue()["arn"]), " ", group.ObjectValue()["weight"].NumberValue()))
	}
	assert.Equal(t, []string{"blue 1", "green 3"}, weights)
	assert.Equal(t, map[string]any{"enabled": true, "duration": 60.0}, forward["stickiness"].ObjectValue().Mappable())
	assert.Len(t, named(t, r, routeType, "main-route-admin").Inputs["conditions"].ArrayValue(), 2, "host and path must both match")
}

// With TCP there is a Network Load Balancer, whose logs another service writes.
func TestConnections(t *testing.T) {
	t.Parallel()
	l := connections
	l.Port, l.IPv6 = 5432, true
	l.Backends = map[string]spec.Backend{
		"blue":  {Port: 5432, Weight: pulumi.IntRef(0)},
		"green": {Port: 5432, Weight: pulumi.IntRef(1), StickySeconds: 1, HealthCheck: spec.HealthCheck{Path: "/healthz", Port: 8008}},
	}
	r := run(t, Args{LoadBalancer: l}, func(_ *pulumi.Context, l *LoadBalancer) {
		pulumi.All(l.URL, l.DNSName, l.MetricName).ApplyT(func(v []any) int {
			assert.Equal(t, "tcp://"+v[1].(string)+":5432", v[0])
			assert.Regexp(t, "^net/holdfast-test-main-tcp/", v[2])
			return 0
		})
	})
	balancer := named(t, r, balancerType, "main-balancer")
	assert.True(t, balancer.Inputs["enableCrossZoneLoadBalancing"].BoolValue())
	assert.Equal(t, "dualstack", text(balancer, "ipAddressType"))
	assert.NotContains(t, balancer.Inputs, resource.PropertyKey("dropInvalidHeaderFields"))
	listener := named(t, r, listenerType, "main-listener")
	assert.Equal(t, "TLS", text(listener, "protocol"))
	assert.Equal(t, 5432, number(listener, "port"))
	assert.NotEmpty(t, text(listener, "sslPolicy"))
	assert.Equal(t, "green", backendOf(r, listener.Inputs["defaultActions"].ArrayValue()[0].ObjectValue()["targetGroupArn"]))
	assert.Len(t, r.OfType(listenerType), 1)

	blue, green := named(t, r, targetType, "main-backend-blue"), named(t, r, targetType, "main-backend-green")
	assert.Equal(t, "TCP", text(blue, "protocol"))
	assert.Equal(t, map[string]any{
		"enabled": true, "protocol": "TCP", "port": "traffic-port", "interval": 10.0, "timeout": 5.0, "healthyThreshold": 2.0, "unhealthyThreshold": 3.0,
	}, blue.Inputs["healthCheck"].ObjectValue().Mappable())
	assert.Equal(t, map[string]any{"enabled": false, "type": "source_ip"}, blue.Inputs["stickiness"].ObjectValue().Mappable())
	check := green.Inputs["healthCheck"].ObjectValue()
	assert.Equal(t, []any{"HTTP", "/healthz", "8008", "200-299"}, []any{check["protocol"].V, check["path"].V, check["port"].V, check["matcher"].V})
	assert.True(t, green.Inputs["stickiness"].ObjectValue()["enabled"].BoolValue())

	var policy struct{ Statement []map[string]any }
	require.NoError(t, json.Unmarshal([]byte(text(named(t, r, policyType, "main-balancer-logs"), "policy")), &policy))
	require.Len(t, policy.Statement, 3)
	for _, s := range policy.Statement[1:] {
		assert.Equal(t, map[string]any{"Service": "delivery.logs.amazonaws.com"}, s["Principal"])
		assert.Equal(t, map[string]any{
			"StringEquals": map[string]any{"aws:SourceAccount": "123456789012"},
			"ArnLike":      map[string]any{"aws:SourceArn": "arn:aws:logs:us-east-1:123456789012:*"},
		}, s["Condition"])
	}
	l.Unencrypted = true
	r = run(t, Args{LoadBalancer: l})
	assert.Equal(t, "TCP", text(named(t, r, listenerType, "main-listener"), "protocol"))
	assert.Empty(t, r.OfType(bucketType), "AWS keeps no logs of it")
}

func TestPort(t *testing.T) {
	t.Parallel()
	r := run(t, Args{LoadBalancer: spec.LoadBalancer{Domain: "shop.example.com", Port: 8443}}, func(_ *pulumi.Context, l *LoadBalancer) {
		pulumi.All(l.LoadBalancerARN, l.URL).ApplyT(func(made []any) int { // a run waits for what is made, and a domain is not
			assert.Equal(t, "https://shop.example.com:8443", made[1])
			return 0
		})
	})
	redirect := named(t, r, listenerType, "main-redirect").Inputs["defaultActions"].ArrayValue()[0].ObjectValue()["redirect"].ObjectValue()
	assert.Equal(t, "8443", redirect["port"].StringValue())
}
