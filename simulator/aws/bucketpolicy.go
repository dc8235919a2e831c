package aws

import (
	"slices"
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"

	"github.com/holdfast-iac/holdfast/simulator"
)

// Sources: terraform-provider-aws, internal/service/s3/bucket_policy.go; S3 guide, "Bucket policies" and "Policies and
// permissions in Amazon S3"; the S3 API's list of error codes.

var bucketPolicyKind = &simulator.Kind{
	Noun:     "S3 Bucket Policy",
	Global:   true,
	ID:       func(c *simulator.Call) string { return c.Text("bucket") },
	NotFound: "NoSuchBucketPolicy: The bucket policy does not exist: %s",
}

// bucketPolicyDocument allows what the policy of a bucket can be.
var bucketPolicyDocument simulator.Rule = func(value resource.PropertyValue) string {
	refusal := checkPolicy(value, func(s map[string]any) string {
		switch {
		case s["Principal"] == nil && s["NotPrincipal"] == nil:
			return "Missing required field Principal"
		case s["Resource"] == nil && s["NotResource"] == nil:
			return "Missing required field Resource"
		}
		return ""
	})
	return strings.Replace(refusal, "MalformedPolicyDocument: ", "MalformedPolicy: ", 1)
}

func bucketPolicyTypes() []*simulator.Type {
	return []*simulator.Type{{
		Token:      "aws:s3/bucketPolicy:BucketPolicy",
		Kind:       bucketPolicyKind,
		Normalize:  normalize("policy"),
		Immutable:  []string{"bucket"},
		Rules:      map[string]simulator.Rule{"policy": bucketPolicyDocument},
		References: []simulator.Reference{ofBucket},
		API:        []string{"s3:PutBucketPolicy"},
		Constraints: []simulator.Constraint{
			bucketElsewhere,
			publicPolicyBlocked,
			bucketPrincipals,
			{
				Origin: simulator.Origin{ID: "aws-s3-policy-resource",
					Source: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/security_iam_service-with-iam.html"},
				Stage: simulator.AtApply,
				Error: "MalformedPolicy: Policy has invalid resource: %s",
				Find:  findForeignResources,
			},
		},
	}}
}

// ofBucket is the reference of what is set on a bucket: it goes with it.
var ofBucket = simulator.Reference{Property: "bucket", To: kinds(bucketKind), OnDelete: simulator.Follow}

// bucketElsewhere: a bucket is only changed through its own region.
var bucketElsewhere = simulator.Constraint{
	Origin: simulator.Origin{ID: "aws-s3-bucket-region",
		Source: "https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html"},
	Stage: simulator.AtApply,
	Error: "PermanentRedirect: The bucket you are attempting to access must be addressed using the specified endpoint: %s is in %s",
	Find: func(c *simulator.Call, broken func(path string, args ...any)) {
		bucket := c.Text("bucket")
		if region := bucketLocation(c, bucket); region != "" && region != c.Region {
			broken("bucket", bucket, region)
		}
	},
}

// bucketPrincipals: S3 looks up the users and roles that a policy names.
var bucketPrincipals = simulator.Constraint{
	Origin: simulator.Origin{ID: "aws-s3-invalid-principal", Source: policyPrincipal},
	Stage:  simulator.AtApply,
	Error:  "MalformedPolicy: Invalid principal in policy: %s",
	// terraform-provider-aws, internal/service/s3/bucket_policy.go: what it names may be being made.
	Retried: true,
	Find: func(c *simulator.Call, broken func(path string, args ...any)) {
		for _, name := range unknownPrincipals(c, c.Inputs["policy"]) {
			broken("policy", name)
		}
	},
}

// findForeignResources finds resources in a bucket's policy that cannot be of the bucket.
func findForeignResources(c *simulator.Call, broken func(path string, args ...any)) {
	arn := bucketARN(c, c.Text("bucket"))
	for _, s := range statementsOf(c.Inputs["policy"]) {
		for _, pattern := range textsOf(s["Resource"]) {
			bucket, _, _ := strings.Cut(pattern, "/")
			if !wildcard(bucket, arn) {
				broken("policy", pattern)
			}
		}
	}
}

func bucketARN(c *simulator.Call, bucket string) string {
	return "arn:" + c.Partition + ":s3:::" + bucket
}

// bucketLocation returns the region of a bucket, "" when it is none of the account's.
func bucketLocation(c *simulator.Call, bucket string) string {
	if found := c.Find(bucketKind, bucket); found != nil {
		return found.Text("region")
	}
	return ""
}

// bucketGrants reports whether a bucket lets a service, or an account, do something: s3:PutObject, s3:GetBucketAcl.
// Buckets that are none of the account's are not judged.
func bucketGrants(c *simulator.Call, bucket, service, action string) bool {
	return bucketAllows(c, bucket, "", access{principal: service, action: action})
}

// bucketAllows reports whether a bucket allows the access to itself or its objects; with a key, to the object of that
// name.
func bucketAllows(c *simulator.Call, bucket, key string, wanted access) bool {
	found := c.Find(bucketKind, bucket)
	if found == nil {
		return true
	}
	wanted.account = c.Account
	wanted.covers = func(pattern string) bool { return covers(pattern, bucketARN(c, bucket), key, wanted.action) }
	policies := []string{found.Text("policy")}
	if policy := c.Find(bucketPolicyKind, bucket); policy != nil {
		policies = append(policies, policy.Text("policy"))
	}
	return slices.ContainsFunc(policies, wanted.allowedBy)
}

// covers reports whether an element of Resource is about the bucket, for what is done to objects about an object in it.
func covers(pattern, bucket, key, action string) bool {
	ofObjects := strings.Contains(action, "Object") && !strings.Contains(action, "Bucket")
	switch name, objects, inside := strings.Cut(pattern, "/"); {
	case !ofObjects:
		return wildcard(pattern, bucket)
	case key != "":
		return wildcard(pattern, bucket+"/"+key)
	case inside:
		return wildcard(name, bucket) && objects != ""
	default:
		return wildcard(pattern, bucket+"/")
	}
}
