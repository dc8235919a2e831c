package aws

import (
	"encoding/json"

	"github.com/holdfast-iac/holdfast/policies/frameworks"
	"github.com/holdfast-iac/holdfast/policies/policy"
)

// SSMSessionLogs wants the sessions of Session Manager to be logged, and their logs encrypted.
var SSMSessionLogs = policy.Policy{
	ID:       "aws-ssm-session-logs",
	Title:    "Sessions on machines must be logged.",
	Severity: policy.Medium,
	Level:    policy.Advisory,
	Rationale: "CloudTrail says who opened a session on a machine. What they typed there is in the log of the session, if " +
		"there is one.",
	Remediation: "Set s3BucketName with s3EncryptionEnabled, or cloudWatchLogGroupName with cloudWatchEncryptionEnabled, in " +
		"the inputs of the document.",
	Controls: frameworks.Controls{SOC2: "CC7.2", ISO27001: "A.8.15 A.8.18"}.List(),
	Tags:     []string{"security", "logging"},
	Peers:    []string{"Checkov CKV_AWS_113"},
	Bad: []policy.Example{
		{Name: "sessions", Type: ssmDocumentType, Properties: props{
			"documentType": "Session", "name": "SSM-SessionManagerRunShell",
			"content": `{"schemaVersion": "1.0", "sessionType": "Standard_Stream", "inputs": {"idleSessionTimeout": "20"}}`,
		}},
	},
	Good: []policy.Example{
		{Name: "sessions", Type: ssmDocumentType, Properties: props{
			"documentType": "Session", "name": "SSM-SessionManagerRunShell",
			"content": `{"schemaVersion": "1.0", "sessionType": "Standard_Stream", "inputs": {"cloudWatchLogGroupName": "sessions", "cloudWatchEncryptionEnabled": true}}`,
		}},
	},
	Rules: []policy.Rule{
		policy.On(ssmDocumentType, func(r *policy.Report, d sessionDocument) {
			if d.Type.Get() != "Session" || d.Format.Or("JSON") != "JSON" {
				return
			}
			var content sessionContent
			if json.Unmarshal([]byte(d.Content.Get()), &content) == nil && !content.Inputs.logged() {
				r.Fail("What is typed in a session is not logged, or not encrypted.")
			}
		}),
	},
}

type sessionDocument struct {
	Type    policy.Value[string] `pulumi:"documentType"`
	Format  policy.Value[string] `pulumi:"documentFormat"`
	Content policy.Value[string] `pulumi:"content"`
}

// sessionContent are the preferences of sessions (AWS Systems Manager User Guide, "Session document schema").
type sessionContent struct {
	SessionType string
	Inputs      sessionInputs
}

type sessionInputs struct {
	S3BucketName, CloudWatchLogGroupName             string
	S3EncryptionEnabled, CloudWatchEncryptionEnabled bool
}

func (s sessionInputs) logged() bool {
	return s.S3BucketName != "" && s.S3EncryptionEnabled || s.CloudWatchLogGroupName != "" && s.CloudWatchEncryptionEnabled
}
