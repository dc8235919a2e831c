package loadbalancer

import (
	"fmt"
	"slices"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/stretchr/testify/assert"

	"github.com/holdfast-iac/holdfast/components/spec"
)

// Nothing goes out but to the ports of the backends, within the network.
func TestEgress(t *testing.T) {
	t.Parallel()
	of := func(args Args) []string {
		r := run(t, args)
		var open []string
		for _, rule := range r.OfType(outType) {
			assert.Equal(t, number(rule, "fromPort"), number(rule, "toPort"))
			assert.Equal(t, "tcp", text(rule, "ipProtocol"))
			open = append(open, fmt.Sprint(number(rule, "toPort"), " ", text(rule, "cidrIpv4")))
		}
		slices.Sort(open)
		group := named(t, r, groupType, "main-balancer")
		assert.NotContains(t, group.Inputs, resource.PropertyKey("egress"), "rules are resources of their own")
		return open
	}
	assert.Equal(t, []string{"8080 10.0.0.0/16"}, of(Args{}))
	assert.Equal(t, []string{"443 10.0.0.0/16", "443 10.9.0.0/16", "9000 10.0.0.0/16", "9000 10.9.0.0/16"}, of(Args{
		LoadBalancer: spec.LoadBalancer{Backends: map[string]spec.Backend{"a": {Port: 443, HealthCheck: spec.HealthCheck{Port: 9000}}}},
		TargetCIDRs:  []string{"10.9.0.0/16"},
	}))
}
