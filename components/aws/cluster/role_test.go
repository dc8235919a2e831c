package cluster

import (
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/holdfast-iac/holdfast/components/componenttest"
	"github.com/holdfast-iac/holdfast/components/spec"
)

const (
	secretARN = "arn:aws:secretsmanager:us-east-1:123456789012:secret:db-AbCdEf"
	otherARN  = "arn:aws:secretsmanager:us-east-1:123456789012:secret:api-AbCdEf"
	ownKeyARN = "arn:aws:kms:us-east-1:123456789012:key/01234567-89ab-cdef-0123-456789abcdef"
)

func TestRole(t *testing.T) {
	t.Parallel()
	r := run(t, Args{
		SecretARNs:    map[string]pulumi.StringInput{"db": pulumi.String(secretARN), "api": pulumi.String(otherARN)},
		SecretKeyARNs: map[string]pulumi.StringInput{"db": pulumi.String(ownKeyARN)},
		PolicyARNs:    map[string]pulumi.StringInput{"read": pulumi.String("arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess")},
	})
	assert.JSONEq(t, `{"Version":"2012-10-17","Statement":[{"Effect":"Allow",
		"Principal":{"Service":"ec2.amazonaws.com"},"Action":["sts:AssumeRole"]}]}`,
		text(named(t, r, roleType, "main-machines"), "assumeRolePolicy"))
	group := "arn:aws:logs:us-east-1:123456789012:log-group:/holdfast/test/main/logs"
	assert.JSONEq(t, `{"Version":"2012-10-17","Statement":[
		{"Sid":"Metrics","Effect":"Allow","Action":["cloudwatch:PutMetricData"],"Resource":["*"],
			"Condition":{"StringEquals":{"cloudwatch:namespace":"CWAgent"}}},
		{"Sid":"Group","Effect":"Allow","Action":["ec2:DescribeTags"],"Resource":["*"]},
		{"Sid":"Logs","Effect":"Allow","Action":["logs:CreateLogStream","logs:DescribeLogStreams","logs:PutLogEvents"],
			"Resource":["`+group+`","`+group+`:*"]},
		{"Sid":"Secrets","Effect":"Allow","Action":["secretsmanager:DescribeSecret","secretsmanager:GetSecretValue"],
			"Resource":["`+otherARN+`","`+secretARN+`"]},
		{"Sid":"SecretKeys","Effect":"Allow","Action":["kms:Decrypt"],"Resource":["`+ownKeyARN+`"],
			"Condition":{"StringEquals":{"kms:ViaService":"secretsmanager.us-east-1.amazonaws.com"}}}]}`,
		text(named(t, r, inlineType, "main-machines"), "policy"))
	assert.Equal(t, "arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore", text(named(t, r, attachType, "main-machines-ssm"), "policyArn"))
	assert.Contains(t, text(named(t, r, attachType, "main-machines-read"), "policyArn"), "AmazonS3ReadOnlyAccess")
	assert.Equal(t, "holdfast-test-main-machines", text(named(t, r, profileType, "main-machines"), "role"))
}

func TestRoleWithoutAgent(t *testing.T) {
	t.Parallel()
	off := spec.Cluster{Agent: spec.Agent{Disabled: true}}
	r := run(t, Args{Cluster: off})
	assert.Empty(t, r.OfType(inlineType), "a role that may do nothing more")
	assert.Empty(t, r.OfType(logGroupType))
	r = run(t, Args{Cluster: off, SecretARNs: map[string]pulumi.StringInput{"db": pulumi.String(secretARN)}})
	assert.JSONEq(t, `{"Version":"2012-10-17","Statement":[{"Sid":"Secrets","Effect":"Allow",
		"Action":["secretsmanager:DescribeSecret","secretsmanager:GetSecretValue"],"Resource":["`+secretARN+`"]}]}`,
		text(named(t, r, inlineType, "main-machines"), "policy"))
}

// The key's policy names a role that exists by then, and that the group works with.
func TestKey(t *testing.T) {
	t.Parallel()
	r := run(t, Args{})
	const role = "arn:aws:iam::123456789012:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling_holdfast-test-main"
	linked := named(t, r, linkedType, "main-scaling")
	assert.Equal(t, "holdfast-test-main", text(linked, "customSuffix"))
	assert.Equal(t, "autoscaling.amazonaws.com", text(linked, "awsServiceName"))
	assert.Equal(t, role, text(named(t, r, groupType, "main-machines"), "serviceLinkedRoleArn"))
	created, _ := r.Named(keyType, "main-disks")
	assert.Contains(t, dependencies(created), linkedType+"::main-scaling")
	statements := decode(t, text(created.Inputs, "policy"))["Statement"].([]any)
	require.Len(t, statements, 4)
	assert.Equal(t, map[string]any{
		"Sid": "Scaling", "Effect": "Allow", "Principal": map[string]any{"AWS": role}, "Resource": []any{"*"},
		"Action": []any{"kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:DescribeKey"},
	}, statements[1])
	assert.Equal(t, map[string]any{
		"Sid": "ScalingGrants", "Effect": "Allow", "Principal": map[string]any{"AWS": role}, "Resource": []any{"*"},
		"Action":    []any{"kms:CreateGrant"},
		"Condition": map[string]any{"Bool": map[string]any{"kms:GrantIsForAWSResource": "true"}},
	}, statements[2])
	assert.Contains(t, text(named(t, r, logGroupType, "main-logs"), "kmsKeyId"), ":key/")
}

func TestGivenKey(t *testing.T) {
	t.Parallel()
	r := run(t, Args{KeyARN: pulumi.String(ownKeyARN)})
	assert.Empty(t, r.OfType(linkedType))
	assert.NotContains(t, named(t, r, groupType, "main-machines"), resource.PropertyKey("serviceLinkedRoleArn"), "the account's")
	logsKey := named(t, r, keyType, "main-cluster-logs-key") // the policy of the one that is given need not know logs
	assert.Contains(t, text(logsKey, "policy"), "logs.us-east-1.amazonaws.com")
	assert.NotContains(t, []string{"", ownKeyARN}, text(named(t, r, logGroupType, "main-logs"), "kmsKeyId"))
	assert.Len(t, r.OfType(keyType), 1)
	disk := named(t, r, templateType, "main-machines")["blockDeviceMappings"].ArrayValue()[0].ObjectValue()["ebs"].ObjectValue()
	assert.Equal(t, ownKeyARN, text(disk, "kmsKeyId"))

	const role = "arn:aws:iam::123456789012:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling_mine"
	r = runOn(t, imageCloud("/dev/xvda"), Args{KeyARN: pulumi.String(ownKeyARN), LogsKeyARN: pulumi.String(ownKeyARN), ServiceLinkedRoleARN: pulumi.String(role)})
	assert.Equal(t, role, text(named(t, r, groupType, "main-machines"), "serviceLinkedRoleArn"))
	assert.Equal(t, ownKeyARN, text(named(t, r, logGroupType, "main-logs"), "kmsKeyId"))
	assert.Empty(t, r.OfType(keyType))
	r = runOn(t, imageCloud("/dev/xvda"), Args{LogsKeyARN: pulumi.String(ownKeyARN)})
	assert.Equal(t, ownKeyARN, text(named(t, r, logGroupType, "main-logs"), "kmsKeyId"))
}

func TestSecurityGroup(t *testing.T) {
	t.Parallel()
	r, err := componenttest.Run(componenttest.SimulatedAWS(t, "us-east-1"), func(ctx *pulumi.Context) error {
		_, network, err := componenttest.AWSWorld(ctx)
		if err != nil {
			return err
		}
		_, err = New(ctx, "main", &Args{
			Cluster: spec.Cluster{Port: 8443}, VpcID: network.VpcID, SubnetIDs: network.Private,
			ClientSecurityGroupIDs: map[string]pulumi.StringInput{"balancer": network.SecurityGroupID},
			Egress: map[string]Egress{
				"https": {Port: 443, CIDR: pulumi.String("10.0.0.0/16")}, "postgres": {Port: 5432, CIDR: pulumi.String("10.0.0.0/16")},
			},
		})
		return err
	})
	require.NoError(t, err)
	require.Len(t, r.OfType(ingressType), 1)
	in := named(t, r, ingressType, "main-from-balancer")
	assert.Equal(t, []float64{8443, 8443}, []float64{in["fromPort"].NumberValue(), in["toPort"].NumberValue()})
	assert.NotContains(t, in, resource.PropertyKey("cidrIpv4"))
	require.Len(t, r.OfType(egressType), 2)
	assert.Equal(t, "10.0.0.0/16", text(named(t, r, egressType, "main-to-https"), "cidrIpv4"), "an entry takes the default's place")
	assert.Equal(t, 5432.0, named(t, r, egressType, "main-to-postgres")["toPort"].NumberValue())
}
