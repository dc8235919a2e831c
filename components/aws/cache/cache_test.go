package cache

import (
	"strconv"
	"strings"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/holdfast-iac/holdfast/components/componenttest"
	"github.com/holdfast-iac/holdfast/components/spec"
)

// The types of the children that tests look for.
const (
	nodesType     = "aws:elasticache/replicationGroup:ReplicationGroup"
	userType      = "aws:elasticache/user:User"
	userGroupType = "aws:elasticache/userGroup:UserGroup"
	parameterType = "aws:elasticache/parameterGroup:ParameterGroup"
	targetType    = "aws:appautoscaling/target:Target"
	policyType    = "aws:appautoscaling/policy:Policy"
	ruleType      = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule"
	logGroupType  = "aws:cloudwatch/logGroup:LogGroup"
	keyType       = "aws:kms/key:Key"
	aliasType     = "aws:kms/alias:Alias"
	secretType    = "aws:secretsmanager/secret:Secret"
	versionType   = "aws:secretsmanager/secretVersion:SecretVersion"
)

const password = "correct-horse-battery-staple"

// standing returns a component that stands on the network of a world, with one client.
func standing(ctx *pulumi.Context, name string, args Args, opts ...pulumi.ResourceOption) (*Cache, error) {
	args.VpcID, args.SubnetIDs = pulumi.String("vpc-1"), pulumi.ToStringArray([]string{"subnet-1", "subnet-2"})
	if args.Cache.Validate() == nil {
		_, network, err := componenttest.AWSWorld(ctx)
		if err != nil {
			return nil, err
		}
		args.VpcID, args.SubnetIDs = network.VpcID, network.Data
		args.ClientSecurityGroupIDs = map[string]pulumi.StringInput{"cluster": network.SecurityGroupID}
	}
	return New(ctx, name, &args, opts...)
}

func TestConformance(t *testing.T) {
	t.Parallel()
	componenttest.Cache(t, componenttest.CacheDriver{
		Driver: componenttest.AWS("cache", Token,
			func(ctx *pulumi.Context, name string, c spec.Cache, opts ...pulumi.ResourceOption) error {
				_, err := standing(ctx, name, Args{Cache: c}, opts...)
				return err
			}, aliasType, versionType, policyType),
		Facts: facts,
		Resized: []string{
			nodesType + ".numCacheClusters", nodesType + ".numNodeGroups", nodesType + ".replicasPerNodeGroup",
			targetType + ".minCapacity", targetType + ".maxCapacity",
		},
	})
}

// facts reads off what the suite wants to know.
func facts(t require.TestingT, r componenttest.Recording) componenttest.CacheFacts {
	nodes, ok := r.Named(nodesType, "main-nodes")
	require.True(t, ok, "%v", r.URNs())
	in := nodes.Inputs
	f := componenttest.CacheFacts{
		Engine:        spec.CacheEngine(in["engine"].StringValue()),
		Failover:      in["automaticFailoverEnabled"].BoolValue() && in["multiAzEnabled"].BoolValue(),
		BackupDays:    int(in["snapshotRetentionLimit"].NumberValue()),
		FinalBackup:   in["finalSnapshotIdentifier"].IsString(),
		TLSOnly:       in["transitEncryptionEnabled"].BoolValue() && in["transitEncryptionMode"].StringValue() == "required",
		Encrypted:     in["atRestEncryptionEnabled"].BoolValue() && strings.Contains(in["kmsKeyId"].StringValue(), ":key/"),
		MinorUpgrades: in["autoMinorVersionUpgrade"].BoolValue(),
		Immediately:   in["applyImmediately"].BoolValue(),
		Private:       true, SignedIn: len(in["userGroupIds"].ArrayValue()) == 1,
	}
	if shards := in["numNodeGroups"]; shards.IsNumber() {
		f.Shards, f.Replicas = int(shards.NumberValue()), int(in["replicasPerNodeGroup"].NumberValue())
	} else {
		f.Replicas = int(in["numCacheClusters"].NumberValue()) - 1
	}
	f.MaxShards, f.MaxReplicas = f.Shards, f.Replicas
	if target, scales := r.Named(targetType, "main-shards"); scales {
		f.MaxShards = int(target.Inputs["maxCapacity"].NumberValue())
	}
	if target, scales := r.Named(targetType, "main-replicas"); scales {
		f.MaxReplicas = int(target.Inputs["maxCapacity"].NumberValue())
	}
	for _, user := range r.OfType(userType) {
		mode := user.Inputs["authenticationMode"].ObjectValue()["type"].StringValue()
		shut := strings.HasPrefix(user.Inputs["accessString"].StringValue(), "off ")
		f.SignedIn = f.SignedIn && (mode == "iam" || shut)
	}
	for _, rule := range r.OfType(ruleType) {
		f.Private = f.Private && rule.Inputs["referencedSecurityGroupId"].IsString() && rule.Inputs["toPort"].NumberValue() == Port
	}
	for _, group := range r.OfType(parameterType) {
		f.Evicts = settingOf(group, "maxmemory-policy") == "allkeys-lru"
		f.SlowMicroseconds, _ = strconv.Atoi(settingOf(group, "slowlog-log-slower-than"))
	}
	for _, group := range r.OfType(logGroupType) {
		f.LogDays = int(group.Inputs["retentionInDays"].NumberValue())
	}
	return f
}

// settingOf returns the value of a setting in a parameter group.
func settingOf(group componenttest.Resource, name string) string {
	for _, p := range group.Inputs["parameters"].ArrayValue() {
		if p.ObjectValue()["name"].StringValue() == name {
			return p.ObjectValue()["value"].StringValue()
		}
	}
	return ""
}

// run creates a cache in the simulated AWS and returns what it registered.
func run(t *testing.T, args Args, check ...func(*Cache)) componenttest.Recording {
	t.Helper()
	r, err := componenttest.Run(componenttest.SimulatedAWS(t, "us-east-1"), func(ctx *pulumi.Context) error {
		c, err := standing(ctx, "main", args)
		for _, check := range check {
			check(c)
		}
		return err
	})
	require.NoError(t, err)
	return r
}

func named(t *testing.T, r componenttest.Recording, token, name string) componenttest.Resource {
	t.Helper()
	res, ok := r.Named(token, name)
	require.True(t, ok, "%s %s in %v", token, name, r.URNs())
	return res
}

func text(r componenttest.Resource, key resource.PropertyKey) string {
	if !r.Inputs[key].IsString() {
		return ""
	}
	return r.Inputs[key].StringValue()
}

// Every output field is registered under the name in its tag, and has a value in every mode.
func TestOutputs(t *testing.T) {
	t.Parallel()
	for name, args := range map[string]Args{"default": {}, "shards": {Cache: spec.Cache{Shards: 2}}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			run(t, args, func(c *Cache) {
				componenttest.Outputs(t, c, c.outputs())
				pulumi.All(c.ID, c.PrimaryEndpoint, c.ReaderEndpoint, c.MemberIDs, c.UserNames, c.ConnectPolicies, c.SecretARNs).
					ApplyT(func(v []any) int {
						assert.Equal(t, "holdfast-test-main", v[0])
						if name == "shards" {
							assert.Contains(t, v[1], "clustercfg.")
							assert.Equal(t, v[1], v[2])
							assert.Len(t, v[3], 6)
						} else {
							assert.Contains(t, v[1], "master.holdfast-test-main.")
							assert.Contains(t, v[2], "replica.holdfast-test-main.")
							assert.Len(t, v[3], 3)
						}
						assert.Equal(t, map[string]string{"app": "holdfast-test-main-user-app"}, v[4])
						assert.JSONEq(t, `{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": ["elasticache:Connect"],
							"Resource": ["arn:aws:elasticache:us-east-1:123456789012:replicationgroup:holdfast-test-main",
							"arn:aws:elasticache:us-east-1:123456789012:user:holdfast-test-main-user-app"]}]}`,
							v[5].(map[string]string)["app"])
						assert.Empty(t, v[6])
						return 0
					})
			})
		})
	}
}

func TestNodes(t *testing.T) {
	t.Parallel()
	r := run(t, Args{TopicARN: pulumi.String("arn:aws:sns:us-east-1:123456789012:alarms")})
	nodes := named(t, r, nodesType, "main-nodes")
	for key, want := range map[resource.PropertyKey]any{
		"replicationGroupId": "holdfast-test-main", "engine": "valkey", "engineVersion": "8.0", "nodeType": "cache.m7g.large",
		"maintenanceWindow": "sun:05:00-sun:06:00", "snapshotWindow": "03:00-04:00", "port": 6379.0, "numCacheClusters": 3.0,
		"notificationTopicArn": "arn:aws:sns:us-east-1:123456789012:alarms", "userGroupIds": []any{"holdfast-test-main-users"},
		"parameterGroupName": "holdfast-test-main-valkey8",
	} {
		assert.Equal(t, want, nodes.Inputs[key].Mappable(), "%s", key)
	}
	assert.Equal(t, []string{"engineVersion"}, nodes.Request.GetIgnoreChanges(), "a minor upgrade by AWS is no step back")
	assert.True(t, nodes.Request.GetDeleteBeforeReplace(), "ElastiCache takes an id once")
	assert.Equal(t, []any{
		map[string]any{"destination": "/aws/vendedlogs/elasticache/holdfast-test-main/engine-log", "destinationType": "cloudwatch-logs",
			"logFormat": "json", "logType": "engine-log"},
		map[string]any{"destination": "/aws/vendedlogs/elasticache/holdfast-test-main/slow-log", "destinationType": "cloudwatch-logs",
			"logFormat": "json", "logType": "slow-log"},
	}, nodes.Inputs["logDeliveryConfigurations"].Mappable())
	assert.Regexp(t, `^holdfast-test-main-final-[0-9a-f]{8}$`, text(nodes, "finalSnapshotIdentifier"))
	upgraded := named(t, run(t, Args{MajorUpgradeAllowed: true}), nodesType, "main-nodes")
	assert.Empty(t, upgraded.Request.GetIgnoreChanges())
}

func TestParameters(t *testing.T) {
	t.Parallel()
	r := run(t, Args{Cache: spec.Cache{Engine: spec.CacheRedis, Shards: 2, StandbyNone: true, Parameters: map[string]string{"timeout": "300"}}})
	group := named(t, r, parameterType, "main-parameters")
	assert.Equal(t, "redis7", text(group, "family"))
	for name, want := range map[string]string{
		"cluster-enabled": "yes", "timeout": "300", "reserved-memory-percent": "25", "maxmemory-policy": "allkeys-lru",
	} {
		assert.Equal(t, want, settingOf(group, name), name)
	}
	nodes := named(t, r, nodesType, "main-nodes")
	assert.Equal(t, "7.1", text(nodes, "engineVersion"))
	assert.True(t, nodes.Inputs["automaticFailoverEnabled"].BoolValue(), "shards have it, also without replicas")
	assert.False(t, nodes.Inputs["multiAzEnabled"].BoolValue())
	assert.Empty(t, settingOf(named(t, run(t, Args{Version: 0}), parameterType, "main-parameters"), "cluster-enabled"))
	for version, family := range map[int]string{0: "valkey8", 7: "valkey7", 9: "valkey9"} {
		assert.Equal(t, family, text(named(t, run(t, Args{Version: version}), parameterType, "main-parameters"), "family"))
	}
}

// Who needs no name is shut out of Redis, and does not exist in Valkey.
func TestUsers(t *testing.T) {
	t.Parallel()
	r := run(t, Args{Cache: spec.Cache{Engine: spec.CacheRedis}})
	shut := named(t, r, userType, "main-default")
	assert.Equal(t, "default", text(shut, "userName"))
	assert.Equal(t, "off -@all", text(shut, "accessString"))
	assert.Len(t, named(t, r, userGroupType, "main-users").Inputs["userIds"].ArrayValue(), 2)
	r = run(t, Args{})
	app := named(t, r, userType, "main-user-app")
	assert.Equal(t, text(app, "userId"), text(app, "userName"), "IAM wants them the same")
	assert.Equal(t, "iam", app.Inputs["authenticationMode"].ObjectValue()["type"].StringValue())
	assert.Equal(t, "on ~* &* +@all -@admin -@dangerous +info", text(app, "accessString"))
	assert.Len(t, r.OfType(userType), 1)
}

func TestPasswords(t *testing.T) {
	t.Parallel()
	users := map[string]User{"app": {}, "old": {Password: pulumi.String(password), Access: "on ~old:* +@read"}}
	r := run(t, Args{Users: users}, func(c *Cache) {
		pulumi.All(c.ConnectPolicies, c.SecretARNs).ApplyT(func(v []any) int {
			assert.Len(t, v[0], 1)
			assert.Contains(t, v[1].(map[string]string)["old"], "secret:holdfast/test/main/user-old")
			return 0
		})
	})
	old := named(t, r, userType, "main-user-old")
	mode := old.Inputs["authenticationMode"].ObjectValue()
	assert.Equal(t, "password", mode["type"].StringValue())
	assert.True(t, mode["passwords"].ContainsSecrets())
	assert.Equal(t, "on ~old:* +@read", text(old, "accessString"))
	version := named(t, r, versionType, "main-user-old")
	require.True(t, version.Inputs["secretString"].IsSecret())
	assert.JSONEq(t, `{"username": "holdfast-test-main-user-old", "password": "`+password+`"}`,
		version.Inputs["secretString"].SecretValue().Element.StringValue())
	secret := named(t, r, secretType, "main-user-old")
	assert.NotEmpty(t, text(secret, "kmsKeyId"))
	birth := strings.TrimPrefix(text(named(t, r, nodesType, "main-nodes"), "finalSnapshotIdentifier"), "holdfast-test-main-final-")
	assert.Equal(t, "holdfast/test/main/user-old/"+birth, text(secret, "name"), "another for a cache that is created again")
}

// What is given is used in place of what the component would make.
func TestKeysGiven(t *testing.T) {
	t.Parallel()
	for _, logs := range []bool{false, true} {
		r, err := componenttest.Run(componenttest.SimulatedAWS(t, "us-east-1"), func(ctx *pulumi.Context) error {
			world, err := componenttest.NewWorld(ctx)
			if err != nil {
				return err
			}
			key, err := world.AddLogsKey()
			if err != nil {
				return err
			}
			args := Args{KeyARN: key.ARN}
			if logs {
				args.LogsKeyARN = key.ARN
			}
			_, err = standing(ctx, "main", args)
			return err
		})
		require.NoError(t, err)
		given := text(named(t, r, nodesType, "main-nodes"), "kmsKeyId")
		assert.NotEmpty(t, given)
		if logs {
			assert.Len(t, r.OfType(keyType), 1)
			assert.Equal(t, given, text(named(t, r, logGroupType, "main-slow-log"), "kmsKeyId"))
			continue
		}
		assert.Len(t, r.OfType(keyType), 2, "the given one may not let CloudWatch in")
		assert.NotEqual(t, given, text(named(t, r, logGroupType, "main-slow-log"), "kmsKeyId"))
	}
	own := run(t, Args{})
	assert.Equal(t, text(named(t, own, nodesType, "main-nodes"), "kmsKeyId"), text(named(t, own, logGroupType, "main-slow-log"), "kmsKeyId"))
}
