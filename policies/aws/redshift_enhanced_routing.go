package aws

import (
	"github.com/holdfast-iac/holdfast/policies/frameworks"
	"github.com/holdfast-iac/holdfast/policies/policy"
)

// RedshiftEnhancedRouting wants clusters of Redshift to load and unload data through their VPC.
var RedshiftEnhancedRouting = policy.Policy{
	ID:       "aws-redshift-enhanced-routing",
	Title:    "Redshift clusters must load data through their VPC.",
	Severity: policy.Low,
	Level:    policy.Advisory,
	Rationale: "Without enhanced routing, COPY and UNLOAD go past the VPC: past its endpoints with their policies, its firewalls " +
		"and its flow logs.",
	Remediation: "Set enhancedVpcRouting to true, with an endpoint for S3 in the VPC.",
	Controls:    frameworks.Controls{SOC2: "CC6.6", ISO27001: "A.8.20 A.8.22"}.List(),
	Tags:        []string{"security", "network"},
	Peers: []string{
		"Checkov CKV_AWS_321", "AWS Config REDSHIFT_ENHANCED_VPC_ROUTING_ENABLED", "Security Hub Redshift.7",
	},
	Bad: []policy.Example{
		{Name: "sales", Type: redshiftClusterType, Properties: props{"clusterIdentifier": "sales", "nodeType": "ra3.large"}},
	},
	Good: []policy.Example{
		{Name: "sales", Type: redshiftClusterType, Properties: props{
			"clusterIdentifier": "sales", "nodeType": "ra3.large", "enhancedVpcRouting": true,
		}},
	},
	Rules: []policy.Rule{
		policy.On(redshiftClusterType, func(r *policy.Report, c routedWarehouse) {
			if !c.Enhanced.Or(false) {
				r.Fail("It loads and unloads data past its VPC.")
			}
		}),
		policy.OnRemediate(redshiftClusterType, func(r *policy.Remediation, c routedWarehouse) {
			if !c.Enhanced.Or(false) {
				r.Set("enhancedVpcRouting", true)
			}
		}),
	},
}

type routedWarehouse struct {
	Enhanced policy.Value[bool] `pulumi:"enhancedVpcRouting"`
}
