package aws

import (
	"fmt"
	"slices"
	"strings"

	"github.com/holdfast-iac/holdfast/simulator"
)

// What RDS refuses of instances. Sources: the RDS API's CreateDBInstance, ModifyDBInstance and DeleteDBInstance; RDS
// user guide, "DB instance storage", "Performance Insights", "Working with a DB instance in a VPC";
// terraform-provider-aws, internal/service/rds/instance.go; the wording of errors as users report it in that
// repository's issues.

const (
	rdsStorageGuide  = "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/CHAP_Storage.html"
	rdsClassGuide    = "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Concepts.DBInstanceClass.Support.html"
	rdsInsightsGuide = "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_PerfInsights.Overview.Engines.html"
)

func databaseConstraints() []simulator.Constraint {
	return slices.Concat(instanceInputs(), instanceStorage(), databaseInputs("aws-rds-", "username", "password"),
		instancePlacement(), copyConstraints(), instanceChanges(), instanceDeletion())
}

// rdsConstraint is a constraint that the inputs alone tell.
func rdsConstraint(id, source, text string, find func(c *simulator.Call, broken func(string, ...any))) simulator.Constraint {
	return simulator.Constraint{Origin: simulator.Origin{ID: id, Source: source}, Error: text, Find: find}
}

// rdsApply is a constraint on what else exists.
func rdsApply(id, source, text string, find func(c *simulator.Call, broken func(string, ...any))) simulator.Constraint {
	constraint := rdsConstraint(id, source, text, find)
	constraint.Stage = simulator.AtApply
	return constraint
}

// standalone reports whether an instance begins empty: it copies no other and no snapshot.
func standalone(c *simulator.Call) bool {
	return len(slices.DeleteFunc([]string{"replicateSourceDb", "restoreToPointInTime", "s3Import", "snapshotIdentifier"},
		func(name string) bool { return !c.Given(name) })) == 0
}

func instanceInputs() []simulator.Constraint {
	return []simulator.Constraint{
		rdsConstraint("aws-rds-identifier", "terraform-provider-aws, internal/service/rds/validate.go", "%s", findIdentifier),
		rdsConstraint("aws-rds-instance-required", rdsInstanceSource, "%q: required field is not set",
			func(c *simulator.Call, broken func(string, ...any)) {
				if !standalone(c) || strings.HasPrefix(c.Text("engine"), "custom-") {
					return
				}
				for _, name := range []string{"allocatedStorage", "engine", "username"} {
					if !c.Given(name) {
						broken(name, name)
					}
				}
				if !c.Given("password") && !c.Given("manageMasterUserPassword") {
					broken("password", "password")
				}
			}),
		rdsConstraint("aws-rds-instance-class-name", rdsCreateInstance, "InvalidParameterValue: Invalid DB Instance class: %s",
			func(c *simulator.Call, broken func(string, ...any)) {
				if class := c.Text("instanceClass"); class != "" && !instanceClass.MatchString(class) {
					broken("instanceClass", class)
				}
			}),
		rdsConstraint("aws-rds-instance-class-engine", rdsClassGuide, classCombination, findClass),
		rdsConstraint("aws-rds-multi-az-zone", rdsCreateInstance,
			"InvalidParameterCombination: Requesting a specific availability zone is not valid for Multi-AZ instances.",
			func(c *simulator.Call, broken func(string, ...any)) {
				if c.Flag("multiAz") && c.Given("availabilityZone") {
					broken("availabilityZone")
				}
			}),
		windowsApart("aws-rds-windows-overlap", rdsCreateInstance, "backupWindow", "maintenanceWindow"),
		monitoringRole(),
		rdsConstraint("aws-rds-insights-class", rdsInsightsGuide,
			"InvalidParameterCombination: Performance Insights not supported for this configuration. (instance class %s)",
			func(c *simulator.Call, broken func(string, ...any)) {
				small := slices.Contains([]string{"db.t2.micro", "db.t2.small", "db.t3.micro", "db.t3.small", "db.t4g.micro",
					"db.t4g.small"}, c.Text("instanceClass"))
				if c.Flag("performanceInsightsEnabled") && small && (c.Text("engine") == "mysql" || c.Text("engine") == "mariadb") {
					broken("performanceInsightsEnabled", c.Text("instanceClass"))
				}
			}),
	}
}

const classCombination = "InvalidParameterCombination: RDS does not support creating a DB instance with the following " +
	"combination: DBInstanceClass=%s, Engine=%s, EngineVersion=%s. For supported combinations of instance class and " +
	"database engine version, see the documentation."

// findIdentifier finds identifiers that the provider does not let through.
func findIdentifier(c *simulator.Call, broken func(string, ...any)) {
	for _, name := range []string{"identifier", "clusterIdentifier"} {
		value := c.Inputs[resourceKey(name)]
		if !value.IsString() || value.StringValue() == "" {
			continue
		}
		if refusal := dbIdentifier(value); refusal != "" {
			broken(name, refusal)
		}
	}
}

// findClass finds classes of instances that their engine does not run on.
func findClass(c *simulator.Call, broken func(string, ...any)) {
	engine := engineNamed(c.Text("engine"))
	if engine == nil || !c.Known("engineVersion") {
		return
	}
	version := engine.resolve(c.Text("engineVersion"))
	if class := c.Text("instanceClass"); !engine.fits(class, version) {
		broken("instanceClass", class, c.Text("engine"), version)
	}
}

func monitoringRole() simulator.Constraint {
	return rdsConstraint("aws-rds-monitoring-role", rdsCreateInstance, "InvalidParameterCombination: "+
		"A MonitoringRoleARN value is required if you specify a MonitoringInterval value other than 0.",
		func(c *simulator.Call, broken func(string, ...any)) {
			if seconds, _ := c.Number("monitoringInterval"); seconds > 0 && !c.Given("monitoringRoleArn") {
				broken("monitoringRoleArn")
			}
		})
}

func instanceStorage() []simulator.Constraint {
	return []simulator.Constraint{
		rdsConstraint("aws-rds-storage-minimum", rdsStorageGuide,
			"InvalidParameterCombination: Invalid storage size for engine name %s and storage type %s: %v",
			func(c *simulator.Call, broken func(string, ...any)) {
				size, given := c.Number("allocatedStorage")
				least, kind := leastStorage(c)
				if given && size < least {
					broken("allocatedStorage", c.Text("engine"), kind, size)
				}
			}),
		rdsConstraint("aws-rds-storage-iops", rdsStorageGuide,
			"InvalidParameterCombination: The storage type %s requires iops to be specified.",
			func(c *simulator.Call, broken func(string, ...any)) {
				if kind := c.Text("storageType"); (kind == "io1" || kind == "io2") && !c.Given("iops") && standalone(c) {
					broken("iops", kind)
				}
			}),
		rdsConstraint("aws-rds-gp3-small", rdsStorageGuide, "InvalidParameterCombination: You can't specify IOPS or storage "+
			"throughput for engine %s and a storage size less than %v.",
			func(c *simulator.Call, broken func(string, ...any)) {
				engine := engineNamed(c.Text("engine"))
				size, given := c.Number("allocatedStorage")
				if engine == nil || !given || c.Text("storageType") != "gp3" {
					return
				}
				least := map[int]float64{1433: 0, 1521: 200}[engine.port]
				if engine.port != 1433 && engine.port != 1521 {
					least = 400
				}
				if asked := c.Given("iops") || c.Given("storageThroughput"); asked && size < least && standalone(c) {
					broken("storageType", c.Text("engine"), least)
				}
			}),
		rdsConstraint("aws-rds-max-storage", rdsCreateInstance,
			"InvalidParameterCombination: The maximum allocated storage must be increased by at least 10 percent.",
			func(c *simulator.Call, broken func(string, ...any)) {
				size, known := c.Number("allocatedStorage")
				most, given := c.Number("maxAllocatedStorage")
				if known && given && most != 0 && most != size && most*10 < size*11 {
					broken("maxAllocatedStorage")
				}
			}),
	}
}

// leastStorage returns the least GiB that an engine takes with the type of storage, and that type; 0 when unsure.
func leastStorage(c *simulator.Call) (float64, string) {
	kind := c.Text("storageType")
	open := slices.Contains([]string{"mariadb", "mysql", "postgres"}, c.Text("engine"))
	switch {
	case !open || !c.Known("storageType") || !c.Known("iops"):
		return 0, kind
	case kind == "io1" || kind == "io2":
		return 100, kind
	case kind == "" && c.Given("iops"):
		return 100, "io1"
	case kind == "standard":
		return 5, kind
	case kind == "":
		kind = "gp2"
	}
	return 20, kind
}

// databaseInputs are the constraints on what instances and clusters say of their database and its master user, by the
// names of those inputs.
func databaseInputs(prefix, user, password string) []simulator.Constraint {
	return []simulator.Constraint{
		rdsConstraint(prefix+"reserved-user", rdsCreateInstance, "InvalidParameterValue: MasterUsername %s cannot be used "+
			"as it is a reserved word used by the engine",
			func(c *simulator.Call, broken func(string, ...any)) {
				name := strings.ToLower(c.Text(user))
				postgres := strings.HasSuffix(c.Text("engine"), "postgres") || strings.HasSuffix(c.Text("engine"), "postgresql")
				if name == "rdsadmin" || name == "admin" && postgres {
					broken(user, c.Text(user))
				}
			}),
		rdsConstraint(prefix+"password-characters", rdsCreateInstance, "InvalidParameterValue: The parameter "+
			`MasterUserPassword is not a valid password. Only printable ASCII characters besides '/', '@', '"', ' ' may be used.`,
			func(c *simulator.Call, broken func(string, ...any)) {
				bad := func(r rune) bool { return r <= ' ' || r > '~' || strings.ContainsRune(`/@"`, r) }
				if strings.ContainsFunc(c.Text(password), bad) {
					broken(password)
				}
			}),
		rdsConstraint(prefix+"password-length", rdsCreateInstance, "InvalidParameterValue: The parameter "+
			"MasterUserPassword is not a valid password because it is %s characters.",
			func(c *simulator.Call, broken func(string, ...any)) {
				engine := engineNamed(c.Text("engine"))
				switch n := len(c.Text(password)); {
				case n > 0 && n < 8:
					broken(password, "shorter than 8")
				case engine != nil && n > engine.longest:
					broken(password, fmt.Sprintf("longer than %d", engine.longest))
				}
			}),
		rdsConstraint(prefix+"database-name", rdsCreateInstance,
			"InvalidParameterValue: DBName must begin with a letter and contain only alphanumeric characters.",
			func(c *simulator.Call, broken func(string, ...any)) {
				for _, name := range []string{"dbName", "name", "databaseName"} {
					if value := c.Text(name); value != "" && !databaseNameForm.MatchString(value) {
						broken(name)
					}
				}
			}),
		rdsConstraint(prefix+"engine-version", rdsCreateInstance, "InvalidParameterCombination: Cannot find version %s for %s",
			func(c *simulator.Call, broken func(string, ...any)) {
				engine, version := engineNamed(c.Text("engine")), c.Text("engineVersion")
				if engine != nil && version != "" && !engine.has(version) {
					broken("engineVersion", version, c.Text("engine"))
				}
			}),
	}
}
