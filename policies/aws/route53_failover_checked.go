package aws

import (
	"github.com/holdfast-iac/holdfast/policies/frameworks"
	"github.com/holdfast-iac/holdfast/policies/policy"
)

// Route53FailoverChecked wants the primary record of a failover to be checked: Route 53 never leaves one that is not.
var Route53FailoverChecked = policy.Policy{
	ID:       "aws-route53-failover-checked",
	Title:    "Primary records of a failover must have a health check.",
	Severity: policy.Medium,
	Level:    policy.Advisory,
	Rationale: "Route 53 takes a record without a health check for healthy (Amazon Route 53 Developer Guide, \"Configuring " +
		"DNS failover\"): the secondary record never gets a request.",
	Remediation: "Set healthCheckId, or evaluateTargetHealth of the alias.",
	Controls:    frameworks.Controls{SOC2: "A1.2", ISO27001: "A.8.14 A.5.30"}.List(),
	Tags:        []string{"reliability", "dns"},
	Bad: []policy.Example{
		{Name: "www", Type: dnsRecordType, Properties: props{
			"zoneId": "Z1", "name": "www.example.com", "type": "A", "setIdentifier": "first",
			"failoverRoutingPolicies": []any{props{"type": "PRIMARY"}},
			"aliases":                 []any{props{"name": "web.example.net", "zoneId": "Z2", "evaluateTargetHealth": false}},
		}},
	},
	Good: []policy.Example{
		{Name: "www", Type: dnsRecordType, Properties: props{
			"zoneId": "Z1", "name": "www.example.com", "type": "A", "ttl": 60, "records": []any{"192.0.2.10"},
			"setIdentifier": "first", "failoverRoutingPolicies": []any{props{"type": "PRIMARY"}}, "healthCheckId": "abc",
		}},
	},
	Rules: []policy.Rule{
		policy.On(dnsRecordType, func(r *policy.Report, record failoverRecord) {
			if policy.AllOf(record.primary, func() bool { return !record.checked() }) {
				r.Fail("Nothing checks it.")
			}
		}),
	},
}

type failoverRecord struct {
	Failover policy.List[failoverRouting] `pulumi:"failoverRoutingPolicies"`
	Check    policy.Value[string]         `pulumi:"healthCheckId"`
	Aliases  policy.List[recordAlias]     `pulumi:"aliases"`
}

type failoverRouting struct {
	Type policy.Value[string] `pulumi:"type"`
}

type recordAlias struct {
	Evaluated policy.Value[bool] `pulumi:"evaluateTargetHealth"`
}

func (f failoverRecord) primary() bool {
	return f.Failover.Any(func(routing failoverRouting) bool { return routing.Type.Get() == "PRIMARY" })
}

func (f failoverRecord) checked() bool {
	return f.Check.Present() || f.Aliases.Any(func(a recordAlias) bool { return a.Evaluated.Or(false) })
}
