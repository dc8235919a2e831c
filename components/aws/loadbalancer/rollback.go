package loadbalancer

import (
	"strings"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/cloudwatch"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/sfn"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/holdfast-iac/holdfast/components/aws/internal/iamdoc"
	"github.com/holdfast-iac/holdfast/components/aws/internal/logs"
	"github.com/holdfast-iac/holdfast/components/aws/internal/role"
	"github.com/holdfast-iac/holdfast/components/naming"
)

// rollbackLogDays is how long the log of rollbacks is kept.
const rollbackLogDays = 365

// rollback is the way of a candidate's traffic back.
type rollback struct {
	candidate, to string
	alarms        []*cloudwatch.MetricAlarm
	machine       *sfn.StateMachine
	rule          *cloudwatch.EventRule
}

// part names a part of the rollback. It holds the candidate: that of the next release has resources of its own.
func (r *rollback) part(more ...string) []string {
	return append([]string{"rollback", r.candidate}, more...)
}

// word is part, where one word is asked for.
func (r *rollback) word(more ...string) string { return strings.Join(r.part(more...), "-") }

// createRollback takes the traffic from a candidate that fails: alarms of its own start a state machine, which shares the
// traffic out anew. It is there as soon as the candidate is, whatever its weight: a release changes weights alone.
func (b *builder) createRollback() error {
	candidate := b.args.Candidate()
	if candidate == "" {
		return nil
	}
	r := &rollback{candidate: candidate, to: b.args.Backends[candidate].Rollback.To}
	for _, step := range []func(*rollback) error{b.createRollbackAlarms, b.createMachine, b.createTrigger, b.watchMachine} {
		if err := step(r); err != nil {
			return err
		}
	}
	return nil
}

// createMachine makes the state machine that turns the traffic back, and a role that may do that to this listener and its
// routes alone.
func (b *builder) createMachine(r *rollback) error {
	name := naming.AWSStateMachine.Name(b.FullName(r.part()...)...)
	// Below this prefix the groups of all services share one resource policy, whose size is limited (Step Functions guide,
	// "Avoiding Amazon CloudWatch Logs resource policy size restrictions").
	keyARN, err := b.logsKey()
	if err != nil {
		return err
	}
	group, err := logs.New(b.Family, r.word(), "/aws/vendedlogs/states/"+name, rollbackLogDays, keyARN)
	if err != nil {
		return err
	}
	does, err := role.New(b.Family, r.word(), role.Args{
		Description: "Turns the traffic of " + r.candidate + " back to " + r.to,
		Trust:       pulumi.String(b.trust("states", b.account.ARN("states", "stateMachine:*"))),
		Policy:      b.whenKnown(r, b.machinePolicy),
	})
	if err != nil {
		return err
	}
	r.machine, err = sfn.NewStateMachine(b.Ctx, b.Child(r.part()...), &sfn.StateMachineArgs{
		Name:       pulumi.String(name),
		RoleArn:    does.Arn,
		Definition: b.whenKnown(r, func(f facts) string { return b.definition(r, f) }),
		LoggingConfiguration: &sfn.StateMachineLoggingConfigurationArgs{
			Level: pulumi.String("ERROR"), IncludeExecutionData: pulumi.Bool(true), LogDestination: pulumi.Sprintf("%s:*", group.Arn),
		},
		Tags: b.TagInput(r.part()...),
	}, b.Options(pulumi.DependsOn(does.Ready))...)
	return err
}

// trust lets a service take a role on behalf of the account's own resources alone (Step Functions guide, "Prevent
// cross-service confused deputy issue"; EventBridge guide, "Cross-service confused deputy prevention").
func (b *builder) trust(service, source string) string {
	return iamdoc.Document(iamdoc.Statement{
		Principal: iamdoc.Service(service + ".amazonaws.com"), Action: []string{"sts:AssumeRole"},
		Condition: map[string]map[string]any{
			"StringEquals": {"aws:SourceAccount": b.account.ID}, "ArnLike": {"aws:SourceArn": source},
		},
	})
}

// machinePolicy lets the machine read what the load balancer and the alarms do, change the listener and its routes, and
// tell of it. Elastic Load Balancing's and log delivery's own calls know no resources (Service Authorization Reference;
// Step Functions guide, "Logging using CloudWatch Logs").
func (b *builder) machinePolicy(f facts) string {
	statements := []iamdoc.Statement{
		{
			Sid: "See", Resource: []string{"*"},
			Action: []string{"elasticloadbalancing:DescribeListeners", "elasticloadbalancing:DescribeRules", "elasticloadbalancing:DescribeTargetHealth"},
		},
		{Sid: "SeeAlarms", Action: []string{"cloudwatch:DescribeAlarms"}, Resource: []string{b.account.ARN("cloudwatch", "alarm:*")}},
		{Sid: "TurnBack", Action: []string{"elasticloadbalancing:ModifyListener"}, Resource: []string{f.listener}},
		{
			Sid: "Log", Resource: []string{"*"},
			Action: []string{
				"logs:CreateLogDelivery", "logs:GetLogDelivery", "logs:UpdateLogDelivery", "logs:DeleteLogDelivery",
				"logs:ListLogDeliveries", "logs:PutResourcePolicy", "logs:DescribeResourcePolicies", "logs:DescribeLogGroups",
			},
		},
	}
	if len(f.routes) > 0 {
		statements = append(statements, iamdoc.Statement{
			Sid: "TurnBackRoutes", Action: []string{"elasticloadbalancing:ModifyRule"}, Resource: f.routeARNs(),
		})
	}
	if f.topic != "" {
		statements = append(statements, iamdoc.Statement{Sid: "Tell", Action: []string{"sns:Publish"}, Resource: []string{f.topic}})
	}
	if f.topicKey != "" {
		statements = append(statements, iamdoc.Statement{
			Sid: "TellEncrypted", Action: []string{"kms:Decrypt", "kms:GenerateDataKey*"}, Resource: []string{f.topicKey},
			Condition: iamdoc.Equal("kms:ViaService", "sns."+b.account.Region+"."+b.account.DNSSuffix),
		})
	}
	return iamdoc.Document(statements...)
}

// createTrigger starts the machine when an alarm goes off, and every minute besides: an alarm that has gone off before
// the candidate got traffic does not go off again. EventBridge takes a rule with both (EventBridge API, PutRule). A run
// that finds nothing to do does nothing.
func (b *builder) createTrigger(r *rollback) error {
	name := naming.AWSEventRule.Name(b.FullName(r.part()...)...)
	arns := pulumi.StringArray{}
	for _, alarm := range r.alarms {
		arns = append(arns, alarm.Arn)
	}
	var err error
	r.rule, err = cloudwatch.NewEventRule(b.Ctx, b.Child(r.part()...), &cloudwatch.EventRuleArgs{
		Name:               pulumi.String(name),
		Description:        pulumi.String("An alarm of " + r.candidate + " goes off, or has gone off"),
		ScheduleExpression: pulumi.String("rate(1 minute)"),
		EventPattern:       arns.ToStringArrayOutput().ApplyT(alarmPattern).(pulumi.StringOutput),
		Tags:               b.TagInput(r.part()...),
	}, b.Options()...)
	if err != nil {
		return err
	}
	starts, err := role.New(b.Family, r.word("start"), role.Args{
		Description: "Starts the rollback of " + r.candidate,
		Trust:       pulumi.String(b.trust("events", b.account.ARN("events", "rule/"+name))),
		Policy: r.machine.Arn.ApplyT(func(arn string) string {
			return iamdoc.Document(iamdoc.Statement{Action: []string{"states:StartExecution"}, Resource: []string{arn}})
		}).(pulumi.StringOutput),
	})
	if err != nil {
		return err
	}
	_, err = cloudwatch.NewEventTarget(b.Ctx, b.Child(r.part()...), &cloudwatch.EventTargetArgs{
		Rule: r.rule.Name, TargetId: pulumi.String("rollback"), Arn: r.machine.Arn, RoleArn: starts.Arn,
		// A run sees what is then, not what the event said: after a minute the next one does as well.
		RetryPolicy: &cloudwatch.EventTargetRetryPolicyArgs{
			MaximumEventAgeInSeconds: pulumi.Int(60), MaximumRetryAttempts: pulumi.Int(10),
		},
	}, b.Options(pulumi.DependsOn(starts.Ready))...)
	return err
}

// alarmPattern matches events of alarms that go off (CloudWatch guide, "Alarm events and EventBridge").
func alarmPattern(arns []string) string {
	return mustJSON(map[string]any{
		"source": []string{"aws.cloudwatch"}, "detail-type": []string{"CloudWatch Alarm State Change"},
		"resources": arns, "detail": map[string]any{"state": map[string]any{"value": []string{"ALARM"}}},
	})
}
