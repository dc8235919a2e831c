package main

import (
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/acm"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/ec2"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/elb"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/lb"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/route53"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/wafv2"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
)

// edge plants faults of what faces the internet.
func edge(ctx *pulumi.Context, w world) {
	certificate := certificates(ctx)
	rules := firewalls(ctx, w)
	front := balancers(ctx, w, rules)
	listeners(ctx, w, front, certificate)
	apis(ctx, w, rules, certificate)
	distributions(ctx)
}

// certificates returns one that is validated.
func certificates(ctx *pulumi.Context) pulumi.StringInput {
	requested := func(ctx *pulumi.Context, name string) *acm.Certificate {
		return must(acm.NewCertificate(ctx, name, &acm.CertificateArgs{
			DomainName: pulumi.String("shop.example.com"), ValidationMethod: pulumi.String("DNS"),
		}))
	}
	requested(ctx, "pending") // want: aws-acm-certificate-validated

	zone := must(route53.NewZone(ctx, "zone", &route53.ZoneArgs{ // want: aws-route53-dnssec, aws-route53-query-logs
		Name: pulumi.String("example.com"),
	}))
	must(route53.NewRecord(ctx, "unchecked", &route53.RecordArgs{
		ZoneId: zone.ZoneId, Ttl: pulumi.Int(60), Name: pulumi.String("shop.example.com"), Type: pulumi.String("A"), Records: list("192.0.2.1"),
		SetIdentifier: pulumi.String("first"),
		FailoverRoutingPolicies: route53.RecordFailoverRoutingPolicyArray{route53.RecordFailoverRoutingPolicyArgs{
			Type: pulumi.String("PRIMARY"), // want: aws-route53-failover-checked
		}},
	}))
	certificate := requested(ctx, "main")
	option := certificate.DomainValidationOptions.Index(pulumi.Int(0))
	record := must(route53.NewRecord(ctx, "validation", &route53.RecordArgs{
		ZoneId: zone.ZoneId, Ttl: pulumi.Int(300), Name: option.ResourceRecordName().Elem(),
		Type: option.ResourceRecordType().Elem(), Records: pulumi.StringArray{option.ResourceRecordValue().Elem()},
	}))
	return must(acm.NewCertificateValidation(ctx, "main", &acm.CertificateValidationArgs{
		CertificateArn: certificate.Arn, ValidationRecordFqdns: pulumi.StringArray{record.Fqdn},
	})).CertificateArn
}

// balancers returns one that is good.
func balancers(ctx *pulumi.Context, w world, rules *wafv2.WebAcl) *lb.LoadBalancer {
	logs := bucket(ctx, "balancer-logs", policy)
	allowed := pulumi.DependsOn([]pulumi.Resource{bucketPolicy(ctx, "balancer-logs", logs, []string{
		onlyTLS,
		`{"Effect": "Allow", "Principal": {"Service": "logdelivery.elasticloadbalancing.amazonaws.com"}, "Action": "s3:PutObject",
			"Resource": "%[1]s/AWSLogs/123456789012/*"}`,
		`{"Effect": "Allow", "Principal": {"Service": "delivery.logs.amazonaws.com"}, "Action": "s3:PutObject",
			"Resource": "%[1]s/AWSLogs/123456789012/*", "Condition": {"StringEquals": {"aws:SourceAccount": "123456789012"}}}`,
		`{"Effect": "Allow", "Principal": {"Service": "delivery.logs.amazonaws.com"}, "Action": "s3:GetBucketAcl",
			"Resource": "%[1]s", "Condition": {"StringEquals": {"aws:SourceAccount": "123456789012"}}}`,
	})})
	good := func(change func(*lb.LoadBalancerArgs)) *lb.LoadBalancerArgs {
		return with(&lb.LoadBalancerArgs{
			Subnets: ids(w.public), SecurityGroups: pulumi.StringArray{w.inside.ID()},
			EnableDeletionProtection: yes, DropInvalidHeaderFields: yes,
			AccessLogs: lb.LoadBalancerAccessLogsArgs{Bucket: logs.Bucket, Enabled: yes},
		}, []func(*lb.LoadBalancerArgs){change})
	}
	// watched and guarded are what a balancer has beside itself.
	watched := func(name string, of *lb.LoadBalancer) {
		w.watch(ctx, "balancer-"+name, "AWS/ApplicationELB", "HTTPCode_Target_5XX_Count", "LoadBalancer", of.ArnSuffix)
	}
	guarded := func(name string, of *lb.LoadBalancer) {
		must(wafv2.NewWebAclAssociation(ctx, name, &wafv2.WebAclAssociationArgs{ResourceArn: of.Arn, WebAclArn: rules.Arn}))
	}
	balancer := func(ctx *pulumi.Context, name string, change func(*lb.LoadBalancerArgs)) *lb.LoadBalancer {
		made := must(lb.NewLoadBalancer(ctx, name, good(change), allowed))
		watched(name, made)
		guarded(name, made)
		return made
	}
	asItIs := func(*lb.LoadBalancerArgs) {}
	guarded("lb-unwatched", must(lb.NewLoadBalancer(ctx, "lb-unwatched", good(asItIs), allowed))) // want: aws-elb-alarm
	watched("lb-bare", must(lb.NewLoadBalancer(ctx, "lb-bare", good(asItIs), allowed)))           // want after up: aws-elb-firewall
	balancer(ctx, "lb-silent", func(b *lb.LoadBalancerArgs) {
		b.AccessLogs = nil // want: aws-elb-access-logs
	})
	balancer(ctx, "lb-deletable", func(b *lb.LoadBalancerArgs) {
		b.EnableDeletionProtection = no // want: aws-elb-deletion-protection
	})
	balancer(ctx, "lb-credulous", func(b *lb.LoadBalancerArgs) {
		b.DropInvalidHeaderFields = no // want: aws-elb-drop-invalid-headers
	})
	balancer(ctx, "lb-promising", func(b *lb.LoadBalancerArgs) {
		b.Tags = pulumi.StringMap{"objective-availability": pulumi.String("99.99")} // want: aws-objectives-availability
	})
	network := func(ctx *pulumi.Context, name string, change func(*lb.LoadBalancerArgs)) *lb.LoadBalancer {
		made := must(lb.NewLoadBalancer(ctx, name, with(good(change), []func(*lb.LoadBalancerArgs){
			func(b *lb.LoadBalancerArgs) {
				b.LoadBalancerType, b.DropInvalidHeaderFields = pulumi.String("network"), nil
			},
		}), allowed))
		watched(name, made)
		return made
	}
	apart := network(ctx, "lb-apart", func(b *lb.LoadBalancerArgs) {
		b.EnableCrossZoneLoadBalancing = no // want: aws-elb-cross-zone
	})
	must(ec2.NewVpcEndpointService(ctx, "for-whoever-comes", &ec2.VpcEndpointServiceArgs{
		NetworkLoadBalancerArns: pulumi.StringArray{apart.Arn},
		AcceptanceRequired:      no, // want: aws-ec2-endpoint-service-asks
	}))
	network(ctx, "lb-one-zone", func(b *lb.LoadBalancerArgs) {
		b.EnableCrossZoneLoadBalancing = yes
		b.Subnets = ids(w.public[:1]) // want: aws-elb-zones
	})
	must(elb.NewLoadBalancer(ctx, "lb-classic", &elb.LoadBalancerArgs{
		Subnets: ids(w.public), SecurityGroups: pulumi.StringArray{w.inside.ID()}, Internal: yes,
		Listeners: elb.LoadBalancerListenerArray{elb.LoadBalancerListenerArgs{
			InstancePort: pulumi.Int(8080), InstanceProtocol: pulumi.String("tcp"), LbPort: pulumi.Int(8080), LbProtocol: pulumi.String("tcp"),
		}},
		CrossZoneLoadBalancing: no, // want: aws-elb-classic-cross-zone
	}))
	return balancer(ctx, "lb-good", asItIs)
}

// firewalls returns one that is good.
func firewalls(ctx *pulumi.Context, w world) *wafv2.WebAcl {
	must(wafv2.NewWebAcl(ctx, "silent", firewall(func(f *wafv2.WebAclArgs) { // want: aws-wafv2-logs
		f.Rules = nil // want: aws-wafv2-acl-has-rules
	})))
	good := must(wafv2.NewWebAcl(ctx, "main", firewall()))
	decisions := w.logs(ctx, "aws-waf-logs-main")
	must(wafv2.NewWebAclLoggingConfiguration(ctx, "main", &wafv2.WebAclLoggingConfigurationArgs{
		ResourceArn: good.Arn, LogDestinationConfigs: pulumi.StringArray{decisions.Arn},
	}))
	return good
}

// firewall is a good firewall but for a change.
func firewall(changes ...func(*wafv2.WebAclArgs)) *wafv2.WebAclArgs {
	return with(&wafv2.WebAclArgs{
		Scope: pulumi.String("REGIONAL"), DefaultAction: wafv2.WebAclDefaultActionArgs{Allow: wafv2.WebAclDefaultActionAllowArgs{}},
		VisibilityConfig: wafv2.WebAclVisibilityConfigArgs{
			CloudwatchMetricsEnabled: yes, MetricName: pulumi.String("main"), SampledRequestsEnabled: yes,
		},
		Rules: wafv2.WebAclRuleArray{wafv2.WebAclRuleArgs{
			Name: pulumi.String("common"), Priority: pulumi.Int(1),
			OverrideAction: wafv2.WebAclRuleOverrideActionArgs{None: wafv2.WebAclRuleOverrideActionNoneArgs{}},
			Statement: wafv2.WebAclRuleStatementArgs{ManagedRuleGroupStatement: wafv2.WebAclRuleStatementManagedRuleGroupStatementArgs{
				VendorName: pulumi.String("AWS"), Name: pulumi.String("AWSManagedRulesCommonRuleSet"),
			}},
			VisibilityConfig: wafv2.WebAclRuleVisibilityConfigArgs{
				CloudwatchMetricsEnabled: yes, MetricName: pulumi.String("common"), SampledRequestsEnabled: yes,
			},
		}},
	}, changes)
}

func listeners(ctx *pulumi.Context, w world, front *lb.LoadBalancer, certificate pulumi.StringInput) {
	forward := lb.ListenerDefaultActionArray{lb.ListenerDefaultActionArgs{Type: pulumi.String("forward"), TargetGroupArn: w.targets.Arn}}
	must(lb.NewListener(ctx, "plain", &lb.ListenerArgs{
		LoadBalancerArn: front.Arn, Port: pulumi.Int(80), Protocol: pulumi.String("HTTP"), // want: aws-elb-listener-encrypted
		DefaultActions: forward,
	}))
	must(lb.NewListener(ctx, "old-tls", &lb.ListenerArgs{
		LoadBalancerArn: front.Arn, Port: pulumi.Int(443), Protocol: pulumi.String("HTTPS"), CertificateArn: certificate,
		SslPolicy:      pulumi.String("ELBSecurityPolicy-TLS-1-1-2017-01"), // want: aws-elb-tls-policy
		DefaultActions: forward,
	}))
	must(lb.NewTargetGroup(ctx, "unasked", &lb.TargetGroupArgs{ // want: aws-elb-target-health-check
		Port: pulumi.Int(8080), Protocol: pulumi.String("HTTP"), VpcId: w.vpc.ID(),
	}))
}
