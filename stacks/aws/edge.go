package aws

import (
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/route53"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/holdfast-iac/holdfast/components/aws/loadbalancer"
	"github.com/holdfast-iac/holdfast/components/aws/monitoring"
	"github.com/holdfast-iac/holdfast/components/spec"
)

// createZone makes the platform's DNS zone, if it is to have one of its own.
func (d *deployment) createZone() error {
	if d.plan.spec.Zone == "" {
		return nil
	}
	zone, err := route53.NewZone(d.ctx, "main", &route53.ZoneArgs{
		Name: pulumi.String(d.plan.spec.Zone), ForceDestroy: pulumi.Bool(d.plan.spec.DeletionAllowed),
		Tags: pulumi.ToStringMap(d.plan.tagged(nil)),
	})
	if err != nil {
		return err
	}
	d.zoneID = zone.ZoneId.ToStringPtrOutput()
	d.ctx.Export("zoneId", zone.ZoneId)
	d.ctx.Export("nameServers", zone.NameServers)
	return nil
}

// createTopics makes what tells people of alarms.
func (d *deployment) createTopics() (err error) {
	args := d.plan.topics()
	if args == nil {
		return nil
	}
	if d.topics, err = monitoring.New(d.ctx, "topics", args); err != nil {
		return err
	}
	d.ctx.Export("alarmTopicArns", d.topics.TopicARNs)
	return nil
}

// told are the topics, by severity.
func (d *deployment) told() map[spec.Severity]pulumi.StringInput {
	topics := map[spec.Severity]pulumi.StringInput{}
	for _, severity := range spec.Severities() {
		topics[severity] = d.topics.TopicARNs.MapIndex(pulumi.String(string(severity)))
	}
	return topics
}

// createBalancer makes what users reach the clusters through. It stands before them: machines register with it as they
// start.
func (d *deployment) createBalancer() (err error) {
	args := d.plan.balancer()
	if args == nil {
		return nil
	}
	args.VpcID, args.SubnetIDs, args.ZoneID = d.network.VpcID, d.network.PublicSubnetIDs, d.zoneID
	if args.Internal {
		args.SubnetIDs = d.network.PrivateSubnetIDs
	}
	if d.topics != nil {
		args.TopicARN, args.TopicKeyARN = d.told()[spec.Critical].ToStringOutput().ToStringPtrOutput(), d.topics.KeyARN.ToStringPtrOutput()
	}
	if d.balancer, err = loadbalancer.New(d.ctx, "main", args); err != nil {
		return err
	}
	d.ctx.Export("url", d.balancer.URL)
	d.ctx.Export("loadBalancerDnsName", d.balancer.DNSName)
	return nil
}

// watchFront watches what users get.
func (d *deployment) watchFront() (err error) {
	args := d.frontArgs()
	if args == nil {
		return nil
	}
	d.front, err = monitoring.New(d.ctx, "front", args)
	return err
}

// frontArgs are what watchFront watches.
func (d *deployment) frontArgs() *monitoring.Args {
	args := d.plan.front()
	if args == nil {
		return nil
	}
	args.LoadBalancer, args.TopicARNs, args.KeyARN = d.watched(), d.told(), d.topics.KeyARN
	args.Alarms = d.plan.changes(args)
	return args
}

// watched is the load balancer as monitoring sees it. A backend without traffic has no alarms.
func (d *deployment) watched() *monitoring.LoadBalancer {
	target := &monitoring.LoadBalancer{
		MetricName: d.balancer.MetricName, TargetGroupMetricNames: d.balancer.TargetGroupMetricNames,
		TCP: d.plan.spec.LoadBalancer.TCP,
	}
	weights := d.plan.spec.Release.Weights()
	for _, colour := range d.plan.colours() {
		if weights[colour] > 0 {
			target.Backends = append(target.Backends, colour)
		}
	}
	return target
}
