package aws

import (
	"slices"
	"strings"

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
		policy.On(rdsParametersType, checkDatabaseTLS),
		policy.On(rdsClusterParametersType, checkDatabaseTLS),
	},
}

func checkDatabaseTLS(r *policy.Report, g parameterGroup) {
	family := g.Family.Get()
	name := "require_secure_transport"
	switch engine := strings.TrimRight(family, "0123456789."); engine {
	case "postgres", "aurora-postgresql":
		name = "rds.force_ssl"
	case "mysql", "aurora-mysql", "mariadb":
	default:
		return
	}
	def := "on"
	if slices.Contains(plainByDefault, family) {
		def = "off"
	}
	if value := g.value(name, def); value == "0" || value == "off" {
		r.Fail("Databases with it accept connections in the clear: %s is %s.", name, value)
	}
}

// plainByDefault are the families whose parameter is off unless it is set: RDS for PostgreSQL before 15, Aurora
// PostgreSQL before 17, MySQL 8.0 and before, MariaDB before 11.8 (Amazon RDS and Amazon Aurora User Guides, on
// requiring SSL/TLS).
var plainByDefault = []string{
	"postgres11", "postgres12", "postgres13", "postgres14", "aurora-postgresql11", "aurora-postgresql12",
	"aurora-postgresql13", "aurora-postgresql14", "aurora-postgresql15", "aurora-postgresql16", "mysql5.7", "mysql8.0",
	"aurora-mysql5.7", "aurora-mysql8.0", "mariadb10.4", "mariadb10.5", "mariadb10.6", "mariadb10.11", "mariadb11.4",
}
