package aws

import (
	"cmp"
	"net/netip"
	"slices"
	"strings"

	"github.com/holdfast-iac/holdfast/simulator"
)

// Sources: terraform-provider-aws, internal/service/elbv2/{target_group,target_group_attachment,validate}.go; the
// errors of the Elastic Load Balancing API, version 2015-12-01.

var targetGroupKind = &simulator.Kind{
	Noun: "ELBv2 Target Group",
	ID: func(c *simulator.Call) string {
		return "arn:" + c.Partition + ":elasticloadbalancing:" + c.Region + ":" + c.Account + ":targetgroup/" + nameOrPrefix(c) +
			"/" + c.Hex("target group", 16)
	},
	ARN:      "{id}",
	Name:     "name",
	NotFound: "TargetGroupNotFound: Target groups '%s' not found",
	InUse:    "ResourceInUse: Target group '%s' is currently in use by a listener or a rule",
}

var attachmentKind = &simulator.Kind{
	Noun: "ELBv2 Target Group Attachment",
	ID: func(c *simulator.Call) string {
		return c.Text("targetGroupArn") + "-" + c.Now().UTC().Format("20060102150405") + c.Hex("attachment", 12)
	},
}

const targetGroupSource = "terraform-provider-aws, internal/service/elbv2/target_group.go"

func targetGroupTypes() []*simulator.Type {
	return bothModules(&simulator.Type{
		Token: "aws:lb/targetGroup:TargetGroup",
		Kind:  targetGroupKind,
		Defaults: map[string]any{
			"deregistrationDelay": 300, "lambdaMultiValueHeadersEnabled": false, "proxyProtocolV2": false, "slowStart": 0,
			"targetType": "instance",
		},
		AutoName:  &simulator.AutoName{Property: "name", MaxLength: 32, Separator: "-"},
		Immutable: []string{"ipAddressType", "name", "namePrefix", "port", "protocol", "protocolVersion", "targetType", "vpcId"},
		Rules: map[string]simulator.Rule{
			"name":                           simulator.All(elbName(32), wholeName),
			"namePrefix":                     elbName(32 - prefixDigits),
			"deregistrationDelay":            simulator.Between(0, 3600),
			"slowStart":                      simulator.Between(0, 900),
			"healthCheck.healthyThreshold":   simulator.Between(2, 10),
			"healthCheck.unhealthyThreshold": simulator.Between(2, 10),
			"healthCheck.interval":           simulator.Between(5, 300),
			"healthCheck.timeout":            simulator.Between(2, 120),
			"healthCheck.path":               simulator.Matches(`^/`, "paths that begin with / are"),
			"stickiness.cookieDuration":      simulator.Between(0, 604800),
			"protocolVersion":                simulator.OneOf("GRPC", "HTTP1", "HTTP2", "grpc", "http1", "http2"),
			"loadBalancingAlgorithmType":     simulator.OneOf("round_robin", "least_outstanding_requests", "weighted_random"),
			"stickiness.type": simulator.OneOf("lb_cookie", "app_cookie", "source_ip", "source_ip_dest_ip",
				"source_ip_dest_ip_proto"),
		},
		AtMostOne:  [][]string{{"name", "namePrefix"}},
		References: []simulator.Reference{{Property: "vpcId", To: kinds(vpcKind)}},
		Unique: []simulator.Unique{{
			Origin: simulator.Origin{ID: "aws-elb-target-group-name-taken",
				Source: "https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateTargetGroup.html"},
			Space:      "target group",
			Properties: []string{"name"},
			Error:      "DuplicateTargetGroupName: ELBv2 Target Group (%s) already exists",
		}},
		Patient:     true,
		Constraints: targetGroupConstraints(),
		Quotas: []simulator.Quota{{
			Code: "L-B22855CB", Source: albQuotas, Limit: 3000,
			Error: "TooManyTargetGroups: The maximum number of target groups has been reached",
		}},
		API:     []string{"elasticloadbalancingv2:CreateTargetGroup"},
		Compute: computeTargetGroup,
	}, &simulator.Type{
		Token:     "aws:lb/targetGroupAttachment:TargetGroupAttachment",
		Kind:      attachmentKind,
		Immutable: []string{"availabilityZone", "port", "targetGroupArn", "targetId"},
		References: []simulator.Reference{
			{Property: "targetGroupArn", To: kinds(targetGroupKind), By: simulator.ByARN, OnDelete: simulator.Follow},
			{Property: "targetId", To: kinds(loadBalancerKind), By: simulator.ByARN, OnDelete: simulator.Ignore,
				NotFound: "InvalidTarget: The following targets do not exist: '%s'",
				Address: func(_ *simulator.Call, id string) (string, bool) {
					return id, strings.Contains(id, ":loadbalancer/")
				}},
			{Property: "targetId", To: kinds(instanceKind), OnDelete: simulator.Ignore,
				NotFound: "InvalidTarget: The following targets do not exist: '%s'",
				Address:  func(_ *simulator.Call, id string) (string, bool) { return id, strings.HasPrefix(id, "i-") }},
		},
		Constraints: attachmentConstraints(),
		API:         []string{"elasticloadbalancingv2:RegisterTargets"},
	})
}

// stickinessOf lists the kinds of stickiness that target groups of a protocol know.
var stickinessOf = map[string][]string{
	"HTTP": {"lb_cookie", "app_cookie"}, "HTTPS": {"lb_cookie", "app_cookie"},
	"TCP": {"source_ip"}, "UDP": {"source_ip"}, "TCP_UDP": {"source_ip"}, "TLS": {"source_ip"},
	"GENEVE": {"source_ip_dest_ip", "source_ip_dest_ip_proto"},
}

func targetGroupConstraints() []simulator.Constraint {
	return []simulator.Constraint{
		stickyBehindRule,
		{
			Origin: simulator.Origin{ID: "aws-elb-target-group-network", Source: targetGroupSource},
			Stage:  simulator.AtCheck,
			Error:  "Attribute %q must be specified when \"targetType\" is %q",
			Find: func(c *simulator.Call, broken func(path string, args ...any)) {
				for _, name := range []string{"port", "protocol", "vpcId"} {
					if form := c.Text("targetType"); form != "" && form != "lambda" && !c.Given(name) {
						broken(name, name, form)
					}
				}
			},
		},
		{
			Origin: simulator.Origin{ID: "aws-elb-health-check-protocol", Source: targetGroupSource},
			Stage:  simulator.AtCheck,
			Error:  "Attribute \"healthCheck.protocol\" cannot have value \"TCP\" when \"protocol\" is %q",
			Find: func(c *simulator.Call, broken func(path string, args ...any)) {
				if overHTTP(c.Text("protocol")) && c.Text("healthCheck.protocol") == "TCP" {
					broken("healthCheck.protocol", c.Text("protocol"))
				}
			},
		},
		{
			Origin: simulator.Origin{ID: "aws-elb-health-check-tcp", Source: targetGroupSource},
			Stage:  simulator.AtCheck,
			Error:  "Attribute %q cannot be specified when \"healthCheck.protocol\" is \"TCP\"",
			Find: func(c *simulator.Call, broken func(path string, args ...any)) {
				for _, path := range []string{"healthCheck.matcher", "healthCheck.path"} {
					if c.Text("healthCheck.protocol") == "TCP" && c.Given(path) {
						broken(path, path)
					}
				}
			},
		},
		{
			Origin: simulator.Origin{ID: "aws-elb-health-check-timeout",
				Source: "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html"},
			Stage: simulator.AtCheck,
			Error: "ValidationError: Health check interval must be greater than the timeout.",
			Find: func(c *simulator.Call, broken func(path string, args ...any)) {
				timeout, timed := c.Number("healthCheck.timeout")
				interval, given := c.Number("healthCheck.interval")
				if !given {
					interval = 30 // the provider's default
				}
				if overHTTP(c.Text("protocol")) && timed && timeout >= interval && c.Known("healthCheck.interval") {
					broken("healthCheck.timeout")
				}
			},
		},
		{
			Origin: simulator.Origin{ID: "aws-elb-stickiness-type",
				Source: "https://docs.aws.amazon.com/elasticloadbalancing/latest/network/edit-target-group-attributes.html"},
			Stage: simulator.AtCheck,
			Error: "InvalidConfigurationRequest: Stickiness type '%s' is not supported for target groups with the %s protocol",
			Find: func(c *simulator.Call, broken func(path string, args ...any)) {
				protocol, form := c.Text("protocol"), c.Text("stickiness.type")
				known, ok := stickinessOf[protocol]
				if ok && form != "" && !slices.Contains(known, form) && c.Text("targetType") != "lambda" {
					broken("stickiness.type", form, protocol)
				}
			},
		},
	}
}

// overHTTP reports whether a protocol is one of an Application Load Balancer.
func overHTTP(protocol string) bool { return protocol == "HTTP" || protocol == "HTTPS" }

func attachmentConstraints() []simulator.Constraint {
	return []simulator.Constraint{{
		Origin: simulator.Origin{ID: "aws-elb-target-type", Source: "https://github.com/ansible/ansible/issues/30962"},
		Stage:  simulator.AtApply,
		Error:  "ValidationError: %s '%s' is not valid",
		Find: func(c *simulator.Call, broken func(path string, args ...any)) {
			group := c.FindBy(targetGroupKind, simulator.ByARN, c.Text("targetGroupArn"))
			if group == nil {
				return
			}
			id, form := c.Text("targetId"), group.Text("targetType")
			_, notIP := netip.ParseAddr(id)
			fits := map[string]bool{
				"instance": strings.HasPrefix(id, "i-"), "ip": notIP == nil,
				"lambda": strings.Contains(id, ":lambda:"), "alb": strings.Contains(id, ":loadbalancer/app/"),
			}
			noun := map[string]string{"instance": "Instance ID", "ip": "The IP address"}[form]
			if !fits[form] {
				broken("targetId", cmp.Or(noun, "Target of type "+form), id)
			}
		},
	}, {
		Origin: simulator.Origin{ID: "aws-elb-target-in-vpc",
			Source: "https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_RegisterTargets.html"},
		Stage: simulator.AtApply,
		Error: "InvalidTarget: The following targets are not in the target group VPC '%s': '%s'",
		Find: func(c *simulator.Call, broken func(path string, args ...any)) {
			group := c.FindBy(targetGroupKind, simulator.ByARN, c.Text("targetGroupArn"))
			instance := c.Find(instanceKind, c.Text("targetId"))
			if group == nil || instance == nil {
				return
			}
			subnet := c.Find(subnetKind, instance.Text("subnetId"))
			if subnet != nil && subnet.Text("vpcId") != group.Text("vpcId") {
				broken("targetId", group.Text("vpcId"), instance.ID)
			}
		},
	}}
}

func computeTargetGroup(c *simulator.Call) {
	protocol, form := c.Text("protocol"), c.Text("targetType")
	_, suffix, _ := strings.Cut(c.ID, ":targetgroup/")
	c.Set("name", nameOrPrefix(c))
	c.SetNew("namePrefix", "")
	c.Set("arnSuffix", "targetgroup/"+suffix)
	c.SetNew("connectionTermination", false)
	c.SetNew("ipAddressType", "ipv4")
	c.SetNew("loadBalancingAlgorithmType", "round_robin")
	c.SetNew("loadBalancingAnomalyMitigation", "off")
	c.SetNew("loadBalancingCrossZoneEnabled", "use_load_balancer_configuration")
	c.SetNew("preserveClientIp", "")
	c.SetNew("loadBalancerArns", []string{})
	version := ""
	if overHTTP(protocol) {
		version = "HTTP1"
	}
	c.SetNew("protocolVersion", version)
	c.SetNew("healthCheck", healthCheckOf(protocol, form))
	c.SetNew("stickiness", map[string]any{
		"enabled": false, "type": append(stickinessOf[protocol], "lb_cookie")[0], "cookieDuration": 86400,
	})
	c.SetNew("targetGroupHealth", map[string]any{
		"dnsFailover":           map[string]any{"minimumHealthyTargetsCount": "1", "minimumHealthyTargetsPercentage": "off"},
		"unhealthyStateRouting": map[string]any{"minimumHealthyTargetsCount": 1, "minimumHealthyTargetsPercentage": "off"},
	})
}

// healthCheckOf returns the health check that a target group has by default: the API's CreateTargetGroup.
func healthCheckOf(protocol, form string) map[string]any {
	check := map[string]any{
		"enabled": form != "lambda", "healthyThreshold": 5, "unhealthyThreshold": 2, "interval": 30, "timeout": 5,
		"port": "traffic-port", "protocol": "HTTP", "path": "/", "matcher": "200",
	}
	switch {
	case form == "lambda":
		check["interval"], check["timeout"] = 35, 30
		delete(check, "port")
		delete(check, "protocol")
	case protocol == "HTTPS":
		check["protocol"] = "HTTPS"
	case !overHTTP(protocol):
		check["protocol"], check["timeout"] = "TCP", 10
		delete(check, "path")
		delete(check, "matcher")
	}
	return check
}
