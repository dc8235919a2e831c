package aws

import (
	"github.com/holdfast-iac/holdfast/policies/frameworks"
	"github.com/holdfast-iac/holdfast/policies/policy"
)

// MSKLogs wants the brokers of Kafka clusters to keep a log.
var MSKLogs = policy.Policy{
	ID:       "aws-msk-logs",
	Title:    "Kafka clusters must keep the logs of their brokers.",
	Severity: policy.Low,
	Level:    policy.Advisory,
	Rationale: "Why a consumer was thrown out, a partition lost its leader or a client was refused is in the logs of the " +
		"brokers, which nobody can look at otherwise.",
	Remediation: "Set loggingInfo.brokerLogs.cloudwatchLogs, with enabled true and a logGroup.",
	Controls:    frameworks.Controls{SOC2: "CC7.2", ISO27001: "A.8.15"}.List(),
	Tags:        []string{"security", "logging"},
	Peers:       []string{"Checkov CKV_AWS_80", "Trivy AWS-0074"},
	Bad:         []policy.Example{{Name: "events", Type: mskClusterType, Properties: kafka(nil)}},
	Good: []policy.Example{
		{Name: "events", Type: mskClusterType, Properties: kafka(props{
			"loggingInfo": props{"brokerLogs": props{"cloudwatchLogs": props{"enabled": true, "logGroup": "kafka"}}},
		})},
	},
	Rules: []policy.Rule{
		policy.On(mskClusterType, func(r *policy.Report, c struct {
			Logging policy.Value[kafkaLogging] `pulumi:"loggingInfo"`
		}) {
			if !c.Logging.Get().Brokers.Get().kept() {
				r.Fail("It keeps no log of its brokers.")
			}
		}),
	},
}

type kafkaLogging struct {
	Brokers policy.Value[brokerLogs] `pulumi:"brokerLogs"`
}

type brokerLogs struct {
	CloudWatch policy.Value[brokerLog] `pulumi:"cloudwatchLogs"`
	Firehose   policy.Value[brokerLog] `pulumi:"firehose"`
	S3         policy.Value[brokerLog] `pulumi:"s3"`
}

type brokerLog struct {
	Enabled policy.Value[bool] `pulumi:"enabled"`
}

func (b brokerLogs) kept() bool {
	return policy.AnyOf(
		func() bool { return b.CloudWatch.Get().Enabled.Or(false) },
		func() bool { return b.Firehose.Get().Enabled.Or(false) },
		func() bool { return b.S3.Get().Enabled.Or(false) },
	)
}
