package baseline

import (
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/assert"

	"github.com/holdfast-iac/holdfast/components/spec"
)

// What is told of, and from where on.
func TestFindings(t *testing.T) {
	t.Parallel()
	threats := func(least string) string {
		return `{"source":["aws.guardduty"],"detail-type":["GuardDuty Finding"],"detail":{"severity":[{"numeric":[">=",` + least + `]}]}}`
	}
	posture := func(labels string) string {
		return `{"source":["aws.securityhub"],"detail-type":["Security Hub Findings - Imported"],"detail":{"findings":{
			"ProductName":[{"anything-but":["GuardDuty","IAM Access Analyzer"]}],"RecordState":["ACTIVE"],
			"Workflow":{"Status":["NEW"]},"Severity":{"Label":[` + labels + `]}}}}`
	}
	const access = `{"source":["aws.access-analyzer"],"detail-type":["Access Analyzer Finding"],"detail":{"status":["ACTIVE"]}}`
	off := spec.Findings{Disabled: true}
	for name, test := range map[string]struct {
		baseline spec.Baseline
		want     map[string]string
	}{
		"default": {spec.Baseline{}, map[string]string{"threats": threats("4"), "access": access, "posture": posture(`"HIGH","CRITICAL"`)}},
		"low": {spec.Baseline{Findings: spec.Findings{MinSeverity: spec.FindingLow}},
			map[string]string{"threats": threats("1"), "access": access, "posture": posture(`"HIGH","CRITICAL"`)}},
		"critical": {spec.Baseline{Findings: spec.Findings{MinSeverity: spec.FindingCritical}},
			map[string]string{"threats": threats("9"), "access": access, "posture": posture(`"CRITICAL"`)}},
		"standards alone": {spec.Baseline{ThreatDetection: spec.ThreatDetection{Mode: spec.Off}, AccessAnalysis: spec.AccessAnalysis{Mode: spec.Off}},
			map[string]string{"posture": posture(`"HIGH","CRITICAL"`)}},
		"nothing finds": {spec.Baseline{ThreatDetection: spec.ThreatDetection{Mode: spec.Off}, AccessAnalysis: spec.AccessAnalysis{Mode: spec.Off},
			Posture: spec.Posture{Mode: spec.Off}}, map[string]string{}},
		"nobody is told": {spec.Baseline{Findings: off}, map[string]string{}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := run(t, &Args{Baseline: test.baseline})
			assert.Len(t, r.OfType(eventRuleType), len(test.want))
			assert.Len(t, r.OfType(eventTargetType), len(test.want))
			for part, want := range test.want {
				rule, target := named(t, r, eventRuleType, "main-findings-"+part), named(t, r, eventTargetType, "main-findings-"+part)
				assert.JSONEq(t, want, text(rule, "eventPattern"))
				assert.Equal(t, rule.Inputs["name"], target.Inputs["rule"])
				assert.Equal(t, "arn:aws:sns:us-east-1:123456789012:holdfast-test-main-topic", text(target, "arn"))
				assert.NotContains(t, target.Inputs, resource.PropertyKey("roleArn"), "messages to an encrypted topic would get lost")
				dependsOn(t, target, "aws:sns/topicPolicy:TopicPolicy::main-topic")
			}
		})
	}
}

// There is a topic as long as there is something to tell.
func TestTopicOfFindings(t *testing.T) {
	t.Parallel()
	quiet := spec.Baseline{Alarms: spec.Alarms{Disabled: true}}
	r := run(t, &Args{Baseline: quiet})
	assert.Len(t, r.OfType(topicType), 1, "findings are told without alarms")
	quiet.Findings.Disabled = true
	r = run(t, &Args{Baseline: quiet}, func(b *Baseline) {
		b.TopicARN.ApplyT(func(arn string) string { assert.Empty(t, arn); return arn })
	})
	assert.Empty(t, r.OfType(topicType))

	const own = "arn:aws:sns:us-east-1:123456789012:ours"
	r = run(t, &Args{TopicARN: pulumi.String(own)})
	assert.Equal(t, own, text(named(t, r, eventTargetType, "main-findings-threats"), "arn"))
}
