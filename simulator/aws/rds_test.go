package aws_test

import (
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/holdfast-iac/holdfast/simulator"
	"github.com/holdfast-iac/holdfast/simulator/simulatortest"
)

const (
	dbInstanceToken        = "aws:rds/instance:Instance"
	dbClusterToken         = "aws:rds/cluster:Cluster"
	dbClusterInstanceToken = "aws:rds/clusterInstance:ClusterInstance"
	dbSubnetGroupToken     = "aws:rds/subnetGroup:SubnetGroup"
	dbParameterGroupToken  = "aws:rds/parameterGroup:ParameterGroup"
	dbSnapshotToken        = "aws:rds/snapshot:Snapshot"
)

// postgres are the inputs of a small database that can be deleted.
func postgres(changes inputs) inputs {
	return with(inputs{
		"identifier": "main", "engine": "postgres", "engineVersion": "16", "instanceClass": "db.t4g.micro",
		"allocatedStorage": 20, "username": "app", "password": "correct-horse", "skipFinalSnapshot": true,
	}, changes)
}

// aurora are the inputs of a cluster that can be deleted.
func aurora(changes inputs) inputs {
	return with(inputs{
		"clusterIdentifier": "main", "engine": "aurora-postgresql", "engineVersion": "16.8", "masterUsername": "app",
		"masterPassword": "correct-horse", "skipFinalSnapshot": true,
	}, changes)
}

func databaseSubnets(w *world, v thing) inputs {
	return inputs{"name": "data", "subnetIds": []any{
		subnet(w, v, "10.0.1.0/24", "a").ID(), subnet(w, v, "10.0.2.0/24", "b").ID(),
	}}
}

func databaseGroup(w *world, v thing) thing {
	return w.Create(dbSubnetGroupToken, "data", databaseSubnets(w, v))
}

func parameterGroup(w *world, name, family string) thing {
	return w.Create(dbParameterGroupToken, name, inputs{"name": name, "family": family})
}

// creating returns what a creation with some inputs is refused with.
func creating(token string, in inputs) func(*world) error {
	return func(w *world) error {
		_, err := w.Try(token, "subject", in)
		return err
	}
}

func rdsFixtures() []simulatortest.Fixture {
	identifier := func(t simulatortest.Thing) string { return t.Text("identifier") }
	return []simulatortest.Fixture{
		{
			Type:    dbSubnetGroupToken,
			Inputs:  func(w *world) inputs { return databaseSubnets(w, vpc(w)) },
			Update:  tagged,
			Replace: changing(inputs{"name": "others"}),
		},
		{
			Type: dbParameterGroupToken,
			Inputs: func(*world) inputs {
				return inputs{"family": "postgres16", "parameters": []any{inputs{"name": "rds.force_ssl", "value": "1"}}}
			},
			Update: changing(inputs{"parameters": []any{
				inputs{"name": "max_connections", "value": "200", "applyMethod": "pending-reboot"},
			}}),
			Replace: changing(inputs{"family": "postgres17", "name": "other"}),
		},
		{
			Type:    "aws:rds/clusterParameterGroup:ClusterParameterGroup",
			Inputs:  func(*world) inputs { return inputs{"family": "aurora-mysql8.0", "namePrefix": "main-"} },
			Update:  tagged,
			Replace: changing(inputs{"namePrefix": "other-"}),
		},
		{
			Type: dbInstanceToken,
			Inputs: func(w *world) inputs {
				v := vpc(w)
				return postgres(inputs{
					"dbSubnetGroupName": databaseGroup(w, v).Text("name"), "vpcSecurityGroupIds": []any{group(w, v, "data").ID()},
					"parameterGroupName": parameterGroup(w, "pg", "postgres16").Text("name"), "storageEncrypted": true,
					"multiAz": true, "manageMasterUserPassword": true, "password": nil, "performanceInsightsEnabled": true,
				})
			},
			Update:   changing(inputs{"instanceClass": "db.m7g.large", "backupRetentionPeriod": 7}),
			Replace:  changing(inputs{"identifier": "other", "storageEncrypted": false}),
			ImportID: identifier,
		},
		{
			Type: dbInstanceToken, Name: "replica",
			Inputs: func(w *world) inputs {
				source := w.Create(dbInstanceToken, "source", postgres(inputs{"identifier": "source", "backupRetentionPeriod": 1}))
				return inputs{
					"replicateSourceDb": source.Text("identifier"), "instanceClass": "db.t4g.micro", "skipFinalSnapshot": true,
				}
			},
			Update:  tagged,
			Replace: changing(inputs{"storageEncrypted": true, "identifier": "other"}),
		},
		{
			Type: dbSnapshotToken,
			Inputs: func(w *world) inputs {
				w.Create(dbInstanceToken, "source", postgres(nil))
				return inputs{"dbInstanceIdentifier": "main", "dbSnapshotIdentifier": "before"}
			},
			Update:  tagged,
			Replace: changing(inputs{"dbSnapshotIdentifier": "after"}),
		},
		{
			Type: dbClusterToken,
			Inputs: func(w *world) inputs {
				return aurora(inputs{"dbSubnetGroupName": databaseGroup(w, vpc(w)).Text("name"), "storageEncrypted": true})
			},
			Update:  changing(inputs{"backupRetentionPeriod": 14}),
			Replace: changing(inputs{"clusterIdentifier": "other"}),
		},
		{
			Type: dbClusterToken, Name: "Multi-AZ",
			Inputs: func(*world) inputs {
				return inputs{
					"engine": "mysql", "dbClusterInstanceClass": "db.m6gd.large", "allocatedStorage": 100, "storageType": "io1",
					"iops": 1000, "masterUsername": "app", "manageMasterUserPassword": true, "skipFinalSnapshot": true,
				}
			},
			Update: tagged,
		},
		{
			Type: dbClusterInstanceToken,
			Inputs: func(w *world) inputs {
				cluster := w.Create(dbClusterToken, "cluster", aurora(inputs{
					"serverlessv2ScalingConfiguration": inputs{"minCapacity": 0.5, "maxCapacity": 4},
				}))
				return inputs{"clusterIdentifier": cluster.ID(), "engine": "aurora-postgresql", "instanceClass": "db.serverless"}
			},
			Update:  changing(inputs{"instanceClass": "db.r6g.large"}),
			Replace: changing(inputs{"identifier": "other"}),
		},
	}
}

func TestDatabaseOutputs(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	main := w.Create(dbInstanceToken, "db", postgres(nil))
	assert.Equal(t, "arn:aws:rds:us-west-2:123456789012:db:main", main.Text("arn"))
	assert.Regexp(t, `^db-[A-Z2-7]{26}$`, main.ID())
	assert.Regexp(t, `^main\.[0-9a-f]{12}\.us-west-2\.rds\.amazonaws\.com:5432$`, main.Text("endpoint"))
	assert.Equal(t, "16", main.Text("engineVersion"), "what the program asked for")
	assert.Regexp(t, `^16\.\d+$`, main.Text("engineVersionActual"))
	assert.Equal(t, "default.postgres16", main.Text("parameterGroupName"))
	assert.True(t, main.Outputs["password"].IsSecret(), "the password is a secret")
	made := w.Create(dbInstanceToken, "Made", postgres(inputs{"identifier": nil}))
	assert.Regexp(t, `^made[0-9a-f]{7}$`, made.Text("identifier"))
	cluster := w.Create(dbClusterToken, "cluster", aurora(nil))
	assert.Regexp(t, `^main\.cluster-ro\.[0-9a-f]{12}\.us-west-2`, cluster.Text("readerEndpoint"))
	assert.True(t, cluster.Outputs["masterPassword"].IsSecret())
	member := func(name string) thing {
		return w.Create(dbClusterInstanceToken, name, inputs{
			"clusterIdentifier": "main", "engine": "aurora-postgresql", "instanceClass": "db.r6g.large", "identifier": name,
		})
	}
	assert.Equal(t, resource.NewBoolProperty(true), member("first").Outputs["writer"])
	assert.Equal(t, resource.NewBoolProperty(false), member("second").Outputs["writer"])
	found, err := w.Provider.Invoke("aws:rds/getCluster:getCluster", resource.PropertyMap{"clusterIdentifier": cluster.Outputs["clusterIdentifier"]})
	require.NoError(t, err)
	assert.Equal(t, []any{"first", "second"}, found["clusterMembers"].Mappable())
}

func TestPasswordsStayOutOfErrors(t *testing.T) {
	t.Parallel()
	const password = "no@good"
	for token, in := range map[string]inputs{
		dbInstanceToken: postgres(inputs{"password": password}),
		dbClusterToken:  aurora(inputs{"masterPassword": password}),
	} {
		err := creating(token, in)(newWorld(t))
		require.Error(t, err)
		assert.NotContains(t, err.Error(), password)
	}
}

func TestDatabaseLookups(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	ask := func(token string, in inputs) (resource.PropertyMap, error) {
		return w.Provider.Invoke("aws:rds/"+token+":"+token, resource.NewPropertyMapFromMap(in))
	}
	engine, err := ask("getEngineVersion", inputs{"engine": "postgres", "version": "16"})
	require.NoError(t, err)
	assert.Equal(t, "postgres16", engine["parameterGroupFamily"].StringValue())
	assert.Regexp(t, `^16\.\d+$`, engine["versionActual"].StringValue())
	latest, err := ask("getEngineVersion", inputs{"engine": "aurora-mysql", "latest": true})
	require.NoError(t, err)
	assert.Equal(t, "aurora-mysql8.0", latest["parameterGroupFamily"].StringValue())
	byFamily, err := ask("getEngineVersion", inputs{"engine": "mysql", "parameterGroupFamily": "mysql8.0"})
	require.NoError(t, err)
	assert.Regexp(t, `^8\.0\.\d+$`, byFamily["version"].StringValue())
	_, err = ask("getEngineVersion", inputs{"engine": "postgres", "version": "9.6"})
	assert.ErrorContains(t, err, "no RDS engine versions match")
	orderable, err := ask("getOrderableDbInstance", inputs{
		"engine": "aurora-postgresql", "preferredInstanceClasses": []any{"db.t3.micro", "db.t4g.medium"},
	})
	require.NoError(t, err)
	assert.Equal(t, "db.t4g.medium", orderable["instanceClass"].StringValue(), "Aurora has no micro")
	_, err = ask("getOrderableDbInstance", inputs{"engine": "oracle-se2", "instanceClass": "db.m6g.large"})
	assert.ErrorContains(t, err, "no RDS Orderable DB Instance Options found")
	authority, err := ask("getCertificate", inputs{})
	require.NoError(t, err)
	assert.Equal(t, "rds-ca-rsa2048-g1", authority["id"].StringValue())
	_, err = ask("getCertificate", inputs{"id": "rds-ca-2015"})
	assert.Equal(t, "CertificateNotFound", simulator.Code(err))
	main := w.Create(dbInstanceToken, "db", postgres(nil))
	found, err := ask("getInstance", inputs{"dbInstanceIdentifier": "main"})
	require.NoError(t, err)
	assert.Equal(t, main.Text("endpoint"), found["endpoint"].StringValue())
	_, err = ask("getInstance", inputs{"dbInstanceIdentifier": "other"})
	assert.Equal(t, "DBInstanceNotFound", simulator.Code(err))
}
