package database

import (
	"strings"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/holdfast-iac/holdfast/components/componenttest"
	"github.com/holdfast-iac/holdfast/components/spec"
)

// elsewhere runs a database whose other region is us-west-2, where place makes a network.
func elsewhere(t *testing.T, args Args, network bool) componenttest.Recording {
	t.Helper()
	r, err := componenttest.Run(componenttest.SimulatedAWS(t, "us-east-1"), func(ctx *pulumi.Context) error {
		west := &pulumi.ProviderResourceState{}
		if err := ctx.RegisterResource("pulumi:providers:aws", "west", pulumi.Map{"region": pulumi.String("us-west-2")}, west); err != nil {
			return err
		}
		args.ReplicaProvider = west
		if network {
			vpc := pulumi.CustomResourceState{}
			if err := ctx.RegisterResource("aws:ec2/vpc:Vpc", "west", pulumi.Map{"cidrBlock": pulumi.String("10.1.0.0/16")}, &vpc, pulumi.Provider(west)); err != nil {
				return err
			}
			var subnets pulumi.StringArray
			for _, zone := range []string{"a", "b"} {
				subnet := pulumi.CustomResourceState{}
				cidr := map[string]string{"a": "10.1.0.0/24", "b": "10.1.1.0/24"}[zone]
				if err := ctx.RegisterResource("aws:ec2/subnet:Subnet", "west-"+zone, pulumi.Map{
					"vpcId": vpc.ID(), "cidrBlock": pulumi.String(cidr), "availabilityZone": pulumi.String("us-west-2" + zone),
				}, &subnet, pulumi.Provider(west)); err != nil {
					return err
				}
				subnets = append(subnets, subnet.ID())
			}
			args.Replica.VpcID, args.Replica.SubnetIDs = vpc.ID(), subnets
		}
		d, err := standing(ctx, "main", args)
		if err != nil {
			return err
		}
		copied := pulumi.All(d.ReplicaARN, d.ReplicaIdentifier, d.ReplicaEndpoint, d.ReplicaSecretARN, d.ReplicaKeyARN)
		copied.ApplyT(func(of []any) int {
			assert.Contains(t, of[0], ":us-west-2:", "what the other region keeps is there")
			if !network {
				assert.Equal(t, []any{"", "", "", ""}, of[1:], "backups answer nobody")
				return 0
			}
			assert.Equal(t, "holdfast-test-main-dr", of[1])
			assert.Contains(t, of[2], "holdfast-test-main-dr.")
			assert.Contains(t, of[3], "arn:aws:secretsmanager:us-west-2:")
			assert.Contains(t, of[4], "arn:aws:kms:us-west-2:")
			return 0
		})
		return nil
	})
	require.NoError(t, err)
	return r
}

// assertAway holds that the children of the other region, and they alone, have its provider.
func assertAway(t *testing.T, r componenttest.Recording) {
	t.Helper()
	for _, res := range r.Resources {
		if res.Custom && strings.HasPrefix(res.Name, "main-") {
			away := strings.HasPrefix(res.Name, "main-dr")
			assert.Equal(t, away, strings.Contains(res.Request.GetProvider(), "::west::"), "%s has the provider of its region", res.URN)
		}
	}
}

// Without a network there, the other region keeps backups, with a key of its own. That needs no password.
func TestBackupsElsewhere(t *testing.T) {
	t.Parallel()
	r := elsewhere(t, Args{}, false)
	assertAway(t, r)
	backups := named(t, r, backupsType, "main-dr")
	assert.Equal(t, "arn:aws:rds:us-east-1:123456789012:db:holdfast-test-main", text(backups, "sourceDbInstanceArn"))
	assert.Contains(t, text(backups, "kmsKeyId"), "arn:aws:kms:us-west-2:")
	assert.Equal(t, 30.0, backups.Inputs["retentionPeriod"].NumberValue())
	assert.Len(t, r.OfType(instanceType), 1)
}

func TestCopyElsewhere(t *testing.T) {
	t.Parallel()
	r := elsewhere(t, Args{MasterPassword: pulumi.String(password)}, true)
	assertAway(t, r)
	replica := named(t, r, instanceType, "main-dr")
	for key, want := range map[resource.PropertyKey]any{
		"identifier": "holdfast-test-main-dr", "replicateSourceDb": "arn:aws:rds:us-east-1:123456789012:db:holdfast-test-main",
		"multiAz": true, "backupRetentionPeriod": 30.0, "deletionProtection": true, "storageEncrypted": true, "skipFinalSnapshot": true,
		"instanceClass": "db.m7g.large", "dbSubnetGroupName": "holdfast-test-main-dr", "maintenanceWindow": "sat:06:00-sat:07:00",
	} {
		assert.Equal(t, want, replica.Inputs[key].Mappable(), "%s", key)
	}
	assert.Contains(t, text(replica, "kmsKeyId"), "arn:aws:kms:us-west-2:")
	assert.Contains(t, text(replica, "performanceInsightsKmsKeyId"), "arn:aws:kms:us-west-2:")
	assert.Contains(t, text(named(t, r, logGroupType, "main-dr-upgrade"), "kmsKeyId"), "arn:aws:kms:us-west-2:")
	assert.Len(t, r.OfType(roleType), 1, "a role is of no region")
	secret := named(t, r, secretType, "main-dr-secret")
	assert.Contains(t, text(secret, "kmsKeyId"), "arn:aws:kms:us-west-2:", "who goes on there signs in without the first region")
	version := named(t, r, versionType, "main-dr-secret")
	assert.Equal(t, named(t, r, versionType, "main-secret").Inputs["secretString"], version.Inputs["secretString"])

	small := elsewhere(t, Args{
		MasterPassword: pulumi.String(password), Database: spec.Database{DeletionAllowed: true},
		Replica: RegionReplica{StandbyNone: true, Class: "db.t4g.medium"},
	}, true)
	replica = named(t, small, instanceType, "main-dr")
	assert.False(t, replica.Inputs["multiAz"].BoolValue())
	assert.False(t, replica.Inputs["deletionProtection"].BoolValue())
	assert.Equal(t, "db.t4g.medium", text(replica, "instanceClass"))
}
