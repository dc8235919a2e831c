package aws

import (
	"strconv"
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"

	"github.com/holdfast-iac/holdfast/simulator"
)

// Sources: terraform-provider-aws, internal/service/elasticache/{replication_group,cluster,validate,engine_version}.go;
// the ElastiCache API's CreateReplicationGroup, CreateCacheCluster; ElastiCache guide, "Finding connection endpoints".

const (
	cacheCreateGroup   = "https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_CreateReplicationGroup.html"
	cacheCreateCluster = "https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_CreateCacheCluster.html"
	cacheGroupSource   = "terraform-provider-aws, internal/service/elasticache/replication_group.go"
	cacheClusterSource = "terraform-provider-aws, internal/service/elasticache/cluster.go"
	cacheTLSGuide      = "https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/in-transit-encryption.html"
	cacheAccessGuide   = "https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/Clusters.RBAC.html"
)

var replicationGroupKind = &simulator.Kind{
	Noun: "ElastiCache Replication Group", ID: namedLower("replicationGroupId"),
	ARN:      "arn:{partition}:elasticache:{region}:{account}:replicationgroup:{id}",
	NotFound: "ReplicationGroupNotFoundFault: Replication group %s not found",
	InUse:    "InvalidReplicationGroupState: Replication group %s is in use",
}

var cacheClusterKind = &simulator.Kind{
	Noun: "ElastiCache Cluster", ID: namedLower("clusterId"),
	ARN:      "arn:{partition}:elasticache:{region}:{account}:cluster:{id}",
	NotFound: "CacheClusterNotFound: CacheCluster not found: %s",
}

// cacheIdentifier allows the ids of clusters and replication groups.
func cacheIdentifier(longest int) simulator.Rule {
	return simulator.All(
		simulator.Length(1, longest),
		simulator.Matches(`^[0-9A-Za-z-]+$`, "letters, digits and hyphens are"),
		simulator.Matches(`^[A-Za-z]`, "ids that begin with a letter are"),
		simulator.Matches(`^([^-]|-[^-])*$`, "ids without a hyphen at the end or two in a row are"),
	)
}

func cacheReferences() []simulator.Reference {
	return []simulator.Reference{
		{
			Origin:   simulator.Origin{ID: "aws-elasticache-subnet-group-in-use", Source: cacheDeleteSubnetGroup},
			Property: "subnetGroupName", To: kinds(cacheSubnetGroupKind), Address: unlessDefault,
		},
		{
			Origin:   simulator.Origin{ID: "aws-elasticache-parameter-group-in-use", Source: cacheDeleteParameterGroup},
			Property: "parameterGroupName", To: kinds(cacheParameterGroupKind), Address: unlessDefault,
		},
		{Property: "securityGroupIds[*]", To: kinds(securityGroupKind)},
	}
}

func cacheTypes() []*simulator.Type {
	return []*simulator.Type{
		{
			Token: "aws:elasticache/replicationGroup:ReplicationGroup",
			Kind:  replicationGroupKind,
			Defaults: map[string]any{
				"automaticFailoverEnabled": false, "engine": "redis", "multiAzEnabled": false,
			},
			AutoName: &simulator.AutoName{Property: "replicationGroupId", MaxLength: 40, Separator: "-", Lower: true},
			Immutable: []string{
				"atRestEncryptionEnabled", "dataTieringEnabled", "globalReplicationGroupId", "kmsKeyId", "networkType", "port",
				"replicationGroupId", "securityGroupNames", "snapshotArns", "snapshotName", "subnetGroupName",
			},
			Sets: []string{"securityGroupIds", "securityGroupNames", "snapshotArns", "userGroupIds"},
			Rules: map[string]simulator.Rule{
				"engine":             simulator.OneOf("redis", "valkey"),
				"replicationGroupId": cacheIdentifier(40),
				"maintenanceWindow":  weekWindow, "snapshotWindow": dailyWindow,
				"snapshotRetentionLimit":  simulator.Between(0, 35),
				"authTokenUpdateStrategy": simulator.OneOf("DELETE", "ROTATE", "SET"),
				"numCacheClusters":        simulator.Between(1, 1+mostReplicas),
				"numNodeGroups":           simulator.Between(1, mostShards),
				"replicasPerNodeGroup":    simulator.Between(0, mostReplicas),
			},
			AtMostOne: [][]string{
				{"numCacheClusters", "numNodeGroups"}, {"numCacheClusters", "replicasPerNodeGroup"}, {"authToken", "userGroupIds"},
			},
			References: append(cacheReferences(), simulator.Reference{
				Origin:   simulator.Origin{ID: "aws-elasticache-user-group-in-use", Source: cacheDeleteUserGroup},
				Property: "userGroupIds[*]", To: kinds(cacheUserGroupKind),
			}, simulator.Reference{
				Property: "kmsKeyId", To: kinds(keyKind), By: simulator.ByARN, OnDelete: simulator.Ignore, Address: ifHereARN,
				NotFound: "InvalidParameterValue: The specified KMS key does not exist: %s",
			}),
			Unique: []simulator.Unique{{
				Origin: simulator.Origin{ID: "aws-elasticache-replication-group-exists", Source: cacheCreateGroup},
				Error:  "ReplicationGroupAlreadyExists: Replication group with specified identifier already exists: %s",
				Keys:   func(c *simulator.Call) []string { return []string{replicationGroupKind.ID(c)} },
			}},
			Constraints: replicationGroupConstraints(),
			ReplaceIf:   olderCache,
			API:         []string{"elasticache:CreateReplicationGroup", "elasticache:ModifyReplicationGroup"},
			Parameters: map[string]string{
				"description": "ReplicationGroupDescription", "nodeType": "CacheNodeType",
				"parameterGroupName": "CacheParameterGroupName", "subnetGroupName": "CacheSubnetGroupName",
			},
			Compute: computeReplicationGroup,
		},
		{
			Token:    "aws:elasticache/cluster:Cluster",
			Kind:     cacheClusterKind,
			Defaults: map[string]any{"autoMinorVersionUpgrade": "true"},
			AutoName: &simulator.AutoName{Property: "clusterId", MaxLength: 50, Separator: "-", Lower: true},
			Immutable: []string{
				"availabilityZone", "clusterId", "engine", "networkType", "outpostMode", "port", "preferredOutpostArn",
				"replicationGroupId", "snapshotArns", "snapshotName", "subnetGroupName", "transitEncryptionEnabled",
			},
			Sets: []string{"securityGroupIds"},
			Rules: map[string]simulator.Rule{
				"clusterId": cacheIdentifier(50), "engine": simulator.OneOf("memcached", "redis", "valkey"),
				"maintenanceWindow": weekWindow, "snapshotWindow": dailyWindow, "snapshotRetentionLimit": simulator.Between(0, 35),
				"numCacheNodes": simulator.Between(1, mostCacheNodes),
			},
			ExactlyOne: [][]string{{"engine", "replicationGroupId"}},
			References: append(cacheReferences(), simulator.Reference{
				Property: "replicationGroupId", To: kinds(replicationGroupKind),
			}),
			Unique: []simulator.Unique{{
				Origin: simulator.Origin{ID: "aws-elasticache-cluster-exists", Source: cacheCreateCluster},
				Error:  "CacheClusterAlreadyExists: Cache cluster already exists: %s",
				Keys:   func(c *simulator.Call) []string { return []string{cacheClusterKind.ID(c)} },
			}},
			Constraints: cacheClusterConstraints(),
			API:         []string{"elasticache:CreateCacheCluster", "elasticache:ModifyCacheCluster"},
			Parameters: map[string]string{
				"clusterId": "CacheClusterId", "nodeType": "CacheNodeType",
				"parameterGroupName": "CacheParameterGroupName", "subnetGroupName": "CacheSubnetGroupName",
				"availabilityZone": "PreferredAvailabilityZone",
			},
			Compute: computeCacheCluster,
		},
	}
}

// cacheVersion returns the full version that an asked one of an engine stands for.
func cacheVersion(engine, asked string) string {
	switch {
	case asked == "" && engine == "memcached":
		return "1.6.22"
	case asked == "" && engine == "valkey":
		return "8.0.1"
	case asked == "":
		return "7.1.0"
	case asked == "6.x":
		return "6.2.6"
	case strings.Count(asked, ".") == 1:
		return asked + ".0"
	default:
		return asked
	}
}

// cacheFamily returns the family of parameter groups of a version: redis7, redis6.x, valkey8, memcached1.6.
func cacheFamily(engine, version string) string {
	parts := strings.Split(version, ".")
	switch {
	case engine == "valkey", engine == "redis" && versionPart(parts, 0) >= 7:
		return engine + parts[0]
	case engine == "redis" && versionPart(parts, 0) == 6:
		return "redis6.x"
	case len(parts) > 1:
		return engine + parts[0] + "." + parts[1]
	default:
		return engine + version
	}
}

// regionCode is how the names of caches write their region: usw2.
func regionCode(c *simulator.Call) string {
	code, _, _ := strings.Cut(firstZone(c.Region).id, "-")
	return code
}

// cacheHost returns the name of a cache from what stands before and after the account's part.
func cacheHost(c *simulator.Call, before, after string) string {
	domain, _ := partitionOf(c.Partition)
	return before + "." + c.Fixed("cache endpoint", 6) + "." + after + regionCode(c) + ".cache." + domain
}

// How large caches can be. Sources: the ElastiCache user guide, "Managing clusters in ElastiCache", and
// CreateReplicationGroup.
const (
	mostShards     = 500
	mostReplicas   = 5
	mostCacheNodes = 60 // of Memcached
)

// shardsOf returns the shards of a replication group and the replicas of each.
func shardsOf(c *simulator.Call) (shards, replicas int) {
	if clusters, given := c.Number("numCacheClusters"); given {
		return 1, int(min(clusters-1, mostReplicas))
	}
	shards = 1
	if n, given := c.Number("numNodeGroups"); given {
		shards = int(min(n, mostShards))
	}
	n, _ := c.Number("replicasPerNodeGroup")
	return shards, int(min(n, mostReplicas))
}

// sharded reports whether a replication group has cluster mode on, as far as its shards and parameter group tell.
func sharded(c *simulator.Call) bool {
	name := c.Text("parameterGroupName")
	shards, _ := shardsOf(c)
	if shards > 1 || c.Text("clusterMode") == "enabled" || strings.HasSuffix(name, ".cluster.on") {
		return true
	}
	group := c.Find(cacheParameterGroupKind, strings.ToLower(name))
	on := false
	if group != nil {
		eachObject(group.Output("parameters"), func(p resource.PropertyMap) {
			on = on || stringOf(p["name"]) == "cluster-enabled" && stringOf(p["value"]) == "yes"
		})
	}
	return on
}

func computeReplicationGroup(c *simulator.Call) {
	engine := c.Text("engine")
	version := cacheVersion(engine, c.Text("engineVersion"))
	shards, replicas := shardsOf(c)
	on, tls := sharded(c), c.Flag("transitEncryptionEnabled")
	c.SetNew("replicationGroupId", c.ID)
	parts := strings.Split(version, ".")
	c.SetNew("engineVersion", strings.Join(parts[:min(2, len(parts))], "."))
	c.Set("engineVersionActual", version)
	c.Set("clusterEnabled", on)
	c.Set("numNodeGroups", shards)
	c.Set("replicasPerNodeGroup", replicas)
	c.Set("numCacheClusters", shards*(replicas+1))
	group, mode := "default."+cacheFamily(engine, version), "disabled"
	if on {
		group, mode = group+".cluster.on", "enabled"
	}
	c.SetNew("parameterGroupName", group)
	c.SetNew("clusterMode", mode)
	var members []string
	primary, reader, configuration := "", "", ""
	for shard := 1; shard <= shards; shard++ {
		for node := 1; node <= replicas+1; node++ {
			infix := "-"
			if on {
				infix = "-" + padded(shard, 4) + "-"
			}
			members = append(members, c.ID+infix+padded(node, 3))
		}
	}
	c.Set("memberClusters", members)
	switch {
	case on && tls:
		configuration = cacheHost(c, "clustercfg."+c.ID, "")
	case on:
		configuration = cacheHost(c, c.ID, "clustercfg.")
	case tls:
		primary, reader = cacheHost(c, "master."+c.ID, ""), cacheHost(c, "replica."+c.ID, "")
	default:
		primary, reader = cacheHost(c, c.ID, "ng.0001."), cacheHost(c, c.ID+"-ro", "ng.0001.")
	}
	c.Set("configurationEndpointAddress", configuration)
	c.Set("primaryEndpointAddress", primary)
	c.Set("readerEndpointAddress", reader)
	c.SetNew("atRestEncryptionEnabled", engine == "valkey")
	c.SetNew("transitEncryptionEnabled", engine == "valkey")
	encrypted := ""
	if tls {
		encrypted = "required"
	}
	c.SetNew("transitEncryptionMode", encrypted)
	c.SetNew("autoMinorVersionUpgrade", true)
	c.SetNew("dataTieringEnabled", false)
	c.SetNew("globalReplicationGroupId", "")
	c.SetNew("snapshotWindow", "07:00-08:00")
	computeCache(c)
}

func padded(n, digits int) string {
	text := strconv.Itoa(n)
	return strings.Repeat("0", max(0, digits-len(text))) + text
}

// computeCache sets what replication groups and clusters have in common.
func computeCache(c *simulator.Call) {
	c.SetNew("applyImmediately", false)
	c.SetNew("ipDiscovery", "ipv4")
	c.SetNew("networkType", "ipv4")
	c.SetNew("maintenanceWindow", "sun:09:00-sun:10:00")
	c.SetNew("nodeType", "")
	c.SetNew("subnetGroupName", "default")
	c.SetNew("securityGroupIds", []any{})
}

func computeCacheCluster(c *simulator.Call) {
	engine, asked := c.Text("engine"), c.Text("engineVersion")
	if group := c.Find(replicationGroupKind, c.Text("replicationGroupId")); group != nil {
		engine, asked = group.Text("engine"), group.Text("engineVersionActual")
		for _, name := range []string{"nodeType", "subnetGroupName", "parameterGroupName"} {
			c.SetNew(name, group.Text(name))
		}
	}
	version := cacheVersion(engine, asked)
	count := 1
	if n, given := c.Number("numCacheNodes"); given {
		count = int(min(max(n, 0), mostCacheNodes))
	}
	port := map[bool]int{true: 11211, false: 6379}[engine == "memcached"]
	c.SetNew("clusterId", c.ID)
	c.SetNew("engine", engine)
	c.SetNew("engineVersion", version)
	c.Set("engineVersionActual", version)
	c.SetNew("numCacheNodes", count)
	c.SetNew("port", port)
	c.SetNew("azMode", "single-az")
	c.SetNew("availabilityZone", firstZone(c.Region).name)
	c.SetNew("parameterGroupName", "default."+cacheFamily(engine, version))
	c.SetNew("transitEncryptionEnabled", false)
	window := "07:00-08:00"
	if engine == "memcached" {
		window = ""
	}
	c.SetNew("snapshotWindow", window)
	for _, name := range []string{"preferredOutpostArn", "replicationGroupId"} {
		c.SetNew(name, "")
	}
	computeCache(c)
	address, endpoint := "", ""
	if engine == "memcached" {
		address = cacheHost(c, c.ID, "cfg.")
		endpoint = address + ":" + strconv.Itoa(int(c.Outputs["port"].NumberValue()))
	}
	c.Set("clusterAddress", address)
	c.Set("configurationEndpoint", endpoint)
	var list []any
	for i := range count {
		number := padded(i+1, 4)
		list = append(list, map[string]any{
			"id": number, "address": cacheHost(c, c.ID, number+"."), "port": c.Outputs["port"].NumberValue(),
			"availabilityZone": c.Outputs["availabilityZone"].StringValue(), "outpostArn": "",
		})
	}
	c.Set("cacheNodes", list)
}
