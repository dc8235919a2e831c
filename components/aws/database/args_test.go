package database

import (
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/holdfast-iac/holdfast/components/spec"
)

// placed returns arguments with the place that they need.
func placed(a Args) Args {
	a.VpcID, a.SubnetIDs = pulumi.String("vpc-1"), pulumi.ToStringArray([]string{"subnet-1", "subnet-2", "subnet-3"})
	return a
}

func TestValidate(t *testing.T) {
	t.Parallel()
	one := map[string]spec.DatabaseReplica{"a": {}}
	given := pulumi.String(password)
	other := &pulumi.ProviderResourceState{}
	tests := map[string]struct {
		args Args
		want string // of the one problem; none if empty
	}{
		"nothing":               {placed(Args{}), ""},
		"class":                 {placed(Args{Database: spec.Database{Class: "m7g.large"}}), `class: "m7g.large" is not a class of instances`},
		"old class":             {placed(Args{Database: spec.Database{Class: "db.m4.large"}}), "is of a generation that runs no supported version"},
		"class of a cluster":    {placed(Args{Database: spec.Database{Class: "db.m7g.large", Standby: spec.StandbyReadable}}), "has no local disk"},
		"good class":            {placed(Args{Database: spec.Database{Class: "db.x2iedn.xlarge", Standby: spec.StandbyReadable}}), ""},
		"class with a tail":     {placed(Args{Database: spec.Database{Class: "db.r6i.4xlarge.tpc2.mem2x"}}), ""},
		"class of a replica":    {placed(Args{MasterPassword: given, Database: spec.Database{Replicas: map[string]spec.DatabaseReplica{"a": {Class: "big"}}}}), "replicas.a.class: "},
		"replicas":              {placed(Args{MasterPassword: given, Database: spec.Database{Replicas: one}}), ""},
		"managed replicas":      {placed(Args{Database: spec.Database{Replicas: one}}), "replicas: needs masterPassword"},
		"managed blue-green":    {placed(Args{BlueGreen: true}), "blueGreen: needs masterPassword"},
		"blue-green":            {placed(Args{BlueGreen: true, MasterPassword: given}), ""},
		"blue-green copy":       {placed(Args{BlueGreen: true, MasterPassword: given, ReplicaProvider: other}), "blueGreen: true is not possible with a copy"},
		"blue-green replicas":   {placed(Args{BlueGreen: true, MasterPassword: given, Database: spec.Database{Replicas: one}}), "blueGreen: true is not possible with replicas"},
		"blue-green cluster":    {placed(Args{BlueGreen: true, MasterPassword: given, Database: spec.Database{Standby: spec.StandbyReadable}}), "blueGreen: true is not possible with readable"},
		"replicas of a cluster": {placed(Args{MasterPassword: given, Database: spec.Database{Replicas: one, Standby: spec.StandbyReadable}}), "replicas: 1 cannot be added"},
		"region of a cluster":   {placed(Args{ReplicaProvider: other, Database: spec.Database{Standby: spec.StandbyReadable}}), "replica: is not possible"},
		"growth of a cluster":   {placed(Args{Database: spec.Database{Standby: spec.StandbyReadable, MaxStorageGiB: 200}}), "maxStorageGib: 200 has no effect"},
		"no growth, cluster":    {placed(Args{Database: spec.Database{Standby: spec.StandbyReadable, MaxStorageGiB: 100}}), ""},
		"major upgrade":         {placed(Args{Database: spec.Database{MajorUpgradeAllowed: true}}), "majorUpgradeAllowed: true needs applyImmediately"},
		"rotation":              {placed(Args{RotationDays: 1001}), "rotationDays: 1001 is out of range; use 1 to 1000 days"},
		"rotation, negative":    {placed(Args{RotationDays: -1}), "rotationDays: -1 is out of range"},
		"rotation of given":     {placed(Args{RotationDays: 30, MasterPassword: given}), "rotationDays: 30 has no effect"},
		"monitoring":            {placed(Args{MonitoringSeconds: 20}), "monitoringSeconds: 20 is not offered"},
		"TLS":                   {placed(Args{Database: spec.Database{Parameters: map[string]string{"rds.force_ssl": "0"}}}), "every connection is encrypted"},
		"retention":             {placed(Args{Database: spec.Database{LogRetentionDays: 100}}), "logRetentionDays: 100 is not a period"},
		"tags":                  {placed(Args{Database: spec.Database{Tags: map[string]string{"aws:x": ""}}}), "tags.aws:x: "},
		"client":                {placed(Args{ClientSecurityGroupIDs: map[string]pulumi.StringInput{"a b": pulumi.String("sg-1")}}), "clientSecurityGroupIds.a b: is not a name"},
		"no client":             {placed(Args{ClientSecurityGroupIDs: map[string]pulumi.StringInput{"a": nil}}), "clientSecurityGroupIds.a: has no security group"},
		"region of nothing":     {placed(Args{Replica: RegionReplica{StandbyNone: true}}), "replica: has no effect without a provider"},
		"region":                {placed(Args{ReplicaProvider: other}), ""},
		"half a region":         {placed(Args{ReplicaProvider: other, Replica: RegionReplica{SubnetIDs: pulumi.ToStringArray([]string{"subnet-1", "subnet-2"})}}), "replica.subnetIds: belong with replica.vpcId"},
		"clients of backups": {placed(Args{ReplicaProvider: other, Replica: RegionReplica{
			ClientSecurityGroupIDs: map[string]pulumi.StringInput{"a": pulumi.String("sg-1")},
		}}), "have nothing to connect to"},
		"managed copy": {placed(Args{ReplicaProvider: other, Replica: RegionReplica{
			VpcID: pulumi.String("vpc-2"), SubnetIDs: pulumi.ToStringArray([]string{"subnet-1", "subnet-2"}),
		}}), "replica.vpcId: needs masterPassword"},
		"copy in one zone": {placed(Args{MasterPassword: pulumi.String(password), ReplicaProvider: other, Replica: RegionReplica{
			VpcID: pulumi.String("vpc-2"), SubnetIDs: pulumi.ToStringArray([]string{"subnet-1"}),
		}}), "replica.subnetIds: 1 is too few subnets"},
	}
	topic, away := pulumi.String("arn:aws:sns:us-east-1:123456789012:a"), RegionReplica{
		VpcID: pulumi.String("vpc-2"), SubnetIDs: pulumi.ToStringArray([]string{"subnet-1", "subnet-2"}),
	}
	awayTold, toldAlone := away, RegionReplica{TopicARN: topic}
	awayTold.TopicARN = topic
	quiet := spec.Database{Notifications: spec.Notifications{Disabled: true}}
	for name, test := range map[string]struct {
		args Args
		want string
	}{
		"topic":                  {placed(Args{TopicARN: topic}), ""},
		"topic of nothing":       {placed(Args{TopicARN: topic, Database: quiet}), "topicArn: is told nothing while notifications are disabled"},
		"address of a topic":     {placed(Args{TopicARN: topic, Database: spec.Database{Notifications: ops}}), "notifications.emails: 1 addresses get nothing"},
		"topic without a region": {placed(Args{Replica: toldAlone}), "replica: has no effect without a provider"},
		"topic of backups":       {placed(Args{Replica: toldAlone, ReplicaProvider: other}), "replica.topicArn: is told nothing without replica.vpcId"},
		"topic of a quiet copy":  {placed(Args{Replica: awayTold, ReplicaProvider: other, MasterPassword: given, Database: quiet}), "replica.topicArn: is told nothing while"},
		"address of a copy": {placed(Args{Replica: away, TopicARN: topic, ReplicaProvider: other, MasterPassword: given,
			Database: spec.Database{Notifications: ops}}), ""},
		"address of two topics": {placed(Args{Replica: awayTold, TopicARN: topic, ReplicaProvider: other, MasterPassword: given,
			Database: spec.Database{Notifications: ops}}), "notifications.emails: 1 addresses"},
	} {
		tests[name] = test
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			err := test.args.Validate()
			if test.want == "" {
				assert.NoError(t, err)
				return
			}
			var ps spec.Problems
			require.ErrorAs(t, err, &ps)
			assert.Len(t, ps, 1)
			assert.ErrorContains(t, err, test.want)
		})
	}
}

// All problems are reported at once, and a password is in none of them.
func TestValidateAll(t *testing.T) {
	t.Parallel()
	args := Args{
		Database:       spec.Database{Version: 9, Class: "big", LogRetentionDays: 100},
		MasterPassword: pulumi.String(password), RotationDays: 30,
	}
	err := args.Validate()
	var ps spec.Problems
	require.ErrorAs(t, err, &ps)
	var fields []string
	for _, p := range ps {
		fields = append(fields, p.Field)
	}
	assert.Equal(t, []string{"version", "vpcId", "subnetIds", "class", "rotationDays", "logRetentionDays"}, fields)
	assert.NotContains(t, err.Error(), password)
}

func TestNilArguments(t *testing.T) {
	t.Parallel()
	_, err := New(nil, "main", nil)
	assert.ErrorContains(t, err, `database "main" is not valid:`)
	assert.ErrorContains(t, err, "vpcId: is missing")
}
