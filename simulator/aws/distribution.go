package aws

import (
	"strings"
	"time"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"

	"github.com/holdfast-iac/holdfast/simulator"
)

// Sources: terraform-provider-aws, internal/service/cloudfront/distribution.go; the errors of the CloudFront API,
// version 2020-05-31; the CloudFront developer guide.

var distributionKind = &simulator.Kind{
	Noun:     "CloudFront Distribution",
	Global:   true,
	ID:       cloudFrontID("distribution"),
	ARN:      "arn:{partition}:cloudfront::{account}:distribution/{id}",
	NotFound: "NoSuchDistribution: The specified distribution does not exist: %s",
}

// cloudFrontID makes up ids in the way of CloudFront's older things.
func cloudFrontID(purpose string) func(*simulator.Call) string {
	return func(c *simulator.Call) string { return "E" + strings.ToUpper(c.Hex(purpose, 13)) }
}

const (
	cloudFrontAPI   = "https://docs.aws.amazon.com/cloudfront/latest/APIReference/"
	cloudFrontGuide = "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/"
	badViewerCert   = "InvalidViewerCertificate: The specified SSL certificate doesn't exist, isn't in us-east-1 region, isn't valid, " +
		"or doesn't include a valid certificate chain: %s"
	badWebACL = "InvalidWebACLId: Web ACL is not accessible by the requester: %s"
)

// inDistribution leads to the parameters of a distribution.
const inDistribution = "DistributionConfigWithTags.DistributionConfig."

// behaviors are the paths of a distribution's cache behaviors.
var behaviors = []string{"defaultCacheBehavior", "orderedCacheBehaviors[*]"}

func distributionTypes() []*simulator.Type {
	return []*simulator.Type{{
		Token: "aws:cloudfront/distribution:Distribution",
		Kind:  distributionKind,
		Defaults: map[string]any{
			"httpVersion": "http2", "isIpv6Enabled": false, "priceClass": "PriceClass_All", "retainOnDelete": false,
			"staging": false, "waitForDeployment": true,
		},
		Immutable: []string{"staging"},
		Rules: map[string]simulator.Rule{
			"viewerCertificate.minimumProtocolVersion": simulator.Coded("InvalidArgument", simulator.Matches(
				`^(SSLv3|TLSv1|TLSv1_2016|TLSv1\.\d_20\d\d)$`, "security policies such as TLSv1.2_2021 are")),
		},
		Sets:       []string{"aliases", "customErrorResponses", "originGroups", "origins"},
		References: distributionReferences(),
		Unique: []simulator.Unique{{
			Origin: simulator.Origin{ID: "aws-cloudfront-alias-taken", Source: cloudFrontAPI + "API_CreateDistribution.html"},
			Space:  "alias of a distribution",
			Error:  "CNAMEAlreadyExists: One or more of the CNAMEs you provided are already associated with a different resource: %s",
			Keys:   func(c *simulator.Call) []string { return c.Texts("aliases[*]") },
		}},
		Keeps:       func(c *simulator.Call) bool { return c.Old.Flag("retainOnDelete") },
		Constraints: append(viewerConstraints(), originConstraints()...),
		Quotas: []simulator.Quota{{
			Code: "L-24B04930", Source: cloudFrontGuide + "cloudfront-limits.html", Limit: 500,
			Error: "TooManyDistributions: Processing your request would cause you to exceed the maximum number of distributions " +
				"allowed.",
		}},
		API: []string{"cloudfront:CreateDistributionWithTags"},
		Parameters: map[string]string{
			"aliases": inDistribution + "Aliases.Items", "comment": inDistribution + "Comment",
			"httpVersion": inDistribution + "HttpVersion", "priceClass": inDistribution + "PriceClass",
			"origins": inDistribution + "Origins.Items", "viewerCertificate": inDistribution + "ViewerCertificate",
			"restrictions": inDistribution + "Restrictions", "defaultCacheBehavior": inDistribution + "DefaultCacheBehavior",
			"defaultRootObject": inDistribution + "DefaultRootObject", "enabled": inDistribution + "Enabled",
			"orderedCacheBehaviors":                    inDistribution + "CacheBehaviors.Items",
			"viewerCertificate.minimumProtocolVersion": "", // the model is older than some: see Rules
		},
		Compute: computeDistribution,
	}}
}

func distributionReferences() []simulator.Reference {
	list := []simulator.Reference{
		toCertificate("viewerCertificate.acmCertificateArn", badViewerCert),
		{Origin: wafInUseOrigin, Property: "webAclId", To: kinds(webACLKind), By: simulator.ByARN, NotFound: badWebACL,
			Address: func(_ *simulator.Call, id string) (string, bool) { return id, strings.Contains(id, ":wafv2:") }},
		{Origin: inUseByDistribution("origin-access-control"), Property: "origins[*].originAccessControlId",
			To: kinds(originAccessControlKind)},
		{Origin: inUseByDistribution("origin-access-identity"), Property: "origins[*].s3OriginConfig.originAccessIdentity",
			To: kinds(originAccessIdentityKind),
			Address: func(_ *simulator.Call, path string) (string, bool) {
				id, ok := strings.CutPrefix(path, "origin-access-identity/cloudfront/")
				return id, ok
			}},
	}
	for _, behavior := range behaviors {
		for _, policy := range cachingPolicies {
			list = append(list, simulator.Reference{
				Origin: inUseByDistribution(policy.noun), Property: behavior + "." + policy.input, To: kinds(policy.kind),
				Address: func(_ *simulator.Call, id string) (string, bool) {
					return id, managedPolicyName(policy.managed, id) == ""
				},
			})
		}
		list = append(list, simulator.Reference{
			Origin: inUseByDistribution("function"), Property: behavior + ".functionAssociations[*].functionArn",
			To: kinds(edgeFunctionKind), By: simulator.ByARN,
		})
	}
	return list
}

// inUseByDistribution identifies what keeps a thing that a distribution uses.
func inUseByDistribution(noun string) simulator.Origin {
	return simulator.Origin{ID: "aws-cloudfront-" + noun + "-in-use", Source: cloudFrontAPI + "API_UpdateDistribution.html"}
}

// viewerConstraints are about those whom a distribution serves.
func viewerConstraints() []simulator.Constraint {
	withCertificate := func(c *simulator.Call, do func(certificate *simulator.Object)) {
		if found := c.FindBy(certificateKind, simulator.ByARN, c.Text("viewerCertificate.acmCertificateArn")); found != nil {
			do(found)
		}
	}
	return []simulator.Constraint{
		{
			Origin: simulator.Origin{ID: "aws-cloudfront-certificate", Source: cloudFrontGuide + "cnames-and-https-requirements.html"},
			Stage:  simulator.AtApply,
			Error:  badViewerCert,
			Find: func(c *simulator.Call, broken func(path string, args ...any)) {
				withCertificate(c, func(certificate *simulator.Object) {
					served := c.Old != nil && c.Old.Target(certificateKind) == certificate // and goes on to
					if certificate.Region != "us-east-1" || !issued(certificate) && !served {
						broken("viewerCertificate.acmCertificateArn", certificate.ID)
					}
				})
			},
		},
		{
			Origin: simulator.Origin{ID: "aws-cloudfront-alias-not-covered", Source: cloudFrontGuide + "CNAMEs.html"},
			Stage:  simulator.AtApply,
			Error: "InvalidViewerCertificate: The certificate that is attached to your distribution doesn't cover the alternate " +
				"domain name (CNAME) that you're trying to add: %s",
			Find: func(c *simulator.Call, broken func(path string, args ...any)) {
				withCertificate(c, func(certificate *simulator.Object) {
					names := stringsOf(certificate.Output("subjectAlternativeNames"))
					c.Each("aliases[*]", func(path, alias string) {
						if certificate.Text("type") != "IMPORTED" && !coversName(names, alias) {
							broken(path, alias)
						}
					})
				})
			},
		},
		{
			Origin: simulator.Origin{ID: "aws-cloudfront-alias-needs-certificate", Source: cloudFrontGuide + "CNAMEs.html"},
			Stage:  simulator.AtCheck,
			Error: "InvalidViewerCertificate: To add an alternate domain name (CNAME) to a CloudFront distribution, you must attach " +
				"a trusted certificate that validates your authorization to use the domain name.",
			Find: func(c *simulator.Call, broken func(path string, args ...any)) {
				own := c.Given("viewerCertificate.acmCertificateArn") || c.Given("viewerCertificate.iamCertificateId")
				if count(c.Inputs["aliases"]) > 0 && !own && c.Known("viewerCertificate") {
					broken("aliases")
				}
			},
		},
		{
			Origin: simulator.Origin{ID: "aws-cloudfront-web-acl-scope",
				Source: "https://github.com/hashicorp/terraform/issues/17544"},
			Stage: simulator.AtApply,
			Error: badWebACL,
			Find: func(c *simulator.Call, broken func(path string, args ...any)) {
				if id := c.Text("webAclId"); strings.Contains(id, ":regional/") {
					broken("webAclId", id)
				}
			},
		},
		{
			Origin: simulator.Origin{ID: "aws-cloudfront-lambda-region",
				Source: cloudFrontGuide + "edge-functions-restrictions.html"},
			Stage: simulator.AtApply,
			Error: "InvalidLambdaFunctionAssociation: The function must be in region 'us-east-1'. ARN: %s",
			Find:  eachEdgeLambda(func(parts []string) bool { return parts[3] != "us-east-1" }),
		},
		{
			Origin: simulator.Origin{ID: "aws-cloudfront-lambda-version",
				Source: cloudFrontGuide + "edge-functions-restrictions.html"},
			Stage: simulator.AtApply,
			Error: "InvalidLambdaFunctionAssociation: The function ARN must reference a specific function version. (The ARN must " +
				"end with the version number.) ARN: %s",
			Find: eachEdgeLambda(func(parts []string) bool { return len(parts) < 8 || strings.Trim(parts[7], "0123456789") != "" }),
		},
	}
}

// eachEdgeLambda finds Lambda functions of a distribution whose ARN is bad.
func eachEdgeLambda(bad func(parts []string) bool) func(*simulator.Call, func(string, ...any)) {
	return func(c *simulator.Call, broken func(path string, args ...any)) {
		for _, behavior := range behaviors {
			c.Each(behavior+".lambdaFunctionAssociations[*].lambdaArn", func(path, arn string) {
				if parts := strings.Split(arn, ":"); len(parts) > 6 && bad(parts) {
					broken(path, arn)
				}
			})
		}
	}
}

// coversName reports whether names, which may be wildcards, cover one: a wildcard stands for one label.
func coversName(names []string, name string) bool {
	_, parent, _ := strings.Cut(name, ".")
	for _, covered := range names {
		if strings.EqualFold(covered, name) || strings.EqualFold(covered, "*."+parent) {
			return true
		}
	}
	return false
}

func computeDistribution(c *simulator.Call) {
	c.Set("domainName", "d"+strings.ToLower(c.Hex("domain name", 13))+".cloudfront.net")
	c.Set("hostedZoneId", cloudFrontZone)
	c.Set("etag", "E"+strings.ToUpper(c.Hex("etag", 13)))
	c.Set("status", "Deployed")
	c.Set("inProgressValidationBatches", 0)
	c.SetNew("callerReference", "terraform-"+c.Now().UTC().Format("20060102150405")+c.Hex("caller", 12))
	c.Set("lastModifiedTime", c.Now().UTC().Format(time.RFC3339))
	c.SetNew("continuousDeploymentPolicyId", "")
	for _, name := range []string{"trustedKeyGroups", "trustedSigners"} {
		c.SetNew(name, []any{resource.PropertyMap{"enabled": resource.NewBoolProperty(false)}.Mappable()})
	}
}
