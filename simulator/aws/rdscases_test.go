package aws_test

import (
	"strings"

	"github.com/holdfast-iac/holdfast/simulator/simulatortest"
)

// refusedInputs is a case of a constraint that the inputs alone tell: bad ones and good ones.
func refusedInputs(id, code, text, token string, bad, good inputs) simulatortest.Case {
	return simulatortest.Case{ID: id, Code: code, Text: text, Fails: creating(token, bad), Passes: creating(token, good)}
}

// refusedSecond is a case of what there can be one of: another of the same name, and one of another name.
func refusedSecond(id, code, text, token string, first, other inputs) simulatortest.Case {
	return simulatortest.Case{
		ID: id, Code: code, Text: text,
		Fails: func(w *world) error {
			w.Create(token, "first", first)
			return creating(token, first)(w)
		},
		Passes: func(w *world) error {
			w.Create(token, "first", first)
			return creating(token, other)(w)
		},
	}
}

// refusedDeletion is a case of what cannot be deleted: made from bad inputs and from good ones.
func refusedDeletion(id, code, text, token string, bad, good inputs) simulatortest.Case {
	remove := func(in inputs) func(w *world) error {
		return func(w *world) error { return w.TryDelete(w.Create(token, "subject", in)) }
	}
	return simulatortest.Case{ID: id, Code: code, Text: text, Fails: remove(bad), Passes: remove(good)}
}

// refusedWhileUsed is a case of what is in use: it cannot go before its user.
func refusedWhileUsed(id, code, text string, create func(w *world) (used, user thing)) simulatortest.Case {
	return simulatortest.Case{
		ID: id, Code: code, Text: text,
		Fails: func(w *world) error {
			used, _ := create(w)
			return w.TryDelete(used)
		},
		Passes: func(w *world) error {
			used, user := create(w)
			w.Delete(user)
			return w.TryDelete(used)
		},
	}
}

func rdsGroupCases() []simulatortest.Case {
	group := func(zone string, other bool) func(*world) error {
		return func(w *world) error {
			v := vpc(w)
			more := subnet(w, v, "10.0.2.0/24", zone)
			if other {
				more = subnet(w, otherVPC(w), "10.1.2.0/24", zone)
			}
			return creating(dbSubnetGroupToken, inputs{
				"name": "data", "subnetIds": []any{subnet(w, v, "10.0.1.0/24", "a").ID(), more.ID()},
			})(w)
		}
	}
	named := func(name string) func(*world) error {
		return func(w *world) error {
			return creating(dbSubnetGroupToken, with(databaseSubnets(w, vpc(w)), inputs{"name": name}))(w)
		}
	}
	again := func(name string) func(*world) error {
		return func(w *world) error {
			first := databaseGroup(w, vpc(w))
			return creating(dbSubnetGroupToken, inputs{"name": name, "subnetIds": first.Inputs["subnetIds"].Mappable()})(w)
		}
	}
	parameters := func(name, method string) inputs {
		return inputs{"family": "postgres16", "parameters": []any{inputs{"name": name, "value": "7", "applyMethod": method}}}
	}
	clusterGroup := "aws:rds/clusterParameterGroup:ClusterParameterGroup"
	return []simulatortest.Case{
		{ID: "aws-rds-subnet-group-two-zones", Code: "DBSubnetGroupDoesNotCoverEnoughAZs", Text: "Current AZ coverage: us-west-2a.",
			Fails: group("a", false), Passes: group("b", false)},
		{ID: "aws-rds-subnet-group-one-vpc", Code: "InvalidSubnet", Text: "not all in a common VPC",
			Fails: group("b", true), Passes: group("b", false)},
		{ID: "aws-rds-subnet-group-default", Text: `"default" is not allowed`, Fails: func(w *world) error {
			return creating(dbSubnetGroupToken, with(databaseSubnets(w, vpc(w)), inputs{"name": "default"}))(w)
		}, Passes: named("defaults")},
		{ID: "aws-rds-subnet-group-exists", Code: "DBSubnetGroupAlreadyExists", Text: "'data' already exists",
			Fails: again("data"), Passes: again("other")},
		refusedWhileUsed("aws-rds-subnet-group-in-use", "InvalidDBSubnetGroupStateFault", "is still using it", func(w *world) (used, user thing) {
			used = databaseGroup(w, vpc(w))
			return used, w.Create(dbInstanceToken, "db", postgres(inputs{"dbSubnetGroupName": "data"}))
		}),
		refusedWhileUsed("aws-rds-parameter-group-in-use", "InvalidDBParameterGroupState", "still members of this parameter group pg",
			func(w *world) (used, user thing) {
				used = parameterGroup(w, "pg", "postgres16")
				return used, w.Create(dbInstanceToken, "db", postgres(inputs{"parameterGroupName": "pg"}))
			}),
		refusedWhileUsed("aws-rds-cluster-parameter-group-in-use", "InvalidDBParameterGroupState", "database clusters are still members",
			func(w *world) (used, user thing) {
				used = w.Create(clusterGroup, "pg", inputs{"name": "pg", "family": "aurora-postgresql16"})
				return used, w.Create(dbClusterToken, "db", aurora(inputs{"dbClusterParameterGroupName": "pg"}))
			}),
		refusedSecond("aws-rds-db-parameter-group-exists", "DBParameterGroupAlreadyExists", "Parameter group pg already exists",
			dbParameterGroupToken, inputs{"name": "pg", "family": "postgres16"}, inputs{"name": "other", "family": "postgres16"}),
		refusedSecond("aws-rds-dbcluster-parameter-group-exists", "DBParameterGroupAlreadyExists", "Parameter group pg already exists",
			clusterGroup, inputs{"name": "pg", "family": "aurora-postgresql16"}, inputs{"name": "other", "family": "aurora-postgresql16"}),
		refusedInputs("aws-rds-static-parameter-immediate", "InvalidParameterCombination", "static parameter max_connections",
			dbParameterGroupToken, parameters("max_connections", ""), parameters("max_connections", "pending-reboot")),
		refusedInputs("aws-rds-parameter-group-family-exists", "InvalidParameterValue", "postgres16.3 is not a valid parameter group family",
			dbParameterGroupToken, inputs{"family": "postgres16.3"}, inputs{"family": "oracle-ee-19"}),
	}
}

func rdsInstanceCases() []simulatortest.Case {
	one := func(id, code, text string, bad, good inputs) simulatortest.Case {
		return refusedInputs(id, code, text, dbInstanceToken, postgres(bad), postgres(good))
	}
	return []simulatortest.Case{
		one("aws-rds-identifier", "", "without a hyphen at the end", inputs{"identifier": "a--b"}, inputs{"identifier": "a-b"}),
		one("aws-rds-instance-required", "", `"username": required field is not set`, inputs{"username": nil}, nil),
		one("aws-rds-instance-class-name", "InvalidParameterValue", "Invalid DB Instance class: t3.micro",
			inputs{"instanceClass": "t3.micro"}, inputs{"instanceClass": "db.x2iedn.xlarge"}),
		one("aws-rds-instance-class-engine", "InvalidParameterCombination", "DBInstanceClass=db.t2.micro, Engine=postgres",
			inputs{"instanceClass": "db.t2.micro"}, inputs{"instanceClass": "db.t2.micro", "engineVersion": "12.22"}),
		one("aws-rds-multi-az-zone", "InvalidParameterCombination", "not valid for Multi-AZ instances",
			inputs{"multiAz": true, "availabilityZone": "us-west-2a"}, inputs{"availabilityZone": "us-west-2a"}),
		one("aws-rds-windows-overlap", "InvalidParameterValue", "must not overlap",
			inputs{"backupWindow": "23:30-00:30", "maintenanceWindow": "mon:00:00-mon:01:00"},
			inputs{"backupWindow": "23:30-00:00", "maintenanceWindow": "mon:00:00-mon:01:00"}),
		one("aws-rds-monitoring-role", "InvalidParameterCombination", "A MonitoringRoleARN value is required",
			inputs{"monitoringInterval": 60}, inputs{"monitoringInterval": 0}),
		one("aws-rds-insights-class", "InvalidParameterCombination", "Performance Insights not supported",
			inputs{"engine": "mysql", "engineVersion": nil, "performanceInsightsEnabled": true},
			inputs{"performanceInsightsEnabled": true}),
		one("aws-rds-storage-minimum", "InvalidParameterCombination", "engine name postgres and storage type gp2: 10",
			inputs{"allocatedStorage": 10}, inputs{"allocatedStorage": 5, "storageType": "standard"}),
		one("aws-rds-storage-iops", "InvalidParameterCombination", "The storage type io1 requires iops",
			inputs{"storageType": "io1", "allocatedStorage": 100}, inputs{"storageType": "io1", "allocatedStorage": 100, "iops": 1000}),
		one("aws-rds-gp3-small", "InvalidParameterCombination", "engine postgres and a storage size less than 400",
			inputs{"storageType": "gp3", "iops": 3000}, inputs{"storageType": "gp3", "iops": 12000, "allocatedStorage": 400}),
		one("aws-rds-max-storage", "InvalidParameterCombination", "at least 10 percent",
			inputs{"allocatedStorage": 100, "maxAllocatedStorage": 105}, inputs{"allocatedStorage": 100, "maxAllocatedStorage": 110}),
		one("aws-rds-reserved-user", "InvalidParameterValue", "MasterUsername admin cannot be used",
			inputs{"username": "admin"}, inputs{"username": "admin", "engine": "mysql", "engineVersion": nil}),
		one("aws-rds-password-characters", "InvalidParameterValue", "Only printable ASCII characters",
			inputs{"password": "with space"}, inputs{"password": "with-none!"}),
		one("aws-rds-password-length", "InvalidParameterValue", "shorter than 8", inputs{"password": "short"},
			inputs{"password": strings.Repeat("long", 32)}),
		one("aws-rds-database-name", "InvalidParameterValue", "must begin with a letter",
			inputs{"dbName": "my-app"}, inputs{"dbName": "my_app"}),
		one("aws-rds-engine-version", "InvalidParameterCombination", "Cannot find version 9.6.24 for postgres",
			inputs{"engineVersion": "9.6.24"}, inputs{"engineVersion": "18.1"}),
		refusedDeletion("aws-rds-instance-protected", "InvalidParameterCombination", "Cannot delete protected DB Instance",
			dbInstanceToken, postgres(inputs{"deletionProtection": true}), postgres(nil)),
		refusedDeletion("aws-rds-instance-final-snapshot", "", "final_snapshot_identifier is required", dbInstanceToken,
			postgres(inputs{"skipFinalSnapshot": nil}), postgres(inputs{"skipFinalSnapshot": nil, "finalSnapshotIdentifier": "last"})),
		refusedSecond("aws-rds-instance-exists", "DBInstanceAlreadyExists", "already exists: main", dbInstanceToken,
			postgres(nil), postgres(inputs{"identifier": "other"})),
	}
}

func rdsPlacementCases() []simulatortest.Case {
	public := func(internet bool, names bool) func(*world) error {
		return func(w *world) error {
			v := vpc(w)
			if !names {
				v = w.Create("aws:ec2/vpc:Vpc", "nameless", inputs{"cidrBlock": "10.0.0.0/16", "enableDnsHostnames": false})
			}
			if internet {
				gateway(w, v)
			}
			databaseGroup(w, v)
			return creating(dbInstanceToken, postgres(inputs{"dbSubnetGroupName": "data", "publiclyAccessible": true}))(w)
		}
	}
	guarded := func(other bool) func(*world) error {
		return func(w *world) error {
			v := vpc(w)
			databaseGroup(w, v)
			if other {
				v = otherVPC(w)
			}
			return creating(dbInstanceToken, postgres(inputs{
				"dbSubnetGroupName": "data", "vpcSecurityGroupIds": []any{group(w, v, "guard").ID()},
			}))(w)
		}
	}
	replica := func(days int) func(*world) error {
		return func(w *world) error {
			w.Create(dbInstanceToken, "source", postgres(inputs{"backupRetentionPeriod": days}))
			return creating(dbInstanceToken, inputs{
				"replicateSourceDb": "main", "instanceClass": "db.t4g.micro", "identifier": "copy", "skipFinalSnapshot": true,
			})(w)
		}
	}
	family := func(family string) func(*world) error {
		return func(w *world) error {
			parameterGroup(w, "pg", family)
			return creating(dbInstanceToken, postgres(inputs{"parameterGroupName": "pg"}))(w)
		}
	}
	change := func(before, after inputs) func(*world) error {
		return func(w *world) error {
			_, err := w.TryUpdate(w.Create(dbInstanceToken, "db", postgres(before)), postgres(after))
			return err
		}
	}
	move := func(other bool) func(*world) error {
		return func(w *world) error {
			v := vpc(w)
			databaseGroup(w, v)
			first := w.Create(dbInstanceToken, "db", postgres(inputs{"dbSubnetGroupName": "data"}))
			a, b := "10.0.3.0/24", "10.0.4.0/24"
			if other {
				v, a, b = otherVPC(w), "10.1.3.0/24", "10.1.4.0/24"
			}
			w.Create(dbSubnetGroupToken, "next", inputs{"name": "next", "subnetIds": []any{
				subnet(w, v, a, "a").ID(), subnet(w, v, b, "b").ID(),
			}})
			_, err := w.TryUpdate(first, postgres(inputs{"dbSubnetGroupName": "next"}))
			return err
		}
	}
	last := func(name string) func(*world) error {
		return func(w *world) error {
			first := w.Create(dbInstanceToken, "db", postgres(inputs{"skipFinalSnapshot": nil, "finalSnapshotIdentifier": name}))
			w.Create(dbSnapshotToken, "snapshot", inputs{"dbInstanceIdentifier": "main", "dbSnapshotIdentifier": "kept"})
			return w.TryDelete(first)
		}
	}
	snapshot := func(name string) func(*world) error {
		return func(w *world) error {
			w.Create(dbInstanceToken, "db", postgres(nil))
			w.Create(dbSnapshotToken, "first", inputs{"dbInstanceIdentifier": "main", "dbSnapshotIdentifier": "kept"})
			return creating(dbSnapshotToken, inputs{"dbInstanceIdentifier": "main", "dbSnapshotIdentifier": name})(w)
		}
	}
	return []simulatortest.Case{
		{ID: "aws-rds-public-gateway", Code: "InvalidVPCNetworkStateFault", Text: "has no internet gateway attached",
			Fails: public(false, true), Passes: public(true, true)},
		{ID: "aws-rds-public-names", Code: "InvalidVPCNetworkStateFault", Text: "does not support DNS resolution",
			Fails: public(true, false), Passes: public(true, true)},
		{ID: "aws-rds-security-group-vpc", Code: "InvalidParameterCombination", Text: "are in different VPCs",
			Fails: guarded(true), Passes: guarded(false)},
		{ID: "aws-rds-replica-source-backups", Code: "InvalidDBInstanceState", Text: "Automated backups are not enabled",
			Fails: replica(0), Passes: replica(1)},
		{ID: "aws-rds-parameter-group-family", Code: "InvalidParameterCombination",
			Text:  "Use a parameter group with DBParameterGroupFamily postgres16",
			Fails: family("postgres15"), Passes: family("postgres16")},
		{ID: "aws-rds-subnet-group-move", Code: "InvalidVPCNetworkStateFault", Text: "are in the same VPC",
			Fails: move(false), Passes: move(true)},
		{ID: "aws-rds-major-upgrade", Code: "InvalidParameterCombination", Text: "AllowMajorVersionUpgrade flag must be present",
			Fails:  change(nil, inputs{"engineVersion": "17"}),
			Passes: change(nil, inputs{"engineVersion": "17", "allowMajorVersionUpgrade": true})},
		{ID: "aws-rds-downgrade", Code: "InvalidParameterCombination", Text: "Cannot upgrade postgres from 16.4 to 16.3",
			Fails:  change(inputs{"engineVersion": "16.4"}, inputs{"engineVersion": "16.3"}),
			Passes: change(inputs{"engineVersion": "16.3"}, inputs{"engineVersion": "16.4"})},
		{ID: "aws-rds-final-snapshot-exists", Code: "DBSnapshotAlreadyExists", Text: "identifier kept",
			Fails: last("kept"), Passes: last("last")},
		{ID: "aws-rds-snapshot-exists", Code: "DBSnapshotAlreadyExists", Text: "identifier kept",
			Fails: snapshot("kept"), Passes: snapshot("other")},
	}
}

func rdsClusterCases() []simulatortest.Case {
	one := func(id, code, text string, bad, good inputs) simulatortest.Case {
		return refusedInputs(id, code, text, dbClusterToken, aurora(bad), aurora(good))
	}
	member := func(cluster inputs, changes inputs) func(*world) error {
		return func(w *world) error {
			w.Create(dbClusterToken, "cluster", aurora(cluster))
			if changes["dbParameterGroupName"] != nil {
				parameterGroup(w, "pg15", "aurora-postgresql15")
				parameterGroup(w, "pg16", "aurora-postgresql16")
			}
			return creating(dbClusterInstanceToken, with(inputs{
				"clusterIdentifier": "main", "engine": "aurora-postgresql", "instanceClass": "db.r6g.large", "identifier": "one",
			}, changes))(w)
		}
	}
	family := func(family string) func(*world) error {
		return func(w *world) error {
			w.Create("aws:rds/clusterParameterGroup:ClusterParameterGroup", "pg", inputs{"name": "pg", "family": family})
			return creating(dbClusterToken, aurora(inputs{"dbClusterParameterGroupName": "pg"}))(w)
		}
	}
	scaled := func(least, most float64) inputs {
		return inputs{"serverlessv2ScalingConfiguration": inputs{"minCapacity": least, "maxCapacity": most}}
	}
	multiAZ := func(class string) inputs {
		return inputs{"engine": "postgres", "engineVersion": "16", "dbClusterInstanceClass": class, "allocatedStorage": 100}
	}
	return []simulatortest.Case{
		one("aws-rds-cluster-reserved-user", "InvalidParameterValue", "MasterUsername admin cannot be used",
			inputs{"masterUsername": "admin"}, inputs{"masterUsername": "administrator"}),
		one("aws-rds-cluster-password-characters", "InvalidParameterValue", "Only printable ASCII characters",
			inputs{"masterPassword": "with/slash"}, inputs{"masterPassword": "with-none!"}),
		one("aws-rds-cluster-password-length", "InvalidParameterValue", "shorter than 8",
			inputs{"masterPassword": "short"}, inputs{"masterPassword": "longer-than-it"}),
		one("aws-rds-cluster-database-name", "InvalidParameterValue", "must begin with a letter",
			inputs{"databaseName": "1st"}, inputs{"databaseName": "first"}),
		one("aws-rds-cluster-engine-version", "InvalidParameterCombination", "Cannot find version 10.21 for aurora-postgresql",
			inputs{"engineVersion": "10.21"}, inputs{"engineVersion": "15"}),
		one("aws-rds-cluster-windows-overlap", "InvalidParameterValue", "must not overlap",
			inputs{"preferredBackupWindow": "03:00-04:00", "preferredMaintenanceWindow": "sun:03:30-sun:04:30"},
			inputs{"preferredBackupWindow": "04:30-05:00", "preferredMaintenanceWindow": "sun:03:30-sun:04:30"}),
		one("aws-rds-cluster-user-required", "InvalidParameterValue", "MasterUserPassword must be provided",
			inputs{"masterPassword": nil}, inputs{"masterPassword": nil, "manageMasterUserPassword": true}),
		one("aws-rds-serverless-capacity", "InvalidParameterValue", "from 8 to 4", scaled(8, 4), scaled(0.5, 4)),
		one("aws-rds-multi-az-cluster-class", "InvalidParameterCombination", `"db.m6g.large" can't be used with engine postgres`,
			multiAZ("db.m6g.large"), multiAZ("db.m6gd.large")),
		one("aws-rds-multi-az-cluster-identifier", "InvalidParameterValue", "more than the 52 characters",
			with(multiAZ("db.m6gd.large"), inputs{"clusterIdentifier": strings.Repeat("a", 53)}),
			with(multiAZ("db.m6gd.large"), inputs{"clusterIdentifier": strings.Repeat("a", 52)})),
		{ID: "aws-rds-cluster-parameter-group-family", Code: "InvalidParameterCombination",
			Text:  "Please use a Parameter Group with DBParameterGroupFamily aurora-postgresql16",
			Fails: family("aurora-postgresql15"), Passes: family("aurora-postgresql16")},
		{ID: "aws-rds-cluster-instance-engine", Code: "InvalidParameterCombination", Text: "(aurora-mysql) doesn't match",
			Fails: member(nil, inputs{"engine": "aurora-mysql"}), Passes: member(nil, nil)},
		{ID: "aws-rds-serverless-needs-scaling", Code: "InvalidDBClusterStateFault", Text: "Serverless v2 scaling configuration",
			Fails:  member(nil, inputs{"instanceClass": "db.serverless"}),
			Passes: member(scaled(0, 2), inputs{"instanceClass": "db.serverless"})},
		{ID: "aws-rds-cluster-instance-family", Code: "InvalidParameterCombination", Text: "aurora-postgresql15 can't be used",
			Fails:  member(nil, inputs{"dbParameterGroupName": "pg15"}),
			Passes: member(nil, inputs{"dbParameterGroupName": "pg16"})},
		refusedDeletion("aws-rds-cluster-protected", "InvalidParameterCombination", "Cannot delete protected Cluster",
			dbClusterToken, aurora(inputs{"deletionProtection": true}), aurora(nil)),
		refusedDeletion("aws-rds-cluster-final-snapshot", "", "RDS Cluster final_snapshot_identifier is required", dbClusterToken,
			aurora(inputs{"skipFinalSnapshot": nil}), aurora(inputs{"skipFinalSnapshot": nil, "finalSnapshotIdentifier": "last"})),
		refusedSecond("aws-rds-cluster-exists", "DBClusterAlreadyExistsFault", "already exists: main", dbClusterToken,
			aurora(nil), aurora(inputs{"clusterIdentifier": "other"})),
		refusedWhileUsed("aws-rds-cluster-has-instances", "InvalidDBClusterStateFault", "still contains DB instances",
			func(w *world) (used, user thing) {
				used = w.Create(dbClusterToken, "cluster", aurora(nil))
				return used, w.Create(dbClusterInstanceToken, "one", inputs{
					"clusterIdentifier": "main", "engine": "aurora-postgresql", "instanceClass": "db.r6g.large",
				})
			}),
	}
}
