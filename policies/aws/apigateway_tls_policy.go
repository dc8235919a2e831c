package aws

import (
	"github.com/holdfast-iac/holdfast/policies/frameworks"
	"github.com/holdfast-iac/holdfast/policies/policy"
)

// APIGatewayTLSPolicy refuses domain names of REST APIs that speak TLS 1.0. Those of HTTP APIs cannot (Amazon API
// Gateway Developer Guide, "Custom domain names for HTTP APIs").
var APIGatewayTLSPolicy = policy.Policy{
	ID:       "aws-apigateway-tls-policy",
	Title:    "Domain names of APIs must refuse TLS before 1.2.",
	Severity: policy.High,
	Level:    policy.Mandatory,
	Rationale: "TLS 1.0 and 1.1 can be broken by those who can place themselves in between; browsers have long " +
		"left them.",
	Remediation: "Set securityPolicy to TLS_1_2.",
	Controls:    frameworks.Controls{SOC2: "CC6.7", ISO27001: "A.8.24 A.8.21"}.List(),
	Tags:        []string{"security", "tls"},
	Peers:       []string{"Checkov CKV_AWS_206", "Trivy AWS-0005"},
	Bad: []policy.Example{
		{Name: "api", Type: apiDomainType, Properties: props{
			"domainName": "api.example.com", "regionalCertificateArn": "arn:aws:acm:eu-west-1:123456789012:certificate/1",
			"endpointConfiguration": props{"types": "REGIONAL"}, "securityPolicy": "TLS_1_0",
		}},
	},
	Good: []policy.Example{
		{Name: "api", Type: apiDomainType, Properties: props{
			"domainName": "api.example.com", "regionalCertificateArn": "arn:aws:acm:eu-west-1:123456789012:certificate/1",
			"endpointConfiguration": props{"types": "REGIONAL"}, "securityPolicy": "TLS_1_2",
		}},
	},
	Rules: []policy.Rule{
		policy.On(apiDomainType, func(r *policy.Report, d apiDomain) {
			if d.TLS.Get() == "TLS_1_0" {
				r.Fail("It speaks TLS 1.0.")
			}
		}),
		policy.OnRemediate(apiDomainType, func(r *policy.Remediation, d apiDomain) {
			if d.TLS.Get() == "TLS_1_0" {
				r.Set("securityPolicy", "TLS_1_2")
			}
		}),
	},
}

type apiDomain struct {
	TLS policy.Value[string] `pulumi:"securityPolicy"`
}
