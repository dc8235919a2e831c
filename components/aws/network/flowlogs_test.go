package network

import (
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/assert"

	"github.com/holdfast-iac/holdfast/components/componenttest"
	"github.com/holdfast-iac/holdfast/components/spec"
)

func TestFlowLogs(t *testing.T) {
	t.Parallel()
	r := run(t, &Args{LogsKeyARN: pulumi.String("arn:aws:kms:us-east-1:123456789012:key/1")})
	group := named(t, r, logGroupType, "main-flow-logs")
	assert.Equal(t, "/holdfast/test/main/flow-logs", text(group, "name"))
	assert.Equal(t, 365.0, group.Inputs["retentionInDays"].NumberValue())
	assert.Equal(t, "arn:aws:kms:us-east-1:123456789012:key/1", text(group, "kmsKeyId"))
	assert.Empty(t, r.OfType(keyType), "the given one will do")
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

// The key of the flow logs is there with them, and with them alone.
func TestFlowLogsKey(t *testing.T) {
	t.Parallel()
	r := run(t, nil)
	assert.Equal(t, "arn:aws:test:us-east-1:123456789012:main-network-logs-key", text(named(t, r, logGroupType, "main-flow-logs"), "kmsKeyId"))
	assert.Contains(t, text(named(t, r, keyType, "main-network-logs-key"), "policy"),
		`"Condition":{"ArnLike":{"kms:EncryptionContext:aws:logs:arn":"arn:aws:logs:us-east-1:123456789012:log-group:*"}}`)
	assert.Empty(t, run(t, &Args{Network: spec.Network{FlowLogs: spec.FlowLogs{Disabled: true}}}).OfType(keyType))

	stranger := virginia
	stranger.nobody = true
	_, err := componenttest.Run(stranger.cloud(), func(ctx *pulumi.Context) error {
		_, err := New(ctx, "main", nil)
		return err
	})
	assert.ErrorContains(t, err, `network "main": looking up the account: `)
}
