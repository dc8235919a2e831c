package aws_test

import (
	"github.com/holdfast-iac/holdfast/simulator/simulatortest"
)

// lifecycleOf returns a lifecycle of one rule.
func lifecycleOf(rule inputs) inputs {
	return inputs{"rules": []any{with(inputs{"id": "all", "status": "Enabled"}, rule)}}
}

// set returns what tries to set something on a new bucket.
func set(token string, more inputs) func(*world) error {
	return func(w *world) error {
		_, err := w.Try(token, "set", onBucket(more)(w))
		return err
	}
}

func bucketCases() []simulatortest.Case {
	public := inputs{"bucket": "data", "policy": `{"Statement":[{"Effect":"Allow","Principal":{"AWS":"*"},` +
		`"Action":"s3:GetObject","Resource":"arn:aws:s3:::data/*"}]}`}
	narrow := inputs{"bucket": "data", "policy": `{"Statement":[{"Effect":"Allow","Principal":"*","Action":"s3:GetObject",` +
		`"Resource":"arn:aws:s3:::data/*","Condition":{"StringEquals":{"aws:PrincipalOrgID":"o-1"}}}]}`}
	withOwnership := func(ownership string, in inputs) func(*world) error {
		return func(w *world) error {
			owned(w, ownership)
			return try(w, bucketACLToken, with(in, inputs{"bucket": "data"}))
		}
	}
	status := func(status string) inputs {
		return inputs{"bucket": "data", "versioningConfiguration": inputs{"status": status}}
	}
	return []simulatortest.Case{
		{
			ID: "aws-s3-bucket-not-empty", Code: "BucketNotEmpty", Text: "it holds a.txt",
			Fails: func(w *world) error {
				data := bucket(w, "data")
				w.Create(objectToken, "a", inputs{"bucket": "data", "key": "a.txt", "content": "a"})
				return w.TryDelete(data)
			},
			Passes: func(w *world) error {
				data := w.Create(bucketToken, "data", inputs{"bucket": "data", "forceDestroy": true})
				w.Create(objectToken, "a", inputs{"bucket": "data", "key": "a.txt", "content": "a"})
				return w.TryDelete(data)
			},
		},
		{
			ID: "aws-s3-bucket-acl-at-creation", Code: "InvalidBucketAclWithObjectOwnership", Text: "public-read",
			Fails:  func(w *world) error { return try(w, bucketToken, inputs{"acl": "public-read"}) },
			Passes: func(w *world) error { return try(w, bucketToken, inputs{"acl": "private"}) },
		},
		{
			ID: "L-DC2B2D3D", Code: "TooManyBuckets", Text: "more buckets than allowed", Quotas: map[string]int{"L-DC2B2D3D": 1},
			Fails: func(w *world) error {
				bucket(w, "data")
				return try(w.As(inputs{"region": "us-east-1"}), bucketToken, nil)
			},
			Passes: func(w *world) error { return try(w, bucketToken, inputs{}) },
		},
		{
			ID: "aws-s3-acls-disabled", Code: "AccessControlListNotSupported", Text: "does not allow ACLs",
			Fails: set(bucketACLToken, inputs{"acl": "private"}), Passes: withOwnership("BucketOwnerPreferred", inputs{"acl": "private"}),
		},
		{
			ID: "aws-s3-acls-disabled", Code: "AccessControlListNotSupported", Text: "does not allow ACLs",
			Fails:  withOwnership("BucketOwnerEnforced", inputs{"acl": "private"}),
			Passes: set(objectToken, inputs{"acl": "bucket-owner-full-control", "content": "a"}),
		},
		{
			ID: "aws-s3-public-acl-blocked", Code: "AccessDenied", Text: "BlockPublicAcls setting of bucket data",
			Fails: withOwnership("ObjectWriter", inputs{"acl": "public-read"}),
			Passes: func(w *world) error {
				owned(w, "ObjectWriter")
				unblocked(w)
				return try(w, bucketACLToken, inputs{"bucket": "data", "acl": "public-read"})
			},
		},
		{
			ID: "aws-s3-public-policy-blocked", Code: "AccessDenied", Text: "BlockPublicPolicy setting of bucket data",
			Fails: set(bucketPolicyToken, public), Passes: set(bucketPolicyToken, narrow),
		},
		{
			ID: "aws-s3-public-policy-blocked", Code: "AccessDenied", Text: "BlockPublicPolicy setting of the account",
			Fails: func(w *world) error {
				bucket(w, "data")
				unblocked(w)
				w.Create(accountBlockToken, "account", inputs{"blockPublicPolicy": true})
				return try(w, bucketPolicyToken, public)
			},
			Passes: func(w *world) error {
				bucket(w, "data")
				unblocked(w)
				return try(w, bucketPolicyToken, public)
			},
		},
		{
			ID: "aws-s3-versioning-of-replication", Code: "InvalidBucketState", Text: "first delete the replication configuration",
			Fails: func(w *world) error {
				setting := replicated(w)
				_, err := w.TryUpdate(setting, status("Suspended"))
				return err
			},
			Passes: func(w *world) error {
				_, err := w.TryUpdate(versioned(w, "data"), status("Suspended"))
				return err
			},
		},
		{
			ID: "aws-s3-versioning-after-replication", Code: "InvalidBucketState", Text: "first delete the replication configuration",
			Fails:  func(w *world) error { return w.TryDelete(replicated(w)) },
			Passes: func(w *world) error { return w.TryDelete(versioned(w, "data")) },
		},
		{
			ID: "aws-s3-versioning-of-object-lock", Code: "InvalidBucketState", Text: "so the versioning state cannot be changed: data",
			Fails: func(w *world) error {
				w.Create(bucketToken, "data", inputs{"bucket": "data", "objectLockEnabled": true})
				return try(w, versioningToken, status("Suspended"))
			},
			Passes: func(w *world) error {
				w.Create(bucketToken, "data", inputs{"bucket": "data", "objectLockEnabled": true})
				return try(w, versioningToken, status("Enabled"))
			},
		},
		{
			ID: "aws-s3-versioning-for-good", Text: "from 'Enabled' to 'Disabled'",
			Fails: func(w *world) error {
				_, err := w.TryUpdate(versioned(w, "data"), status("Disabled"))
				return err
			},
			Passes: set(versioningToken, status("Disabled")),
		},
		{
			ID: "aws-s3-object-lock-needs-versioning", Code: "InvalidBucketState", Text: "to apply a Object Lock configuration: data",
			Fails: set(objectLockToken, inputs{}),
			Passes: func(w *world) error {
				w.Create(bucketToken, "data", inputs{"bucket": "data", "objectLockEnabled": true})
				return try(w, objectLockToken, inputs{"bucket": "data"})
			},
		},
		{
			ID: "aws-s3-replication-source-versioned", Code: "InvalidRequest", Text: "to apply a replication configuration: data",
			Fails: func(w *world) error {
				versioned(w, "copy")
				bucket(w, "data")
				return try(w, replicationToken, replicate("data", "copy", inputs{}))
			},
			Passes: replicating(nil),
		},
		{
			ID: "aws-s3-replication-destination-versioned", Code: "InvalidRequest", Text: "must have versioning enabled: copy",
			Fails: func(w *world) error {
				versioned(w, "data")
				bucket(w, "copy")
				return try(w, replicationToken, replicate("data", "copy", inputs{}))
			},
			Passes: func(w *world) error {
				versioned(w, "data")
				return try(w, replicationToken, replicate("data", "of-another-account", nil))
			},
		},
		{
			ID: "aws-s3-replication-delete-markers", Code: "InvalidRequest", Text: "DeleteMarkerReplication must be specified",
			Fails:  replicating(inputs{"deleteMarkerReplication": nil}),
			Passes: replicating(inputs{"deleteMarkerReplication": nil, "filter": nil}),
		},
		{
			ID: "aws-s3-replication-key", Code: "InvalidRequest", Text: "ReplicaKmsKeyID must be specified",
			Fails: replicating(inputs{"sourceSelectionCriteria": inputs{"sseKmsEncryptedObjects": inputs{"status": "Enabled"}}}),
			Passes: replicating(inputs{
				"sourceSelectionCriteria": inputs{"sseKmsEncryptedObjects": inputs{"status": "Enabled"}},
				"destination": inputs{
					"bucket":                  "arn:aws:s3:::copy",
					"encryptionConfiguration": inputs{"replicaKmsKeyId": "arn:aws:kms:us-west-2:123456789012:key/1"},
				},
			}),
		},
		{
			ID: "aws-s3-replication-priorities", Code: "InvalidRequest", Text: "Found duplicate priority 1",
			Fails: replicatingTwice(1, 1), Passes: replicatingTwice(1, 2),
		},
	}
}

// replicated makes a bucket that is replicated, and returns its versioning.
func replicated(w *world) thing {
	setting := versioned(w, "data")
	versioned(w, "copy")
	w.Create(replicationToken, "data", replicate("data", "copy", inputs{}))
	return setting
}

func replicating(rule inputs) func(*world) error {
	return func(w *world) error {
		versioned(w, "data")
		versioned(w, "copy")
		return try(w, replicationToken, replicate("data", "copy", rule))
	}
}

func replicatingTwice(priorities ...int) func(*world) error {
	return func(w *world) error {
		versioned(w, "data")
		versioned(w, "copy")
		var rules []any
		for i, priority := range priorities {
			rule := replicate("data", "copy", inputs{"id": string(rune('a' + i)), "priority": priority})
			rules = append(rules, rule["rules"].([]any)...)
		}
		return try(w, replicationToken, with(replicate("data", "copy", inputs{}), inputs{"rules": rules}))
	}
}

func bucketSettingCases() []simulatortest.Case {
	lifecycle := func(rule inputs) func(*world) error { return set(lifecycleToken, lifecycleOf(rule)) }
	transition := func(days int, class string) inputs {
		return inputs{"transitions": []any{inputs{"days": days, "storageClass": class}}}
	}
	noncurrent := func(days int) inputs {
		return inputs{"noncurrentVersionTransitions": []any{inputs{"noncurrentDays": days, "storageClass": "ONEZONE_IA"}}}
	}
	expires := inputs{"expiration": inputs{"days": 30}}
	rules := func(ids ...string) inputs {
		var list []any
		for _, id := range ids {
			list = append(list, with(expires, inputs{"id": id, "status": "Enabled"}))
		}
		return inputs{"rules": list}
	}
	tagged := inputs{"filter": inputs{"tag": inputs{"key": "a", "value": "b"}}}
	encrypt := func(algorithm string) func(*world) error {
		return set(encryptionToken, inputs{"rules": []any{inputs{
			"applyServerSideEncryptionByDefault": inputs{"sseAlgorithm": algorithm, "kmsMasterKeyId": "alias/data"},
		}}})
	}
	tier := func(tier string, days int) func(*world) error {
		return set(tieringToken, inputs{"tierings": []any{inputs{"accessTier": tier, "days": days}}})
	}
	logTo := func(region string) func(*world) error {
		return func(w *world) error {
			bucket(w.As(inputs{"region": region}), "logs")
			return set(loggingToken, inputs{"targetBucket": "logs", "targetPrefix": ""})(w)
		}
	}
	accelerate := func(name string) func(*world) error {
		return func(w *world) error {
			return try(w, accelerateToken, inputs{"bucket": bucket(w, name).ID(), "status": "Enabled"})
		}
	}
	return []simulatortest.Case{
		{
			ID: "aws-s3-lifecycle-rule-ids", Code: "InvalidArgument", Text: "Rule ID must be unique",
			Fails: set(lifecycleToken, rules("a", "a")), Passes: set(lifecycleToken, rules("a", "b")),
		},
		{
			ID: "aws-s3-lifecycle-no-action", Code: "InvalidRequest", Text: "At least one action",
			Fails: lifecycle(inputs{}), Passes: lifecycle(expires),
		},
		{
			ID: "aws-s3-lifecycle-transition-days", Code: "InvalidArgument", Text: "30 for storageClass 'STANDARD_IA'",
			Fails: lifecycle(transition(29, "STANDARD_IA")), Passes: lifecycle(transition(30, "STANDARD_IA")),
		},
		{
			ID: "aws-s3-lifecycle-transition-days", Code: "InvalidArgument", Text: "30 for storageClass 'ONEZONE_IA'",
			Fails: lifecycle(transition(0, "ONEZONE_IA")), Passes: lifecycle(transition(0, "GLACIER")),
		},
		{
			ID: "aws-s3-lifecycle-noncurrent-days", Code: "InvalidArgument", Text: "30 for storageClass 'ONEZONE_IA'",
			Fails: lifecycle(noncurrent(29)), Passes: lifecycle(noncurrent(30)),
		},
		{
			ID: "aws-s3-lifecycle-expiration-days", Code: "InvalidArgument", Text: "must be greater than 'Days' in the Transition action",
			Fails: lifecycle(with(expires, transition(30, "GLACIER"))), Passes: lifecycle(with(expires, transition(29, "GLACIER"))),
		},
		{
			ID: "aws-s3-lifecycle-tags", Code: "InvalidRequest", Text: "AbortIncompleteMultipartUpload cannot be specified with Tags",
			Fails:  lifecycle(with(tagged, inputs{"abortIncompleteMultipartUpload": inputs{"daysAfterInitiation": 1}})),
			Passes: lifecycle(with(tagged, expires)),
		},
		{
			ID: "aws-s3-lifecycle-tags", Code: "InvalidRequest", Text: "ExpiredObjectDeleteMarker cannot be specified with Tags",
			Fails:  lifecycle(with(tagged, inputs{"expiration": inputs{"expiredObjectDeleteMarker": true}})),
			Passes: lifecycle(inputs{"expiration": inputs{"expiredObjectDeleteMarker": true}}),
		},
		{
			ID: "aws-s3-intelligent-tiering-days", Code: "InvalidArgument", Text: "180 to 730 days, not 90",
			Fails: tier("DEEP_ARCHIVE_ACCESS", 90), Passes: tier("ARCHIVE_ACCESS", 90),
		},
		{
			ID: "aws-s3-encryption-key", Code: "InvalidArgument", Text: "KMSMasterKeyID is not applicable",
			Fails: encrypt("AES256"), Passes: encrypt("aws:kms:dsse"),
		},
		{
			ID: "aws-s3-logging-region", Code: "CrossLocationLoggingProhibitted", Text: "logs is in us-east-1",
			Fails: logTo("us-east-1"), Passes: logTo("us-west-2"),
		},
		{
			ID: "aws-s3-accelerate-periods", Code: "InvalidRequest", Text: "holdfast.example",
			Fails: accelerate("holdfast.example"), Passes: accelerate("holdfast-example"),
		},
	}
}
