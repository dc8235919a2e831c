package database

import (
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/rds"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/holdfast-iac/holdfast/components/naming"
)

// createEvents has a topic told what somebody should know. The categories are those of the kind of server (RDS User
// Guide, "Amazon RDS event categories and event messages").
func (b *builder) createEvents() error {
	if b.args.TopicARN == nil {
		return nil
	}
	kind, categories := "db-instance", []string{"availability", "deletion", "failover", "failure", "low storage", "maintenance", "recovery"}
	if b.args.clustered() {
		kind, categories = "db-cluster", []string{"deletion", "failover", "failure", "maintenance"}
	}
	_, err := rds.NewEventSubscription(b.Ctx, b.Child("events"), &rds.EventSubscriptionArgs{
		Name:            pulumi.String(naming.AWSDatabaseGroup.Name(b.FullName("events")...)),
		SnsTopic:        b.args.TopicARN.ToStringPtrOutput().Elem(),
		SourceType:      pulumi.String(kind),
		SourceIds:       pulumi.StringArray{b.database.Identifier},
		EventCategories: pulumi.ToStringArray(categories),
		Tags:            b.TagInput("events"),
	}, b.Options()...)
	return err
}
