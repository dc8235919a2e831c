package aws

import (
	"maps"
	"slices"
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/holdfast-iac/holdfast/components/aws/backup"
	"github.com/holdfast-iac/holdfast/components/spec"
)

const (
	// databasePlan is the plan that backs the database up, and the value of the tag that it carries.
	databasePlan = "database"
	// clearMinutes is how long before a window of RDS AWS Backup no longer starts to back an instance up (AWS Backup guide,
	// "Backup plan options and configuration"). The job fails then, as it does in the window: "either inside or too close to
	// the automated backup window configured in RDS instance".
	clearMinutes = 60
)

// plans are the configuration's, and that of the database unless the configuration has one.
func (p plan) plans() map[string]spec.BackupPlan {
	plans := map[string]spec.BackupPlan{}
	if rules := p.databaseRules(); len(rules) > 0 {
		plans[databasePlan] = spec.BackupPlan{Rules: rules}
	}
	maps.Copy(plans, p.spec.Backup.Plans)
	return plans
}

// databaseRules are the rules that back the database up: the main plan's but for the hourly one, which comes into every
// window of the database and adds nothing to the record that it keeps of every second. Without any, the vault leaves the
// database out.
func (p plan) databaseRules() map[string]spec.BackupRule {
	if p.spec.Database == nil {
		return nil
	}
	rules := p.spec.Backup.AllPlans()[spec.MainPlan].Rules
	delete(rules, "hourly")
	return rules
}

// savedDatabase are the tags of the database, by which the vault backs it up if there is one.
func (p plan) savedDatabase(own map[string]string) map[string]string {
	if p.spec.Backup == nil {
		return p.tagged(own)
	}
	if _, planned := p.plans()[databasePlan]; !planned {
		return p.tagged(own)
	}
	return p.saved(databasePlan, own)
}

// checkWindows reports windows of the database in which the vault would back it up, which fails.
func (p plan) checkWindows(ps *spec.Problems) {
	if p.spec.Database == nil || p.spec.Backup == nil {
		return
	}
	d, b := p.spec.Database.WithDefaults(), p.spec.Backup.WithDefaults()
	b.Plans = p.plans()
	for name, plan := range b.AllPlans() {
		if spec.BackupPlanTag(name) != p.database().Tags[spec.BackupTagKey] {
			continue
		}
		for _, rule := range slices.Sorted(maps.Keys(plan.Rules)) {
			checkWindow(ps, "backupWindow", d.BackupWindow, rule, plan.Rules[rule].Schedule, b.TimeZone)
			checkWindow(ps, "maintenanceWindow", d.MaintenanceWindow, rule, plan.Rules[rule].Schedule, b.TimeZone)
		}
	}
}

// checkWindow reports a window that a rule's schedule comes into. What is no schedule, its own section reports.
func checkWindow(ps *spec.Problems, field, window, rule, schedule, zone string) {
	if table, err := spec.ParseTimetable(schedule); err == nil && table.Meets(zone, window, clearMinutes) {
		ps.Add(namespace+"database."+field, window, "is when the rule %s of %sbackup comes, %q in %s, or within %d minutes after: "+
			"AWS fails its backups of the database; move one of the two", rule, namespace, schedule, zone, clearMinutes)
	}
}

// testDatabase has the restore of the database tested, beside it: AWS would try the default VPC, which few accounts keep.
func (d *deployment) testDatabase(args *backup.Args) {
	const kind = "RDS"
	if _, saved := args.Plans[databasePlan]; d.database == nil || !saved || args.RestoreTests.Disabled ||
		len(args.RestoreTestTypes) > 0 && !slices.Contains(args.RestoreTestTypes, kind) {
		return
	}
	metadata := pulumi.StringMap{
		"dbSubnetGroupName":   d.database.SubnetGroupName,
		"vpcSecurityGroupIds": pulumi.Sprintf(`["%s"]`, d.database.SecurityGroupID),
	}
	if own := d.plan.spec.AWS; own != nil {
		for key, value := range own.Backup.RestoreTestMetadata[kind] { // whose keys have no case
			maps.DeleteFunc(metadata, func(k string, _ pulumi.StringInput) bool { return strings.EqualFold(k, key) })
			metadata[key] = pulumi.String(value)
		}
	}
	args.RestoreTestMetadata = maps.Clone(args.RestoreTestMetadata)
	if args.RestoreTestMetadata == nil {
		args.RestoreTestMetadata = map[string]pulumi.StringMapInput{}
	}
	args.RestoreTestMetadata[kind] = metadata
}
