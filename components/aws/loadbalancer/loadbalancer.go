// Package loadbalancer builds a production load balancer on AWS: an Application Load Balancer with HTTPS of TLS 1.2 or
// newer, a certificate and DNS records for its domains, a redirect from plain HTTP, AWS WAF in front, logs of every
// request and connection, and a target group per backend among which traffic is shared by weights. With TCP it is a
// Network Load Balancer, in front of one backend at a time; it closes connections that are idle for AWS's 350 seconds.
// AWS can share connections by weights too since 19 November 2025 (user guide for Network Load Balancers, "Document
// history"); the provider says nothing of it yet (github.com/hashicorp/terraform-provider-aws/issues/45164).
//
// A release by weights changes the listener in place and nothing else. While a new version shares traffic with the one
// before it (spec.Rollback), alarms of its own turn the traffic back; TurnedBack sees whether they have. Backends, routes, domains and allowed blocks are
// known by their names: adding one at any place replaces nothing.
//
// AWS minds the order of one change: where there are several backends, keep clients with a backend (StickySeconds of the
// load balancer) in an update before you keep them with a machine (StickySeconds of a backend); to end it, the other way
// round.
package loadbalancer

import (
	"fmt"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/ec2"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/lb"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/holdfast-iac/holdfast/components/aws/internal/bucket"
	"github.com/holdfast-iac/holdfast/components/aws/internal/family"
)

// Token is the type of the component in a stack's state.
const Token = "holdfast:aws:LoadBalancer"

// LoadBalancer is a load balancer with its listeners, target groups, certificate, firewall and logs.
type LoadBalancer struct {
	pulumi.ResourceState

	// LoadBalancerARN is the ARN of the load balancer.
	LoadBalancerARN pulumi.StringOutput `pulumi:"loadBalancerArn"`
	// DNSName is the name that AWS gives the load balancer.
	DNSName pulumi.StringOutput `pulumi:"dnsName"`
	// HostedZoneID is the Route 53 zone of DNSName, for alias records.
	HostedZoneID pulumi.StringOutput `pulumi:"hostedZoneId"`
	// URL is where clients find the load balancer: at its domain, or at DNSName without one.
	URL pulumi.StringOutput `pulumi:"url"`
	// SecurityGroupID is the security group of the load balancer: let it in to the machines behind.
	SecurityGroupID pulumi.StringOutput `pulumi:"securityGroupId"`
	// ListenerARN is the ARN of the listener that serves clients: HTTPS, or what Unencrypted and TCP
	// make of it.
	ListenerARN pulumi.StringOutput `pulumi:"listenerArn"`
	// CertificateARN is the ARN of the certificate, issued; empty with Unencrypted.
	CertificateARN pulumi.StringOutput `pulumi:"certificateArn"`
	// TargetGroupARNs are the ARNs of the target groups by their backends, for machines to register with. What uses them is
	// created after the listener, without which targets get no health checks.
	TargetGroupARNs pulumi.StringMapOutput `pulumi:"targetGroupArns"`
	// MetricName names the load balancer in CloudWatch: "app/…/…", or "net/…/…" with TCP.
	MetricName pulumi.StringOutput `pulumi:"metricName"`
	// TargetGroupMetricNames name the target groups in CloudWatch by their backends: "targetgroup/…/…".
	TargetGroupMetricNames pulumi.StringMapOutput `pulumi:"targetGroupMetricNames"`
	// HealthCheckID is the Route 53 health check of the primary of two load balancers; empty where Args.Checked is false.
	HealthCheckID pulumi.StringOutput `pulumi:"healthCheckId"`
	// WebACLARN is the ARN of the firewall's web ACL; empty when it is off.
	WebACLARN pulumi.StringOutput `pulumi:"webAclArn"`
	// WebACLMetricName names the firewall in CloudWatch; empty when it is off.
	WebACLMetricName pulumi.StringOutput `pulumi:"webAclMetricName"`
	// FirewallLogGroupName is the log group of the firewall's decisions; empty when it is off.
	FirewallLogGroupName pulumi.StringOutput `pulumi:"firewallLogGroupName"`
	// LogBucketName is the bucket of the access and connection logs; empty when they are off, and with TCP that is
	// Unencrypted, of which AWS keeps none.
	LogBucketName pulumi.StringOutput `pulumi:"logBucketName"`
}

// New creates a load balancer. It fails before it registers anything if args are not valid, with every problem in one
// error.
func New(ctx *pulumi.Context, name string, args *Args, opts ...pulumi.ResourceOption) (*LoadBalancer, error) {
	if args == nil {
		args = &Args{}
	}
	if err := args.Validate(); err != nil {
		return nil, fmt.Errorf("load balancer %q is not valid:\n%w", name, err)
	}
	balancer := &LoadBalancer{}
	if err := ctx.RegisterComponentResource(Token, name, balancer, opts...); err != nil {
		return nil, err
	}
	b := &builder{
		Family: family.Family{Ctx: ctx, Parent: balancer, Name: name, Tags: args.Tags},
		args:   args.withDefaults(), out: balancer, groups: map[string]*lb.TargetGroup{},
		routes: map[string]*lb.ListenerRule{},
	}
	if err := b.build(); err != nil {
		return nil, fmt.Errorf("load balancer %q: %w", name, err)
	}
	return balancer, ctx.RegisterResourceOutputs(balancer, balancer.outputs())
}

// outputs maps the fields of the load balancer to the names in their tags.
func (l *LoadBalancer) outputs() pulumi.Map {
	return pulumi.Map{
		"loadBalancerArn":        l.LoadBalancerARN,
		"dnsName":                l.DNSName,
		"hostedZoneId":           l.HostedZoneID,
		"url":                    l.URL,
		"securityGroupId":        l.SecurityGroupID,
		"listenerArn":            l.ListenerARN,
		"certificateArn":         l.CertificateARN,
		"targetGroupArns":        l.TargetGroupARNs,
		"metricName":             l.MetricName,
		"targetGroupMetricNames": l.TargetGroupMetricNames,
		"healthCheckId":          l.HealthCheckID,
		"webAclArn":              l.WebACLARN,
		"webAclMetricName":       l.WebACLMetricName,
		"firewallLogGroupName":   l.FirewallLogGroupName,
		"logBucketName":          l.LogBucketName,
	}
}

// builder creates the children of one load balancer. Each of its steps is one file of this package; a step reads what
// the steps before it have set.
type builder struct {
	family.Family
	args Args // with defaults
	out  *LoadBalancer

	account    family.Account
	logs       *bucket.Bucket // nil when access logs are off
	group      *ec2.SecurityGroup
	balancer   *lb.LoadBalancer
	groups     map[string]*lb.TargetGroup  // by backend
	routes     map[string]*lb.ListenerRule // by name
	logsKeyARN pulumi.StringPtrInput       // nil until there is a log group
}

func (b *builder) build() (err error) {
	if b.account, err = b.Account(); err != nil {
		return err
	}
	for _, step := range []func() error{
		b.createLogs, b.createSecurityGroup, b.createBalancer, b.createTargetGroups,
		b.createCertificate, b.createListeners, b.createHealthCheck, b.createRecords, b.createFirewall, b.createRollback,
	} {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}
