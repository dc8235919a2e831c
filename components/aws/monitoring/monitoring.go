// Package monitoring watches a platform on AWS with Amazon CloudWatch: alarms on what users get and on everything that
// serves them, topics that carry the news, application logs, and a dashboard.
//
// What is watched follows from the targets that are given. Alarms are named by what they watch, so that adding one at
// any place replaces none.
//
// One instance can watch the load balancer alone, so that its alarms can roll back the deployments of a cluster that does
// not exist yet (RollbackAlarmNames); a second one, with the first one's TopicARNs, watches the rest.
package monitoring

import (
	"fmt"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/holdfast-iac/holdfast/components/aws/internal/family"
	"github.com/holdfast-iac/holdfast/components/spec"
)

// Token is the type of the component in a stack's state.
const Token = "holdfast:aws:Monitoring"

// Monitoring is a dashboard, alarms and the topics that they notify.
type Monitoring struct {
	pulumi.ResourceState

	// DashboardName is the name of the dashboard; empty without one.
	DashboardName pulumi.StringOutput `pulumi:"dashboardName"`
	// DashboardURL is where to look at the dashboard, in the console; empty without one.
	DashboardURL pulumi.StringOutput `pulumi:"dashboardUrl"`
	// TopicARNs are the topics that alarms notify, by severity: "critical" and "warning".
	TopicARNs pulumi.StringMapOutput `pulumi:"topicArns"`
	// AlarmNames are the names of the alarms in the account, by their names here, such as "errors" or "cpu-main".
	AlarmNames pulumi.StringMapOutput `pulumi:"alarmNames"`
	// AlarmARNs are the ARNs of the alarms, by their names here.
	AlarmARNs pulumi.StringMapOutput `pulumi:"alarmArns"`
	// RollbackAlarmNames are the names of the alarms that mean that a deployment went wrong: users get errors or wait. None
	// without a load balancer.
	RollbackAlarmNames pulumi.StringArrayOutput `pulumi:"rollbackAlarmNames"`
	// LogGroupNames are the log groups of the application logs, by their names here.
	LogGroupNames pulumi.StringMapOutput `pulumi:"logGroupNames"`
	// KeyARN is the key that encrypts topics and logs; empty when there are none.
	KeyARN pulumi.StringOutput `pulumi:"keyArn"`
}

// New creates the monitoring. A nil args watches nothing yet, but has topics for alarms to notify. It fails before it
// registers anything if args are not valid, with every problem in one error.
func New(ctx *pulumi.Context, name string, args *Args, opts ...pulumi.ResourceOption) (*Monitoring, error) {
	if args == nil {
		args = &Args{}
	}
	if err := args.Validate(); err != nil {
		return nil, fmt.Errorf("monitoring %q is not valid:\n%w", name, err)
	}
	monitoring := &Monitoring{}
	if err := ctx.RegisterComponentResource(Token, name, monitoring, opts...); err != nil {
		return nil, err
	}
	b := &builder{
		Family: family.Family{Ctx: ctx, Parent: monitoring, Name: name, Tags: args.Tags},
		args:   args.withDefaults(), monitoring: monitoring,
		topics: map[spec.Severity]pulumi.StringInput{}, alarms: map[string]made{},
	}
	if err := b.build(); err != nil {
		return nil, fmt.Errorf("monitoring %q: %w", name, err)
	}
	return monitoring, ctx.RegisterResourceOutputs(monitoring, monitoring.outputs())
}

// outputs maps the fields of the monitoring to the names in their tags.
func (m *Monitoring) outputs() pulumi.Map {
	return pulumi.Map{
		"dashboardName":      m.DashboardName,
		"dashboardUrl":       m.DashboardURL,
		"topicArns":          m.TopicARNs,
		"alarmNames":         m.AlarmNames,
		"alarmArns":          m.AlarmARNs,
		"rollbackAlarmNames": m.RollbackAlarmNames,
		"logGroupNames":      m.LogGroupNames,
		"keyArn":             m.KeyARN,
	}
}

// builder creates the children of one monitoring. Each of its steps is in a file of its own; a step reads what the steps
// before it have set.
type builder struct {
	family.Family
	args       Args // with defaults
	monitoring *Monitoring

	account family.Account
	keyARN  pulumi.StringPtrInput
	topics  map[spec.Severity]pulumi.StringInput
	ready   []pulumi.Resource // the topics' policies, without which nobody hears of an alarm
	alarms  map[string]made
}

// made is an alarm that was created.
type made struct {
	resource  pulumi.Resource
	name, arn pulumi.StringOutput
	silent    bool // a part of an alarm on other alarms
}

func (b *builder) build() error {
	if len(b.args.TopicARNs)+len(b.args.Emails)+len(b.args.Webhooks)+len(b.args.SlackChannels) == 0 {
		text := "nobody hears of alarms: set emails, webhooks or slackChannels"
		if err := b.Ctx.Log.Warn(text, &pulumi.LogArgs{Resource: b.monitoring}); err != nil {
			return err
		}
	}
	for _, step := range []func() error{
		b.lookUpAccount, b.createKey, b.createTopics, b.createSubscriptions, b.createChat, b.createLogs,
		b.createAlarms, b.createComposites, b.createDashboard, b.nameAlarms,
	} {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

func (b *builder) lookUpAccount() (err error) {
	b.account, err = b.Account()
	return err
}

// rollbackAlarms are the alarms that mean that a deployment went wrong.
func rollbackAlarms() []string { return []string{"errors", "latency"} }

// nameAlarms tells others what the alarms are called.
func (b *builder) nameAlarms() error {
	names, arns, rollback := pulumi.StringMap{}, pulumi.StringMap{}, pulumi.StringArray{}
	for key, alarm := range b.alarms {
		names[key], arns[key] = alarm.name, alarm.arn
	}
	for _, key := range rollbackAlarms() {
		if alarm, ok := b.alarms[key]; ok {
			rollback = append(rollback, alarm.name)
		}
	}
	b.monitoring.AlarmNames, b.monitoring.AlarmARNs = names.ToStringMapOutput(), arns.ToStringMapOutput()
	b.monitoring.RollbackAlarmNames = rollback.ToStringArrayOutput()
	return nil
}
