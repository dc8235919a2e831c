package cache

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

// Args describe a cache on AWS. VpcID and SubnetIDs are required; the rest is a production cache when left out. See
// spec.Cache for the cloud-neutral part.
type Args struct {
	spec.Cache

	// VpcID is the VPC that the cache lies in.
	VpcID pulumi.StringInput `pulumi:"vpcId"`
	// SubnetIDs are subnets of the VPC in at least two zones: ElastiCache spreads the nodes over them.
	SubnetIDs pulumi.StringArrayInput `pulumi:"subnetIds"`
	// ClientSecurityGroupIDs are the security groups that may connect, by names that stay when others come and go. Default
	// none: nobody can connect.
	ClientSecurityGroupIDs map[string]pulumi.StringInput `pulumi:"clientSecurityGroupIds"`
	// KeyARN is the KMS key that encrypts what nodes write to disk, and the backups. Default: a key of the cache's own. It
	// cannot be changed later without replacing the cache.
	KeyARN pulumi.StringPtrInput `pulumi:"keyArn"`
	// LogsKeyARN is the key that encrypts the logs. Its policy must let logs.<region>.amazonaws.com use it. Default: the
	// cache's own key; with KeyARN, a key of their own.
	LogsKeyARN pulumi.StringPtrInput `pulumi:"logsKeyArn"`
	// Users are who may sign in, by names that stay when others come and go. Default: "app", as User describes it. The
	// user "default", which needs no name, is shut out.
	Users map[string]User `pulumi:"users"`
	// Version is the major version of the engine: 7, 8 or 9 of Valkey, 7 of Redis. Default 8 of Valkey, 7 of Redis.
	Version int `pulumi:"version"`
	// MajorUpgradeAllowed lets a higher Version upgrade the cache. Set it for that one update: minor upgrades that AWS
	// makes by itself are otherwise left alone, but look like a step back with it, for which the cache would be
	// replaced. Default false: a higher Version is refused, because the settings are of another family than the engine.
	MajorUpgradeAllowed bool `pulumi:"majorUpgradeAllowed"`
	// TopicARN is the SNS topic that is told of failovers, failures and maintenance: one of this region and account that is
	// not encrypted, whose policy lets the account publish by aws:SourceOwner. To one that is encrypted, or whose policy has
	// aws:SourceAccount, as those of this library are, ElastiCache publishes nothing and sets it inactive (ElastiCache User
	// Guide, "Event Notifications and Amazon SNS", "SNS topic access policy requirement"). Default none.
	TopicARN pulumi.StringPtrInput `pulumi:"topicArn"`
}

// User is somebody who may sign in to a cache. The zero value signs in with IAM, as Cache.ConnectPolicies allow, and
// may read and write everything but not administer the cache.
type User struct {
	// Access says what the user may do, in the words of Valkey's access control lists. Default: every command on every key
	// but those that administer the cache or touch all of it at once (KEYS, FLUSHALL).
	Access string `pulumi:"access"`
	// Password lets the user sign in with it, for clients that cannot sign in with IAM: 16 to 128 characters. It is kept
	// as a secret in the stack's state and in Secrets Manager. Default: the user signs in with IAM, and there is no
	// password.
	Password pulumi.StringInput `pulumi:"password"`
}

const (
	// Port is the port that the cache listens at, that of Redis.
	Port = 6379

	defaultClass = "cache.m7g.large" // 2 processors, 6.38 GiB of memory (ElastiCache User Guide, "Supported node types")

	// INFO is among the dangerous commands, but many clients ask for it as they connect.
	defaultAccess = "on ~* &* +@all -@admin -@dangerous +info"
	defaultUser   = "app"
)

var (
	classPattern = regexp.MustCompile(`^cache\.([a-z]+\d+)([a-z]*)\.[a-z0-9]+$`)
	// oldClasses cannot encrypt connections (ElastiCache User Guide, "In-transit encryption", constraints).
	oldClasses  = []string{"m1", "m2", "m3", "r3", "t1", "t2"}
	userPattern = regexp.MustCompile(`^[a-z][a-z0-9]{0,15}$`)
)

// versions are the versions of each engine by their major part, in the form that the provider takes (ElastiCache User
// Guide, "Engine versions and upgrading").
var versions = map[spec.CacheEngine]map[int]string{
	spec.CacheValkey: {7: "7.2", 8: "8.0", 9: "9.0"},
	spec.CacheRedis:  {7: "7.1"},
}

// defaultVersions are those that a cache has unless it asks for another.
var defaultVersions = map[spec.CacheEngine]int{spec.CacheValkey: 8, spec.CacheRedis: 7}

// fixed are the settings that other inputs decide.
var fixed = map[string]string{"cluster-enabled": "shards", "maxmemory-policy": "use", "slowlog-log-slower-than": "slowMicroseconds"}

// Validate reports everything wrong with the arguments as one error that holds spec.Problems, or nil.
func (a *Args) Validate() error {
	var ps spec.Problems
	ps.Collect("", a.Cache.Validate())
	d := a.withDefaults()
	if a.VpcID == nil {
		ps.Add("vpcId", nil, "is missing; give the VPC that the cache lies in")
	}
	subnets.Check(&ps, "subnetIds", a.SubnetIDs, 2)
	inbound.CheckClients(&ps, "clientSecurityGroupIds", a.ClientSecurityGroupIDs)
	d.checkEngine(&ps)
	d.checkScaling(&ps)
	d.checkUsers(&ps)
	for _, name := range slices.Sorted(maps.Keys(a.Parameters)) {
		if field, taken := fixed[name]; taken {
			ps.Add("parameters."+name, a.Parameters[name], "is decided by %s; set that", field)
		}
	}
	logs.CheckRetention(&ps, "logRetentionDays", d.LogRetentionDays)
	ps.Collect("", naming.AWSTags.Check("tags", naming.Merge(a.Tags, map[string]string{"Name": ""})))
	return ps.Err()
}

// withDefaults returns a copy with every unset field at its default.
func (a *Args) withDefaults() Args {
	d := *a
	d.Cache = a.Cache.WithDefaults()
	if d.Class == "" {
		d.Class = defaultClass
	}
	if d.Version == 0 {
		d.Version = defaultVersions[d.Engine]
	}
	d.Users = map[string]User{}
	for name, user := range a.Users {
		if user.Access == "" {
			user.Access = defaultAccess
		}
		d.Users[name] = user
	}
	if len(d.Users) == 0 {
		d.Users[defaultUser] = User{Access: defaultAccess}
	}
	return d
}

func (a *Args) checkEngine(ps *spec.Problems) {
	parts := classPattern.FindStringSubmatch(a.Class)
	switch {
	case parts == nil:
		ps.Add("class", a.Class, "is not a class of nodes; use for example %s", defaultClass)
	case slices.Contains(oldClasses, parts[1]):
		ps.Add("class", a.Class, "is of a generation that cannot encrypt connections; use for example %s", defaultClass)
	case strings.HasSuffix(parts[2], "gd"):
		ps.Add("class", a.Class, "keeps part of the data on disks, which this component does not support; use for example %s", defaultClass)
	}
	if known := versions[a.Engine]; known != nil && known[a.Version] == "" {
		ps.Add("version", a.Version, "is not a version of %s that can be chosen; use 7, 8 or 9 of valkey, 7 of redis", a.Engine)
	}
}

func (a *Args) checkUsers(ps *spec.Problems) {
	for _, name := range slices.Sorted(maps.Keys(a.Users)) {
		if !userPattern.MatchString(name) || name == "default" {
			ps.Add("users."+name, nil, "is not a name for a user; use a letter, then up to 15 letters and digits, in lower case, but not default")
		}
		if access := a.Users[name].Access; !slices.Contains(strings.Fields(access), "on") {
			ps.Add("users."+name+".access", access, "lets the user do nothing; begin it with on")
		}
	}
}
