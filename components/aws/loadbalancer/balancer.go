package loadbalancer

import (
	"fmt"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/lb"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/holdfast-iac/holdfast/components/naming"
	"github.com/holdfast-iac/holdfast/components/spec"
)

// minSubnets is how many subnets AWS asks for, each in a zone of its own.
const minSubnets = 2

func (b *builder) createBalancer() error {
	args := &lb.LoadBalancerArgs{
		Name:                     pulumi.String(naming.AWSLoadBalancer.Name(b.identity()...)),
		Internal:                 pulumi.Bool(b.args.Internal),
		IpAddressType:            pulumi.String(b.addressType()),
		Subnets:                  b.args.SubnetIDs.ToStringArrayOutput().ApplyT(enough).(pulumi.StringArrayOutput),
		SecurityGroups:           pulumi.StringArray{b.group.ID()},
		EnableDeletionProtection: pulumi.Bool(!b.args.DeletionAllowed),
		EnableZonalShift:         pulumi.Bool(!b.args.ZonalShiftDisabled),
		Tags:                     b.TagInput(),
	}
	if b.args.TCP {
		b.forConnections(args)
	} else {
		b.forRequests(args)
	}
	var needs []pulumi.Resource
	if b.logs != nil {
		args.AccessLogs = &lb.LoadBalancerAccessLogsArgs{
			Bucket: b.logs.ID(), Prefix: pulumi.String(accessPrefix), Enabled: pulumi.Bool(true),
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

// forRequests sets what Application Load Balancers have of their own.
func (b *builder) forRequests(args *lb.LoadBalancerArgs) {
	args.LoadBalancerType = pulumi.String("application")
	args.DropInvalidHeaderFields = pulumi.Bool(true)
	args.DesyncMitigationMode = pulumi.String(b.args.DesyncMode)
	args.XffHeaderProcessingMode = pulumi.String(b.args.ForwardedFor)
	args.EnableHttp2 = pulumi.Bool(true)
	args.EnableWafFailOpen = pulumi.Bool(false) // while WAF cannot be reached, nothing passes unseen
	args.IdleTimeout = pulumi.Int(b.args.IdleSeconds)
	args.ClientKeepAlive = pulumi.Int(b.args.KeepAliveSeconds)
	if b.logs != nil {
		args.ConnectionLogs = &lb.LoadBalancerConnectionLogsArgs{
			Bucket: b.logs.ID(), Prefix: pulumi.String(connectionPrefix), Enabled: pulumi.Bool(true),
		}
	}
}

// forConnections sets what Network Load Balancers have of their own. Application Load Balancers always share out across
// zones.
func (b *builder) forConnections(args *lb.LoadBalancerArgs) {
	args.LoadBalancerType = pulumi.String("network")
	args.EnableCrossZoneLoadBalancing = pulumi.Bool(true)
}

// identity returns the parts of the load balancer's name. It holds what AWS can only change by replacing the load
// balancer, so that the new one can be made while the old one still has its name.
func (b *builder) identity() []string {
	var private, tcp string
	if b.args.Internal {
		private = "private"
	}
	if b.args.TCP {
		tcp = "tcp"
	}
	return b.FullName(private, tcp)
}

func (b *builder) addressType() string {
	if b.args.IPv6 {
		return "dualstack"
	}
	return "ipv4"
}

// url returns where clients find the load balancer, with the port where it is not that of the scheme.
func (b *builder) url() pulumi.StringOutput {
	scheme, usual := "https", portHTTPS
	switch {
	case b.args.TCP:
		scheme, usual = "tcp", 0
	case b.args.Unencrypted:
		scheme, usual = "http", portHTTP
	}
	port := ""
	if b.args.Port != usual {
		port = fmt.Sprintf(":%d", b.args.Port)
	}
	host := pulumi.StringInput(b.balancer.DnsName)
	if b.args.Domain != "" {
		host = pulumi.String(b.args.Domain)
	}
	return pulumi.Sprintf("%s://%s%s", scheme, host, port)
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
