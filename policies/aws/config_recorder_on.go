package aws

import (
	"github.com/holdfast-iac/holdfast/policies/frameworks"
	"github.com/holdfast-iac/holdfast/policies/policy"
)

// ConfigRecorderOn wants every recorder of AWS Config to be switched on and to have a place to deliver to.
var ConfigRecorderOn = policy.Policy{
	ID:        "aws-config-recorder-on",
	Title:     "Recorders of configurations must be switched on.",
	Severity:  policy.Medium,
	Level:     policy.Advisory,
	Rationale: "A recorder is off when it is made. One that nobody switches on looks like a control and records nothing.",
	Remediation: "Add an aws:cfg/recorderStatus:RecorderStatus with the name of the recorder and isEnabled true, and an " +
		"aws:cfg/deliveryChannel:DeliveryChannel.",
	Controls: frameworks.Controls{SOC2: "CC7.1 CC3.4", ISO27001: "A.8.9", CISAWS: "3.3"}.List(),
	Tags:     []string{"security", "logging"},
	Peers:    []string{"Checkov CKV2_AWS_45", "Security Hub Config.1"},
	Bad: []policy.Example{
		{Name: "recorder", Type: recorderType, Properties: props{"roleArn": "arn:aws:iam::123456789012:role/config"}},
	},
	Good: []policy.Example{
		{Name: "recorder", Type: recorderType, Properties: props{"roleArn": "arn:aws:iam::123456789012:role/config"}},
		{Name: "delivery", Type: deliveryChannelType, Properties: props{"s3BucketName": "acme-config"}},
		{Name: "on", Type: recorderStatusType, Properties: props{"name": "${recorder.name}", "isEnabled": true}},
	},
	Rules: []policy.Rule{
		policy.OnStack(func(r *policy.StackReport, stack struct {
			Recorders policy.Resources[struct{}]       `pulumi:"aws:cfg/recorder:Recorder"`
			Statuses  policy.Resources[recorderStatus] `pulumi:"aws:cfg/recorderStatus:RecorderStatus"`
			Channels  policy.Resources[struct{}]       `pulumi:"aws:cfg/deliveryChannel:DeliveryChannel"`
		}) {
			stack.Recorders.Each(func(recorder policy.Resource[struct{}]) {
				if stack.Channels.Len() == 0 {
					r.Fail(recorder.Node, "It has nowhere to deliver to.")
				}
				if !stack.Statuses.AnyReferring("name", recorder.Node, recorderIsOn) {
					r.Fail(recorder.Node, "Nothing switches it on.")
				}
			})
		}),
	},
}

type recorderStatus struct {
	Enabled policy.Value[bool] `pulumi:"isEnabled"`
}

func recorderIsOn(s policy.Resource[recorderStatus]) bool { return s.Props.Enabled.Get() }
