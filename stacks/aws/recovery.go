package aws

import (
	"fmt"

	awssdk "github.com/pulumi/pulumi-aws/sdk/v6/go/aws"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/holdfast-iac/holdfast/components/aws/baseline"
	"github.com/holdfast-iac/holdfast/components/aws/cache"
	"github.com/holdfast-iac/holdfast/components/aws/cluster"
	"github.com/holdfast-iac/holdfast/components/aws/loadbalancer"
	"github.com/holdfast-iac/holdfast/components/aws/monitoring"
	"github.com/holdfast-iac/holdfast/components/aws/network"
	"github.com/holdfast-iac/holdfast/components/spec"
)

// createRecoveryRegion makes what keeps the second region secure, and its network, which the data's copies need.
func (d *deployment) createRecoveryRegion() error {
	if d.plan.spec.Recovery == nil {
		return nil
	}
	provider, err := awssdk.NewProvider(d.ctx, "recovery", &awssdk.ProviderArgs{Region: pulumi.String(d.plan.spec.Recovery.Region)})
	if err != nil {
		return err
	}
	d.recovery = &region{provider: provider}
	if args := d.plan.recoveryBaseline(d.baseline); args != nil {
		if _, err := baseline.New(d.ctx, "recovery", args, d.recovery.in()); err != nil {
			return err
		}
	}
	d.recovery.network, err = network.New(d.ctx, "recovery", d.plan.recoveryNetwork(), d.recovery.in())
	if err != nil {
		return err
	}
	d.ctx.Export("recoveryRegion", pulumi.String(d.plan.spec.Recovery.Region))
	d.ctx.Export("recoveryVpcId", d.recovery.network.VpcID)
	d.ctx.Export("recoveryDataSubnetIds", d.recovery.network.DataSubnetIDs)
	return nil
}

// createStandby makes the load balancer and the cluster of the second region, before the data, which lets its clients in.
// With a DNS zone, users get there by themselves when nothing behind the first load balancer is healthy.
func (d *deployment) createStandby() (err error) {
	if d.recovery == nil || d.plan.spec.Cluster == nil {
		return nil
	}
	n := d.recovery.network
	if d.plan.spec.LoadBalancer != nil {
		args := d.plan.standbyBalancer()
		args.VpcID, args.SubnetIDs, args.ZoneID = n.VpcID, n.PublicSubnetIDs, d.zoneID
		if args.Internal {
			args.SubnetIDs = n.PrivateSubnetIDs
		}
		if d.recovery.balancer, err = loadbalancer.New(d.ctx, "recovery", args, d.recovery.in()); err != nil {
			return err
		}
		d.ctx.Export("recoveryLoadBalancerDnsName", d.recovery.balancer.DNSName)
	}
	args := d.plan.standbyCluster()
	d.connect(args, n, d.recovery.balancer, "main")
	if d.recovery.cluster, err = cluster.New(d.ctx, "recovery", args, d.recovery.in()); err != nil {
		return err
	}
	d.ctx.Export("recoveryClusterName", d.recovery.cluster.GroupName)
	return nil
}

// clients are the security groups of everything there that uses the data.
func (r *region) clients() map[string]pulumi.StringInput {
	if r.cluster == nil {
		return nil
	}
	return map[string]pulumi.StringInput{"recovery": r.cluster.SecurityGroupID}
}

// createStandbyCache makes a cache for machines that stand ready. It begins empty: nothing of the first one is copied.
func (d *deployment) createStandbyCache() (err error) {
	args := d.plan.standbyCache()
	if args == nil {
		return nil
	}
	r := d.recovery
	args.VpcID, args.SubnetIDs, args.ClientSecurityGroupIDs = r.network.VpcID, r.network.DataSubnetIDs, r.clients()
	r.cache, err = cache.New(d.ctx, "recovery", args, r.in())
	return err
}

// watchStandby watches what stands ready: a standby that nobody looks at is found broken on the day that it is needed.
func (d *deployment) watchStandby() error {
	args := d.standbyWatchArgs()
	if args == nil {
		return nil
	}
	_, err := monitoring.New(d.ctx, "recovery", args, d.recovery.in())
	return err
}

// standbyWatchArgs are what watchStandby watches.
func (d *deployment) standbyWatchArgs() *monitoring.Args {
	args := d.plan.standbyWatch()
	if args == nil {
		return nil
	}
	r, s := d.recovery, d.plan.spec
	if s.Recovery.Standby > 0 && r.cluster != nil {
		args.Clusters = map[string]monitoring.Cluster{"main": {GroupName: r.cluster.GroupName}}
		if r.balancer != nil {
			args.LoadBalancer = &monitoring.LoadBalancer{
				MetricName: r.balancer.MetricName, TargetGroupMetricNames: r.balancer.TargetGroupMetricNames,
				TCP: s.LoadBalancer.TCP,
			}
		}
	}
	if s.Recovery.DatabaseReplica && d.database != nil {
		args.Databases = map[string]monitoring.Database{"main": {
			Identifier: d.database.ReplicaIdentifier, StorageGiB: s.Database.WithDefaults().StorageGiB,
			MaxConnections: d.plan.database().MaxConnections(),
			Replicas:       map[string]pulumi.StringInput{"dr": d.database.ReplicaIdentifier}, // how far it is behind
		}}
	}
	if r.cache != nil {
		args.Caches = map[string]monitoring.Cache{"main": watchedCache(s.Cache.WithDefaults(), r.cache)}
	}
	args.Alarms = d.plan.changes(args)
	return args
}

// healthRegion is the only region that has the metrics of Route 53's health checks (Route 53 Developer Guide, "Monitoring
// health checks using CloudWatch").
const healthRegion = "us-east-1"

// watchEndpoint tells when Route 53 no longer reaches the first region from outside, and sends users to the second.
func (d *deployment) watchEndpoint() error {
	args := d.endpointWatchArgs()
	if args == nil {
		return nil
	}
	home, err := awssdk.GetRegion(d.ctx, nil)
	if err != nil {
		return fmt.Errorf("looking up the region: %w", err)
	}
	var options []pulumi.ResourceOption
	switch {
	case home.Name == healthRegion:
		args.TopicARNs, args.KeyARN, args.Emails, args.Webhooks = d.told(), d.topics.KeyARN, nil, nil
	case d.plan.spec.Recovery.Region == healthRegion:
		options = append(options, d.recovery.in())
	default:
		provider, err := awssdk.NewProvider(d.ctx, "health", &awssdk.ProviderArgs{Region: pulumi.String(healthRegion)})
		if err != nil {
			return err
		}
		options = append(options, pulumi.Providers(provider))
	}
	_, err = monitoring.New(d.ctx, "endpoint", args, options...)
	return err
}

// endpointWatchArgs are what watchEndpoint watches.
func (d *deployment) endpointWatchArgs() *monitoring.Args {
	args := d.plan.endpointWatch()
	if args == nil {
		return nil
	}
	args.OwnAlarms = map[string]monitoring.OwnAlarm{"endpoint": {
		Namespace: "AWS/Route53", Metric: "HealthCheckStatus", Statistic: "Minimum", // 1 while it is healthy, else 0
		Dimensions: pulumi.StringMap{"HealthCheckId": d.balancer.HealthCheckID},
		Below:      true, Threshold: 1, PeriodSeconds: 60, Periods: 3, Missing: "breaching", Severity: spec.Critical,
		Description: "The load balancer cannot be reached from outside, so that DNS sends users to the second region. " +
			"Its database only answers reads until it is promoted: see the runbook, Fail over.",
	}}
	args.Alarms = d.plan.changes(args)
	return args
}
