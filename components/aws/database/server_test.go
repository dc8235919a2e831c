package database

import (
	"slices"
	"strings"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/holdfast-iac/holdfast/components/componenttest"
	"github.com/holdfast-iac/holdfast/components/spec"
)

func TestServer(t *testing.T) {
	t.Parallel()
	r := run(t, Args{})
	server := named(t, r, instanceType, "main-server")
	for key, want := range map[resource.PropertyKey]any{
		"identifier": "holdfast-test-main", "engine": "postgres", "engineVersion": "17", "instanceClass": "db.m7g.large",
		"dbName": "app", "username": "dbadmin", "storageType": "gp3", "backupWindow": "22:00-23:00", "engineLifecycleSupport": "open-source-rds-extended-support-disabled",
		"maintenanceWindow": "sun:06:00-sun:07:00", "caCertIdentifier": "rds-ca-rsa2048-g1", "databaseInsightsMode": "standard",
		"performanceInsightsRetentionPeriod": 7.0, "performanceInsightsEnabled": true, "monitoringInterval": 60.0,
		"manageMasterUserPassword": true, "iamDatabaseAuthenticationEnabled": true, "copyTagsToSnapshot": true,
		"deleteAutomatedBackups": false, "enabledCloudwatchLogsExports": []any{"postgresql", "upgrade"}, "port": 5432.0,
	} {
		assert.Equal(t, want, server.Inputs[key].Mappable(), "%s", key)
	}
	key := text(server, "kmsKeyId")
	assert.Regexp(t, `^arn:aws:kms:us-east-1:123456789012:key/`, key)
	assert.Equal(t, key, text(server, "masterUserSecretKmsKeyId"))
	assert.Equal(t, key, text(server, "performanceInsightsKmsKeyId"))
	assert.True(t, server.Request.GetDeleteBeforeReplace(), "RDS takes an identifier once")
	for _, absent := range []resource.PropertyKey{"password", "iops", "storageThroughput", "blueGreenUpdate", "availabilityZone"} {
		assert.NotContains(t, server.Inputs, absent)
	}
	for _, needed := range []string{logGroupType + "::main-logs-postgresql", logGroupType + "::main-logs-upgrade", attachType + "::main-monitor-rds"} {
		assert.Truef(t, dependsOn(server, needed), "the server waits for %s", needed)
	}
	group := named(t, r, logGroupType, "main-logs-postgresql")
	assert.Equal(t, "/aws/rds/instance/holdfast-test-main/postgresql", text(group, "name"))
	assert.Equal(t, key, text(group, "kmsKeyId"))
	assert.Empty(t, r.OfType(rotationType), "RDS changes the password every week by itself")
}

// dependsOn reports whether a resource waits for one whose URN ends so.
func dependsOn(r componenttest.Resource, suffix string) bool {
	for _, urn := range r.Request.GetDependencies() {
		if strings.HasSuffix(urn, suffix) {
			return true
		}
	}
	return false
}

func TestCluster(t *testing.T) {
	t.Parallel()
	r := run(t, Args{Database: spec.Database{Standby: spec.StandbyReadable, StorageGiB: 500}, AdvancedInsights: true})
	cluster := named(t, r, clusterType, "main-server")
	for key, want := range map[resource.PropertyKey]any{
		"clusterIdentifier": "holdfast-test-main", "dbClusterInstanceClass": "db.m6gd.large", "storageType": "gp3", "iops": 12000.0,
		"databaseInsightsMode": "advanced", "performanceInsightsRetentionPeriod": 465.0, "manageMasterUserPassword": true,
		"preferredBackupWindow": "22:00-23:00", "preferredMaintenanceWindow": "sun:06:00-sun:07:00", "copyTagsToSnapshot": true,
		"deleteAutomatedBackups": false,
	} {
		assert.Equal(t, want, cluster.Inputs[key].Mappable(), "%s", key)
	}
	assert.Empty(t, r.OfType(instanceType))
	assert.Equal(t, "/aws/rds/cluster/holdfast-test-main/upgrade", text(named(t, r, logGroupType, "main-logs-upgrade"), "name"))
	assert.Equal(t, "postgres17", text(named(t, r, clusterParams, "main-parameters"), "family"))
	assert.Empty(t, cluster.Request.GetIgnoreChanges())
	small := named(t, run(t, Args{Database: spec.Database{Standby: spec.StandbyReadable}, ExtendedSupport: true}), clusterType, "main-server")
	assert.NotContains(t, small.Inputs, resource.PropertyKey("iops"), "RDS takes none below 400 GiB")
	assert.Equal(t, []string{"iops"}, small.Request.GetIgnoreChanges(), "but has some of its own")
	assert.Equal(t, "open-source-rds-extended-support", text(small, "engineLifecycleSupport"))
	given := run(t, Args{Database: spec.Database{Standby: spec.StandbyReadable, FinalBackupSkipped: true}, MasterPassword: pulumi.String(password)})
	cluster = named(t, given, clusterType, "main-server")
	assert.True(t, cluster.Inputs["masterPassword"].IsSecret())
	assert.NotContains(t, cluster.Inputs, resource.PropertyKey("finalSnapshotIdentifier"))
}

// A cluster's instances have longer names than it has, and no more room for them.
func TestLongNames(t *testing.T) {
	t.Parallel()
	name := strings.Repeat("long-", 10) + "name"
	for standby, want := range map[spec.Standby]struct {
		token string
		key   resource.PropertyKey
		most  int
	}{
		spec.StandbyReadable: {clusterType, "clusterIdentifier", 52}, spec.StandbyZone: {instanceType, "identifier", 63},
	} {
		r, err := componenttest.Run(componenttest.SimulatedAWS(t, "us-east-1"), func(ctx *pulumi.Context) error {
			_, err := standing(ctx, name, Args{Database: spec.Database{Standby: standby}})
			return err
		})
		require.NoError(t, err)
		assert.LessOrEqual(t, len(text(named(t, r, want.token, name+"-server"), want.key)), want.most)
	}
}

// renamed are what RDS calls by another name for a cluster than for an instance.
var renamed = map[resource.PropertyKey]resource.PropertyKey{
	"identifier": "clusterIdentifier", "instanceClass": "dbClusterInstanceClass", "dbName": "databaseName", "username": "masterUsername",
	"parameterGroupName": "dbClusterParameterGroupName", "caCertIdentifier": "caCertificateIdentifier", "password": "masterPassword",
	"backupWindow": "preferredBackupWindow", "maintenanceWindow": "preferredMaintenanceWindow",
}

// Whatever is asked of a database, a cluster gets as an instance does, but for what RDS offers of one alone.
func TestClusterAsInstance(t *testing.T) {
	t.Parallel()
	alone := []resource.PropertyKey{"multiAz", "maxAllocatedStorage", "storageThroughput", "publiclyAccessible", "autoMinorVersionUpgrade"}
	for name, args := range map[string]Args{
		"default": {},
		"weak": {MasterPassword: pulumi.String(password), MonitoringSeconds: 1, AdvancedInsights: true, Database: spec.Database{
			Version: 16, StorageGiB: 500, Name: "shop", AdminUser: "owner", BackupRetentionDays: 3, BackupWindow: "01:00",
			MaintenanceWindow: "mon:02:00", DeletionAllowed: true, FinalBackupSkipped: true, MajorUpgradeAllowed: true, ApplyImmediately: true,
			Tags: map[string]string{"team": "data"},
		}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			args.Class = "db.m6gd.large"
			instance := named(t, run(t, args), instanceType, "main-server").Inputs
			args.Standby = spec.StandbyReadable
			cluster := named(t, run(t, args), clusterType, "main-server").Inputs.Copy()
			for key, value := range instance {
				if slices.Contains(alone, key) {
					continue
				}
				other := key
				if name, ok := renamed[key]; ok {
					other = name
				}
				switch key {
				case "finalSnapshotIdentifier", "kmsKeyId", "performanceInsightsKmsKeyId", "masterUserSecretKmsKeyId", "monitoringRoleArn":
					assert.True(t, cluster.HasValue(other), other) // with an id of its own in it
				case "vpcSecurityGroupIds":
					assert.Len(t, cluster[other].ArrayValue(), 1)
				default:
					assert.Equal(t, value, cluster[other], "%s, of a cluster %s", key, other)
				}
				delete(cluster, other)
			}
			assert.Empty(t, cluster, "a cluster has what an instance has not")
		})
	}
}

// Storage that RDS stripes gets what is included in it; smaller storage says nothing, which RDS insists on.
func TestStorage(t *testing.T) {
	t.Parallel()
	for size, want := range map[int][]any{399: {nil, nil}, 400: {12000.0, 500.0}} {
		server := named(t, run(t, Args{Database: spec.Database{StorageGiB: size}}), instanceType, "main-server")
		assert.Equal(t, want, []any{server.Inputs["iops"].Mappable(), server.Inputs["storageThroughput"].Mappable()}, size)
	}
}

// The final snapshot keeps its name from run to run, and gets another for every server that takes this one's place.
func TestFinalSnapshot(t *testing.T) {
	t.Parallel()
	name := func(args Args) string {
		return text(named(t, run(t, args), instanceType, "main-server"), "finalSnapshotIdentifier")
	}
	first := name(Args{})
	assert.Regexp(t, `^holdfast-test-main-final-[0-9a-f]{8}$`, first)
	assert.Equal(t, first, name(Args{Database: spec.Database{StorageGiB: 200}}))
	assert.NotEqual(t, first, name(Args{Database: spec.Database{Name: "other"}}))
	assert.NotEqual(t, first, name(Args{Database: spec.Database{AdminUser: "other"}}))
	skipped := named(t, run(t, Args{Database: spec.Database{FinalBackupSkipped: true}}), instanceType, "main-server")
	assert.NotContains(t, skipped.Inputs, resource.PropertyKey("finalSnapshotIdentifier"))
	assert.True(t, skipped.Inputs["deleteAutomatedBackups"].BoolValue())
}

func TestParameters(t *testing.T) {
	t.Parallel()
	r := run(t, Args{
		Database:       spec.Database{Version: 16, Parameters: map[string]string{"work_mem": "65536", "log_lock_waits": "0", "max_connections": "500"}},
		MasterPassword: pulumi.String(password), BlueGreen: true,
	})
	group := named(t, r, parameterType, "main-parameters")
	assert.Equal(t, "postgres16", text(group, "family"))
	assert.Equal(t, "holdfast-test-main-parameters-16", text(group, "name"), "the group of the next version stands beside it")
	assert.Equal(t, text(group, "name"), text(named(t, r, instanceType, "main-server"), "parameterGroupName"))
	methods := map[string]string{}
	for _, p := range group.Inputs["parameters"].ArrayValue() {
		methods[p.ObjectValue()["name"].StringValue()] = p.ObjectValue()["applyMethod"].StringValue()
	}
	for name, want := range map[string]string{
		"shared_preload_libraries": "pending-reboot", "track_activity_query_size": "pending-reboot", "max_connections": "pending-reboot",
		"rds.logical_replication": "pending-reboot", "rds.force_ssl": "immediate", "work_mem": "immediate",
	} {
		assert.Equal(t, want, methods[name], name)
	}
	assert.Equal(t, "0", settingOf(group, "log_lock_waits"), "the user's word is last")
	assert.True(t, named(t, r, instanceType, "main-server").Inputs["blueGreenUpdate"].ObjectValue()["enabled"].BoolValue())
	assert.Empty(t, settingOf(named(t, run(t, Args{}), parameterType, "main-parameters"), "rds.logical_replication"))
}

// What is given is used in place of what the component would make.
func TestKeysGiven(t *testing.T) {
	t.Parallel()
	r, err := componenttest.Run(componenttest.SimulatedAWS(t, "us-east-1"), func(ctx *pulumi.Context) error {
		world, err := componenttest.NewWorld(ctx)
		if err != nil {
			return err
		}
		key, err := world.AddLogsKey()
		if err != nil {
			return err
		}
		if _, err = standing(ctx, "main", Args{KeyARN: key.ARN}); err != nil {
			return err
		}
		_, err = standing(ctx, "other", Args{KeyARN: key.ARN, LogsKeyARN: key.ARN})
		return err
	})
	require.NoError(t, err)
	assert.Len(t, r.OfType(keyType), 1+1+2, "and that of each topic of events")
	given := text(named(t, r, instanceType, "main-server"), "kmsKeyId")
	assert.NotEmpty(t, given)
	assert.Equal(t, given, text(named(t, r, logGroupType, "other-logs-upgrade"), "kmsKeyId"))
	assert.NotEqual(t, given, text(named(t, r, logGroupType, "main-logs-upgrade"), "kmsKeyId"), "a key that is given may not let CloudWatch in")
	assert.Contains(t, text(named(t, r, keyType, "main-database-logs-key"), "policy"), "logs.us-east-1.amazonaws.com")
}

func TestPassword(t *testing.T) {
	t.Parallel()
	r := run(t, Args{MasterPassword: pulumi.String(password)})
	server := named(t, r, instanceType, "main-server")
	assert.NotContains(t, server.Inputs, resource.PropertyKey("manageMasterUserPassword"))
	require.True(t, server.Inputs["password"].IsSecret(), "also when it is given in the clear")
	version := named(t, r, versionType, "main-secret")
	require.True(t, version.Inputs["secretString"].IsSecret())
	assert.JSONEq(t, `{"username": "dbadmin", "password": "`+password+`"}`,
		version.Inputs["secretString"].SecretValue().Element.StringValue())
	secret := named(t, r, secretType, "main-secret")
	assert.Regexp(t, `^holdfast/test/main/admin/[0-9a-f]{8}$`, text(secret, "name"))
	assert.Equal(t, text(server, "kmsKeyId"), text(secret, "kmsKeyId"))
	for _, res := range r.Resources {
		for key, value := range res.Inputs {
			if value.IsString() {
				assert.NotContains(t, value.StringValue(), password, "%s of %s", key, res.URN)
			}
		}
	}
}

// A secret that was deleted keeps its name for a month: what is created again, with other ids around it, has another.
func TestSecretIsBornAgain(t *testing.T) {
	t.Parallel()
	name := func(otherKey bool) string {
		r, err := componenttest.Run(componenttest.SimulatedAWS(t, "us-east-1"), func(ctx *pulumi.Context) error {
			args := Args{MasterPassword: pulumi.String(password)}
			if otherKey {
				world, err := componenttest.NewWorld(ctx)
				if err != nil {
					return err
				}
				key, err := world.AddLogsKey()
				if err != nil {
					return err
				}
				args.KeyARN = key.ARN
			}
			_, err := standing(ctx, "main", args)
			return err
		})
		require.NoError(t, err)
		return text(named(t, r, secretType, "main-secret"), "name")
	}
	first := name(false)
	assert.Equal(t, first, name(false), "the same on every run")
	assert.NotEqual(t, first, name(true))
}

func TestRotation(t *testing.T) {
	t.Parallel()
	r := run(t, Args{RotationDays: 30})
	rotation := named(t, r, rotationType, "main-rotation")
	assert.Contains(t, text(rotation, "secretId"), ":secret:rds!")
	assert.Equal(t, 30.0, rotation.Inputs["rotationRules"].ObjectValue()["automaticallyAfterDays"].NumberValue())
	assert.False(t, rotation.Inputs["rotateImmediately"].BoolValue())
}

func TestReplicas(t *testing.T) {
	t.Parallel()
	r := run(t, Args{Database: spec.Database{Replicas: map[string]spec.DatabaseReplica{"a": {}, "b": {Class: "db.r7g.xlarge"}}}})
	replica := named(t, r, instanceType, "main-replica-a")
	for key, want := range map[resource.PropertyKey]any{
		"identifier": "holdfast-test-main-replica-a", "replicateSourceDb": "holdfast-test-main", "instanceClass": "db.m7g.large",
		"maintenanceWindow": "sat:06:00-sat:07:00", "skipFinalSnapshot": true, "storageEncrypted": true, "publiclyAccessible": false,
	} {
		assert.Equal(t, want, replica.Inputs[key].Mappable(), "%s", key)
	}
	for _, absent := range []resource.PropertyKey{"engine", "username", "password", "manageMasterUserPassword", "dbName", "kmsKeyId", "dbSubnetGroupName"} {
		assert.NotContains(t, replica.Inputs, absent, "a replica takes it from its source")
	}
	assert.Equal(t, "db.r7g.xlarge", text(named(t, r, instanceType, "main-replica-b"), "instanceClass"))
	assert.Equal(t, "/aws/rds/instance/holdfast-test-main-replica-a/upgrade", text(named(t, r, logGroupType, "main-replica-a-upgrade"), "name"))
}

// Nobody may take the role but RDS on the account's behalf, and it may do what measuring takes alone.
func TestMonitor(t *testing.T) {
	t.Parallel()
	r := run(t, Args{})
	monitor := named(t, r, roleType, "main-monitor")
	assert.JSONEq(t, `{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": ["sts:AssumeRole"],
		"Principal": {"Service": "monitoring.rds.amazonaws.com"}, "Condition": {"StringEquals": {"aws:SourceAccount": "123456789012"}}}]}`,
		text(monitor, "assumeRolePolicy"))
	assert.Equal(t, "arn:aws:iam::aws:policy/service-role/AmazonRDSEnhancedMonitoringRole", text(named(t, r, attachType, "main-monitor-rds"), "policyArn"))
}
