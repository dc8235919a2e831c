// Package database builds a production PostgreSQL database on AWS with RDS: a standby in another zone that takes over
// by itself, backups to restore any second of the last month from, a key of its own for everything at rest, TLS
// alone, logs and insights, and a password that RDS keeps and changes, so that no program and no state has it.
//
// With no arguments but its place it can lose a zone without losing a transaction. Adding a client or a replica at any
// place replaces nothing: every child is named by the key of what it is for.
//
// # Another region
//
// With Args.ReplicaProvider, another region keeps the backups or, given a network there, a running copy. To go on
// there with the copy, promote it. It is then a database of its own: before the next update, take everything named
// <name>-dr out of the stack's state (pulumi state delete) and the region out of Args, because that update would
// delete the copy's key. The runbook docs/runbooks/fail-over.md has every step.
//
//	aws rds promote-read-replica --db-instance-identifier <identifier>-dr --region <region>
//
// From the backups, restore to the latest time into a new instance:
//
//	aws rds restore-db-instance-to-point-in-time --use-latest-restorable-time --region <region> \
//	  --source-db-instance-automated-backups-arn <ReplicaARN> --target-db-instance-identifier <new>
//
// # What replaces the server
//
// AWS cannot change the key, the name of the first database or that of the first user. A change of these replaces the
// server and loses its data but for the final snapshot, so RDS refuses it while the database is protected.
package database

import (
	"fmt"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/ec2"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/rds"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/holdfast-iac/holdfast/components/aws/internal/family"
	"github.com/holdfast-iac/holdfast/components/aws/internal/role"
	"github.com/holdfast-iac/holdfast/components/naming"
)

// Token is the type of the component in a stack's state.
const Token = "holdfast:aws:Database"

// Database is a PostgreSQL database with what it needs.
type Database struct {
	pulumi.ResourceState

	// Identifier is what RDS calls the instance, or the cluster with spec.StandbyReadable.
	Identifier pulumi.StringOutput `pulumi:"identifier"`
	// ARN is the ARN of the instance or cluster.
	ARN pulumi.StringOutput `pulumi:"arn"`
	// ResourceID is the id that IAM policies for rds-db:connect name the database by.
	ResourceID pulumi.StringOutput `pulumi:"resourceId"`
	// Endpoint is the host name to write to. It stays the same when a standby takes over.
	Endpoint pulumi.StringOutput `pulumi:"endpoint"`
	// ReaderEndpoint is a host name to read from: that of the readable standbys, of the first replica by name, or else
	// Endpoint.
	ReaderEndpoint pulumi.StringOutput `pulumi:"readerEndpoint"`
	// Port is the port of all host names.
	Port pulumi.IntOutput `pulumi:"port"`
	// SecretARN is the secret in Secrets Manager with the name and password of the first user.
	SecretARN pulumi.StringOutput `pulumi:"secretArn"`
	// SecurityGroupID is the security group of the database.
	SecurityGroupID pulumi.StringOutput `pulumi:"securityGroupId"`
	// SubnetGroupName is the group of subnets that the database lies in, and that restores of it can lie in.
	SubnetGroupName pulumi.StringOutput `pulumi:"subnetGroupName"`
	// KeyARN is the key that encrypts the database.
	KeyARN pulumi.StringOutput `pulumi:"keyArn"`
	// ReplicaIdentifiers are the identifiers of the replicas, by name.
	ReplicaIdentifiers pulumi.StringMapOutput `pulumi:"replicaIdentifiers"`
	// ReplicaEndpoints are the host names of the replicas, by name.
	ReplicaEndpoints pulumi.StringMapOutput `pulumi:"replicaEndpoints"`
	// ReplicaARN is what another region keeps: the ARN of the running copy, or of the replicated backups. Empty without.
	ReplicaARN pulumi.StringOutput `pulumi:"replicaArn"`
	// ReplicaIdentifier is what RDS calls the running copy in another region. Empty without, as the three that follow.
	ReplicaIdentifier pulumi.StringOutput `pulumi:"replicaIdentifier"`
	// ReplicaEndpoint is the host name of the running copy: to read from, and to write to once it is promoted.
	ReplicaEndpoint pulumi.StringOutput `pulumi:"replicaEndpoint"`
	// ReplicaSecretARN is the secret of the other region with the name and password of the first user.
	ReplicaSecretARN pulumi.StringOutput `pulumi:"replicaSecretArn"`
	// ReplicaKeyARN is the key of the other region that encrypts the running copy and ReplicaSecretARN.
	ReplicaKeyARN pulumi.StringOutput `pulumi:"replicaKeyArn"`
	// LogGroupNames are the log groups of the database, by what they hold: "postgresql" and "upgrade".
	LogGroupNames pulumi.StringMapOutput `pulumi:"logGroupNames"`
	// TopicARN is the SNS topic that is told of failovers, failures, low storage and maintenance. Empty for none.
	TopicARN pulumi.StringOutput `pulumi:"topicArn"`
	// ReplicaTopicARN is the same for the running copy in another region. Empty without.
	ReplicaTopicARN pulumi.StringOutput `pulumi:"replicaTopicArn"`
}

// New creates a database. It fails before it registers anything if args are not valid, with every problem in one error.
func New(ctx *pulumi.Context, name string, args *Args, opts ...pulumi.ResourceOption) (*Database, error) {
	if args == nil {
		args = &Args{}
	}
	if err := args.Validate(); err != nil {
		return nil, fmt.Errorf("database %q is not valid:\n%w", name, err)
	}
	database := &Database{}
	if err := ctx.RegisterComponentResource(Token, name, database, opts...); err != nil {
		return nil, err
	}
	b := &builder{
		Family: family.Family{Ctx: ctx, Parent: database, Name: name, Tags: args.Tags},
		args:   args.withDefaults(), database: database,
	}
	if err := b.build(); err != nil {
		return nil, fmt.Errorf("database %q: %w", name, err)
	}
	return database, ctx.RegisterResourceOutputs(database, database.outputs())
}

// outputs maps the fields of the database to the names in their tags.
func (d *Database) outputs() pulumi.Map {
	return pulumi.Map{
		"identifier":         d.Identifier,
		"arn":                d.ARN,
		"resourceId":         d.ResourceID,
		"endpoint":           d.Endpoint,
		"readerEndpoint":     d.ReaderEndpoint,
		"port":               d.Port,
		"secretArn":          d.SecretARN,
		"securityGroupId":    d.SecurityGroupID,
		"subnetGroupName":    d.SubnetGroupName,
		"keyArn":             d.KeyARN,
		"replicaIdentifiers": d.ReplicaIdentifiers,
		"replicaEndpoints":   d.ReplicaEndpoints,
		"replicaArn":         d.ReplicaARN,
		"replicaIdentifier":  d.ReplicaIdentifier,
		"replicaEndpoint":    d.ReplicaEndpoint,
		"replicaSecretArn":   d.ReplicaSecretARN,
		"replicaKeyArn":      d.ReplicaKeyARN,
		"logGroupNames":      d.LogGroupNames,
		"topicArn":           d.TopicARN,
		"replicaTopicArn":    d.ReplicaTopicARN,
	}
}

// builder creates the children of one database. Each of its steps is one file of this package; a step reads what the
// steps before it have set.
type builder struct {
	family.Family
	args     Args // with defaults
	database *Database

	account     family.Account
	keyARN      pulumi.StringOutput
	ownKeyARN   pulumi.StringPtrInput // the same; nil if it was given, and its policy is not ours
	logsKeyARN  pulumi.StringPtrInput
	subnetGroup *rds.SubnetGroup
	group       *ec2.SecurityGroup
	parameters  pulumi.StringOutput // the name of the parameter group
	monitor     *role.Role
	before      []pulumi.Resource  // what must exist before the server does
	server      pulumi.Resource    // the instance or cluster
	instance    *rds.Instance      // nil for a cluster
	instances   pulumi.StringArray // the identifiers of the instance and its replicas
}

func (b *builder) build() error {
	account, err := b.Account()
	if err != nil {
		return err
	}
	b.account = account
	for _, step := range []func() error{
		b.createKey, b.createPlace, b.createParameters, b.createLogs, b.createMonitor, b.createServer, b.createSecret,
		b.createReplicas, b.createEvents, b.createRegion,
	} {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

// identifier is what RDS calls a server of the database. RDS takes such names in a region once.
func (b *builder) identifier(parts ...string) string {
	if b.args.clustered() {
		return naming.AWSDatabaseCluster.Name(b.FullName(parts...)...)
	}
	return naming.AWSDatabase.Name(b.FullName(parts...)...)
}
