package aws

import (
	"slices"
	"strings"

	"github.com/holdfast-iac/holdfast/simulator"
)

// Sources: terraform-provider-aws, internal/service/rds/{cluster,cluster_instance}.go; the RDS API's CreateDBCluster,
// DeleteDBCluster; Aurora user guide, "Aurora Serverless v2 requirements".

const (
	rdsCreateCluster  = "https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBCluster.html"
	rdsDeleteCluster  = "https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_DeleteDBCluster.html"
	rdsClusterSource  = "terraform-provider-aws, internal/service/rds/cluster.go"
	rdsMultiAZGuide   = "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/multi-az-db-clusters-concepts.html"
	rdsServerlessV2   = "https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-serverless-v2.requirements.html"
	rdsCapacityAPIDoc = "https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_ServerlessV2ScalingConfiguration.html"
)

var dbClusterKind = &simulator.Kind{
	Noun: "RDS Cluster", Name: "clusterIdentifier",
	ID: func(c *simulator.Call) string {
		switch prefix := c.Text("clusterIdentifierPrefix"); {
		case c.Given("clusterIdentifier"):
			return strings.ToLower(c.Text("clusterIdentifier"))
		case prefix != "":
			return prefix + c.Hex("clusterIdentifierPrefix", prefixDigits)
		default:
			return "tf-" + c.Hex("clusterIdentifier", prefixDigits)
		}
	},
	ARN:      "arn:{partition}:rds:{region}:{account}:cluster:{id}",
	NotFound: "DBClusterNotFoundFault: DBCluster %s not found.",
	InUse:    "InvalidDBClusterStateFault: Cluster %s cannot be deleted, it still contains DB instances in non-deleting state.",
}

var dbClusterInstanceKind = &simulator.Kind{
	Noun: "RDS Cluster Instance", ID: databaseIdentifier, Name: "identifier",
	ARN:      "arn:{partition}:rds:{region}:{account}:db:{id}",
	NotFound: "DBInstanceNotFound: DBInstance %s not found.",
}

func rdsClusterTypes() []*simulator.Type {
	return []*simulator.Type{
		{
			Token: "aws:rds/cluster:Cluster",
			Kind:  dbClusterKind,
			Defaults: map[string]any{
				"copyTagsToSnapshot": false, "deleteAutomatedBackups": true, "engineMode": "provisioned",
				"skipFinalSnapshot": false,
			},
			Immutable: []string{
				"clusterIdentifier", "clusterIdentifierPrefix", "databaseName", "dbSubnetGroupName", "engine", "engineMode",
				"kmsKeyId", "masterUsername", "restoreToPointInTime", "s3Import", "snapshotIdentifier", "sourceRegion",
				"storageEncrypted",
			},
			Sets: []string{"availabilityZones", "clusterMembers", "enabledCloudwatchLogsExports", "iamRoles", "vpcSecurityGroupIds"},
			Rules: map[string]simulator.Rule{
				"backtrackWindow":       simulator.Between(0, 259200),
				"backupRetentionPeriod": simulator.Between(1, 35),
				"engine":                simulator.OneOf("aurora-mysql", "aurora-postgresql", "mysql", "postgres"),
				"engineMode":            simulator.OneOf("global", "multimaster", "parallelquery", "provisioned", "serverless"),
				"monitoringInterval":    monitoringIntervals,
				"preferredBackupWindow": dailyWindow, "preferredMaintenanceWindow": weekWindow,
				"networkType": simulator.OneOf("DUAL", "IPV4"), "kmsKeyId": validARN,
				"serverlessv2ScalingConfiguration.maxCapacity": simulator.Between(1, 256),
				"serverlessv2ScalingConfiguration.minCapacity": simulator.Between(0, 256),
			},
			AtMostOne: [][]string{
				{"clusterIdentifier", "clusterIdentifierPrefix"}, {"manageMasterUserPassword", "masterPassword"},
				{"s3Import", "snapshotIdentifier"},
			},
			References: append(databaseReferences(), simulator.Reference{
				Origin:   simulator.Origin{ID: "aws-rds-cluster-parameter-group-in-use", Source: rdsDeleteParameterGroup},
				Property: "dbClusterParameterGroupName", To: kinds(dbClusterParameterGroupKind), By: simulator.ByName,
				Address: unlessDefault,
			}),
			Unique: []simulator.Unique{{
				Origin: simulator.Origin{ID: "aws-rds-cluster-exists", Source: rdsCreateCluster},
				Error:  "DBClusterAlreadyExistsFault: DB Cluster already exists: %s",
				Keys:   func(c *simulator.Call) []string { return []string{dbClusterKind.ID(c)} },
			}},
			Constraints: clusterConstraints(),
			API:         []string{"rds:CreateDBCluster", "rds:ModifyDBCluster"},
			Parameters:  map[string]string{"clusterIdentifier": "DBClusterIdentifier", "masterPassword": "MasterUserPassword"},
			Compute:     computeDBCluster,
		},
		{
			Token: "aws:rds/clusterInstance:ClusterInstance",
			Kind:  dbClusterInstanceKind,
			Defaults: map[string]any{
				"autoMinorVersionUpgrade": true, "copyTagsToSnapshot": false, "forceDestroy": false, "monitoringInterval": 0,
				"promotionTier": 0,
			},
			Immutable: []string{
				"availabilityZone", "clusterIdentifier", "customIamInstanceProfile", "dbSubnetGroupName", "engine",
				"identifier", "identifierPrefix",
			},
			Rules: map[string]simulator.Rule{
				"monitoringInterval": monitoringIntervals, "promotionTier": simulator.Between(0, 15),
				"preferredBackupWindow": dailyWindow, "preferredMaintenanceWindow": weekWindow,
			},
			AtMostOne: [][]string{{"identifier", "identifierPrefix"}},
			References: []simulator.Reference{
				{
					Origin:   simulator.Origin{ID: "aws-rds-cluster-has-instances", Source: rdsDeleteCluster},
					Property: "clusterIdentifier", To: kinds(dbClusterKind),
				},
				databaseReferences()[0],
				{
					Origin:   simulator.Origin{ID: "aws-rds-parameter-group-in-use", Source: rdsDeleteParameterGroup},
					Property: "dbParameterGroupName", To: kinds(dbParameterGroupKind), By: simulator.ByName, Address: unlessDefault,
				},
			},
			Unique:      []simulator.Unique{uniqueInstance()},
			Constraints: clusterInstanceConstraints(),
			API:         []string{"rds:CreateDBInstance", "rds:ModifyDBInstance"},
			Parameters: map[string]string{
				"identifier": "DBInstanceIdentifier", "instanceClass": "DBInstanceClass", "clusterIdentifier": "DBClusterIdentifier",
			},
			Compute: computeClusterInstance,
		},
	}
}

func computeDBCluster(c *simulator.Call) {
	engine, name := engineOf(c)
	actual := engine.resolve(c.Text("engineVersion"))
	c.SetNew("clusterIdentifier", c.ID)
	c.SetNew("clusterIdentifierPrefix", c.Text("clusterIdentifierPrefix"))
	c.SetNew("engineVersion", actual)
	c.Set("engineVersionActual", actual)
	c.SetNew("port", engine.port)
	c.SetNew("databaseName", "")
	c.SetNew("masterUsername", "")
	c.SetNew("backupRetentionPeriod", 1)
	c.SetNew("allocatedStorage", 1)
	c.SetNew("applyImmediately", false)
	c.SetNew("dbClusterParameterGroupName", "default."+engine.family(name, actual))
	c.SetNew("dbSubnetGroupName", "default")
	c.SetNew("storageType", "")
	c.SetNew("storageEncrypted", c.Text("engineMode") == "serverless")
	c.SetNew("monitoringInterval", 0)
	c.SetNew("clusterScalabilityType", "standard")
	c.SetNew("dbSystemId", "")
	c.SetNew("preferredBackupWindow", "07:00-07:30")
	c.SetNew("preferredMaintenanceWindow", "sun:09:00-sun:09:30")
	c.SetNew("availabilityZones", clusterZones(c))
	c.SetNew("clusterMembers", []any{})
	c.SetNew("iamRoles", []any{})
	computePlace(c, c.ID, databaseZone(c))
	computeMasterSecret(c)
	authority, until := "", ""
	if !engine.aurora {
		authority, until = certificateAuthority, certificates[certificateAuthority].until
	}
	c.SetNew("caCertificateIdentifier", authority)
	c.SetNew("caCertificateValidTill", until)
	c.Set("clusterResourceId", "cluster-"+databaseID(c.ID)[len("db-"):])
	c.Set("endpoint", databaseHost(c, c.ID+".cluster"))
	c.Set("readerEndpoint", databaseHost(c, c.ID+".cluster-ro"))
	for _, other := range []string{"availabilityZone", "backupWindow", "caCertIdentifier", "maintenanceWindow"} {
		delete(c.Outputs, resourceKey(other)) // an instance's
	}
}

// clusterZones returns the zones over which a cluster is spread: those of its subnets, three at most.
func clusterZones(c *simulator.Call) []string {
	var names []string
	if group := subnetGroupOf(c); group != nil {
		for _, subnet := range subnetsOfGroup(c, group) {
			names = append(names, subnet.Text("availabilityZone"))
		}
	}
	if names == nil {
		names = zoneNames(c.Region)
	}
	slices.Sort(names)
	names = slices.Compact(names)
	return names[:min(3, len(names))]
}

func computeClusterInstance(c *simulator.Call) {
	cluster := c.Find(dbClusterKind, c.Text("clusterIdentifier"))
	engine, name := engineOf(c)
	c.SetNew("identifier", c.ID)
	c.SetNew("identifierPrefix", c.Text("identifierPrefix"))
	for _, name := range []string{"engineVersion", "engineVersionActual", "dbSubnetGroupName", "networkType", "kmsKeyId"} {
		c.SetNew(name, cluster.Text(name))
	}
	if cluster != nil {
		c.Outputs["port"] = cluster.Outputs["port"] // a mark stays
	}
	c.Set("storageEncrypted", cluster.Flag("storageEncrypted"))
	c.SetNew("dbParameterGroupName", "default."+engine.family(name, cluster.Text("engineVersionActual")))
	zonesOfCluster := stringsOf(cluster.Output("availabilityZones"))
	zone := firstZone(c.Region).name
	if len(zonesOfCluster) > 0 {
		zone = zonesOfCluster[hexNumber(c.Hex("zone", 4))%uint64(len(zonesOfCluster))]
	}
	c.SetNew("availabilityZone", zone)
	c.SetNew("applyImmediately", false)
	c.SetNew("caCertIdentifier", certificateAuthority)
	c.SetNew("monitoringRoleArn", "")
	c.SetNew("publiclyAccessible", false)
	c.SetNew("performanceInsightsEnabled", false)
	c.SetNew("preferredBackupWindow", cluster.Text("preferredBackupWindow"))
	c.SetNew("preferredMaintenanceWindow", "mon:05:00-mon:05:30")
	computeInsights(c)
	c.Set("dbiResourceId", databaseID(c.ID))
	c.Set("endpoint", databaseHost(c, c.ID))
	c.Set("writer", len(c.Others(cluster.Users(dbClusterInstanceKind))) == 0)
}
