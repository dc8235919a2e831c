package aws

import (
	"fmt"

	"github.com/holdfast-iac/holdfast/policies/frameworks"
	"github.com/holdfast-iac/holdfast/policies/policy"
)

// EKSEndpointNotOpen keeps the API of clusters from being open to the whole internet.
var EKSEndpointNotOpen = policy.Policy{
	ID:        "aws-eks-endpoint-not-open",
	Title:     "The API of clusters must not be open to everybody.",
	Severity:  policy.High,
	Level:     policy.Mandatory,
	Rationale: "Whoever reaches the API can try stolen tokens, and the next flaw in Kubernetes, from anywhere.",
	Remediation: "Set vpcConfig.endpointPublicAccess to false and endpointPrivateAccess to true, or list the " +
		"addresses of your offices in publicAccessCidrs.",
	Controls: frameworks.Controls{SOC2: "CC6.1 CC6.6", ISO27001: "A.8.20 A.8.22"}.List(),
	Tags:     []string{"security", "public-access"},
	Peers: []string{
		"Checkov CKV_AWS_38", "Checkov CKV_AWS_39", "Trivy AWS-0040", "Trivy AWS-0041",
		"AWS Config EKS_ENDPOINT_NO_PUBLIC_ACCESS", "Security Hub EKS.1",
	},
	Bad: []policy.Example{
		{Name: "main", Type: clusterType, Properties: props{
			"roleArn": "arn:aws:iam::123456789012:role/eks", "vpcConfig": props{"subnetIds": []any{"subnet-a", "subnet-b"}},
		}},
	},
	Good: []policy.Example{
		{Name: "main", Type: clusterType, Properties: props{
			"roleArn": "arn:aws:iam::123456789012:role/eks",
			"vpcConfig": props{
				"subnetIds": []any{"subnet-a", "subnet-b"}, "endpointPrivateAccess": true, "endpointPublicAccess": false,
			},
		}},
	},
	Rules: []policy.Rule{
		policy.On(clusterType, func(r *policy.Report, c reachableCluster) {
			if network := c.Network.Get(); network.open() {
				r.Fail("Its API is open to %v.", network.sources())
			}
		}),
		policy.OnRemediate(clusterType, func(r *policy.Remediation, c reachableCluster) {
			if c.Network.Get().open() {
				r.Set("vpcConfig.endpointPrivateAccess", true)
				r.Set("vpcConfig.endpointPublicAccess", false)
			}
		}),
	},
}

type reachableCluster struct {
	Network policy.Value[clusterNetwork] `pulumi:"vpcConfig"`
}

// clusterNetwork is how a cluster's API is reached: by default from everywhere (EKS API, VpcConfigRequest).
type clusterNetwork struct {
	Private policy.Value[bool]  `pulumi:"endpointPrivateAccess"`
	Public  policy.Value[bool]  `pulumi:"endpointPublicAccess"`
	CIDRs   policy.List[string] `pulumi:"publicAccessCidrs"`
}

func (n clusterNetwork) open() bool {
	return policy.AllOf(
		func() bool { return n.Public.Or(true) },
		func() bool { return n.CIDRs.Len() == 0 || coverInternet(n.CIDRs) },
	)
}

func (n clusterNetwork) sources() string {
	if n.CIDRs.Len() == 0 {
		return "everybody"
	}
	return fmt.Sprint(n.CIDRs)
}
