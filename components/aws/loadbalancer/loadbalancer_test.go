package loadbalancer

import (
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

// The types of the children that tests look for.
const (
	balancerType   = "aws:lb/loadBalancer:LoadBalancer"
	targetType     = "aws:lb/targetGroup:TargetGroup"
	listenerType   = "aws:lb/listener:Listener"
	routeType      = "aws:lb/listenerRule:ListenerRule"
	groupType      = "aws:ec2/securityGroup:SecurityGroup"
	inType         = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule"
	outType        = "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule"
	certType       = "aws:acm/certificate:Certificate"
	validationType = "aws:acm/certificateValidation:CertificateValidation"
	recordType     = "aws:route53/record:Record"
	healthType     = "aws:route53/healthCheck:HealthCheck"
	zoneType       = "aws:route53/zone:Zone"
	aclType        = "aws:wafv2/webAcl:WebAcl"
	aclUseType     = "aws:wafv2/webAclAssociation:WebAclAssociation"
	aclLogType     = "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration"
	logGroupType   = "aws:cloudwatch/logGroup:LogGroup"
	bucketType     = "aws:s3/bucketV2:BucketV2"
	policyType     = "aws:s3/bucketPolicy:BucketPolicy"
	machineType    = "aws:sfn/stateMachine:StateMachine"
	ruleType       = "aws:cloudwatch/eventRule:EventRule"
	startType      = "aws:cloudwatch/eventTarget:EventTarget"
	alarmType      = "aws:cloudwatch/metricAlarm:MetricAlarm"
	roleType       = "aws:iam/role:Role"
	grantType      = "aws:iam/rolePolicy:RolePolicy"
	keyType        = "aws:kms/key:Key"
	aliasType      = "aws:kms/alias:Alias"
)

const certificateARN = "arn:aws:iam::123456789012:server-certificate/main"

// untaggable are the types of children that AWS does not let carry tags.
var untaggable = []string{
	validationType, recordType, aclUseType, aclLogType, policyType, startType, grantType, aliasType,
	"aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock", "aws:s3/bucketOwnershipControls:BucketOwnershipControls",
	"aws:s3/bucketServerSideEncryptionConfigurationV2:BucketServerSideEncryptionConfigurationV2",
	"aws:s3/bucketVersioningV2:BucketVersioningV2",
	"aws:s3/bucketLifecycleConfigurationV2:BucketLifecycleConfigurationV2",
}

// create makes a load balancer in a VPC of its own, with a zone for its domain or a certificate without one.
func create(ctx *pulumi.Context, name string, args Args, opts ...pulumi.ResourceOption) (*LoadBalancer, error) {
	if err := args.complete().Validate(); err != nil {
		return New(ctx, name, args.complete(), opts...)
	}
	world, network, err := componenttest.AWSWorld(ctx)
	if err != nil {
		return nil, err
	}
	args.VpcID, args.SubnetIDs = network.VpcID, network.Public
	if args.Domain != "" && args.ZoneID == nil {
		zone, err := world.Add(zoneType, "zone", pulumi.Map{"name": pulumi.String("example.com")})
		if err != nil {
			return nil, err
		}
		args.ZoneID = zone.ID().ToStringOutput()
	} else if args.Domain == "" && !args.Unencrypted {
		args.CertificateARN = pulumi.String(certificateARN)
	}
	return New(ctx, name, &args, opts...)
}

// complete returns the arguments with what create adds made up.
func (a Args) complete() *Args {
	a.VpcID, a.SubnetIDs = pulumi.String("vpc-1"), pulumi.StringArray{pulumi.String("subnet-1"), pulumi.String("subnet-2")}
	if !a.Unencrypted && a.Certificate == "" {
		a.CertificateARN = pulumi.String(certificateARN)
	}
	if a.Domain != "" && a.Zone == "" && a.ZoneID == nil {
		a.ZoneID = pulumi.String("Z1")
	}
	return &a
}

func TestConformance(t *testing.T) {
	t.Parallel()
	componenttest.LoadBalancer(t, componenttest.LoadBalancerDriver{
		Driver: componenttest.AWS("load balancer", Token,
			func(ctx *pulumi.Context, name string, l spec.LoadBalancer, opts ...pulumi.ResourceOption) error {
				_, err := create(ctx, name, Args{LoadBalancer: l}, opts...)
				return err
			}, untaggable...),
		View:     view,
		Shifting: []string{listenerType + ".defaultActions"},
		Growing:  []string{certType + ".subjectAlternativeNames", validationType + ".certificateArn", validationType + ".validationRecordFqdns", listenerType + ".certificateArn", machineType + ".definition", grantType + ".policy"},
	})
}

func view(t require.TestingT, r componenttest.Recording) componenttest.Balancing {
	balancer, ok := r.Named(balancerType, "main-balancer")
	require.True(t, ok)
	seen := componenttest.Balancing{
		Ports:     map[int]string{},
		Weights:   map[string]int{},
		Rollbacks: rollbacksOf(t, r),
		Internal:  balancer.Inputs["internal"].BoolValue(),
		Protected: balancer.Inputs["enableDeletionProtection"].BoolValue(),
		Logged:    balancer.Inputs["accessLogs"].IsObject(),
	}
	if bucket, ok := r.Named(bucketType, "main-balancer-logs"); ok {
		seen.Erasable = bucket.Inputs["forceDestroy"].BoolValue()
	}
	network := text(balancer, "loadBalancerType") == "network"
	assert.Equal(t, seen.Logged && !network, balancer.Inputs["connectionLogs"].IsObject(), "connections are logged with requests")
	for _, listener := range r.OfType(listenerType) {
		action := listener.Inputs["defaultActions"].ArrayValue()[0].ObjectValue()
		kind := strings.ToLower(text(listener, "protocol"))
		if action["type"].StringValue() == "redirect" {
			kind = "redirect"
		}
		seen.Ports[int(listener.Inputs["port"].NumberValue())] = kind
		if kind == "redirect" {
			continue
		}
		if network {
			seen.Weights[backendOf(r, action["targetGroupArn"])] = 100
			continue
		}
		forward := action["forward"].ObjectValue()
		for _, group := range forward["targetGroups"].ArrayValue() {
			seen.Weights[backendOf(r, group.ObjectValue()["arn"])] = int(group.ObjectValue()["weight"].NumberValue())
		}
		if sticky := forward["stickiness"].ObjectValue(); sticky["enabled"].BoolValue() {
			seen.StickySeconds = int(sticky["duration"].NumberValue())
		}
	}
	opened := map[int]bool{}
	for _, rule := range r.OfType(inType) {
		opened[int(rule.Inputs["toPort"].NumberValue())] = true
		block := text(rule, "cidrIpv4") + text(rule, "cidrIpv6")
		if block == "10.0.0.0/16" {
			block = "network"
		}
		if !slices.Contains(seen.Clients, block) {
			seen.Clients = append(seen.Clients, block)
		}
	}
	assert.Len(t, opened, len(seen.Ports), "the ports that listen are open, and no others")
	slices.Sort(seen.Clients)
	for _, record := range r.OfType(recordType) {
		if record.Inputs["aliases"].IsArray() {
			seen.Records = append(seen.Records, text(record, "type")+" "+text(record, "name"))
		}
	}
	slices.Sort(seen.Records)
	acl, ok := r.Named(aclType, "main-firewall")
	if !ok {
		return seen
	}
	seen.Firewall = "block"
	for _, v := range acl.Inputs["rules"].ArrayValue() {
		rule := v.ObjectValue()
		for _, action := range []resource.PropertyKey{"action", "overrideAction"} {
			if rule[action].IsObject() && rule[action].ObjectValue().HasValue("count") {
				seen.Firewall = "count"
			}
		}
		if rate := rule["statement"].ObjectValue()["rateBasedStatement"]; rate.IsObject() {
			seen.RateLimit = int(rate.ObjectValue()["limit"].NumberValue())
		}
	}
	return seen
}

// backendOf returns the backend of a target group's ARN, which holds the group's name.
func backendOf(r componenttest.Recording, group resource.PropertyValue) string {
	arn := strings.Split(group.StringValue(), "/")
	for _, target := range r.OfType(targetType) {
		if text(target, "name") == arn[1] {
			return strings.TrimPrefix(target.Name, "main-backend-")
		}
	}
	return arn[1]
}

func text(r componenttest.Resource, key resource.PropertyKey) string {
	if !r.Inputs[key].IsString() {
		return ""
	}
	return r.Inputs[key].StringValue()
}

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

// Every output field is registered under the name in its tag, and has a value in every mode.
func TestOutputs(t *testing.T) {
	t.Parallel()
	for mode, l := range map[string]spec.LoadBalancer{
		"strong": {}, "weak": {Unencrypted: true, Firewall: spec.Firewall{Disabled: true}, AccessLogs: spec.AccessLogs{Disabled: true}},
	} {
		run(t, Args{LoadBalancer: l}, func(_ *pulumi.Context, l *LoadBalancer) {
			componenttest.Outputs(t, l, l.outputs())
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
