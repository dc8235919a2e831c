package aws

import (
	"encoding/json"
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"

	"github.com/holdfast-iac/holdfast/simulator"
)

// What else is set on a bucket. Sources: terraform-provider-aws, internal/service/s3/
// {bucket_server_side_encryption_configuration,bucket_logging,bucket_website_configuration,bucket_cors_configuration,
// bucket_accelerate_configuration,bucket_request_payment_configuration}.go; the S3 API's list of error codes.

const s3Errors = "https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html"

var (
	bucketEncryptionKind = settingKind("S3 Bucket Server-side Encryption Configuration",
		"ServerSideEncryptionConfigurationNotFoundError: The server side encryption configuration was not found: %s")
	bucketLoggingKind = settingKind("S3 Bucket Logging", "")
	websiteKind       = settingKind("S3 Bucket Website Configuration",
		"NoSuchWebsiteConfiguration: The specified bucket does not have a website configuration: %s")
	corsKind = settingKind("S3 Bucket CORS Configuration",
		"NoSuchCORSConfiguration: The CORS configuration does not exist: %s")
	accelerateKind     = settingKind("S3 Bucket Accelerate Configuration", "")
	requestPaymentKind = settingKind("S3 Bucket Request Payment Configuration", "")
)

func bucketSettingTypes() []*simulator.Type {
	encryption := settingType("aws:s3/bucketServerSideEncryptionConfigurationV2:BucketServerSideEncryptionConfigurationV2",
		bucketEncryptionKind, "PutBucketEncryption", keyOfOtherAlgorithm)
	logging := settingType("aws:s3/bucketLoggingV2:BucketLoggingV2", bucketLoggingKind, "PutBucketLogging", logsElsewhere)
	logging.References = append(logging.References, simulator.Reference{
		Property: "targetBucket", To: kinds(bucketKind), OnDelete: simulator.Ignore,
		NotFound: "InvalidTargetBucketForLogging: The target bucket for logging does not exist: %s",
	})
	logging.Sets = []string{"targetGrants"}
	website := settingType("aws:s3/bucketWebsiteConfigurationV2:BucketWebsiteConfigurationV2", websiteKind, "PutBucketWebsite")
	website.ExactlyOne = [][]string{{"indexDocument", "redirectAllRequestsTo"}}
	website.AtMostOne = [][]string{{"errorDocument", "redirectAllRequestsTo"}, {"routingRules", "routingRuleDetails"}}
	website.Rules = map[string]simulator.Rule{"routingRuleDetails": simulator.Text(func(rules string) string {
		if !json.Valid([]byte(rules)) {
			return "it must be JSON"
		}
		return ""
	})}
	website.Compute = func(c *simulator.Call) {
		c.Set("websiteDomain", websiteDomain(c))
		c.Set("websiteEndpoint", c.Text("bucket")+"."+websiteDomain(c))
		c.SetNew("routingRuleDetails", "")
	}
	cors := settingType("aws:s3/bucketCorsConfigurationV2:BucketCorsConfigurationV2", corsKind, "PutBucketCors")
	cors.Sets = []string{"corsRules"}
	cors.Rules = map[string]simulator.Rule{"corsRules[*].allowedMethods[*]": simulator.Text(func(method string) string {
		switch method {
		case "DELETE", "GET", "HEAD", "POST", "PUT":
			return ""
		}
		return "InvalidRequest: Found unsupported HTTP method in CORS config. Unsupported method is " + method
	})}
	return []*simulator.Type{
		encryption, logging, website, cors,
		settingType("aws:s3/bucketAccelerateConfigurationV2:BucketAccelerateConfigurationV2", accelerateKind,
			"PutBucketAccelerateConfiguration", accelerateDots),
		settingType("aws:s3/bucketRequestPaymentConfigurationV2:BucketRequestPaymentConfigurationV2", requestPaymentKind,
			"PutBucketRequestPayment"),
	}
}

var keyOfOtherAlgorithm = simulator.Constraint{
	Origin: simulator.Origin{ID: "aws-s3-encryption-key",
		Source: "https://docs.aws.amazon.com/AmazonS3/latest/API/API_ServerSideEncryptionByDefault.html"},
	Stage: simulator.AtCheck,
	Error: "InvalidArgument: a KMSMasterKeyID is not applicable if the default sse algorithm is not aws:kms or aws:kms:dsse",
	Find: func(c *simulator.Call, broken func(path string, args ...any)) {
		c.Objects("rules[*].applyServerSideEncryptionByDefault", func(path string, by resource.PropertyMap) {
			key := by["kmsMasterKeyId"]
			if stringOf(by["sseAlgorithm"]) == "AES256" && (key.IsComputed() || stringOf(key) != "") {
				broken(path + ".kmsMasterKeyId")
			}
		})
	},
}

var logsElsewhere = simulator.Constraint{
	Origin: simulator.Origin{ID: "aws-s3-logging-region", Source: s3Errors},
	Stage:  simulator.AtApply,
	Error:  "CrossLocationLoggingProhibitted: Cross S3 location logging not allowed: %s is in %s",
	Find: func(c *simulator.Call, broken func(path string, args ...any)) {
		target := c.Text("targetBucket")
		if region := bucketLocation(c, target); region != bucketLocation(c, c.Text("bucket")) {
			broken("targetBucket", target, region)
		}
	},
}

var accelerateDots = simulator.Constraint{
	Origin: simulator.Origin{ID: "aws-s3-accelerate-periods", Source: s3Errors},
	Stage:  simulator.AtCheck,
	Error:  "InvalidRequest: S3 Transfer Acceleration is not supported for buckets with periods (.) in their names: %s",
	Find: func(c *simulator.Call, broken func(path string, args ...any)) {
		if bucket := c.Text("bucket"); strings.Contains(bucket, ".") {
			broken("bucket", bucket)
		}
	},
}
