package aws

import (
	"github.com/holdfast-iac/holdfast/policies/frameworks"
	"github.com/holdfast-iac/holdfast/policies/policy"
)

// RDSEventSubscription wants a subscription for the events of every database.
var RDSEventSubscription = policy.Policy{
	ID:       "aws-rds-event-subscription",
	Title:    "Events of databases must reach somebody.",
	Severity: policy.Low,
	Level:    policy.Advisory,
	Rationale: "RDS tells of failovers, full disks and failed backups by events. Without a subscription, they are " +
		"seen after the fact or never.",
	Remediation: "Add an aws:rds/eventSubscription:EventSubscription with the topic of those on call; without " +
		"sourceIds it is about all databases.",
	Controls: frameworks.Controls{SOC2: "CC7.2 A1.2", ISO27001: "A.8.16"}.List(),
	Tags:     []string{"reliability", "monitoring"},
	Peers:    []string{"Security Hub RDS.19", "Security Hub RDS.20"},
	Bad: []policy.Example{
		{Name: "orders", Type: rdsInstanceType, Properties: props{
			"instanceClass": "db.t4g.medium", "engine": "postgres",
		}},
	},
	Good: []policy.Example{
		{Name: "orders", Type: rdsInstanceType, Properties: props{
			"instanceClass": "db.t4g.medium", "engine": "postgres",
		}},
		{Name: "events", Type: eventSubscriptionType, Properties: props{
			"snsTopic": "arn:aws:sns:eu-west-1:123456789012:on-call", "sourceType": "db-instance",
		}},
	},
	Rules: []policy.Rule{
		policy.OnStack(func(r *policy.StackReport, stack struct {
			Instances policy.Resources[struct{}]          `pulumi:"aws:rds/instance:Instance"`
			Clusters  policy.Resources[struct{}]          `pulumi:"aws:rds/cluster:Cluster"`
			Events    policy.Resources[eventSubscription] `pulumi:"aws:rds/eventSubscription:EventSubscription"`
		}) {
			check := func(databases policy.Resources[struct{}], kind string) {
				databases.Each(func(d policy.Resource[struct{}]) {
					if !subscribed(stack.Events, d.Node, kind) {
						r.Fail(d.Node, "No subscription is about its events.")
					}
				})
			}
			policy.AnyOf(
				func() bool { check(stack.Instances, "db-instance"); return false },
				func() bool { check(stack.Clusters, "db-cluster"); return false },
			)
		}),
	},
}

type eventSubscription struct {
	Enabled policy.Value[bool]   `pulumi:"enabled"`
	Kind    policy.Value[string] `pulumi:"sourceType"`
	Sources policy.List[string]  `pulumi:"sourceIds"`
}

// about reports whether the subscription is about databases of the kind.
func (e eventSubscription) about(kind string) bool {
	return policy.AllOf(
		func() bool { return e.Enabled.Or(true) },
		func() bool { return e.Kind.Or(kind) == kind },
	)
}

// subscribed reports whether a subscription is about the database, by its id or for all of the kind. Subscriptions for
// all of a kind are few.
func subscribed(events policy.Resources[eventSubscription], database *policy.Node, kind string) bool {
	about := func(e policy.Resource[eventSubscription]) bool { return e.Props.about(kind) }
	return policy.AnyOf(
		func() bool { return events.AnyReferring("sourceIds", database, about) },
		func() bool {
			return events.Any(func(e policy.Resource[eventSubscription]) bool {
				return !e.Props.Sources.Present() && about(e)
			})
		},
	)
}
