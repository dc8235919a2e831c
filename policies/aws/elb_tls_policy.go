package aws

import (
	"strings"

	"github.com/holdfast-iac/holdfast/policies/frameworks"
	"github.com/holdfast-iac/holdfast/policies/policy"
)

// ELBTLSPolicy wants listeners to speak TLS 1.2 or newer only.
var ELBTLSPolicy = policy.Policy{
	ID:       "aws-elb-tls-policy",
	Title:    "Listeners must refuse TLS before 1.2.",
	Severity: policy.High,
	Level:    policy.Mandatory,
	Rationale: "TLS 1.0 and 1.1 can be broken by those who can place themselves in between; browsers have long " +
		"left them.",
	Remediation: "Set sslPolicy to ELBSecurityPolicy-TLS13-1-2-2021-06, or another whose name holds TLS13 or " +
		"TLS-1-2.",
	Controls: frameworks.Controls{SOC2: "CC6.7", ISO27001: "A.8.24 A.8.21"}.List(),
	Tags:     []string{"security", "tls"},
	Peers: []string{
		"Checkov CKV_AWS_103", "Checkov CKV2_AWS_74", "Trivy AWS-0047",
		"AWS Config ELB_PREDEFINED_SECURITY_POLICY_SSL_CHECK",
	},
	Bad: []policy.Example{
		{Name: "https", Type: listenerType, Properties: props{
			"loadBalancerArn": "arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/app/web/1",
			"port":            443, "protocol": "HTTPS", "certificateArn": "arn:aws:acm:eu-west-1:123456789012:certificate/1",
			"defaultActions": []any{props{"type": "fixed-response", "fixedResponse": props{"contentType": "text/plain"}}},
		}},
	},
	Good: []policy.Example{
		{Name: "https", Type: listenerType, Properties: props{
			"loadBalancerArn": "arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/app/web/1",
			"port":            443, "protocol": "HTTPS", "certificateArn": "arn:aws:acm:eu-west-1:123456789012:certificate/1",
			"defaultActions": []any{props{"type": "fixed-response", "fixedResponse": props{"contentType": "text/plain"}}},
			"sslPolicy":      "ELBSecurityPolicy-TLS13-1-2-2021-06",
		}},
		{Name: "https2", Type: albListenerType, Properties: props{
			"loadBalancerArn": "arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/app/web/1",
			"port":            443, "protocol": "HTTPS", "certificateArn": "arn:aws:acm:eu-west-1:123456789012:certificate/1",
			"defaultActions": []any{props{"type": "fixed-response", "fixedResponse": props{"contentType": "text/plain"}}},
			"sslPolicy":      "ELBSecurityPolicy-TLS13-1-2-2021-06",
		}},
	},
	Rules: []policy.Rule{
		policy.On(listenerType, checkTlsListener),
		policy.On(albListenerType, checkTlsListener),
		policy.OnRemediate(listenerType, mendTlsListener),
		policy.OnRemediate(albListenerType, mendTlsListener),
	},
}

type tlsListener struct {
	Protocol policy.Value[string] `pulumi:"protocol"`
	Policy   policy.Value[string] `pulumi:"sslPolicy"`
}

// oldTLS reports whether it speaks TLS before 1.2. The policy by default, ELBSecurityPolicy-2016-08, does; those that do
// not say so in their names (Elastic Load Balancing documentation, "Security policies for your Application Load Balancer").
func (l tlsListener) oldTLS() bool {
	return policy.AllOf(
		func() bool { return l.Protocol.Get() == "HTTPS" || l.Protocol.Get() == "TLS" },
		func() bool {
			name := l.Policy.Get()
			speaks := strings.Contains(name, "TLS13-1-0") || strings.Contains(name, "TLS13-1-1")
			return speaks || !strings.Contains(name, "TLS13") && !strings.Contains(name, "TLS-1-2") && !strings.Contains(name, "FS-1-2")
		},
	)
}

func checkTlsListener(r *policy.Report, v tlsListener) {
	if v.oldTLS() {
		r.Fail("Its sslPolicy is %v, which speaks TLS 1.0 or 1.1.", v.Policy)
	}
}

func mendTlsListener(r *policy.Remediation, v tlsListener) {
	if v.oldTLS() {
		r.Set("sslPolicy", "ELBSecurityPolicy-TLS13-1-2-2021-06")
	}
}
