package aws_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/holdfast-iac/holdfast/simulator/simulatortest"
)

const (
	metricFilterToken = "aws:cloudwatch/logMetricFilter:LogMetricFilter"
	subscriptionToken = "aws:cloudwatch/logSubscriptionFilter:LogSubscriptionFilter"
	logPolicyToken    = "aws:cloudwatch/logResourcePolicy:LogResourcePolicy"
	firehose          = "arn:aws:firehose:us-west-2:123456789012:deliverystream/logs"
)

func metricFilter(w *world, transformation inputs) inputs {
	return inputs{
		"logGroupName": logGroup(w, "app").ID(), "pattern": "ERROR",
		"metricTransformation": with(inputs{"name": "Errors", "namespace": "App", "value": "1"}, transformation),
	}
}

func logFilterFixtures() []simulatortest.Fixture {
	in := func(in inputs) func(*world) inputs {
		return func(w *world) inputs { return with(in, inputs{"logGroupName": logGroup(w, "app").ID()}) }
	}
	elsewhere := func(w *world, in inputs) inputs {
		return with(in, inputs{"logGroupName": logGroup(w, "other").ID()})
	}
	return []simulatortest.Fixture{
		{Type: "aws:cloudwatch/logStream:LogStream", Inputs: in(inputs{"name": "web"}), Replace: changing(inputs{"name": "jobs"})},
		{
			Type: metricFilterToken, Inputs: func(w *world) inputs { return metricFilter(w, nil) },
			Update: changing(inputs{"pattern": "WARN"}), Replace: elsewhere,
		},
		{
			Type: subscriptionToken,
			Inputs: func(w *world) inputs {
				return inputs{
					"logGroup": logGroup(w, "app").ID(), "destinationArn": firehose, "filterPattern": "",
					"roleArn": trusting(w, "subscribe", "logs.us-west-2.amazonaws.com").Text("arn"),
				}
			},
			Update: changing(inputs{"filterPattern": "ERROR"}), Replace: changing(inputs{"name": "errors"}),
		},
		{
			Type:   logPolicyToken,
			Inputs: func(*world) inputs { return inputs{"policyName": "events", "policyDocument": permit} },
			Update: changing(inputs{"policyDocument": strings.Replace(permit, "Put", "Get", 1)}), Replace: changing(inputs{"policyName": "es"}),
		},
		{
			Type: "aws:cloudwatch/logDataProtectionPolicy:LogDataProtectionPolicy", Replace: elsewhere,
			Inputs: in(inputs{"policyDocument": `{"Name":"protect","Version":"2021-06-01","Statement":[]}`}),
		},
		{
			Type: "aws:cloudwatch/queryDefinition:QueryDefinition",
			Inputs: func(w *world) inputs {
				return inputs{"queryString": "fields @message", "logGroupNames": []any{logGroup(w, "app").ID()}}
			},
			Update: changing(inputs{"queryString": "fields @timestamp"}),
			ImportID: func(t thing) string {
				return "arn:aws:logs:us-west-2:123456789012:query-definition:" + t.ID()
			},
		},
	}
}

func logFilterCases() []simulatortest.Case {
	filter := func(transformation inputs) func(*world) error {
		return func(w *world) error {
			_, err := w.Try(metricFilterToken, "filter", metricFilter(w, transformation))
			return err
		}
	}
	many := func(token string, count int, in func(w *world) inputs) func(*world) error {
		return func(w *world) (err error) {
			all := in(w)
			for i := range count {
				name := fmt.Sprint(token[len(token)-3:], i)
				if _, fixed := all["policyDocument"]; fixed {
					all["policyName"] = name
				}
				_, err = w.Try(token, name, all)
			}
			return err
		}
	}
	subscribe := func(service string) func(w *world) inputs {
		return func(w *world) inputs {
			return inputs{
				"logGroup": logGroup(w, "app").ID(), "destinationArn": firehose, "filterPattern": "",
				"roleArn": trusting(w, "subscribe", service).Text("arn"),
			}
		}
	}
	const logs = "logs.amazonaws.com"
	plain := func(w *world) inputs { return metricFilter(w, nil) }
	policies := func(*world) inputs { return inputs{"policyDocument": permit} }
	encrypted := func(service string) func(*world) error {
		return func(w *world) error {
			policy := strings.Replace(anyoneManages, `"Statement":[`, `"Statement":[{"Effect":"Allow","Principal":{"Service":"`+
				service+`"},"Action":["kms:Encrypt*","kms:Decrypt*"],"Resource":"*"},`, 1)
			made := w.Create(keyToken, "key", inputs{"policy": policy})
			_, err := w.Try("aws:cloudwatch/logGroup:LogGroup", "group", inputs{"name": "app", "kmsKeyId": made.Text("arn")})
			return err
		}
	}
	return []simulatortest.Case{
		{
			ID: "aws-logs-key-policy", Code: "AccessDeniedException", Text: "not allowed to be used with Arn 'arn:aws:logs:us-west-2",
			Fails: encrypted("logs.us-east-1.amazonaws.com"), Passes: encrypted("logs.us-west-2.amazonaws.com"),
		},
		{
			ID: "aws-logs-dimensions-or-default", Code: "InvalidParameterException", Text: "mutually exclusive",
			Fails:  filter(inputs{"defaultValue": "0", "dimensions": inputs{"Path": "$.path"}}),
			Passes: filter(inputs{"dimensions": inputs{"Path": "$.path"}}),
		},
		{
			ID: "L-3D5753EA", Code: "LimitExceededException", Text: "Resource limit exceeded",
			Quotas: map[string]int{"L-3D5753EA": 1},
			Fails:  many(metricFilterToken, 2, plain), Passes: many(metricFilterToken, 1, plain),
		},
		{
			ID: "L-87E7D306", Code: "LimitExceededException", Text: "Resource limit exceeded",
			Fails: many(subscriptionToken, 3, subscribe(logs)), Passes: many(subscriptionToken, 2, subscribe(logs)),
		},
		{
			ID: "aws-logs-resource-policies", Code: "LimitExceededException", Text: "Resource limit exceeded",
			Fails: many(logPolicyToken, 11, policies), Passes: many(logPolicyToken, 10, policies),
		},
		{
			ID: "aws-logs-stream-destination-role", Code: "InvalidParameterException", Text: "firehose needs a roleArn",
			Fails: many(subscriptionToken, 1, func(w *world) inputs { return with(subscribe(logs)(w), inputs{"roleArn": nil}) }),
			Passes: many(subscriptionToken, 1, func(w *world) inputs {
				return with(subscribe(logs)(w), inputs{"roleArn": nil, "destinationArn": "arn:aws:lambda:us-west-2:999999999999:function:f"})
			}),
		},
		{
			ID: "aws-logs-role-trusts-logs", Code: "ValidationException", Text: "permission to assume the provided role",
			Fails: many(subscriptionToken, 1, subscribe("firehose.amazonaws.com")), Passes: many(subscriptionToken, 1, subscribe(logs)),
		},
	}
}

func TestLogGroupLookups(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	made := w.Create("aws:cloudwatch/logGroup:LogGroup", "a", inputs{"name": "/app/a", "retentionInDays": 30})
	logGroup(w, "/other")
	found := ask(t, w, "aws:cloudwatch/getLogGroup:getLogGroup", inputs{"name": "/app/a"})
	assert.Equal(t, made.Text("arn"), found["arn"])
	assert.EqualValues(t, 30, found["retentionInDays"])
	refuses(t, w, "aws:cloudwatch/getLogGroup:getLogGroup", inputs{"name": "/none"}, "couldn't find resource")
	groups := ask(t, w, "aws:cloudwatch/getLogGroups:getLogGroups", inputs{"logGroupNamePrefix": "/app"})
	assert.Equal(t, []any{"/app/a"}, groups["logGroupNames"])
	assert.Len(t, ask(t, w, "aws:cloudwatch/getLogGroups:getLogGroups", nil)["arns"], 2)
}

// A refusal whose text names nothing shows nothing of the input either.
func TestRefusalWithoutAName(t *testing.T) {
	t.Parallel()
	_, err := newWorld(t).Try(metricFilterToken, "errors", inputs{
		"logGroupName": "none", "name": "errors", "pattern": "ERROR",
		"metricTransformation": inputs{"name": "Errors", "namespace": "Shop", "value": "1"},
	})
	assert.ErrorContains(t, err, "The specified log group does not exist.")
	assert.NotContains(t, err.Error(), "none")
}
