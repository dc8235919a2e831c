// Package aws deploys a platform to Amazon Web Services: it composes the components for AWS from the platform's
// description.
//
// What the files hold: check.go what is refused before anything is made; components.go every component that is made, for
// check.go to judge; args.go, own.go and vault.go how the description becomes the components' arguments; outlook.go
// what the parts add up to; edge.go, compute.go, recovery.go, data.go and watch.go what is made, in this order.
package aws

import (
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/holdfast-iac/holdfast/components/aws/backup"
	"github.com/holdfast-iac/holdfast/components/aws/baseline"
	"github.com/holdfast-iac/holdfast/components/aws/cache"
	"github.com/holdfast-iac/holdfast/components/aws/cluster"
	"github.com/holdfast-iac/holdfast/components/aws/database"
	"github.com/holdfast-iac/holdfast/components/aws/kubernetes"
	"github.com/holdfast-iac/holdfast/components/aws/loadbalancer"
	"github.com/holdfast-iac/holdfast/components/aws/monitoring"
	"github.com/holdfast-iac/holdfast/components/aws/network"
	"github.com/holdfast-iac/holdfast/stacks/platform"
)

// Cloud is AWS for platform.Run.
func Cloud() platform.Cloud { return platform.Cloud{Check: Check, Deploy: Deploy} }

// Deploy creates the platform and exports what its users need to know of it. It expects a description that Check
// accepts.
func Deploy(ctx *pulumi.Context, s platform.Spec) error {
	d := &deployment{ctx: ctx, plan: newPlan(ctx.Project(), ctx.Stack(), s), clusters: map[string]*cluster.Cluster{}}
	for _, step := range []func() error{
		d.checkRelease, d.createBaseline, d.createNetwork, d.createRecoveryRegion, d.createZone, d.createTopics, d.createBalancer,
		d.watchFront, d.createClusters, d.createStandby, d.createKubernetes, d.createDatabase, d.createCache, d.publish,
		d.createBackup, d.watch, d.watchStandby, d.watchEndpoint, d.promise,
	} {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

// deployment is one run of Deploy. Each step reads what the steps before it have set; what the platform has not is nil.
type deployment struct {
	ctx  *pulumi.Context
	plan plan

	baseline   *baseline.Baseline
	network    *network.Network
	zoneID     pulumi.StringPtrInput
	topics     *monitoring.Monitoring
	balancer   *loadbalancer.LoadBalancer
	front      *monitoring.Monitoring
	clusters   map[string]*cluster.Cluster // by colour
	kubernetes *kubernetes.Kubernetes
	database   *database.Database
	cache      *cache.Cache
	backup     *backup.Backup
	recovery   *region
}

// region is the second region.
type region struct {
	provider pulumi.ProviderResource
	network  *network.Network
	balancer *loadbalancer.LoadBalancer
	cluster  *cluster.Cluster
	cache    *cache.Cache
}

// in are the options of a component in the second region.
func (r *region) in() pulumi.ResourceOption { return pulumi.Providers(r.provider) }

// createBaseline makes what keeps the account secure, first: it sees what comes after.
func (d *deployment) createBaseline() (err error) {
	args := d.plan.baseline()
	if args == nil {
		return nil
	}
	if d.baseline, err = baseline.New(d.ctx, "main", args); err != nil {
		return err
	}
	d.ctx.Export("trailArn", d.baseline.TrailARN)
	d.ctx.Export("trailBucketName", d.baseline.TrailBucketName)
	d.ctx.Export("trailLogGroupName", d.baseline.TrailLogGroupName)
	d.ctx.Export("trailKeyArn", d.baseline.KeyARN)
	d.ctx.Export("detectorId", d.baseline.DetectorID)
	d.ctx.Export("analyzerArn", d.baseline.AnalyzerARN)
	d.ctx.Export("ciRoleArn", d.baseline.CIRoleARN)
	d.ctx.Export("securityTopicArn", d.baseline.TopicARN)
	return nil
}

func (d *deployment) createNetwork() (err error) {
	if d.network, err = network.New(d.ctx, "main", d.plan.network()); err != nil {
		return err
	}
	n := d.network
	d.ctx.Export("zones", pulumi.ToStringArray(n.Zones))
	d.ctx.Export("vpcId", n.VpcID)
	d.ctx.Export("vpcCidr", n.CIDR)
	d.ctx.Export("publicSubnetIds", n.PublicSubnetIDs)
	d.ctx.Export("privateSubnetIds", n.PrivateSubnetIDs)
	d.ctx.Export("dataSubnetIds", n.DataSubnetIDs)
	d.ctx.Export("natPublicIps", n.NATPublicIPs)
	d.ctx.Export("flowLogGroupName", n.FlowLogGroupName)
	return nil
}
