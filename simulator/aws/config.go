package aws

import (
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"

	"github.com/holdfast-iac/holdfast/simulator"
)

// AWS Config's recorder and its channel, of which a region has one each. Sources: terraform-provider-aws,
// internal/service/ configservice/{configuration_recorder,delivery_channel,configuration_recorder_status}.go; the AWS
// Config API's PutConfigurationRecorder, PutDeliveryChannel, DeleteDeliveryChannel and StartConfigurationRecorder and
// their errors.

const configAPI = "https://docs.aws.amazon.com/config/latest/APIReference/"

// awsConfig is the service as policies name it.
const awsConfig = "config.amazonaws.com"

var (
	recorderKind = &simulator.Kind{
		Noun:     "ConfigService Configuration Recorder",
		ID:       func(c *simulator.Call) string { return c.Text("name") },
		NotFound: "NoSuchConfigurationRecorderException: Cannot find configuration recorder with the specified name '%s'.",
	}
	channelKind = &simulator.Kind{
		Noun:     "ConfigService Delivery Channel",
		ID:       func(c *simulator.Call) string { return c.Text("name") },
		NotFound: "NoSuchDeliveryChannelException: Cannot find delivery channel with specified name '%s'.",
	}
	recorderStatusKind = &simulator.Kind{
		Noun: "ConfigService Configuration Recorder Status",
		ID:   func(c *simulator.Call) string { return c.Text("name") },
	}
)

// one is what all things of a kind, of which there can be one in a region, take.
func one(*simulator.Call) []string { return []string{"the only one"} }

func configTypes() []*simulator.Type {
	name := simulator.Length(1, 256)
	return []*simulator.Type{
		{
			Token:     "aws:cfg/recorder:Recorder",
			Kind:      recorderKind,
			AutoName:  &simulator.AutoName{Property: "name", MaxLength: 256, Separator: "-"},
			Immutable: []string{"name"},
			Sets:      []string{"recordingGroup.resourceTypes"},
			Rules:     map[string]simulator.Rule{"name": name, "roleArn": validARN},
			Unique: []simulator.Unique{{
				Origin: simulator.Origin{ID: "aws-config-one-recorder", Source: configAPI + "API_PutConfigurationRecorder.html"},
				Error: "MaxNumberOfConfigurationRecordersExceededException: Failed to put configuration recorder because the maximum " +
					"number of configuration recorders: 1 is reached: it is %s.",
				Keys: one,
			}},
			Constraints: []simulator.Constraint{recordingSome, recordingGlobals},
			API:         []string{"config:PutConfigurationRecorder"},
			Parameters: map[string]string{
				"name": "ConfigurationRecorder.name", "recordingGroup": "ConfigurationRecorder.recordingGroup",
				"recordingMode": "ConfigurationRecorder.recordingMode",
			},
			Compute: func(c *simulator.Call) {
				c.SetNew("recordingGroup", map[string]any{
					"allSupported": true, "includeGlobalResourceTypes": false, "resourceTypes": []any{},
					"recordingStrategies": []any{map[string]any{"useOnly": "ALL_SUPPORTED_RESOURCE_TYPES"}},
				})
				c.SetNew("recordingMode", map[string]any{"recordingFrequency": "CONTINUOUS"})
			},
		},
		{
			Token:     "aws:cfg/deliveryChannel:DeliveryChannel",
			Kind:      channelKind,
			AutoName:  &simulator.AutoName{Property: "name", MaxLength: 256, Separator: "-"},
			Immutable: []string{"name"},
			Rules:     map[string]simulator.Rule{"name": name, "s3KmsKeyArn": validARN, "snsTopicArn": validARN},
			Unique: []simulator.Unique{{
				Origin: simulator.Origin{ID: "aws-config-one-channel", Source: configAPI + "API_PutDeliveryChannel.html"},
				Error: "MaxNumberOfDeliveryChannelsExceededException: Failed to put delivery channel because the maximum number of " +
					"delivery channels: 1 is reached: it is %s.",
				Keys: one,
			}},
			Patient:     true,
			Constraints: []simulator.Constraint{channelNeedsRecorder, channelBucketPolicy, channelOfRunningRecorder},
			API:         []string{"config:PutDeliveryChannel"},
			Parameters: map[string]string{
				"name": "DeliveryChannel.name", "snapshotDeliveryProperties": "DeliveryChannel.configSnapshotDeliveryProperties",
			},
			Compute: func(c *simulator.Call) {
				writeInto(c, c.Text("s3BucketName"),
					keyBelow(c.Text("s3KeyPrefix"), "AWSLogs/"+c.Account+"/Config/ConfigWritabilityCheckFile"))
			},
		},
		{
			Token:       "aws:cfg/recorderStatus:RecorderStatus",
			Kind:        recorderStatusKind,
			Immutable:   []string{"name"},
			References:  []simulator.Reference{{Property: "name", To: kinds(recorderKind), OnDelete: simulator.Follow}},
			Constraints: []simulator.Constraint{recorderNeedsChannel},
			API:         []string{"config:StartConfigurationRecorder"},
		},
	}
}

// groupOf returns what a recorder records.
func groupOf(c *simulator.Call) resource.PropertyMap {
	if group := c.Inputs["recordingGroup"]; group.IsObject() {
		return group.ObjectValue()
	}
	return nil
}

// recordingSome: allSupported is true unless the program says otherwise.
var recordingSome = simulator.Constraint{
	Origin: simulator.Origin{ID: "aws-config-recording-group", Source: configAPI + "API_RecordingGroup.html"},
	Stage:  simulator.AtCheck,
	Error: "InvalidRecordingGroupException: The recording group provided is not valid: " +
		"with resourceTypes, allSupported must be false",
	Find: func(c *simulator.Call, broken func(path string, args ...any)) {
		group := groupOf(c)
		types, all := group["resourceTypes"], group["allSupported"]
		if types.IsArray() && len(types.ArrayValue()) > 0 && (all.IsNull() || all.IsBool() && all.BoolValue()) {
			broken("recordingGroup.resourceTypes")
		}
	},
}

var recordingGlobals = simulator.Constraint{
	Origin: simulator.Origin{ID: "aws-config-global-types", Source: configAPI + "API_RecordingGroup.html"},
	Stage:  simulator.AtCheck,
	Error: "InvalidRecordingGroupException: The recording group provided is not valid: " +
		"with includeGlobalResourceTypes, allSupported must be true",
	Find: func(c *simulator.Call, broken func(path string, args ...any)) {
		group := groupOf(c)
		globals, all := group["includeGlobalResourceTypes"], group["allSupported"]
		if globals.IsBool() && globals.BoolValue() && all.IsBool() && !all.BoolValue() {
			broken("recordingGroup.includeGlobalResourceTypes")
		}
	},
}

var channelNeedsRecorder = simulator.Constraint{
	Origin: simulator.Origin{ID: "aws-config-channel-after-recorder", Source: configAPI + "API_PutDeliveryChannel.html"},
	Stage:  simulator.AtApply,
	Error:  "NoAvailableConfigurationRecorderException: Configuration recorder is not available to put delivery channel.",
	Find: func(c *simulator.Call, broken func(path string, args ...any)) {
		if len(c.All(recorderKind)) == 0 {
			broken("")
		}
	},
}

// channelBucketPolicy: AWS Config writes as itself, by the bucket's policy, or as the recorder's role, by the role's.
var channelBucketPolicy = simulator.Constraint{
	Origin: simulator.Origin{ID: "aws-config-bucket-policy",
		Source: "https://docs.aws.amazon.com/config/latest/developerguide/s3-bucket-policy.html"},
	Stage: simulator.AtApply,
	Error: "InsufficientDeliveryPolicyException: Insufficient delivery policy to s3 bucket: %s, unable to write to bucket, " +
		"provided s3 key prefix is '%s'.",
	Retried: true, // terraform-provider-aws, internal/service/configservice/delivery_channel.go
	Find: func(c *simulator.Call, broken func(path string, args ...any)) {
		bucket, prefix := c.Text("s3BucketName"), c.Text("s3KeyPrefix")
		key := keyBelow(prefix, "AWSLogs/"+c.Account+"/Config/ConfigWritabilityCheckFile")
		if bucketAllows(c, bucket, key, access{principal: awsConfig, action: "s3:PutObject"}) {
			return
		}
		for _, recorder := range c.All(recorderKind) {
			if mayWrite(c, recorder.Text("roleArn"), bucket, key) {
				return
			}
		}
		broken("s3BucketName", bucket, prefix)
	},
}

// mayWrite reports whether a role's policies let it write an object. Roles and policies that are none of the account's
// count as letting it, but for the one that AWS made for AWS Config, which lets it read only.
func mayWrite(c *simulator.Call, arn, bucket, key string) bool {
	role := c.FindBy(roleKind, simulator.ByARN, arn)
	if role == nil {
		return !strings.Contains(arn, "/AWSServiceRoleForConfig")
	}
	wanted := access{principal: c.Account, action: "s3:PutObject", account: c.Account, identity: true,
		covers: func(pattern string) bool { return covers(pattern, bucketARN(c, bucket), key, "s3:PutObject") }}
	var documents []string
	for _, inline := range role.Users(rolePolicyKind) {
		documents = append(documents, inline.Text("policy"))
	}
	for _, inline := range listIn(role.Output("inlinePolicies")) {
		documents = append(documents, stringOf(inline["policy"]))
	}
	attached := stringsOf(role.Output("managedPolicyArns"))
	for _, attachment := range role.Users(roleAttachmentKind) {
		attached = append(attached, attachment.Text("policyArn"))
	}
	for _, managed := range attached {
		policy := c.FindBy(policyKind, simulator.ByARN, managed)
		switch {
		case policy != nil:
			documents = append(documents, policy.Text("policy"))
		case !strings.HasSuffix(managed, "/AWS_ConfigRole"):
			return true
		}
	}
	for _, document := range documents {
		if wanted.allowedBy(document) {
			return true
		}
	}
	return false
}

// listIn returns the objects of a list.
func listIn(list resource.PropertyValue) []resource.PropertyMap {
	var found []resource.PropertyMap
	eachObject(list, func(o resource.PropertyMap) { found = append(found, o) })
	return found
}

var recorderNeedsChannel = simulator.Constraint{
	Origin: simulator.Origin{ID: "aws-config-start-after-channel", Source: configAPI + "API_StartConfigurationRecorder.html"},
	Stage:  simulator.AtApply,
	Error:  "NoAvailableDeliveryChannelException: Delivery channel is not available to start configuration recorder.",
	Find: func(c *simulator.Call, broken func(path string, args ...any)) {
		if c.Flag("isEnabled") && len(c.All(channelKind)) == 0 {
			broken("isEnabled")
		}
	},
}

var channelOfRunningRecorder = simulator.Constraint{
	Origin: simulator.Origin{ID: "aws-config-stop-before-channel", Source: configAPI + "API_DeleteDeliveryChannel.html"},
	Stage:  simulator.AtDelete,
	Error: "LastDeliveryChannelDeleteFailedException: Failed to delete last specified delivery channel with name '%s', because " +
		"there is a running configuration recorder.",
	Find: func(c *simulator.Call, broken func(path string, args ...any)) {
		for _, status := range c.All(recorderStatusKind) {
			if status.Flag("isEnabled") {
				broken("", c.Old.ID)
			}
		}
	},
}
