package baseline

import (
	"encoding/json"
	"slices"
	"strings"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/cloudwatch"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/holdfast-iac/holdfast/components/naming"
	"github.com/holdfast-iac/holdfast/components/spec"
)

// ranks are where GuardDuty's severities begin (GuardDuty User Guide, "Severity levels of GuardDuty findings").
var ranks = map[spec.FindingSeverity]float64{
	spec.FindingLow: 1, spec.FindingMedium: 4, spec.FindingHigh: 7, spec.FindingCritical: 9,
}

// event is a pattern of EventBridge.
type event struct {
	Source     string
	DetailType string
	Detail     map[string]any
}

// findings returns the events that tell of findings, by what found them. Security Hub gathers what the two others find:
// their own events come sooner and say when something is over, so that nothing is told twice.
func (a *Args) findings() map[string]event {
	events := map[string]event{}
	least := a.Findings.MinSeverity
	if a.ThreatDetection.Mode != spec.Off {
		events["threats"] = event{"aws.guardduty", "GuardDuty Finding", map[string]any{
			"severity": []any{map[string]any{"numeric": []any{">=", ranks[least]}}},
		}}
	}
	if a.AccessAnalysis.Mode != spec.Off {
		events["access"] = event{"aws.access-analyzer", "Access Analyzer Finding", map[string]any{"status": []string{"ACTIVE"}}}
	}
	if a.Posture.Mode != spec.Off {
		// A standard that is met, and what somebody has seen to, is no longer new (Security Hub User Guide, "Setting the
		// workflow status of findings").
		events["posture"] = event{"aws.securityhub", "Security Hub Findings - Imported", map[string]any{"findings": map[string]any{
			"ProductName": []any{map[string]any{"anything-but": []string{"GuardDuty", "IAM Access Analyzer"}}},
			"RecordState": []string{"ACTIVE"},
			"Workflow":    map[string]any{"Status": []string{"NEW"}},
			"Severity":    map[string]any{"Label": labels(least)},
		}}}
	}
	return events
}

// labels are Security Hub's severities from least on, high at the earliest.
func labels(least spec.FindingSeverity) []string {
	all := spec.FindingSeverities()
	from := max(slices.Index(all, least), slices.Index(all, spec.FindingHigh))
	var names []string
	for _, severity := range all[from:] {
		names = append(names, strings.ToUpper(string(severity)))
	}
	return names
}

// createFindings has the topic told of findings. They come where the services are: in the region.
func (b *builder) createFindings() error {
	if b.args.Findings.Disabled {
		return nil
	}
	events := b.args.findings()
	for _, name := range keysOf(events) {
		part, e := "findings-"+name, events[name]
		pattern, err := json.Marshal(map[string]any{
			"source": []string{e.Source}, "detail-type": []string{e.DetailType}, "detail": e.Detail,
		})
		if err != nil {
			return err
		}
		rule, err := cloudwatch.NewEventRule(b.Ctx, b.Child(part), &cloudwatch.EventRuleArgs{
			Name:         pulumi.String(naming.AWSEventRule.Name(b.FullName(part)...)),
			Description:  pulumi.String("Tells of findings"),
			EventPattern: pulumi.String(string(pattern)),
			Tags:         b.TagInput(part),
		}, b.Options()...)
		if err != nil {
			return err
		}
		if _, err := cloudwatch.NewEventTarget(b.Ctx, b.Child(part), &cloudwatch.EventTargetArgs{
			Rule: rule.Name, TargetId: pulumi.String("topic"), Arn: b.topic.ARN,
		}, b.Options(pulumi.DependsOn(b.topic.Ready))...); err != nil {
			return err
		}
	}
	return nil
}
