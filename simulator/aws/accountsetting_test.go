package aws_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/holdfast-iac/holdfast/simulator/simulatortest"
)

const (
	diskKeyToken   = "aws:ebs/defaultKmsKey:DefaultKmsKey"
	snapshotsToken = "aws:ebs/snapshotBlockPublicAccess:SnapshotBlockPublicAccess"
	imagesToken    = "aws:ec2/imageBlockPublicAccess:ImageBlockPublicAccess"
	metadataToken  = "aws:ec2/instanceMetadataDefaults:InstanceMetadataDefaults"
	contactToken   = "aws:account/alternativeContact:AlternativeContact"
	monitorToken   = "aws:costexplorer/anomalyMonitor:AnomalyMonitor"
	anomalyToken   = "aws:costexplorer/anomalySubscription:AnomalySubscription"
)

func serviceMonitor() inputs {
	return inputs{"monitorType": "DIMENSIONAL", "monitorDimension": "SERVICE"}
}

func accountSettingFixtures() []simulatortest.Fixture {
	kms := func(id string) string { return "arn:aws:kms:us-west-2:123456789012:key/" + id }
	return []simulatortest.Fixture{
		{
			Type: diskKeyToken, Inputs: func(*world) inputs { return inputs{"keyArn": kms("1")} },
			Replace: changing(inputs{"keyArn": kms("2")}),
		},
		{
			Type: snapshotsToken, Inputs: func(*world) inputs { return inputs{"state": "block-all-sharing"} },
			Update: changing(inputs{"state": "unblocked"}),
		},
		{
			Type: imagesToken, Inputs: func(*world) inputs { return inputs{"state": "block-new-sharing"} },
			Update: changing(inputs{"state": "unblocked"}),
		},
		{
			Type: metadataToken, Inputs: func(*world) inputs { return inputs{"httpTokens": "required"} },
			Update: changing(inputs{"httpPutResponseHopLimit": 2}),
		},
		{
			Type: contactToken,
			Inputs: func(*world) inputs {
				return inputs{
					"alternateContactType": "SECURITY", "name": "Security", "title": "Team", "emailAddress": "security@holdfast.example",
					"phoneNumber": "+49 30 901820",
				}
			},
			Update:  changing(inputs{"title": "Officers"}),
			Replace: changing(inputs{"alternateContactType": "BILLING"}),
		},
		{
			Type: monitorToken, Inputs: func(*world) inputs { return serviceMonitor() },
			Update: changing(inputs{"name": "services"}),
			Replace: changing(inputs{
				"monitorType": "CUSTOM", "monitorDimension": nil, "monitorSpecification": `{"Tags":{"Key":"team","Values":["a"]}}`,
			}),
		},
		{
			Type: anomalyToken,
			Inputs: func(w *world) inputs {
				monitor := w.Create(monitorToken, "monitor", serviceMonitor())
				return inputs{
					"name": "unusual", "frequency": "DAILY", "monitorArnLists": []any{monitor.ID()},
					"subscribers": []any{inputs{"type": "EMAIL", "address": "money@holdfast.example"}},
				}
			},
			Update:  changing(inputs{"frequency": "WEEKLY"}),
			Replace: changing(inputs{"name": "strange"}),
		},
	}
}

func accountSettingCases() []simulatortest.Case {
	return []simulatortest.Case{{
		ID: "aws-ce-one-service-monitor", Code: "ValidationException", Text: "Limit exceeded on dimensional spend monitor creation",
		Fails: func(w *world) error {
			w.Create(monitorToken, "first", serviceMonitor())
			return try(w, monitorToken, serviceMonitor())
		},
		Passes: func(w *world) error {
			w.Create(monitorToken, "first", serviceMonitor())
			return try(w, monitorToken, inputs{"monitorType": "CUSTOM", "monitorSpecification": "{}"})
		},
	}}
}

// A setting is set by whoever sets it last, and nobody is refused.
func TestSettingsAreSetAnew(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	first := w.Create(snapshotsToken, "first", inputs{"state": "block-all-sharing"})
	second := w.Create(snapshotsToken, "second", inputs{"state": "unblocked"})
	assert.Equal(t, first.ID(), second.ID())
	w.Create("aws:ebs/encryptionByDefault:EncryptionByDefault", "one", inputs{"enabled": false})
	w.Create("aws:ebs/encryptionByDefault:EncryptionByDefault", "two", inputs{})
	assert.NoError(t, try(w, volumeToken, inputs{"availabilityZone": "us-west-2a", "size": 1, "kmsKeyId": "arn:aws:kms:us-west-2:210987654321:key/1"}),
		"the last one encrypts")
}
