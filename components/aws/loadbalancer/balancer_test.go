package loadbalancer

import (
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/stretchr/testify/assert"

	"github.com/holdfast-iac/holdfast/components/spec"
)

func TestBalancer(t *testing.T) {
	t.Parallel()
	r := run(t, Args{})
	balancer := named(t, r, balancerType, "main-balancer")
	assert.Equal(t, "holdfast-test-main", text(balancer, "name"))
	for key, want := range map[resource.PropertyKey]any{
		"dropInvalidHeaderFields": true, "desyncMitigationMode": "defensive", "xffHeaderProcessingMode": "append", "enableHttp2": true,
		"enableWafFailOpen": false, "enableZonalShift": true, "idleTimeout": 60.0, "clientKeepAlive": 3600.0, "ipAddressType": "ipv4",
	} {
		assert.Equal(t, want, balancer.Inputs[key].V, key)
	}
	assert.Len(t, balancer.Inputs["subnets"].ArrayValue(), 3)
	balancer = named(t, run(t, Args{
		LoadBalancer: spec.LoadBalancer{Internal: true, IdleSeconds: 120}, DesyncMode: "strictest", ForwardedFor: "remove",
		KeepAliveSeconds: 60, ZonalShiftDisabled: true,
	}), balancerType, "main-balancer")
	assert.Equal(t, "holdfast-test-main-private", text(balancer, "name"))
	assert.Equal(t, "strictest", text(balancer, "desyncMitigationMode"))
	assert.Equal(t, "remove", text(balancer, "xffHeaderProcessingMode"))
	assert.Equal(t, 60, number(balancer, "clientKeepAlive"))
	assert.Equal(t, 120, number(balancer, "idleTimeout"))
	assert.False(t, balancer.Inputs["enableZonalShift"].BoolValue())
}
