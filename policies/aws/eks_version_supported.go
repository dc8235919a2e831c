package aws

import (
	"github.com/holdfast-iac/holdfast/policies/frameworks"
	"github.com/holdfast-iac/holdfast/policies/policy"
)

// EKSVersionSupported refuses versions of Kubernetes after the end of their standard support in EKS. Without a
// version, AWS takes its default.
var EKSVersionSupported = policy.Policy{
	ID:       "aws-eks-version-supported",
	Title:    "Clusters must run a version of Kubernetes in standard support.",
	Severity: policy.High,
	Level:    policy.Mandatory,
	Rationale: "After standard support, a cluster costs more by the hour, and a year later AWS upgrades it at a " +
		"time of its own choosing.",
	Remediation: "Set version to a newer one. AWS upgrades a cluster by one minor version at a time.",
	Controls:    frameworks.Controls{SOC2: "CC7.1 A1.2", ISO27001: "A.8.8"}.List(),
	Tags:        []string{"reliability", "versions"},
	Peers:       []string{"Checkov CKV_AWS_339", "AWS Config EKS_CLUSTER_SUPPORTED_VERSION", "Security Hub EKS.2"},
	Bad: []policy.Example{
		{Name: "shop", Type: clusterType, Properties: props{
			"roleArn": "arn:aws:iam::123456789012:role/cluster", "vpcConfig": props{"subnetIds": []any{"subnet-a", "subnet-b"}},
			"version": "1.29",
		}},
	},
	Good: []policy.Example{
		{Name: "shop", Type: clusterType, Properties: props{
			"roleArn": "arn:aws:iam::123456789012:role/cluster", "vpcConfig": props{"subnetIds": []any{"subnet-a", "subnet-b"}},
		}},
	},
	Rules: []policy.Rule{
		policy.On(clusterType, func(r *policy.Report, c versionedCluster) {
			kubernetesEnds.check(r, "Kubernetes", c.Version.Get())
		}),
	},
}

type versionedCluster struct {
	Version policy.Value[string] `pulumi:"version"`
}
