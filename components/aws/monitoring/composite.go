package monitoring

import (
	"regexp"
	"strings"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/cloudwatch"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/holdfast-iac/holdfast/components/spec"
)

// composite is an alarm on other alarms.
type composite struct {
	kind     string
	severity spec.Severity
	means    string
	rule     string // with the keys of alarms in braces
}

// composites returns the alarms on other alarms.
func (a *Args) composites() []composite {
	if a.LoadBalancer == nil || a.LoadBalancer.AlarmsElsewhere {
		return nil
	}
	var none []string
	for _, backend := range a.LoadBalancer.Backends {
		none = append(none, "ALARM({"+joined("service-down-hosts", backend)+"})")
	}
	down := composite{
		kind: "service-down", severity: spec.Critical,
		means: "Users get nothing but errors: no backend has a healthy target, or most requests fail. Look at the latest " +
			"deployment and roll it back.",
		rule: "(" + strings.Join(none, " AND ") + ") OR ALARM({service-down-errors})",
	}
	if a.LoadBalancer.TCP {
		down.means = "No backend has a healthy target. Look at the latest deployment and roll it back."
		down.rule = strings.Join(none, " AND ")
	}
	all := []composite{down}
	if a.Objective.Disabled {
		return all
	}
	for _, burn := range burns() {
		all = append(all, composite{kind: burn.kind, severity: burn.severity, means: burn.means, rule: burn.rule()})
	}
	return all
}

// inBraces is the key of an alarm in a rule.
var inBraces = regexp.MustCompile(`\{([^}]+)\}`)

// parts returns the keys of the alarms that a rule is about.
func (c composite) parts() []string {
	var keys []string
	for _, match := range inBraces.FindAllStringSubmatch(c.rule, -1) {
		keys = append(keys, match[1])
	}
	return keys
}

// createComposites creates the alarms on other alarms. CloudWatch refuses a rule about alarms that are not there, and
// refuses to delete an alarm that a rule is about: so they come after their parts, and go before them.
func (b *builder) createComposites() error {
	for _, c := range b.args.keptComposites() {
		if err := b.createComposite(c); err != nil {
			return err
		}
	}
	return nil
}

func (b *builder) createComposite(c composite) error {
	after := append([]pulumi.Resource{}, b.ready...)
	for _, part := range c.parts() {
		after = append(after, b.alarms[part].resource)
	}
	created, err := cloudwatch.NewCompositeAlarm(b.Ctx, b.Child("alarm", c.kind), &cloudwatch.CompositeAlarmArgs{
		AlarmName:        pulumi.String(b.alarmName(c.kind)),
		AlarmDescription: pulumi.String(b.description(c.kind, c.severity, c.means)),
		AlarmRule: pulumi.String(inBraces.ReplaceAllStringFunc(c.rule, func(key string) string {
			return `"` + b.alarmName(strings.Trim(key, "{}")) + `"`
		})),
		AlarmActions: pulumi.StringArray{b.topics[c.severity]},
		OkActions:    pulumi.StringArray{b.topics[c.severity]},
		Tags:         b.TagInput(c.kind),
	}, b.Options(pulumi.DependsOn(after))...)
	if err != nil {
		return err
	}
	b.alarms[c.kind] = made{created, created.AlarmName, created.Arn, false}
	return nil
}
