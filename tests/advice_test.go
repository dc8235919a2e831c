package tests

import (
	"maps"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/holdfast-iac/holdfast/internal/rehearsal"
)

// Why advice is not followed.
const (
	small   = "a stack for development is small on purpose"
	zones   = "the network's default is a gateway for each zone, also in a stack that is called dev"
	short   = "an example shows one thing, and is short"
	noKeys  = "the key that signs, and the entry at the registrar, are the owner's to keep"
	noLogs  = "queries are public, and their logs must lie in us-east-1, which the stack need not"
	nobody  = "it has no addresses of people"
	circles = "the bucket of the trail is watched by the trail itself"
	asking  = "who may open cases with AWS Support, those who have an organisation say for all its accounts"
)

// adviceOn is what the policies advise on our own stacks and examples, with why it stays. Everything else passes.
var adviceOn = map[string]map[string]string{
	"aws-dev": {
		"aws-ec2-nat-gateways-few": zones, "aws-rds-in-backup-plan": small, "aws-rds-multi-az": small,
		"aws-route53-dnssec": noKeys, "aws-route53-query-logs": noLogs, "aws-sns-alarm-topic-subscribed": nobody,
	},
	"aws-prod": {
		"aws-cloudtrail-bucket-logged": circles, "aws-iam-support-role": asking,
		"aws-route53-dnssec": noKeys, "aws-route53-query-logs": noLogs,
		"aws-secretsmanager-rotated": "RDS copies no database whose password it rotates",
	},
	"aws-containers": {
		"any-data-protected": small, "aws-cloudwatch-logs-own-key": short, "aws-ec2-nat-gateways-few": zones, "aws-ecr-lifecycle": short,
		"aws-ecs-containers-read-only": short, "aws-ecs-graviton": short, "aws-elb-alarm": short,
		"aws-elb-deletion-protection": small, "aws-route53-dnssec": noKeys, "aws-route53-query-logs": noLogs,
	},
	"aws-database": {
		"aws-ec2-nat-gateways-few": zones, "aws-rds-alarm": short, "aws-rds-event-subscription": short,
		"aws-rds-in-backup-plan": short, "aws-rds-measured": short, "aws-secretsmanager-rotated": "it holds no password",
	},
	"aws-eks":     {"aws-ec2-nat-gateways-few": zones},
	"aws-network": {"aws-ec2-nat-gateways-few": zones},
	"aws-serverless": {
		"aws-apigateway-access-logs": short, "aws-apigateway-authorized": "its notes are everybody's",
		"aws-apigateway-throttled": short, "aws-cloudwatch-logs-own-key": short, "aws-dynamodb-alarm": short, "aws-dynamodb-in-backup-plan": short,
		"aws-lambda-alarm": short, "aws-lambda-failures-kept": short, "aws-lambda-graviton": short,
	},
	"aws-static-site": {
		"aws-cloudfront-access-logs": short, "aws-cloudfront-compressed": short, "aws-cloudfront-firewall": short,
		"aws-route53-dnssec": noKeys, "aws-route53-query-logs": noLogs, "aws-s3-bucket-lifecycle": short,
		"aws-s3-bucket-tls-only": short, "aws-s3-bucket-versioned": short,
	},
	"aws-web-server": {"aws-ec2-graviton": short},
}

// assertAdvice holds that the policies advise what is listed, and nothing else. What is mandatory fails the rehearsal.
func assertAdvice(t *testing.T, name string, report rehearsal.Report) {
	t.Helper()
	advised := []string{}
	for _, policy := range report.Policies {
		if policy.Failed > 0 {
			advised = append(advised, policy.Name)
		}
	}
	assert.ElementsMatch(t, slices.Collect(maps.Keys(adviceOn[name])), advised)
	assert.Empty(t, report.Warnings)
}
