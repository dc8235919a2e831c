package database

import (
	"maps"
	"regexp"
	"slices"
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/holdfast-iac/holdfast/components/aws/internal/inbound"
	"github.com/holdfast-iac/holdfast/components/aws/internal/logs"
	"github.com/holdfast-iac/holdfast/components/aws/internal/subnets"
	"github.com/holdfast-iac/holdfast/components/naming"
	"github.com/holdfast-iac/holdfast/components/spec"
)

// Args describe a database on AWS. VpcID and SubnetIDs are required; the rest is a production database when left out.
// See spec.Database for the cloud-neutral part.
type Args struct {
	spec.Database

	// VpcID is the VPC that the database lies in.
	VpcID pulumi.StringInput `pulumi:"vpcId"`
	// SubnetIDs are subnets of the VPC in at least two zones, for spec.StandbyReadable in three. RDS refuses fewer
	// (DBSubnetGroupDoesNotCoverEnoughAZs). Give it those of the network's data tier.
	SubnetIDs pulumi.StringArrayInput `pulumi:"subnetIds"`
	// ClientSecurityGroupIDs are the security groups that may connect, by names that stay when others come and go. Default
	// none: nobody can connect.
	ClientSecurityGroupIDs map[string]pulumi.StringInput `pulumi:"clientSecurityGroupIds"`
	// KeyARN is the KMS key that encrypts the storage, the backups, the insights and the password. Default: a key of the
	// database's own. It cannot be changed later without replacing the server.
	KeyARN pulumi.StringPtrInput `pulumi:"keyArn"`
	// LogsKeyARN is the key that encrypts the logs. Its policy must let logs.<region>.amazonaws.com use it. Default: the
	// database's own key; with KeyARN, a key of their own.
	LogsKeyARN pulumi.StringPtrInput `pulumi:"logsKeyArn"`
	// MasterPassword is the password of the first user: 8 to 128 printable ASCII characters besides / @ " and spaces.
	// Default: RDS makes one up, keeps it in Secrets Manager and changes it every week, so that it is in no program and in
	// no state. Replicas and BlueGreen need it given, because RDS for PostgreSQL copies no database whose password it
	// manages (RDS User Guide, "Password management with Amazon RDS and AWS Secrets Manager", limitations). It is kept as
	// a secret in the stack's state and in Secrets Manager; to change it, change it here.
	MasterPassword pulumi.StringInput `pulumi:"masterPassword"`
	// RotationDays is after how many days RDS changes the password that it manages, 1 to 1000. Default 7.
	RotationDays int `pulumi:"rotationDays"`
	// MonitoringSeconds is how often the operating system is measured: every 1, 5, 10, 15, 30 or 60 seconds. Default 60.
	MonitoringSeconds int `pulumi:"monitoringSeconds"`
	// AdvancedInsights keeps what the database was busy with for 15 months in place of 7 days (Database Insights), for a
	// price. Default false.
	AdvancedInsights bool `pulumi:"advancedInsights"`
	// BlueGreen makes updates that need a restart on a copy, and then swaps the two: an outage of about a minute in place
	// of several. RDS refuses it for a database with replicas or with a password that it manages. Default false.
	BlueGreen bool `pulumi:"blueGreen"`
	// ExtendedSupport keeps a major version, for a price, past the end of its standard support, instead of letting RDS upgrade
	// the database to the next one then (RDS User Guide, "Amazon RDS Extended Support"). Without it, RDS creates no database
	// of a version that is past that end. Default false.
	ExtendedSupport bool `pulumi:"extendedSupport"`
	// TopicARN is the SNS topic of the region that is told what Notifications are about. Its policy, and that of its key,
	// must let events.rds.amazonaws.com publish. Default: an encrypted topic of the database's own.
	TopicARN pulumi.StringPtrInput `pulumi:"topicArn"`

	// ReplicaProvider is a provider of another region, which then keeps what is needed to go on there. Default none.
	ReplicaProvider pulumi.ProviderResource
	// Replica says what that region keeps. Default: backups, to restore from.
	Replica RegionReplica `pulumi:"replica"`
}

// RegionReplica says what another region keeps of a database. With a VPC it is a running copy that can be promoted
// within minutes and lacks the last moments; without one, it is the backups of BackupRetentionDays, from which
// restoring takes an hour or more and lacks the last minutes.
type RegionReplica struct {
	// VpcID is the VPC there in which a copy runs. Default: no copy runs, only backups are kept.
	VpcID pulumi.StringInput `pulumi:"vpcId"`
	// SubnetIDs are subnets of that VPC in at least two zones.
	SubnetIDs pulumi.StringArrayInput `pulumi:"subnetIds"`
	// ClientSecurityGroupIDs are the security groups there that may connect, as those of Args.
	ClientSecurityGroupIDs map[string]pulumi.StringInput `pulumi:"clientSecurityGroupIds"`
	// KeyARN is a KMS key of that region. Default: a key of its own.
	KeyARN pulumi.StringPtrInput `pulumi:"keyArn"`
	// TopicARN is a topic of that region, as that of Args, that is told of a running copy. Default: one of its own.
	TopicARN pulumi.StringPtrInput `pulumi:"topicArn"`
	// Class is the size of its server. Default: that of the database.
	Class string `pulumi:"class"`
	// StandbyNone runs the copy without a standby until it is promoted and given one. Default false.
	StandbyNone bool `pulumi:"standbyNone"`
}

const (
	// Port is the port that the database listens at, that of PostgreSQL.
	Port = 5432

	// Both have 2 processors and 8 GiB of memory. Multi-AZ clusters run on classes with local disks alone (RDS User Guide,
	// "Multi-AZ DB cluster deployments").
	defaultClass        = "db.m7g.large"
	defaultClusterClass = "db.m6gd.large"

	defaultMonitoringSeconds = 60
	managedRotationDays      = 7    // what RDS does by itself
	maxRotationDays          = 1000 // Secrets Manager API, RotationRulesType, AutomaticallyAfterDays
)

var (
	classPattern = regexp.MustCompile(`^db\.([a-z]+\d+)([a-z]*)(-[a-z0-9]+)?\.[a-z0-9]+(\.[a-z0-9]+)*$`)
	// oldClasses run no PostgreSQL that RDS still offers (RDS User Guide, "Supported DB engines for DB instance classes").
	oldClasses = []string{"t2", "m3", "m4", "r3", "r4"}
	// monitoringSeconds are what RDS offers (RDS API, CreateDBInstance, MonitoringInterval).
	monitoringSeconds = []int{1, 5, 10, 15, 30, 60}
)

// Validate reports everything wrong with the arguments as one error that holds spec.Problems, or nil.
func (a *Args) Validate() error {
	var ps spec.Problems
	ps.Collect("", a.Database.Validate())
	d := a.withDefaults()
	if a.VpcID == nil {
		ps.Add("vpcId", nil, "is missing; give the VPC that the database lies in")
	}
	zones := 2
	if d.Standby == spec.StandbyReadable {
		zones = 3
	}
	subnets.Check(&ps, "subnetIds", a.SubnetIDs, zones)
	inbound.CheckClients(&ps, "clientSecurityGroupIds", a.ClientSecurityGroupIDs)
	d.checkClasses(&ps)
	d.checkStandby(&ps)
	d.checkPassword(&ps)
	d.checkParameters(&ps)
	logs.CheckRetention(&ps, "logRetentionDays", d.LogRetentionDays)
	if !slices.Contains(monitoringSeconds, d.MonitoringSeconds) {
		ps.Add("monitoringSeconds", d.MonitoringSeconds, "is not offered; use 1, 5, 10, 15, 30 or 60 seconds")
	}
	if a.MajorUpgradeAllowed && !a.ApplyImmediately {
		ps.Add("majorUpgradeAllowed", true, "needs applyImmediately too: until the upgrade is done, the settings of the old version "+
			"are in use and cannot be deleted")
	}
	a.checkRegion(&ps)
	a.checkTopics(&ps)
	ps.Collect("", naming.AWSTags.Check("tags", naming.Merge(a.Tags, map[string]string{"Name": ""})))
	return ps.Err()
}

// withDefaults returns a copy with every unset field at its default.
func (a *Args) withDefaults() Args {
	d := *a
	if d.Class == "" {
		d.Class = defaultClass
		if d.Standby == spec.StandbyReadable {
			d.Class = defaultClusterClass
		}
	}
	d.Database = d.Database.WithDefaults()
	if d.MonitoringSeconds == 0 {
		d.MonitoringSeconds = defaultMonitoringSeconds
	}
	if d.RotationDays == 0 {
		d.RotationDays = managedRotationDays
	}
	if d.Replica.Class == "" {
		d.Replica.Class = d.Class
	}
	return d
}

func (a *Args) checkClasses(ps *spec.Problems) {
	checkClass(ps, "class", a.Class, a.clustered())
	for _, name := range slices.Sorted(maps.Keys(a.Replicas)) {
		if class := a.Replicas[name].Class; class != a.Class {
			checkClass(ps, "replicas."+name+".class", class, false)
		}
	}
	if a.Replica.Class != a.Class {
		checkClass(ps, "replica.class", a.Replica.Class, false)
	}
}

func checkClass(ps *spec.Problems, field, class string, clustered bool) {
	parts := classPattern.FindStringSubmatch(class)
	switch {
	case parts == nil:
		ps.Add(field, class, "is not a class of instances; use for example %s", defaultClass)
	case slices.Contains(oldClasses, parts[1]):
		ps.Add(field, class, "is of a generation that runs no supported version; use for example %s", defaultClass)
	case clustered && !strings.Contains(parts[2], "d"):
		ps.Add(field, class, "has no local disk, which readable standbys need; use for example %s", defaultClusterClass)
	}
}

// checkStandby reports what a Multi-AZ cluster, which readable standbys make, does not do (RDS User Guide, "Limitations
// of Multi-AZ DB clusters").
func (a *Args) checkStandby(ps *spec.Problems) {
	if !a.clustered() {
		return
	}
	if len(a.Replicas) > 0 {
		ps.Add("replicas", len(a.Replicas), "cannot be added to readable standbys, which can be read from already; remove one of the two")
	}
	if a.MaxStorageGiB != a.StorageGiB && a.MaxStorageGiB != (spec.Database{StorageGiB: a.StorageGiB}).WithDefaults().MaxStorageGiB {
		ps.Add("maxStorageGib", a.MaxStorageGiB, "has no effect with readable standbys, whose storage does not grow by itself; remove it")
	}
	if a.ReplicaProvider != nil {
		ps.Add("replica", nil, "is not possible with readable standbys; use a standby in another zone")
	}
	if a.BlueGreen {
		ps.Add("blueGreen", true, "is not possible with readable standbys; use a standby in another zone")
	}
}

func (a *Args) checkPassword(ps *spec.Problems) {
	const managed = "needs masterPassword: RDS for PostgreSQL copies no database whose password it manages"
	if a.MasterPassword == nil {
		if len(a.Replicas) > 0 {
			ps.Add("replicas", nil, managed)
		}
		if a.Replica.VpcID != nil {
			ps.Add("replica.vpcId", nil, managed)
		}
		if a.BlueGreen {
			ps.Add("blueGreen", nil, managed)
		}
	} else if a.RotationDays != managedRotationDays {
		ps.Add("rotationDays", a.RotationDays, "has no effect with masterPassword, which RDS does not change; remove one of the two")
	}
	if a.RotationDays < 1 || a.RotationDays > maxRotationDays {
		ps.Add("rotationDays", a.RotationDays, "is out of range; use 1 to %d days", maxRotationDays)
	}
	if a.BlueGreen && len(a.Replicas) > 0 {
		ps.Add("blueGreen", true, "is not possible with replicas; remove one of the two")
	}
}

func (a *Args) checkRegion(ps *spec.Problems) {
	r := a.Replica
	if a.ReplicaProvider == nil {
		if r.VpcID != nil || r.SubnetIDs != nil || len(r.ClientSecurityGroupIDs) > 0 || r.KeyARN != nil || r.TopicARN != nil || r.Class != "" || r.StandbyNone {
			ps.Add("replica", nil, "has no effect without a provider of another region; give one")
		}
		return
	}
	if (r.VpcID == nil) != (r.SubnetIDs == nil) {
		ps.Add("replica.subnetIds", nil, "belong with replica.vpcId; give both, or neither to keep backups alone")
	}
	if r.SubnetIDs != nil {
		subnets.Check(ps, "replica.subnetIds", r.SubnetIDs, 2)
	}
	if r.VpcID == nil && len(r.ClientSecurityGroupIDs) > 0 {
		ps.Add("replica.clientSecurityGroupIds", nil, "have nothing to connect to without replica.vpcId")
	}
	inbound.CheckClients(ps, "replica.clientSecurityGroupIds", r.ClientSecurityGroupIDs)
	if a.BlueGreen {
		ps.Add("blueGreen", true, "is not possible with a copy in another region; remove one of the two")
	}
}

// checkTopics reports topics that nothing is published to, and addresses that no topic of the database's own has.
func (a *Args) checkTopics(ps *spec.Problems) {
	running := a.Replica.VpcID != nil
	if a.ReplicaProvider != nil && !running && a.Replica.TopicARN != nil {
		ps.Add("replica.topicArn", nil, "is told nothing without replica.vpcId: backups have no events")
	}
	if a.Notifications.Disabled {
		if a.TopicARN != nil {
			ps.Add("topicArn", nil, "is told nothing while notifications are disabled; remove one of the two")
		}
		if running && a.Replica.TopicARN != nil {
			ps.Add("replica.topicArn", nil, "is told nothing while notifications are disabled; remove one of the two")
		}
	}
	if len(a.Notifications.Emails) > 0 && a.TopicARN != nil && (!running || a.Replica.TopicARN != nil) {
		ps.Add("notifications.emails", len(a.Notifications.Emails), "addresses get nothing: who hears of topicArn is decided there; "+
			"remove one of the two")
	}
}

// clustered reports whether the database is a Multi-AZ cluster rather than an instance.
func (a *Args) clustered() bool { return a.Standby == spec.StandbyReadable }
