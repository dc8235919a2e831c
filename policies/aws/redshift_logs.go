package aws

import (
	"github.com/holdfast-iac/holdfast/policies/frameworks"
	"github.com/holdfast-iac/holdfast/policies/policy"
)

// RedshiftLogs wants clusters of Redshift to keep a log of connections.
var RedshiftLogs = policy.Policy{
	ID:          "aws-redshift-logs",
	Title:       "Redshift clusters must keep audit logs.",
	Severity:    policy.Medium,
	Level:       policy.Advisory,
	Rationale:   "A warehouse holds the data of all other systems. Who connected to it, and what they asked, is in its audit log.",
	Remediation: "Add an aws:redshift/logging:Logging with clusterIdentifier set to this cluster.",
	Controls:    frameworks.Controls{SOC2: "CC7.2", ISO27001: "A.8.15"}.List(),
	Tags:        []string{"security", "logging"},
	Peers:       []string{"Checkov CKV_AWS_71", "AWS Config REDSHIFT_AUDIT_LOGGING_ENABLED", "Security Hub Redshift.4"},
	Bad: []policy.Example{
		{Name: "sales", Type: redshiftClusterType, Properties: props{"clusterIdentifier": "sales", "nodeType": "ra3.large"}},
	},
	Good: []policy.Example{
		{Name: "sales", Type: redshiftClusterType, Properties: props{"clusterIdentifier": "sales", "nodeType": "ra3.large"}},
		{Name: "audit", Type: redshiftLoggingType, Properties: props{
			"clusterIdentifier": "${sales.id}", "logDestinationType": "cloudwatch",
			"logExports": []any{"connectionlog", "userlog"},
		}},
	},
	Rules: []policy.Rule{
		policy.OnStack(func(r *policy.StackReport, stack struct {
			Clusters policy.Resources[loggedWarehouse] `pulumi:"aws:redshift/cluster:Cluster"`
			Logs     policy.Resources[struct{}]        `pulumi:"aws:redshift/logging:Logging"`
		}) {
			stack.Clusters.Each(func(c policy.Resource[loggedWarehouse]) {
				if !policy.AnyOf(
					func() bool { return c.Props.Logging.Get().Enabled.Or(false) },
					func() bool { return stack.Logs.AnyReferring("clusterIdentifier", c.Node, nil) },
				) {
					r.Fail(c.Node, "It keeps no audit log.")
				}
			})
		}),
	},
}

type loggedWarehouse struct {
	Logging policy.Value[warehouseLogging] `pulumi:"logging"`
}

type warehouseLogging struct {
	Enabled policy.Value[bool] `pulumi:"enable"`
}
