package aws

import (
	"crypto/sha256"
	"encoding/base32"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/holdfast-iac/holdfast/simulator"
)

// Sources: terraform-provider-aws, internal/service/rds/{instance,validate}.go; the RDS API's CreateDBInstance and
// DeleteDBInstance.

const (
	rdsCreateInstance = "https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstance.html"
	rdsModifyInstance = "https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_ModifyDBInstance.html"
	rdsDeleteInstance = "https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_DeleteDBInstance.html"
	rdsInstanceSource = "terraform-provider-aws, internal/service/rds/instance.go"
)

var dbInstanceKind = &simulator.Kind{
	Noun:     "RDS DB Instance",
	ID:       func(c *simulator.Call) string { return databaseID(databaseIdentifier(c)) },
	ARN:      "arn:{partition}:rds:{region}:{account}:db:{identifier}",
	Name:     "identifier",
	NotFound: "DBInstanceNotFound: DBInstance %s not found.",
}

// databaseIDForm matches the ids of instances.
var databaseIDForm = regexp.MustCompile(`^db-[A-Z2-7]{26}$`)

// databaseID returns the id of a resource for an identifier. AWS makes it up; here the one follows from the other, so
// that an instance can be imported by its identifier.
func databaseID(identifier string) string {
	if databaseIDForm.MatchString(identifier) {
		return identifier
	}
	sum := sha256.Sum256([]byte(identifier))
	return "db-" + base32.StdEncoding.EncodeToString(sum[:])[:26]
}

// databaseIdentifier returns the identifier given, or the one made up from the prefix.
func databaseIdentifier(c *simulator.Call) string {
	switch prefix := c.Text("identifierPrefix"); {
	case c.Given("identifier"):
		return strings.ToLower(c.Text("identifier"))
	case prefix != "":
		return prefix + c.Hex("identifierPrefix", prefixDigits)
	default:
		return "tf-" + c.Hex("identifier", prefixDigits)
	}
}

// dbIdentifier allows the identifiers of instances and clusters.
var dbIdentifier = simulator.All(
	simulator.Matches(`^[0-9a-z-]+$`, "lower-case letters, digits and hyphens are"),
	simulator.Matches(`^[a-z]`, "identifiers that begin with a letter are"),
	simulator.Matches(`^([^-]|-[^-])*$`, "identifiers without a hyphen at the end or two in a row are"),
	simulator.Length(1, 63),
)

// Windows in which RDS and ElastiCache work: a day's time, and a time of the week.
var (
	dailyWindow = simulator.Matches(`^([01]\d|2[0-3]):[0-5]\d-([01]\d|2[0-3]):[0-5]\d$`, "times as in 03:00-04:00 are")
	weekWindow  = simulator.Matches(`(?i)^((mon|tue|wed|thu|fri|sat|sun):([01]\d|2[0-3]):[0-5]\d(-|$)){2}$`,
		"times as in sun:05:00-sun:06:00 are")
	monitoringIntervals = simulator.OneOfNumbers(0, 1, 5, 10, 15, 30, 60)
)

func databaseReferences() []simulator.Reference {
	return []simulator.Reference{
		{
			Origin:   simulator.Origin{ID: "aws-rds-subnet-group-in-use", Source: rdsDeleteSubnetGroup},
			Property: "dbSubnetGroupName", To: kinds(dbSubnetGroupKind), By: simulator.ByName,
			Address: unlessDefault,
		},
		{Property: "vpcSecurityGroupIds[*]", To: kinds(securityGroupKind)},
		{Property: "kmsKeyId", To: kinds(keyKind), By: simulator.ByARN, OnDelete: simulator.Ignore,
			NotFound: "KMSKeyNotAccessibleFault: The specified KMS key [%s] does not exist, is not enabled or you do not have " +
				"permissions to access it."},
		{Property: "monitoringRoleArn", To: kinds(roleKind), By: simulator.ByARN, OnDelete: simulator.Ignore,
			NotFound: "InvalidParameterValue: IAM role ARN value is invalid or does not include the required permissions for: " +
				"ENHANCED_MONITORING: %s"},
	}
}

// unlessDefault leaves out the groups that AWS makes itself.
func unlessDefault(_ *simulator.Call, name string) (string, bool) {
	return strings.ToLower(name), !strings.HasPrefix(name, "default")
}

func rdsInstanceTypes() []*simulator.Type {
	return []*simulator.Type{{
		Token: "aws:rds/instance:Instance",
		Kind:  dbInstanceKind,
		Defaults: map[string]any{
			"autoMinorVersionUpgrade": true, "copyTagsToSnapshot": false, "deleteAutomatedBackups": true,
			"monitoringInterval": 0, "performanceInsightsEnabled": false, "publiclyAccessible": false,
			"skipFinalSnapshot": false,
		},
		AutoName: &simulator.AutoName{Property: "identifier", MaxLength: 63, Lower: true},
		Immutable: []string{
			"availabilityZone", "backupTarget", "characterSetName", "customIamInstanceProfile", "dbName", "engine",
			"identifierPrefix", "kmsKeyId", "name", "ncharCharacterSetName", "restoreToPointInTime", "s3Import",
			"snapshotIdentifier", "storageEncrypted", "timezone", "username",
		},
		Sets: []string{"domainDnsIps", "enabledCloudwatchLogsExports", "vpcSecurityGroupIds"},
		Rules: map[string]simulator.Rule{
			"backupWindow": dailyWindow, "maintenanceWindow": weekWindow, "monitoringInterval": monitoringIntervals,
			"backupRetentionPeriod": simulator.Between(0, 35),
			"backupTarget":          simulator.OneOf("outposts", "region"),
			"networkType":           simulator.OneOf("DUAL", "IPV4"),
			"storageType":           simulator.OneOf("gp2", "gp3", "io1", "io2", "standard"),
			"databaseInsightsMode":  simulator.OneOf("advanced", "standard"),
			"kmsKeyId":              validARN,
		},
		AtMostOne: [][]string{
			{"identifier", "identifierPrefix"}, {"dbName", "name"}, {"manageMasterUserPassword", "password"},
			{"replicateSourceDb", "restoreToPointInTime", "s3Import", "snapshotIdentifier"},
		},
		References: append(databaseReferences(),
			simulator.Reference{
				Origin:   simulator.Origin{ID: "aws-rds-parameter-group-in-use", Source: rdsDeleteParameterGroup},
				Property: "parameterGroupName", To: kinds(dbParameterGroupKind), By: simulator.ByName, Address: unlessDefault,
			},
			simulator.Reference{Property: "replicateSourceDb", To: kinds(dbInstanceKind), By: simulator.ByName,
				OnDelete: simulator.Ignore, Address: unlessARN},
			simulator.Reference{Property: "replicateSourceDb", To: kinds(dbInstanceKind), By: simulator.ByARN,
				OnDelete: simulator.Ignore, Address: ifHereARN},
			simulator.Reference{Property: "snapshotIdentifier", To: kinds(dbSnapshotKind), OnDelete: simulator.Ignore,
				Address: unlessARN},
		),
		Unique:      []simulator.Unique{uniqueInstance()},
		Constraints: databaseConstraints(),
		API:         []string{"rds:CreateDBInstance", "rds:ModifyDBInstance"},
		Parameters: map[string]string{
			"identifier": "DBInstanceIdentifier", "username": "MasterUsername", "password": "MasterUserPassword",
		},
		Import:  databaseID,
		Compute: computeDBInstance,
	}}
}

// uniqueInstance keeps an instance's identifier, be it in a cluster or not, from others.
func uniqueInstance() simulator.Unique {
	return simulator.Unique{
		Origin: simulator.Origin{ID: "aws-rds-instance-exists", Source: rdsCreateInstance},
		Space:  "database instance",
		Error:  "DBInstanceAlreadyExists: DB instance already exists: %s",
		Keys:   func(c *simulator.Call) []string { return []string{databaseIdentifier(c)} },
	}
}

// unlessARN and ifHereARN tell names from the ARNs of things in the call's region.
func unlessARN(_ *simulator.Call, name string) (string, bool) {
	return name, !strings.HasPrefix(name, "arn:")
}

func ifHereARN(c *simulator.Call, name string) (string, bool) {
	return name, strings.HasPrefix(name, "arn:") && strings.Contains(name, ":"+c.Region+":")
}

// sourceInstance returns the instance that a replica copies, if it is of this region.
func sourceInstance(c *simulator.Call) *simulator.Object {
	name := c.Text("replicateSourceDb")
	if source := c.FindBy(dbInstanceKind, simulator.ByName, name); source != nil {
		return source
	}
	return c.FindBy(dbInstanceKind, simulator.ByARN, name)
}

// databaseName returns the name of the first database, by either of its inputs.
func databaseName(c *simulator.Call) string { return c.Text("dbName") + c.Text("name") }

func computeDBInstance(c *simulator.Call) {
	identifier := databaseIdentifier(c)
	c.SetNew("identifier", identifier)
	c.SetNew("identifierPrefix", c.Text("identifierPrefix"))
	inheritFromSource(c)
	engine, name := engineOf(c)
	actual := engine.resolve(c.Text("engineVersion"))
	if source := sourceInstance(c); source != nil && !c.Given("engineVersion") {
		actual = source.Text("engineVersionActual")
	}
	c.SetNew("engine", name)
	c.SetNew("engineVersion", actual)
	c.Set("engineVersionActual", actual)
	c.Set("dbName", databaseName(c))
	c.SetNew("username", "")
	c.SetNew("licenseModel", engine.license)
	c.SetNew("port", engine.port)
	c.SetNew("allocatedStorage", 20)
	c.SetNew("backupRetentionPeriod", 0) // the provider always says it
	c.SetNew("parameterGroupName", "default."+engine.family(name, actual))
	c.SetNew("optionGroupName", "default:"+name+"-"+strings.ReplaceAll(engine.major(actual), ".", "-"))
	computeStorage(c)
	computePlace(c, identifier, databaseZone(c))
	computeMasterSecret(c)
	port := strconv.Itoa(int(c.Outputs["port"].NumberValue()))
	host := databaseHost(c, identifier)
	c.Set("address", host)
	c.Set("endpoint", host+":"+port)
	c.Set("resourceId", c.ID)
	c.SetNew("dbSubnetGroupName", "default")
	c.SetNew("latestRestorableTime", c.Now().UTC().Format(time.RFC3339))
	c.SetNew("backupTarget", "region")
	c.SetNew("multiAz", false)
	c.Set("status", "available")
	c.Set("listenerEndpoints", []any{})
	c.SetNew("replicas", []any{})
	for _, empty := range []string{
		"characterSetName", "domainFqdn", "ncharCharacterSetName", "replicaMode", "snapshotIdentifier", "timezone",
	} {
		c.SetNew(empty, "")
	}
}

// engineOf returns the engine that an instance or cluster asks for, and its name; postgres for what the table lacks.
func engineOf(c *simulator.Call) (*databaseEngine, string) {
	name := strings.ToLower(c.Text("engine"))
	if c.Outputs["engine"].IsString() && name == "" {
		name = c.Outputs["engine"].StringValue()
	}
	if engine := engineNamed(name); engine != nil {
		return engine, name
	}
	if name == "" {
		name = "postgres"
	}
	return &databaseEngines[0], name
}

// inheritFromSource gives a replica what it takes from its source.
func inheritFromSource(c *simulator.Call) {
	source := sourceInstance(c)
	if source == nil {
		return
	}
	for _, name := range []string{"engine", "username", "storageType", "dbSubnetGroupName"} {
		c.SetNew(name, source.Text(name))
	}
	for _, name := range []string{"allocatedStorage", "port"} {
		if _, given := c.Outputs[resourceKey(name)]; !given {
			c.Outputs[resourceKey(name)] = source.Outputs[resourceKey(name)]
		}
	}
}
