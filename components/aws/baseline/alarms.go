package baseline

import (
	"fmt"
	"slices"
	"strings"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/cloudwatch"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/holdfast-iac/holdfast/components/naming"
)

// An alarm is raised by any event of the trail that matches a pattern of CloudWatch Logs.
type alarm struct{ pattern, says string }

// alarms are those of the CIS AWS Foundations Benchmark 5.0, section 4, in its order. The patterns are the very ones of
// the AWS Security Hub User Guide, "Security Hub controls for Amazon CloudWatch", CloudWatch.1 to .14: the controls fail
// with a pattern that has a term more or less.
var alarms = map[string]alarm{
	"denied-calls": {
		`{($.errorCode="*UnauthorizedOperation") || ($.errorCode="AccessDenied*")}`,
		"A call was denied: somebody tries what they may not, or a program lacks a permission.",
	},
	"sign-in-without-mfa": {
		`{($.eventName="ConsoleLogin") && ($.additionalEventData.MFAUsed!="Yes") && ($.userIdentity.type="IAMUser") && ` +
			`($.responseElements.ConsoleLogin="Success")}`,
		"A user signed in to the console without a second factor.",
	},
	"root-use": {
		`{$.userIdentity.type="Root" && $.userIdentity.invokedBy NOT EXISTS && $.eventType !="AwsServiceEvent"}`,
		"The root user was used.",
	},
	"iam-changes": {
		eventsOf("iam", "DeleteGroupPolicy", "DeleteRolePolicy", "DeleteUserPolicy", "PutGroupPolicy", "PutRolePolicy",
			"PutUserPolicy", "CreatePolicy", "DeletePolicy", "CreatePolicyVersion", "DeletePolicyVersion", "AttachRolePolicy",
			"DetachRolePolicy", "AttachUserPolicy", "DetachUserPolicy", "AttachGroupPolicy", "DetachGroupPolicy"),
		"A policy of IAM was changed.",
	},
	"trail-changes": {
		events("CreateTrail", "UpdateTrail", "DeleteTrail", "StartLogging", "StopLogging"),
		"An audit trail was changed, started or stopped.",
	},
	"sign-in-failures": {
		`{($.eventName=ConsoleLogin) && ($.errorMessage="Failed authentication")}`,
		"A sign-in to the console failed.",
	},
	"key-deletion": {
		eventsOf("kms", "DisableKey", "ScheduleKeyDeletion"),
		"A KMS key was disabled, or is going to be deleted: what it encrypts is lost with it.",
	},
	"bucket-policy-changes": {
		eventsOf("s3", "PutBucketAcl", "PutBucketPolicy", "PutBucketCors", "PutBucketLifecycle", "PutBucketReplication",
			"DeleteBucketPolicy", "DeleteBucketCors", "DeleteBucketLifecycle", "DeleteBucketReplication"),
		"Who may use a bucket was changed, or what becomes of its objects.",
	},
	"recorder-changes": {
		eventsOf("config", "StopConfigurationRecorder", "DeleteDeliveryChannel", "PutDeliveryChannel", "PutConfigurationRecorder"),
		"AWS Config's recorder was changed or stopped.",
	},
	"security-group-changes": {
		events("AuthorizeSecurityGroupIngress", "AuthorizeSecurityGroupEgress", "RevokeSecurityGroupIngress",
			"RevokeSecurityGroupEgress", "CreateSecurityGroup", "DeleteSecurityGroup"),
		"A security group was changed.",
	},
	"acl-changes": {
		events("CreateNetworkAcl", "CreateNetworkAclEntry", "DeleteNetworkAcl", "DeleteNetworkAclEntry",
			"ReplaceNetworkAclEntry", "ReplaceNetworkAclAssociation"),
		"A network ACL was changed.",
	},
	"gateway-changes": {
		events("CreateCustomerGateway", "DeleteCustomerGateway", "AttachInternetGateway", "CreateInternetGateway",
			"DeleteInternetGateway", "DetachInternetGateway"),
		"A gateway between a network and the outside was changed.",
	},
	"route-changes": {
		eventsOf("ec2", "CreateRoute", "CreateRouteTable", "ReplaceRoute", "ReplaceRouteTableAssociation", "DeleteRouteTable",
			"DeleteRoute", "DisassociateRouteTable"),
		"A route was changed.",
	},
	"vpc-changes": {
		events("CreateVpc", "DeleteVpc", "ModifyVpcAttribute", "AcceptVpcPeeringConnection", "CreateVpcPeeringConnection",
			"DeleteVpcPeeringConnection", "RejectVpcPeeringConnection", "AttachClassicLinkVpc", "DetachClassicLinkVpc",
			"DisableVpcClassicLink", "EnableVpcClassicLink"),
		"A VPC or a peering of VPCs was changed.",
	},
	"organization-changes": {
		eventsOf("organizations", "AcceptHandshake", "AttachPolicy", "CreateAccount", "CreateOrganizationalUnit",
			"CreatePolicy", "DeclineHandshake", "DeleteOrganization", "DeleteOrganizationalUnit", "DeletePolicy", "DetachPolicy",
			"DisablePolicyType", "EnablePolicyType", "InviteAccountToOrganization", "LeaveOrganization", "MoveAccount",
			"RemoveAccountFromOrganization", "UpdatePolicy", "UpdateOrganizationalUnit"),
		"The organization, its accounts or its policies were changed.",
	},
}

// events is the pattern of events with one of the names.
func events(names ...string) string { return "{" + anyOf(names) + "}" }

// eventsOf is the pattern of a service's events with one of the names.
func eventsOf(service string, names ...string) string {
	return fmt.Sprintf("{($.eventSource=%s.amazonaws.com) && (%s)}", service, anyOf(names))
}

func anyOf(names []string) string {
	terms := make([]string, len(names))
	for i, name := range names {
		terms[i] = "($.eventName=" + name + ")"
	}
	return strings.Join(terms, " || ")
}

// createAlarms raises the alarms on the trail's events.
func (b *builder) createAlarms() error {
	if b.args.Alarms.Disabled {
		return nil
	}
	for _, name := range keysOf(alarms) {
		if slices.Contains(b.args.Alarms.Except, name) {
			continue
		}
		if err := b.createAlarm(name, alarms[name]); err != nil {
			return err
		}
	}
	return nil
}

// createAlarm counts the events that match the alarm's pattern, and raises it in the five minutes in which there is one.
func (b *builder) createAlarm(name string, a alarm) error {
	namespace := naming.AWSMetricNamespace.Name(b.FullName()...)
	filter, err := cloudwatch.NewLogMetricFilter(b.Ctx, b.Child(name), &cloudwatch.LogMetricFilterArgs{
		Name:         pulumi.String(name),
		LogGroupName: b.logGroup.Name,
		Pattern:      pulumi.String(a.pattern),
		MetricTransformation: cloudwatch.LogMetricFilterMetricTransformationArgs{
			Name: pulumi.String(name), Namespace: pulumi.String(namespace), Value: pulumi.String("1"),
		},
	}, b.Options()...)
	if err != nil {
		return err
	}
	_, err = cloudwatch.NewMetricAlarm(b.Ctx, b.Child(name), &cloudwatch.MetricAlarmArgs{
		Name:               pulumi.String(naming.AWSAlarm.Name(b.FullName(name)...)),
		AlarmDescription:   pulumi.String(a.says),
		Namespace:          pulumi.String(namespace),
		MetricName:         filter.Name,
		Statistic:          pulumi.String("Sum"),
		Period:             pulumi.Int(300),
		EvaluationPeriods:  pulumi.Int(1),
		ComparisonOperator: pulumi.String("GreaterThanOrEqualToThreshold"),
		Threshold:          pulumi.Float64(1),
		TreatMissingData:   pulumi.String("notBreaching"),
		AlarmActions:       pulumi.Array{b.topic.ARN},
		Tags:               b.TagInput(name),
	}, b.Options(pulumi.DependsOn(b.topic.Ready))...)
	return err
}
