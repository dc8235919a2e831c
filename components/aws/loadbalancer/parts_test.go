package loadbalancer

import (
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/holdfast-iac/holdfast/components/componenttest"
	"github.com/holdfast-iac/holdfast/components/spec"
)

// run creates a load balancer on the simulated AWS and returns what it registered.
func run(t *testing.T, args Args, check ...func(*pulumi.Context, *LoadBalancer)) componenttest.Recording {
	t.Helper()
	r, err := componenttest.Run(componenttest.SimulatedAWS(t, "us-east-1"), func(ctx *pulumi.Context) error {
		l, err := create(ctx, "main", args)
		for _, c := range check {
			c(ctx, l)
		}
		return err
	})
	require.NoError(t, err)
	return r
}

func named(t *testing.T, r componenttest.Recording, token, name string) componenttest.Resource {
	t.Helper()
	res, ok := r.Named(token, name)
	require.True(t, ok, "%s %s in %v", token, name, r.URNs())
	return res
}

func dependsOn(r componenttest.Resource, part string) bool {
	return slices.ContainsFunc(r.Request.GetDependencies(), func(urn string) bool { return strings.Contains(urn, part) })
}

func number(r componenttest.Resource, key resource.PropertyKey) int {
	return int(r.Inputs[key].NumberValue())
}

func TestBalancer(t *testing.T) {
	t.Parallel()
	r := run(t, Args{})
	balancer := named(t, r, balancerType, "main-balancer")
	assert.Equal(t, "holdfast-test-main", text(balancer, "name"))
	for key, want := range map[resource.PropertyKey]any{
		"dropInvalidHeaderFields": true, "desyncMitigationMode": "defensive", "xffHeaderProcessingMode": "append", "enableHttp2": true,
		"enableWafFailOpen": false, "enableZonalShift": true, "idleTimeout": 60.0, "clientKeepAlive": 3600.0, "ipAddressType": "ipv4",
	} {
		assert.Equal(t, want, balancer.Inputs[key].V, key)
	}
	assert.Len(t, balancer.Inputs["subnets"].ArrayValue(), 3)
	balancer = named(t, run(t, Args{
		LoadBalancer: spec.LoadBalancer{Internal: true, IdleSeconds: 120}, DesyncMode: "strictest", ForwardedFor: "remove",
		KeepAliveSeconds: 60, ZonalShiftDisabled: true,
	}), balancerType, "main-balancer")
	assert.Equal(t, "holdfast-test-main-private", text(balancer, "name"))
	assert.Equal(t, "strictest", text(balancer, "desyncMitigationMode"))
	assert.Equal(t, "remove", text(balancer, "xffHeaderProcessingMode"))
	assert.Equal(t, 60, number(balancer, "clientKeepAlive"))
	assert.Equal(t, 120, number(balancer, "idleTimeout"))
	assert.False(t, balancer.Inputs["enableZonalShift"].BoolValue())
}

// The bucket takes logs from the account's load balancers, and does so before there is one.
func TestLogs(t *testing.T) {
	t.Parallel()
	r := run(t, Args{LoadBalancer: spec.LoadBalancer{AccessLogs: spec.AccessLogs{RetentionDays: 30}}})
	const bucket = "arn:aws:s3:::holdfast-test-main-balancer-logs-123456789012"
	assert.Equal(t, "holdfast-test-main-balancer-logs-123456789012", text(named(t, r, bucketType, "main-balancer-logs"), "bucket"))
	var policy struct{ Statement []map[string]any }
	require.NoError(t, json.Unmarshal([]byte(text(named(t, r, policyType, "main-balancer-logs"), "policy")), &policy))
	require.Len(t, policy.Statement, 2)
	assert.Equal(t, map[string]any{
		"Sid": "Write", "Effect": "Allow", "Principal": map[string]any{"Service": "logdelivery.elasticloadbalancing.amazonaws.com"},
		"Action":   []any{"s3:PutObject"},
		"Resource": []any{bucket + "/access/AWSLogs/123456789012/*", bucket + "/connections/AWSLogs/123456789012/*"},
	}, policy.Statement[1])
	encryption := named(t, r, "aws:s3/bucketServerSideEncryptionConfigurationV2:BucketServerSideEncryptionConfigurationV2", "main-balancer-logs")
	assert.Contains(t, fmt.Sprint(encryption.Inputs["rules"]), "AES256", "the only keys that load balancers can write with")

	assert.False(t, named(t, r, bucketType, "main-balancer-logs").Inputs["forceDestroy"].BoolValue())
	erasable := run(t, Args{LoadBalancer: spec.LoadBalancer{AccessLogs: spec.AccessLogs{Erasable: true}}})
	assert.True(t, named(t, erasable, bucketType, "main-balancer-logs").Inputs["forceDestroy"].BoolValue())

	balancer := named(t, r, balancerType, "main-balancer")
	assert.True(t, dependsOn(balancer, policyType), "the policy comes first")
	for input, prefix := range map[resource.PropertyKey]string{"accessLogs": "access", "connectionLogs": "connections"} {
		logs := balancer.Inputs[input].ObjectValue()
		assert.Equal(t, prefix, logs["prefix"].StringValue())
		assert.True(t, logs["enabled"].BoolValue())
	}
	assert.Empty(t, run(t, Args{LoadBalancer: spec.LoadBalancer{AccessLogs: spec.AccessLogs{Disabled: true}}}).OfType(bucketType))
}

// Nothing goes out but to the ports of the backends, within the network.
func TestEgress(t *testing.T) {
	t.Parallel()
	of := func(args Args) []string {
		r := run(t, args)
		var open []string
		for _, rule := range r.OfType(outType) {
			assert.Equal(t, number(rule, "fromPort"), number(rule, "toPort"))
			assert.Equal(t, "tcp", text(rule, "ipProtocol"))
			open = append(open, fmt.Sprint(number(rule, "toPort"), " ", text(rule, "cidrIpv4")))
		}
		slices.Sort(open)
		group := named(t, r, groupType, "main-balancer")
		assert.NotContains(t, group.Inputs, resource.PropertyKey("egress"), "rules are resources of their own")
		return open
	}
	assert.Equal(t, []string{"8080 10.0.0.0/16"}, of(Args{}))
	assert.Equal(t, []string{"443 10.0.0.0/16", "443 10.9.0.0/16", "9000 10.0.0.0/16", "9000 10.9.0.0/16"}, of(Args{
		LoadBalancer: spec.LoadBalancer{Backends: map[string]spec.Backend{"a": {Port: 443, HealthCheck: spec.HealthCheck{Port: 9000}}}},
		TargetCIDRs:  []string{"10.9.0.0/16"},
	}))
}

func TestTargetGroup(t *testing.T) {
	t.Parallel()
	group := named(t, run(t, Args{}), targetType, "main-backend-main")
	check := group.Inputs["healthCheck"].ObjectValue().Mappable()
	assert.Equal(t, map[string]any{
		"enabled": true, "protocol": "HTTP", "path": "/", "port": "traffic-port", "matcher": "200-299", "interval": 10.0, "timeout": 5.0,
		"healthyThreshold": 2.0, "unhealthyThreshold": 3.0,
	}, check)
	for key, want := range map[resource.PropertyKey]any{
		"port": 8080.0, "protocol": "HTTP", "protocolVersion": "HTTP1", "targetType": "instance", "deregistrationDelay": 60.0,
		"slowStart": 0.0, "loadBalancingAlgorithmType": "least_outstanding_requests", "loadBalancingAnomalyMitigation": "off",
	} {
		assert.Equal(t, want, group.Inputs[key].V, key)
	}
	r := run(t, Args{
		LoadBalancer: spec.LoadBalancer{StickySeconds: 5, Backends: map[string]spec.Backend{
			"grpc":  {Protocol: spec.BackendGRPC, Weight: pulumi.IntRef(1), StickySeconds: 30, SlowStartSeconds: 45, HealthCheck: spec.HealthCheck{Port: 9000}},
			"https": {Protocol: spec.BackendHTTPS, Port: 8443, Weight: pulumi.IntRef(1), Algorithm: spec.AvoidAnomalies},
		}},
		TargetType: "ip",
	})
	grpc := named(t, r, targetType, "main-backend-grpc")
	assert.Equal(t, "GRPC", text(grpc, "protocolVersion"))
	assert.Equal(t, "HTTP", text(grpc, "protocol"))
	assert.Equal(t, "ip", text(grpc, "targetType"))
	assert.Equal(t, "9000", grpc.Inputs["healthCheck"].ObjectValue()["port"].StringValue())
	assert.Equal(t, "round_robin", text(grpc, "loadBalancingAlgorithmType"))
	assert.Equal(t, 45, number(grpc, "slowStart"))
	assert.Equal(t, map[string]any{"enabled": true, "type": "lb_cookie", "cookieDuration": 30.0}, grpc.Inputs["stickiness"].ObjectValue().Mappable())
	https := named(t, r, targetType, "main-backend-https")
	assert.Equal(t, "HTTPS", text(https, "protocol"))
	assert.Equal(t, "HTTPS", https.Inputs["healthCheck"].ObjectValue()["protocol"].StringValue())
	assert.Equal(t, "weighted_random", text(https, "loadBalancingAlgorithmType"))
	assert.Equal(t, "on", text(https, "loadBalancingAnomalyMitigation"))
	assert.False(t, https.Inputs["stickiness"].ObjectValue()["enabled"].BoolValue())
}

// connections are what a load balancer of connections has to say.
var connections = spec.LoadBalancer{TCP: true, Firewall: spec.Firewall{Disabled: true}}

// A target group's name holds all that AWS can only change by replacing it, so that old and new can be side by side; and
// nothing else, so that it stays when AWS can change it in place.
func TestTargetGroupNames(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("x", 40)
	var base spec.Backend
	nameOf := func(component string, args Args, backend spec.Backend) string {
		args.Backends = map[string]spec.Backend{"main": backend}
		r, err := componenttest.Run(componenttest.SimulatedAWS(t, "us-east-1"), func(ctx *pulumi.Context) error {
			_, err := create(ctx, component, args)
			return err
		})
		require.NoError(t, err)
		name := text(r.OfType(targetType)[0], "name")
		assert.LessOrEqual(t, len(name), 32)
		return name
	}
	for _, component := range []string{"main", long} {
		seen := map[string]string{}
		for what, args := range map[string]struct {
			args    Args
			backend spec.Backend
		}{
			"as it was": {Args{}, base},
			"port":      {Args{}, spec.Backend{Port: 9000}},
			"protocol":  {Args{}, spec.Backend{Protocol: spec.BackendHTTPS}},
			"version":   {Args{}, spec.Backend{Protocol: spec.BackendGRPC}},
			"type":      {Args{TargetType: "ip"}, base},
			"balancer":  {Args{LoadBalancer: spec.LoadBalancer{Internal: true}}, base},
			"layer":     {Args{LoadBalancer: connections}, base},
		} {
			name := nameOf(component, args.args, args.backend)
			require.Empty(t, seen[name], "%s and %s have one name", what, seen[name])
			seen[name] = what
		}
		assert.Contains(t, seen, nameOf(component, Args{DesyncMode: "strictest"}, spec.Backend{
			DrainSeconds: 5, StickySeconds: 5, SlowStartSeconds: 30, HealthCheck: spec.HealthCheck{Path: "/x", Port: 99, Codes: "200"},
		}), "what AWS changes in place leaves the name alone")
	}
}

func TestListeners(t *testing.T) {
	t.Parallel()
	r := run(t, Args{StrictTransportSeconds: 31536000})
	https := named(t, r, listenerType, "main-listener")
	assert.Equal(t, "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09", text(https, "sslPolicy"))
	assert.Equal(t, certificateARN, text(https, "certificateArn"))
	assert.Equal(t, "max-age=31536000", text(https, "routingHttpResponseStrictTransportSecurityHeaderValue"))
	forward := https.Inputs["defaultActions"].ArrayValue()[0].ObjectValue()["forward"].ObjectValue()
	assert.Equal(t, map[string]any{"enabled": false, "duration": 3600.0}, forward["stickiness"].ObjectValue().Mappable(),
		"what is not written down cannot be turned off")
	redirect := named(t, r, listenerType, "main-redirect").Inputs["defaultActions"].ArrayValue()[0].ObjectValue()["redirect"].ObjectValue()
	assert.Equal(t, map[string]any{"protocol": "HTTPS", "port": "443", "statusCode": "HTTP_301"}, redirect.Mappable())

	plain := named(t, run(t, Args{LoadBalancer: spec.LoadBalancer{Unencrypted: true}}), listenerType, "main-listener")
	assert.NotContains(t, plain.Inputs, resource.PropertyKey("sslPolicy"))
	assert.NotContains(t, plain.Inputs, resource.PropertyKey("certificateArn"))
}

func TestRoutes(t *testing.T) {
	t.Parallel()
	r := run(t, Args{LoadBalancer: spec.LoadBalancer{
		StickySeconds: 60,
		Backends:      map[string]spec.Backend{"blue": {Weight: pulumi.IntRef(1)}, "green": {Weight: pulumi.IntRef(0)}},
		Routes: map[string]spec.Route{
			"api":   {Priority: 20, Paths: []string{"/api/*", "/v2"}, Backends: map[string]int{"green": 3, "blue": 1}},
			"admin": {Priority: 10, Hosts: []string{"admin.example.com"}, Paths: []string{"/x"}, Backends: map[string]int{"blue": 1}},
		},
	}})
	api := named(t, r, routeType, "main-route-api")
	assert.Equal(t, 20, number(api, "priority"))
	assert.Equal(t, []any{map[string]any{"pathPattern": map[string]any{"values": []any{"/api/*", "/v2"}}}}, api.Inputs["conditions"].Mappable())
	forward := api.Inputs["actions"].ArrayValue()[0].ObjectValue()["forward"].ObjectValue()
	var weights []string
	for _, group := range forward["targetGroups"].ArrayValue() {
		weights = append(weights, fmt.Sprint(backendOf(r, group.ObjectValue()["arn"]), " ", group.ObjectValue()["weight"].NumberValue()))
	}
	assert.Equal(t, []string{"blue 1", "green 3"}, weights)
	assert.Equal(t, map[string]any{"enabled": true, "duration": 60.0}, forward["stickiness"].ObjectValue().Mappable())
	assert.Len(t, named(t, r, routeType, "main-route-admin").Inputs["conditions"].ArrayValue(), 2, "host and path must both match")
}

// With TCP there is a Network Load Balancer, whose logs another service writes.
func TestConnections(t *testing.T) {
	t.Parallel()
	l := connections
	l.Port, l.IPv6 = 5432, true
	l.Backends = map[string]spec.Backend{
		"blue":  {Port: 5432, Weight: pulumi.IntRef(0)},
		"green": {Port: 5432, Weight: pulumi.IntRef(1), StickySeconds: 1, HealthCheck: spec.HealthCheck{Path: "/healthz", Port: 8008}},
	}
	r := run(t, Args{LoadBalancer: l}, func(_ *pulumi.Context, l *LoadBalancer) {
		pulumi.All(l.URL, l.DNSName, l.MetricName).ApplyT(func(v []any) int {
			assert.Equal(t, "tcp://"+v[1].(string)+":5432", v[0])
			assert.Regexp(t, "^net/holdfast-test-main-tcp/", v[2])
			return 0
		})
	})
	balancer := named(t, r, balancerType, "main-balancer")
	assert.True(t, balancer.Inputs["enableCrossZoneLoadBalancing"].BoolValue())
	assert.Equal(t, "dualstack", text(balancer, "ipAddressType"))
	assert.NotContains(t, balancer.Inputs, resource.PropertyKey("dropInvalidHeaderFields"))
	listener := named(t, r, listenerType, "main-listener")
	assert.Equal(t, "TLS", text(listener, "protocol"))
	assert.Equal(t, 5432, number(listener, "port"))
	assert.NotEmpty(t, text(listener, "sslPolicy"))
	assert.Equal(t, "green", backendOf(r, listener.Inputs["defaultActions"].ArrayValue()[0].ObjectValue()["targetGroupArn"]))
	assert.Len(t, r.OfType(listenerType), 1)

	blue, green := named(t, r, targetType, "main-backend-blue"), named(t, r, targetType, "main-backend-green")
	assert.Equal(t, "TCP", text(blue, "protocol"))
	assert.Equal(t, map[string]any{
		"enabled": true, "protocol": "TCP", "port": "traffic-port", "interval": 10.0, "timeout": 5.0, "healthyThreshold": 2.0, "unhealthyThreshold": 3.0,
	}, blue.Inputs["healthCheck"].ObjectValue().Mappable())
	assert.Equal(t, map[string]any{"enabled": false, "type": "source_ip"}, blue.Inputs["stickiness"].ObjectValue().Mappable())
	check := green.Inputs["healthCheck"].ObjectValue()
	assert.Equal(t, []any{"HTTP", "/healthz", "8008", "200-299"}, []any{check["protocol"].V, check["path"].V, check["port"].V, check["matcher"].V})
	assert.True(t, green.Inputs["stickiness"].ObjectValue()["enabled"].BoolValue())

	var policy struct{ Statement []map[string]any }
	require.NoError(t, json.Unmarshal([]byte(text(named(t, r, policyType, "main-balancer-logs"), "policy")), &policy))
	require.Len(t, policy.Statement, 3)
	for _, s := range policy.Statement[1:] {
		assert.Equal(t, map[string]any{"Service": "delivery.logs.amazonaws.com"}, s["Principal"])
		assert.Equal(t, map[string]any{
			"StringEquals": map[string]any{"aws:SourceAccount": "123456789012"},
			"ArnLike":      map[string]any{"aws:SourceArn": "arn:aws:logs:us-east-1:123456789012:*"},
		}, s["Condition"])
	}
	l.Unencrypted = true
	r = run(t, Args{LoadBalancer: l})
	assert.Equal(t, "TCP", text(named(t, r, listenerType, "main-listener"), "protocol"))
	assert.Empty(t, r.OfType(bucketType), "AWS keeps no logs of it")
}

func TestPort(t *testing.T) {
	t.Parallel()
	r := run(t, Args{LoadBalancer: spec.LoadBalancer{Domain: "shop.example.com", Port: 8443}}, func(_ *pulumi.Context, l *LoadBalancer) {
		l.URL.ApplyT(func(url string) int {
			assert.Equal(t, "https://shop.example.com:8443", url)
			return 0
		})
	})
	redirect := named(t, r, listenerType, "main-redirect").Inputs["defaultActions"].ArrayValue()[0].ObjectValue()["redirect"].ObjectValue()
	assert.Equal(t, "8443", redirect["port"].StringValue())
}

// The certificate is proved by one record per domain, shared with the wildcard under it, and used when it is issued.
func TestCertificate(t *testing.T) {
	t.Parallel()
	r := run(t, Args{LoadBalancer: spec.LoadBalancer{
		Domain: "shop.example.com", AlternateDomains: []string{"*.shop.example.com", "*.api.example.com"},
	}})
	certificate := named(t, r, certType, "main-certificate")
	assert.Equal(t, "shop.example.com", text(certificate, "domainName"))
	assert.Equal(t, "DNS", text(certificate, "validationMethod"))
	var proofs []string
	for _, record := range r.OfType(recordType) {
		if text(record, "type") == "CNAME" {
			proofs = append(proofs, record.Name)
			assert.True(t, record.Inputs["allowOverwrite"].BoolValue())
		}
	}
	assert.Equal(t, []string{"main-proof-api.example.com", "main-proof-shop.example.com"}, proofs)
	validation := named(t, r, validationType, "main-certificate")
	assert.Len(t, validation.Inputs["validationRecordFqdns"].ArrayValue(), 2)
	assert.True(t, dependsOn(named(t, r, listenerType, "main-listener"), validationType))
	alias := named(t, r, recordType, "main-a-shop.example.com").Inputs["aliases"].ArrayValue()[0].ObjectValue()
	assert.Equal(t, "Z35SXDOTRQ7X7K", alias["zoneId"].StringValue())
	assert.True(t, alias["evaluateTargetHealth"].BoolValue())

	r = run(t, Args{LoadBalancer: spec.LoadBalancer{Domain: "shop.example.com", Certificate: certificateARN}})
	assert.Empty(t, r.OfType(certType), "one that exists is used")
	assert.Len(t, r.OfType(recordType), 1)
}

func TestFirewall(t *testing.T) {
	t.Parallel()
	r := run(t, Args{
		LoadBalancer: spec.LoadBalancer{Firewall: spec.Firewall{BlockAnonymous: true, LogRetentionDays: 30}},
		CountedRules: map[string][]string{"AWSManagedRulesCommonRuleSet": {"SizeRestrictions_BODY"}},
	})
	acl := named(t, r, aclType, "main-firewall")
	assert.Equal(t, "REGIONAL", text(acl, "scope"))
	groups, priorities := []string{}, map[float64]bool{}
	for _, v := range acl.Inputs["rules"].ArrayValue() {
		rule := v.ObjectValue()
		priorities[rule["priority"].NumberValue()] = true
		group := rule["statement"].ObjectValue()["managedRuleGroupStatement"]
		if !group.IsObject() {
			continue
		}
		name := group.ObjectValue()["name"].StringValue()
		groups = append(groups, name)
		counted := group.ObjectValue()["ruleActionOverrides"]
		assert.Equal(t, name == "AWSManagedRulesCommonRuleSet", counted.IsArray(), name)
	}
	assert.ElementsMatch(t, []string{
		"AWSManagedRulesAmazonIpReputationList", "AWSManagedRulesKnownBadInputsRuleSet", "AWSManagedRulesCommonRuleSet",
		"AWSManagedRulesSQLiRuleSet", "AWSManagedRulesAnonymousIpList",
	}, groups)
	assert.Len(t, priorities, 6)
	group := named(t, r, logGroupType, "main-firewall")
	assert.Equal(t, "aws-waf-logs-holdfast-test-main", text(group, "name"))
	assert.Equal(t, 30, number(group, "retentionInDays"))
	var redacted []string
	for _, field := range named(t, r, aclLogType, "main-firewall").Inputs["redactedFields"].ArrayValue() {
		redacted = append(redacted, field.ObjectValue()["singleHeader"].ObjectValue()["name"].StringValue())
	}
	assert.Equal(t, []string{"authorization", "cookie", "x-api-key"}, redacted)
	assert.Len(t, r.OfType(aclUseType), 1)

	off := run(t, Args{LoadBalancer: spec.LoadBalancer{Firewall: spec.Firewall{Disabled: true}}})
	for _, token := range []string{aclType, aclUseType, aclLogType, logGroupType} {
		assert.Empty(t, off.OfType(token))
	}
}

// Every output field is registered under the name in its tag, and has a value in every mode.
func TestOutputs(t *testing.T) {
	t.Parallel()
	for mode, l := range map[string]spec.LoadBalancer{
		"strong": {}, "weak": {Unencrypted: true, Firewall: spec.Firewall{Disabled: true}, AccessLogs: spec.AccessLogs{Disabled: true}},
	} {
		run(t, Args{LoadBalancer: l}, func(_ *pulumi.Context, l *LoadBalancer) {
			outputs := l.outputs()
			fields := reflect.ValueOf(l).Elem()
			tagged := 0
			for i := range fields.NumField() {
				tag := fields.Type().Field(i).Tag.Get("pulumi")
				if tag == "" {
					continue
				}
				tagged++
				require.Contains(t, outputs, tag)
				assert.False(t, fields.Field(i).IsZero(), "%s: %s has a value", mode, tag)
				assert.True(t, fields.Field(i).Interface() == any(outputs[tag]), "%s is the field of that name", tag)
			}
			assert.Len(t, outputs, tagged)
			pulumi.All(l.URL, l.MetricName, l.TargetGroupMetricNames, l.WebACLARN, l.LogBucketName, l.CertificateARN, l.DNSName,
				l.WebACLMetricName).ApplyT(func(v []any) int {
				assert.Regexp(t, `^app/holdfast-test-main/[0-9a-f]{16}$`, v[1])
				assert.Regexp(t, `^targetgroup/[0-9A-Za-z-]+/[0-9a-f]{16}$`, v[2].(map[string]string)["main"])
				if mode == "weak" {
					assert.Equal(t, []any{"http://" + v[6].(string), "", "", "", ""}, []any{v[0], v[3], v[4], v[5], v[7]})
				} else {
					assert.Equal(t, "https://"+v[6].(string), v[0])
					assert.Equal(t, certificateARN, v[5])
					assert.Equal(t, "holdfast-test-main", v[7])
				}
				return 0
			})
		})
	}
}

// Machines register with target groups that are in use: one that no listener knows checks no health.
func TestTargetGroupARNsWaitForTheListener(t *testing.T) {
	t.Parallel()
	r := run(t, Args{}, func(ctx *pulumi.Context, l *LoadBalancer) {
		var user pulumi.CustomResourceState
		assert.NoError(t, ctx.RegisterResource("aws:cloudwatch/logGroup:LogGroup", "user", pulumi.Map{
			"name": pulumi.String("user"), "tags": pulumi.StringMap{"group": l.TargetGroupARNs.MapIndex(pulumi.String("main"))},
		}, &user))
	})
	assert.True(t, dependsOn(named(t, r, logGroupType, "user"), listenerType))
}

func TestUnusableAnswers(t *testing.T) {
	t.Parallel()
	run := func(args Args, state func(token, name string) resource.PropertyMap) error {
		echo := componenttest.Echo{State: state, Answers: map[string]resource.PropertyMap{
			"aws:index/getCallerIdentity:getCallerIdentity": resource.NewPropertyMapFromMap(map[string]any{"accountId": "123456789012"}),
			"aws:index/getRegion:getRegion":                 resource.NewPropertyMapFromMap(map[string]any{"name": "us-east-1"}),
			"aws:index/getPartition:getPartition":           resource.NewPropertyMapFromMap(map[string]any{"partition": "aws"}),
			"aws:ec2/getVpc:getVpc":                         resource.NewPropertyMapFromMap(map[string]any{"cidrBlock": "10.0.0.0/16"}),
		}}
		_, err := componenttest.Run(echo, func(ctx *pulumi.Context) error {
			args.VpcID = pulumi.String("vpc-1")
			_, err := New(ctx, "main", &args)
			return err
		})
		return err
	}
	one := pulumi.ToStringArray([]string{"subnet-1"}).ToStringArrayOutput()
	require.ErrorContains(t, run(Args{LoadBalancer: spec.LoadBalancer{Certificate: "arn"}, SubnetIDs: one}, nil),
		"subnetIds: 1 subnets are too few; name subnets in two zones at least")
	two := pulumi.ToStringArray([]string{"subnet-1", "subnet-2"})
	err := run(Args{LoadBalancer: spec.LoadBalancer{Domain: "a.example.com", Zone: "Z1"}, SubnetIDs: two}, func(string, string) resource.PropertyMap {
		return resource.NewPropertyMapFromMap(map[string]any{"domainValidationOptions": []any{map[string]any{"domainName": "b.example.com"}}})
	})
	require.ErrorContains(t, err, "ACM names no record that validates a.example.com")
	_, err = componenttest.Run(componenttest.Echo{}, func(ctx *pulumi.Context) error {
		_, err := New(ctx, "main", (Args{}).complete())
		return err
	})
	require.ErrorContains(t, err, `load balancer "main": looking up the account: `)
}

// Whichever child cannot be registered, New says so and stops.
func TestEveryChildCanFail(t *testing.T) {
	t.Parallel()
	args := Args{LoadBalancer: spec.LoadBalancer{Domain: "example.com", Routes: map[string]spec.Route{
		"api": {Priority: 1, Paths: []string{"/"}, Backends: map[string]int{"main": 1}},
	}}}
	all := run(t, args)
	component := named(t, all, Token, "main")
	children := len(all.Descendants(component.URN))
	require.Greater(t, children, 20)
	for failing := range children {
		seen := 0
		_, err := componenttest.Run(componenttest.SimulatedAWS(t, "us-east-1"), func(ctx *pulumi.Context) error {
			var stranger pulumi.ResourceState
			if err := ctx.RegisterComponentResource("test:index:Stranger", "stranger", &stranger); err != nil {
				return err
			}
			// Pulumi refuses a transformation that changes the parent, at once and before it registers the resource.
			refuse := func(a *pulumi.ResourceTransformationArgs) *pulumi.ResourceTransformationResult {
				opts := a.Opts
				if a.Type != Token {
					if seen == failing {
						opts = append(opts, pulumi.Parent(&stranger))
					}
					seen++
				}
				return &pulumi.ResourceTransformationResult{Props: a.Props, Opts: opts}
			}
			_, err := create(ctx, "main", args, pulumi.Transformations([]pulumi.ResourceTransformation{refuse}))
			assert.ErrorContains(t, err, `load balancer "main": `)
			return err
		})
		require.ErrorContains(t, err, "parent", "child %d", failing)
		assert.Equal(t, failing+1, seen, "New stops at the child that failed")
	}
}
