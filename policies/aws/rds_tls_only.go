package aws

import (
	"fmt"
	"strings"
	"unicode"

	"github.com/holdfast-iac/holdfast/policies/frameworks"
	"github.com/holdfast-iac/holdfast/policies/policy"
)

// RDSTLSOnly wants parameter groups of databases to refuse connections in the clear.
var RDSTLSOnly = policy.Policy{
	ID:       "aws-rds-tls-only",
	Title:    "Databases must refuse connections in the clear.",
	Severity: policy.High,
	Level:    policy.Advisory,
	Rationale: "A client that does not ask for TLS sends its password, its queries and the answers in the clear, unless the " +
		"database refuses it.",
	Remediation: "Set the parameter rds.force_ssl to 1 for PostgreSQL, or require_secure_transport to 1 for MySQL and MariaDB.",
	Controls:    frameworks.Controls{SOC2: "CC6.7", ISO27001: "A.8.24 A.8.21"}.List(),
	Tags:        []string{"security", "encryption", "tls"},
	Peers: []string{
		"Checkov CKV2_AWS_69", "AWS Config RDS_POSTGRES_INSTANCE_ENCRYPTED_IN_TRANSIT",
		"AWS Config RDS_MYSQL_INSTANCE_ENCRYPTED_IN_TRANSIT", "Security Hub RDS.38", "Security Hub RDS.39",
	},
	Bad: []policy.Example{
		{Name: "orders", Type: rdsParametersType, Properties: props{"family": "mysql8.0"}},
	},
	Good: []policy.Example{
		{Name: "orders", Type: rdsParametersType, Properties: props{
			"family": "mysql8.0", "parameters": []any{props{"name": "require_secure_transport", "value": "1"}},
		}},
	},
	Rules: []policy.Rule{
		policy.On(rdsParametersType, func(r *policy.Report, g parameterGroup) {
			if !strings.HasPrefix(g.Family.Get(), "aurora-") { // whose parameter is the cluster's
				checkDatabaseTLS(r, g)
			}
		}),
		policy.On(rdsClusterParametersType, checkDatabaseTLS),
	},
}

// checkDatabaseTLS knows from which version on a parameter is on unless it is set: from the Amazon RDS User Guide,
// "Updating applications to connect to PostgreSQL DB instances using new SSL/TLS certificates" and "Requiring SSL/TLS for
// all connections to a MySQL DB instance" (of no version) and "to a MariaDB DB instance", and the Amazon Aurora User Guide,
// "Security with Amazon Aurora PostgreSQL" and "Comparing Aurora MySQL version 3 and Aurora MySQL version 8.4".
func checkDatabaseTLS(r *policy.Report, g parameterGroup) {
	engine := strings.TrimRightFunc(g.Family.Get(), func(r rune) bool { return r == '.' || unicode.IsDigit(r) })
	var version float64
	_, _ = fmt.Sscan(strings.TrimPrefix(g.Family.Get(), engine), &version)
	name, on := "require_secure_transport", false
	switch engine {
	case "postgres":
		name, on = "rds.force_ssl", version >= 15
	case "aurora-postgresql":
		name, on = "rds.force_ssl", version >= 17
	case "mysql":
	case "aurora-mysql":
		on = version >= 8.4
	case "mariadb":
		on = version >= 11.8
	default:
		return
	}
	def := "off"
	if on {
		def = ""
	}
	if value := g.value(name, def); value == "0" || value == "off" {
		r.Fail("Databases with it accept connections in the clear: %s is %s.", name, value)
	}
}
