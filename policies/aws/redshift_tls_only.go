package aws

import (
	"github.com/holdfast-iac/holdfast/policies/frameworks"
	"github.com/holdfast-iac/holdfast/policies/policy"
)

// RedshiftTLSOnly wants parameter groups of Redshift to refuse connections in the clear.
var RedshiftTLSOnly = policy.Policy{
	ID:       "aws-redshift-tls-only",
	Title:    "Redshift must refuse connections in the clear.",
	Severity: policy.Medium,
	Level:    policy.Advisory,
	Rationale: "A client that does not ask for TLS sends its password and gets its answers in the clear, unless the cluster " +
		"refuses it.",
	Remediation: "Add the parameter require_ssl with the value true.",
	Controls:    frameworks.Controls{SOC2: "CC6.7", ISO27001: "A.8.24"}.List(),
	Tags:        []string{"security", "encryption", "tls"},
	Peers:       []string{"Checkov CKV_AWS_105", "AWS Config REDSHIFT_REQUIRE_TLS_SSL", "Security Hub Redshift.2"},
	Bad: []policy.Example{
		{Name: "sales", Type: redshiftParametersType, Properties: props{"family": "redshift-1.0"}},
	},
	Good: []policy.Example{
		{Name: "sales", Type: redshiftParametersType, Properties: props{
			"family": "redshift-1.0", "parameters": []any{props{"name": "require_ssl", "value": "true"}},
		}},
	},
	Rules: []policy.Rule{
		policy.On(redshiftParametersType, func(r *policy.Report, g parameterGroup) {
			if g.value("require_ssl", "false") == "false" && g.Family.Get() == "redshift-1.0" {
				r.Fail("Clusters with it accept connections in the clear.")
			}
		}),
	},
}
