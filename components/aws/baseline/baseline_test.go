package baseline

import (
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/holdfast-iac/holdfast/components/componenttest"
	"github.com/holdfast-iac/holdfast/components/spec"
)

// The types of the children that tests look for.
const (
	trailType       = "aws:cloudtrail/trail:Trail"
	bucketType      = "aws:s3/bucketV2:BucketV2"
	lockType        = "aws:s3/bucketObjectLockConfigurationV2:BucketObjectLockConfigurationV2"
	keyType         = "aws:kms/key:Key"
	aliasType       = "aws:kms/alias:Alias"
	logGroupType    = "aws:cloudwatch/logGroup:LogGroup"
	filterType      = "aws:cloudwatch/logMetricFilter:LogMetricFilter"
	alarmType       = "aws:cloudwatch/metricAlarm:MetricAlarm"
	topicType       = "aws:sns/topic:Topic"
	eventRuleType   = "aws:cloudwatch/eventRule:EventRule"
	eventTargetType = "aws:cloudwatch/eventTarget:EventTarget"
	detectorType    = "aws:guardduty/detector:Detector"
	featureType     = "aws:guardduty/detectorFeature:DetectorFeature"
	hubType         = "aws:securityhub/account:Account"
	standardType    = "aws:securityhub/standardsSubscription:StandardsSubscription"
	recorderType    = "aws:cfg/recorder:Recorder"
	channelType     = "aws:cfg/deliveryChannel:DeliveryChannel"
	statusType      = "aws:cfg/recorderStatus:RecorderStatus"
	ruleType        = "aws:cfg/rule:Rule"
	analyzerType    = "aws:accessanalyzer/analyzer:Analyzer"
	roleType        = "aws:iam/role:Role"
	groupType       = "aws:iam/group:Group"
	groupPolicy     = "aws:iam/groupPolicy:GroupPolicy"
	passwordType    = "aws:iam/accountPasswordPolicy:AccountPasswordPolicy"
	linkedType      = "aws:iam/serviceLinkedRole:ServiceLinkedRole"
	oidcType        = "aws:iam/openIdConnectProvider:OpenIdConnectProvider"
	budgetType      = "aws:budgets/budget:Budget"
	monitorType     = "aws:costexplorer/anomalyMonitor:AnomalyMonitor"
	inspectorType   = "aws:inspector2/enabler:Enabler"
	macieType       = "aws:macie2/account:Account"
	contactType     = "aws:account/alternativeContact:AlternativeContact"
	disksType       = "aws:ebs/encryptionByDefault:EncryptionByDefault"
	storageType     = "aws:s3/accountPublicAccessBlock:AccountPublicAccessBlock"
	snapshotsType   = "aws:ebs/snapshotBlockPublicAccess:SnapshotBlockPublicAccess"
	imagesType      = "aws:ec2/imageBlockPublicAccess:ImageBlockPublicAccess"
	metadataType    = "aws:ec2/instanceMetadataDefaults:InstanceMetadataDefaults"
)

// untaggable are the types that AWS does not let carry tags.
var untaggable = []string{
	aliasType, filterType, featureType, hubType, standardType, recorderType, channelType, statusType, groupType, groupPolicy,
	passwordType, eventTargetType, inspectorType, macieType, contactType, disksType, storageType, snapshotsType, imagesType, metadataType, lockType,
	"aws:sns/topicPolicy:TopicPolicy", "aws:sns/topicSubscription:TopicSubscription", "aws:iam/rolePolicy:RolePolicy",
	"aws:iam/rolePolicyAttachment:RolePolicyAttachment", "aws:s3/bucketPolicy:BucketPolicy",
	"aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock", "aws:s3/bucketOwnershipControls:BucketOwnershipControls",
	"aws:s3/bucketVersioningV2:BucketVersioningV2", "aws:s3/bucketLifecycleConfigurationV2:BucketLifecycleConfigurationV2",
	"aws:s3/bucketServerSideEncryptionConfigurationV2:BucketServerSideEncryptionConfigurationV2",
}

func TestConformance(t *testing.T) {
	t.Parallel()
	componenttest.Baseline(t, componenttest.BaselineDriver{
		Driver: componenttest.AWS("baseline", Token,
			func(ctx *pulumi.Context, name string, b spec.Baseline, opts ...pulumi.ResourceOption) error {
				_, err := New(ctx, name, &Args{Baseline: b}, opts...)
				return err
			}, untaggable...),
		Parts: map[string][]string{
			"trail": {trailType, lockType}, "alarms": {alarmType, filterType}, "findings": {eventRuleType, eventTargetType},
			"threatDetection": {detectorType, featureType}, "posture": {hubType, standardType},
			"recording":      {recorderType, channelType, statusType, ruleType, linkedType},
			"accessAnalysis": {analyzerType}, "settings.unencryptedDisks": {disksType},
			"settings.publicStorage": {storageType}, "settings.publicImages": {snapshotsType, imagesType},
			"settings.unsafeMetadata": {metadataType}, "passwords": {passwordType}, "mfa": {groupType, groupPolicy},
			"ci": {oidcType}, "costs": {budgetType, monitorType}, "securityContact": {contactType},
			"vulnerabilityScans": {inspectorType}, "dataDiscovery": {macieType},
		},
		Alarm: [2]string{"root-use", "main-root-use"}, Rule: [2]string{"root-mfa", "main-rule-root-mfa"},
		Protection: [2]string{"s3", "main-detector-s3"},
		Lock: func(r componenttest.Recording) (int, bool) {
			lock, ok := r.Named(lockType, "main-trail")
			if !ok {
				return 0, false
			}
			retention := at(lock, "rule", "defaultRetention").ObjectValue()
			return int(retention["days"].NumberValue()), retention["mode"].StringValue() == "COMPLIANCE"
		},
		Erasable: func(r componenttest.Recording) bool {
			records, _ := r.Named(bucketType, "main-trail")
			return records.Inputs["forceDestroy"].BoolValue()
		},
		Analyzer: "holdfast-test-main-access", Anomalies: "arn:aws:ce::210987654321:anomalymonitor/11111111-2222-3333-4444-555555555555",
		Refusals: map[string]string{
			"threatDetection": "BadRequestException: The request is rejected because a detector already exists for the current account.",
			"posture":         "ResourceConflictException: Account is already subscribed to Security Hub",
			"recording":       "Service role name AWSServiceRoleForConfig has been taken in this account",
			"accessAnalysis":  "ServiceQuotaExceededException",
			"costs":           "ValidationException: Limit exceeded on dimensional spend monitor creation",
			"dataDiscovery":   "ConflictException: Macie has already been enabled",
			"ci":              "EntityAlreadyExists: Provider with url https://token.actions.githubusercontent.com already exists.",
		},
		Growing:       []string{roleType + ".assumeRolePolicy", budgetType + ".notifications"},
		DefaultStrong: assertStrong,
	})
}

// assertStrong holds what AWS leaves weak and the baseline does not.
func assertStrong(t require.TestingT, r componenttest.Recording) {
	trail, ok := r.Named(trailType, "main-trail")
	require.True(t, ok)
	for _, property := range []resource.PropertyKey{"isMultiRegionTrail", "includeGlobalServiceEvents", "enableLogFileValidation"} {
		assert.True(t, trail.Inputs[property].BoolValue(), "%s", property)
	}
	assert.NotEmpty(t, trail.Inputs["kmsKeyId"].StringValue())
	assert.Len(t, r.OfType(alarmType), len(alarms))
	assert.Len(t, r.OfType(ruleType), len(rules))
	assert.Len(t, r.OfType(featureType), len(protections))
	for _, feature := range r.OfType(featureType) {
		assert.Equal(t, "ENABLED", feature.Inputs["status"].StringValue(), "%s", feature.URN)
	}
	for _, bucket := range r.OfType(bucketType) {
		assert.False(t, bucket.Inputs["forceDestroy"].BoolValue(), "%s", bucket.URN)
	}
	for _, key := range r.OfType(keyType) {
		assert.True(t, key.Inputs["enableKeyRotation"].BoolValue(), "%s", key.URN)
	}
}

// at follows the properties of objects from a resource's inputs.
func at(r componenttest.Resource, path ...resource.PropertyKey) resource.PropertyValue {
	value := resource.NewProperty(r.Inputs)
	for _, key := range path {
		value = value.ObjectValue()[key]
	}
	return value
}
