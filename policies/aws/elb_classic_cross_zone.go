package aws

import (
	"github.com/holdfast-iac/holdfast/policies/frameworks"
	"github.com/holdfast-iac/holdfast/policies/policy"
)

// ELBClassicCrossZone wants zones to share their load.
var ELBClassicCrossZone = policy.Policy{
	ID:       "aws-elb-classic-cross-zone",
	Title:    "Classic load balancers must spread load across zones.",
	Severity: policy.Medium,
	Level:    policy.Advisory,
	Rationale: "Without it, each zone gets the same share of the load, however many instances it has: the zone " +
		"with the fewest is overloaded first.",
	Remediation: "Leave crossZoneLoadBalancing at true.",
	Controls:    frameworks.Controls{SOC2: "A1.1 A1.2", ISO27001: "A.8.14"}.List(),
	Tags:        []string{"reliability", "high-availability"},
	Peers: []string{
		"Checkov CKV_AWS_138",
		"AWS Config ELB_CROSS_ZONE_LOAD_BALANCING_ENABLED",
		"Security Hub ELB.9",
	},
	Bad: []policy.Example{
		{Name: "web", Type: classicLoadBalancerType, Properties: props{
			"listeners":              []any{props{"instancePort": 80, "instanceProtocol": "http", "lbPort": 80, "lbProtocol": "http"}},
			"crossZoneLoadBalancing": false,
		}},
	},
	Good: []policy.Example{
		{Name: "web", Type: classicLoadBalancerType, Properties: props{
			"listeners": []any{props{"instancePort": 80, "instanceProtocol": "http", "lbPort": 80, "lbProtocol": "http"}},
		}},
	},
	Rules: []policy.Rule{
		policy.On(classicLoadBalancerType, checkELBClassicCrossZone),
		policy.OnRemediate(classicLoadBalancerType, mendELBClassicCrossZone),
	},
}

type spreadingClassic struct {
	Cross policy.Value[bool] `pulumi:"crossZoneLoadBalancing"`
}

func checkELBClassicCrossZone(r *policy.Report, v spreadingClassic) {
	if !v.Cross.Or(true) {
		r.Fail("Each of its zones keeps to itself.")
	}
}

func mendELBClassicCrossZone(r *policy.Remediation, v spreadingClassic) {
	if !v.Cross.Or(true) {
		r.Set("crossZoneLoadBalancing", true)
	}
}
