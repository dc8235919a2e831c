package aws

import (
	"github.com/holdfast-iac/holdfast/policies/frameworks"
	"github.com/holdfast-iac/holdfast/policies/policy"
)

// MSKNotPublic refuses Kafka clusters with public addresses.
var MSKNotPublic = policy.Policy{
	ID:          "aws-msk-not-public",
	Title:       "Kafka clusters must not be public.",
	Severity:    policy.High,
	Level:       policy.Mandatory,
	Rationale:   "Brokers on the internet are found within hours, and one password or a flaw of Kafka is all that is left in between.",
	Remediation: "Set brokerNodeGroupInfo.connectivityInfo.publicAccess.type to DISABLED, and connect by PrivateLink or peering.",
	Controls:    frameworks.Controls{SOC2: "CC6.6", ISO27001: "A.8.20 A.8.22"}.List(),
	Tags:        []string{"security", "network", "public-access"},
	Peers:       []string{"Checkov CKV_AWS_291"},
	Bad: []policy.Example{
		{Name: "events", Type: mskClusterType, Properties: kafka(props{"brokerNodeGroupInfo": props{
			"instanceType": "kafka.m7g.large", "clientSubnets": []any{"subnet-a", "subnet-b", "subnet-c"},
			"securityGroups": []any{"sg-1"}, "connectivityInfo": props{"publicAccess": props{"type": "SERVICE_PROVIDED_EIPS"}},
		}})},
	},
	Good: []policy.Example{{Name: "events", Type: mskClusterType, Properties: kafka(nil)}},
	Rules: []policy.Rule{
		policy.On(mskClusterType, func(r *policy.Report, c placedKafka) {
			if c.public() {
				r.Fail("Its brokers have public addresses.")
			}
		}),
		policy.OnRemediate(mskClusterType, func(r *policy.Remediation, c placedKafka) {
			if c.public() {
				r.Set("brokerNodeGroupInfo.connectivityInfo.publicAccess.type", "DISABLED")
			}
		}),
	},
}

type placedKafka struct {
	Brokers policy.Value[brokerNodes] `pulumi:"brokerNodeGroupInfo"`
}

type brokerNodes struct {
	Connectivity policy.Value[brokerConnectivity] `pulumi:"connectivityInfo"`
}

type brokerConnectivity struct {
	Public policy.Value[brokerAccess] `pulumi:"publicAccess"`
}

type brokerAccess struct {
	Type policy.Value[string] `pulumi:"type"`
}

func (c placedKafka) public() bool {
	return c.Brokers.Get().Connectivity.Get().Public.Get().Type.Or("DISABLED") != "DISABLED"
}
