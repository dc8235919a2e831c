package aws

import (
	awssdk "github.com/pulumi/pulumi-aws/sdk/v6/go/aws"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/holdfast-iac/holdfast/components/aws/cluster"
	"github.com/holdfast-iac/holdfast/components/aws/loadbalancer"
	"github.com/holdfast-iac/holdfast/components/aws/monitoring"
	"github.com/holdfast-iac/holdfast/components/aws/network"
)

// createRecoveryRegion makes the network of the second region, which the data's copies need.
func (d *deployment) createRecoveryRegion() error {
	if d.plan.spec.Recovery == nil {
		return nil
	}
	provider, err := awssdk.NewProvider(d.ctx, "recovery", &awssdk.ProviderArgs{Region: pulumi.String(d.plan.spec.Recovery.Region)})
	if err != nil {
		return err
	}
	d.recovery = &region{provider: provider}
	d.recovery.network, err = network.New(d.ctx, "recovery", d.plan.recoveryNetwork(), d.recovery.in())
	if err != nil {
		return err
	}
	d.ctx.Export("recoveryRegion", pulumi.String(d.plan.spec.Recovery.Region))
	d.ctx.Export("recoveryVpcId", d.recovery.network.VpcID)
	d.ctx.Export("recoveryDataSubnetIds", d.recovery.network.DataSubnetIDs)
	return nil
}

// createStandby makes the load balancer and the cluster of the second region. With a DNS zone, users get there by
// themselves when nothing behind the first load balancer is healthy.
func (d *deployment) createStandby() error {
	if d.recovery == nil || d.plan.spec.Cluster == nil {
		return nil
	}
	var balancer *loadbalancer.LoadBalancer
	n := d.recovery.network
	if d.plan.spec.LoadBalancer != nil {
		args := d.plan.standbyBalancer()
		args.VpcID, args.SubnetIDs, args.ZoneID = n.VpcID, n.PublicSubnetIDs, d.zoneID
		if args.Internal {
			args.SubnetIDs = n.PrivateSubnetIDs
		}
		var err error
		if balancer, err = loadbalancer.New(d.ctx, "recovery", args, d.recovery.in()); err != nil {
			return err
		}
		d.ctx.Export("recoveryUrl", balancer.DNSName)
	}
	args := d.plan.standbyCluster()
	d.connect(args, n, balancer, "main")
	standby, err := cluster.New(d.ctx, "recovery", args, d.recovery.in())
	if err != nil {
		return err
	}
	d.ctx.Export("recoveryClusterName", standby.GroupName)
	return d.watchStandby(balancer, standby)
}

// watchStandby watches what stands ready: a standby that nobody looks at is found broken on the day that it is needed.
func (d *deployment) watchStandby(balancer *loadbalancer.LoadBalancer, standby *cluster.Cluster) error {
	args := d.plan.standbyWatchArgs(balancer, standby)
	if args == nil {
		return nil
	}
	_, err := monitoring.New(d.ctx, "recovery", args, d.recovery.in())
	return err
}

// standbyWatchArgs are what watchStandby watches.
func (p plan) standbyWatchArgs(balancer *loadbalancer.LoadBalancer, standby *cluster.Cluster) *monitoring.Args {
	args := p.standbyWatch()
	if args == nil {
		return nil
	}
	args.Clusters = map[string]monitoring.Cluster{"main": {GroupName: standby.GroupName}}
	if balancer != nil {
		args.LoadBalancer = &monitoring.LoadBalancer{
			MetricName: balancer.MetricName, TargetGroupMetricNames: balancer.TargetGroupMetricNames,
			TCP: p.spec.LoadBalancer.TCP,
		}
	}
	return args
}
