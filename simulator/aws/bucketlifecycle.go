package aws

import (
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"

	"github.com/holdfast-iac/holdfast/simulator"
)

// Sources: terraform-provider-aws, internal/service/s3/{bucket_lifecycle_configuration,
// bucket_intelligent_tiering_configuration}.go; S3 guide, "Lifecycle configuration elements" and "Transitioning objects
// using Amazon S3 Lifecycle".

const (
	lifecycleElements    = "https://docs.aws.amazon.com/AmazonS3/latest/userguide/intro-lifecycle-rules.html"
	lifecycleTransitions = "https://docs.aws.amazon.com/AmazonS3/latest/userguide/lifecycle-transition-general-considerations.html"
)

var (
	lifecycleKind = settingKind("S3 Bucket Lifecycle Configuration",
		"NoSuchLifecycleConfiguration: The lifecycle configuration does not exist: %s")
	tieringKind = &simulator.Kind{
		Noun: "S3 Bucket Intelligent-Tiering Configuration", Global: true,
		ID:       func(c *simulator.Call) string { return c.Text("bucket") + ":" + c.Text("name") },
		NotFound: "NoSuchConfiguration: The specified configuration does not exist: %s",
	}
)

// lifecycleActions are what a rule can do, of which it must do something.
var lifecycleActions = []resource.PropertyKey{
	"abortIncompleteMultipartUpload", "expiration", "noncurrentVersionExpiration", "noncurrentVersionTransitions", "transitions",
}

func bucketLifecycleTypes() []*simulator.Type {
	lifecycle := settingType("aws:s3/bucketLifecycleConfigurationV2:BucketLifecycleConfigurationV2", lifecycleKind,
		"PutBucketLifecycleConfiguration", lifecycleRuleIDs, lifecycleNoAction, lifecycleTooSoon, lifecycleNoncurrentTooSoon,
		lifecycleExpiresEarly, lifecycleTags)
	lifecycle.Rules = map[string]simulator.Rule{
		"rules[*].status": simulator.OneOf("Disabled", "Enabled"),
		"rules[*].id":     simulator.Coded("InvalidArgument", simulator.Length(1, 255)),
		"transitionDefaultMinimumObjectSize": simulator.OneOf("all_storage_classes_128K",
			"varies_by_storage_class"),
	}
	lifecycle.Compute = func(c *simulator.Call) {
		c.SetNew("expectedBucketOwner", "")
		c.SetNew("transitionDefaultMinimumObjectSize", "all_storage_classes_128K")
	}
	tiering := settingType("aws:s3/bucketIntelligentTieringConfiguration:BucketIntelligentTieringConfiguration", tieringKind,
		"PutBucketIntelligentTieringConfiguration", tieringDays)
	tiering.Immutable = []string{"bucket", "name"}
	tiering.Defaults = map[string]any{"status": "Enabled"}
	tiering.Sets = []string{"tierings"}
	return []*simulator.Type{lifecycle, tiering}
}

// eachLifecycleRule calls the function for every rule of the lifecycle.
func eachLifecycleRule(c *simulator.Call, do func(path string, rule resource.PropertyMap)) {
	c.Objects("rules[*]", do)
}

var lifecycleRuleIDs = simulator.Constraint{
	Origin: simulator.Origin{ID: "aws-s3-lifecycle-rule-ids", Source: lifecycleElements},
	Stage:  simulator.AtCheck,
	Error:  "InvalidArgument: Rule ID must be unique. Found same ID for more than one rule: %s",
	Find: func(c *simulator.Call, broken func(path string, args ...any)) {
		seen := map[string]bool{}
		c.Each("rules[*].id", func(path, id string) {
			if seen[id] {
				broken(path, id)
			}
			seen[id] = true
		})
	},
}

var lifecycleNoAction = simulator.Constraint{
	Origin: simulator.Origin{ID: "aws-s3-lifecycle-no-action", Source: lifecycleElements},
	Stage:  simulator.AtCheck,
	Error:  "InvalidRequest: At least one action needs to be specified in a rule",
	Find: func(c *simulator.Call, broken func(path string, args ...any)) {
		eachLifecycleRule(c, func(path string, rule resource.PropertyMap) {
			for _, action := range lifecycleActions {
				value := rule[action]
				if value.IsComputed() || value.IsObject() || value.IsArray() && len(value.ArrayValue()) > 0 {
					return
				}
			}
			broken(path)
		})
	},
}

// infrequent are the classes that take objects after 30 days at the earliest.
var infrequent = map[string]bool{"STANDARD_IA": true, "ONEZONE_IA": true}

// eachDays calls the function with the days after which an action happens, and the class that it moves to.
func eachDays(list resource.PropertyValue, days resource.PropertyKey, do func(days float64, class string)) {
	eachObject(list, func(action resource.PropertyMap) {
		if action[days].IsNumber() {
			do(action[days].NumberValue(), stringOf(action["storageClass"]))
		}
	})
}

var lifecycleTooSoon = simulator.Constraint{
	Origin: simulator.Origin{ID: "aws-s3-lifecycle-transition-days", Source: lifecycleTransitions},
	Stage:  simulator.AtCheck,
	Error:  "InvalidArgument: 'Days' in Transition action must be greater than or equal to 30 for storageClass '%s'",
	Find: func(c *simulator.Call, broken func(path string, args ...any)) {
		eachLifecycleRule(c, func(path string, rule resource.PropertyMap) {
			eachDays(rule["transitions"], "days", func(days float64, class string) {
				if infrequent[class] && days < 30 {
					broken(path+".transitions", class)
				}
			})
		})
	},
}

var lifecycleNoncurrentTooSoon = simulator.Constraint{
	Origin: simulator.Origin{ID: "aws-s3-lifecycle-noncurrent-days", Source: lifecycleTransitions},
	Stage:  simulator.AtCheck,
	Error: "InvalidArgument: 'NoncurrentDays' in NoncurrentVersionTransition action must be greater than or equal to 30 for " +
		"storageClass '%s'",
	Find: func(c *simulator.Call, broken func(path string, args ...any)) {
		eachLifecycleRule(c, func(path string, rule resource.PropertyMap) {
			eachDays(rule["noncurrentVersionTransitions"], "noncurrentDays", func(days float64, class string) {
				if infrequent[class] && days < 30 {
					broken(path+".noncurrentVersionTransitions", class)
				}
			})
		})
	},
}

var lifecycleExpiresEarly = simulator.Constraint{
	Origin: simulator.Origin{ID: "aws-s3-lifecycle-expiration-days", Source: lifecycleElements},
	Stage:  simulator.AtCheck,
	Error: "InvalidArgument: 'Days' in the Expiration action for filter '(prefix=%s)' must be greater than 'Days' in the " +
		"Transition action",
	Find: func(c *simulator.Call, broken func(path string, args ...any)) {
		eachLifecycleRule(c, func(path string, rule resource.PropertyMap) {
			expires := at(rule, "expiration", "days")
			if !expires.IsNumber() || expires.NumberValue() == 0 {
				return
			}
			early := false
			eachDays(rule["transitions"], "days", func(days float64, _ string) {
				early = early || expires.NumberValue() <= days
			})
			if early {
				broken(path+".expiration.days", stringOf(at(rule, "filter", "prefix")))
			}
		})
	},
}

var lifecycleTags = simulator.Constraint{
	Origin: simulator.Origin{ID: "aws-s3-lifecycle-tags", Source: lifecycleElements},
	Stage:  simulator.AtCheck,
	Error:  "InvalidRequest: %s cannot be specified with Tags.",
	Find: func(c *simulator.Call, broken func(path string, args ...any)) {
		eachLifecycleRule(c, func(path string, rule resource.PropertyMap) {
			if !at(rule, "filter", "tag").IsObject() && !at(rule, "filter", "and", "tags").IsObject() {
				return
			}
			if rule["abortIncompleteMultipartUpload"].IsObject() {
				broken(path+".abortIncompleteMultipartUpload", "AbortIncompleteMultipartUpload")
			}
			if marker := at(rule, "expiration", "expiredObjectDeleteMarker"); marker.IsBool() && marker.BoolValue() {
				broken(path+".expiration.expiredObjectDeleteMarker", "ExpiredObjectDeleteMarker")
			}
		})
	},
}

// tieringDays: archives take objects after a time of their own at the earliest.
var tieringDays = simulator.Constraint{
	Origin: simulator.Origin{ID: "aws-s3-intelligent-tiering-days",
		Source: "https://docs.aws.amazon.com/AmazonS3/latest/API/API_Tiering.html"},
	Stage: simulator.AtCheck,
	Error: "InvalidArgument: %s takes objects after %d to 730 days, not %v",
	Find: func(c *simulator.Call, broken func(path string, args ...any)) {
		c.Objects("tierings[*]", func(path string, tiering resource.PropertyMap) {
			tier, days := stringOf(tiering["accessTier"]), tiering["days"]
			least := map[string]int{"ARCHIVE_ACCESS": 90, "DEEP_ARCHIVE_ACCESS": 180}[tier]
			if least > 0 && days.IsNumber() && (days.NumberValue() < float64(least) || days.NumberValue() > 730) {
				broken(path+".days", tier, least, days.NumberValue())
			}
		})
	},
}
