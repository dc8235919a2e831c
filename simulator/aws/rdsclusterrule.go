package aws

import (
	"math"
	"slices"
	"strings"

	"github.com/holdfast-iac/holdfast/simulator"
)

// What RDS refuses of clusters and their instances. Sources as in rdscluster.go; RDS user guide, "Multi-AZ clusters".

func clusterConstraints() []simulator.Constraint {
	return slices.Concat(databaseInputs("aws-rds-cluster-", "masterUsername", "masterPassword"), []simulator.Constraint{
		rdsConstraint("aws-rds-identifier", "terraform-provider-aws, internal/service/rds/validate.go", "%s", findIdentifier),
		windowsApart("aws-rds-cluster-windows-overlap", rdsCreateCluster, "preferredBackupWindow", "preferredMaintenanceWindow"),
		rdsConstraint("aws-rds-cluster-user-required", rdsCreateCluster,
			"InvalidParameterValue: The parameter %s must be provided and must not be blank.", findNoMaster),
		rdsConstraint("aws-rds-serverless-capacity", rdsCapacityAPIDoc,
			"InvalidParameterValue: Serverless v2 capacity from %v to %v is not valid: the smallest is not above the largest, "+
				"and both are whole or half units", findCapacity),
		rdsConstraint("aws-rds-multi-az-cluster-class", rdsMultiAZGuide,
			"InvalidParameterCombination: The DB cluster instance class %q can't be used with engine %s: Multi-AZ DB clusters "+
				"need one with local storage, and Aurora takes none",
			findClusterClass),
		rdsConstraint("aws-rds-multi-az-cluster-identifier", rdsCreateCluster, "InvalidParameterValue: The DB cluster identifier "+
			"%s has more than the 52 characters of a Multi-AZ DB cluster's", func(c *simulator.Call, broken func(string, ...any)) {
			if name := c.Text("clusterIdentifier"); c.Given("dbClusterInstanceClass") && len(name) > 52 {
				broken("clusterIdentifier", name)
			}
		}),
		rdsApply("aws-rds-multi-az-cluster-zones", rdsMultiAZGuide, "DBSubnetGroupDoesNotCoverEnoughAZs: The DB subnet group "+
			"doesn't meet Availability Zone (AZ) coverage requirement. Current AZ coverage: %s. Add subnets to cover at least 3 AZs.",
			func(c *simulator.Call, broken func(string, ...any)) {
				if !c.Given("dbClusterInstanceClass") || subnetGroupOf(c) == nil {
					return
				}
				if covered := clusterZones(c); len(covered) < 3 {
					broken("dbSubnetGroupName", strings.Join(covered, ", "))
				}
			}),
		rdsApply("aws-rds-cluster-parameter-group-family", rdsCreateCluster, "InvalidParameterCombination: The Parameter Group "+
			"%s with DBParameterGroupFamily %s cannot be used for this cluster. Please use a Parameter Group with "+
			"DBParameterGroupFamily %s", findFamily("dbClusterParameterGroupName", dbClusterParameterGroupKind)),
		groupsInVPC("aws-rds-security-group-vpc"),
		majorUpgrade("aws-rds-major-upgrade"),
		{
			Origin: simulator.Origin{ID: "aws-rds-cluster-protected", Source: rdsDeleteCluster}, Stage: simulator.AtDelete,
			Error: "InvalidParameterCombination: Cannot delete protected Cluster, please disable deletion protection and try again.",
			Find:  findProtected,
		},
		finalSnapshot("aws-rds-cluster-final-snapshot", rdsClusterSource,
			"RDS Cluster final_snapshot_identifier is required when skip_final_snapshot is false"),
	})
}

// findNoMaster finds new clusters whose master user has no name or password.
func findNoMaster(c *simulator.Call, broken func(string, ...any)) {
	for _, source := range []string{
		"globalClusterIdentifier", "replicationSourceIdentifier", "restoreToPointInTime", "s3Import", "snapshotIdentifier",
	} {
		if c.Given(source) {
			return
		}
	}
	if !c.Given("masterUsername") {
		broken("masterUsername", "MasterUsername")
	}
	if !c.Given("masterPassword") && !c.Given("manageMasterUserPassword") {
		broken("masterPassword", "MasterUserPassword")
	}
}

func findCapacity(c *simulator.Call, broken func(string, ...any)) {
	least, given := c.Number("serverlessv2ScalingConfiguration.minCapacity")
	most, also := c.Number("serverlessv2ScalingConfiguration.maxCapacity")
	if !given || !also {
		return
	}
	half := func(n float64) bool { return n*2 == math.Trunc(n*2) }
	if least > most || !half(least) || !half(most) {
		broken("serverlessv2ScalingConfiguration", least, most)
	}
}

// findClusterClass finds classes that Multi-AZ clusters do not run on: those whose name has no d, for local disks.
func findClusterClass(c *simulator.Call, broken func(string, ...any)) {
	engine, class := engineNamed(c.Text("engine")), c.Text("dbClusterInstanceClass")
	if engine == nil || class == "" {
		return
	}
	parts := instanceClass.FindStringSubmatch(class)
	if engine.aurora || parts != nil && !strings.Contains(parts[3], "d") {
		broken("dbClusterInstanceClass", class, c.Text("engine"))
	}
}

func clusterInstanceConstraints() []simulator.Constraint {
	return []simulator.Constraint{
		rdsConstraint("aws-rds-identifier", "terraform-provider-aws, internal/service/rds/validate.go", "%s", findIdentifier),
		rdsConstraint("aws-rds-instance-class-name", rdsCreateInstance, "InvalidParameterValue: Invalid DB Instance class: %s",
			func(c *simulator.Call, broken func(string, ...any)) {
				if class := c.Text("instanceClass"); class != "" && !instanceClass.MatchString(class) {
					broken("instanceClass", class)
				}
			}),
		rdsConstraint("aws-rds-instance-class-engine", rdsClassGuide, classCombination, findClass),
		monitoringRole(),
		rdsApply("aws-rds-cluster-instance-engine", rdsCreateInstance, "InvalidParameterCombination: The engine name requested "+
			"for your DB Instance (%s) doesn't match the engine name of your DB Cluster (%s).",
			func(c *simulator.Call, broken func(string, ...any)) {
				cluster := c.Find(dbClusterKind, c.Text("clusterIdentifier"))
				if engine := cluster.Text("engine"); engine != c.Text("engine") {
					broken("engine", c.Text("engine"), engine)
				}
			}),
		rdsApply("aws-rds-serverless-needs-scaling", rdsServerlessV2, "InvalidDBClusterStateFault: Set the Serverless v2 scaling "+
			"configuration on the parent DB cluster before creating a Serverless v2 DB instance.",
			func(c *simulator.Call, broken func(string, ...any)) {
				cluster := c.Find(dbClusterKind, c.Text("clusterIdentifier"))
				if c.Text("instanceClass") == "db.serverless" && !cluster.Output("serverlessv2ScalingConfiguration").IsObject() {
					broken("instanceClass")
				}
			}),
		rdsApply("aws-rds-cluster-instance-family", rdsCreateInstance, "InvalidParameterCombination: The parameter group %s "+
			"with DBParameterGroupFamily %s can't be used for this instance. Use a parameter group with DBParameterGroupFamily %s.",
			findMemberFamily),
	}
}

// findMemberFamily finds a parameter group of another family than that of the cluster's version.
func findMemberFamily(c *simulator.Call, broken func(string, ...any)) {
	group := c.FindBy(dbParameterGroupKind, simulator.ByName, strings.ToLower(c.Text("dbParameterGroupName")))
	cluster := c.Find(dbClusterKind, c.Text("clusterIdentifier"))
	engine := engineNamed(cluster.Text("engine"))
	if group == nil || engine == nil {
		return
	}
	if wanted := engine.family(cluster.Text("engine"), cluster.Text("engineVersionActual")); group.Text("family") != wanted {
		broken("dbParameterGroupName", group.ID, group.Text("family"), wanted)
	}
}
