package aws_test

import (
	"github.com/holdfast-iac/holdfast/simulator/simulatortest"
)

const (
	copiedBackupsToken     = "aws:rds/instanceAutomatedBackupsReplication:InstanceAutomatedBackupsReplication"
	eventSubscriptionToken = "aws:rds/eventSubscription:EventSubscription"
)

// elsewhere is the ARN of a database in another region.
const elsewhere = "arn:aws:rds:eu-west-1:123456789012:db:main"

func rdsCopyFixtures() []simulatortest.Fixture {
	return []simulatortest.Fixture{
		{
			Type: copiedBackupsToken,
			Inputs: func(w *world) inputs {
				return inputs{"sourceDbInstanceArn": elsewhere, "kmsKeyId": w.Create("aws:kms/key:Key", "key", nil).Text("arn")}
			},
			Replace: changing(inputs{"retentionPeriod": 14}),
		},
		{
			Type: eventSubscriptionToken,
			Inputs: func(w *world) inputs {
				topic := w.Create("aws:sns/topic:Topic", "topic", inputs{"name": "alarms"})
				return inputs{"snsTopic": topic.Text("arn"), "sourceType": "db-instance", "sourceIds": []any{"main"}, "name": "events"}
			},
			Update:  changing(inputs{"eventCategories": []any{"failover"}}),
			Replace: changing(inputs{"name": "other"}),
		},
	}
}

func rdsCopyCases() []simulatortest.Case {
	replica := func(source, copied inputs) func(*world) error {
		return func(w *world) error {
			w.Create(dbInstanceToken, "source", with(postgres(source), inputs{"backupRetentionPeriod": 7}))
			if copied["kmsKeyId"] != nil {
				copied = with(copied, inputs{"kmsKeyId": w.Create("aws:kms/key:Key", "key", nil).Text("arn")})
			}
			return creating(dbInstanceToken, with(inputs{
				"replicateSourceDb": "main", "instanceClass": "db.t4g.micro", "identifier": "copy", "skipFinalSnapshot": true,
			}, copied))(w)
		}
	}
	abroad := func(encrypted bool) func(*world) error {
		return func(w *world) error {
			source := w.As(inputs{"region": "eu-west-1"}).Create(dbInstanceToken, "source", with(postgres(nil), inputs{
				"backupRetentionPeriod": 7, "storageEncrypted": encrypted,
			}))
			return creating(dbInstanceToken, inputs{
				"replicateSourceDb": source.Text("arn"), "instanceClass": "db.t4g.micro", "identifier": "copy", "skipFinalSnapshot": true,
			})(w)
		}
	}
	events := func(in inputs) func(*world) error {
		return func(w *world) error {
			topic := w.Create("aws:sns/topic:Topic", "topic", inputs{"name": "alarms"})
			w.Create(eventSubscriptionToken, "first", inputs{"snsTopic": topic.Text("arn"), "name": "events"})
			return creating(eventSubscriptionToken, with(inputs{"snsTopic": topic.Text("arn"), "name": "more"}, in))(w)
		}
	}
	zones := func(names ...string) func(*world) error {
		return func(w *world) error {
			v := vpc(w)
			var ids []any
			for i, name := range names {
				ids = append(ids, subnet(w, v, "10.0."+string(rune('1'+i))+".0/24", name).ID())
			}
			w.Create(dbSubnetGroupToken, "data", inputs{"name": "data", "subnetIds": ids})
			return creating(dbClusterToken, aurora(inputs{
				"engine": "postgres", "engineVersion": "16", "dbClusterInstanceClass": "db.m6gd.large", "allocatedStorage": 100,
				"dbSubnetGroupName": "data",
			}))(w)
		}
	}
	managed := inputs{"manageMasterUserPassword": true, "password": nil}
	return []simulatortest.Case{
		{ID: "aws-rds-replica-managed-password", Code: "InvalidParameterValue", Text: "where ManageMasterUserPassword is enabled",
			Fails: replica(managed, nil), Passes: replica(nil, nil)},
		{ID: "aws-rds-replica-password", Code: "InvalidParameterCombination", Text: "cannot differ from its parent",
			Fails: replica(nil, inputs{"password": "correct-horse"}), Passes: replica(nil, nil)},
		{ID: "aws-rds-replica-key", Code: "InvalidParameterCombination", Text: "does not require the KMS key parameter",
			Fails:  replica(inputs{"storageEncrypted": true}, inputs{"kmsKeyId": "a key"}),
			Passes: replica(inputs{"storageEncrypted": true}, nil)},
		{ID: "aws-rds-replica-encryption", Code: "InvalidParameterCombination", Text: "unencrypted read replica from encrypted source",
			Fails: abroad(true), Passes: abroad(false)},
		refusedInputs("aws-rds-copied-backups-region", "InvalidParameterValue", "cannot be replicated to the region", copiedBackupsToken,
			inputs{"sourceDbInstanceArn": "arn:aws:rds:us-west-2:123456789012:db:main"}, inputs{"sourceDbInstanceArn": elsewhere}),
		{ID: "aws-rds-event-subscription-exists", Code: "SubscriptionAlreadyExist", Text: "already exists: events",
			Fails: events(inputs{"name": "events"}), Passes: events(nil)},
		{ID: "aws-rds-event-sources-type", Code: "InvalidParameterCombination", Text: "SourceType must be provided",
			Fails: events(inputs{"sourceIds": []any{"main"}}), Passes: events(inputs{"sourceIds": []any{"main"}, "sourceType": "db-instance"})},
		{ID: "aws-rds-multi-az-cluster-zones", Code: "DBSubnetGroupDoesNotCoverEnoughAZs", Text: "Current AZ coverage: us-west-2a, us-west-2b.",
			Fails: zones("a", "b"), Passes: zones("a", "b", "c")},
	}
}
