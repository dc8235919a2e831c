package aws

import (
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"

	"github.com/holdfast-iac/holdfast/simulator"
)

// Copies of databases, and who is told about them. Sources: terraform-provider-aws, internal/service/rds/{instance,
// instance_automated_backups_replication,event_subscription}.go; the RDS API's CreateDBInstanceReadReplica,
// StartDBInstanceAutomatedBackupsReplication, CreateEventSubscription; RDS user guide, "Password management with Amazon
// RDS and AWS Secrets Manager"; the wording of errors as users report it in the issues named.

const (
	rdsCreateReplica = "https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstanceReadReplica.html"
	rdsPasswordGuide = "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-secrets-manager.html"
	rdsCopyBackups   = "https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_StartDBInstanceAutomatedBackupsReplication.html"
	rdsSubscribe     = "https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateEventSubscription.html"
)

// copyConstraints are what RDS refuses of new replicas in the region of their source.
func copyConstraints() []simulator.Constraint {
	onCopy := func(
		id, source, text string, find func(c *simulator.Call, source *simulator.Object, broken func(string, ...any)),
	) simulator.Constraint {
		return rdsApply(id, source, text, func(c *simulator.Call, broken func(string, ...any)) {
			if source := sourceInstance(c); source != nil && c.Old == nil {
				find(c, source, broken)
			}
		})
	}
	return []simulator.Constraint{
		onCopy("aws-rds-replica-managed-password", rdsPasswordGuide+"; terraform-aws-modules/terraform-aws-rds, issue 532",
			"InvalidParameterValue: Creating read replicas for source instance with engine %s where ManageMasterUserPassword is "+
				"enabled is not supported.",
			func(_ *simulator.Call, source *simulator.Object, broken func(string, ...any)) {
				engine := source.Text("engine")
				if source.Flag("manageMasterUserPassword") && !strings.HasPrefix(engine, "sqlserver-") {
					broken("replicateSourceDb", engine)
				}
			}),
		onCopy("aws-rds-replica-password", rdsCreateReplica+"; terraform-aws-modules/terraform-aws-rds, issue 526",
			"InvalidParameterCombination: Cannot change master user password on an RDS postgres Read Replica because it uses "+
				"physical replication and therefore cannot differ from its parent.",
			func(c *simulator.Call, source *simulator.Object, broken func(string, ...any)) {
				if source.Text("engine") == "postgres" && c.Given("password") {
					broken("password")
				}
			}),
		onCopy("aws-rds-replica-key", rdsCreateReplica+"; cloudposse/terraform-aws-rds-replica, issue 5",
			"InvalidParameterCombination: Your request does not require the KMS key parameter. Please remove the KMS key "+
				"parameter and try your request again.",
			func(c *simulator.Call, source *simulator.Object, broken func(string, ...any)) {
				if here := strings.Contains(source.ARN, ":"+c.Region+":"); here && source.Flag("storageEncrypted") && c.Given("kmsKeyId") {
					broken("kmsKeyId")
				}
			}),
		onCopy("aws-rds-replica-encryption", rdsCreateReplica+"; terraform-aws-modules/terraform-aws-rds, pull request 428",
			"InvalidParameterCombination: Cannot create a cross region unencrypted read replica from encrypted source.",
			func(c *simulator.Call, source *simulator.Object, broken func(string, ...any)) {
				if here := strings.Contains(source.ARN, ":"+c.Region+":"); !here && source.Flag("storageEncrypted") && !c.Given("kmsKeyId") {
					broken("kmsKeyId")
				}
			}),
	}
}

var copiedBackupsKind = &simulator.Kind{
	Noun: "RDS Instance Automated Backups Replication",
	ID: func(c *simulator.Call) string {
		return "arn:" + c.Partition + ":rds:" + c.Region + ":" + c.Account + ":auto-backup:ab-" + c.Hex("automated backup", 26)
	},
}

var eventSubscriptionKind = &simulator.Kind{
	Noun: "RDS Event Subscription", ID: nameOrPrefix, Name: "name",
	ARN: "arn:{partition}:rds:{region}:{account}:es:{id}",
}

func rdsCopyTypes() []*simulator.Type {
	return []*simulator.Type{
		{
			Token:     "aws:rds/instanceAutomatedBackupsReplication:InstanceAutomatedBackupsReplication",
			Kind:      copiedBackupsKind,
			Defaults:  map[string]any{"retentionPeriod": 7},
			Immutable: []string{"kmsKeyId", "preSignedUrl", "retentionPeriod", "sourceDbInstanceArn"},
			Rules: map[string]simulator.Rule{
				"retentionPeriod": simulator.Between(1, 35), "sourceDbInstanceArn": validARN, "kmsKeyId": validARN,
			},
			References: []simulator.Reference{{
				Property: "kmsKeyId", To: kinds(keyKind), By: simulator.ByARN, OnDelete: simulator.Ignore,
				NotFound: "KMSKeyNotAccessibleFault: The specified KMS key [%s] does not exist, is not enabled or you do not " +
					"have permissions to access it.",
			}},
			Constraints: []simulator.Constraint{
				rdsApply("aws-rds-copied-backups-region", rdsCopyBackups,
					"InvalidParameterValue: The backups of %s cannot be replicated to the region that it is in",
					func(c *simulator.Call, broken func(string, ...any)) {
						if source := c.Text("sourceDbInstanceArn"); strings.Contains(source, ":rds:"+c.Region+":") {
							broken("sourceDbInstanceArn", source)
						}
					}),
			},
			API: []string{"rds:StartDBInstanceAutomatedBackupsReplication"},
			Compute: func(c *simulator.Call) {
				c.SetNew("kmsKeyId", "")
				c.SetNew("preSignedUrl", "")
			},
		},
		{
			Token:     "aws:rds/eventSubscription:EventSubscription",
			Kind:      eventSubscriptionKind,
			Defaults:  map[string]any{"enabled": true},
			AutoName:  &simulator.AutoName{Property: "name", MaxLength: 255, Separator: "-"},
			Immutable: []string{"name", "namePrefix"},
			Sets:      []string{"eventCategories", "sourceIds"},
			Rules: map[string]simulator.Rule{
				"sourceType": simulator.OneOf("blue-green-deployment", "custom-engine-version", "db-cluster", "db-cluster-snapshot",
					"db-instance", "db-parameter-group", "db-proxy", "db-security-group", "db-snapshot", "zero-etl"),
			},
			AtMostOne: [][]string{{"name", "namePrefix"}},
			References: []simulator.Reference{{
				Property: "snsTopic", To: kinds(topicKind), By: simulator.ByARN, OnDelete: simulator.Ignore,
				NotFound: "SNSTopicArnNotFound: The SNS topic ARN does not exist: %s",
			}},
			Unique: []simulator.Unique{{
				Origin:     simulator.Origin{ID: "aws-rds-event-subscription-exists", Source: rdsSubscribe},
				Properties: []string{"name"}, AnyCase: true,
				Error: "SubscriptionAlreadyExist: The supplied subscription name already exists: %s",
			}},
			Constraints: []simulator.Constraint{
				rdsConstraint("aws-rds-event-sources-type", rdsSubscribe,
					"InvalidParameterCombination: SourceType must be provided if SourceIds are supplied",
					func(c *simulator.Call, broken func(string, ...any)) {
						if c.Given("sourceIds") && len(c.Texts("sourceIds[*]")) > 0 && !c.Given("sourceType") {
							broken("sourceType")
						}
					}),
			},
			API: []string{"rds:CreateEventSubscription", "rds:ModifyEventSubscription"},
			Parameters: map[string]string{
				"name": "SubscriptionName", "snsTopic": "SnsTopicArn", "sourceIds[*]": "SourceIds", "eventCategories[*]": "EventCategories",
			},
			Compute: func(c *simulator.Call) {
				c.SetNew("namePrefix", "")
				c.Set("customerAwsId", c.Account)
			},
		},
	}
}

// olderCache returns the version as what replaces a cache when it goes back: the provider cannot have it downgraded
// (terraform-provider-aws, internal/service/elasticache/engine_version.go).
func olderCache(before, after resource.PropertyMap) []string {
	from, to := stringOf(before["engineVersion"]), stringOf(after["engineVersion"])
	if from != "" && to != "" && stringOf(before["engine"]) == stringOf(after["engine"]) && compareVersions(to, from) < 0 {
		return []string{"engineVersion"}
	}
	return nil
}
