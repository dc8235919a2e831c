package aws

import (
	"strings"

	"github.com/holdfast-iac/holdfast/simulator"
)

// Sources: terraform-provider-aws, internal/service/rds/snapshot.go; the RDS API's CreateDBSnapshot.

const rdsCreateSnapshot = "https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBSnapshot.html"

var dbSnapshotKind = &simulator.Kind{
	Noun:     "RDS DB Snapshot",
	ID:       func(c *simulator.Call) string { return strings.ToLower(c.Text("dbSnapshotIdentifier")) },
	NotFound: "DBSnapshotNotFound: DBSnapshot not found: %s",
}

func rdsSnapshotTypes() []*simulator.Type {
	return []*simulator.Type{{
		Token:     "aws:rds/snapshot:Snapshot",
		Kind:      dbSnapshotKind,
		Immutable: []string{"dbInstanceIdentifier", "dbSnapshotIdentifier"},
		References: []simulator.Reference{{
			Property: "dbInstanceIdentifier", To: kinds(dbInstanceKind), By: simulator.ByName, OnDelete: simulator.Ignore,
		}},
		Unique: []simulator.Unique{{
			Origin:     simulator.Origin{ID: "aws-rds-snapshot-exists", Source: rdsCreateSnapshot},
			Properties: []string{"dbSnapshotIdentifier"}, AnyCase: true,
			Error: "DBSnapshotAlreadyExists: Cannot create the snapshot because a snapshot with the identifier %s already exists.",
		}},
		API: []string{"rds:CreateDBSnapshot"},
		Compute: func(c *simulator.Call) {
			c.Set("dbSnapshotArn", "arn:"+c.Partition+":rds:"+c.Region+":"+c.Account+":snapshot:"+c.ID)
			c.SetNew("snapshotType", "manual")
			c.SetNew("status", "available")
			for _, empty := range []string{"sourceDbSnapshotIdentifier", "sourceRegion", "vpcId"} {
				c.SetNew(empty, "")
			}
			source := c.FindBy(dbInstanceKind, simulator.ByName, c.Text("dbInstanceIdentifier"))
			if source == nil {
				return // an update after the instance went
			}
			for _, name := range []string{"availabilityZone", "engine", "kmsKeyId", "licenseModel", "optionGroupName", "storageType"} {
				c.SetNew(name, source.Text(name))
			}
			for _, name := range []string{"allocatedStorage", "iops", "port"} {
				c.Outputs[resourceKey(name)] = source.Outputs[resourceKey(name)]
			}
			c.SetNew("engineVersion", source.Text("engineVersionActual"))
			c.SetNew("encrypted", source.Flag("storageEncrypted"))
			if group := c.FindBy(dbSubnetGroupKind, simulator.ByName, source.Text("dbSubnetGroupName")); group != nil {
				c.Set("vpcId", group.Text("vpcId"))
			}
		},
	}}
}
