package aws

import (
	"github.com/holdfast-iac/holdfast/policies/frameworks"
	"github.com/holdfast-iac/holdfast/policies/policy"
)

// S3BucketACLNotPublic keeps buckets from being opened by canned ACLs and by grants to the groups of all users.
var S3BucketACLNotPublic = policy.Policy{
	ID:       "aws-s3-bucket-acl-not-public",
	Title:    "ACLs must not open buckets to the public.",
	Severity: policy.Critical,
	Level:    policy.Mandatory,
	Rationale: "A public ACL lets anybody list, read or overwrite objects. Such buckets are found by scanners " +
		"within hours.",
	Remediation: "Set acl to private, or better leave ACLs off and grant access by policy. Serve public files " +
		"through CloudFront with origin access control.",
	Controls: frameworks.Controls{SOC2: "CC6.1 CC6.6", ISO27001: "A.8.3 A.8.12"}.List(),
	Tags:     []string{"security", "public-access"},
	Peers: []string{
		"Checkov CKV_AWS_20", "Checkov CKV_AWS_57", "Checkov CKV2_AWS_43", "Trivy AWS-0092",
		"AWS Config S3_BUCKET_PUBLIC_READ_PROHIBITED", "AWS Config S3_BUCKET_PUBLIC_WRITE_PROHIBITED",
		"Security Hub S3.2", "Security Hub S3.3",
	},
	Bad: []policy.Example{
		{Name: "acl", Type: bucketACLType, Properties: props{"bucket": "invoices", "acl": "public-read"}},
	},
	Good: []policy.Example{
		{Name: "acl", Type: bucketACLType, Properties: props{"bucket": "invoices", "acl": "private"}},
	},
	Rules: []policy.Rule{
		policy.On(bucketACLType, checkACL),
		policy.On(bucketACLTypeV7, checkACL),
		policy.On(bucketType, checkBucketACL),
		policy.On(bucketV2Type, checkBucketACL),
		policy.OnRemediate(bucketACLType, mendCannedACL),
		policy.OnRemediate(bucketACLTypeV7, mendCannedACL),
		policy.OnRemediate(bucketType, mendCannedACL),
		policy.OnRemediate(bucketV2Type, mendCannedACL),
	},
}

type bucketACL struct {
	ACL    policy.Value[string]        `pulumi:"acl"`
	Policy policy.Value[accessControl] `pulumi:"accessControlPolicy"`
}

func checkACL(r *policy.Report, acl bucketACL) {
	checkCannedACL(r, acl.ACL)
	acl.Policy.Get().Grants.Each(func(_ int, grant aclGrant) { checkGrantee(r, grant.Grantee.Get().URI) })
}

type accessControl struct {
	Grants policy.List[aclGrant] `pulumi:"grants"`
}

type aclGrant struct {
	Grantee policy.Value[grantee] `pulumi:"grantee"`
}

type grantee struct {
	URI policy.Value[string] `pulumi:"uri"`
}

// bucketWithACL is a bucket that says so itself.
type bucketWithACL struct {
	ACL    policy.Value[string] `pulumi:"acl"`
	Grants policy.List[grantee] `pulumi:"grants"`
}

func checkBucketACL(r *policy.Report, bucket bucketWithACL) {
	checkCannedACL(r, bucket.ACL)
	bucket.Grants.Each(func(_ int, grant grantee) { checkGrantee(r, grant.URI) })
}

// checkCannedACL reports a canned ACL that grants something to everybody, or to everybody with an AWS account.
func checkCannedACL(r *policy.Report, acl policy.Value[string]) {
	if isPublicACL(acl.Get()) {
		r.Fail("Its ACL is %v.", acl)
	}
}

func isPublicACL(acl string) bool {
	return acl == "public-read" || acl == "public-read-write" || acl == "authenticated-read"
}

// mendCannedACL leaves grants alone: which of them to keep, only their owner knows.
func mendCannedACL(r *policy.Remediation, v struct {
	ACL policy.Value[string] `pulumi:"acl"`
}) {
	if isPublicACL(v.ACL.Get()) {
		r.Set("acl", "private")
	}
}

// The groups that are everybody, and everybody with an AWS account (Amazon S3 User Guide, "Access control list overview").
const (
	allUsers           = "http://acs.amazonaws.com/groups/global/AllUsers"
	authenticatedUsers = "http://acs.amazonaws.com/groups/global/AuthenticatedUsers"
)

func checkGrantee(r *policy.Report, uri policy.Value[string]) {
	if group := uri.Get(); group == allUsers || group == authenticatedUsers {
		r.Fail("It grants access to the group %s.", group)
	}
}
