package aws

import (
	"github.com/holdfast-iac/holdfast/policies/frameworks"
	"github.com/holdfast-iac/holdfast/policies/policy"
)

// EC2EndpointServiceAsks advises to accept the consumers of an endpoint service one by one.
var EC2EndpointServiceAsks = policy.Policy{
	ID:       "aws-ec2-endpoint-service-asks",
	Title:    "Endpoint services must ask before they accept.",
	Severity: policy.Medium,
	Level:    policy.Advisory,
	Rationale: "A service behind PrivateLink is as close as a machine in one's own network. Without acceptance, whoever has " +
		"permission connects, and nobody has looked at it.",
	Remediation: "Set acceptanceRequired to true.",
	Controls:    frameworks.Controls{SOC2: "CC6.6", ISO27001: "A.8.20 A.8.21"}.List(),
	Tags:        []string{"security", "network"},
	Peers:       []string{"Checkov CKV_AWS_123"},
	Bad: []policy.Example{
		{Name: "api", Type: endpointServiceType, Properties: props{"acceptanceRequired": false}},
	},
	Good: []policy.Example{
		{Name: "api", Type: endpointServiceType, Properties: props{"acceptanceRequired": true}},
	},
	Rules: []policy.Rule{
		policy.On(endpointServiceType, func(r *policy.Report, s endpointService) {
			if !s.Asks.Get() {
				r.Fail("It accepts every connection.")
			}
		}),
		policy.OnRemediate(endpointServiceType, func(r *policy.Remediation, s endpointService) {
			if !s.Asks.Get() {
				r.Set("acceptanceRequired", true)
			}
		}),
	},
}

type endpointService struct {
	Asks policy.Value[bool] `pulumi:"acceptanceRequired"`
}
