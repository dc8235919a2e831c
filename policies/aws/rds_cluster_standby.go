package aws

import (
	"strings"

	"github.com/holdfast-iac/holdfast/policies/frameworks"
	"github.com/holdfast-iac/holdfast/policies/policy"
)

// RDSClusterStandby wants clusters of Aurora to have a second instance.
var RDSClusterStandby = policy.Policy{
	ID:       "aws-rds-cluster-standby",
	Title:    "Aurora clusters must have a second instance.",
	Severity: policy.Medium,
	Level:    policy.Advisory,
	Rationale: "With one instance, a failure of its zone or host is an outage until another one is made, which " +
		"takes ten minutes or more. A reader takes over within seconds.",
	Remediation: "Add another aws:rds/clusterInstance:ClusterInstance of the cluster; Aurora places it in another " +
		"zone.",
	Controls: frameworks.Controls{SOC2: "A1.2", ISO27001: "A.8.14", CISAWS: "2.2.4"}.List(),
	Tags:     []string{"reliability", "high-availability"},
	Peers:    []string{"AWS Config RDS_CLUSTER_MULTI_AZ_ENABLED", "Security Hub RDS.15"},
	Bad: []policy.Example{
		{Name: "orders", Type: rdsClusterType, Properties: props{"engine": "aurora-postgresql"}},
		{Name: "writer", Type: rdsClusterInstanceType, Properties: props{
			"clusterIdentifier": "${orders.id}", "engine": "aurora-postgresql", "instanceClass": "db.r8g.large",
		}},
	},
	Good: []policy.Example{
		{Name: "orders", Type: rdsClusterType, Properties: props{"engine": "aurora-postgresql"}},
		{Name: "writer", Type: rdsClusterInstanceType, Properties: props{
			"clusterIdentifier": "${orders.id}", "engine": "aurora-postgresql", "instanceClass": "db.r8g.large",
		}},
		{Name: "reader", Type: rdsClusterInstanceType, Properties: props{
			"clusterIdentifier": "${orders.id}", "engine": "aurora-postgresql", "instanceClass": "db.r8g.large",
		}},
	},
	Rules: []policy.Rule{
		policy.OnStack(func(r *policy.StackReport, stack struct {
			Clusters  policy.Resources[auroraCluster]  `pulumi:"aws:rds/cluster:Cluster"`
			Instances policy.Resources[auroraInstance] `pulumi:"aws:rds/clusterInstance:ClusterInstance"`
		}) {
			stack.Clusters.Each(func(cluster policy.Resource[auroraCluster]) {
				if !strings.HasPrefix(cluster.Props.Engine.Get(), "aurora") {
					return // RDS makes three instances of a Multi-AZ cluster by itself
				}
				if count := upToTwo(stack.Instances, cluster.Node); count < 2 {
					r.Fail(cluster.Node, "It has %d instance(s).", count)
				}
			})
		}),
	},
}

type auroraCluster struct {
	Engine policy.Value[string] `pulumi:"engine"`
}

type auroraInstance struct {
	Cluster policy.Value[string] `pulumi:"clusterIdentifier"`
}

// upToTwo counts the instances of a cluster, to two. If there may be more than are known, the rule ends undetermined.
func upToTwo(instances policy.Resources[auroraInstance], cluster *policy.Node) int {
	count := 0
	instances.AnyReferring("clusterIdentifier", cluster, func(instance policy.Resource[auroraInstance]) bool {
		if instance.References("clusterIdentifier", cluster) { // for certain
			count++
		}
		return count > 1
	})
	return count
}
