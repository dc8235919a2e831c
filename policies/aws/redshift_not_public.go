package aws

import (
	"github.com/holdfast-iac/holdfast/policies/frameworks"
	"github.com/holdfast-iac/holdfast/policies/policy"
)

// RedshiftNotPublic keeps clusters of Redshift off the internet.
var RedshiftNotPublic = policy.Policy{
	ID:       "aws-redshift-not-public",
	Title:    "Data warehouses must not have public addresses.",
	Severity: policy.Critical,
	Level:    policy.Mandatory,
	Rationale: "A data warehouse with a public address is one security group rule away from everybody who tries " +
		"passwords.",
	Remediation: "Set publiclyAccessible to false, and reach the cluster through the VPC or a VPN.",
	Controls:    frameworks.Controls{SOC2: "CC6.1 CC6.6", ISO27001: "A.8.20 A.8.22"}.List(),
	Tags:        []string{"security", "public-access"},
	Peers: []string{
		"Checkov CKV_AWS_87", "AWS Config REDSHIFT_CLUSTER_PUBLIC_ACCESS_CHECK", "Security Hub Redshift.1",
	},
	Bad: []policy.Example{
		{Name: "reports", Type: redshiftClusterType, Properties: props{
			"clusterIdentifier": "reports", "nodeType": "ra3.large", "publiclyAccessible": true,
		}},
	},
	Good: []policy.Example{
		{Name: "reports", Type: redshiftClusterType, Properties: props{
			"clusterIdentifier": "reports", "nodeType": "ra3.large", "publiclyAccessible": false,
		}},
	},
	Rules: []policy.Rule{
		policy.On(redshiftClusterType, checkPublicWarehouse),
		policy.OnRemediate(redshiftClusterType, mendPublicWarehouse),
	},
}

type publicWarehouse struct {
	Public policy.Value[bool] `pulumi:"publiclyAccessible"`
}

func checkPublicWarehouse(r *policy.Report, v publicWarehouse) {
	if v.Public.Or(false) {
		r.Fail("It is given a public address.")
	}
}

func mendPublicWarehouse(r *policy.Remediation, v publicWarehouse) {
	if v.Public.Or(false) {
		r.Set("publiclyAccessible", false)
	}
}
