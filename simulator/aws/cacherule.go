package aws

import (
	"regexp"
	"strings"

	"github.com/holdfast-iac/holdfast/simulator"
)

// What ElastiCache, or the provider in its place, refuses of replication groups and clusters. Sources as in cache.go.

var (
	redisVersion    = regexp.MustCompile(`^([1-5]\.\d+\.\d+|6\.x|([6-9]|\d{2,})\.\d+)$`)
	authTokenForm   = regexp.MustCompile(`^[^@"/]{16,128}$`)
	clearNodeTypes  = regexp.MustCompile(`^cache\.(m1|m2|m3|r3|t1|t2)\.`)
	cacheNodeFormat = regexp.MustCompile(`^cache\.[a-z0-9]+\.[a-z0-9]+$`)
)

func replicationGroupConstraints() []simulator.Constraint {
	return append(cacheConstraints(), cacheTopicEncrypted, cacheTopicPolicy,
		rdsConstraint("aws-elasticache-failover-nodes", cacheCreateGroup, "InvalidParameterCombination: When using automatic "+
			"failover, there must be at least 2 cache clusters in the replication group.", findLoneNode),
		rdsConstraint("aws-elasticache-multi-az-failover", cacheGroupSource,
			"automatic_failover_enabled must be true if multi_az_enabled is true",
			func(c *simulator.Call, broken func(string, ...any)) {
				if c.Flag("multiAzEnabled") && c.Known("automaticFailoverEnabled") && !c.Flag("automaticFailoverEnabled") {
					broken("automaticFailoverEnabled")
				}
			}),
		rdsConstraint("aws-elasticache-node-type-required", cacheGroupSource,
			`"node_type" is required unless "global_replication_group_id" is set`,
			func(c *simulator.Call, broken func(string, ...any)) {
				if !c.Given("nodeType") && !c.Given("globalReplicationGroupId") {
					broken("nodeType")
				}
			}),
		rdsConstraint("aws-elasticache-auth-token", "terraform-provider-aws, internal/service/elasticache/validate.go",
			`"auth_token" must contain from 16 to 128 alphanumeric characters or symbols (excluding @, ", and /)`,
			func(c *simulator.Call, broken func(string, ...any)) {
				if token := c.Text("authToken"); token != "" && !authTokenForm.MatchString(token) {
					broken("authToken")
				}
			}),
		rdsConstraint("aws-elasticache-auth-token-encryption", cacheCreateGroup, "InvalidParameterCombination: AuthToken can "+
			"be specified only on replication groups where TransitEncryptionEnabled is true.", needsEncryption("authToken")),
		rdsConstraint("aws-elasticache-user-groups-encryption", cacheAccessGuide, "InvalidParameterCombination: User group "+
			"based access control requires encryption-in-transit to be enabled on the replication group.",
			needsEncryption("userGroupIds")),
		rdsConstraint("aws-elasticache-encryption-node-type", cacheTLSGuide,
			"InvalidParameterCombination: Encryption in transit is not supported for node type %s.",
			func(c *simulator.Call, broken func(string, ...any)) {
				if kind := c.Text("nodeType"); c.Flag("transitEncryptionEnabled") && clearNodeTypes.MatchString(kind) {
					broken("nodeType", kind)
				}
			}),
	)
}

// findLoneNode finds groups that are to fail over although they have one node and are not sharded. A parameter group
// that is not AWS's own may turn sharding on.
func findLoneNode(c *simulator.Call, broken func(string, ...any)) {
	for _, name := range []string{"numCacheClusters", "numNodeGroups", "replicasPerNodeGroup", "parameterGroupName", "clusterMode"} {
		if !c.Known(name) {
			return
		}
	}
	name := c.Text("parameterGroupName")
	own := name != "" && !strings.HasPrefix(name, "default.")
	shards, replicas := shardsOf(c)
	explicit := c.Given("numCacheClusters")
	if !c.Flag("automaticFailoverEnabled") || c.Given("globalReplicationGroupId") || shards > 1 || replicas > 0 {
		return
	}
	if explicit || !own && !sharded(c) {
		broken("automaticFailoverEnabled")
	}
}

// needsEncryption finds groups that have an input but no encryption in transit. That of Valkey is on by default.
func needsEncryption(input string) func(c *simulator.Call, broken func(string, ...any)) {
	return func(c *simulator.Call, broken func(string, ...any)) {
		said := c.Given("transitEncryptionEnabled")
		if said && !c.Known("transitEncryptionEnabled") || !said && c.Text("engine") != "redis" {
			return
		}
		if c.Given(input) && !c.Flag("transitEncryptionEnabled") {
			broken(input)
		}
	}
}

// cacheConstraints are those of replication groups and of clusters.
func cacheConstraints() []simulator.Constraint {
	return []simulator.Constraint{
		rdsConstraint("aws-elasticache-redis-version", "terraform-provider-aws, internal/service/elasticache/engine_version.go",
			"%q: Redis versions must match <major>.<minor> when using version 6 or higher, or <major>.<minor>.<patch>",
			func(c *simulator.Call, broken func(string, ...any)) {
				if version := c.Text("engineVersion"); version != "" && c.Text("engine") == "redis" && !redisVersion.MatchString(version) {
					broken("engineVersion", version)
				}
			}),
		rdsConstraint("aws-elasticache-node-type", cacheCreateCluster, "InvalidParameterValue: Invalid cache node type: %s",
			func(c *simulator.Call, broken func(string, ...any)) {
				if kind := c.Text("nodeType"); kind != "" && !cacheNodeFormat.MatchString(kind) {
					broken("nodeType", kind)
				}
			}),
		rdsApply("aws-elasticache-parameter-group-family", cacheCreateCluster,
			"InvalidParameterCombination: Expected a parameter group of family %s but found one of family %s",
			func(c *simulator.Call, broken func(string, ...any)) {
				group := c.Find(cacheParameterGroupKind, strings.ToLower(c.Text("parameterGroupName")))
				if group == nil || c.Given("globalReplicationGroupId") || c.Text("engine") == "" {
					return
				}
				version := c.Text("engineVersion")
				if version == "" && c.Old != nil {
					version = c.Old.Text("engineVersionActual")
				}
				wanted := cacheFamily(c.Text("engine"), cacheVersion(c.Text("engine"), version))
				if family := group.Text("family"); family != wanted {
					broken("parameterGroupName", wanted, family)
				}
			}),
	}
}

func cacheClusterConstraints() []simulator.Constraint {
	return append(cacheConstraints(),
		rdsConstraint("aws-elasticache-redis-one-node", cacheClusterSource, `engine %q does not support num_cache_nodes > 1`,
			func(c *simulator.Call, broken func(string, ...any)) {
				engine := c.Text("engine")
				if n, _ := c.Number("numCacheNodes"); n > 1 && (engine == "redis" || engine == "valkey") {
					broken("numCacheNodes", engine)
				}
			}),
		rdsConstraint("aws-elasticache-cross-zone-nodes", cacheClusterSource,
			`az_mode "cross-az" is not supported with num_cache_nodes = 1`,
			func(c *simulator.Call, broken func(string, ...any)) {
				if n, given := c.Number("numCacheNodes"); c.Text("azMode") == "cross-az" && given && n == 1 {
					broken("azMode")
				}
			}),
	)
}
