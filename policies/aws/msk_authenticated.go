package aws

import (
	"github.com/holdfast-iac/holdfast/policies/frameworks"
	"github.com/holdfast-iac/holdfast/policies/policy"
)

// MSKAuthenticated wants Kafka clusters to ask who connects.
var MSKAuthenticated = policy.Policy{
	ID:       "aws-msk-authenticated",
	Title:    "Kafka clusters must ask who connects.",
	Severity: policy.High,
	Level:    policy.Advisory,
	Rationale: "Kafka without authentication lets everybody who reaches its port read all topics, write to them and delete " +
		"them.",
	Remediation: "Set clientAuthentication.sasl.iam to true, and unauthenticated to false.",
	Controls:    frameworks.Controls{SOC2: "CC6.1", ISO27001: "A.8.3 A.8.5"}.List(),
	Tags:        []string{"security", "iam"},
	Peers:       []string{"AWS Config MSK_UNRESTRICTED_ACCESS_CHECK", "Security Hub MSK.6"},
	Bad:         []policy.Example{{Name: "events", Type: mskClusterType, Properties: kafka(nil)}},
	Good: []policy.Example{
		{Name: "events", Type: mskClusterType, Properties: kafka(props{"clientAuthentication": props{"sasl": props{"iam": true}}})},
	},
	Rules: []policy.Rule{
		policy.On(mskClusterType, func(r *policy.Report, c openKafka) {
			if c.Clients.Get().anybody() {
				r.Fail("It lets in whoever reaches it.")
			}
		}),
		policy.OnRemediate(mskClusterType, func(r *policy.Remediation, c openKafka) {
			if c.Clients.Get().anybody() {
				r.Set("clientAuthentication.sasl.iam", true)
				r.Set("clientAuthentication.unauthenticated", false)
			}
		}),
	},
}

type openKafka struct {
	Clients policy.Value[kafkaClients] `pulumi:"clientAuthentication"`
}

type kafkaClients struct {
	Unauthenticated policy.Value[bool]      `pulumi:"unauthenticated"`
	SASL            policy.Value[kafkaSASL] `pulumi:"sasl"`
	TLS             policy.Value[any]       `pulumi:"tls"`
}

type kafkaSASL struct {
	IAM   policy.Value[bool] `pulumi:"iam"`
	SCRAM policy.Value[bool] `pulumi:"scram"`
}

// anybody reports whether clients need not say who they are: because that is allowed, or because there is no other way.
func (c kafkaClients) anybody() bool {
	return policy.AnyOf(
		func() bool { return c.Unauthenticated.Or(false) },
		func() bool {
			return !c.TLS.Present() && !policy.AnyOf(
				func() bool { return c.SASL.Get().IAM.Or(false) },
				func() bool { return c.SASL.Get().SCRAM.Or(false) },
			)
		},
	)
}
