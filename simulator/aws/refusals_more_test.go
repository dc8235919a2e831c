package aws_test

import (
	"strings"
	"testing"
)

func TestSecurityRefusals(t *testing.T) {
	t.Parallel()
	const (
		groupToken   = "aws:ec2/securityGroup:SecurityGroup"
		ingressToken = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule"
		ruleToken    = "aws:ec2/securityGroupRule:SecurityGroupRule"
	)
	inline := func(changes inputs) inputs {
		return with(inputs{"protocol": "tcp", "fromPort": 443, "toPort": 443, "cidrBlocks": []any{"10.0.0.0/8"}}, changes)
	}
	rule := func(changes inputs) func(*world) inputs {
		return func(w *world) inputs {
			return with(inputs{
				"securityGroupId": group(w, vpc(w), "web").ID(), "ipProtocol": "tcp", "fromPort": 22, "toPort": 22, "cidrIpv4": "10.0.0.0/8",
			}, changes)
		}
	}
	old := inputs{"securityGroupId": "sg-0", "type": "ingress", "protocol": "tcp", "fromPort": 1, "toPort": 2, "cidrBlocks": []any{"10.0.0.0/8"}}
	runRefusals(t, []refusal{
		{"group called default", groupToken, inVPC(inputs{"name": "default"}), "InvalidParameterValue", "reserved security group name"},
		{"group called sg-", groupToken, inVPC(inputs{"name": "sg-web"}), "InvalidParameterValue", "cannot begin with sg-"},
		{"group with a long name", groupToken, inVPC(inputs{"name": strings.Repeat("a", 256)}), "InvalidParameterValue", "1 to 255"},
		{"group with odd signs", groupToken, inVPC(inputs{"name": "wéb"}), "InvalidParameterValue", "not allowed here"},
		{"group with two names", groupToken, inVPC(inputs{"name": "a", "namePrefix": "b"}), "", "at most one of name, namePrefix"},
		{"group with a rule for nobody", groupToken, inVPC(inputs{"egress": []any{inline(inputs{"cidrBlocks": nil})}}), "", "needs a peer"},
		{"group with ports backwards", groupToken, inVPC(inputs{"ingress": []any{inline(inputs{"fromPort": 444})}}),
			"InvalidParameterValue", "(444:443)"},
		{"group with ports of all protocols", groupToken, inVPC(inputs{"ingress": []any{inline(inputs{"protocol": "all"})}}), "", "must both be 0"},
		{"group with a bad block", groupToken, inVPC(inputs{"ingress": []any{inline(inputs{"cidrBlocks": []any{"0.0.0.0"}})}}),
			"", "ingress"},
		{"group about no group", groupToken, inVPC(inputs{"ingress": []any{inline(inputs{"securityGroups": []any{"sg-0123"}})}}),
			"InvalidGroup.NotFound", "sg-0123"},
		{"default group of no VPC", "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup", given(inputs{"vpcId": "vpc-0123"}),
			"InvalidVpcID.NotFound", "vpc-0123"},

		{"rule of no group", ingressToken, func(w *world) inputs { return with(rule(nil)(w), inputs{"securityGroupId": "sg-0123"}) },
			"InvalidGroup.NotFound", "The security group 'sg-0123' does not exist"},
		{"rule for nobody", ingressToken, rule(inputs{"cidrIpv4": nil}), "", "exactly one of cidrIpv4, cidrIpv6"},
		{"rule for two", ingressToken, rule(inputs{"cidrIpv6": "::/0"}), "", "got cidrIpv4 and cidrIpv6"},
		{"rule with a host's address", ingressToken, rule(inputs{"cidrIpv4": "10.0.0.1/8"}), "", `did you mean "10.0.0.0/8"?`},
		{"rule of no protocol", ingressToken, rule(inputs{"ipProtocol": "htp"}), "InvalidParameterValue", "'htp' for IP protocol"},
		{"rule of no port", ingressToken, rule(inputs{"toPort": 70000}), "InvalidParameterValue", "ports are 0 to 65535"},
		{"rule with a negative port", ingressToken, rule(inputs{"fromPort": -1}), "InvalidParameterValue", "Invalid port range -1 to 22"},
		{"rule with an odd description", ingressToken, rule(inputs{"description": "<web>"}), "", "not allowed here"},
		{"old rule of no direction", ruleToken, given(with(old, inputs{"type": "in"})), "", "ingress, egress"},
		{"old rule for nobody", ruleToken, given(with(old, inputs{"cidrBlocks": nil})), "", "needs a peer"},
		{"old rule with ports backwards", ruleToken, given(with(old, inputs{"fromPort": 3})), "InvalidParameterValue", "(3:2)"},
		{"old rule for a group and a block", ruleToken, given(with(old, inputs{"sourceSecurityGroupId": "sg-1"})), "", "at most one of"},
	})
}

func TestEndpointRefusals(t *testing.T) {
	t.Parallel()
	const token = "aws:ec2/vpcEndpoint:VpcEndpoint"
	interfaceIn := func(changes inputs) func(*world) inputs {
		return inVPC(with(inputs{"serviceName": "com.amazonaws.us-west-2.sts", "vpcEndpointType": "Interface"}, changes))
	}
	runRefusals(t, []refusal{
		{"gateway with subnets", token, inVPC(inputs{"serviceName": "com.amazonaws.us-west-2.s3", "subnetIds": []any{"subnet-0"}}),
			"InvalidParameter", "Gateway endpoints take no subnetIds"},
		{"interface with route tables", token, interfaceIn(inputs{"routeTableIds": []any{"rtb-0"}}), "InvalidParameter", "take no routeTableIds"},
		{"no service", token, inVPC(inputs{}), "", "exactly one of serviceName"},
		{"odd type", token, inVPC(inputs{"serviceName": "com.amazonaws.us-west-2.s3", "vpcEndpointType": "gateway"}), "", "expected one of Gateway"},
		{"bad policy", token, inVPC(inputs{"serviceName": "com.amazonaws.us-west-2.s3", "policy": "{"}),
			"MalformedPolicyDocument", "invalid Json"},
	})
}

func TestOtherRefusals(t *testing.T) {
	t.Parallel()
	const (
		flowToken  = "aws:ec2/flowLog:FlowLog"
		groupToken = "aws:cloudwatch/logGroup:LogGroup"
		roleToken  = "aws:iam/role:Role"
		inlineRole = "aws:iam/rolePolicy:RolePolicy"
		aliasToken = "aws:kms/alias:Alias"
		bucket     = "aws:s3/bucketV2:BucketV2"
	)
	flow := func(changes inputs) func(*world) inputs {
		return func(w *world) inputs {
			return with(inputs{
				"vpcId": vpc(w).ID(), "trafficType": "ALL", "iamRoleArn": role(w, "logs").Text("arn"),
				"logDestination": logGroup(w, "flows").Text("arn"),
			}, changes)
		}
	}
	policy := func(text string) func(*world) inputs { return given(inputs{"policy": text, "role": "r"}) }
	trusting := func(text string) func(*world) inputs { return given(inputs{"assumeRolePolicy": text}) }
	runRefusals(t, []refusal{
		{"flow log of nothing", flowToken, flow(inputs{"vpcId": nil}), "", "exactly one of vpcId, subnetId"},
		{"flow log of no traffic", flowToken, flow(inputs{"trafficType": nil}), "MissingParameter", "TrafficType"},
		{"flow log to nowhere", flowToken, flow(inputs{"logDestination": nil}), "InvalidParameter", "LogDestination can't be empty"},
		{"flow log of no role", flowToken, flow(inputs{"iamRoleArn": "arn:aws:iam::123456789012:role/none"}),
			"InvalidParameter", "Unable to assume given IAM role"},
		{"flow log to no group", flowToken, flow(inputs{"logDestination": "arn:aws:logs:us-west-2:123456789012:log-group:none:*"}),
			"InvalidParameter", "does not exist"},
		{"flow log to no bucket", flowToken, flow(inputs{"logDestinationType": "s3", "iamRoleArn": nil, "logDestination": "arn:aws:s3:::none/logs"}),
			"LogDestinationNotFound", "arn:aws:s3:::none/logs does not exist"},
		{"flow log at an odd pace", flowToken, flow(inputs{"maxAggregationInterval": 120}), "", "60, 600"},
		{"flow log to no ARN", flowToken, flow(inputs{"logDestination": "flows"}), "", "is not an ARN"},

		{"log group kept for 31 days", groupToken, given(inputs{"retentionInDays": 31}), "", "expected one of 0, 1, 3"},
		{"log group of AWS", groupToken, given(inputs{"name": "aws/mine"}), "InvalidParameterException", "kept for AWS"},
		{"log group with no key", groupToken, given(inputs{"kmsKeyId": "arn:aws:kms:us-west-2:123456789012:key/none"}),
			"AccessDeniedException", "The specified KMS key does not exist"},

		{"trust in no JSON", roleToken, trusting("{"), "MalformedPolicyDocument", "invalid Json"},
		{"trust in a list", roleToken, trusting("[]"), "MalformedPolicyDocument", "invalid Json"},
		{"trust in a resource", roleToken, trusting(permit), "MalformedPolicyDocument", "prohibited field Resource"},
		{"trust in nobody", roleToken, trusting(`{"Statement":[{"Effect":"Allow","Action":"sts:AssumeRole"}]}`),
			"MalformedPolicyDocument", "Missing required field Principal"},
		{"policy for someone", inlineRole, policy(trust), "MalformedPolicyDocument", "should not specify a principal"},
		{"policy without resources", inlineRole, policy(`{"Statement":{"Effect":"Allow","Action":"s3:*"}}`),
			"MalformedPolicyDocument", "must contain resources"},
		{"policy without actions", inlineRole, policy(`{"Statement":{"Effect":"Allow","Resource":"*"}}`),
			"MalformedPolicyDocument", "must contain actions"},
		{"policy with two sorts of actions", inlineRole,
			policy(`{"Statement":{"Effect":"Allow","Resource":"*","Action":"*","NotAction":"s3:*"}}`), "MalformedPolicyDocument", "not both"},
		{"policy without effect", inlineRole, policy(`{"Statement":{"Action":"s3:*","Resource":"*"}}`), "MalformedPolicyDocument", "Effect must be"},
		{"policy with an odd action", inlineRole, policy(`{"Statement":{"Effect":"Allow","Action":["ListBuckets"],"Resource":"*"}}`),
			"MalformedPolicyDocument", "prefaced by a vendor"},
		{"policy with an odd element", inlineRole, policy(`{"Statement":{"Effect":"Allow","Actions":"s3:*","Resource":"*"}}`),
			"MalformedPolicyDocument", `no element "Actions"`},
		{"policy with an odd part", inlineRole, policy(`{"Statements":[]}`), "MalformedPolicyDocument", `no element "Statements"`},
		{"policy of another version", inlineRole, policy(`{"Version":"2024-01-01","Statement":[]}`), "MalformedPolicyDocument", "2012-10-17"},
		{"policy with an empty statement", inlineRole, policy(`{"Statement":[{}]}`), "MalformedPolicyDocument", "Statement must be"},
		{"policy that is a number", inlineRole, given(inputs{"policy": 5, "role": "r"}), "MalformedPolicyDocument", "a JSON object"},
		{"policy of no role", inlineRole, given(inputs{"policy": permit, "role": "none"}), "NoSuchEntity", "The role with name none"},
		{"attachment of no policy", "aws:iam/rolePolicyAttachment:RolePolicyAttachment", func(w *world) inputs {
			return inputs{"role": role(w, "r").Text("name"), "policyArn": "arn:aws:iam::123456789012:policy/none"}
		}, "NoSuchEntity", "does not exist or is not attachable"},
		{"attachment twice", "aws:iam/rolePolicyAttachment:RolePolicyAttachment", func(w *world) inputs {
			in := inputs{"role": role(w, "r").Text("name"), "policyArn": "arn:aws:iam::aws:policy/ReadOnlyAccess"}
			w.Create("aws:iam/rolePolicyAttachment:RolePolicyAttachment", "first", in)
			return in
		}, "", "there is already a IAM Role Policy Attachment"},

		{"key gone in a day", "aws:kms/key:Key", given(inputs{"deletionWindowInDays": 1}), "", "7 to 30"},
		{"rotation of an RSA key", "aws:kms/key:Key", given(inputs{"customerMasterKeySpec": "RSA_2048", "enableKeyRotation": true}),
			"UnsupportedOperationException", "only symmetric keys"},
		{"alias that is none", aliasToken, given(inputs{"name": "mine", "targetKeyId": "k"}), "ValidationException", "begin with alias/"},
		{"alias of AWS", aliasToken, given(inputs{"name": "alias/aws/s3", "targetKeyId": "k"}), "ValidationException", "alias/aws/"},
		{"alias of no key", aliasToken, given(inputs{"targetKeyId": "none"}), "NotFoundException", "Invalid keyId 'none'"},
		{"alias twice", aliasToken, func(w *world) inputs {
			in := inputs{"name": "alias/a", "targetKeyId": w.Create("aws:kms/key:Key", "k", inputs{}).ID()}
			w.Create(aliasToken, "first", in)
			return in
		}, "AlreadyExistsException", "alias/a"},

		{"bucket in capitals", bucket, given(inputs{"bucket": "Mine"}), "InvalidBucketName", "lower-case"},
		{"bucket of two letters", bucket, given(inputs{"bucket": "ab"}), "InvalidBucketName", "3 to 63"},
		{"bucket like an address", bucket, given(inputs{"bucket": "192.0.2.1"}), "InvalidBucketName", "IP address"},
		{"bucket kept for AWS", bucket, given(inputs{"bucket": "sthree-mine"}), "InvalidBucketName", "kept for AWS"},
		{"bucket taken in another region", bucket, func(w *world) inputs {
			w.As(inputs{"region": "eu-west-1"}).Create(bucket, "first", inputs{"bucket": "holdfast"})
			return inputs{"bucket": "holdfast"}
		}, "BucketAlreadyOwnedByYou", "holdfast"},
	})
}
