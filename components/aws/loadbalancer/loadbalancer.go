// Package loadbalancer builds a production load balancer on AWS: an Application Load Balancer with HTTPS of TLS 1.2 or
// newer, a certificate and DNS records for its domains, a redirect from plain HTTP, AWS WAF in front, logs of every
// request and connection, and a target group per backend among which traffic is shared by weights.
//
// A release by weights changes the listener in place and nothing else. Backends, routes, domains and allowed blocks are
// known by their names: adding one at any place replaces nothing.
package loadbalancer

import (
	"fmt"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/ec2"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/lb"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/holdfast-iac/holdfast/components/aws/internal/bucket"
	"github.com/holdfast-iac/holdfast/components/aws/internal/family"
	"github.com/holdfast-iac/holdfast/components/naming"
	"github.com/holdfast-iac/holdfast/components/spec"
)

// Token is the type of the component in a stack's state.
const Token = "holdfast:aws:LoadBalancer"

// minSubnets is how many subnets AWS asks for, each in a zone of its own.
const minSubnets = 2

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
	// ListenerARN is the ARN of the listener that serves clients: HTTPS, or HTTP with PlainHTTP.
	ListenerARN pulumi.StringOutput `pulumi:"listenerArn"`
	// CertificateARN is the ARN of the certificate, issued; empty with PlainHTTP.
	CertificateARN pulumi.StringOutput `pulumi:"certificateArn"`
	// TargetGroupARNs are the ARNs of the target groups by their backends, for machines to register with. What uses them is
	// created after the listener, without which targets get no health checks.
	TargetGroupARNs pulumi.StringMapOutput `pulumi:"targetGroupArns"`
	// MetricName names the load balancer in CloudWatch: "app/…/…".
	MetricName pulumi.StringOutput `pulumi:"metricName"`
	// TargetGroupMetricNames name the target groups in CloudWatch by their backends: "targetgroup/…/…".
	TargetGroupMetricNames pulumi.StringMapOutput `pulumi:"targetGroupMetricNames"`
	// WebACLARN is the ARN of the firewall's web ACL; empty when it is off.
	WebACLARN pulumi.StringOutput `pulumi:"webAclArn"`
	// WebACLMetricName names the firewall in CloudWatch; empty when it is off.
	WebACLMetricName pulumi.StringOutput `pulumi:"webAclMetricName"`
	// FirewallLogGroupName is the log group of the firewall's decisions; empty when it is off.
	FirewallLogGroupName pulumi.StringOutput `pulumi:"firewallLogGroupName"`
	// LogBucketName is the bucket of the access and connection logs; empty when they are off.
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

	account  family.Account
	logs     *bucket.Bucket // nil when access logs are off
	group    *ec2.SecurityGroup
	balancer *lb.LoadBalancer
	groups   map[string]*lb.TargetGroup // by backend
}

func (b *builder) build() (err error) {
	if b.account, err = b.Account(); err != nil {
		return err
	}
	for _, step := range []func() error{
		b.createLogs, b.createSecurityGroup, b.createBalancer, b.createTargetGroups,
		b.createCertificate, b.createListeners, b.createRecords, b.createFirewall,
	} {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

func (b *builder) createBalancer() error {
	args := &lb.LoadBalancerArgs{
		Name:                     pulumi.String(naming.AWSLoadBalancer.Name(b.identity()...)),
		LoadBalancerType:         pulumi.String("application"),
		Internal:                 pulumi.Bool(b.args.Internal),
		IpAddressType:            pulumi.String(b.addressType()),
		Subnets:                  b.args.SubnetIDs.ToStringArrayOutput().ApplyT(enough).(pulumi.StringArrayOutput),
		SecurityGroups:           pulumi.StringArray{b.group.ID()},
		EnableDeletionProtection: pulumi.Bool(!b.args.DeletionUnprotected),
		DropInvalidHeaderFields:  pulumi.Bool(true),
		DesyncMitigationMode:     pulumi.String(b.args.DesyncMode),
		XffHeaderProcessingMode:  pulumi.String(b.args.ForwardedFor),
		EnableHttp2:              pulumi.Bool(true),
		EnableWafFailOpen:        pulumi.Bool(false), // while WAF cannot be reached, nothing passes unseen
		EnableZonalShift:         pulumi.Bool(!b.args.ZonalShiftDisabled),
		IdleTimeout:              pulumi.Int(b.args.IdleSeconds),
		ClientKeepAlive:          pulumi.Int(b.args.KeepAliveSeconds),
		Tags:                     b.TagInput(),
	}
	var needs []pulumi.Resource
	if b.logs != nil {
		args.AccessLogs = &lb.LoadBalancerAccessLogsArgs{
			Bucket: b.logs.ID(), Prefix: pulumi.String(accessPrefix), Enabled: pulumi.Bool(true),
		}
		args.ConnectionLogs = &lb.LoadBalancerConnectionLogsArgs{
			Bucket: b.logs.ID(), Prefix: pulumi.String(connectionPrefix), Enabled: pulumi.Bool(true),
		}
		// AWS writes a test file at once, and refuses a bucket that it cannot write to.
		needs = b.logs.Ready
	}
	balancer, err := lb.NewLoadBalancer(b.Ctx, b.Child("balancer"), args, b.Options(pulumi.DependsOn(needs))...)
	if err != nil {
		return err
	}
	b.balancer = balancer
	b.out.LoadBalancerARN = balancer.Arn
	b.out.DNSName = balancer.DnsName
	b.out.HostedZoneID = balancer.ZoneId
	b.out.MetricName = balancer.ArnSuffix
	b.out.URL = b.url()
	return nil
}

// identity returns the parts of the load balancer's name. It holds what AWS can only change by replacing the load
// balancer, so that the new one can be made while the old one still has its name.
func (b *builder) identity() []string {
	if b.args.Internal {
		return b.FullName("private")
	}
	return b.FullName()
}

func (b *builder) addressType() string {
	if b.args.IPv6 {
		return "dualstack"
	}
	return "ipv4"
}

func (b *builder) url() pulumi.StringOutput {
	scheme := "https://"
	if b.args.PlainHTTP {
		scheme = "http://"
	}
	if b.args.Domain != "" {
		return pulumi.String(scheme + b.args.Domain).ToStringOutput()
	}
	return pulumi.Sprintf("%s%s", scheme, b.balancer.DnsName)
}

// enough says of subnets that became known only now whether there are enough of them.
func enough(ids []string) ([]string, error) {
	if len(ids) < minSubnets {
		var ps spec.Problems
		ps.Add("subnetIds", len(ids), "subnets are too few; name subnets in two zones at least")
		return nil, ps
	}
	return ids, nil
}
