package aws_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/holdfast-iac/holdfast/simulator/simulatortest"
)

// CloudTrail and AWS Config.

const (
	trailToken    = "aws:cloudtrail/trail:Trail"
	recorderToken = "aws:cfg/recorder:Recorder"
	channelToken  = "aws:cfg/deliveryChannel:DeliveryChannel"
	statusToken   = "aws:cfg/recorderStatus:RecorderStatus"
)

// granted makes a bucket that lets a service write.
func granted(w *world, name, service string) thing {
	b := bucket(w, name)
	w.Create(bucketPolicyToken, name, inputs{"bucket": name, "policy": bucketGrant(name, service)})
	return b
}

func trustOf(service string) string {
	return `{"Statement":[{"Effect":"Allow","Action":"sts:AssumeRole","Principal":{"Service":"` + service + `"}}]}`
}

func recorder(w *world) thing {
	return w.Create(recorderToken, "recorder", inputs{"name": "recorder", "roleArn": role(w, "config").Text("arn")})
}

func channel(w *world) thing {
	recorder(w)
	return w.Create(channelToken, "channel", inputs{"s3BucketName": granted(w, "config", "config.amazonaws.com").ID()})
}

func auditFixtures() []simulatortest.Fixture {
	return []simulatortest.Fixture{
		{
			Type: trailToken,
			Inputs: func(w *world) inputs {
				return inputs{"s3BucketName": granted(w, "trail", "cloudtrail.amazonaws.com").ID(), "isMultiRegionTrail": true}
			},
			Update: func(w *world, in inputs) inputs {
				r := w.Create(roleToken, "logs", inputs{"assumeRolePolicy": trustOf("cloudtrail.amazonaws.com")})
				return with(in, inputs{
					"cloudWatchLogsGroupArn": logGroup(w, "trail").Text("arn") + ":*", "cloudWatchLogsRoleArn": r.Text("arn"),
					"snsTopicName": "trail", "enableLogFileValidation": true,
				})
			},
			Replace: changing(inputs{"name": "audit"}),
		},
		{
			Type: recorderToken, DeleteFirst: true,
			Inputs:  func(w *world) inputs { return inputs{"roleArn": role(w, "config").Text("arn")} },
			Update:  changing(inputs{"recordingGroup": inputs{"allSupported": true, "includeGlobalResourceTypes": true}}),
			Replace: changing(inputs{"name": "default"}),
		},
		{
			Type: channelToken, DeleteFirst: true,
			Inputs: func(w *world) inputs {
				recorder(w)
				return inputs{"s3BucketName": granted(w, "config", "config.amazonaws.com").ID()}
			},
			Update:  changing(inputs{"snapshotDeliveryProperties": inputs{"deliveryFrequency": "Six_Hours"}}),
			Replace: changing(inputs{"name": "default"}),
		},
		{
			Type: statusToken,
			Inputs: func(w *world) inputs {
				channel(w)
				return inputs{"name": "recorder", "isEnabled": true}
			},
			Update: changing(inputs{"isEnabled": false}),
		},
	}
}

func TestAudit(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	trail := w.Create(trailToken, "trail", inputs{
		"name": "audit", "s3BucketName": granted(w, "trail", "cloudtrail.amazonaws.com").ID(), "snsTopicName": "trail",
	})
	assert.Equal(t, "arn:aws:cloudtrail:us-west-2:123456789012:trail/audit", trail.Text("arn"))
	assert.Equal(t, "arn:aws:sns:us-west-2:123456789012:trail", trail.Text("snsTopicArn"))
	account := ask(t, w, "aws:cloudtrail/getServiceAccount:getServiceAccount", nil)
	assert.Equal(t, "arn:aws:iam::113285607260:root", account["arn"])
	assert.Equal(t, "282025262664", ask(t, w, "aws:cloudtrail/getServiceAccount:getServiceAccount", inputs{"region": "eu-west-2"})["id"])
	refuses(t, w, "aws:cloudtrail/getServiceAccount:getServiceAccount", inputs{"region": "eu-west-9"}, "unsupported CloudTrail Service Account Region")
	runRefusals(t, []refusal{
		{"trail of a bad name", trailToken, given(inputs{"name": "a..b", "s3BucketName": "b"}), "InvalidTrailNameException", "not allowed"},
		{"trail of a taken name", trailToken, func(w *world) inputs {
			granted(w, "trail", "cloudtrail.amazonaws.com")
			in := inputs{"name": "audit", "s3BucketName": "trail"}
			w.Create(trailToken, "first", in)
			return in
		}, "TrailAlreadyExistsException", "audit"},
		{"trail with no such key", trailToken, func(w *world) inputs {
			return inputs{
				"s3BucketName": granted(w, "trail", "cloudtrail.amazonaws.com").ID(),
				"kmsKeyId":     "arn:aws:kms:us-west-2:123456789012:key/none",
			}
		}, "KmsKeyNotFoundException", "none"},
		{"status of no recorder", statusToken, given(inputs{"name": "none", "isEnabled": true}), "NoSuchConfigurationRecorderException", "'none'"},
	})
}

func trailCases() []simulatortest.Case {
	to := func(bucket string, more inputs) func(*world) error {
		return func(w *world) error {
			return try(w, trailToken, with(inputs{"name": "audit", "s3BucketName": bucket}, more))
		}
	}
	// withPolicy makes a bucket with that policy, and a trail that writes below a prefix.
	withPolicy := func(policy string, prefix string) func(*world) error {
		return func(w *world) error {
			bucket(w, "trail")
			w.Create(bucketPolicyToken, "trail", inputs{"bucket": "trail", "policy": policy})
			return to("trail", inputs{"s3KeyPrefix": prefix})(w)
		}
	}
	grant := bucketGrant("trail", "cloudtrail.amazonaws.com")
	below := func(key string) string { return strings.Replace(grant, "trail/*", "trail/"+key+"/*", 1) }
	whose := func(arn string) string {
		return strings.Replace(grant, `trail/*"`, `trail/*","Condition":{"StringEquals":{"aws:SourceArn":"`+arn+`"}}`, 1)
	}
	after := func(before func(*world), more inputs) func(*world) error {
		return func(w *world) error {
			granted(w, "trail", "cloudtrail.amazonaws.com")
			if before != nil {
				before(w)
			}
			return to("trail", more)(w)
		}
	}
	const encrypts = `"kms:GenerateDataKey*","kms:DescribeKey"`
	// keyed makes a key in a region with a policy that lets a service do some actions, and a trail that encrypts with it.
	keyed := func(region, service, actions string, before func(*world)) func(*world) error {
		return func(w *world) error {
			granted(w, "trail", "cloudtrail.amazonaws.com")
			before(w)
			key := w.As(inputs{"region": region}).Create(keyToken, "key", inputs{
				"policy": `{"Version":"2012-10-17","Statement":[` +
					`{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::123456789012:root"},"Action":"kms:*","Resource":"*"},` +
					`{"Effect":"Allow","Principal":{"Service":"` + service + `"},"Action":[` + actions + `],"Resource":"*"}]}`,
			})
			return to("trail", inputs{"kmsKeyId": key.Text("arn")})(w)
		}
	}
	withKey := func(region, service string) func(*world) error {
		return keyed(region, service, encrypts, func(*world) {})
	}
	bucketKey := func(actions string, enabled bool) func(*world) error {
		return keyed("us-west-2", "cloudtrail.amazonaws.com", actions, func(w *world) {
			w.Create(encryptionToken, "trail", inputs{"bucket": "trail", "rules": []any{inputs{
				"applyServerSideEncryptionByDefault": inputs{"sseAlgorithm": "aws:kms"}, "bucketKeyEnabled": enabled,
			}}})
		})
	}
	group := func(region, suffix string) func(*world) error {
		return func(w *world) error {
			granted(w, "trail", "cloudtrail.amazonaws.com")
			r := w.Create(roleToken, "logs", inputs{"name": "logs", "assumeRolePolicy": trustOf("cloudtrail.amazonaws.com")})
			group := logGroup(w.As(inputs{"region": region}), "trail")
			return to("trail", inputs{"cloudWatchLogsGroupArn": group.Text("arn") + suffix, "cloudWatchLogsRoleArn": r.Text("arn")})(w)
		}
	}
	logAs := func(service string) func(*world) error {
		return func(w *world) error {
			granted(w, "trail", "cloudtrail.amazonaws.com")
			r := w.Create(roleToken, "logs", inputs{"assumeRolePolicy": trustOf(service)})
			arn := logGroup(w, "trail").Text("arn") + ":*"
			return to("trail", inputs{"cloudWatchLogsGroupArn": arn, "cloudWatchLogsRoleArn": r.Text("arn")})(w)
		}
	}
	const id = "aws-cloudtrail-bucket-policy"
	const code = "InsufficientS3BucketPolicyException"
	return []simulatortest.Case{
		{
			ID: id, Code: code, Text: "Incorrect S3 bucket policy is detected for bucket: trail",
			Fails: func(w *world) error {
				bucket(w, "trail")
				return to("trail", nil)(w)
			},
			Passes: to("of-another-account", nil),
		},
		{ID: id, Code: code, Text: "s3:GetBucketAcl", Fails: withPolicy(bucketGrant("trail", "config.amazonaws.com"), ""), Passes: withPolicy(grant, "")},
		{
			ID: id, Code: code, Text: "s3:PutObject to AWSLogs/123456789012/CloudTrail/us-west-2/",
			Fails: withPolicy(below("AWSLogs/210987654321"), ""), Passes: withPolicy(below("AWSLogs/123456789012"), ""),
		},
		{
			ID: id, Code: code, Text: "s3:PutObject to audit/AWSLogs/",
			Fails: withPolicy(below("AWSLogs"), "audit"), Passes: withPolicy(below("audit/AWSLogs"), "audit"),
		},
		{
			ID: id, Code: code, Text: "s3:PutObject",
			Fails:  withPolicy(whose("arn:aws:cloudtrail:us-west-2:123456789012:trail/other"), ""),
			Passes: withPolicy(whose("arn:aws:cloudtrail:us-west-2:123456789012:trail/audit"), ""),
		},
		{
			ID: id, Code: code, Text: "s3:GetBucketAcl",
			Fails: withPolicy(strings.ReplaceAll(grant, `{"Service":"cloudtrail.amazonaws.com"}`, `{"AWS":"086441151436"}`), ""),
			Passes: withPolicy(strings.ReplaceAll(grant, `{"Service":"cloudtrail.amazonaws.com"}`,
				`{"AWS":"arn:aws:iam::113285607260:root"}`), ""),
		},
		{
			ID: "aws-s3-bucket-not-empty", Code: "BucketNotEmpty", Text: "AWSLogs/123456789012/CloudTrail/",
			Fails: func(w *world) error {
				b := granted(w, "trail", "cloudtrail.amazonaws.com")
				w.Delete(w.Create(trailToken, "trail", inputs{"s3BucketName": "trail"}))
				return w.TryDelete(b)
			},
			Passes: func(w *world) error { return w.TryDelete(granted(w, "trail", "cloudtrail.amazonaws.com")) },
		},
		{
			ID: "aws-cloudtrail-key-policy", Code: "InsufficientEncryptionPolicyException", Text: "S3 bucket trail or KMS key arn:aws:kms:",
			Fails: withKey("us-west-2", "logs.amazonaws.com"), Passes: withKey("us-west-2", "cloudtrail.amazonaws.com"),
		},
		{
			ID: "aws-cloudtrail-key-policy", Code: "InsufficientEncryptionPolicyException", Text: "S3 bucket trail or KMS key arn:aws:kms:",
			Fails: bucketKey(encrypts, true), Passes: bucketKey(encrypts+`,"kms:Decrypt"`, true),
		},
		{
			ID: "aws-cloudtrail-key-policy", Code: "InsufficientEncryptionPolicyException", Text: "S3 bucket trail or KMS key arn:aws:kms:",
			Fails: bucketKey(encrypts, true), Passes: bucketKey(encrypts, false),
		},
		{
			ID: "aws-cloudtrail-key-region", Code: "InsufficientEncryptionPolicyException", Text: "in the same region",
			Fails: withKey("us-east-1", "cloudtrail.amazonaws.com"), Passes: withKey("us-west-2", "cloudtrail.amazonaws.com"),
		},
		{
			ID: "aws-cloudtrail-global-events", Code: "InvalidParameterCombinationException", Text: "must include global service events",
			Fails:  after(nil, inputs{"isMultiRegionTrail": true, "includeGlobalServiceEvents": false}),
			Passes: after(nil, inputs{"isMultiRegionTrail": true}),
		},
		{
			ID: "aws-cloudtrail-log-group-streams", Code: "InvalidCloudWatchLogsLogGroupArnException", Text: "must end with :*",
			Fails: group("us-west-2", ""), Passes: group("us-west-2", ":*"),
		},
		{
			ID: "aws-cloudtrail-log-group-region", Code: "InvalidCloudWatchLogsLogGroupArnException", Text: "in the current region",
			Fails: group("us-east-1", ":*"), Passes: group("us-west-2", ":*"),
		},
		{
			ID: "aws-cloudtrail-role-trust", Code: "InvalidCloudWatchLogsRoleArnException", Text: "Check the trust relationships",
			Fails: logAs("ec2.amazonaws.com"), Passes: logAs("cloudtrail.amazonaws.com"),
		},
		{
			ID: "aws-cloudtrail-trails", Code: "MaximumNumberOfTrailsExceededException", Text: "already has 1 trails",
			Quotas: map[string]int{"aws-cloudtrail-trails": 1},
			Fails:  after(func(w *world) { w.Create(trailToken, "first", inputs{"s3BucketName": "trail"}) }, nil),
			Passes: after(nil, nil),
		},
	}
}

func configCases() []simulatortest.Case {
	record := func(group inputs) func(*world) error {
		return func(w *world) error {
			return try(w, recorderToken, inputs{"roleArn": role(w, "config").Text("arn"), "recordingGroup": group})
		}
	}
	deliver := func(more inputs) func(*world) error {
		return func(w *world) error {
			recorder(w)
			bucket(w, "logs")
			w.Create("aws:iam/rolePolicy:RolePolicy", "write", inputs{"role": "config", "policy": more["policy"]})
			return try(w, channelToken, inputs{"s3BucketName": "logs"})
		}
	}
	may := func(action string) inputs {
		return inputs{"policy": `{"Statement":{"Effect":"Allow","Action":"` + action + `","Resource":"arn:aws:s3:::logs/*"}}`}
	}
	attached := func(policy string) func(*world) error {
		return func(w *world) error {
			recorder(w)
			w.Create("aws:iam/rolePolicyAttachment:RolePolicyAttachment", "a", inputs{"role": "config", "policyArn": policy})
			return try(w, channelToken, inputs{"s3BucketName": bucket(w, "logs").ID()})
		}
	}
	start := func(enabled bool) func(*world) error {
		return func(w *world) error {
			recorder(w)
			return try(w, statusToken, inputs{"name": "recorder", "isEnabled": enabled})
		}
	}
	stopped := func(enabled bool) func(*world) error {
		return func(w *world) error {
			c := channel(w)
			w.Create(statusToken, "status", inputs{"name": "recorder", "isEnabled": enabled})
			return w.TryDelete(c)
		}
	}
	return []simulatortest.Case{
		{
			ID: "aws-config-one-recorder", Code: "MaxNumberOfConfigurationRecordersExceededException", Text: "1 is reached",
			Fails: func(w *world) error {
				recorder(w)
				return try(w, recorderToken, inputs{"roleArn": role(w, "other").Text("arn")})
			},
			Passes: func(w *world) error {
				recorder(w)
				return try(w.As(inputs{"region": "us-east-1"}), recorderToken, inputs{"roleArn": role(w, "other").Text("arn")})
			},
		},
		{
			ID: "aws-config-one-channel", Code: "MaxNumberOfDeliveryChannelsExceededException", Text: "1 is reached",
			Fails: func(w *world) error {
				channel(w)
				return try(w, channelToken, inputs{"s3BucketName": "config"})
			},
			Passes: func(w *world) error {
				w.Delete(channel(w))
				return try(w, channelToken, inputs{"s3BucketName": "config"})
			},
		},
		{
			ID: "aws-config-recording-group", Code: "InvalidRecordingGroupException", Text: "allSupported must be false",
			Fails:  record(inputs{"resourceTypes": []any{"AWS::EC2::Instance"}}),
			Passes: record(inputs{"allSupported": false, "resourceTypes": []any{"AWS::EC2::Instance"}}),
		},
		{
			ID: "aws-config-global-types", Code: "InvalidRecordingGroupException", Text: "allSupported must be true",
			Fails: record(inputs{
				"allSupported": false, "includeGlobalResourceTypes": true, "resourceTypes": []any{"AWS::EC2::Instance"},
			}),
			Passes: record(inputs{"allSupported": true, "includeGlobalResourceTypes": true}),
		},
		{
			ID: "aws-config-channel-after-recorder", Code: "NoAvailableConfigurationRecorderException", Text: "to put delivery channel",
			Fails: func(w *world) error {
				return try(w, channelToken, inputs{"s3BucketName": granted(w, "logs", "config.amazonaws.com").ID()})
			},
			Passes: func(w *world) error {
				recorder(w)
				return try(w, channelToken, inputs{"s3BucketName": granted(w, "logs", "config.amazonaws.com").ID()})
			},
		},
		{
			ID: "aws-config-bucket-policy", Code: "InsufficientDeliveryPolicyException", Text: "bucket: logs, unable to write",
			Fails: deliver(may("s3:GetObject")), Passes: deliver(may("s3:Put*")),
		},
		{
			ID: "aws-config-bucket-policy", Code: "InsufficientDeliveryPolicyException", Text: "prefix is ''",
			Fails: attached("arn:aws:iam::aws:policy/service-role/AWS_ConfigRole"), Passes: attached("arn:aws:iam::aws:policy/AdministratorAccess"),
		},
		{
			ID: "aws-config-start-after-channel", Code: "NoAvailableDeliveryChannelException", Text: "Delivery channel is not available",
			Fails: start(true), Passes: start(false),
		},
		{
			ID: "aws-config-stop-before-channel", Code: "LastDeliveryChannelDeleteFailedException", Text: "a running configuration recorder",
			Fails: stopped(true), Passes: stopped(false),
		},
	}
}
