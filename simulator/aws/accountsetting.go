package aws

import (
	"strings"

	"github.com/holdfast-iac/holdfast/simulator"
)

// What is set for an account, or for a region of it, as a whole. Sources: terraform-provider-aws, internal/service/
// {ec2/{ebs_default_kms_key,ebs_snapshot_block_public_access,ec2_image_block_public_access,ec2_instance_metadata_defaults},
// account/alternate_contact,ce/{anomaly_monitor,anomaly_subscription}}.go; the APIs that they call.

// ofTheRegion is the id of what the provider calls by its region.
func ofTheRegion(c *simulator.Call) string { return c.Region }

var (
	defaultDiskKeyKind    = &simulator.Kind{Noun: "EBS Default KMS Key", ID: textOf("keyArn")}
	snapshotBlockKind     = &simulator.Kind{Noun: "EBS Snapshot Block Public Access", ID: ofTheRegion}
	imageBlockKind        = &simulator.Kind{Noun: "EC2 Image Block Public Access", ID: ofTheRegion}
	metadataDefaultsKind  = &simulator.Kind{Noun: "EC2 Instance Metadata Defaults", ID: ofTheRegion}
	alternateContactKind  = &simulator.Kind{Noun: "Account Alternate Contact", Global: true, ID: contactID}
	anomalyMonitorKind    = costKind("Cost Explorer Anomaly Monitor", "anomalymonitor")
	anomalySubscriberKind = costKind("Cost Explorer Anomaly Subscription", "anomalysubscription")
)

// contactID is the contact's type, after the account if one is named.
func contactID(c *simulator.Call) string {
	if account := c.Text("accountId"); account != "" {
		return account + "/" + c.Text("alternateContactType")
	}
	return c.Text("alternateContactType")
}

// costKind is a kind of Cost Explorer, whose things are known by their ARNs.
func costKind(noun, kind string) *simulator.Kind {
	return &simulator.Kind{
		Noun: noun, Global: true, ARN: "{id}",
		ID: func(c *simulator.Call) string {
			return "arn:" + c.Partition + ":ce::" + c.Account + ":" + kind + "/" + asUUID(c.Hex(kind, 32))
		},
	}
}

func accountSettingTypes() []*simulator.Type {
	return []*simulator.Type{
		{
			Token: "aws:ebs/defaultKmsKey:DefaultKmsKey", Kind: defaultDiskKeyKind, Setting: true,
			Immutable: []string{"keyArn"},
			Rules:     map[string]simulator.Rule{"keyArn": validARN},
			API:       []string{"ec2:ModifyEbsDefaultKmsKeyId"}, Parameters: map[string]string{"keyArn": "KmsKeyId"},
		},
		{
			Token: "aws:ebs/snapshotBlockPublicAccess:SnapshotBlockPublicAccess", Kind: snapshotBlockKind, Setting: true,
			Rules: map[string]simulator.Rule{"state": simulator.OneOf("block-all-sharing", "block-new-sharing", "unblocked")},
			API:   []string{"ec2:EnableSnapshotBlockPublicAccess"}, Parameters: map[string]string{"state": ""},
		},
		{
			Token: "aws:ec2/imageBlockPublicAccess:ImageBlockPublicAccess", Kind: imageBlockKind, Setting: true,
			Rules: map[string]simulator.Rule{"state": simulator.OneOf("block-new-sharing", "unblocked")},
			API:   []string{"ec2:EnableImageBlockPublicAccess"}, Parameters: map[string]string{"state": ""},
		},
		{
			Token: "aws:ec2/instanceMetadataDefaults:InstanceMetadataDefaults", Kind: metadataDefaultsKind, Setting: true,
			Defaults: map[string]any{
				"httpEndpoint": "no-preference", "httpPutResponseHopLimit": -1, "httpTokens": "no-preference",
				"instanceMetadataTags": "no-preference",
			},
			Rules: map[string]simulator.Rule{
				"httpEndpoint":         simulator.OneOf("disabled", "enabled", "no-preference"),
				"httpTokens":           simulator.OneOf("no-preference", "optional", "required"),
				"instanceMetadataTags": simulator.OneOf("disabled", "enabled", "no-preference"),
			},
		},
		{
			Token: "aws:account/alternativeContact:AlternativeContact", Kind: alternateContactKind, Setting: true,
			Immutable: []string{"accountId", "alternateContactType"},
			Rules: map[string]simulator.Rule{
				"alternateContactType": simulator.OneOf("BILLING", "OPERATIONS", "SECURITY"),
				"emailAddress": simulator.Text(func(email string) string {
					if !strings.Contains(email, "@") {
						return "it must be an email address"
					}
					return ""
				}),
			},
		},
		{
			Token: "aws:costexplorer/anomalyMonitor:AnomalyMonitor", Kind: anomalyMonitorKind,
			Immutable: []string{"monitorDimension", "monitorSpecification", "monitorType"},
			AtMostOne: [][]string{{"monitorDimension", "monitorSpecification"}},
			Rules:     map[string]simulator.Rule{"monitorType": simulator.OneOf("CUSTOM", "DIMENSIONAL")},
			Unique: []simulator.Unique{{
				Origin: simulator.Origin{ID: "aws-ce-one-service-monitor",
					Source: "https://github.com/aws-cloudformation/cloudformation-coverage-roadmap/issues/2515"},
				Properties: []string{"monitorDimension"},
				Error:      "ValidationException: Limit exceeded on dimensional spend monitor creation%.0s", // the key says nothing
			}},
		},
		{
			Token: "aws:costexplorer/anomalySubscription:AnomalySubscription", Kind: anomalySubscriberKind,
			Immutable: []string{"accountId", "name"},
			Sets:      []string{"subscribers"},
			References: []simulator.Reference{{
				Property: "monitorArnLists[*]", To: kinds(anomalyMonitorKind), By: simulator.ByARN, OnDelete: simulator.Ignore,
				NotFound: "UnknownMonitorException: The monitor %s does not exist",
			}},
			Rules: map[string]simulator.Rule{
				"frequency":           simulator.OneOf("DAILY", "IMMEDIATE", "WEEKLY"),
				"subscribers[*].type": simulator.OneOf("EMAIL", "SNS"),
			},
			Compute: func(c *simulator.Call) { c.SetNew("accountId", c.Account) },
		},
	}
}
