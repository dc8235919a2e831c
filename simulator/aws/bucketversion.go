package aws

import (
	"fmt"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"

	"github.com/holdfast-iac/holdfast/simulator"
)

// Versions of objects, and what needs them: locks and replication. Sources: terraform-provider-aws,
// internal/service/s3/ {bucket_versioning,bucket_object_lock_configuration,bucket_replication_configuration}.go; S3
// guide, "Using Versioning in S3 buckets", "Locking objects with Object Lock" and "Replicating objects".

const (
	versioningGuide  = "https://docs.aws.amazon.com/AmazonS3/latest/userguide/Versioning.html"
	objectLockGuide  = "https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock-configure.html"
	replicationGuide = "https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication-requirements.html"
	replicationRules = "https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication-add-config.html"
)

var (
	versioningKind = settingKind("S3 Bucket Versioning", "")
	objectLockKind = settingKind("S3 Bucket Object Lock Configuration",
		"ObjectLockConfigurationNotFoundError: Object Lock configuration does not exist for this bucket: %s")
	replicationKind = settingKind("S3 Bucket Replication Configuration",
		"ReplicationConfigurationNotFoundError: The replication configuration was not found: %s")
)

func bucketVersionTypes() []*simulator.Type {
	versioning := settingType("aws:s3/bucketVersioningV2:BucketVersioningV2", versioningKind, "PutBucketVersioning",
		versionsOfReplication, versionsOfReplicationGone, versionsOfLock, versioningForGood)
	versioning.Parameters = map[string]string{"versioningConfiguration.status": ""} // the provider's Disabled is none of S3's
	versioning.Rules = map[string]simulator.Rule{
		"versioningConfiguration.status": simulator.OneOf("Disabled", "Enabled", "Suspended"),
	}
	lock := settingType("aws:s3/bucketObjectLockConfigurationV2:BucketObjectLockConfigurationV2", objectLockKind,
		"PutObjectLockConfiguration", lockNeedsVersions)
	lock.Defaults = map[string]any{"objectLockEnabled": "Enabled"}
	lock.Immutable = append(lock.Immutable, "objectLockEnabled")
	lock.Rules = map[string]simulator.Rule{"objectLockEnabled": simulator.OneOf("Enabled")}
	lock.AtMostOne = [][]string{{"rule.defaultRetention.days", "rule.defaultRetention.years"}}
	replication := settingType("aws:s3/bucketReplicationConfig:BucketReplicationConfig", replicationKind, "PutBucketReplication",
		replicationSource, replicationTarget, replicationDeletions, replicationKey, replicationPriority)
	replication.Immutable = []string{"bucket"}
	replication.Rules = map[string]simulator.Rule{"role": validARN, "rules[*].destination.bucket": validARN}
	return []*simulator.Type{versioning, lock, replication}
}

// isVersioned reports whether a bucket keeps versions.
func isVersioned(c *simulator.Call, bucket *simulator.Object) bool {
	if setting := settingOf(c, bucket.ID, versioningKind); setting != nil {
		return isEnabled(setting.Outputs)
	}
	enabled := at(bucket.Outputs, "versioning", "enabled")
	return bucket.Flag("objectLockEnabled") || enabled.IsBool() && enabled.BoolValue()
}

func isEnabled(versioning resource.PropertyMap) bool {
	return at(versioning, "versioningConfiguration", "status") == text("Enabled")
}

const replicationNeedsVersions = "InvalidBucketState: A replication configuration is present on this bucket, so you cannot " +
	"change the versioning state. To change the versioning state, first delete the replication configuration: %s"

// versionsOfReplication: a bucket that is replicated keeps its versions.
var versionsOfReplication = simulator.Constraint{
	Origin: simulator.Origin{ID: "aws-s3-versioning-of-replication", Source: versioningGuide},
	Stage:  simulator.AtApply,
	Error:  replicationNeedsVersions,
	Find: func(c *simulator.Call, broken func(path string, args ...any)) {
		if !isEnabled(c.Inputs) && settingOf(c, c.Text("bucket"), replicationKind) != nil {
			broken("versioningConfiguration.status", c.Text("bucket"))
		}
	},
}

// versionsOfReplicationGone: to delete the setting is to suspend versioning.
var versionsOfReplicationGone = simulator.Constraint{
	Origin: simulator.Origin{ID: "aws-s3-versioning-after-replication",
		Source: "terraform-provider-aws, internal/service/s3/bucket_versioning.go"},
	Stage: simulator.AtDelete,
	Error: replicationNeedsVersions,
	Find: func(c *simulator.Call, broken func(path string, args ...any)) {
		if isEnabled(c.Inputs) && settingOf(c, c.Text("bucket"), replicationKind) != nil {
			broken("", c.Text("bucket"))
		}
	},
}

// versionsOfLock: a bucket with locks keeps its versions. The provider forgives it when the setting is deleted.
var versionsOfLock = simulator.Constraint{
	Origin: simulator.Origin{ID: "aws-s3-versioning-of-object-lock", Source: objectLockGuide},
	Stage:  simulator.AtApply,
	Error: "InvalidBucketState: An Object Lock configuration is present on this bucket, so the versioning state cannot be " +
		"changed: %s",
	Find: func(c *simulator.Call, broken func(path string, args ...any)) {
		bucket := c.Find(bucketKind, c.Text("bucket"))
		locked := bucket.Flag("objectLockEnabled") || settingOf(c, c.Text("bucket"), objectLockKind) != nil
		if locked && at(c.Inputs, "versioningConfiguration", "status") == text("Suspended") {
			broken("versioningConfiguration.status", c.Text("bucket"))
		}
	},
}

// versioningForGood: once enabled, versioning can be suspended but not be as if it had never been.
var versioningForGood = simulator.Constraint{
	Origin: simulator.Origin{ID: "aws-s3-versioning-for-good",
		Source: "terraform-provider-aws, internal/service/s3/bucket_versioning.go"},
	Stage: simulator.AtApply,
	Error: "versioning_configuration.status cannot be updated from '%s' to 'Disabled'",
	Find: func(c *simulator.Call, broken func(path string, args ...any)) {
		if c.Old == nil || at(c.Inputs, "versioningConfiguration", "status") != text("Disabled") {
			return
		}
		if was := at(c.Old.Outputs, "versioningConfiguration", "status"); was != text("Disabled") {
			broken("versioningConfiguration.status", stringOf(was))
		}
	},
}

var lockNeedsVersions = simulator.Constraint{
	Origin: simulator.Origin{ID: "aws-s3-object-lock-needs-versioning", Source: objectLockGuide},
	Stage:  simulator.AtApply,
	Error:  "InvalidBucketState: Versioning must be 'Enabled' on the bucket to apply a Object Lock configuration: %s",
	Find: func(c *simulator.Call, broken func(path string, args ...any)) {
		if bucket := c.Find(bucketKind, c.Text("bucket")); !isVersioned(c, bucket) {
			broken("bucket", c.Text("bucket"))
		}
	},
}

var replicationSource = simulator.Constraint{
	Origin: simulator.Origin{ID: "aws-s3-replication-source-versioned", Source: replicationGuide},
	Stage:  simulator.AtApply,
	Error:  "InvalidRequest: Versioning must be 'Enabled' on the bucket to apply a replication configuration: %s",
	// terraform-provider-aws, internal/service/s3/bucket_replication_configuration.go
	Retried: true,
	Find: func(c *simulator.Call, broken func(path string, args ...any)) {
		if bucket := c.Find(bucketKind, c.Text("bucket")); !isVersioned(c, bucket) {
			broken("bucket", c.Text("bucket"))
		}
	},
}

var replicationTarget = simulator.Constraint{
	Origin: simulator.Origin{ID: "aws-s3-replication-destination-versioned", Source: replicationGuide},
	Stage:  simulator.AtApply,
	Error:  "InvalidRequest: Destination bucket must have versioning enabled: %s",
	Find: func(c *simulator.Call, broken func(path string, args ...any)) {
		c.Each("rules[*].destination.bucket", func(path, arn string) {
			// Buckets of other accounts cannot be judged.
			if bucket := c.FindBy(bucketKind, simulator.ByARN, arn); bucket != nil && !isVersioned(c, bucket) {
				broken(path, bucket.ID)
			}
		})
	},
}

// eachFilteredRule calls the function for the rules of the second version of replication: those with a filter.
func eachFilteredRule(c *simulator.Call, do func(path string, rule resource.PropertyMap)) {
	c.Objects("rules[*]", func(path string, rule resource.PropertyMap) {
		if _, filtered := rule["filter"]; filtered {
			do(path, rule)
		}
	})
}

var replicationDeletions = simulator.Constraint{
	Origin: simulator.Origin{ID: "aws-s3-replication-delete-markers", Source: replicationRules},
	Stage:  simulator.AtCheck,
	Error: "InvalidRequest: DeleteMarkerReplication must be specified for this version of Cross Region Replication " +
		"configuration schema. Please refer to S3 Developer Guide for more information.",
	Find: func(c *simulator.Call, broken func(path string, args ...any)) {
		eachFilteredRule(c, func(path string, rule resource.PropertyMap) {
			if _, given := rule["deleteMarkerReplication"]; !given {
				broken(path + ".deleteMarkerReplication")
			}
		})
	},
}

var replicationKey = simulator.Constraint{
	Origin: simulator.Origin{ID: "aws-s3-replication-key", Source: replicationRules},
	Stage:  simulator.AtCheck,
	Error:  "InvalidRequest: ReplicaKmsKeyID must be specified if SseKmsEncryptedObjects tag is present.",
	Find: func(c *simulator.Call, broken func(path string, args ...any)) {
		c.Objects("rules[*]", func(path string, rule resource.PropertyMap) {
			encrypted := at(rule, "sourceSelectionCriteria", "sseKmsEncryptedObjects", "status") == text("Enabled")
			if encrypted && at(rule, "destination", "encryptionConfiguration").IsNull() {
				broken(path + ".destination.encryptionConfiguration")
			}
		})
	},
}

var replicationPriority = simulator.Constraint{
	Origin: simulator.Origin{ID: "aws-s3-replication-priorities", Source: replicationRules},
	Stage:  simulator.AtCheck,
	Error:  "InvalidRequest: Found duplicate priority %d: rules for the same bucket need priorities of their own",
	Find: func(c *simulator.Call, broken func(path string, args ...any)) {
		seen := map[string]bool{}
		eachFilteredRule(c, func(path string, rule resource.PropertyMap) {
			priority, bucket := rule["priority"], at(rule, "destination", "bucket")
			if priority.IsComputed() || !bucket.IsString() {
				return
			}
			n := 0 // when absent
			if priority.IsNumber() {
				n = int(priority.NumberValue())
			}
			key := fmt.Sprint(n, " ", bucket.StringValue())
			if seen[key] {
				broken(path+".priority", n)
			}
			seen[key] = true
		})
	},
}
