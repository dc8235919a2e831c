package network

import (
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/assert"
)

func TestFlowLogs(t *testing.T) {
	t.Parallel()
	r := run(t, &Args{FlowLogsKMSKeyARN: pulumi.String("arn:aws:kms:us-east-1:123456789012:key/1")})
	group := named(t, r, logGroupType, "main-flow-logs")
	assert.Equal(t, "/holdfast/test/main/flow-logs", text(group, "name"))
	assert.Equal(t, 365.0, group.Inputs["retentionInDays"].NumberValue())
	assert.Equal(t, "arn:aws:kms:us-east-1:123456789012:key/1", text(group, "kmsKeyId"))
	role := named(t, r, roleType, "main-flow-logs")
	assert.Equal(t, "holdfast-test-main-flow-logs", text(role, "name"))
	assert.JSONEq(t, `{"Version":"2012-10-17","Statement":[{"Effect":"Allow",
		"Principal":{"Service":"vpc-flow-logs.amazonaws.com"},"Action":["sts:AssumeRole"],
		"Condition":{"StringEquals":{"aws:SourceAccount":"123456789012"},
			"ArnLike":{"aws:SourceArn":"arn:aws:ec2:us-east-1:123456789012:vpc-flow-log/*"}}}]}`, text(role, "assumeRolePolicy"))
	policy := named(t, r, policyType, "main-flow-logs")
	assert.JSONEq(t, `{"Version":"2012-10-17","Statement":[
		{"Effect":"Allow","Action":["logs:CreateLogStream","logs:DescribeLogStreams","logs:PutLogEvents"],
			"Resource":["arn:aws:test:us-east-1:123456789012:main-flow-logs","arn:aws:test:us-east-1:123456789012:main-flow-logs:*"]},
		{"Effect":"Allow","Action":["logs:DescribeLogGroups"],"Resource":["arn:aws:logs:us-east-1:123456789012:log-group:*"]}]}`,
		text(policy, "policy"))
	flowLog := named(t, r, flowLogType, "main-flow-logs")
	assert.Equal(t, "ALL", text(flowLog, "trafficType"))
	assert.Equal(t, vpcType+"::main-vpc", text(flowLog, "vpcId"))
}
