package aws

import (
	"github.com/holdfast-iac/holdfast/policies/frameworks"
	"github.com/holdfast-iac/holdfast/policies/policy"
)

// ELBListenerEncrypted wants listeners for HTTP to do nothing but redirect to HTTPS.
var ELBListenerEncrypted = policy.Policy{
	ID:       "aws-elb-listener-encrypted",
	Title:    "Listeners must encrypt traffic.",
	Severity: policy.High,
	Level:    policy.Mandatory,
	Rationale: "What is sent by HTTP can be read and changed by everybody on the way: sessions, passwords, " +
		"downloads.",
	Remediation: "Use the protocol HTTPS with certificateArn; on port 80, keep a listener whose only action " +
		"redirects to HTTPS.",
	Controls: frameworks.Controls{SOC2: "CC6.7", ISO27001: "A.8.24 A.8.21"}.List(),
	Tags:     []string{"security", "encryption", "tls"},
	Peers: []string{
		"Checkov CKV_AWS_2", "Checkov CKV_AWS_378", "Checkov CKV2_AWS_20", "Trivy AWS-0054",
		"AWS Config ALB_HTTP_TO_HTTPS_REDIRECTION_CHECK", "Security Hub ELB.1",
	},
	Bad: []policy.Example{
		{Name: "http", Type: listenerType, Properties: props{
			"loadBalancerArn": "arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/app/web/1",
			"port":            80, "protocol": "HTTP",
			"defaultActions": []any{props{"type": "forward", "targetGroupArn": "arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/web/1"}},
		}},
	},
	Good: []policy.Example{
		{Name: "http", Type: listenerType, Properties: props{
			"loadBalancerArn": "arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/app/web/1",
			"port":            80, "protocol": "HTTP",
			"defaultActions": []any{props{"type": "redirect", "redirect": props{"port": "443", "protocol": "HTTPS", "statusCode": "HTTP_301"}}},
		}},
		{Name: "http2", Type: albListenerType, Properties: props{
			"loadBalancerArn": "arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/app/web/1",
			"port":            443, "protocol": "HTTPS", "sslPolicy": "ELBSecurityPolicy-TLS13-1-2-2021-06",
			"certificateArn": "arn:aws:acm:eu-west-1:123456789012:certificate/1",
			"defaultActions": []any{props{"type": "fixed-response", "fixedResponse": props{"contentType": "text/plain"}}},
		}},
	},
	Rules: []policy.Rule{
		policy.On(listenerType, checkListener),
		policy.On(albListenerType, checkListener),
	},
}

type listener struct {
	Protocol policy.Value[string]        `pulumi:"protocol"`
	Actions  policy.List[listenerAction] `pulumi:"defaultActions"`
}

type listenerAction struct {
	Redirect policy.Value[listenerRedirect] `pulumi:"redirect"`
}

type listenerRedirect struct {
	Protocol policy.Value[string] `pulumi:"protocol"`
}

// inTheClear reports whether it serves anything by HTTP but redirects to HTTPS.
func (l listener) inTheClear() bool {
	return policy.AllOf(
		func() bool { return l.Protocol.Get() == "HTTP" },
		func() bool {
			return l.Actions.Any(func(a listenerAction) bool {
				return a.Redirect.Get().Protocol.Get() != "HTTPS"
			})
		},
	)
}

func checkListener(r *policy.Report, v listener) {
	if v.inTheClear() {
		r.Fail("It serves HTTP, and not only redirects to HTTPS.")
	}
}
