package loadbalancer

import (
	"encoding/json"
	"fmt"
	"slices"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/holdfast-iac/holdfast/components/componenttest"
	"github.com/holdfast-iac/holdfast/components/spec"
)

// The bucket takes logs from the account's load balancers, and does so before there is one.
func TestLogs(t *testing.T) {
	t.Parallel()
	r := run(t, Args{LoadBalancer: spec.LoadBalancer{AccessLogs: spec.AccessLogs{RetentionDays: 30}}})
	const bucket = "arn:aws:s3:::holdfast-test-main-balancer-logs-123456789012"
	assert.Equal(t, "holdfast-test-main-balancer-logs-123456789012", text(named(t, r, bucketType, "main-balancer-logs"), "bucket"))
	var policy struct{ Statement []map[string]any }
	require.NoError(t, json.Unmarshal([]byte(text(named(t, r, policyType, "main-balancer-logs"), "policy")), &policy))
	require.Len(t, policy.Statement, 2)
	assert.Equal(t, map[string]any{
		"Sid": "Write", "Effect": "Allow", "Principal": map[string]any{"Service": "logdelivery.elasticloadbalancing.amazonaws.com"},
		"Action":   []any{"s3:PutObject"},
		"Resource": []any{bucket + "/access/AWSLogs/123456789012/*", bucket + "/connections/AWSLogs/123456789012/*"},
	}, policy.Statement[1])
	encryption := named(t, r, "aws:s3/bucketServerSideEncryptionConfigurationV2:BucketServerSideEncryptionConfigurationV2", "main-balancer-logs")
	assert.Contains(t, fmt.Sprint(encryption.Inputs["rules"]), "AES256", "the only keys that load balancers can write with")

	assert.False(t, named(t, r, bucketType, "main-balancer-logs").Inputs["forceDestroy"].BoolValue())
	erasable := run(t, Args{LoadBalancer: spec.LoadBalancer{AccessLogs: spec.AccessLogs{Erasable: true}}})
	assert.True(t, named(t, erasable, bucketType, "main-balancer-logs").Inputs["forceDestroy"].BoolValue())

	balancer := named(t, r, balancerType, "main-balancer")
	assert.True(t, dependsOn(balancer, policyType), "the policy comes first")
	for input, prefix := range map[resource.PropertyKey]string{"accessLogs": "access", "connectionLogs": "connections"} {
		logs := balancer.Inputs[input].ObjectValue()
		assert.Equal(t, prefix, logs["prefix"].StringValue())
		assert.True(t, logs["enabled"].BoolValue())
	}
	assert.Empty(t, run(t, Args{LoadBalancer: spec.LoadBalancer{AccessLogs: spec.AccessLogs{Disabled: true}}}).OfType(bucketType))
}

// One key encrypts the logs of the firewall and of rollbacks, as long as there are any.
func TestLogsKey(t *testing.T) {
	t.Parallel()
	unguarded := canary()
	unguarded.Firewall.Disabled = true
	for name, test := range map[string]struct {
		balancer spec.LoadBalancer
		groups   int
	}{
		"firewall": {spec.LoadBalancer{}, 1}, "both": {canary(), 2}, "rollback": {unguarded, 1},
	} {
		r := run(t, Args{LoadBalancer: test.balancer})
		assert.Len(t, keysOf(r), test.groups, name)
		assert.Len(t, slices.Compact(keysOf(r)), 1, name)
		require.Len(t, r.OfType(keyType), 1, name)
		assert.Contains(t, text(named(t, r, keyType, "main-balancer-logs-key"), "policy"), "logs.us-east-1.amazonaws.com")
	}
	r, err := componenttest.Run(componenttest.SimulatedAWS(t, "us-east-1"), func(ctx *pulumi.Context) error {
		world, err := componenttest.NewWorld(ctx)
		if err != nil {
			return err
		}
		given, err := world.AddLogsKey()
		if err != nil {
			return err
		}
		_, err = create(ctx, "main", Args{LoadBalancer: canary(), LogsKeyARN: given.ARN})
		return err
	})
	require.NoError(t, err)
	assert.Len(t, keysOf(r), 2)
	assert.Len(t, r.OfType(keyType), 1, "none of the load balancer's own")
}

// keysOf are the keys of the log groups.
func keysOf(r componenttest.Recording) (keys []string) {
	for _, group := range r.OfType(logGroupType) {
		if key := text(group, "kmsKeyId"); key != "" {
			keys = append(keys, key)
		}
	}
	return keys
}
