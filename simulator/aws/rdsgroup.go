package aws

import (
	"regexp"
	"slices"
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"

	"github.com/holdfast-iac/holdfast/simulator"
)

// Sources: terraform-provider-aws, internal/service/rds/{subnet_group,parameter_group,cluster_parameter_group,
// option_group,validate}.go; the RDS API's CreateDBSubnetGroup, CreateDBParameterGroup, DeleteDBSubnetGroup.

const (
	rdsCreateSubnetGroup    = "https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBSubnetGroup.html"
	rdsDeleteSubnetGroup    = "https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_DeleteDBSubnetGroup.html"
	rdsCreateParameterGroup = "https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBParameterGroup.html"
	rdsDeleteParameterGroup = "https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_DeleteDBParameterGroup.html"
	rdsWorkingWithGroups    = "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_WorkingWithParamGroups.html"
	managedByPulumi         = "Managed by Pulumi"
)

var dbSubnetGroupKind = &simulator.Kind{
	Noun: "RDS DB Subnet Group", ID: nameOrPrefix, Name: "name",
	ARN:      "arn:{partition}:rds:{region}:{account}:subgrp:{id}",
	NotFound: "DBSubnetGroupNotFoundFault: DBSubnetGroup '%s' not found.",
	InUse: "InvalidDBSubnetGroupStateFault: Cannot delete the subnet group '%s' " +
		"because at least one database instance or cluster is still using it.",
}

var dbParameterGroupKind = &simulator.Kind{
	Noun: "RDS DB Parameter Group", ID: nameOrPrefix, Name: "name",
	ARN:      "arn:{partition}:rds:{region}:{account}:pg:{id}",
	NotFound: "DBParameterGroupNotFound: DBParameterGroup not found: %s",
	InUse: "InvalidDBParameterGroupState: One or more database instances are still members of this parameter group %s, " +
		"so the group cannot be deleted",
}

var dbClusterParameterGroupKind = &simulator.Kind{
	Noun: "RDS Cluster Parameter Group", ID: nameOrPrefix, Name: "name",
	ARN:      "arn:{partition}:rds:{region}:{account}:cluster-pg:{id}",
	NotFound: "DBClusterParameterGroupNotFound: DBClusterParameterGroup not found: %s",
	InUse: "InvalidDBParameterGroupState: One or more database clusters are still members of this parameter group %s, " +
		"so the group cannot be deleted",
}

// rdsGroupName allows the names of RDS groups of parameters.
var rdsGroupName = simulator.All(
	simulator.Length(1, 255),
	simulator.Matches(`^[0-9a-z.-]+$`, "lower-case letters, digits, periods and hyphens are"),
	simulator.Matches(`^[a-z]`, "names that begin with a letter are"),
	simulator.Matches(`^([^-]|-[^-])*$`, "names without a hyphen at the end or two in a row are"),
)

func rdsGroupTypes() []*simulator.Type {
	return []*simulator.Type{
		{
			Token:     "aws:rds/subnetGroup:SubnetGroup",
			Kind:      dbSubnetGroupKind,
			Defaults:  map[string]any{"description": managedByPulumi},
			AutoName:  &simulator.AutoName{Property: "name", MaxLength: 255, Separator: "-", Lower: true},
			Immutable: []string{"name", "namePrefix"},
			Sets:      []string{"subnetIds"},
			Rules: map[string]simulator.Rule{
				"name": simulator.Matches(`^[ .0-9a-z_-]{1,255}$`, "up to 255 lower-case letters, digits, spaces and . _ - are"),
			},
			AtMostOne:  [][]string{{"name", "namePrefix"}},
			References: []simulator.Reference{{Property: "subnetIds[*]", To: kinds(subnetKind)}},
			Unique: []simulator.Unique{{
				Origin:     simulator.Origin{ID: "aws-rds-subnet-group-exists", Source: rdsCreateSubnetGroup},
				Properties: []string{"name"}, AnyCase: true,
				Error: "DBSubnetGroupAlreadyExists: The DB subnet group '%s' already exists.",
			}},
			Constraints: []simulator.Constraint{
				{
					Origin: simulator.Origin{ID: "aws-rds-subnet-group-default",
						Source: "terraform-provider-aws, internal/service/rds/validate.go"},
					Error: "%q is not allowed as \"name\"",
					Find: func(c *simulator.Call, broken func(string, ...any)) {
						if strings.EqualFold(c.Text("name"), "default") {
							broken("name", c.Text("name"))
						}
					},
				},
				twoZones("aws-rds-subnet-group-two-zones", rdsCreateSubnetGroup),
				oneVPC("aws-rds-subnet-group-one-vpc", rdsCreateSubnetGroup),
			},
			API:        []string{"rds:CreateDBSubnetGroup", "rds:ModifyDBSubnetGroup"},
			Parameters: map[string]string{"name": "DBSubnetGroupName", "description": "DBSubnetGroupDescription"},
			Compute: func(c *simulator.Call) {
				c.SetNew("name", c.ID)
				c.SetNew("namePrefix", "")
				c.Set("supportedNetworkTypes", []string{"IPV4"})
				c.Set("vpcId", networkOfSubnets(c, "subnetIds[*]"))
			},
		},
		parameterGroupType("aws:rds/parameterGroup:ParameterGroup", dbParameterGroupKind, "DB",
			"DBParameterGroupAlreadyExists: Parameter group %s already exists"),
		parameterGroupType("aws:rds/clusterParameterGroup:ClusterParameterGroup", dbClusterParameterGroupKind, "DBCluster",
			"DBParameterGroupAlreadyExists: Parameter group %s already exists"),
	}
}

// parameterGroupType is the type of a group of parameters; of names what the API calls it.
func parameterGroupType(token string, kind *simulator.Kind, of, exists string) *simulator.Type {
	return &simulator.Type{
		Token:     token,
		Kind:      kind,
		Defaults:  map[string]any{"description": managedByPulumi},
		AutoName:  &simulator.AutoName{Property: "name", MaxLength: 255, Separator: "-", Lower: true},
		Immutable: []string{"description", "family", "name", "namePrefix"},
		Sets:      []string{"parameters"},
		Rules: map[string]simulator.Rule{
			"name": rdsGroupName, "parameters[*].applyMethod": simulator.OneOf("immediate", "pending-reboot"),
		},
		AtMostOne: [][]string{{"name", "namePrefix"}},
		Unique: []simulator.Unique{{
			Origin: simulator.Origin{
				ID: "aws-rds-" + strings.ToLower(of) + "-parameter-group-exists", Source: rdsCreateParameterGroup,
			},
			Properties: []string{"name"}, AnyCase: true, Error: exists,
		}},
		Constraints: []simulator.Constraint{{
			Origin: simulator.Origin{ID: "aws-rds-static-parameter-immediate", Source: rdsWorkingWithGroups},
			Error:  "InvalidParameterCombination: cannot use immediate apply method for static parameter %s",
			Find:   findImmediateStatic,
		}, {
			Origin: simulator.Origin{ID: "aws-rds-parameter-group-family-exists", Source: rdsCreateParameterGroup},
			Error:  "InvalidParameterValue: ParameterGroupFamily %s is not a valid parameter group family",
			Find: func(c *simulator.Call, broken func(string, ...any)) {
				if family := c.Text("family"); family != "" && !familyExists(family) {
					broken("family", family)
				}
			},
		}},
		Patient: true,
		Keeps:   func(c *simulator.Call) bool { return c.Flag("skipDestroy") },
		API:     []string{"rds:Create" + of + "ParameterGroup", "rds:Modify" + of + "ParameterGroup"},
		Parameters: map[string]string{
			"name": of + "ParameterGroupName", "family": "DBParameterGroupFamily",
			"parameters[*].name": "Parameters.ParameterName", "parameters[*].value": "Parameters.ParameterValue",
		},
		Compute: func(c *simulator.Call) {
			c.SetNew("name", c.ID)
			c.SetNew("namePrefix", "")
		},
	}
}

var familyForm = regexp.MustCompile(`^((?:aurora-)?(?:postgresql|postgres|mysql)|mariadb)(.*)$`)

// familyExists reports whether there may be such a family. Those of commercial engines are taken to exist.
func familyExists(family string) bool {
	parts := familyForm.FindStringSubmatch(family)
	if parts == nil {
		return slices.ContainsFunc([]string{"oracle-", "sqlserver-", "db2-", "custom-"},
			func(prefix string) bool { return strings.HasPrefix(family, prefix) })
	}
	engine := engineNamed(parts[1])
	return engine != nil && engine.major(parts[2]) == parts[2] && engine.has(parts[2])
}

// staticParameters are some that only change when the database starts, by the beginning of the family.
var staticParameters = map[string][]string{
	"postgres": postgresStatic, "aurora-postgresql": postgresStatic,
	"mysql": mysqlStatic, "aurora-mysql": mysqlStatic, "mariadb": mysqlStatic,
}

var (
	postgresStatic = []string{
		"autovacuum_freeze_max_age", "autovacuum_max_workers", "huge_pages", "max_connections", "max_locks_per_transaction",
		"max_prepared_transactions", "max_replication_slots", "max_wal_senders", "max_worker_processes",
		"rds.logical_replication", "shared_buffers", "shared_preload_libraries", "track_activity_query_size",
	}
	mysqlStatic = []string{
		"back_log", "innodb_buffer_pool_instances", "innodb_ft_min_token_size", "innodb_read_io_threads",
		"innodb_write_io_threads", "lower_case_table_names", "performance_schema", "skip_name_resolve",
	}
)

// findImmediateStatic finds static parameters that are to change at once, as they are when nothing else is said.
func findImmediateStatic(c *simulator.Call, broken func(path string, args ...any)) {
	parts := familyForm.FindStringSubmatch(c.Text("family"))
	if parts == nil {
		return
	}
	c.Objects("parameters[*]", func(path string, p resource.PropertyMap) {
		method := stringOf(p["applyMethod"])
		immediate := method == "immediate" || method == "" && !p["applyMethod"].IsComputed()
		if immediate && slices.Contains(staticParameters[parts[1]], stringOf(p["name"])) {
			broken(path+".applyMethod", stringOf(p["name"]))
		}
	})
}
