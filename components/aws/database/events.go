package database

import (
	"maps"
	"slices"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/rds"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/holdfast-iac/holdfast/components/aws/internal/topic"
	"github.com/holdfast-iac/holdfast/components/naming"
)

// categories are the events that somebody should know of, by what they are about (RDS User Guide, "Amazon RDS event
// categories and event messages"). Those that Security Hub asks for are among them (RDS.19, RDS.20, RDS.21).
var categories = map[string][]string{
	"db-instance": {
		"availability", "configuration change", "deletion", "failover", "failure", "low storage", "maintenance", "recovery",
		"security", "security patching",
	},
	"db-cluster":         {"configuration change", "deletion", "failover", "failure", "maintenance"},
	"db-parameter-group": {"configuration change"},
}

// ownTopic reports whether events go to a topic of the database's own, where another may be given.
func (a *Args) ownTopic(given pulumi.StringPtrInput) bool {
	return given == nil && !a.Notifications.Disabled
}

// createEvents has a topic told what somebody should know.
func (b *builder) createEvents() (err error) {
	sources := map[string]pulumi.StringArray{"db-instance": b.instances, "db-parameter-group": {b.parameters}}
	if b.args.clustered() {
		sources = map[string]pulumi.StringArray{"db-cluster": {b.database.Identifier}}
	}
	b.database.TopicARN, err = b.subscribe("events", b.args.TopicARN, sources)
	return err
}

// subscribe has a topic told of the events of sources, by their kind. Without one given, it makes one.
func (b *builder) subscribe(
	part string, given pulumi.StringPtrInput, sources map[string]pulumi.StringArray,
) (pulumi.StringOutput, error) {
	if b.args.Notifications.Disabled {
		return pulumi.String("").ToStringOutput(), nil
	}
	told, err := b.topicOf(part, given)
	if err != nil {
		return pulumi.StringOutput{}, err
	}
	for _, kind := range slices.Sorted(maps.Keys(sources)) {
		named := part
		if kind == "db-parameter-group" {
			named += "-parameters"
		}
		_, err := rds.NewEventSubscription(b.Ctx, b.Child(named), &rds.EventSubscriptionArgs{
			Name:            pulumi.String(naming.AWSDatabaseGroup.Name(b.FullName(named)...)),
			SnsTopic:        told.ARN,
			SourceType:      pulumi.String(kind),
			SourceIds:       sources[kind],
			EventCategories: pulumi.ToStringArray(categories[kind]),
			Tags:            b.TagInput(named),
		}, b.Options(pulumi.DependsOn(told.Ready))...) // or else SNSNoAuthorization
		if err != nil {
			return pulumi.StringOutput{}, err
		}
	}
	return told.ARN, nil
}

// topicOf returns the topic given, or a new one with its subscribers.
func (b *builder) topicOf(part string, given pulumi.StringPtrInput) (topic.Topic, error) {
	if given != nil {
		return topic.Topic{ARN: given.ToStringPtrOutput().Elem()}, nil
	}
	made, err := topic.New(b.Family, b.account, part, b.ownKeyARN, topic.Databases(b.account))
	if err != nil {
		return topic.Topic{}, err
	}
	for _, name := range slices.Sorted(maps.Keys(b.args.Notifications.Emails)) {
		if err := made.Email(b.Family, part+"-email-"+name, b.args.Notifications.Emails[name]); err != nil {
			return topic.Topic{}, err
		}
	}
	return made, nil
}
