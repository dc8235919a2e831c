package aws

import (
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"

	"github.com/holdfast-iac/holdfast/simulator"
)

// Who may reach what is in a bucket. Sources: terraform-provider-aws, internal/service/s3/{bucket_acl,
// bucket_ownership_controls,bucket_public_access_block}.go, internal/service/s3control/account_public_access_block.go;
// S3 guide, "Blocking public access to your Amazon S3 storage" and "Default settings for new S3 buckets FAQ": new
// buckets have every block and no ACLs.

const blockingPublicAccess = "https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html"

var (
	publicAccessBlockKind = settingKind("S3 Bucket Public Access Block",
		"NoSuchPublicAccessBlockConfiguration: The public access block configuration was not found: %s")
	ownershipControlsKind = settingKind("S3 Bucket Ownership Controls",
		"OwnershipControlsNotFoundError: The bucket ownership controls were not found: %s")
	aclKind = &simulator.Kind{
		Noun: "S3 Bucket ACL", Global: true,
		ID: func(c *simulator.Call) string {
			id := c.Text("bucket")
			for _, part := range []string{c.Text("expectedBucketOwner"), c.Text("acl")} {
				if part != "" {
					id += "," + part
				}
			}
			return id
		},
	}
	accountAccessBlockKind = &simulator.Kind{
		Noun: "S3 Account Public Access Block", Global: true,
		ID:       func(c *simulator.Call) string { return c.Account },
		NotFound: "NoSuchPublicAccessBlockConfiguration: The public access block configuration was not found: %s",
	}
)

func bucketAccessTypes() []*simulator.Type {
	open := map[string]any{
		"blockPublicAcls": false, "blockPublicPolicy": false, "ignorePublicAcls": false, "restrictPublicBuckets": false,
	}
	block := settingType("aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock", publicAccessBlockKind, "PutPublicAccessBlock")
	block.Defaults, block.Immutable = open, []string{"bucket"}
	ownership := settingType("aws:s3/bucketOwnershipControls:BucketOwnershipControls", ownershipControlsKind,
		"PutBucketOwnershipControls")
	ownership.Immutable = []string{"bucket"}
	ownership.Rules = map[string]simulator.Rule{
		"rule.objectOwnership": simulator.OneOf("BucketOwnerEnforced", "BucketOwnerPreferred", "ObjectWriter"),
	}
	acl := settingType("aws:s3/bucketAclV2:BucketAclV2", aclKind, "PutBucketAcl", aclNotSupported, publicACLBlocked)
	acl.Parameters = map[string]string{"acl": ""} // log-delivery-write is one that the model's list lacks
	acl.ExactlyOne = [][]string{{"accessControlPolicy", "acl"}}
	acl.Compute = func(c *simulator.Call) {
		owner := map[string]any{"id": canonicalUser(c)}
		c.SetNew("accessControlPolicy", map[string]any{"owner": owner, "grants": []any{map[string]any{
			"grantee": map[string]any{"id": owner["id"], "type": "CanonicalUser"}, "permission": "FULL_CONTROL",
		}}})
	}
	return []*simulator.Type{block, ownership, acl, {
		Token:     "aws:s3/accountPublicAccessBlock:AccountPublicAccessBlock",
		Setting:   true,
		Kind:      accountAccessBlockKind,
		Defaults:  open,
		Immutable: []string{"accountId"},
		API:       []string{"s3control:PutPublicAccessBlock"},
		Compute:   func(c *simulator.Call) { c.SetNew("accountId", c.Account) },
	}}
}

// aclNotSupported: without ownership controls the owner of the bucket owns all, and there are no ACLs.
var aclNotSupported = simulator.Constraint{
	Origin: simulator.Origin{ID: "aws-s3-acls-disabled",
		Source: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/about-object-ownership.html"},
	Stage: simulator.AtApply,
	Error: "AccessControlListNotSupported: The bucket does not allow ACLs: %s",
	Find: func(c *simulator.Call, broken func(path string, args ...any)) {
		// An object may be given the one list that says what ownership says already.
		if !c.Given("acl") && !c.Given("accessControlPolicy") || c.Text("acl") == "bucket-owner-full-control" {
			return
		}
		bucket := c.Find(bucketKind, c.Text("bucket"))
		if bucket == nil || bucket.Token == "aws:s3/bucket:Bucket" {
			return // its own acl input changes who owns what
		}
		controls := settingOf(c, bucket.ID, ownershipControlsKind)
		if controls == nil || at(controls.Outputs, "rule", "objectOwnership") == text("BucketOwnerEnforced") {
			broken("acl", bucket.ID)
		}
	},
}

// publicACLBlocked: a list that opens the bucket, or an object in it, needs the blocks to be lifted first.
var publicACLBlocked = simulator.Constraint{
	Origin: simulator.Origin{ID: "aws-s3-public-acl-blocked", Source: blockingPublicAccess},
	Stage:  simulator.AtApply,
	Error:  "AccessDenied: public access control lists are prevented by the BlockPublicAcls setting of %s in S3 Block Public Access",
	Find: func(c *simulator.Call, broken func(path string, args ...any)) {
		switch c.Text("acl") {
		case "public-read", "public-read-write", "authenticated-read":
			if by := blockedBy(c, c.Text("bucket"), "blockPublicAcls"); by != "" {
				broken("acl", by)
			}
		}
	},
}

// publicPolicyBlocked: a policy that opens the bucket to everyone needs the blocks to be lifted first.
var publicPolicyBlocked = simulator.Constraint{
	Origin: simulator.Origin{ID: "aws-s3-public-policy-blocked", Source: blockingPublicAccess},
	Stage:  simulator.AtApply,
	Error: "AccessDenied: not authorized to perform: s3:PutBucketPolicy because public policies are prevented by the " +
		"BlockPublicPolicy setting of %s in S3 Block Public Access",
	Find: func(c *simulator.Call, broken func(path string, args ...any)) {
		if by := blockedBy(c, c.Text("bucket"), "blockPublicPolicy"); by != "" && opensToAll(c.Inputs["policy"]) {
			broken("policy", by)
		}
	},
}

// blockedBy returns whose public access block has a setting: the account's or the bucket's, or "".
func blockedBy(c *simulator.Call, bucket, setting string) string {
	if account := c.Find(accountAccessBlockKind, c.Account); account != nil && account.Flag(setting) {
		return "the account"
	}
	if block := settingOf(c, bucket, publicAccessBlockKind); block == nil || block.Flag(setting) {
		return "bucket " + bucket
	}
	return ""
}

// opensToAll reports whether a policy allows anyone something without a condition that narrows down who.
func opensToAll(policy resource.PropertyValue) bool {
	for _, s := range statementsOf(policy) {
		everyone := s["Principal"] == "*"
		if byType, ok := s["Principal"].(map[string]any); ok {
			for _, name := range textsOf(byType["AWS"]) {
				everyone = everyone || name == "*"
			}
		}
		if everyone && s["Effect"] == "Allow" && !narrows(s["Condition"]) {
			return true
		}
	}
	return false
}

// narrowing are the keys of conditions that make a statement for everyone one for some ("The meaning of public").
var narrowing = []string{
	"aws:principal", "aws:source", "aws:userid", "aws:calledvia", "aws:viaawsservice", "s3:dataaccesspoint",
	"s3:x-amz-server-side-encryption-aws-kms-key-id",
}

func narrows(conditions any) bool {
	byTest, _ := conditions.(map[string]any)
	for _, values := range byTest {
		byKey, _ := values.(map[string]any)
		for key := range byKey {
			for _, begin := range narrowing {
				if strings.HasPrefix(strings.ToLower(key), begin) {
					return true
				}
			}
		}
	}
	return false
}
