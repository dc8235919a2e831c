package database

import (
	"slices"
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
	instanceType    = "aws:rds/instance:Instance"
	clusterType     = "aws:rds/cluster:Cluster"
	subnetsType     = "aws:rds/subnetGroup:SubnetGroup"
	parameterType   = "aws:rds/parameterGroup:ParameterGroup"
	clusterParams   = "aws:rds/clusterParameterGroup:ClusterParameterGroup"
	backupsType     = "aws:rds/instanceAutomatedBackupsReplication:InstanceAutomatedBackupsReplication"
	eventsType      = "aws:rds/eventSubscription:EventSubscription"
	topicType       = "aws:sns/topic:Topic"
	topicPolicyType = "aws:sns/topicPolicy:TopicPolicy"
	subscriberType  = "aws:sns/topicSubscription:TopicSubscription"
	groupType       = "aws:ec2/securityGroup:SecurityGroup"
	ruleType        = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule"
	logGroupType    = "aws:cloudwatch/logGroup:LogGroup"
	keyType         = "aws:kms/key:Key"
	aliasType       = "aws:kms/alias:Alias"
	attachType      = "aws:iam/rolePolicyAttachment:RolePolicyAttachment"
	roleType        = "aws:iam/role:Role"
	rotationType    = "aws:secretsmanager/secretRotation:SecretRotation"
	secretType      = "aws:secretsmanager/secret:Secret"
	versionType     = "aws:secretsmanager/secretVersion:SecretVersion"
)

const password = "correct-horse-battery"

// standing returns a component that stands on the network of a world, with one client and a password where one is
// needed.
func standing(ctx *pulumi.Context, name string, args Args, opts ...pulumi.ResourceOption) (*Database, error) {
	if err := args.Database.Validate(); err == nil {
		_, network, err := componenttest.AWSWorld(ctx)
		if err != nil {
			return nil, err
		}
		args.VpcID, args.SubnetIDs = network.VpcID, network.Data
		args.ClientSecurityGroupIDs = map[string]pulumi.StringInput{"cluster": network.SecurityGroupID}
	} else {
		args.VpcID, args.SubnetIDs = pulumi.String("vpc-1"), pulumi.ToStringArray([]string{"subnet-1", "subnet-2", "subnet-3"})
	}
	if len(args.Replicas) > 0 && args.MasterPassword == nil {
		args.MasterPassword = pulumi.String(password)
	}
	return New(ctx, name, &args, opts...)
}

func TestConformance(t *testing.T) {
	t.Parallel()
	componenttest.Database(t, componenttest.DatabaseDriver{
		Driver: componenttest.AWS("database", Token,
			func(ctx *pulumi.Context, name string, d spec.Database, opts ...pulumi.ResourceOption) error {
				_, err := standing(ctx, name, Args{Database: d}, opts...)
				return err
			}, aliasType, attachType, versionType, topicPolicyType, subscriberType),
		Facts:    facts,
		Spanning: []string{eventsType + ".sourceIds"},
	})
}

// facts reads off what the suite wants to know.
func facts(t require.TestingT, r componenttest.Recording) componenttest.DatabaseFacts {
	server, ok := r.Named(instanceType, "main-server")
	f := componenttest.DatabaseFacts{Private: true, Encrypted: true, TLSOnly: true}
	backups := resource.PropertyKey("backupRetentionPeriod")
	if ok {
		f.Standbys = map[bool]int{true: 1}[server.Inputs["multiAz"].BoolValue()]
		f.MaxStorageGiB = int(server.Inputs["maxAllocatedStorage"].NumberValue())
		f.MinorUpgrades = server.Inputs["autoMinorVersionUpgrade"].BoolValue()
	} else {
		server, ok = r.Named(clusterType, "main-server")
		require.True(t, ok, "%v", r.URNs())
		f.Standbys, f.ReadableStandbys, f.MinorUpgrades = 2, true, true // a cluster takes minor upgrades by itself
	}
	in := server.Inputs
	f.Version, _ = strconv.Atoi(in["engineVersion"].StringValue())
	f.StorageGiB = int(in["allocatedStorage"].NumberValue())
	f.MaxStorageGiB = max(f.MaxStorageGiB, f.StorageGiB)
	f.BackupDays = int(in[backups].NumberValue())
	f.Protected = in["deletionProtection"].BoolValue()
	f.FinalBackup = !in["skipFinalSnapshot"].BoolValue() && in["finalSnapshotIdentifier"].IsString()
	f.MajorUpgrades = in["allowMajorVersionUpgrade"].BoolValue()
	f.Immediately = in["applyImmediately"].BoolValue()
	for _, s := range append(r.OfType(instanceType), r.OfType(clusterType)...) {
		f.Encrypted = f.Encrypted && s.Inputs["storageEncrypted"].BoolValue()
		f.Private = f.Private && !(s.Inputs["publiclyAccessible"].IsBool() && s.Inputs["publiclyAccessible"].BoolValue())
		if s.Name != server.Name {
			f.Replicas++
		}
	}
	f.Encrypted = f.Encrypted && strings.Contains(in["kmsKeyId"].StringValue(), ":key/")
	for _, rule := range r.OfType(ruleType) {
		f.Private = f.Private && rule.Inputs["referencedSecurityGroupId"].IsString() && rule.Inputs["toPort"].NumberValue() == Port
	}
	for _, group := range append(r.OfType(parameterType), r.OfType(clusterParams)...) {
		f.TLSOnly = f.TLSOnly && settingOf(group, "rds.force_ssl") == "1"
		f.SlowMilliseconds, _ = strconv.Atoi(settingOf(group, "log_min_duration_statement"))
	}
	f.Notified = true
	for _, s := range append(r.OfType(instanceType), r.OfType(clusterType)...) {
		f.Notified = f.Notified && subscribed(r, s)
	}
	for _, group := range r.OfType(logGroupType) {
		f.LogDays = int(group.Inputs["retentionInDays"].NumberValue())
	}
	return f
}

// subscribed reports whether a topic is told of the failures of a server.
func subscribed(r componenttest.Recording, server componenttest.Resource) bool {
	id := server.Inputs["identifier"]
	if server.Type == clusterType {
		id = server.Inputs["clusterIdentifier"]
	}
	return slices.ContainsFunc(r.OfType(eventsType), func(events componenttest.Resource) bool {
		return slices.Contains(events.Inputs["sourceIds"].ArrayValue(), id) && text(events, "snsTopic") != "" &&
			slices.Contains(events.Inputs["eventCategories"].ArrayValue(), resource.NewProperty("failure"))
	})
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

// run creates a database in the simulated AWS and returns what it registered.
func run(t *testing.T, args Args, check ...func(*Database)) componenttest.Recording {
	t.Helper()
	r, err := componenttest.Run(componenttest.SimulatedAWS(t, "us-east-1"), func(ctx *pulumi.Context) error {
		d, err := standing(ctx, "main", args)
		for _, c := range check {
			c(d)
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
	for name, args := range map[string]Args{
		"default":  {},
		"readable": {Database: spec.Database{Standby: spec.StandbyReadable}},
		"replicas": {Database: spec.Database{Replicas: map[string]spec.DatabaseReplica{"b": {}, "a": {}}}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			run(t, args, func(d *Database) {
				componenttest.Outputs(t, d, d.outputs())
				pulumi.All(d.Identifier, d.Endpoint, d.ReaderEndpoint, d.SecretARN, d.ReplicaEndpoints, d.ReplicaARN, d.Port).
					ApplyT(func(v []any) int {
						assert.Equal(t, "holdfast-test-main", v[0])
						assert.Regexp(t, `^holdfast-test-main\.[a-z0-9.-]+\.rds\.amazonaws\.com$`, v[1])
						assert.Contains(t, v[3], "arn:aws:secretsmanager:us-east-1:123456789012:secret:")
						assert.Empty(t, v[5])
						assert.Equal(t, 5432, v[6])
						switch name {
						case "default":
							assert.Equal(t, v[1], v[2])
						case "readable":
							assert.Contains(t, v[2], "cluster-ro")
						case "replicas":
							assert.Len(t, v[4], 2)
							assert.Equal(t, v[4].(map[string]string)["a"], v[2])
						}
						return 0
					})
			})
		})
	}
}
