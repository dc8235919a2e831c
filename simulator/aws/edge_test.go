package aws_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

const nowhere = "arn:aws:elasticloadbalancing:us-west-2:123456789012:"

func TestEdgeRefusals(t *testing.T) {
	t.Parallel()
	named := func(name string) func(*world) inputs {
		return func(w *world) inputs { return inputs{"name": name, "subnets": publicSubnets(w, vpc(w))} }
	}
	group := func(more inputs) func(*world) inputs {
		return inVPC(with(inputs{"port": 80, "protocol": "HTTP"}, more))
	}
	listening := func(more inputs) func(*world) inputs {
		return func(w *world) inputs {
			_, lb := balanced(w, "application")
			return with(listen(lb, 80, "HTTP", answer), more)
		}
	}
	const certificateARN = "arn:aws:acm:us-west-2:123456789012:certificate/9c1b52ce-65f2-3e8e-69ae-ef1a0e94f7b9"
	runRefusals(t, []refusal{
		{"balancer with an internal name", balancerToken, named("internal-front"), "", `cannot begin with "internal-"`},
		{"balancer with a long name", balancerToken, named(strings.Repeat("x", 33)), "", "expected 1 to 32 characters"},
		{"balancer with a hyphen at the end", balancerToken, named("front-"), "", "cannot end with a hyphen"},
		{"balancer with a hyphen at the start", balancerToken, named("-front"), "", "cannot begin with a hyphen"},
		{"balancer with a dot", balancerToken, named("front.end"), "", "letters, digits and hyphens"},
		{"balancer in no subnet", balancerToken, given(inputs{"subnets": []any{"subnet-1", "subnet-2"}}), "SubnetNotFound", "subnet-1"},
		{"balancer without subnets", balancerToken, given(inputs{}), "", "exactly one of subnetMappings, subnets"},
		{"balancer of an odd type", balancerToken, func(w *world) inputs {
			return with(named("front")(w), inputs{"loadBalancerType": "classic"})
		}, "ValidationError", "application"},
		{"balancer with a long prefix", balancerToken, func(w *world) inputs {
			return with(named("")(w), inputs{"name": nil, "namePrefix": "frontend"})
		}, "", "expected 1 to 6 characters"},

		{"target group of an odd protocol", targetGroupToken, group(inputs{"protocol": "FTP"}), "ValidationError", "GENEVE"},
		{"health check too often", targetGroupToken, group(inputs{"healthCheck": inputs{"interval": 2}}), "",
			"expected a number from 5 to 300"},
		{"port too high", targetGroupToken, group(inputs{"port": 65536}), "ValidationError", "less than or equal to 65535"},
		{"target of no group", targetAttachmentToken, given(inputs{"targetGroupArn": nowhere + "targetgroup/a/b", "targetId": "10.0.0.1"}),
			"TargetGroupNotFound", "targetgroup/a/b"},

		{"listener of no balancer", listenerToken, given(inputs{"loadBalancerArn": nowhere + "loadbalancer/app/a/b", "port": 80,
			"protocol": "HTTP", "defaultActions": answer}), "LoadBalancerNotFound", "loadbalancer/app/a/b"},
		{"listener with no certificate of the account's", listenerToken,
			listening(inputs{"protocol": "HTTPS", "certificateArn": certificateARN}), "CertificateNotFound", certificateARN},
		{"listener with a name for a certificate", listenerToken,
			listening(inputs{"protocol": "HTTPS", "certificateArn": "mycert"}), "CertificateNotFound", "mycert"},
		{"listener with a role for a certificate", listenerToken,
			listening(inputs{"protocol": "HTTPS", "certificateArn": "arn:aws:iam::123456789012:role/web"}), "CertificateNotFound", "role/web"},
		{"listener with no target group of the account's", listenerToken, listening(inputs{"defaultActions": []any{
			inputs{"type": "forward", "targetGroupArn": nowhere + "targetgroup/a/b"}}}), "TargetGroupNotFound", "targetgroup/a/b"},
		{"rule of no listener", ruleToken, given(inputs{"listenerArn": nowhere + "listener/app/a/b/c", "actions": answer,
			"conditions": []any{inputs{"pathPattern": inputs{"values": []any{"/"}}}}}), "ListenerNotFound", "listener/app/a/b/c"},

		{"certificate with a period at the end", certificateToken, given(inputs{"domainName": "a.example.com.", "validationMethod": "DNS"}),
			"", "cannot end with a period"},
		{"certificate and request at once", certificateToken, given(inputs{"domainName": "a.b", "privateKey": "k", "certificateBody": "c"}),
			"", "exactly one of domainName, privateKey"},
		{"validation of no certificate", validationToken, given(inputs{"certificateArn": certificateARN}),
			"ResourceNotFoundException", "Could not find certificate"},

		{"record in no zone", recordToken, given(inputs{"zoneId": "Z1", "name": "www", "type": "A", "ttl": 60,
			"records": []any{"192.0.2.1"}}), "NoSuchHostedZone", "No hosted zone found with ID: Z1"},
		{"record with a bad IPv6 address", recordToken, func(w *world) inputs {
			return a(zone(w, "example.com"), "www", inputs{"type": "AAAA"})
		}, "InvalidChangeBatch", "AAAARRDATAIllegalIPv6Address"},
		{"record with an odd weight", recordToken, func(w *world) inputs {
			return a(zone(w, "example.com"), "www", inputs{"setIdentifier": strings.Repeat("x", 129),
				"weightedRoutingPolicies": []any{inputs{"weight": 1}}})
		}, "InvalidInput", "'setIdentifier' failed to satisfy constraint"},
		{"name servers of the zone itself", recordToken, func(w *world) inputs {
			return a(zone(w, "example.com"), "", inputs{"type": "NS", "records": []any{"ns.example.org"}})
		}, "InvalidChangeBatch", "[name='example.com.', type='NS']"},

		{"distribution with no policy of the account's", distributionToken,
			given(behaving(inputs{"cachePolicyId": "9c1b52ce-65f2-3e8e-69ae-ef1a0e94f7b9"})), "NoSuchCachePolicy", "does not exist"},
		{"distribution with a lost web ACL", distributionToken, given(distributed(inputs{
			"webAclId": "arn:aws:wafv2:us-east-1:123456789012:global/webacl/a/b"})), "InvalidWebACLId", "not accessible"},
		{"distribution with an odd TLS version", distributionToken, given(distributed(inputs{"viewerCertificate": inputs{
			"cloudfrontDefaultCertificate": true, "minimumProtocolVersion": "TLSv1.2"}})), "InvalidArgument", "TLSv1.2_2021"},
		{"access control signed oddly", accessControlToken, given(with(accessControl, inputs{"signingProtocol": "sigv5"})),
			"InvalidArgument", "sigv4"},
		{"metric with an odd name", webACLToken, given(with(aclOf("REGIONAL"), inputs{"visibilityConfig": with(visible,
			inputs{"metricName": "a b"})})), "ValidationException", "regular expression"},
	})
}

// TestEdgeAllows makes what AWS takes, with as many kinds of inputs as its guides show.
func TestEdgeAllows(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	v, lb := balanced(w, "application")
	first, second := targets(w, v, "first", "HTTP"), targets(w, v, "second", "HTTPS")
	listener := w.Create(listenerToken, "https", with(listen(lb, 443, "https", []any{inputs{
		"type": "authenticate-oidc", "order": 1, "authenticateOidc": inputs{"issuer": "https://a", "clientId": "a",
			"clientSecret": "b", "authorizationEndpoint": "https://a/auth", "tokenEndpoint": "https://a/token",
			"userInfoEndpoint": "https://a/user"},
	}, inputs{
		"type": "forward", "order": 2, "forward": inputs{
			"targetGroups": []any{inputs{"arn": first.ID(), "weight": 90}, inputs{"arn": second.ID(), "weight": 10}},
			"stickiness":   inputs{"enabled": true, "duration": 600},
		},
	}}), inputs{"certificateArn": valid(w, "a.example.com").ID(), "sslPolicy": "ELBSecurityPolicy-TLS13-1-2-2021-06"}))
	assert.Equal(t, "HTTPS", listener.Text("protocol"))
	rule := w.Create(ruleToken, "rule", inputs{
		"listenerArn": listener.ID(), "priority": 50000, "actions": []any{inputs{"type": "redirect", "redirect": inputs{
			"statusCode": "HTTP_301", "protocol": "HTTPS", "port": "443", "host": "#{host}", "path": "/#{path}", "query": "#{query}"}}},
		"conditions": []any{inputs{"httpHeader": inputs{"httpHeaderName": "X-A", "values": []any{"a"}}},
			inputs{"httpRequestMethod": inputs{"values": []any{"GET"}}}, inputs{"sourceIp": inputs{"values": []any{"192.0.2.0/24"}}},
			inputs{"queryStrings": []any{inputs{"key": "a", "value": "b"}, inputs{"value": "c"}}}},
	})
	assert.Equal(t, 50000.0, rule.Outputs["priority"].NumberValue())
	served := zone(w, "example.com")
	for name, in := range map[string]inputs{
		"mx":        a(served, "", inputs{"type": "MX", "records": []any{"10 mail.example.com"}}),
		"wildcard":  a(served, "*", nil),
		"geography": a(served, "geo", inputs{"setIdentifier": "eu", "geolocationRoutingPolicies": []any{inputs{"continent": "EU"}}}),
		"failover":  a(served, "over", inputs{"setIdentifier": "one", "failoverRoutingPolicies": []any{inputs{"type": "PRIMARY"}}}),
		"latency":   a(served, "near", inputs{"setIdentifier": "one", "latencyRoutingPolicies": []any{inputs{"region": "eu-west-1"}}}),
		"long": a(served, "key._domainkey", inputs{"type": "TXT",
			"records": []any{strings.Repeat("x", 255) + `""` + strings.Repeat("y", 200)}}),
	} {
		require.NoError(t, try(w, recordToken, in), name)
	}
	field := inputs{"singleHeader": inputs{"name": "authorization"}}
	transformed := []any{inputs{"priority": 0, "type": "NONE"}}
	made := w.Create(webACLToken, "rich", with(aclOf("REGIONAL",
		wafRule(1, inputs{"byteMatchStatement": inputs{"fieldToMatch": field, "positionalConstraint": "CONTAINS",
			"searchString": "x", "textTransformations": transformed}}, nil),
		wafRule(2, inputs{"rateBasedStatement": inputs{"limit": 500, "aggregateKeyType": "IP", "scopeDownStatement": fromHere}},
			inputs{"name": "rate"}),
		wafRule(3, inputs{"sizeConstraintStatement": inputs{"comparisonOperator": "GT", "size": 8192,
			"fieldToMatch": inputs{"body": inputs{"oversizeHandling": "CONTINUE"}}, "textTransformations": transformed}},
			inputs{"name": "size", "ruleLabels": []any{inputs{"name": "big"}}}),
		wafRule(4, inputs{"managedRuleGroupStatement": inputs{"vendorName": "AWS", "name": "AWSManagedRulesBotControlRuleSet",
			"managedRuleGroupConfigs": []any{inputs{"awsManagedRulesBotControlRuleSet": inputs{"inspectionLevel": "COMMON"}}},
			"ruleActionOverrides":     []any{inputs{"name": "CategoryMonitoring", "actionToUse": inputs{"count": inputs{}}}}}},
			inputs{"name": "bots", "action": nil, "overrideAction": inputs{"none": inputs{}}}),
		wafRule(5, inputs{"sqliMatchStatement": inputs{"fieldToMatch": inputs{"headers": []any{inputs{
			"matchPattern": inputs{"all": inputs{}}, "matchScope": "ALL", "oversizeHandling": "CONTINUE"}}},
			"textTransformations": transformed}}, inputs{"name": "sqli"}),
	), inputs{"customResponseBodies": []any{inputs{"key": "no", "content": "no", "contentType": "TEXT_PLAIN"}}}))
	assert.Equal(t, 55.0, made.Outputs["capacity"].NumberValue())
	control := w.Create(accessControlToken, "control", accessControl)
	w.Create(distributionToken, "rich", distributed(inputs{
		"origins": []any{customOrigin, inputs{"originId": "files", "domainName": "files.s3.eu-west-1.amazonaws.com",
			"originAccessControlId": control.ID(), "customHeaders": []any{inputs{"name": "X-A", "value": "b"}},
			"originShield": inputs{"enabled": true, "originShieldRegion": "eu-west-1"}}},
		"originGroups": []any{inputs{"originId": "both", "failoverCriteria": inputs{"statusCodes": []any{500}},
			"members": []any{inputs{"originId": "app"}, inputs{"originId": "files"}}}},
		"defaultCacheBehavior": with(caching, inputs{"targetOriginId": "both", "compress": true,
			"originRequestPolicyId":   "216adef6-5c7f-47e4-b989-5492eafa07d3",
			"responseHeadersPolicyId": "67f7725c-6f97-4210-82d7-5512b31e9d03"}),
		"orderedCacheBehaviors": []any{with(caching, inputs{"pathPattern": "/api/*", "cachePolicyId": nil, "minTtl": 0,
			"defaultTtl": 60, "maxTtl": 3600, "forwardedValues": inputs{"queryString": true, "headers": []any{"Origin"},
				"cookies": inputs{"forward": "whitelist", "whitelistedNames": []any{"session"}}}})},
		"customErrorResponses": []any{inputs{"errorCode": 404, "responseCode": 200, "responsePagePath": "/index.html"}},
		"restrictions":         inputs{"geoRestriction": inputs{"restrictionType": "whitelist", "locations": []any{"NL"}}},
		"priceClass":           "PriceClass_100", "httpVersion": "http2and3", "isIpv6Enabled": true,
	}))
	w.Create(headersPolicyToken, "rich", inputs{
		"corsConfig": inputs{"accessControlAllowCredentials": false, "originOverride": true,
			"accessControlAllowHeaders": inputs{"items": []any{"*"}}, "accessControlAllowMethods": inputs{"items": []any{"GET"}},
			"accessControlAllowOrigins": inputs{"items": []any{"https://example.com"}}},
		"securityHeadersConfig": inputs{
			"frameOptions":            inputs{"frameOption": "DENY", "override": true},
			"referrerPolicy":          inputs{"referrerPolicy": "same-origin", "override": true},
			"strictTransportSecurity": inputs{"accessControlMaxAgeSec": 63072000, "includeSubdomains": true, "override": true}},
	})
}
