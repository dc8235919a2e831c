package aws

import (
	"github.com/holdfast-iac/holdfast/policies/frameworks"
	"github.com/holdfast-iac/holdfast/policies/policy"
)

// ELBCrossZone wants zones to share their load. Application load balancers always do.
var ELBCrossZone = policy.Policy{
	ID:       "aws-elb-cross-zone",
	Title:    "Network and gateway load balancers must spread load across zones.",
	Severity: policy.Medium,
	Level:    policy.Advisory,
	Rationale: "Without it, each zone gets the same share of the load, however many targets it has: the zone with " +
		"the fewest is overloaded first, and one without any is a hole.",
	Remediation: "Set enableCrossZoneLoadBalancing to true.",
	Controls:    frameworks.Controls{SOC2: "A1.1 A1.2", ISO27001: "A.8.14"}.List(),
	Tags:        []string{"reliability", "high-availability"},
	Peers:       []string{"Checkov CKV_AWS_152", "AWS Config NLB_CROSS_ZONE_LOAD_BALANCING_ENABLED"},
	Bad: []policy.Example{
		{Name: "tcp", Type: loadBalancerType, Properties: props{"loadBalancerType": "network"}},
	},
	Good: []policy.Example{
		{Name: "tcp", Type: loadBalancerType, Properties: props{
			"loadBalancerType": "network", "enableCrossZoneLoadBalancing": true,
		}},
	},
	Rules: []policy.Rule{
		policy.On(loadBalancerType, checkELBCrossZone),
		policy.On(albLoadBalancerType, checkELBCrossZone),
		policy.OnRemediate(loadBalancerType, mendELBCrossZone),
		policy.OnRemediate(albLoadBalancerType, mendELBCrossZone),
	},
}

type spreadingBalancer struct {
	Kind  policy.Value[string] `pulumi:"loadBalancerType"`
	Cross policy.Value[bool]   `pulumi:"enableCrossZoneLoadBalancing"`
}

func checkELBCrossZone(r *policy.Report, v spreadingBalancer) {
	if policy.AllOf(
		func() bool { return v.Kind.Or("application") != "application" },
		func() bool { return !v.Cross.Or(false) },
	) {
		r.Fail("Each of its zones keeps to itself.")
	}
}

func mendELBCrossZone(r *policy.Remediation, v spreadingBalancer) {
	if policy.AllOf(
		func() bool { return v.Kind.Or("application") != "application" },
		func() bool { return !v.Cross.Or(false) },
	) {
		r.Set("enableCrossZoneLoadBalancing", true)
	}
}
