package aws

import (
	"maps"

	"github.com/holdfast-iac/holdfast/policies/frameworks"
	"github.com/holdfast-iac/holdfast/policies/policy"
)

// MSKVersionSupported advises against versions of Apache Kafka after the end of their support in MSK.
var MSKVersionSupported = policy.Policy{
	ID:          "aws-msk-version-supported",
	Title:       "Kafka clusters must run a supported version.",
	Severity:    policy.Medium,
	Level:       policy.Advisory,
	Rationale:   "After the end of support, AWS upgrades a cluster at a time of its own choosing, and no flaw is mended until then.",
	Remediation: "Set kafkaVersion to a newer one. AWS upgrades broker by broker; topics with one replica are away meanwhile.",
	Controls:    frameworks.Controls{SOC2: "CC7.1 A1.2", ISO27001: "A.8.8"}.List(),
	Tags:        []string{"reliability", "versions"},
	Bad:         []policy.Example{{Name: "events", Type: mskClusterType, Properties: kafka(props{"kafkaVersion": "2.8.1"})}},
	Good:        []policy.Example{{Name: "events", Type: mskClusterType, Properties: kafka(nil)}},
	Rules: []policy.Rule{
		policy.On(mskClusterType, func(r *policy.Report, c struct {
			Version policy.Value[string] `pulumi:"kafkaVersion"`
		}) {
			kafkaEnds.check(r, "Kafka", c.Version.Get())
		}),
	},
}

// kafka are the properties of an example's cluster: what every one must have, and more or else.
func kafka(more props) props {
	all := props{
		"kafkaVersion": "3.9.x", "numberOfBrokerNodes": 3,
		"brokerNodeGroupInfo": props{
			"instanceType": "kafka.m7g.large", "clientSubnets": []any{"subnet-a", "subnet-b", "subnet-c"},
			"securityGroups": []any{"sg-1"},
		},
	}
	maps.Copy(all, more)
	return all
}
