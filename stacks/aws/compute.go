package aws

import (
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/holdfast-iac/holdfast/components/aws/cache"
	"github.com/holdfast-iac/holdfast/components/aws/cluster"
	"github.com/holdfast-iac/holdfast/components/aws/database"
	"github.com/holdfast-iac/holdfast/components/aws/kubernetes"
	"github.com/holdfast-iac/holdfast/components/aws/loadbalancer"
	"github.com/holdfast-iac/holdfast/components/aws/network"
	"github.com/holdfast-iac/holdfast/components/spec"
)

// createClusters makes the cluster that serves, and the candidate's if there is one.
func (d *deployment) createClusters() error {
	if d.plan.spec.Cluster == nil {
		return nil
	}
	names := pulumi.StringMap{}
	for _, colour := range d.plan.colours() {
		args := d.plan.cluster(colour)
		d.connect(args, d.network, d.balancer, colour)
		if d.front != nil {
			args.RollbackAlarmNames = d.front.RollbackAlarmNames
		}
		created, err := cluster.New(d.ctx, colour, args)
		if err != nil {
			return err
		}
		d.clusters[colour] = created
		names[colour] = created.GroupName
	}
	d.ctx.Export("clusterNames", names)
	return nil
}

// connect places a cluster in a network, behind a load balancer if there is one, with a way to the data.
func (d *deployment) connect(args *cluster.Args, n *network.Network, balancer *loadbalancer.LoadBalancer, backend string) {
	args.VpcID, args.SubnetIDs = n.VpcID, n.PrivateSubnetIDs
	args.Egress = map[string]cluster.Egress{}
	if d.plan.spec.Database != nil {
		args.Egress["database"] = cluster.Egress{Port: database.Port, CIDR: n.CIDR}
	}
	if d.plan.spec.Cache != nil {
		args.Egress["cache"] = cluster.Egress{Port: cache.Port, CIDR: n.CIDR}
	}
	if balancer == nil {
		return
	}
	args.TargetGroupARNs = pulumi.StringArray{balancer.TargetGroupARNs.MapIndex(pulumi.String(backend))}
	args.ClientSecurityGroupIDs = map[string]pulumi.StringInput{"balancer": balancer.SecurityGroupID}
	if d.plan.spec.LoadBalancer.TCP {
		return // it counts no requests
	}
	args.LoadBalancerLabel = pulumi.Sprintf("%s/%s", balancer.MetricName, balancer.TargetGroupMetricNames.MapIndex(pulumi.String(backend)))
}

func (d *deployment) createKubernetes() (err error) {
	args := d.plan.kubernetes()
	if args == nil {
		return nil
	}
	args.VpcID, args.SubnetIDs = d.network.VpcID, d.network.SubnetIDs(spec.Private)
	if d.kubernetes, err = kubernetes.New(d.ctx, "main", args); err != nil {
		return err
	}
	d.ctx.Export("kubernetesClusterName", d.kubernetes.ClusterName)
	d.ctx.Export("kubeconfig", d.kubernetes.Kubeconfig)
	return nil
}

// clients are the security groups of everything that uses the data.
func (d *deployment) clients() map[string]pulumi.StringInput {
	clients := map[string]pulumi.StringInput{}
	for colour, c := range d.clusters {
		clients[colour] = c.SecurityGroupID
	}
	if d.kubernetes != nil {
		clients["kubernetes"] = d.kubernetes.SecurityGroupID
	}
	return clients
}
