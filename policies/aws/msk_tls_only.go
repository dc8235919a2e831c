package aws

import (
	"github.com/holdfast-iac/holdfast/policies/frameworks"
	"github.com/holdfast-iac/holdfast/policies/policy"
)

// MSKTLSOnly wants Kafka clusters to refuse clients in the clear. By default, they take TLS only.
var MSKTLSOnly = policy.Policy{
	ID:       "aws-msk-tls-only",
	Title:    "Kafka clusters must encrypt traffic.",
	Severity: policy.High,
	Level:    policy.Mandatory,
	Rationale: "Messages that are sent in the clear can be read by everybody in the network, with the credentials " +
		"of SASL.",
	Remediation: "Set encryptionInfo.encryptionInTransit.clientBroker to TLS and inCluster to true; both are the " +
		"defaults.",
	Controls: frameworks.Controls{SOC2: "CC6.7", ISO27001: "A.8.24 A.8.21"}.List(),
	Tags:     []string{"security", "encryption", "tls"},
	Peers: []string{
		"Checkov CKV_AWS_81", "Trivy AWS-0073", "AWS Config MSK_IN_CLUSTER_NODE_REQUIRE_TLS", "Security Hub MSK.1",
	},
	Bad: []policy.Example{
		{Name: "events", Type: mskClusterType, Properties: props{
			"clusterName": "events", "kafkaVersion": "3.9.x", "numberOfBrokerNodes": 3,
			"brokerNodeGroupInfo": props{"instanceType": "kafka.m7g.large", "clientSubnets": []any{"subnet-a", "subnet-b", "subnet-c"}, "securityGroups": []any{"sg-a"}},
			"encryptionInfo":      props{"encryptionInTransit": props{"clientBroker": "TLS_PLAINTEXT"}},
		}},
	},
	Good: []policy.Example{
		{Name: "events", Type: mskClusterType, Properties: props{
			"clusterName": "events", "kafkaVersion": "3.9.x", "numberOfBrokerNodes": 3,
			"brokerNodeGroupInfo": props{"instanceType": "kafka.m7g.large", "clientSubnets": []any{"subnet-a", "subnet-b", "subnet-c"}, "securityGroups": []any{"sg-a"}},
		}},
	},
	Rules: []policy.Rule{
		policy.On(mskClusterType, checkKafkaCluster),
		policy.OnRemediate(mskClusterType, mendKafkaCluster),
	},
}

type kafkaCluster struct {
	Encryption policy.Value[kafkaEncryption] `pulumi:"encryptionInfo"`
}

type kafkaEncryption struct {
	InTransit policy.Value[kafkaInTransit] `pulumi:"encryptionInTransit"`
}

type kafkaInTransit struct {
	Clients policy.Value[string] `pulumi:"clientBroker"`
	Brokers policy.Value[bool]   `pulumi:"inCluster"`
}

// inTheClear reports whether clients or brokers may talk in the clear.
func (k kafkaCluster) inTheClear() bool {
	transit := k.Encryption.Get().InTransit.Get()
	return policy.AnyOf(
		func() bool { return transit.Clients.Or("TLS") != "TLS" },
		func() bool { return !transit.Brokers.Or(true) },
	)
}

func checkKafkaCluster(r *policy.Report, v kafkaCluster) {
	if v.inTheClear() {
		r.Fail("It lets clients or brokers talk in the clear.")
	}
}

func mendKafkaCluster(r *policy.Remediation, v kafkaCluster) {
	if v.inTheClear() {
		r.Set("encryptionInfo.encryptionInTransit.clientBroker", "TLS")
		r.Set("encryptionInfo.encryptionInTransit.inCluster", true)
	}
}
