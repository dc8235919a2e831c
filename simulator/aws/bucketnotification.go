package aws

import (
	"fmt"
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"

	"github.com/holdfast-iac/holdfast/simulator"
)

// Whom a bucket tells of what happens in it. Sources: terraform-provider-aws,
// internal/service/s3/bucket_notification.go; S3 guide, "Granting permissions to publish event notification messages to
// a destination" and "Configuring event notifications using object key name filtering".

const (
	notificationGrants = "https://docs.aws.amazon.com/AmazonS3/latest/userguide/grant-destinations-permissions-to-s3.html"
	notificationRules  = "https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-how-to-filtering.html"
)

// s3Service is the service as policies name it.
const s3Service = "s3.amazonaws.com"

var notificationKind = settingKind("S3 Bucket Notification", "")

func bucketNotificationTypes() []*simulator.Type {
	notification := settingType("aws:s3/bucketNotification:BucketNotification", notificationKind,
		"PutBucketNotificationConfiguration", notificationOverlap, notificationFIFO, notificationRegion, notificationGranted)
	notification.Immutable = []string{"bucket"}
	notification.Defaults = map[string]any{"eventbridge": false}
	for _, d := range toldKinds {
		notification.References = append(notification.References, simulator.Reference{
			Property: d.list + "[*]." + d.arn, To: kinds(d.kind), By: simulator.ByARN, OnDelete: simulator.Ignore,
			NotFound: cannotValidate, Address: d.address,
		})
	}
	return []*simulator.Type{notification}
}

// cannotValidate is what S3 says of a destination that does not exist or does not let it in.
const cannotValidate = "InvalidArgument: Unable to validate the following destination configurations: %s"

// toldKind is a kind of thing that a bucket can tell.
type toldKind struct {
	list, arn string // the inputs: a list, and what in its elements names the thing
	kind      *simulator.Kind
	action    string // that the thing must let S3 do
	policies  func(*simulator.Object) []string
}

var toldKinds = []toldKind{
	{"queues", "queueArn", queueKind, "sqs:SendMessage", policiesBy(queuePolicyKind)},
	{"topics", "topicArn", topicKind, "sns:Publish", policiesBy(topicPolicyKind)},
	{"lambdaFunctions", "lambdaFunctionArn", functionKind, "lambda:InvokeFunction", functionPolicies},
}

// address leaves out what follows a function's name, its version or alias.
func (d toldKind) address(_ *simulator.Call, arn string) (string, bool) {
	if parts := strings.Split(arn, ":"); len(parts) > 7 {
		arn = strings.Join(parts[:7], ":")
	}
	return arn, arn != ""
}

// policiesBy returns the policies of something: its own, and those that resources of a kind set.
func policiesBy(kind *simulator.Kind) func(*simulator.Object) []string {
	return func(o *simulator.Object) []string {
		policies := []string{o.Text("policy")}
		for _, separate := range o.Users(kind) {
			policies = append(policies, separate.Text("policy"))
		}
		return policies
	}
}

// functionPolicies writes the permissions of a function as policies.
func functionPolicies(function *simulator.Object) []string {
	var policies []string
	for _, permission := range function.Users(permissionKind) {
		conditions := ""
		for input, condition := range map[string]string{
			"sourceArn": `"ArnLike":{"aws:SourceArn":%q}`, "sourceAccount": `"StringEquals":{"aws:SourceAccount":%q}`,
		} {
			if value := permission.Text(input); value != "" {
				conditions = strings.TrimPrefix(conditions+","+fmt.Sprintf(condition, value), ",")
			}
		}
		policies = append(policies, fmt.Sprintf(
			`{"Statement":{"Effect":"Allow","Principal":{"Service":%q},"Action":%q,"Resource":"*","Condition":{%s}}}`,
			permission.Text("principal"), permission.Text("action"), conditions))
	}
	return policies
}

// eachTold calls the function for everything that the bucket tells.
func eachTold(c *simulator.Call, do func(d toldKind, path string, told resource.PropertyMap)) {
	for _, d := range toldKinds {
		c.Objects(d.list+"[*]", func(path string, told resource.PropertyMap) { do(d, path, told) })
	}
}

// notificationGranted: S3 sends a test message when it is told whom to tell; the provider does not ask again.
var notificationGranted = simulator.Constraint{
	Origin: simulator.Origin{ID: "aws-s3-notification-permission", Source: notificationGrants},
	Stage:  simulator.AtApply,
	Error:  cannotValidate + " (its policy does not let s3.amazonaws.com %s)",
	Find: func(c *simulator.Call, broken func(path string, args ...any)) {
		eachTold(c, func(d toldKind, path string, told resource.PropertyMap) {
			name, _ := d.address(c, stringOf(told[resource.PropertyKey(d.arn)]))
			target := c.FindBy(d.kind, simulator.ByARN, name)
			if target == nil {
				return // of another account
			}
			wanted := access{
				principal: s3Service, action: d.action, account: c.Account, source: bucketARN(c, c.Text("bucket")),
				covers: func(pattern string) bool { return wildcard(pattern, target.ARN) },
			}
			for _, policy := range d.policies(target) {
				if wanted.allowedBy(policy) {
					return
				}
			}
			broken(path+"."+d.arn, target.ARN, d.action)
		})
	},
}

var notificationRegion = simulator.Constraint{
	Origin: simulator.Origin{ID: "aws-s3-notification-region", Source: notificationGrants},
	Stage:  simulator.AtApply,
	Error:  "InvalidArgument: The notification destination service region is not valid for the bucket location constraint: %s",
	Find: func(c *simulator.Call, broken func(path string, args ...any)) {
		region := bucketLocation(c, c.Text("bucket"))
		eachTold(c, func(d toldKind, path string, told resource.PropertyMap) {
			arn := stringOf(told[resource.PropertyKey(d.arn)])
			if parts := strings.Split(arn, ":"); len(parts) > 5 && parts[3] != region {
				broken(path+"."+d.arn, arn)
			}
		})
	},
}

var notificationFIFO = simulator.Constraint{
	Origin: simulator.Origin{ID: "aws-s3-notification-fifo",
		Source: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-how-to-event-types-and-destinations.html"},
	Stage: simulator.AtCheck,
	Error: "InvalidArgument: FIFO SQS queues are not supported: %s",
	Find: func(c *simulator.Call, broken func(path string, args ...any)) {
		c.Each("queues[*].queueArn", func(path, arn string) {
			if strings.HasSuffix(arn, ".fifo") {
				broken(path, arn)
			}
		})
	},
}

// notificationOverlap: one event about one object is told once.
var notificationOverlap = simulator.Constraint{
	Origin: simulator.Origin{ID: "aws-s3-notification-overlap", Source: notificationRules},
	Stage:  simulator.AtCheck,
	Error: "InvalidArgument: Configurations overlap. Configurations on the same bucket cannot share a common event type: " +
		"%s and %s",
	Find: func(c *simulator.Call, broken func(path string, args ...any)) {
		var paths []string
		var earlier []resource.PropertyMap
		eachTold(c, func(_ toldKind, path string, told resource.PropertyMap) {
			for i, other := range earlier {
				if tellTwice(told, other) {
					broken(path, paths[i], path)
				}
			}
			paths, earlier = append(paths, path), append(earlier, told)
		})
	},
}

// tellTwice reports whether there can be an event that both configurations are about.
func tellTwice(a, b resource.PropertyMap) bool {
	for _, name := range []resource.PropertyKey{"events", "filterPrefix", "filterSuffix"} {
		if a[name].ContainsUnknowns() || b[name].ContainsUnknowns() {
			return false
		}
	}
	begins, ends := stringOf(a["filterPrefix"]), stringOf(a["filterSuffix"])
	otherBegins, otherEnds := stringOf(b["filterPrefix"]), stringOf(b["filterSuffix"])
	if !strings.HasPrefix(begins, otherBegins) && !strings.HasPrefix(otherBegins, begins) ||
		!strings.HasSuffix(ends, otherEnds) && !strings.HasSuffix(otherEnds, ends) {
		return false
	}
	for _, event := range stringsOf(a["events"]) {
		for _, other := range stringsOf(b["events"]) {
			if wildcard(event, other) || wildcard(other, event) {
				return true
			}
		}
	}
	return false
}
