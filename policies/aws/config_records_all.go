package aws

import (
	"github.com/holdfast-iac/holdfast/policies/frameworks"
	"github.com/holdfast-iac/holdfast/policies/policy"
)

// ConfigRecordsAll wants recorders of AWS Config to record all types of resources, or all but some.
var ConfigRecordsAll = policy.Policy{
	ID:        "aws-config-records-all",
	Title:     "Recorders must record all types of resources.",
	Severity:  policy.Low,
	Level:     policy.Advisory,
	Rationale: "What a list of types leaves out has no history, and that is where nobody looks: new services first.",
	Remediation: "Set recordingGroup.allSupported to true and drop resourceTypes; to leave some out, use the strategy " +
		"EXCLUSION_BY_RESOURCE_TYPES.",
	Controls: frameworks.Controls{SOC2: "CC7.1 CC3.4", ISO27001: "A.8.9", CISAWS: "3.3"}.List(),
	Tags:     []string{"security", "logging"},
	Peers:    []string{"Checkov CKV2_AWS_48"},
	Bad: []policy.Example{
		{Name: "recorder", Type: recorderType, Properties: props{
			"roleArn":        "arn:aws:iam::123456789012:role/config",
			"recordingGroup": props{"allSupported": false, "resourceTypes": []any{"AWS::EC2::Instance"}},
		}},
	},
	Good: []policy.Example{
		{Name: "recorder", Type: recorderType, Properties: props{
			"roleArn":        "arn:aws:iam::123456789012:role/config",
			"recordingGroup": props{"allSupported": true, "includeGlobalResourceTypes": true},
		}},
	},
	Rules: []policy.Rule{
		policy.On(recorderType, func(r *policy.Report, recorder struct {
			Group policy.Value[recordingGroup] `pulumi:"recordingGroup"`
		}) {
			if recorder.Group.Get().selects() {
				r.Fail("It records some types only.")
			}
		}),
		policy.OnRemediate(recorderType, func(r *policy.Remediation, recorder struct {
			Group policy.Value[recordingGroup] `pulumi:"recordingGroup"`
		}) {
			if recorder.Group.Get().selects() {
				r.Set("recordingGroup", map[string]any{"allSupported": true}) // AWS takes no selection beside it
			}
		}),
	},
}

type recordingGroup struct {
	All        policy.Value[bool]             `pulumi:"allSupported"`
	Strategies policy.List[recordingStrategy] `pulumi:"recordingStrategies"`
}

type recordingStrategy struct {
	Only policy.Value[string] `pulumi:"useOnly"`
}

// selects reports whether only some types are recorded. Without a group, all are.
func (g recordingGroup) selects() bool {
	return policy.AllOf(
		func() bool { return !g.All.Or(true) },
		func() bool {
			return !g.Strategies.Any(func(s recordingStrategy) bool { return s.Only.Get() == "EXCLUSION_BY_RESOURCE_TYPES" })
		},
	)
}
