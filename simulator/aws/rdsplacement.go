package aws

import (
	"regexp"
	"strconv"
	"strings"

	"github.com/holdfast-iac/holdfast/simulator"
)

// What RDS refuses of instances and clusters because of what else exists. Sources as in rdsconstraint.go; RDS user
// guide, "Working with a DB instance in a VPC", "Working with read replicas".

const (
	rdsVPCGuide     = "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_VPC.WorkingWithRDSInstanceinaVPC.html"
	rdsReplicaGuide = "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_ReadRepl.html"
	rdsUpgradeGuide = "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_UpgradeDBInstance.Upgrading.html"
)

var databaseNameForm = regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_]*$`)

func instancePlacement() []simulator.Constraint {
	return []simulator.Constraint{
		groupsInVPC("aws-rds-security-group-vpc"),
		rdsApply("aws-rds-public-gateway", rdsVPCGuide, "InvalidVPCNetworkStateFault: Cannot create a publicly accessible "+
			"DBInstance. The specified VPC %s has no internet gateway attached. Update the VPC and then try again",
			func(c *simulator.Call, broken func(string, ...any)) {
				if vpc := databaseVPC(c); vpc != nil && c.Flag("publiclyAccessible") && len(vpc.Users(internetGatewayKind)) == 0 {
					broken("publiclyAccessible", vpc.ID)
				}
			}),
		rdsApply("aws-rds-public-names", rdsVPCGuide, "InvalidVPCNetworkStateFault: Cannot create a publicly accessible "+
			"DBInstance. The specified VPC %s does not support DNS resolution, DNS hostnames, or both. Update the VPC and "+
			"then try again",
			func(c *simulator.Call, broken func(string, ...any)) {
				vpc := databaseVPC(c)
				if vpc == nil || !c.Flag("publiclyAccessible") || len(vpc.Users(internetGatewayKind)) == 0 {
					return
				}
				if !vpc.Flag("enableDnsSupport") || !vpc.Flag("enableDnsHostnames") {
					broken("publiclyAccessible", vpc.ID)
				}
			}),
		rdsApply("aws-rds-replica-source-backups", rdsReplicaGuide, "InvalidDBInstanceState: Automated backups are not enabled "+
			"for this database instance. To enable automated backups, use ModifyDBInstance to set the backup retention period "+
			"to a non-zero value.",
			func(c *simulator.Call, broken func(string, ...any)) {
				source := sourceInstance(c)
				if source == nil || c.Old != nil {
					return
				}
				if days := source.Output("backupRetentionPeriod"); days.IsNumber() && days.NumberValue() == 0 {
					broken("replicateSourceDb")
				}
			}),
		rdsApply("aws-rds-parameter-group-family", rdsCreateInstance, "InvalidParameterCombination: The parameter group %s "+
			"with DBParameterGroupFamily %s can't be used for this instance. Use a parameter group with DBParameterGroupFamily %s.",
			findFamily("parameterGroupName", dbParameterGroupKind)),
		rdsApply("aws-rds-subnet-group-move", rdsModifyInstance, "InvalidVPCNetworkStateFault: You cannot move DB instance %s "+
			"to subnet group %s. The specified DB subnet group and DB instance are in the same VPC. Choose a DB subnet group "+
			"in different VPC than the specified DB instance and try again.",
			func(c *simulator.Call, broken func(string, ...any)) {
				group := subnetGroupOf(c)
				if c.Old == nil || group == nil || c.Old.Text("dbSubnetGroupName") == group.ID {
					return
				}
				old := c.FindBy(dbSubnetGroupKind, simulator.ByName, c.Old.Text("dbSubnetGroupName"))
				if old != nil && old.Text("vpcId") == group.Text("vpcId") {
					broken("dbSubnetGroupName", c.Old.Text("identifier"), group.ID)
				}
			}),
	}
}

// databaseVPC returns the VPC of the resource's subnet group, or nil.
func databaseVPC(c *simulator.Call) *simulator.Object {
	if group := subnetGroupOf(c); group != nil {
		return c.Find(vpcKind, group.Text("vpcId"))
	}
	return nil
}

// groupsInVPC is the constraint that a database's security groups are of its VPC.
func groupsInVPC(id string) simulator.Constraint {
	return rdsApply(id, rdsVPCGuide, "InvalidParameterCombination: The DB instance and EC2 security group are in different "+
		"VPCs. The DB instance is in %s and the EC2 security group is in %s",
		func(c *simulator.Call, broken func(string, ...any)) {
			vpc := databaseVPC(c)
			c.Each("vpcSecurityGroupIds[*]", func(path, id string) {
				group := c.Find(securityGroupKind, id)
				if vpc != nil && group != nil && group.Text("vpcId") != vpc.ID {
					broken(path, vpc.ID, group.Text("vpcId"))
				}
			})
		})
}

// findFamily finds a parameter group of another family than the engine's version has.
func findFamily(input string, kind *simulator.Kind) func(c *simulator.Call, broken func(string, ...any)) {
	return func(c *simulator.Call, broken func(string, ...any)) {
		group := c.FindBy(kind, simulator.ByName, strings.ToLower(c.Text(input)))
		engine := engineNamed(c.Text("engine"))
		if group == nil || engine == nil {
			return
		}
		version := c.Text("engineVersion")
		if version == "" && c.Old != nil {
			version = c.Old.Text("engineVersionActual")
		}
		wanted := engine.family(c.Text("engine"), engine.resolve(version))
		if family := group.Text("family"); family != wanted {
			broken(input, group.ID, family, wanted)
		}
	}
}

func instanceChanges() []simulator.Constraint {
	return []simulator.Constraint{
		majorUpgrade("aws-rds-major-upgrade"),
		rdsApply("aws-rds-downgrade", rdsUpgradeGuide, "InvalidParameterCombination: Cannot upgrade %s from %s to %s",
			func(c *simulator.Call, broken func(string, ...any)) {
				engine, before, after := versionChange(c)
				if engine != nil && compareVersions(after, before) < 0 {
					broken("engineVersion", c.Text("engine"), before, after)
				}
			}),
	}
}

func majorUpgrade(id string) simulator.Constraint {
	return rdsApply(id, rdsUpgradeGuide, "InvalidParameterCombination: The AllowMajorVersionUpgrade flag must be present when "+
		"upgrading to a new major version.",
		func(c *simulator.Call, broken func(string, ...any)) {
			engine, before, after := versionChange(c)
			if engine == nil || c.Flag("allowMajorVersionUpgrade") {
				return
			}
			if compareVersions(engine.major(after), engine.major(before)) > 0 {
				broken("allowMajorVersionUpgrade")
			}
		})
}

// versionChange returns the versions before and after an update that asks for a full one, and a nil engine otherwise.
func versionChange(c *simulator.Call) (engine *databaseEngine, before, after string) {
	if engine = engineNamed(c.Text("engine")); engine == nil || c.Old == nil || !c.Given("engineVersion") {
		return nil, "", ""
	}
	before, after = c.Old.Text("engineVersionActual"), c.Text("engineVersion")
	if strings.HasPrefix(before, after) {
		return nil, "", ""
	}
	return engine, before, engine.resolve(after)
}

func instanceDeletion() []simulator.Constraint {
	return []simulator.Constraint{
		{
			Origin: simulator.Origin{ID: "aws-rds-instance-protected", Source: rdsDeleteInstance},
			Stage:  simulator.AtDelete,
			Error: "InvalidParameterCombination: Cannot delete protected DB Instance, please disable deletion protection " +
				"and try again.",
			Find: findProtected,
		},
		finalSnapshot("aws-rds-instance-final-snapshot", rdsInstanceSource,
			"final_snapshot_identifier is required when skip_final_snapshot is false"),
		{
			Origin: simulator.Origin{ID: "aws-rds-final-snapshot-exists", Source: rdsDeleteInstance},
			Stage:  simulator.AtDelete,
			Error: "DBSnapshotAlreadyExists: Cannot create the snapshot because a snapshot with the identifier %s " +
				"already exists.",
			Find: func(c *simulator.Call, broken func(string, ...any)) {
				name := c.Text("finalSnapshotIdentifier")
				if !c.Flag("skipFinalSnapshot") && c.Find(dbSnapshotKind, name) != nil {
					broken("finalSnapshotIdentifier", name)
				}
			},
		},
	}
}

func findProtected(c *simulator.Call, broken func(string, ...any)) {
	if c.Old.Flag("deletionProtection") {
		broken("deletionProtection")
	}
}

// finalSnapshot is the constraint that a deletion says what the last snapshot is called, or that there is none.
func finalSnapshot(id, source, text string) simulator.Constraint {
	return simulator.Constraint{
		Origin: simulator.Origin{ID: id, Source: source}, Stage: simulator.AtDelete, Error: text,
		Find: func(c *simulator.Call, broken func(string, ...any)) {
			if !c.Flag("skipFinalSnapshot") && !c.Given("finalSnapshotIdentifier") {
				broken("finalSnapshotIdentifier")
			}
		},
	}
}

// windowsApart is the constraint that the daily window of backups and the weekly one of maintenance do not overlap.
func windowsApart(id, source, daily, weekly string) simulator.Constraint {
	return rdsConstraint(id, source, "InvalidParameterValue: The backup window and maintenance window must not overlap.",
		func(c *simulator.Call, broken func(string, ...any)) {
			if from, to, ok := strings.Cut(c.Text(weekly), "-"); ok {
				start, end, ok := strings.Cut(c.Text(daily), "-")
				if ok && windowsMeet(minuteOf(start), minuteOf(end), minuteOf(from), minuteOf(to)) {
					broken(daily)
				}
			}
		})
}

const (
	dayMinutes  = 24 * 60
	weekMinutes = 7 * dayMinutes
)

// minuteOf returns the minute of the day, or of the week that begins on Monday: 03:30, sun:03:30.
func minuteOf(text string) int {
	parts := strings.Split(strings.ToLower(text), ":")
	day := 0
	if len(parts) == 3 {
		day = strings.Index("montuewedthufrisatsun", parts[0]) / 3
		parts = parts[1:]
	}
	if len(parts) != 2 {
		return 0
	}
	hour, _ := strconv.Atoi(parts[0])
	minute, _ := strconv.Atoi(parts[1])
	return day*dayMinutes + hour*60 + minute
}

// windowsMeet reports whether a window of every day meets one of the week.
func windowsMeet(start, end, from, to int) bool {
	length := (end - start + dayMinutes) % dayMinutes
	span := (to - from + weekMinutes) % weekMinutes
	for day := range 7 {
		at := (day*dayMinutes + start - from + 2*weekMinutes) % weekMinutes // after the week's window began
		if at < span || at+length > weekMinutes {
			return true
		}
	}
	return false
}
