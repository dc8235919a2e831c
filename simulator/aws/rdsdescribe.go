package aws

import (
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"

	"github.com/holdfast-iac/holdfast/simulator"
)

// Look-ups that describe a database that exists. Source of the outputs' forms: terraform-provider-aws,
// internal/service/rds/{instance,cluster}_data_source.go.

// tell sets outputs of a look-up to an object's: each by its name, or "output=name" where the object calls it
// otherwise. What the object lacks becomes zero.
func tell(c *simulator.Call, found *simulator.Object, zero any, names ...string) {
	for _, pair := range names {
		output, name, renamed := strings.Cut(pair, "=")
		if !renamed {
			name = output
		}
		if value, ok := found.Outputs[resourceKey(name)]; ok && !value.IsNull() {
			c.Outputs[resourceKey(output)] = value
		} else {
			c.Set(output, zero)
		}
	}
}

func lookUpInstance(c *simulator.Call) resource.PropertyMap {
	name := strings.ToLower(c.Text("dbInstanceIdentifier"))
	found := c.FindBy(dbInstanceKind, simulator.ByName, name)
	if found == nil {
		found = c.FindBy(dbClusterInstanceKind, simulator.ByName, name)
	}
	if found == nil {
		c.Fail("dbInstanceIdentifier", dbInstanceKind.NotFound, name)
		return nil
	}
	tell(c, found, "", "address", "availabilityZone", "caCertIdentifier", "databaseInsightsMode",
		"dbClusterIdentifier=clusterIdentifier", "dbInstanceArn=arn", "dbInstanceClass=instanceClass",
		"dbInstanceIdentifier=identifier", "dbName", "dbSubnetGroup=dbSubnetGroupName", "endpoint", "engine",
		"engineVersion=engineVersionActual", "hostedZoneId", "kmsKeyId", "licenseModel", "masterUsername=username",
		"monitoringRoleArn", "networkType", "preferredBackupWindow=backupWindow", "preferredMaintenanceWindow=maintenanceWindow",
		"replicateSourceDb", "resourceId", "storageType", "timezone")
	tell(c, found, 0, "allocatedStorage", "backupRetentionPeriod", "dbInstancePort=port", "iops", "maxAllocatedStorage",
		"monitoringInterval", "port", "storageThroughput")
	tell(c, found, false, "autoMinorVersionUpgrade", "multiAz", "publiclyAccessible", "storageEncrypted")
	tell(c, found, []any{}, "enabledCloudwatchLogsExports", "masterUserSecrets", "vpcSecurityGroups=vpcSecurityGroupIds")
	c.Set("dbParameterGroups", []string{found.Text("parameterGroupName") + found.Text("dbParameterGroupName")})
	c.Set("optionGroupMemberships", []string{found.Text("optionGroupName")})
	c.Outputs["tags"] = resource.NewObjectProperty(found.Tags())
	c.Set("id", c.Outputs["dbInstanceIdentifier"].StringValue())
	return c.Outputs
}

func lookUpCluster(c *simulator.Call) resource.PropertyMap {
	name := strings.ToLower(c.Text("clusterIdentifier"))
	found := c.Find(dbClusterKind, name)
	if found == nil {
		c.Fail("clusterIdentifier", dbClusterKind.NotFound, name)
		return nil
	}
	tell(c, found, "", "arn", "clusterIdentifier", "clusterResourceId", "clusterScalabilityType", "databaseInsightsMode",
		"databaseName", "dbClusterParameterGroupName", "dbSubnetGroupName", "dbSystemId", "endpoint", "engine", "engineMode",
		"engineVersion=engineVersionActual", "finalSnapshotIdentifier", "hostedZoneId", "kmsKeyId", "masterUsername",
		"monitoringRoleArn", "networkType", "preferredBackupWindow", "preferredMaintenanceWindow", "readerEndpoint",
		"replicationSourceIdentifier")
	tell(c, found, 0, "backtrackWindow", "backupRetentionPeriod", "monitoringInterval", "port")
	tell(c, found, false, "iamDatabaseAuthenticationEnabled", "storageEncrypted")
	tell(c, found, []any{}, "availabilityZones", "enabledCloudwatchLogsExports", "iamRoles", "masterUserSecrets",
		"vpcSecurityGroupIds")
	members := []string{}
	for _, member := range found.Users(dbClusterInstanceKind) {
		members = append(members, member.ID)
	}
	c.Set("clusterMembers", members)
	c.Outputs["tags"] = resource.NewObjectProperty(found.Tags())
	c.Set("id", found.ID)
	return c.Outputs
}
