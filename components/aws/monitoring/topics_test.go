package monitoring

import (
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/holdfast-iac/holdfast/components/componenttest"
	"github.com/holdfast-iac/holdfast/components/spec"
)

func named(t *testing.T, r componenttest.Recording, token, name string) componenttest.Resource {
	t.Helper()
	res, ok := r.Named(token, name)
	require.True(t, ok, "%s %s in %v", token, name, r.URNs())
	return res
}

func text(r componenttest.Resource, key resource.PropertyKey) string {
	if !r.Inputs[key].IsString() {
		return ""
	}
	return r.Inputs[key].StringValue()
}

// CloudWatch must be allowed to use the key of an encrypted topic: otherwise the alarm goes off and nobody hears of it.
func TestTopicsAndTheirKey(t *testing.T) {
	t.Parallel()
	r := watch(t, &Args{}, func(m *Monitoring) {
		pulumi.All(m.TopicARNs, m.KeyARN).ApplyT(func(known []any) int {
			assert.Equal(t, map[string]string{
				"critical": "arn:aws:sns:us-east-1:123456789012:holdfast-test-main-critical",
				"warning":  "arn:aws:sns:us-east-1:123456789012:holdfast-test-main-warning",
			}, known[0])
			assert.Contains(t, known[1], "arn:aws:kms:us-east-1:123456789012:key/")
			return 0
		})
	})
	key := named(t, r, keyType, "main-alarms-key")
	assert.JSONEq(t, `{"Version":"2012-10-17","Statement":[
		{"Sid":"Account","Effect":"Allow","Principal":{"AWS":"arn:aws:iam::123456789012:root"},"Action":["kms:*"],"Resource":["*"]},
		{"Sid":"Alarms","Effect":"Allow","Principal":{"Service":"cloudwatch.amazonaws.com"},
			"Action":["kms:Decrypt","kms:GenerateDataKey*"],"Resource":["*"],
			"Condition":{"StringEquals":{"aws:SourceAccount":"123456789012"}}},
		{"Sid":"Databases","Effect":"Allow","Principal":{"Service":"events.rds.amazonaws.com"},
			"Action":["kms:Decrypt","kms:GenerateDataKey*"],"Resource":["*"],
			"Condition":{"StringEquals":{"aws:SourceAccount":"123456789012"}}},
		{"Sid":"Logs","Effect":"Allow","Principal":{"Service":"logs.us-east-1.amazonaws.com"},
			"Action":["kms:Encrypt*","kms:Decrypt*","kms:ReEncrypt*","kms:GenerateDataKey*","kms:Describe*"],"Resource":["*"],
			"Condition":{"ArnLike":{"kms:EncryptionContext:aws:logs:arn":"arn:aws:logs:us-east-1:123456789012:log-group:*"}}}]}`,
		text(key, "policy"))
	topic := named(t, r, topicType, "main-critical")
	assert.Equal(t, 2.0, topic.Inputs["signatureVersion"].NumberValue())
	arn := "arn:aws:sns:us-east-1:123456789012:holdfast-test-main-critical"
	assert.JSONEq(t, `{"Version":"2012-10-17","Statement":[
		{"Sid":"Alarms","Effect":"Allow","Principal":{"Service":"cloudwatch.amazonaws.com"},"Action":["sns:Publish"],"Resource":["`+arn+`"],
			"Condition":{"StringEquals":{"aws:SourceAccount":"123456789012"},
				"ArnLike":{"aws:SourceArn":"arn:aws:cloudwatch:us-east-1:123456789012:alarm:*"}}},
		{"Sid":"Databases","Effect":"Allow","Principal":{"Service":"events.rds.amazonaws.com"},"Action":["sns:Publish"],"Resource":["`+arn+`"],
			"Condition":{"StringEquals":{"aws:SourceAccount":"123456789012"},
				"ArnLike":{"aws:SourceArn":"arn:aws:rds:us-east-1:123456789012:*"}}},
		{"Sid":"OnlyTLS","Effect":"Deny","Principal":"*","Action":["sns:Publish"],"Resource":["`+arn+`"],
			"Condition":{"Bool":{"aws:SecureTransport":"false"}}}]}`,
		text(named(t, r, policyType, "main-critical"), "policy"))
}

func TestRecipients(t *testing.T) {
	t.Parallel()
	r := watch(t, &Args{
		Monitoring: spec.Monitoring{Emails: map[string]spec.Email{"ops": {Address: "ops@example.com"}}},
		Webhooks: map[string]Webhook{
			"pagerduty": {
				URL: pulumi.String("https://events.example.com/integration/token/enqueue"), ConfirmsItself: true,
				Severities: []spec.Severity{spec.Critical},
			},
		},
		SlackChannels: map[string]SlackChannel{
			"ops": {WorkspaceID: "T07EA123LEP", ChannelID: "C07EZ1ABC23"},
			"dev": {WorkspaceID: "T07EA123LEP", ChannelID: "C07EZ1ABC24", Severities: []spec.Severity{spec.Warning}},
		},
	})
	var names []string
	for _, s := range r.OfType(subscribeType) {
		names = append(names, s.Name)
	}
	assert.ElementsMatch(t, []string{"main-email-ops-critical", "main-email-ops-warning", "main-webhook-pagerduty-critical"}, names)
	email := named(t, r, subscribeType, "main-email-ops-warning")
	assert.Equal(t, "email ops@example.com arn:aws:sns:us-east-1:123456789012:holdfast-test-main-warning",
		text(email, "protocol")+" "+text(email, "endpoint")+" "+text(email, "topic"))

	webhook := named(t, r, subscribeType, "main-webhook-pagerduty-critical")
	assert.True(t, webhook.Inputs["endpoint"].IsSecret(), "a webhook's address contains a token")
	assert.True(t, webhook.Inputs["endpointAutoConfirms"].BoolValue())

	readOnly := "arn:aws:iam::aws:policy/CloudWatchReadOnlyAccess"
	for name, topics := range map[string]int{"main-slack-ops": 2, "main-slack-dev": 1} {
		channel := named(t, r, chatType, name)
		assert.Len(t, channel.Inputs["snsTopicArns"].ArrayValue(), topics, name)
		assert.Equal(t, []any{readOnly}, channel.Inputs["guardrailPolicyArns"].Mappable(), "not AdministratorAccess")
		assert.Contains(t, text(channel, "iamRoleArn"), ":role/holdfast-test-main-chat")
		assert.True(t, channel.Request.GetDeleteBeforeReplace(), "a channel has one configuration")
	}
	assert.Equal(t, readOnly, text(named(t, r, "aws:iam/rolePolicyAttachment:RolePolicyAttachment", "main-chat-metrics"), "policyArn"))
}

// One instance watches the load balancer before there is a cluster; the other watches the rest and tells the same people.
func TestTwoInstances(t *testing.T) {
	t.Parallel()
	all := targets(spec.Monitoring{})
	r, err := componenttest.Run(componenttest.SimulatedAWS(t, "us-east-1"), func(ctx *pulumi.Context) error {
		first, err := New(ctx, "front", &Args{
			Monitoring:   spec.Monitoring{Dashboard: spec.Dashboard{Disabled: true}, Emails: map[string]spec.Email{"ops": {Address: "ops@example.com"}}},
			LoadBalancer: all.LoadBalancer,
		})
		require.NoError(t, err)
		first.RollbackAlarmNames.ApplyT(func(names []string) int {
			assert.Equal(t, []string{"holdfast-test-front-errors", "holdfast-test-front-latency"}, names)
			return 0
		})
		first.AlarmNames.MapIndex(pulumi.String("service-down")).ApplyT(func(name string) int {
			assert.Equal(t, "holdfast-test-front-service-down", name)
			return 0
		})
		first.AlarmARNs.MapIndex(pulumi.String("errors")).ApplyT(func(arn string) int {
			assert.Equal(t, "arn:aws:cloudwatch:us-east-1:123456789012:alarm:holdfast-test-front-errors", arn)
			return 0
		})
		shown := *all.LoadBalancer
		shown.AlarmsElsewhere = true
		second, err := New(ctx, "main", &Args{
			LoadBalancer: &shown, Clusters: all.Clusters,
			TopicARNs: map[spec.Severity]pulumi.StringInput{
				spec.Critical: first.TopicARNs.MapIndex(pulumi.String("critical")), spec.Warning: first.TopicARNs.MapIndex(pulumi.String("warning")),
			},
		})
		require.NoError(t, err)
		pulumi.All(second.RollbackAlarmNames, second.KeyARN).ApplyT(func(known []any) int {
			assert.Equal(t, []any{[]string{}, ""}, known)
			return 0
		})
		return nil
	})
	require.NoError(t, err)
	assert.Len(t, r.OfType(topicType), 2, "the first instance's alone")
	assert.Len(t, r.OfType(keyType), 1)
	assert.Equal(t, 1, titles(boardOf(t, r))["Requests"], "the load balancer is on the dashboard")
	cpu := named(t, r, alarmType, "main-alarm-cpu-main")
	assert.Equal(t, []any{"arn:aws:sns:us-east-1:123456789012:holdfast-test-front-warning"}, cpu.Inputs["alarmActions"].Mappable())
}

func TestLogsAndOwnKey(t *testing.T) {
	t.Parallel()
	key := "arn:aws:kms:us-east-1:210987654321:key/01234567-89ab-cdef-0123-456789abcdef"
	args := targets(spec.Monitoring{Logs: map[string]spec.ApplicationLog{
		"shop": {RetentionDays: 30, Counts: map[string]spec.LogCount{"errors": {Text: "level=error"}}}, "audit": {},
	}})
	args.KeyARN = pulumi.String(key)
	r := watch(t, args, func(m *Monitoring) {
		pulumi.All(m.LogGroupNames, m.KeyARN).ApplyT(func(known []any) int {
			assert.Equal(t, map[string]string{"audit": "/holdfast/test/main/log-audit", "shop": "/holdfast/test/main/log-shop"}, known[0])
			assert.Equal(t, key, known[1])
			return 0
		})
	})
	assert.Empty(t, r.OfType(keyType))
	assert.Equal(t, key, text(named(t, r, logGroupType, "main-log-shop"), "kmsKeyId"))
	assert.Equal(t, key, text(named(t, r, topicType, "main-warning"), "kmsMasterKeyId"))
	filter := named(t, r, filterType, "main-log-shop-errors")
	assert.Equal(t, `"level=error"`, text(filter, "pattern"))
	assert.Equal(t, map[string]any{
		"namespace": "Holdfast/holdfast-test-main", "name": "log-shop-errors", "value": "1", "defaultValue": "0", "unit": "Count",
	}, filter.Inputs["metricTransformation"].Mappable())
	assert.Equal(t, "Holdfast/holdfast-test-main log-shop-errors Sum <nil> 300 GreaterThanThreshold 0, 1 of 1, notBreaching -> warning -> warning",
		sketch(alarmsIn(r)["log-shop-errors"]))
	deadlocks := named(t, r, filterType, "main-database-deadlocks-main")
	assert.Equal(t, `"deadlock detected" /aws/rds/instance/shop-main/postgresql`, text(deadlocks, "pattern")+" "+text(deadlocks, "logGroupName"))
}
