package aws_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/holdfast-iac/holdfast/simulator/simulatortest"
)

const (
	accessBlockToken  = "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock"
	accountBlockToken = "aws:s3/accountPublicAccessBlock:AccountPublicAccessBlock"
	ownershipToken    = "aws:s3/bucketOwnershipControls:BucketOwnershipControls"
	bucketACLToken    = "aws:s3/bucketAclV2:BucketAclV2"
	versioningToken   = "aws:s3/bucketVersioningV2:BucketVersioningV2"
	objectLockToken   = "aws:s3/bucketObjectLockConfigurationV2:BucketObjectLockConfigurationV2"
	replicationToken  = "aws:s3/bucketReplicationConfig:BucketReplicationConfig"
	lifecycleToken    = "aws:s3/bucketLifecycleConfigurationV2:BucketLifecycleConfigurationV2"
	tieringToken      = "aws:s3/bucketIntelligentTieringConfiguration:BucketIntelligentTieringConfiguration"
	encryptionToken   = "aws:s3/bucketServerSideEncryptionConfigurationV2:BucketServerSideEncryptionConfigurationV2"
	loggingToken      = "aws:s3/bucketLoggingV2:BucketLoggingV2"
	websiteToken      = "aws:s3/bucketWebsiteConfigurationV2:BucketWebsiteConfigurationV2"
	corsToken         = "aws:s3/bucketCorsConfigurationV2:BucketCorsConfigurationV2"
	accelerateToken   = "aws:s3/bucketAccelerateConfigurationV2:BucketAccelerateConfigurationV2"
	paymentToken      = "aws:s3/bucketRequestPaymentConfigurationV2:BucketRequestPaymentConfigurationV2"
	objectToken       = "aws:s3/bucketObjectv2:BucketObjectv2"
	oldObjectToken    = "aws:s3/bucketObject:BucketObject"
)

// onBucket returns inputs that set something on a new bucket.
func onBucket(more inputs) func(*world) inputs {
	return func(w *world) inputs { return with(more, inputs{"bucket": bucket(w, "data").ID()}) }
}

// onOther replaces what is set on one bucket by the same on another.
func onOther(w *world, in inputs) inputs { return with(in, inputs{"bucket": bucket(w, "others").ID()}) }

func versioned(w *world, name string) thing {
	return w.Create(versioningToken, name, inputs{
		"bucket": bucket(w, name).ID(), "versioningConfiguration": inputs{"status": "Enabled"},
	})
}

// replicate returns inputs that replicate one bucket to another.
func replicate(from, to string, rule inputs) inputs {
	return inputs{
		"bucket": from, "role": "arn:aws:iam::123456789012:role/replication",
		"rules": []any{with(inputs{
			"id": "all", "status": "Enabled", "filter": inputs{}, "deleteMarkerReplication": inputs{"status": "Disabled"},
			"destination": inputs{"bucket": "arn:aws:s3:::" + to},
		}, rule)},
	}
}

func owned(w *world, ownership string) inputs {
	w.Create(ownershipToken, "data", inputs{"bucket": bucket(w, "data").ID(), "rule": inputs{"objectOwnership": ownership}})
	return inputs{"bucket": "data"}
}

func unblocked(w *world) {
	w.Create(accessBlockToken, "data", inputs{"bucket": "data"})
}

func bucketFixtures() []simulatortest.Fixture {
	tier := func(days int) inputs {
		return inputs{"tierings": []any{inputs{"accessTier": "ARCHIVE_ACCESS", "days": days}}}
	}
	return []simulatortest.Fixture{
		{
			Type: "aws:s3/bucket:Bucket", Inputs: func(*world) inputs { return inputs{"website": inputs{"indexDocument": "index.html"}} },
			Update: changing(inputs{"versioning": inputs{"enabled": true}}), Replace: changing(inputs{"bucketPrefix": "web-"}),
		},
		{
			Type: accessBlockToken, Inputs: onBucket(inputs{"blockPublicAcls": true}),
			Update: changing(inputs{"blockPublicPolicy": true}), Replace: onOther,
		},
		{
			Type: accountBlockToken, Inputs: func(*world) inputs { return inputs{"blockPublicAcls": true} },
			Update: changing(inputs{"blockPublicPolicy": true}),
		},
		{
			Type: ownershipToken, Inputs: onBucket(inputs{"rule": inputs{"objectOwnership": "ObjectWriter"}}),
			Update: changing(inputs{"rule": inputs{"objectOwnership": "BucketOwnerEnforced"}}), Replace: onOther,
		},
		{
			Type:   bucketACLToken,
			Inputs: func(w *world) inputs { return with(owned(w, "ObjectWriter"), inputs{"acl": "private"}) },
			Update: changing(inputs{"acl": "log-delivery-write"}),
		},
		{
			Type: versioningToken, Inputs: onBucket(inputs{"versioningConfiguration": inputs{"status": "Enabled"}}),
			Update: changing(inputs{"versioningConfiguration": inputs{"status": "Suspended"}}), Replace: onOther,
		},
		{
			Type: objectLockToken,
			Inputs: func(w *world) inputs {
				versioned(w, "data")
				return inputs{"bucket": "data", "rule": inputs{"defaultRetention": inputs{"mode": "GOVERNANCE", "days": 5}}}
			},
			Update: changing(inputs{"rule": inputs{"defaultRetention": inputs{"mode": "COMPLIANCE", "years": 1}}}),
			Replace: func(w *world, in inputs) inputs {
				versioned(w, "others")
				return with(in, inputs{"bucket": "others"})
			},
		},
		{
			Type: replicationToken,
			Inputs: func(w *world) inputs {
				versioned(w, "data")
				versioned(w, "copy")
				return replicate("data", "copy", inputs{})
			},
			Update: func(_ *world, in inputs) inputs { return replicate("data", "copy", inputs{"status": "Disabled"}) },
			Replace: func(w *world, in inputs) inputs {
				versioned(w, "others")
				return with(in, inputs{"bucket": "others"})
			},
		},
		{
			Type: lifecycleToken, Inputs: onBucket(lifecycleOf(inputs{"expiration": inputs{"days": 90}})),
			Update: changing(lifecycleOf(inputs{"expiration": inputs{"days": 365}})), Replace: onOther,
		},
		{Type: tieringToken, Inputs: onBucket(tier(90)), Update: changing(tier(125)), Replace: onOther},
		{
			Type:   encryptionToken,
			Inputs: onBucket(inputs{"rules": []any{inputs{"applyServerSideEncryptionByDefault": inputs{"sseAlgorithm": "AES256"}}}}),
			Update: changing(inputs{"rules": []any{inputs{
				"applyServerSideEncryptionByDefault": inputs{"sseAlgorithm": "aws:kms", "kmsMasterKeyId": "alias/data"}, "bucketKeyEnabled": true,
			}}}),
			Replace: onOther,
		},
		{
			Type: loggingToken,
			Inputs: func(w *world) inputs {
				return inputs{"bucket": bucket(w, "data").ID(), "targetBucket": bucket(w, "logs").ID(), "targetPrefix": "data/"}
			},
			Update: changing(inputs{"targetPrefix": "access/"}), Replace: onOther,
		},
		{
			Type: websiteToken, Inputs: onBucket(inputs{"indexDocument": inputs{"suffix": "index.html"}}),
			Update: changing(inputs{"errorDocument": inputs{"key": "error.html"}}), Replace: onOther,
		},
		{
			Type:   corsToken,
			Inputs: onBucket(inputs{"corsRules": []any{inputs{"allowedMethods": []any{"GET"}, "allowedOrigins": []any{"*"}}}}),
			Update: changing(inputs{"corsRules": []any{inputs{
				"allowedMethods": []any{"PUT"}, "allowedOrigins": []any{"https://holdfast.example"}, "maxAgeSeconds": 3000,
			}}}),
			Replace: onOther,
		},
		{Type: accelerateToken, Inputs: onBucket(inputs{"status": "Enabled"}), Update: changing(inputs{"status": "Suspended"}), Replace: onOther},
		{Type: paymentToken, Inputs: onBucket(inputs{"payer": "Requester"}), Update: changing(inputs{"payer": "BucketOwner"}), Replace: onOther},
		{
			Type: objectToken, Inputs: onBucket(inputs{"key": "index.html", "content": "hello"}),
			Update: changing(inputs{"contentBase64": "aGVsbG8=", "content": nil}), Replace: changing(inputs{"key": "other.html"}),
		},
		{
			Type: oldObjectToken, Inputs: onBucket(inputs{"content": "hello"}),
			Update: changing(inputs{"content": "bye"}), Replace: onOther,
		},
	}
}

// TestBuckets: what S3 says of buckets and objects, and what the look-ups find of it.
func TestBuckets(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	versioned(w, "data")
	w.Create(encryptionToken, "data", inputs{"bucket": "data", "rules": []any{inputs{
		"applyServerSideEncryptionByDefault": inputs{"sseAlgorithm": "aws:kms", "kmsMasterKeyId": "alias/data"},
	}}})
	site := w.Create(websiteToken, "data", inputs{"bucket": "data", "redirectAllRequestsTo": inputs{"hostName": "holdfast.example"}})
	assert.Equal(t, "data.s3-website-us-west-2.amazonaws.com", site.Text("websiteEndpoint"))
	policy := bucketGrant("data", "cloudtrail.amazonaws.com")
	w.Create(bucketPolicyToken, "data", inputs{"bucket": "data", "policy": policy})
	object := w.Create(objectToken, "object", inputs{"bucket": "data", "key": "a/b.txt", "content": "hello"})
	assert.Equal(t, "arn:aws:s3:::data/a/b.txt", object.Text("arn"))
	assert.Equal(t, "5d41402abc4b2a76b9719d911017c592", object.Text("etag"))
	assert.Equal(t, "aws:kms", object.Text("serverSideEncryption"))
	assert.Equal(t, "alias/data", object.Text("kmsKeyId"))
	assert.Len(t, object.Text("versionId"), 32)

	found := ask(t, w, "aws:s3/getBucket:getBucket", inputs{"bucket": "data"})
	assert.Equal(t, "arn:aws:s3:::data", found["arn"])
	assert.Equal(t, "us-west-2", found["region"])
	assert.Equal(t, "s3-website-us-west-2.amazonaws.com", found["websiteDomain"])
	assert.Equal(t, policy, ask(t, w, "aws:s3/getBucketPolicy:getBucketPolicy", inputs{"bucket": "data"})["policy"])
	read := ask(t, w, "aws:s3/getObject:getObject", inputs{"bucket": "data", "key": "a/b.txt"})
	assert.Equal(t, "hello", read["body"])
	assert.EqualValues(t, 5, read["contentLength"])
	assert.Len(t, ask(t, w, "aws:s3/getCanonicalUserId:getCanonicalUserId", nil)["id"], 64)
	refuses(t, w, "aws:s3/getBucket:getBucket", inputs{"bucket": "none"}, "NoSuchBucket")
	refuses(t, w, "aws:s3/getBucketPolicy:getBucketPolicy", inputs{"bucket": "none"}, "NoSuchBucket")
	refuses(t, w, "aws:s3/getObject:getObject", inputs{"bucket": "data", "key": "none"}, "NoSuchKey")
	bare := bucket(w, "bare")
	refuses(t, w, "aws:s3/getBucketPolicy:getBucketPolicy", inputs{"bucket": bare.ID()}, "NoSuchBucketPolicy")

	frankfurt := w.As(inputs{"region": "eu-central-1"})
	assert.Equal(t, "s3-website.eu-central-1.amazonaws.com", frankfurt.Create("aws:s3/bucket:Bucket", "site",
		inputs{"website": inputs{"indexDocument": "index.html"}}).Text("websiteDomain"))
}

func TestBucketRefusals(t *testing.T) {
	t.Parallel()
	runRefusals(t, []refusal{
		{"bucket of a taken name", "aws:s3/bucket:Bucket", func(w *world) inputs { return inputs{"bucket": bucket(w, "data").ID()} },
			"BucketAlreadyOwnedByYou", "you already own it: data"},
		{"block of no bucket", accessBlockToken, given(inputs{"bucket": "none"}), "NoSuchBucket", "does not exist: none"},
		{"logs to no bucket", loggingToken, onBucket(inputs{"targetBucket": "none", "targetPrefix": ""}),
			"InvalidTargetBucketForLogging", "none"},
		{"lock for days and years", objectLockToken, func(w *world) inputs {
			versioned(w, "data")
			return inputs{"bucket": "data", "rule": inputs{"defaultRetention": inputs{"mode": "GOVERNANCE", "days": 1, "years": 1}}}
		}, "", "at most one of"},
		{"website that is nothing", websiteToken, onBucket(inputs{}), "", "exactly one of indexDocument, redirectAllRequestsTo"},
		{"website of rules that are no JSON", websiteToken,
			onBucket(inputs{"indexDocument": inputs{"suffix": "i"}, "routingRuleDetails": "{"}), "", "must be JSON"},
		{"CORS of an unknown method", corsToken, onBucket(inputs{"corsRules": []any{
			inputs{"allowedMethods": []any{"PATCH"}, "allowedOrigins": []any{"*"}},
		}}), "InvalidRequest", "Unsupported method is PATCH"},
		{"object of two contents", objectToken, onBucket(inputs{"content": "a", "contentBase64": "YQ=="}), "", "at most one of"},
		{"object that is no base64", objectToken, onBucket(inputs{"contentBase64": "%"}), "", "must be base64"},
		{"rule of a long name", lifecycleToken, onBucket(lifecycleOf(inputs{"id": strings.Repeat("a", 256), "expiration": inputs{"days": 1}})),
			"InvalidArgument", "1 to 255"},
	})
}
