package database

import (
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/assert"

	"github.com/holdfast-iac/holdfast/components/componenttest"
	"github.com/holdfast-iac/holdfast/components/spec"
)

// ops are the people who are told.
var ops = spec.Notifications{Emails: map[string]string{"ops": "ops@example.com"}}

// A database tells of its servers and of their settings, to a topic that is encrypted with its own key.
func TestEvents(t *testing.T) {
	t.Parallel()
	one := map[string]spec.DatabaseReplica{"a": {}}
	r := run(t, Args{Database: spec.Database{Notifications: ops, Replicas: one}}, func(d *Database) {
		d.TopicARN.ApplyT(func(arn string) string {
			assert.Equal(t, "arn:aws:sns:us-east-1:123456789012:holdfast-test-main-events", arn)
			return arn
		})
	})
	servers, parameters := named(t, r, eventsType, "main-events"), named(t, r, eventsType, "main-events-parameters")
	assert.Equal(t, "db-instance", text(servers, "sourceType"))
	assert.Equal(t, []any{"holdfast-test-main", "holdfast-test-main-replica-a"}, servers.Inputs["sourceIds"].Mappable())
	assert.Subset(t, servers.Inputs["eventCategories"].Mappable(), []any{"failover", "low storage", "security"})
	assert.Subset(t, servers.Inputs["eventCategories"].Mappable(), []any{"maintenance", "configuration change", "failure"}, "RDS.20")
	assert.Equal(t, "db-parameter-group", text(parameters, "sourceType"))
	assert.Equal(t, []any{"configuration change"}, parameters.Inputs["eventCategories"].Mappable(), "RDS.21")
	assert.Equal(t, text(named(t, r, instanceType, "main-server"), "parameterGroupName"), parameters.Inputs["sourceIds"].ArrayValue()[0].StringValue())
	policy := named(t, r, topicPolicyType, "main-events")
	assert.Contains(t, text(policy, "policy"), `"Principal":{"Service":"events.rds.amazonaws.com"}`)
	for _, events := range []componenttest.Resource{servers, parameters} {
		assert.Equal(t, text(policy, "arn"), text(events, "snsTopic"))
		assert.Contains(t, events.Request.GetDependencies(), string(policy.URN), "RDS refuses a topic that it may not publish to")
	}
	assert.Equal(t, text(named(t, r, instanceType, "main-server"), "kmsKeyId"), text(named(t, r, topicType, "main-events"), "kmsMasterKeyId"))
	assert.Contains(t, text(named(t, r, keyType, "main-database-key"), "policy"), "events.rds.amazonaws.com")
	assert.Equal(t, "ops@example.com", text(named(t, r, subscriberType, "main-events-email-ops"), "endpoint"))
}

func TestEventsOfCluster(t *testing.T) {
	t.Parallel()
	r := run(t, Args{Database: spec.Database{Standby: spec.StandbyReadable}})
	events := named(t, r, eventsType, "main-events")
	assert.Equal(t, "db-cluster", text(events, "sourceType"))
	assert.Equal(t, []any{"holdfast-test-main"}, events.Inputs["sourceIds"].Mappable())
	assert.Subset(t, events.Inputs["eventCategories"].Mappable(), []any{"maintenance", "failure"}, "RDS.19")
	assert.Len(t, r.OfType(eventsType), 1, "RDS tells nothing of the settings of clusters")
}

// What is given is used: a topic as it is, and with a key whose policy is not ours, the topic has one of its own.
func TestEventsElsewhere(t *testing.T) {
	t.Parallel()
	const arn = "arn:aws:sns:us-east-1:210987654321:alarms"
	r := run(t, Args{TopicARN: pulumi.String(arn)})
	assert.Equal(t, arn, text(named(t, r, eventsType, "main-events"), "snsTopic"))
	assert.Empty(t, r.OfType(topicType))
	assert.NotContains(t, text(named(t, r, keyType, "main-database-key"), "policy"), "events.rds", "nothing of ours is encrypted for it")

	r = run(t, Args{KeyARN: pulumi.String("arn:aws:kms:us-east-1:210987654321:key/01234567-89ab-cdef-0123-456789abcdef")})
	assert.Contains(t, text(named(t, r, keyType, "main-events"), "policy"), "events.rds.amazonaws.com")
	assert.Contains(t, text(named(t, r, topicType, "main-events"), "kmsMasterKeyId"), "arn:aws:kms:us-east-1:123456789012:key/")

	r = run(t, Args{Database: spec.Database{Notifications: spec.Notifications{Disabled: true}}}, func(d *Database) {
		d.TopicARN.ApplyT(func(arn string) string { assert.Empty(t, arn); return arn })
	})
	assert.Empty(t, r.OfType(eventsType))
	assert.Empty(t, r.OfType(topicType))
}

// A copy in another region tells of itself there: RDS publishes to topics of its region.
func TestEventsOfCopy(t *testing.T) {
	t.Parallel()
	r := elsewhere(t, Args{MasterPassword: pulumi.String(password), Database: spec.Database{Notifications: ops}}, true)
	events := named(t, r, eventsType, "main-dr-events")
	assert.Equal(t, []any{"holdfast-test-main-dr"}, events.Inputs["sourceIds"].Mappable())
	assert.Equal(t, "arn:aws:sns:us-west-2:123456789012:holdfast-test-main-dr-events", text(events, "snsTopic"))
	assert.Contains(t, text(named(t, r, topicPolicyType, "main-dr-events"), "policy"), "arn:aws:rds:us-west-2:123456789012:*")
	assert.Equal(t, "ops@example.com", text(named(t, r, subscriberType, "main-dr-events-email-ops"), "endpoint"))
	assert.Contains(t, text(named(t, r, keyType, "main-dr-key"), "policy"), "events.rds.amazonaws.com")

	r = elsewhere(t, Args{}, false)
	_, there := r.Named(eventsType, "main-dr-events")
	assert.False(t, there, "backups have no events")
	assert.NotContains(t, text(named(t, r, keyType, "main-dr-key"), "policy"), "events.rds.amazonaws.com")
}
