package database

import (
	"maps"
	"slices"
	"strconv"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/rds"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/holdfast-iac/holdfast/components/aws/internal/family"
	"github.com/holdfast-iac/holdfast/components/naming"
	"github.com/holdfast-iac/holdfast/components/spec"
)

// static are the settings that PostgreSQL reads at its start alone: RDS takes them with the method pending-reboot,
// and refuses another. One too many does no harm, because RDS takes all of them so (RDS API, ModifyDBParameterGroup);
// autovacuum_max_workers, for one, is read at any time from 18 on. Source: the context "postmaster" in PostgreSQL's
// pg_settings, versions 14 to 18, and the type "static" in RDS's list of parameters. What is missing here, RDS refuses
// by name.
var static = []string{
	"autovacuum_freeze_max_age", "autovacuum_max_workers", "autovacuum_multixact_freeze_max_age", "autovacuum_worker_slots",
	"cron.database_name", "hot_standby", "huge_pages", "io_max_concurrency", "io_method", "max_active_replication_origins",
	"max_connections", "max_files_per_process", "max_locks_per_transaction", "max_logical_replication_workers",
	"max_pred_locks_per_transaction", "max_prepared_transactions", "max_replication_slots", "max_wal_senders",
	"max_worker_processes", "old_snapshot_threshold", "pg_stat_statements.max", "rds.logical_replication",
	"rds.restrict_password_commands", "reserved_connections", "shared_buffers", "shared_preload_libraries",
	"subtransaction_buffers", "superuser_reserved_connections", "track_activity_query_size", "track_commit_timestamp",
	"transaction_buffers", "wal_buffers",
}

// fixed are the settings that the component answers for; a weaker value would break what it promises.
var fixed = []string{"rds.force_ssl"}

func (a *Args) checkParameters(ps *spec.Problems) {
	for _, name := range slices.Sorted(maps.Keys(a.Parameters)) {
		if slices.Contains(fixed, name) {
			ps.Add("parameters."+name, a.Parameters[name], "cannot be changed: every connection is encrypted; remove it")
		}
	}
}

// settings returns the settings of the database, those of the user over the component's own. What RDS sets well for a
// class of instances (memory, connections, autovacuum) is left to RDS.
func (a *Args) settings() map[string]string {
	own := map[string]string{
		"rds.force_ssl": "1", // refuses connections without TLS (RDS User Guide, "Using SSL with a PostgreSQL DB instance")
		// What a statement costs and what it waits for, which insights show (RDS User Guide, "Performance Insights";
		// PostgreSQL, "pg_stat_statements"). 4096 bytes of each are kept: 1024, the default, cut most generated ones.
		"shared_preload_libraries":  "pg_stat_statements",
		"track_activity_query_size": "4096",
		"track_io_timing":           "1",
		// Logs what is slow, what waits for a lock longer than a second, and what sorts more than 10 MB on disk
		// (PostgreSQL, "Error Reporting and Logging"). Who came and went is asked for by the CIS benchmark for PostgreSQL.
		"log_min_duration_statement": strconv.Itoa(a.SlowMilliseconds),
		"log_lock_waits":             "1",
		"log_temp_files":             "10240", // kB
		"log_connections":            "1",
		"log_disconnections":         "1",
		// A forgotten transaction keeps vacuum from cleaning up; RDS lets it do so for a day, this for ten minutes.
		"idle_in_transaction_session_timeout": "600000", // ms
		// A random page of an SSD costs hardly more than the next one (PostgreSQL, "Query Planning", random_page_cost).
		"random_page_cost": "1.1",
	}
	if a.BlueGreen {
		own["rds.logical_replication"] = "1" // how the copy follows (RDS User Guide, "Blue/Green Deployments")
	}
	return naming.Merge(own, a.Parameters)
}

// family is the family of parameter groups of the version.
func (a *Args) family() string { return "postgres" + strconv.Itoa(a.Version) }

func (b *builder) createParameters() (err error) {
	b.parameters, err = createParameters(b.Family, b.args, b.args.clustered())
	return err
}

// createParameters creates the group of settings and returns its name. The name has the version in it: a family
// cannot be changed, and the new version's group has to stand beside the old one until the upgrade is done.
func createParameters(f family.Family, args Args, clustered bool) (pulumi.StringOutput, error) {
	part := "parameters"
	name := pulumi.String(naming.AWSDatabaseGroup.Name(f.FullName(part, strconv.Itoa(args.Version))...))
	description := pulumi.String("Settings of the database")
	settings := args.settings()
	if clustered {
		var list rds.ClusterParameterGroupParameterArray
		for _, setting := range slices.Sorted(maps.Keys(settings)) {
			list = append(list, &rds.ClusterParameterGroupParameterArgs{
				Name: pulumi.String(setting), Value: pulumi.String(settings[setting]), ApplyMethod: method(setting),
			})
		}
		group, err := rds.NewClusterParameterGroup(f.Ctx, f.Child(part), &rds.ClusterParameterGroupArgs{
			Name: name, Description: description, Family: pulumi.String(args.family()), Parameters: list, Tags: f.TagInput(part),
		}, f.Options()...)
		if err != nil {
			return pulumi.StringOutput{}, err
		}
		return group.Name, nil
	}
	var list rds.ParameterGroupParameterArray
	for _, setting := range slices.Sorted(maps.Keys(settings)) {
		list = append(list, &rds.ParameterGroupParameterArgs{
			Name: pulumi.String(setting), Value: pulumi.String(settings[setting]), ApplyMethod: method(setting),
		})
	}
	group, err := rds.NewParameterGroup(f.Ctx, f.Child(part), &rds.ParameterGroupArgs{
		Name: name, Description: description, Family: pulumi.String(args.family()), Parameters: list, Tags: f.TagInput(part),
	}, f.Options()...)
	if err != nil {
		return pulumi.StringOutput{}, err
	}
	return group.Name, nil
}

// method is how RDS applies a setting.
func method(name string) pulumi.String {
	if slices.Contains(static, name) {
		return "pending-reboot"
	}
	return "immediate"
}
