package aws

import (
	"net/netip"

	"github.com/holdfast-iac/holdfast/simulator"
)

// smallSubnet: Elastic Load Balancing takes a small subnet as long as eight addresses in it are free, which depends on
// what else there is, and lacks addresses when it has to grow.
var smallSubnet = simulator.Constraint{
	Origin: simulator.Origin{ID: "aws-elb-subnet-size", Source: albSubnets},
	Stage:  simulator.Afterwards,
	Error:  "the load balancer may fail to scale: each subnet should be a /27 at least, and %s is %s",
	Find: func(c *simulator.Call, broken func(path string, args ...any)) {
		if c.Text("loadBalancerType") != "application" {
			return
		}
		for _, property := range []string{"subnets[*]", "subnetMappings[*].subnetId"} {
			c.Each(property, func(path, id string) {
				block, err := netip.ParsePrefix(c.Find(subnetKind, id).Text("cidrBlock"))
				if err == nil && block.Bits() > 27 {
					broken(path, id, block)
				}
			})
		}
	},
}
