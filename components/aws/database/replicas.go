package database

import (
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/rds"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"maps"
	"slices"

	"github.com/holdfast-iac/holdfast/components/aws/internal/window"
)

// createReplicas creates the copies to read from. Their maintenance comes a day before that of the database.
func (b *builder) createReplicas() error {
	identifiers, endpoints := pulumi.StringMap{}, pulumi.StringMap{}
	for i, name := range slices.Sorted(maps.Keys(b.args.Replicas)) {
		part := "replica-" + name
		groups, _, err := createLogs(b.Family, part, "instance", b.identifier(part), b.args.LogRetentionDays, b.logsKeyARN)
		if err != nil {
			return err
		}
		args := b.instanceArgs(part, b.args.Replicas[name].Class)
		args.Identifier = pulumi.String(b.identifier(part))
		// By its identifier, which takes the subnet group along; RDS encrypts a copy in the region with the same key.
		args.ReplicateSourceDb = b.instance.Identifier
		args.MaintenanceWindow = pulumi.String(window.Weekly(window.DayBefore(b.args.MaintenanceWindow)))
		args.SkipFinalSnapshot = pulumi.Bool(true) // it has nothing that the database has not
		replica, err := rds.NewInstance(b.Ctx, b.Child(part), args,
			b.Options(pulumi.DependsOn(append(groups, b.before...)), pulumi.DeleteBeforeReplace(true))...)
		if err != nil {
			return err
		}
		identifiers[name], endpoints[name] = replica.Identifier, replica.Address
		b.instances = append(b.instances, replica.Identifier)
		if i == 0 {
			b.database.ReaderEndpoint = replica.Address
		}
	}
	b.database.ReplicaIdentifiers, b.database.ReplicaEndpoints = identifiers.ToStringMapOutput(), endpoints.ToStringMapOutput()
	return nil
}
