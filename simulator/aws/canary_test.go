package aws_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/holdfast-iac/holdfast/simulator/simulatortest"
)

const canaryToken = "aws:synthetics/canary:Canary"

// canary is a canary run by a role that a service may assume, with changes.
func canary(w *world, service string, changes inputs) inputs {
	return with(inputs{
		"name": "shop", "artifactS3Location": "s3://canaries/shop", "handler": "index.handler", "zipFile": "shop.zip",
		"runtimeVersion": "syn-nodejs-puppeteer-9.1", "schedule": inputs{"expression": "rate(5 minutes)"},
		"executionRoleArn": trusting(w, "canary", service).Text("arn"),
	}, changes)
}

func canaryFixtures() []simulatortest.Fixture {
	return []simulatortest.Fixture{
		{
			Type: canaryToken, Inputs: func(w *world) inputs { return canary(w, "lambda.amazonaws.com", nil) },
			Update: changing(inputs{"startCanary": true}), Replace: changing(inputs{"name": "search"}),
		},
		{
			Type: "aws:xray/group:Group",
			Inputs: func(*world) inputs {
				return inputs{"groupName": "slow", "filterExpression": "responsetime > 5"}
			},
			Update: changing(inputs{"filterExpression": "responsetime > 9"}), Replace: changing(inputs{"groupName": "slower"}),
		},
		{
			Type: "aws:xray/samplingRule:SamplingRule",
			Inputs: func(*world) inputs {
				return inputs{
					"ruleName": "all", "fixedRate": 0.05, "host": "*", "httpMethod": "*", "priority": 9000, "reservoirSize": 1,
					"resourceArn": "*", "serviceName": "*", "serviceType": "*", "urlPath": "*", "version": 1,
				}
			},
			Update: changing(inputs{"fixedRate": 0.1}), Replace: changing(inputs{"ruleName": "few"}),
		},
	}
}

func canaryCases() []simulatortest.Case {
	try := func(service string, changes inputs) func(*world) error {
		return func(w *world) error {
			_, err := w.Try(canaryToken, "canary", canary(w, service, changes))
			return err
		}
	}
	at := func(expression string) func(*world) error {
		return try("lambda.amazonaws.com", inputs{"schedule": inputs{"expression": expression}})
	}
	return []simulatortest.Case{
		{
			ID: "aws-synthetics-role-trusts-lambda", Text: "cannot be assumed by Lambda",
			Fails: try("synthetics.amazonaws.com", nil), Passes: try("lambda.amazonaws.com", nil),
		},
		{
			ID: "aws-synthetics-schedule", Code: "ValidationException", Text: "once an hour at least",
			Fails: at("rate(61 minutes)"), Passes: at("rate(1 hour)"),
		},
	}
}

func TestSchedules(t *testing.T) {
	t.Parallel()
	for _, expression := range []string{
		"cron(0 12 * * ? *)", "cron(15 10 ? * 6L 2026-2030)", "cron(0/15 8-18 ? * MON-FRI *)", "cron(0 0 L,15W * ? *)",
		"cron(0 9 ? * 2#1 *)", "cron(*/5 * 1 JAN,jul ? *)", "rate(0 minute)",
	} {
		w := newWorld(t)
		_, err := w.Try(canaryToken, "canary", canary(w, "lambda.amazonaws.com", inputs{"schedule": inputs{"expression": expression}}))
		assert.NoError(t, err, expression)
	}
	for expression, want := range map[string]string{
		"every day": "written as cron", "cron(0 12 * * ?)": "six fields", "cron(60 12 * * ? *)": `"60" is no minutes`,
		"cron(0 12 * * * *)": "exactly one must be ?", "cron(0 12 ? * ? *)": "exactly one must be ?",
		"cron(0 12 ? * XYZ *)": "no day-of-week", "cron(0/0 12 * * ? *)": "no minutes", "cron(0 24 * * ? *)": "no hours",
		"cron(0 12 1 13 ? *)": "no month", "rate(2 hours)": "written as rate",
	} {
		w := newWorld(t)
		_, err := w.Try(canaryToken, "canary", canary(w, "lambda.amazonaws.com", inputs{"schedule": inputs{"expression": expression}}))
		assert.ErrorContains(t, err, want, expression)
	}
}
