package aws

import (
	"crypto/md5"
	"encoding/base64"
	"encoding/hex"
	"time"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"

	"github.com/holdfast-iac/holdfast/simulator"
)

// Sources: terraform-provider-aws, internal/service/s3/{object,bucket_object,bucket_data_source,object_data_source,
// canonical_user_id_data_source}.go.

var objectKind = &simulator.Kind{
	Noun: "S3 Object", Global: true,
	ID:       func(c *simulator.Call) string { return c.Text("bucket") + "/" + c.Text("key") },
	ARN:      "arn:{partition}:s3:::{id}",
	NotFound: "NoSuchKey: The specified key does not exist: %s",
}

func bucketObjectTypes() []*simulator.Type {
	object := func(token string) *simulator.Type {
		return &simulator.Type{
			Token:      token,
			Kind:       objectKind,
			Defaults:   map[string]any{"forceDestroy": false},
			AutoName:   &simulator.AutoName{Property: "key", Separator: "-"},
			Immutable:  []string{"bucket", "key"},
			References: []simulator.Reference{ofBucket},
			AtMostOne:  [][]string{{"content", "contentBase64", "source"}, {"etag", "kmsKeyId"}},
			Rules: map[string]simulator.Rule{
				"kmsKeyId":             validARN,
				"serverSideEncryption": sseAlgorithm,
				"contentBase64": simulator.Text(func(content string) string {
					if _, err := base64.StdEncoding.DecodeString(content); err != nil {
						return "it must be base64"
					}
					return ""
				}),
			},
			Constraints: []simulator.Constraint{bucketElsewhere, aclNotSupported, publicACLBlocked},
			API:         []string{"s3:PutObject"},
			Parameters:  map[string]string{"storageClass": ""}, // the model lacks the newest
			Compute:     computeObject,
		}
	}
	current := object("aws:s3/bucketObjectv2:BucketObjectv2")
	current.Parameters["checksumAlgorithm"] = "" // and CRC64NVME
	return []*simulator.Type{current, object("aws:s3/bucketObject:BucketObject")}
}

// defaultEncryption is how a bucket encrypts what is put into it, if nothing else is asked for: with Amazon S3's own keys,
// or as is set beside it.
func defaultEncryption(c *simulator.Call, bucket string) (algorithm, key string) {
	algorithm = "AES256"
	if by := settingOf(c, bucket, bucketEncryptionKind); by != nil {
		eachObject(by.Output("rules"), func(rule resource.PropertyMap) {
			if set := at(rule, "applyServerSideEncryptionByDefault"); set.IsObject() {
				algorithm, key = stringOf(set.ObjectValue()["sseAlgorithm"]), stringOf(set.ObjectValue()["kmsMasterKeyId"])
			}
		})
	}
	return algorithm, key
}

// hasBucketKey reports whether a bucket has S3 take one data key for many objects.
func hasBucketKey(c *simulator.Call, bucket string) bool {
	has := false
	if by := settingOf(c, bucket, bucketEncryptionKind); by != nil {
		eachObject(by.Output("rules"), func(rule resource.PropertyMap) { // one
			has = at(rule, "bucketKeyEnabled").IsBool() && at(rule, "bucketKeyEnabled").BoolValue()
		})
	}
	return has
}

func computeObject(c *simulator.Call) {
	bucket := c.Find(bucketKind, c.Text("bucket"))
	sum := md5.Sum(objectContent(c)) // S3's own tag, no protection of anything
	c.SetNew("etag", hex.EncodeToString(sum[:]))
	c.SetNew("contentType", "application/octet-stream")
	encryption, key := defaultEncryption(c, c.Text("bucket"))
	if c.Given("kmsKeyId") {
		encryption = "aws:kms"
	}
	c.SetNew("serverSideEncryption", encryption)
	c.SetNew("kmsKeyId", key)
	c.SetNew("bucketKeyEnabled", false)
	c.SetNew("storageClass", "STANDARD")
	c.SetNew("versionId", "")
	if bucket != nil && isVersioned(c, bucket) {
		c.Set("versionId", c.Hex("version", 32))
	}
	if _, current := c.Schema.Outputs["checksumCrc32"]; !current {
		return
	}
	c.SetNew("acl", "")
	for _, name := range []string{"Crc32", "Crc32c", "Crc64nvme", "Sha1", "Sha256"} {
		c.SetNew("checksum"+name, "")
	}
}

// objectContent is what is in the object; what comes from a file counts as its hash.
func objectContent(c *simulator.Call) []byte {
	if decoded, err := base64.StdEncoding.DecodeString(c.Text("contentBase64")); err == nil && len(decoded) > 0 {
		return decoded
	}
	if source := c.Inputs["source"]; source.IsAsset() {
		return []byte(source.AssetValue().Hash)
	}
	return []byte(c.Text("content"))
}

func bucketLookups() []*simulator.Lookup {
	return []*simulator.Lookup{
		{Token: "aws:s3/getBucket:getBucket", Answer: getBucket},
		{Token: "aws:s3/getBucketPolicy:getBucketPolicy", Answer: getBucketPolicy},
		{Token: "aws:s3/getObject:getObject", Answer: getObject},
		{Token: "aws:s3/getCanonicalUserId:getCanonicalUserId", Answer: func(c *simulator.Call) resource.PropertyMap {
			c.Set("id", canonicalUser(c))
			c.Set("displayName", "")
			return c.Outputs
		}},
	}
}

func getBucket(c *simulator.Call) resource.PropertyMap {
	bucket := findBucket(c)
	if bucket == nil {
		return nil
	}
	for _, name := range []string{
		"arn", "bucket", "bucketDomainName", "bucketRegionalDomainName", "hostedZoneId", "region", "websiteDomain", "websiteEndpoint",
	} {
		c.Set(name, bucket.Text(name))
	}
	if website := settingOf(c, bucket.ID, websiteKind); website != nil {
		c.Set("websiteDomain", website.Text("websiteDomain"))
		c.Set("websiteEndpoint", website.Text("websiteEndpoint"))
	}
	c.Set("id", bucket.ID)
	return c.Outputs
}

// findBucket returns the bucket that a look-up is about, and fails when there is none.
func findBucket(c *simulator.Call) *simulator.Object {
	bucket := c.Find(bucketKind, c.Text("bucket"))
	if bucket == nil {
		c.Fail("bucket", bucketKind.NotFound, c.Text("bucket"))
	}
	return bucket
}

func getBucketPolicy(c *simulator.Call) resource.PropertyMap {
	bucket := findBucket(c)
	if bucket == nil {
		return nil
	}
	policy := c.Find(bucketPolicyKind, bucket.ID)
	if policy == nil {
		c.Fail("bucket", bucketPolicyKind.NotFound, bucket.ID)
		return nil
	}
	c.Set("bucket", bucket.ID)
	c.Set("id", bucket.ID)
	c.Set("policy", policy.Text("policy"))
	return c.Outputs
}

func getObject(c *simulator.Call) resource.PropertyMap {
	id := c.Text("bucket") + "/" + c.Text("key")
	object := c.Find(objectKind, id)
	if findBucket(c) == nil {
		return nil
	}
	if object == nil {
		c.Fail("key", objectKind.NotFound, id)
		return nil
	}
	for _, name := range []string{
		"arn", "cacheControl", "checksumCrc32", "checksumCrc32c", "checksumCrc64nvme", "checksumSha1", "checksumSha256",
		"contentDisposition", "contentEncoding", "contentLanguage", "contentType", "etag", "objectLockLegalHoldStatus",
		"objectLockMode", "objectLockRetainUntilDate", "serverSideEncryption", "storageClass", "versionId",
	} {
		c.Set(name, object.Text(name))
	}
	for _, name := range []string{"expiration", "expires", "websiteRedirectLocation"} {
		c.Set(name, "")
	}
	c.Set("id", id)
	c.Set("bucket", c.Text("bucket"))
	c.Set("key", c.Text("key"))
	c.Set("body", object.Text("content"))
	c.Set("contentLength", len(object.Text("content")))
	c.Set("bucketKeyEnabled", object.Flag("bucketKeyEnabled"))
	c.Set("sseKmsKeyId", object.Text("kmsKeyId"))
	c.Set("lastModified", c.Now().UTC().Format(time.RFC1123))
	c.Set("tags", object.Tags())
	return c.Outputs
}
