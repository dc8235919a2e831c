package aws

import (
	"regexp"
	"slices"
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"

	"github.com/holdfast-iac/holdfast/simulator"
)

// What a distribution fetches, and how. Sources: the errors of the CloudFront API; the issues of terraform-provider-aws
// and its modules that constraints name.

// bucketDomain matches the domain names by which a bucket is an origin; those of its website are none.
var bucketDomain = regexp.MustCompile(`^[a-z0-9.-]+\.s3([.-][a-z0-9-]+)?\.amazonaws\.com(\.cn)?$`)

func originConstraints() []simulator.Constraint {
	eachOrigin := func(c *simulator.Call, do func(path string, origin resource.PropertyMap)) {
		c.Objects("origins[*]", do)
	}
	return []simulator.Constraint{
		{
			Origin: simulator.Origin{ID: "aws-cloudfront-no-such-origin", Source: cloudFrontAPI + "API_CreateDistribution.html"},
			Stage:  simulator.AtCheck,
			Error:  "NoSuchOrigin: One or more of your origins or origin groups do not exist: %s",
			Find: func(c *simulator.Call, broken func(path string, args ...any)) {
				if !c.Known("origins") || !c.Known("originGroups") {
					return
				}
				have := append(c.Texts("origins[*].originId"), c.Texts("originGroups[*].originId")...)
				for _, behavior := range behaviors {
					c.Each(behavior+".targetOriginId", func(path, id string) {
						if !slices.Contains(have, id) {
							broken(path, id)
						}
					})
				}
			},
		},
		{
			Origin: simulator.Origin{ID: "aws-cloudfront-origin-not-a-bucket",
				Source: "https://github.com/hashicorp/terraform-provider-aws/issues/33214"},
			Stage: simulator.AtApply,
			Error: "InvalidArgument: The parameter Origin DomainName does not refer to a valid S3 bucket: %s",
			Find: func(c *simulator.Call, broken func(path string, args ...any)) {
				eachOrigin(c, func(path string, origin resource.PropertyMap) {
					domain := stringOf(origin["domainName"])
					website := strings.Contains(domain, ".s3-website")
					other := !origin["customOriginConfig"].IsNull() || !origin["vpcOriginConfig"].IsNull()
					if !other && (website || !bucketDomain.MatchString(domain)) {
						broken(path+".domainName", domain)
					}
				})
			},
		},
		{
			Origin: simulator.Origin{ID: "aws-cloudfront-identity-and-control",
				Source: cloudFrontGuide + "private-content-restricting-access-to-s3.html"},
			Stage: simulator.AtApply,
			Error: "IllegalOriginAccessConfiguration: An origin cannot contain both an origin access control (OAC) and an origin " +
				"access identity (OAI).",
			Find: func(c *simulator.Call, broken func(path string, args ...any)) {
				eachOrigin(c, func(path string, origin resource.PropertyMap) {
					s3 := origin["s3OriginConfig"]
					if s3.IsObject() && stringOf(s3.ObjectValue()["originAccessIdentity"]) != "" &&
						stringOf(origin["originAccessControlId"]) != "" {
						broken(path)
					}
				})
			},
		},
		{
			Origin: simulator.Origin{ID: "aws-cloudfront-two-kinds-of-origin",
				Source: "https://github.com/ansible-collections/community.aws/issues/1819"},
			Stage: simulator.AtCheck,
			Error: "InvalidOrigin: You must specify either a CustomOrigin or an S3Origin. You cannot specify both.",
			Find: func(c *simulator.Call, broken func(path string, args ...any)) {
				eachOrigin(c, func(path string, origin resource.PropertyMap) {
					if !origin["customOriginConfig"].IsNull() && !origin["s3OriginConfig"].IsNull() {
						broken(path)
					}
				})
			},
		},
		{
			Origin: simulator.Origin{ID: "aws-cloudfront-forwarded-values",
				Source: "https://github.com/hashicorp/terraform-provider-aws/pull/29015"},
			Stage: simulator.AtCheck,
			Error: "InvalidArgument: The parameter ForwardedValues %s.",
			Find: func(c *simulator.Call, broken func(path string, args ...any)) {
				for _, behavior := range behaviors {
					c.Objects(behavior, func(path string, props resource.PropertyMap) {
						policy, values := props["cachePolicyId"], props["forwardedValues"]
						switch hasPolicy := policy.IsComputed() || stringOf(policy) != ""; {
						case hasPolicy && !values.IsNull():
							broken(path+".forwardedValues", "cannot be used when a cache policy is associated to the cache behavior")
						case !hasPolicy && values.IsNull():
							broken(path+".forwardedValues", "is required")
						}
					})
				}
			},
		},
		{
			Origin: simulator.Origin{ID: "aws-cloudfront-function-unpublished",
				Source: cloudFrontGuide + "associate-function.html"},
			Stage: simulator.AtApply,
			Error: "InvalidFunctionAssociation: The function must be published to be associated with a distribution: %s",
			Find: func(c *simulator.Call, broken func(path string, args ...any)) {
				for _, behavior := range behaviors {
					c.Each(behavior+".functionAssociations[*].functionArn", func(path, arn string) {
						if f := c.FindBy(edgeFunctionKind, simulator.ByARN, arn); f != nil && f.Text("liveStageEtag") == "" {
							broken(path, arn)
						}
					})
				}
			},
		},
		{
			Origin: simulator.Origin{ID: "aws-cloudfront-logs-need-acl", Source: cloudFrontGuide + "standard-logging-legacy-s3.html"},
			Stage:  simulator.AtApply,
			Error:  "InvalidArgument: The S3 bucket that you specified for CloudFront logs does not enable ACL access: %s",
			Find: func(c *simulator.Call, broken func(path string, args ...any)) {
				domain := c.Text("loggingConfig.bucket")
				name, _, _ := strings.Cut(domain, ".s3.")
				if c.Find(bucketKind, name) == nil {
					return // it is none of the account's
				}
				controls := settingOf(c, name, ownershipControlsKind)
				if controls == nil || at(controls.Outputs, "rule", "objectOwnership") == text("BucketOwnerEnforced") {
					broken("loggingConfig.bucket", domain)
				}
			},
		},
	}
}
