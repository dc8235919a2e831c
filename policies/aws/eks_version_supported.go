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
			end, listed := kubernetesEnds[c.Version.Get()]
			if listed && today(r.Deployment()) > end {
				r.Fail("Standard support of %v ended on %s.", c.Version, end)
			}
		}),
	},
}

type versionedCluster struct {
	Version policy.Value[string] `pulumi:"version"`
}

// kubernetesEnds are the last days of standard support in the Amazon EKS User Guide ("Kubernetes versions"), as
// endoflife.date read them there on 2026-08-22 (products/amazon-eks.md).
var kubernetesEnds = map[string]string{
	"1.29": "2025-03-23", "1.30": "2025-07-23", "1.31": "2025-11-26", "1.32": "2026-03-23", "1.33": "2026-07-29",
	"1.34": "2026-12-02", "1.35": "2027-03-27", "1.36": "2027-08-02",
}
