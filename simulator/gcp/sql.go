package gcp

import (
	"regexp"

	"github.com/holdfast-iac/holdfast/simulator"
)

// Sources: terraform-provider-google, google/services/sql/resource_sql_database_instance.go; Cloud SQL's instance
// settings (an instance's id, and that with its project it has at most 98 characters).

// mostSQLName is the most characters in project-id:instance-id.
const mostSQLName = 98

var sqlName = regexp.MustCompile(`^[a-z]([-a-z0-9]*[a-z0-9])?$`)

var sqlInstanceKind = kindOf("SQL Instance", func(c *simulator.Call) string {
	return "projects/" + project(c) + "/instances/" + c.Text("name")
})

func sqlTypes() []*simulator.Type {
	return []*simulator.Type{{
		Token:     "gcp:sql/databaseInstance:DatabaseInstance",
		Kind:      sqlInstanceKind,
		AutoName:  &simulator.AutoName{Property: "name", MaxLength: mostSQLName, Separator: "-", Lower: true},
		Defaults:  map[string]any{"deletionProtection": true},
		Immutable: []string{"name", "project", "region"},
		API:       []string{"sqladmin/v1:sql.instances.insert", "sqladmin/v1:sql.instances.patch"},
		Parameters: map[string]string{
			"settings.diskType": "settings.dataDiskType",
			"settings.diskSize": "settings.dataDiskSizeGb",
		},
		Check: func(c *simulator.Call) {
			checkProject(c)
			checkRegion(c)
		},
		Constraints: []simulator.Constraint{
			{
				Origin: simulator.Origin{ID: "gcp-sql-instance-name", Source: "https://cloud.google.com/sql/docs/mysql/instance-settings"},
				Error:  refused(400, "invalid", "Invalid request: Invalid full instance name (%s)."),
				Find: func(c *simulator.Call, broken func(path string, args ...any)) {
					c.Each("name", func(path, name string) {
						full := project(c) + ":" + name
						if len(full) > mostSQLName || !sqlName.MatchString(name) {
							broken(path, full)
						}
					})
				},
			},
			{
				Origin: simulator.Origin{ID: "gcp-sql-deletion-protection",
					Source: "terraform-provider-google, google/services/sql/resource_sql_database_instance.go"},
				Stage: simulator.AtDelete,
				Error: "Error, failed to delete instance because deletion_protection is set to true. " +
					"Set it to false to proceed with instance deletion",
				Find: func(c *simulator.Call, broken func(path string, args ...any)) {
					if held := c.Old.Inputs["deletionProtection"]; held.IsBool() && held.BoolValue() {
						broken("")
					}
				},
			},
		},
		Unique: []simulator.Unique{{
			Origin: simulator.Origin{ID: "gcp-sql-instance-taken",
				Source: "https://github.com/terraform-google-modules/terraform-google-gke-gitlab/issues/81"},
			Everywhere: true,
			Error:      refused(409, "instanceAlreadyExists", "The Cloud SQL instance already exists: %s"),
			Keys:       func(c *simulator.Call) []string { return []string{project(c) + ":" + c.Text("name")} },
		}},
		Compute: computeSQL,
	}}
}

func computeSQL(c *simulator.Call) {
	c.SetNew("project", project(c))
	c.SetNew("region", region(c))
	c.Set("connectionName", project(c)+":"+region(c)+":"+c.Text("name"))
	c.Set("selfLink", "https://sqladmin.googleapis.com/sql/v1beta4/"+c.ID)
	c.SetNew("instanceType", "CLOUD_SQL_INSTANCE")
	c.Set("serviceAccountEmailAddress", "p"+number(c)[:12]+"-"+c.Fixed("sql", 6)+"@gcp-sa-cloud-sql.iam.gserviceaccount.com")
	for _, name := range []string{"dnsName", "encryptionKeyName", "maintenanceVersion", "masterInstanceName", "pscServiceAttachmentLink"} {
		c.SetNew(name, "")
	}
	// Addresses of the range that is kept for documentation (RFC 5737), and of a private one.
	public, private := "203.0.113.20", ""
	if c.Given("settings.ipConfiguration.privateNetwork") {
		private = "10.100.0.3"
	}
	if c.Given("settings.ipConfiguration.ipv4Enabled") && !c.Flag("settings.ipConfiguration.ipv4Enabled") {
		public = ""
	}
	c.Set("publicIpAddress", public)
	c.Set("privateIpAddress", private)
	c.Set("firstIpAddress", or(public, private))
}
