package aws

import (
	"slices"
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"

	"github.com/holdfast-iac/holdfast/simulator"
)

// Sources: terraform-provider-aws, internal/service/elbv2/{listener,listener_rule,listener_certificate}.go; the errors
// of the Elastic Load Balancing API, version 2015-12-01.

var listenerKind = &simulator.Kind{
	Noun: "ELBv2 Listener",
	ID: func(c *simulator.Call) string {
		return strings.Replace(c.Text("loadBalancerArn"), ":loadbalancer/", ":listener/", 1) + "/" + c.Hex("listener", 16)
	},
	ARN:      "{id}",
	NotFound: "ListenerNotFound: One or more listeners not found: '%s'",
}

var listenerRuleKind = &simulator.Kind{
	Noun: "ELBv2 Listener Rule",
	ID: func(c *simulator.Call) string {
		return strings.Replace(c.Text("listenerArn"), ":listener/", ":listener-rule/", 1) + "/" + c.Hex("rule", 16)
	},
	ARN: "{id}",
}

var listenerCertificateKind = &simulator.Kind{
	Noun: "ELBv2 Listener Certificate",
	ID:   func(c *simulator.Call) string { return c.Text("listenerArn") + "_" + c.Text("certificateArn") },
}

func listenerTypes() []*simulator.Type {
	return bothModules(&simulator.Type{
		Token:     "aws:lb/listener:Listener",
		Kind:      listenerKind,
		Immutable: []string{"loadBalancerArn"},
		Normalize: map[string]func(resource.PropertyValue) resource.PropertyValue{"protocol": capitals},
		References: append(toTargetGroups("defaultActions"),
			simulator.Reference{Property: "loadBalancerArn", To: kinds(loadBalancerKind), By: simulator.ByARN,
				OnDelete: simulator.Follow},
			toCertificate("certificateArn", "CertificateNotFound: Certificate '%s' not found")),
		Unique: []simulator.Unique{{
			Origin:     simulator.Origin{ID: "aws-elb-listener-port-taken", Source: elbListen},
			Space:      "listener",
			Properties: []string{"loadBalancerArn", "port"},
			Error:      "DuplicateListener: A listener already exists on this port for this load balancer: %s",
		}},
		Constraints: slices.Concat(listenerConstraints(), balancerCertificateConstraints(),
			actionConstraints("defaultActions", func(c *simulator.Call) (string, *simulator.Object) {
				return listenerProtocol(c), c.FindBy(loadBalancerKind, simulator.ByARN, c.Text("loadBalancerArn"))
			})),
		API:        []string{"elasticloadbalancingv2:CreateListener"},
		Parameters: map[string]string{"certificateArn": "Certificates.CertificateArn"},
		Compute:    computeListener,
	}, &simulator.Type{
		Token:     "aws:lb/listenerRule:ListenerRule",
		Kind:      listenerRuleKind,
		Immutable: []string{"listenerArn"},
		Rules:     map[string]simulator.Rule{"priority": simulator.Between(1, 50000)},
		References: append(toTargetGroups("actions"), simulator.Reference{
			Property: "listenerArn", To: kinds(listenerKind), By: simulator.ByARN, OnDelete: simulator.Follow}),
		Unique: []simulator.Unique{{
			Origin: simulator.Origin{ID: "aws-elb-rule-priority-taken",
				Source: "https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateRule.html"},
			Space:      "listener rule",
			Properties: []string{"listenerArn", "priority"},
			Error:      "PriorityInUse: Priority '%s' is currently in use",
		}},
		Constraints: append(actionConstraints("actions", func(c *simulator.Call) (string, *simulator.Object) {
			listener := c.FindBy(listenerKind, simulator.ByARN, c.Text("listenerArn"))
			if listener == nil {
				return "", nil
			}
			return listener.Text("protocol"), listener.Target(loadBalancerKind)
		}), conditionConstraint()),
		API:     []string{"elasticloadbalancingv2:CreateRule"},
		Compute: computeListenerRule,
	}, &simulator.Type{
		Token:     "aws:lb/listenerCertificate:ListenerCertificate",
		Kind:      listenerCertificateKind,
		Immutable: []string{"certificateArn", "listenerArn"},
		References: []simulator.Reference{
			{Property: "listenerArn", To: kinds(listenerKind), By: simulator.ByARN, OnDelete: simulator.Follow},
			toCertificate("certificateArn", "CertificateNotFound: Certificate '%s' not found"),
		},
		Constraints: balancerCertificateConstraints(),
		API:         []string{"elasticloadbalancingv2:AddListenerCertificates"},
		Parameters:  map[string]string{"certificateArn": "Certificates.CertificateArn"},
	})
}

func capitals(value resource.PropertyValue) resource.PropertyValue {
	if !value.IsString() {
		return value
	}
	return text(strings.ToUpper(value.StringValue()))
}

// toTargetGroups refers to the target groups of a list of actions.
func toTargetGroups(actions string) []simulator.Reference {
	var list []simulator.Reference
	for _, path := range targetGroupPaths(actions) {
		list = append(list, simulator.Reference{
			Origin: simulator.Origin{ID: "aws-elb-target-group-in-use",
				Source: "https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_DeleteTargetGroup.html"},
			Property: path, To: kinds(targetGroupKind), By: simulator.ByARN,
		})
	}
	return list
}

func targetGroupPaths(actions string) []string {
	return []string{actions + "[*].targetGroupArn", actions + "[*].forward.targetGroups[*].arn"}
}

// listenerProtocol is the protocol that a listener gets: the API has no default, the provider has one for Application
// Load Balancers.
func listenerProtocol(c *simulator.Call) string {
	protocol := strings.ToUpper(c.Text("protocol"))
	if protocol == "" && strings.Contains(c.Text("loadBalancerArn"), "loadbalancer/app/") {
		return "HTTP"
	}
	return protocol
}

func listenerConstraints() []simulator.Constraint {
	secure := func(c *simulator.Call) bool { return c.Text("protocol") == "HTTPS" || c.Text("protocol") == "TLS" }
	return []simulator.Constraint{
		{
			Origin: simulator.Origin{ID: "aws-elb-https-needs-certificate",
				Source: "https://github.com/pulumi/pulumi-awsx/issues/1242"},
			Stage: simulator.AtCheck,
			Error: "ValidationError: A certificate must be specified for %s listeners",
			Find: func(c *simulator.Call, broken func(path string, args ...any)) {
				if secure(c) && !c.Given("certificateArn") {
					broken("certificateArn", c.Text("protocol"))
				}
			},
		},
		{
			Origin: simulator.Origin{ID: "aws-elb-http-takes-no-certificate", Source: elbListen},
			Stage:  simulator.AtCheck,
			Error:  "ValidationError: A certificate cannot be specified for %s listeners",
			Find: func(c *simulator.Call, broken func(path string, args ...any)) {
				if c.Given("certificateArn") && c.Given("protocol") && c.Known("protocol") && !secure(c) {
					broken("certificateArn", c.Text("protocol"))
				}
			},
		},
		{
			Origin: simulator.Origin{ID: "aws-elb-tls-policy",
				Source: "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/describe-ssl-policies.html"},
			Stage: simulator.AtCheck,
			Error: "SSLPolicyNotFound: SSL policy '%s' not found",
			Find: func(c *simulator.Call, broken func(path string, args ...any)) {
				if policy := c.Text("sslPolicy"); policy != "" && !isTLSPolicy(policy) {
					broken("sslPolicy", policy)
				}
			},
		},
		{
			Origin: simulator.Origin{ID: "aws-elb-listener-protocol",
				Source: "https://github.com/pulumi/pulumi-aws/issues/1193"},
			Stage: simulator.AtApply,
			Error: "ValidationError: Listener protocol '%s' must be one of '%s'",
			Find: func(c *simulator.Call, broken func(path string, args ...any)) {
				balancer := c.FindBy(loadBalancerKind, simulator.ByARN, c.Text("loadBalancerArn"))
				if balancer == nil {
					return
				}
				known := map[string][]string{
					"application": {"HTTPS", "HTTP"}, "network": {"TLS", "TCP", "TCP_UDP", "UDP", "QUIC", "TCP_QUIC"},
				}[balancer.Text("loadBalancerType")]
				if protocol := listenerProtocol(c); len(known) > 0 && !slices.Contains(known, protocol) {
					broken("protocol", protocol, strings.Join(known[:min(4, len(known))], ", "))
				}
			},
		},
	}
}

// isTLSPolicy reports whether a name is that of a predefined security policy, or could be that of a newer one.
func isTLSPolicy(name string) bool {
	name, ok := strings.CutPrefix(name, "ELBSecurityPolicy-")
	return ok && (strings.HasPrefix(name, "TLS13-1-") && strings.Contains(name, "-20") || slices.Contains([]string{
		"2015-05", "2016-08", "TLS-1-0-2015-04", "TLS-1-1-2017-01", "TLS-1-2-2017-01", "TLS-1-2-Ext-2018-06", "FS-2018-06",
		"FS-1-1-2019-08", "FS-1-2-2019-08", "FS-1-2-Res-2019-08", "FS-1-2-Res-2020-10",
	}, name))
}

// targetProtocols lists the protocols of the target groups that listeners of a protocol can forward to.
var targetProtocols = map[string][]string{
	"HTTP": {"HTTP", "HTTPS"}, "HTTPS": {"HTTP", "HTTPS"}, "TCP": {"TCP", "TCP_UDP"}, "TLS": {"TCP", "TLS"},
	"UDP": {"UDP", "TCP_UDP"}, "TCP_UDP": {"TCP_UDP"},
}

// actionConstraints are about what a listener or rule does; where returns the protocol and the load balancer.
func actionConstraints(
	actions string, where func(*simulator.Call) (protocol string, balancer *simulator.Object),
) []simulator.Constraint {
	eachGroup := func(c *simulator.Call, do func(path string, group, balancer *simulator.Object, protocol string)) {
		protocol, balancer := where(c)
		for _, property := range targetGroupPaths(actions) {
			c.Each(property, func(path, arn string) {
				if group := c.FindBy(targetGroupKind, simulator.ByARN, arn); group != nil && balancer != nil {
					do(path, group, balancer, protocol)
				}
			})
		}
	}
	return []simulator.Constraint{
		{
			Origin: simulator.Origin{ID: "aws-elb-action-needs-block",
				Source: "terraform-provider-aws, internal/service/elbv2/listener_rule.go"},
			Stage: simulator.AtCheck,
			Error: "Attribute %s must be specified when \"type\" is %q",
			Find: func(c *simulator.Call, broken func(path string, args ...any)) {
				c.Objects(actions+"[*]", func(path string, action resource.PropertyMap) {
					form := stringOf(action["type"])
					for _, name := range actionBlocks[form] {
						if !action[resource.PropertyKey(name)].IsNull() {
							return
						}
					}
					if needed, ok := actionBlocks[form]; ok {
						broken(path, strings.Join(needed, " or "), form)
					}
				})
			},
		},
		{
			Origin: simulator.Origin{ID: "aws-elb-target-group-protocol",
				Source: "https://github.com/hashicorp/terraform-provider-aws/issues/4955"},
			Stage: simulator.AtApply,
			Error: "IncompatibleProtocols: The listener and its associated target group '%s' have incompatible protocols, '%s' and '%s'",
			Find: func(c *simulator.Call, broken func(path string, args ...any)) {
				eachGroup(c, func(path string, group, _ *simulator.Object, protocol string) {
					fits, known := targetProtocols[protocol]
					if of := group.Text("protocol"); known && of != "" && !slices.Contains(fits, of) {
						broken(path, group.ID, protocol, of)
					}
				})
			},
		},
		{
			Origin: simulator.Origin{ID: "aws-elb-target-group-vpc",
				Source: "https://github.com/kubernetes-sigs/aws-load-balancer-controller/issues/1045"},
			Stage: simulator.AtApply,
			Error: "InvalidConfigurationRequest: Target group '%s' is in a different VPC than load balancer '%s'",
			Find: func(c *simulator.Call, broken func(path string, args ...any)) {
				eachGroup(c, func(path string, group, balancer *simulator.Object, _ string) {
					if vpc := group.Text("vpcId"); vpc != "" && vpc != balancer.Text("vpcId") {
						broken(path, group.ID, balancer.ID)
					}
				})
			},
		},
		{
			Origin: simulator.Origin{ID: "aws-elb-target-group-one-balancer", Source: elbListen},
			Stage:  simulator.AtApply,
			Error: "TargetGroupAssociationLimit: The following target groups cannot be associated with more than one load " +
				"balancer: %s",
			Find: func(c *simulator.Call, broken func(path string, args ...any)) {
				eachGroup(c, func(path string, group, balancer *simulator.Object, _ string) {
					for _, user := range c.Others(slices.Concat(group.Users(listenerKind), group.Users(listenerRuleKind))) {
						if of := balancerOf(user); of != nil && of != balancer {
							broken(path, group.ID)
							return
						}
					}
				})
			},
		},
	}
}

// actionBlocks lists what an action of a type needs one of.
var actionBlocks = map[string][]string{
	"forward": {"targetGroupArn", "forward"}, "redirect": {"redirect"}, "fixed-response": {"fixedResponse"},
	"authenticate-cognito": {"authenticateCognito"}, "authenticate-oidc": {"authenticateOidc"},
}

// balancerOf returns the load balancer of a listener or rule.
func balancerOf(user *simulator.Object) *simulator.Object {
	if listener := user.Target(listenerKind); listener != nil {
		user = listener
	}
	return user.Target(loadBalancerKind)
}

// conditionConstraint limits the values of a rule's conditions.
func conditionConstraint() simulator.Constraint {
	return simulator.Constraint{
		Origin: simulator.Origin{ID: "aws-elb-rule-condition-values", Source: albQuotas},
		Stage:  simulator.AtCheck,
		Error:  "ValidationError: A rule can only have '5' condition values",
		Find: func(c *simulator.Call, broken func(path string, args ...any)) {
			values := len(c.Texts("conditions[*].queryStrings[*].value"))
			for _, name := range []string{"hostHeader", "httpHeader", "httpRequestMethod", "pathPattern", "sourceIp"} {
				values += len(c.Texts("conditions[*]." + name + ".values[*]"))
			}
			if values > 5 {
				broken("conditions")
			}
		},
	}
}

func computeListener(c *simulator.Call) {
	protocol := listenerProtocol(c)
	c.SetNew("protocol", protocol)
	policy := ""
	if protocol == "HTTPS" || protocol == "TLS" {
		policy = "ELBSecurityPolicy-2016-08"
	}
	c.SetNew("sslPolicy", policy)
	idle := 0
	if protocol == "TCP" {
		idle = 350
	}
	c.SetNew("tcpIdleTimeoutSeconds", idle)
	c.SetNew("mutualAuthentication", map[string]any{"mode": "off"})
	c.SetNew("routingHttpResponseServerEnabled", overHTTP(protocol))
	for name := range c.Schema.Outputs {
		if strings.HasPrefix(name, "routingHttp") {
			c.SetNew(name, "")
		}
	}
}

// computeListenerRule gives a rule without a priority the next one, as the provider does.
func computeListenerRule(c *simulator.Call) {
	last := 0.0
	if listener := c.FindBy(listenerKind, simulator.ByARN, c.Text("listenerArn")); listener != nil {
		for _, rule := range c.Others(listener.Users(listenerRuleKind)) {
			if priority := rule.Output("priority"); priority.IsNumber() {
				last = max(last, priority.NumberValue())
			}
		}
	}
	c.SetNew("priority", last+1)
}
