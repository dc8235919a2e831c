package aws

import (
	"strings"

	"github.com/holdfast-iac/holdfast/simulator"
)

// How distributions reach private buckets, and the code that they run. Sources: terraform-provider-aws,
// internal/service/cloudfront/{origin_access_control,origin_access_identity,function}.go; the errors of the CloudFront
// API.

var originAccessControlKind = &simulator.Kind{
	Noun:     "CloudFront Origin Access Control",
	Global:   true,
	ID:       cloudFrontID("origin access control"),
	ARN:      "arn:{partition}:cloudfront::{account}:origin-access-control/{id}",
	NotFound: "InvalidOriginAccessControl: The origin access control does not exist: %s",
	InUse:    "OriginAccessControlInUse: The CloudFront origin access control is still being used: %s",
}

var originAccessIdentityKind = &simulator.Kind{
	Noun:     "CloudFront Origin Access Identity",
	Global:   true,
	ID:       cloudFrontID("origin access identity"),
	ARN:      "arn:{partition}:cloudfront::{account}:origin-access-identity/{id}",
	NotFound: "InvalidOriginAccessIdentity: The specified origin access identity does not exist or is not valid: %s",
	InUse:    "CloudFrontOriginAccessIdentityInUse: The CloudFront origin access identity is still being used: %s",
}

// edgeFunctionKind is CloudFront's own functions, not those of Lambda.
var edgeFunctionKind = &simulator.Kind{
	Noun:     "CloudFront Function",
	Global:   true,
	ID:       nameOrPrefix,
	ARN:      "arn:{partition}:cloudfront::{account}:function/{id}",
	NotFound: "NoSuchFunctionExists: The specified function does not exist: %s",
	InUse:    "FunctionInUse: Cannot delete the function because it's attached to one or more cache behaviors: %s",
}

func originAccessTypes() []*simulator.Type {
	return []*simulator.Type{
		{
			Token:    "aws:cloudfront/originAccessControl:OriginAccessControl",
			Kind:     originAccessControlKind,
			Defaults: map[string]any{"description": "Managed by Pulumi"},
			AutoName: &simulator.AutoName{Property: "name", MaxLength: 64, Separator: "-"},
			Unique: uniqueInCloudFront("origin-access-control",
				"OriginAccessControlAlreadyExists: An origin access control with the specified parameters already exists: %s"),
			API: []string{"cloudfront:CreateOriginAccessControl"},
			Parameters: map[string]string{
				"name": "OriginAccessControlConfig.Name", "description": "OriginAccessControlConfig.Description",
				"signingBehavior":               "OriginAccessControlConfig.SigningBehavior",
				"signingProtocol":               "OriginAccessControlConfig.SigningProtocol",
				"originAccessControlOriginType": "OriginAccessControlConfig.OriginAccessControlOriginType",
			},
			Compute: func(c *simulator.Call) { c.Set("etag", "E"+strings.ToUpper(c.Hex("etag", 13))) },
		},
		{
			Token: "aws:cloudfront/originAccessIdentity:OriginAccessIdentity",
			Kind:  originAccessIdentityKind,
			API:   []string{"cloudfront:CreateCloudFrontOriginAccessIdentity"},
			Compute: func(c *simulator.Call) {
				c.SetNew("callerReference", "terraform-"+c.Now().UTC().Format("20060102150405")+c.Hex("caller", 12))
				c.Set("cloudfrontAccessIdentityPath", "origin-access-identity/cloudfront/"+c.ID)
				c.Set("iamArn", "arn:"+c.Partition+":iam::cloudfront:user/CloudFront Origin Access Identity "+c.ID)
				c.Set("s3CanonicalUserId", c.Hex("canonical user", 64)+c.Hex("canonical user, more", 32))
				c.Set("etag", "E"+strings.ToUpper(c.Hex("etag", 13)))
			},
		},
		{
			Token:     "aws:cloudfront/function:Function",
			Kind:      edgeFunctionKind,
			Defaults:  map[string]any{"publish": true},
			AutoName:  &simulator.AutoName{Property: "name", MaxLength: 64, Separator: "-"},
			Immutable: []string{"name"},
			Rules: map[string]simulator.Rule{
				"runtime": simulator.Coded("InvalidArgument", simulator.Matches(`^cloudfront-js-\d\.\d$`, "cloudfront-js-2.0 is")),
			},
			Sets: []string{"keyValueStoreAssociations"},
			Unique: uniqueInCloudFront("function",
				"FunctionAlreadyExists: A function with the same name already exists in this AWS account: %s"),
			API: []string{"cloudfront:CreateFunction"},
			// The model knows the runtimes of 2024 only.
			Parameters: map[string]string{"code": "", "runtime": "", "comment": "FunctionConfig.Comment"},
			Compute: func(c *simulator.Call) {
				c.Set("etag", "E"+strings.ToUpper(c.Hex("etag", 13)))
				c.Set("status", "UNPUBLISHED")
				c.SetNew("liveStageEtag", "")
				if c.Flag("publish") {
					c.Set("status", "UNASSOCIATED")
					c.Set("liveStageEtag", "E"+strings.ToUpper(c.Hex("live", 13)))
				}
			},
		},
	}
}
