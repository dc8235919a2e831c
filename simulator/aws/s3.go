package aws

import (
	"crypto/sha256"
	"fmt"
	"net/netip"
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"

	"github.com/holdfast-iac/holdfast/simulator"
)

// Sources: terraform-provider-aws, internal/service/s3/{bucket,hosted_zones,bucket_website_configuration}.go; S3 guide,
// "General purpose bucket naming rules" and "Controlling ownership of objects and disabling ACLs".

var bucketKind = &simulator.Kind{
	Noun:     "S3 Bucket",
	Global:   true, // names are unique everywhere, and what is in another region can write into it
	ID:       func(c *simulator.Call) string { return bucketName(c) },
	ARN:      "arn:{partition}:s3:::{id}",
	NotFound: "NoSuchBucket: The specified bucket does not exist: %s",
}

func bucketName(c *simulator.Call) string {
	if prefix := c.Text("bucketPrefix"); prefix != "" && !c.Given("bucket") {
		return prefix + c.Hex("bucketPrefix", prefixDigits)
	}
	return c.Text("bucket")
}

var bucketNameRule = simulator.Coded("InvalidBucketName", simulator.All(
	simulator.Length(3, 63),
	simulator.Matches(`^[a-z0-9][a-z0-9.-]*[a-z0-9]$`,
		"lower-case letters, digits, . and - are, with a letter or digit at both ends"),
	simulator.Text(func(name string) string {
		_, err := netip.ParseAddr(name)
		switch {
		case err == nil, strings.Contains(name, ".."):
			return fmt.Sprintf("%q is an IP address or has two periods in a row", name)
		case strings.HasPrefix(name, "xn--"), strings.HasPrefix(name, "sthree-"), strings.HasSuffix(name, "-s3alias"):
			return fmt.Sprintf("%q begins or ends with what is kept for AWS", name)
		}
		return ""
	}),
))

// bucketNotEmpty: what a bucket holds goes first, whoever wrote it.
var bucketNotEmpty = simulator.Constraint{
	Origin: simulator.Origin{ID: "aws-s3-bucket-not-empty",
		Source: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/delete-bucket.html"},
	Stage: simulator.AtDelete,
	Error: "BucketNotEmpty: The bucket you tried to delete is not empty: it holds %s",
	Find: func(c *simulator.Call, broken func(path string, args ...any)) {
		if c.Flag("forceDestroy") {
			return
		}
		if written := c.Old.Owned(objectKind); written != nil {
			broken("", strings.TrimPrefix(written.ID, c.Old.ID+"/"))
		} else if objects := c.Old.Users(objectKind); len(objects) > 0 {
			broken("", objects[0].Text("key"))
		}
	},
}

// bucketType is what both types of buckets have in common.
func bucketType(token string) *simulator.Type {
	return &simulator.Type{
		Token:     token,
		Kind:      bucketKind,
		Defaults:  map[string]any{"forceDestroy": false},
		AutoName:  &simulator.AutoName{Property: "bucket", MaxLength: 63, Separator: "-", Lower: true},
		Immutable: []string{"bucket", "bucketPrefix"},
		Rules:     map[string]simulator.Rule{"bucket": bucketNameRule, "policy": bucketPolicyDocument},
		Normalize: normalize("policy"),
		AtMostOne: [][]string{{"bucket", "bucketPrefix"}, {"acl", "grants"}},
		Unique: []simulator.Unique{{
			Space: "S3 bucket name", Properties: []string{"bucket"}, Everywhere: true,
			Error: "BucketAlreadyOwnedByYou: Your previous request to create the named bucket succeeded and you already own it: %s",
		}},
		Quotas: []simulator.Quota{{
			Code: "L-DC2B2D3D", Source: "https://docs.aws.amazon.com/general/latest/gr/s3.html", Limit: 10_000,
			Error: "TooManyBuckets: You have attempted to create more buckets than allowed",
		}},
		Constraints: []simulator.Constraint{bucketNotEmpty},
		API:         []string{"s3:CreateBucket"},
		Parameters:  map[string]string{"acl": ""}, // the model lacks some
		Compute:     computeBucket,
	}
}

var sseAlgorithm = simulator.OneOf("AES256", "aws:kms", "aws:kms:dsse")

func bucketTypes() []*simulator.Type {
	current := bucketType("aws:s3/bucketV2:BucketV2")
	current.Immutable = append(current.Immutable, "objectLockEnabled")
	// The SDK's comments lack an algorithm, and say true or false of what the provider takes as Enabled.
	current.Rules["serverSideEncryptionConfigurations[*].rules[*].applyServerSideEncryptionByDefaults[*].sseAlgorithm"] = sseAlgorithm
	current.Rules["objectLockConfiguration.objectLockEnabled"] = simulator.OneOf("Enabled")
	current.Constraints = append(current.Constraints, simulator.Constraint{
		Origin: simulator.Origin{ID: "aws-s3-bucket-acl-at-creation",
			Source: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/about-object-ownership.html"},
		Stage: simulator.AtCheck,
		Error: "InvalidBucketAclWithObjectOwnership: Bucket cannot have ACLs set with ObjectOwnership's BucketOwnerEnforced setting: %s",
		Find: func(c *simulator.Call, broken func(path string, args ...any)) {
			if acl := c.Text("acl"); acl != "" && acl != "private" {
				broken("acl", acl)
			}
		},
	})
	legacy := bucketType("aws:s3/bucket:Bucket")
	legacy.Rules["serverSideEncryptionConfiguration.rule.applyServerSideEncryptionByDefault.sseAlgorithm"] = sseAlgorithm
	legacy.Defaults = map[string]any{"forceDestroy": false, "acl": "private"}
	legacy.AtMostOne = [][]string{{"bucket", "bucketPrefix"}}
	return []*simulator.Type{current, legacy}
}

func computeBucket(c *simulator.Call) {
	domain, _ := partitionOf(c.Partition)
	c.Set("bucket", c.ID)
	c.SetNew("bucketPrefix", "")
	c.Set("region", c.Region)
	c.Set("bucketDomainName", c.ID+".s3."+domain)
	c.Set("bucketRegionalDomainName", c.ID+".s3."+c.Region+"."+domain)
	for _, name := range []string{"accelerationStatus", "acl", "policy", "websiteDomain", "websiteEndpoint"} {
		c.SetNew(name, "")
	}
	if c.Given("website") {
		c.Set("websiteDomain", websiteDomain(c))
		c.Set("websiteEndpoint", c.ID+"."+websiteDomain(c))
	}
	c.SetNew("requestPayer", "BucketOwner")
	c.SetNew("hostedZoneId", "Z"+strings.ToUpper(c.Fixed("hosted zone of S3", 13)))
	if _, legacy := c.Schema.Outputs["versioning"]; legacy {
		c.SetNew("versioning", map[string]any{"enabled": false, "mfaDelete": false})
		c.SetNew("serverSideEncryptionConfiguration", map[string]any{"rule": map[string]any{
			"applyServerSideEncryptionByDefault": map[string]any{"sseAlgorithm": "AES256"},
		}})
	}
}

// dashedWebsites are the regions whose websites have a - before the region's name, where others have a period.
var dashedWebsites = map[string]bool{
	"us-east-1": true, "us-west-1": true, "us-west-2": true, "us-gov-west-1": true, "eu-west-1": true, "sa-east-1": true,
	"ap-southeast-1": true, "ap-southeast-2": true, "ap-northeast-1": true,
}

func websiteDomain(c *simulator.Call) string {
	domain, _ := partitionOf(c.Partition)
	if dashedWebsites[c.Region] {
		return "s3-website-" + c.Region + "." + domain
	}
	return "s3-website." + c.Region + "." + domain
}

// canonicalUser is the id by which S3 knows the account.
func canonicalUser(c *simulator.Call) string {
	return fmt.Sprintf("%x", sha256.Sum256([]byte("canonical user of "+c.Account)))
}

// at returns the value that objects within objects hold, such as rule.objectOwnership.
func at(value resource.PropertyMap, path ...string) resource.PropertyValue {
	for _, name := range path[:len(path)-1] {
		inner := value[resource.PropertyKey(name)]
		if !inner.IsObject() {
			return resource.PropertyValue{}
		}
		value = inner.ObjectValue()
	}
	return value[resource.PropertyKey(path[len(path)-1])]
}

// settingOf returns what is set on a bucket by a resource of that kind, or nil.
func settingOf(c *simulator.Call, bucket string, kind *simulator.Kind) *simulator.Object {
	found := c.Find(bucketKind, bucket)
	if found == nil {
		return nil
	}
	if settings := c.Others(found.Users(kind)); len(settings) > 0 {
		return settings[0]
	}
	return nil
}

// settingKind is the kind of what is set on a bucket; it has the bucket's id.
func settingKind(noun, notFound string) *simulator.Kind {
	return &simulator.Kind{
		Noun: noun, Global: true, NotFound: notFound,
		ID: func(c *simulator.Call) string {
			if owner := c.Text("expectedBucketOwner"); owner != "" {
				return c.Text("bucket") + "," + owner
			}
			return c.Text("bucket")
		},
	}
}

// settingType is the type of what is set on a bucket by an operation.
func settingType(token string, kind *simulator.Kind, operation string, more ...simulator.Constraint) *simulator.Type {
	return &simulator.Type{
		Token:       token,
		Kind:        kind,
		Immutable:   []string{"bucket", "expectedBucketOwner"},
		References:  []simulator.Reference{ofBucket},
		Constraints: append([]simulator.Constraint{bucketElsewhere}, more...),
		API:         []string{"s3:" + operation},
	}
}
