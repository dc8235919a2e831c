package database_test

import (
	"fmt"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/holdfast-iac/holdfast/components/aws/database"
	"github.com/holdfast-iac/holdfast/components/componenttest"
	"github.com/holdfast-iac/holdfast/components/spec"
)

// With its place alone, a database has a standby in another zone and a password that nobody has seen.
func ExampleNew() {
	err := pulumi.RunErr(func(ctx *pulumi.Context) error {
		_, network, err := componenttest.AWSWorld(ctx) // in a program of your own: network.New
		if err != nil {
			return err
		}
		d, err := database.New(ctx, "main", &database.Args{VpcID: network.VpcID, SubnetIDs: network.Data})
		if err != nil {
			return err
		}
		d.Identifier.ApplyT(func(identifier string) int {
			fmt.Println(identifier)
			return 0
		})
		return nil
	}, pulumi.WithMocks("shop", "dev", componenttest.ExampleAWS("us-east-1")))
	if err != nil {
		panic(err)
	}
	// Output: shop-dev-main
}

// A database that a cluster may reach, with a copy to read from. A copy needs the password given.
func ExampleNew_options() {
	err := pulumi.RunErr(func(ctx *pulumi.Context) error {
		_, network, err := componenttest.AWSWorld(ctx)
		if err != nil {
			return err
		}
		d, err := database.New(ctx, "orders", &database.Args{
			Database: spec.Database{
				Class:      "db.r7g.xlarge",
				StorageGiB: 500,
				Replicas:   map[string]spec.DatabaseReplica{"reports": {Class: "db.r7g.large"}},
				Parameters: map[string]string{"work_mem": "65536"},
				Tags:       map[string]string{"team": "shop"},
			},
			VpcID:                  network.VpcID,
			SubnetIDs:              network.Data,
			ClientSecurityGroupIDs: map[string]pulumi.StringInput{"cluster": network.SecurityGroupID},
			MasterPassword:         pulumi.String("from-config.RequireSecret"),
		})
		if err != nil {
			return err
		}
		d.ReplicaIdentifiers.ApplyT(func(identifiers map[string]string) int {
			fmt.Println(identifiers)
			return 0
		})
		return nil
	}, pulumi.WithMocks("shop", "dev", componenttest.ExampleAWS("us-east-1")))
	if err != nil {
		panic(err)
	}
	// Output: map[reports:shop-dev-orders-replica-reports]
}

// What is wrong is said before anything is created, all of it at once.
func ExampleArgs_Validate() {
	args := database.Args{
		Database: spec.Database{BackupRetentionDays: 90, Replicas: map[string]spec.DatabaseReplica{"a": {}}},
		VpcID:    pulumi.String("vpc-1"),
	}
	fmt.Println(args.Validate())
	// Output:
	// backupRetentionDays: 90 is out of range; use 1 to 35 days
	// subnetIds: are missing; give subnets in at least two zones
	// replicas: needs masterPassword: RDS for PostgreSQL copies no database whose password it manages
}
