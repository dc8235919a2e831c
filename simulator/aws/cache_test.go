package aws_test

import (
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/holdfast-iac/holdfast/simulator/simulatortest"
)

const (
	replicationGroupToken    = "aws:elasticache/replicationGroup:ReplicationGroup"
	cacheClusterToken        = "aws:elasticache/cluster:Cluster"
	cacheSubnetGroupToken    = "aws:elasticache/subnetGroup:SubnetGroup"
	cacheParameterGroupToken = "aws:elasticache/parameterGroup:ParameterGroup"
	cacheUserToken           = "aws:elasticache/user:User"
	cacheUserGroupToken      = "aws:elasticache/userGroup:UserGroup"
)

func redisGroup(changes inputs) inputs {
	return with(inputs{"replicationGroupId": "main", "description": "sessions", "nodeType": "cache.t4g.small"}, changes)
}

func memcached(changes inputs) inputs {
	return with(inputs{"clusterId": "main", "engine": "memcached", "nodeType": "cache.t4g.small", "numCacheNodes": 2}, changes)
}

func cacheSubnets(w *world, v thing) inputs {
	return inputs{"name": "cache", "subnetIds": []any{subnet(w, v, "10.0.1.0/24", "a").ID(), subnet(w, v, "10.0.2.0/24", "b").ID()}}
}

func cacheUser(changes inputs) inputs {
	return with(inputs{
		"userId": "app", "userName": "app", "engine": "redis", "accessString": "on ~* +@all", "passwords": []any{"correct-horse-battery"},
	}, changes)
}

func cacheFixtures() []simulatortest.Fixture {
	defaultUser := func(w *world) {
		w.Create(cacheUserToken, "first", cacheUser(inputs{"userId": "first", "userName": "default"}))
	}
	return []simulatortest.Fixture{
		{
			Type:    cacheSubnetGroupToken,
			Inputs:  func(w *world) inputs { return cacheSubnets(w, vpc(w)) },
			Update:  tagged,
			Replace: changing(inputs{"name": "other"}),
		},
		{
			Type: cacheParameterGroupToken,
			Inputs: func(*world) inputs {
				return inputs{"family": "redis7", "parameters": []any{inputs{"name": "maxmemory-policy", "value": "allkeys-lru"}}}
			},
			Update:  changing(inputs{"parameters": []any{inputs{"name": "maxmemory-policy", "value": "noeviction"}}}),
			Replace: changing(inputs{"family": "valkey8", "name": "other"}),
		},
		{
			Type:    cacheUserToken,
			Inputs:  func(*world) inputs { return cacheUser(nil) },
			Update:  changing(inputs{"accessString": "on ~app::* +@read"}),
			Replace: changing(inputs{"userId": "other"}),
		},
		{
			Type: cacheUserGroupToken,
			Inputs: func(w *world) inputs {
				defaultUser(w)
				return inputs{"engine": "redis", "userGroupId": "group", "userIds": []any{"first"}}
			},
			Update: func(w *world, in inputs) inputs {
				w.Create(cacheUserToken, "app", cacheUser(nil))
				return with(in, inputs{"userIds": []any{"first", "app"}})
			},
			Replace: changing(inputs{"userGroupId": "other"}),
		},
		{
			Type: replicationGroupToken,
			Inputs: func(w *world) inputs {
				v := vpc(w)
				return redisGroup(inputs{
					"numCacheClusters": 2, "automaticFailoverEnabled": true, "multiAzEnabled": true,
					"subnetGroupName":    w.Create(cacheSubnetGroupToken, "cache", cacheSubnets(w, v)).ID(),
					"securityGroupIds":   []any{group(w, v, "cache").ID()},
					"replicationGroupId": nil, "transitEncryptionEnabled": true, "atRestEncryptionEnabled": true,
					"authToken": "correct-horse-battery",
				})
			},
			Update:  changing(inputs{"numCacheClusters": 3}),
			Replace: changing(inputs{"atRestEncryptionEnabled": false}),
		},
		{
			Type: replicationGroupToken, Name: "sharded",
			Inputs: func(*world) inputs {
				return redisGroup(inputs{
					"engine": "valkey", "engineVersion": "8.0", "numNodeGroups": 2, "replicasPerNodeGroup": 1, "automaticFailoverEnabled": true,
				})
			},
			Update:  tagged,
			Replace: changing(inputs{"engineVersion": "7.2", "replicationGroupId": "older"}),
		},
		{
			Type:    cacheClusterToken,
			Inputs:  func(*world) inputs { return memcached(nil) },
			Update:  changing(inputs{"numCacheNodes": 3}),
			Replace: changing(inputs{"clusterId": "other"}),
		},
		{
			Type: cacheClusterToken, Name: "replica",
			Inputs: func(w *world) inputs {
				return inputs{"replicationGroupId": w.Create(replicationGroupToken, "group", redisGroup(nil)).ID(), "clusterId": "copy"}
			},
			Update: tagged,
		},
	}
}

func TestCacheOutputs(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	const token = "correct-horse-battery"
	clear := w.Create(replicationGroupToken, "clear", redisGroup(nil))
	assert.Regexp(t, `^main\.[0-9a-f]{6}\.ng\.0001\.usw2\.cache\.amazonaws\.com$`, clear.Text("primaryEndpointAddress"))
	assert.Equal(t, "default.redis7", clear.Text("parameterGroupName"))
	secured := w.Create(replicationGroupToken, "secured", redisGroup(inputs{
		"replicationGroupId": "Secured", "transitEncryptionEnabled": true, "authToken": token,
	}))
	assert.Equal(t, "secured", secured.ID())
	assert.Regexp(t, `^master\.secured\.[0-9a-f]{6}\.usw2\.cache\.amazonaws\.com$`, secured.Text("primaryEndpointAddress"))
	assert.True(t, secured.Outputs["authToken"].IsSecret())
	sharded := w.Create(replicationGroupToken, "sharded", redisGroup(inputs{
		"replicationGroupId": "sharded", "numNodeGroups": 2, "replicasPerNodeGroup": 1,
	}))
	assert.Regexp(t, `^sharded\.[0-9a-f]{6}\.clustercfg\.usw2`, sharded.Text("configurationEndpointAddress"))
	assert.Equal(t, []any{"sharded-0001-001", "sharded-0001-002", "sharded-0002-001", "sharded-0002-002"},
		sharded.Outputs["memberClusters"].Mappable())
	assert.Equal(t, "default.redis7.cluster.on", sharded.Text("parameterGroupName"))
	user := w.Create(cacheUserToken, "user", cacheUser(nil))
	assert.True(t, user.Outputs["passwords"].ContainsSecrets())
	cluster := w.Create(cacheClusterToken, "cluster", memcached(nil))
	assert.Regexp(t, `^main\.[0-9a-f]{6}\.cfg\.usw2\.cache\.amazonaws\.com:11211$`, cluster.Text("configurationEndpoint"))
	w.Create(cacheParameterGroupToken, "on", inputs{
		"name": "on", "family": "redis7", "parameters": []any{inputs{"name": "cluster-enabled", "value": "yes"}},
	})
	own := w.Create(replicationGroupToken, "own", redisGroup(inputs{
		"replicationGroupId": "own", "parameterGroupName": "on", "automaticFailoverEnabled": true,
	}))
	assert.Equal(t, resource.NewBoolProperty(true), own.Outputs["clusterEnabled"], "the parameter group turns sharding on")
}

func TestTokensStayOutOfErrors(t *testing.T) {
	t.Parallel()
	for token, in := range map[string]inputs{
		replicationGroupToken: redisGroup(inputs{"authToken": "horse@staple"}),
		cacheUserToken:        cacheUser(inputs{"passwords": []any{"horse@staple"}}),
	} {
		err := creating(token, in)(newWorld(t))
		require.Error(t, err)
		assert.NotContains(t, err.Error(), "horse@staple")
	}
}

func cacheCases() []simulatortest.Case {
	one := func(id, code, text string, bad, good inputs) simulatortest.Case {
		return refusedInputs(id, code, text, replicationGroupToken, redisGroup(bad), redisGroup(good))
	}
	const strong = "correct-horse-battery"
	subnets := func(other bool) func(*world) error {
		return func(w *world) error {
			in := cacheSubnets(w, vpc(w))
			if other {
				in["subnetIds"] = append(in["subnetIds"].([]any), subnet(w, otherVPC(w), "10.1.1.0/24", "a").ID())
			}
			return creating(cacheSubnetGroupToken, in)(w)
		}
	}
	subnetsAgain := func(name string) func(*world) error {
		return func(w *world) error {
			in := cacheSubnets(w, vpc(w))
			w.Create(cacheSubnetGroupToken, "first", in)
			return creating(cacheSubnetGroupToken, with(in, inputs{"name": name}))(w)
		}
	}
	family := func(family string) func(*world) error {
		return func(w *world) error {
			w.Create(cacheParameterGroupToken, "own", inputs{"name": "own", "family": family})
			return creating(replicationGroupToken, redisGroup(inputs{"parameterGroupName": "own", "engineVersion": "7.1"}))(w)
		}
	}
	told := func(settings inputs, condition string) func(*world) error {
		return func(w *world) error {
			topic := w.Create(topicToken, "topic", with(inputs{"name": "topic"}, settings)).Text("arn")
			w.Create("aws:sns/topicPolicy:TopicPolicy", "topic", inputs{"arn": topic, "policy": `{"Version": "2012-10-17", "Statement": [{
				"Effect": "Allow", "Principal": "*", "Action": "sns:Publish", "Resource": "` + topic + `",
				"Condition": {"StringEquals": {"` + condition + `": "123456789012"}}}]}`})
			return creating(replicationGroupToken, redisGroup(inputs{"notificationTopicArn": topic}))(w)
		}
	}
	return []simulatortest.Case{
		{ID: "aws-elasticache-topic-encrypted", Text: ":topic is encrypted", Passes: told(nil, "aws:SourceOwner"),
			Fails: told(inputs{"kmsMasterKeyId": "alias/aws/sns"}, "aws:SourceOwner")},
		{ID: "aws-elasticache-topic-source-account", Text: ":topic has aws:SourceAccount",
			Fails: told(nil, "aws:SourceAccount"), Passes: told(nil, "AWS:SourceOwner")},
		one("aws-elasticache-failover-nodes", "InvalidParameterCombination", "at least 2 cache clusters",
			inputs{"automaticFailoverEnabled": true}, inputs{"automaticFailoverEnabled": true, "numCacheClusters": 2}),
		one("aws-elasticache-multi-az-failover", "", "automatic_failover_enabled must be true",
			inputs{"multiAzEnabled": true}, inputs{"multiAzEnabled": true, "automaticFailoverEnabled": true, "numCacheClusters": 2}),
		one("aws-elasticache-node-type-required", "", `"node_type" is required`, inputs{"nodeType": nil}, nil),
		one("aws-elasticache-node-type", "InvalidParameterValue", "Invalid cache node type: t4g.small",
			inputs{"nodeType": "t4g.small"}, nil),
		one("aws-elasticache-auth-token", "", "from 16 to 128", inputs{"transitEncryptionEnabled": true, "authToken": "short"},
			inputs{"transitEncryptionEnabled": true, "authToken": strong}),
		one("aws-elasticache-auth-token-encryption", "InvalidParameterCombination", "TransitEncryptionEnabled is true",
			inputs{"authToken": strong}, inputs{"authToken": strong, "transitEncryptionEnabled": true}),
		one("aws-elasticache-encryption-node-type", "InvalidParameterCombination", "node type cache.t2.small",
			inputs{"nodeType": "cache.t2.small", "transitEncryptionEnabled": true}, inputs{"transitEncryptionEnabled": true}),
		one("aws-elasticache-redis-version", "", `"7.0.7": Redis versions must match`,
			inputs{"engineVersion": "7.0.7"}, inputs{"engineVersion": "7.0"}),
		refusedSecond("aws-elasticache-replication-group-exists", "ReplicationGroupAlreadyExists", "already exists: main",
			replicationGroupToken, redisGroup(nil), redisGroup(inputs{"replicationGroupId": "other"})),
		refusedSecond("aws-elasticache-cluster-exists", "CacheClusterAlreadyExists", "already exists: main",
			cacheClusterToken, memcached(nil), memcached(inputs{"clusterId": "other"})),
		refusedSecond("aws-elasticache-parameter-group-exists", "CacheParameterGroupAlreadyExists", "own already exists",
			cacheParameterGroupToken, inputs{"name": "own", "family": "redis7"}, inputs{"name": "other", "family": "redis7"}),
		{ID: "aws-elasticache-parameter-group-family", Code: "InvalidParameterCombination",
			Text: "family redis7 but found one of family redis6.x", Fails: family("redis6.x"), Passes: family("redis7")},
		{ID: "aws-elasticache-subnet-group-one-vpc", Code: "InvalidSubnet", Text: "not all in a common VPC",
			Fails: subnets(true), Passes: subnets(false)},
		{ID: "aws-elasticache-subnet-group-exists", Code: "CacheSubnetGroupAlreadyExists", Text: "cache already exists",
			Fails: subnetsAgain("cache"), Passes: subnetsAgain("other")},
		refusedWhileUsed("aws-elasticache-subnet-group-in-use", "CacheSubnetGroupInUse", "currently in use by a cache cluster",
			func(w *world) (used, user thing) {
				used = w.Create(cacheSubnetGroupToken, "subnets", cacheSubnets(w, vpc(w)))
				return used, w.Create(replicationGroupToken, "group", redisGroup(inputs{"subnetGroupName": "cache"}))
			}),
		refusedWhileUsed("aws-elasticache-parameter-group-in-use", "InvalidCacheParameterGroupState", "still members",
			func(w *world) (used, user thing) {
				used = w.Create(cacheParameterGroupToken, "own", inputs{"name": "own", "family": "redis7"})
				return used, w.Create(replicationGroupToken, "group", redisGroup(inputs{"parameterGroupName": "own"}))
			}),
		refusedInputs("aws-elasticache-redis-one-node", "", `engine "redis" does not support num_cache_nodes > 1`, cacheClusterToken,
			memcached(inputs{"engine": "redis"}), memcached(inputs{"engine": "redis", "numCacheNodes": 1})),
		refusedInputs("aws-elasticache-cross-zone-nodes", "", `az_mode "cross-az"`, cacheClusterToken,
			memcached(inputs{"azMode": "cross-az", "numCacheNodes": 1}), memcached(inputs{"azMode": "cross-az"})),
	}
}

func cacheUserCases() []simulatortest.Case {
	group := func(users ...string) func(*world) error {
		return func(w *world) error {
			var ids []any
			for i, name := range users {
				id := name + string(rune('a'+i))
				w.Create(cacheUserToken, id, cacheUser(inputs{"userId": id, "userName": name}))
				ids = append(ids, id)
			}
			return creating(cacheUserGroupToken, inputs{"engine": "redis", "userGroupId": "group", "userIds": ids})(w)
		}
	}
	builtIn := inputs{"engine": "redis", "userGroupId": "group", "userIds": []any{"default"}}
	access := func(encrypted bool) func(*world) error {
		return func(w *world) error {
			w.Create(cacheUserGroupToken, "group", builtIn)
			return creating(replicationGroupToken, redisGroup(inputs{
				"userGroupIds": []any{"group"}, "transitEncryptionEnabled": encrypted,
			}))(w)
		}
	}
	return []simulatortest.Case{
		refusedInputs("aws-elasticache-user-password", "InvalidParameterValue", "between 16-128 characters", cacheUserToken,
			cacheUser(inputs{"passwords": []any{"short"}}), cacheUser(nil)),
		refusedInputs("aws-elasticache-user-needs-password", "InvalidParameterValue", "No password was provided", cacheUserToken,
			cacheUser(inputs{"passwords": nil}), cacheUser(inputs{"passwords": nil, "noPasswordRequired": true})),
		refusedInputs("aws-elasticache-iam-user-name", "InvalidParameterCombination", "must be same for authentication type: iam",
			cacheUserToken, inputs{
				"engine": "valkey", "userId": "one", "userName": "two", "accessString": "on", "authenticationMode": inputs{"type": "iam"},
			}, inputs{
				"engine": "valkey", "userId": "one", "userName": "one", "accessString": "on", "authenticationMode": inputs{"type": "iam"},
			}),
		refusedSecond("aws-elasticache-user-exists", "UserAlreadyExists", "app already exists", cacheUserToken,
			cacheUser(nil), cacheUser(inputs{"userId": "other"})),
		refusedSecond("aws-elasticache-user-group-exists", "UserGroupAlreadyExists", "group already exists", cacheUserGroupToken,
			builtIn, with(builtIn, inputs{"userGroupId": "other"})),
		{ID: "aws-elasticache-user-group-default", Code: "DefaultUserRequired", Text: "user name default",
			Fails: group("app"), Passes: group("app", "default")},
		{ID: "aws-elasticache-user-group-names", Code: "DuplicateUserName", Text: "same user name: app",
			Fails: group("default", "app", "app"), Passes: group("default", "app", "other")},
		{ID: "aws-elasticache-user-groups-encryption", Code: "InvalidParameterCombination", Text: "encryption-in-transit",
			Fails: access(false), Passes: access(true)},
		refusedWhileUsed("aws-elasticache-user-group-in-use", "InvalidUserGroupState", "associated with a replication group",
			func(w *world) (used, user thing) {
				used = w.Create(cacheUserGroupToken, "group", builtIn)
				return used, w.Create(replicationGroupToken, "cache", redisGroup(inputs{
					"userGroupIds": []any{"group"}, "transitEncryptionEnabled": true,
				}))
			}),
		refusedWhileUsed("aws-elasticache-default-user-in-group", "DefaultUserAssociatedToUserGroup", "as a default user",
			func(w *world) (used, user thing) {
				used = w.Create(cacheUserToken, "first", cacheUser(inputs{"userId": "first", "userName": "default"}))
				return used, w.Create(cacheUserGroupToken, "group", with(builtIn, inputs{"userIds": []any{"first"}}))
			}),
	}
}
