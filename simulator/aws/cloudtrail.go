package aws

import (
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"

	"github.com/holdfast-iac/holdfast/simulator"
)

// Sources: terraform-provider-aws, internal/service/cloudtrail/{trail,service_account_data_source}.go; CloudTrail
// guide, "Amazon S3 bucket policy for CloudTrail", "Configure AWS KMS key policies for CloudTrail", "Quotas"; the
// CloudTrail API's CreateTrail and its errors.

const createTrail = "https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_CreateTrail.html"

// cloudTrail is the service as policies name it.
const cloudTrail = "cloudtrail.amazonaws.com"

var trailKind = &simulator.Kind{
	Noun:     "CloudTrail Trail",
	ID:       func(c *simulator.Call) string { return trailARN(c) },
	ARN:      "{id}",
	Name:     "name",
	NotFound: "TrailNotFoundException: Unknown trail: %s",
}

func trailARN(c *simulator.Call) string {
	return "arn:" + c.Partition + ":cloudtrail:" + c.Region + ":" + c.Account + ":trail/" + c.Text("name")
}

func trailTypes() []*simulator.Type {
	return []*simulator.Type{{
		Token: "aws:cloudtrail/trail:Trail",
		Kind:  trailKind,
		Defaults: map[string]any{
			"enableLogFileValidation": false, "enableLogging": true, "includeGlobalServiceEvents": true,
			"isMultiRegionTrail": false, "isOrganizationTrail": false,
		},
		AutoName:  &simulator.AutoName{Property: "name", MaxLength: 128, Separator: "-"},
		Immutable: []string{"name"},
		Sets:      []string{"insightSelectors"},
		Rules: map[string]simulator.Rule{
			"name": simulator.Coded("InvalidTrailNameException", simulator.All(
				simulator.Length(3, 128),
				simulator.Matches(`^[a-zA-Z0-9]([._-]?[a-zA-Z0-9])*$`,
					"letters and digits, with single . _ or - between them, are"),
			)),
			"kmsKeyId": validARN, "cloudWatchLogsRoleArn": validARN, "cloudWatchLogsGroupArn": validARN,
		},
		AtMostOne: [][]string{{"advancedEventSelectors", "eventSelectors"}},
		References: []simulator.Reference{
			{
				Property: "cloudWatchLogsGroupArn", To: kinds(logGroupKind), By: simulator.ByARN, OnDelete: simulator.Ignore,
				NotFound: "InvalidCloudWatchLogsLogGroupArnException: CloudTrail cannot validate the specified log group ARN: %s",
				Address: func(_ *simulator.Call, arn string) (string, bool) {
					group, _ := strings.CutSuffix(arn, ":*")
					return group, true
				},
			},
			{
				Property: "cloudWatchLogsRoleArn", To: kinds(roleKind), By: simulator.ByARN, OnDelete: simulator.Ignore,
				NotFound: "InvalidCloudWatchLogsRoleArnException: CloudTrail cannot validate the specified role ARN: %s",
			},
			{
				Property: "kmsKeyId", To: kinds(keyKind), By: simulator.ByARN, OnDelete: simulator.Ignore,
				NotFound: "KmsKeyNotFoundException: The KMS key %s does not exist",
				Address: func(_ *simulator.Call, arn string) (string, bool) {
					return arn, strings.Contains(arn, ":key/")
				},
			},
		},
		Unique: []simulator.Unique{{
			Properties: []string{"name"},
			Error:      "TrailAlreadyExistsException: Trail %s already exists",
		}},
		Quotas: []simulator.Quota{{
			Code: "aws-cloudtrail-trails", Limit: 5,
			Source: "https://docs.aws.amazon.com/awscloudtrail/latest/userguide/WhatIsCloudTrail-Limits.html",
			Error:  "MaximumNumberOfTrailsExceededException: the account already has %d trails in the region",
		}},
		Constraints: []simulator.Constraint{
			trailBucketPolicy, trailKeyPolicy, trailKeyRegion, trailGlobalEvents, trailLogGroupStreams, trailLogGroupRegion, trailRoleTrust,
		},
		API:        []string{"cloudtrail:CreateTrail"},
		Parameters: map[string]string{"cloudWatchLogsGroupArn": "CloudWatchLogsLogGroupArn"},
		Compute: func(c *simulator.Call) {
			c.Set("homeRegion", c.Region)
			c.Set("snsTopicArn", "")
			if topic := c.Text("snsTopicName"); strings.HasPrefix(topic, "arn:") {
				c.Set("snsTopicArn", topic)
			} else if topic != "" {
				c.Set("snsTopicArn", "arn:"+c.Partition+":sns:"+c.Region+":"+c.Account+":"+topic)
			}
			writeInto(c, c.Text("s3BucketName"), keyBelow(c.Text("s3KeyPrefix"), "AWSLogs/"+c.Account+"/CloudTrail/"))
		},
	}}
}

// keyBelow returns the key of an object below a prefix, which may be empty.
func keyBelow(prefix, key string) string {
	if prefix == "" {
		return key
	}
	return strings.TrimSuffix(prefix, "/") + "/" + key
}

// writeInto leaves an object in a bucket, if it is one of the account's.
func writeInto(c *simulator.Call, bucket, key string) {
	if found := c.Find(bucketKind, bucket); found != nil {
		c.Leave(found, objectKind, bucket+"/"+key)
	}
}

// trailBucketPolicy: CloudTrail looks at the bucket's policy, and writes, when the trail is made.
var trailBucketPolicy = simulator.Constraint{
	Origin: simulator.Origin{ID: "aws-cloudtrail-bucket-policy",
		Source: "https://docs.aws.amazon.com/awscloudtrail/latest/userguide/create-s3-bucket-policy-for-cloudtrail.html"},
	Stage: simulator.AtApply,
	Error: "InsufficientS3BucketPolicyException: Incorrect S3 bucket policy is detected for bucket: %s " +
		"(cloudtrail.amazonaws.com may not %s)",
	Find: func(c *simulator.Call, broken func(path string, args ...any)) {
		bucket := c.Text("s3BucketName")
		may := func(action, key string) bool {
			for _, principal := range []string{cloudTrail, cloudTrailAccounts[c.Region]} {
				wanted := access{principal: principal, action: action, source: trailARN(c)}
				if principal != "" && bucketAllows(c, bucket, key, wanted) {
					return true
				}
			}
			return false
		}
		key := keyBelow(c.Text("s3KeyPrefix"), "AWSLogs/"+c.Account+"/CloudTrail/"+c.Region+"/log")
		if c.Flag("isOrganizationTrail") {
			key = "" // what is written lies below the organization's id
		}
		if !may("s3:GetBucketAcl", "") {
			broken("s3BucketName", bucket, "s3:GetBucketAcl")
		} else if !may("s3:PutObject", key) {
			broken("s3BucketName", bucket, "s3:PutObject to "+key)
		}
	},
}

// trailKeyPolicy: CloudTrail encrypts with the key when the trail is made, and into a bucket with an S3 Bucket Key it
// decrypts as well.
var trailKeyPolicy = simulator.Constraint{
	Origin: simulator.Origin{ID: "aws-cloudtrail-key-policy",
		Source: "https://docs.aws.amazon.com/awscloudtrail/latest/userguide/create-kms-key-policy-for-cloudtrail.html"},
	Stage: simulator.AtApply,
	Error: "InsufficientEncryptionPolicyException: Insufficient permissions to access S3 bucket %s or KMS key %s.",
	Find: func(c *simulator.Call, broken func(path string, args ...any)) {
		bucket, key := c.Text("s3BucketName"), c.Text("kmsKeyId")
		if key == "" {
			return
		}
		refused := !keyGrants(c, key, cloudTrail, "kms:GenerateDataKey")
		if refused || hasBucketKey(c, bucket) && !keyGrants(c, key, cloudTrail, "kms:Decrypt") {
			broken("kmsKeyId", bucket, key)
		}
	},
}

var trailKeyRegion = simulator.Constraint{
	Origin: simulator.Origin{ID: "aws-cloudtrail-key-region",
		Source: "https://docs.aws.amazon.com/awscloudtrail/latest/userguide/encrypting-cloudtrail-log-files-with-aws-kms.html"},
	Stage: simulator.AtApply,
	Error: "InsufficientEncryptionPolicyException: Insufficient permissions to access S3 bucket %s or KMS key %s: " +
		"they must be in the same region",
	Find: func(c *simulator.Call, broken func(path string, args ...any)) {
		bucket, key := c.Text("s3BucketName"), c.Text("kmsKeyId")
		region := bucketLocation(c, bucket)
		if parts := strings.Split(key, ":"); region != "" && len(parts) == 6 && parts[3] != region {
			broken("kmsKeyId", bucket, key)
		}
	},
}

var trailGlobalEvents = simulator.Constraint{
	Origin: simulator.Origin{ID: "aws-cloudtrail-global-events", Source: createTrail},
	Stage:  simulator.AtCheck,
	Error:  "InvalidParameterCombinationException: Multi-Region trail must include global service events.",
	Find: func(c *simulator.Call, broken func(path string, args ...any)) {
		if c.Flag("isMultiRegionTrail") && c.Known("includeGlobalServiceEvents") && !c.Flag("includeGlobalServiceEvents") {
			broken("includeGlobalServiceEvents")
		}
	},
}

// trailLogGroupStreams: the ARN is that of the group's streams, which ends with :*, and not the group's own.
var trailLogGroupStreams = simulator.Constraint{
	Origin: simulator.Origin{ID: "aws-cloudtrail-log-group-streams",
		Source: "terraform-provider-aws, website/docs/r/cloudtrail.html.markdown"},
	Stage: simulator.AtCheck,
	Error: "InvalidCloudWatchLogsLogGroupArnException: CloudTrail cannot validate the specified log group ARN: %s must end with :*",
	Find: func(c *simulator.Call, broken func(path string, args ...any)) {
		if group := c.Text("cloudWatchLogsGroupArn"); group != "" && !strings.HasSuffix(group, ":*") {
			broken("cloudWatchLogsGroupArn", group)
		}
	},
}

var trailLogGroupRegion = simulator.Constraint{
	Origin: simulator.Origin{ID: "aws-cloudtrail-log-group-region", Source: createTrail},
	Stage:  simulator.AtCheck,
	Error:  "InvalidCloudWatchLogsLogGroupArnException: You must specify a log group that is in the current region: %s",
	Find: func(c *simulator.Call, broken func(path string, args ...any)) {
		group := c.Text("cloudWatchLogsGroupArn")
		if parts := strings.SplitN(group, ":", 6); len(parts) == 6 && parts[3] != c.Region {
			broken("cloudWatchLogsGroupArn", group)
		}
	},
}

// trailRoleTrust: what the role may do can come later, the provider asks again; whom it trusts it has from the start.
var trailRoleTrust = simulator.Constraint{
	Origin: simulator.Origin{ID: "aws-cloudtrail-role-trust",
		Source: "https://docs.aws.amazon.com/awscloudtrail/latest/userguide/send-cloudtrail-events-to-cloudwatch-logs.html"},
	Stage: simulator.AtApply,
	Error: "InvalidCloudWatchLogsRoleArnException: Access denied. Check the trust relationships for your role: %s",
	Find: func(c *simulator.Call, broken func(path string, args ...any)) {
		arn := c.Text("cloudWatchLogsRoleArn")
		if arn != "" && !roleTrusts(c, arn, cloudTrail) {
			broken("cloudWatchLogsRoleArn", arn)
		}
	},
}

// cloudTrailAccounts are the accounts by which CloudTrail wrote before it was a service principal.
var cloudTrailAccounts = map[string]string{
	"af-south-1": "525921808201", "ap-east-1": "119688915426", "ap-northeast-1": "216624486486",
	"ap-northeast-2": "492519147666", "ap-northeast-3": "765225791966", "ap-south-1": "977081816279",
	"ap-south-2": "582488909970", "ap-southeast-1": "903692715234", "ap-southeast-2": "284668455005",
	"ap-southeast-3": "069019280451", "ap-southeast-4": "187074758985", "ca-central-1": "819402241893",
	"cn-north-1": "193415116832", "cn-northwest-1": "681348832753", "eu-central-1": "035351147821",
	"eu-central-2": "453052556044", "eu-north-1": "829690693026", "eu-south-1": "669305197877",
	"eu-south-2": "757211635381", "eu-west-1": "859597730677", "eu-west-2": "282025262664", "eu-west-3": "262312530599",
	"il-central-1": "683224464357", "me-central-1": "585772288577", "me-south-1": "034638983726",
	"sa-east-1": "814480443879", "us-east-1": "086441151436", "us-east-2": "475085895292",
	"us-gov-east-1": "608710470296", "us-gov-west-1": "608710470296", "us-west-1": "388731089494",
	"us-west-2": "113285607260",
}

func trailLookups() []*simulator.Lookup {
	return []*simulator.Lookup{{
		Token: "aws:cloudtrail/getServiceAccount:getServiceAccount",
		Answer: func(c *simulator.Call) resource.PropertyMap {
			region := c.Text("region")
			if region == "" {
				region = c.Region
			}
			account := cloudTrailAccounts[region]
			if account == "" {
				c.Fail("region", "unsupported CloudTrail Service Account Region (%s)", region)
				return nil
			}
			c.Set("id", account)
			c.Set("arn", "arn:"+c.Partition+":iam::"+account+":root")
			c.Set("region", region)
			return c.Outputs
		},
	}}
}
