package backup

import (
	"fmt"
	"maps"
	"regexp"
	"slices"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/holdfast-iac/holdfast/components/aws/internal/inputs"
	"github.com/holdfast-iac/holdfast/components/naming"
	"github.com/holdfast-iac/holdfast/components/spec"
)

// Args describe a backup on AWS. The zero value is a production backup; see spec.Backup for the cloud-neutral part.
type Args struct {
	spec.Backup

	// CopyProvider is the provider of the region that backups are copied to, where a vault, a key and a lock of their own
	// are created. Default none: losing the region loses the backups, so set it in production.
	CopyProvider pulumi.ProviderResource
	// CopyAccountVaultARN is a vault in another account of the same organization, which backups are copied to as well: the
	// copy that outlives a stolen account. That vault's policy must let this account copy into it (OrganizationID does so
	// there), and the organization's management account must have turned cross-account backup on. Default none.
	CopyAccountVaultARN pulumi.StringInput `pulumi:"copyAccountVaultArn"`
	// CopyAccountID is the account of CopyAccountVaultARN, 12 digits. It may then use the vault's key, without which copies
	// of some services' backups fail there. Default none.
	CopyAccountID string `pulumi:"copyAccountId"`
	// OrganizationID is the organization ("o-…") whose accounts may copy backups into the vaults. Default none: no other
	// account may.
	OrganizationID pulumi.StringInput `pulumi:"organizationId"`
	// AdministratorARNs are the roles and users that may change the vaults' policy, lock and notifications, by a name of your
	// choice; everybody else is refused. The identity that runs Pulumi must be among them, or it locks itself out.
	// Default none: whoever has the permission in IAM may.
	AdministratorARNs map[string]pulumi.StringInput `pulumi:"administratorArns"`
	// ResourceARNs are resources that the main plan backs up without their carrying its tag, by a name of your choice. At
	// most 99. Default none.
	ResourceARNs map[string]pulumi.StringInput `pulumi:"resourceArns"`
	// InstanceRoleARNs are the roles of EC2 instances that a restore may give back to them, by a name of your choice. An
	// instance with another role cannot be restored. Default none.
	InstanceRoleARNs map[string]pulumi.StringInput `pulumi:"instanceRoleArns"`
	// RestoreTestTypes are the types of resources whose restore is tested. A test is charged like any restore. Default
	// DynamoDB, EBS and EFS, those that AWS can restore without being told where, and the types in RestoreTestMetadata. It
	// restores RDS, Aurora and EC2 to the default VPC, unless that says otherwise, and fails where it was deleted.
	RestoreTestTypes []string `pulumi:"restoreTestTypes"`
	// RestoreTestMetadata says of a type how it is restored, by the keys of AWS Backup, for example "dbSubnetGroupName" and
	// "vpcSecurityGroupIds", a list in JSON, of RDS (AWS Backup guide, "Restore testing inferred metadata"). Default: as AWS
	// infers.
	RestoreTestMetadata map[string]pulumi.StringMapInput `pulumi:"restoreTestMetadata"`
	// RegionOptIn says of every type of resource, by AWS Backup's name of it, whether AWS Backup may back it up in this
	// region. The setting is the account's: whoever sets it sets it for all plans in the region, and deleting the component
	// leaves it. Name every type that the region has, for what is left out shows as a change in every preview. What is not
	// opted in is silently not backed up. Default: leave the setting as it is.
	RegionOptIn map[string]bool `pulumi:"regionOptIn"`
	// AirGapped copies backups to a logically air-gapped vault too: one that AWS keeps, locked in compliance mode from the
	// start, out of the account's reach. Not every type of resource can be copied there. Nobody can delete what is in it, so
	// it needs spec.Backup's Lock.Compliance, and a Lock.MinRetentionDays of 7 or more. Default false.
	AirGapped bool `pulumi:"airGapped"`
}

// Limits of AWS.
const (
	// AWS Backup quotas: 100 selections in a plan, of which the tag takes one.
	maxResources = 99
	// AWS Backup API, Lifecycle: 90 days in cold storage at the least. A move before the 30th day saves nothing: what is
	// stored warm is charged for a month.
	minColdAfter, minColdDays = 30, 90
	// AWS Backup API, CreateLogicallyAirGappedBackupVault, MinRetentionDays.
	minAirGappedDays = 7
)

// restoreTypes are the types that restore testing knows (AWS Backup guide, "Restore testing inferred metadata").
var restoreTypes = []string{"Aurora", "DocumentDB", "DynamoDB", "EBS", "EC2", "EFS", "FSx", "Neptune", "RDS", "S3"}

var (
	accountPattern = regexp.MustCompile(`^\d{12}$`)
)

// Validate reports everything wrong with the arguments as one error that holds spec.Problems, or nil.
func (a *Args) Validate() error {
	var ps spec.Problems
	ps.Collect("", a.Backup.Validate())
	d := a.withDefaults()
	plans := d.AllPlans()
	for _, name := range slices.Sorted(maps.Keys(plans)) {
		plan, field := plans[name], "plans."+name+".rules"
		if name == spec.MainPlan {
			field = "rules"
		}
		for _, rule := range slices.Sorted(maps.Keys(plan.Rules)) {
			checkRule(&ps, field+"."+rule, plan.Rules[rule])
		}
	}
	checkHourly(&ps, "restoreTests.schedule", d.RestoreTests.Schedule, "tests restores")
	a.checkCopies(&ps)
	a.checkTests(&ps, d.RestoreTestTypes)
	if len(a.ResourceARNs) > maxResources {
		ps.Add("resourceArns", len(a.ResourceARNs), "are more than a plan has room for; use at most %d, or tags", maxResources)
	}
	inputs.Check(&ps, "resourceArns", a.ResourceARNs)
	inputs.Check(&ps, "administratorArns", a.AdministratorARNs)
	inputs.Check(&ps, "instanceRoleArns", a.InstanceRoleARNs)
	ps.Collect("", naming.AWSTags.Check("tags", naming.Merge(a.Tags, map[string]string{"Name": ""})))
	return ps.Err()
}

// withDefaults returns a copy with every unset field at its default.
func (a *Args) withDefaults() Args {
	d := *a
	d.Backup = a.Backup.WithDefaults()
	if len(d.RestoreTestTypes) == 0 && !d.RestoreTests.Disabled {
		d.RestoreTestTypes = []string{"DynamoDB", "EBS", "EFS"}
		for _, kind := range slices.Sorted(maps.Keys(d.RestoreTestMetadata)) {
			if !slices.Contains(d.RestoreTestTypes, kind) {
				d.RestoreTestTypes = append(d.RestoreTestTypes, kind)
			}
		}
	}
	return d
}

// checkRule records what AWS forbids of a rule that is valid in general.
func checkRule(ps *spec.Problems, at string, rule spec.BackupRule) {
	checkHourly(ps, at+".schedule", rule.Schedule, "makes a backup")
	if rule.ColdAfterDays <= 0 || rule.PointInTime {
		return
	}
	if rule.ColdAfterDays < minColdAfter {
		ps.Add(at+".coldAfterDays", rule.ColdAfterDays, "is too soon for cold storage; use at least %d days", minColdAfter)
	}
	checkCold(ps, at+".retentionDays", rule.RetentionDays, rule.ColdAfterDays)
	if !rule.CopyDisabled {
		checkCold(ps, at+".copyRetentionDays", rule.CopyRetentionDays, rule.ColdAfterDays)
	}
}

// checkTests records types that cannot be tested, and settings of tests that there are not.
func (a *Args) checkTests(ps *spec.Problems, types []string) {
	for i, kind := range types {
		field := fmt.Sprintf("restoreTestTypes[%d]", i)
		switch {
		case !slices.Contains(restoreTypes, kind):
			ps.Add(field, kind, "is not a type that restores can be tested of; %s", spec.DidYouMean(kind, restoreTypes))
		case slices.Index(types, kind) < i:
			ps.Add(field, kind, "is listed twice; list each type once")
		}
	}
	if a.RestoreTests.Disabled && len(a.RestoreTestTypes) > 0 {
		ps.Add("restoreTestTypes", a.RestoreTestTypes, "have no effect while restore tests are disabled; remove one of the two")
	}
	for _, kind := range slices.Sorted(maps.Keys(a.RestoreTestMetadata)) {
		if !slices.Contains(types, kind) {
			ps.Add("restoreTestMetadata."+kind, nil, "no restore of that type is tested; add it to restoreTestTypes")
		}
	}
}

// checkHourly records a schedule that comes more often than AWS Backup does anything.
func checkHourly(ps *spec.Problems, at, schedule, what string) {
	if table, err := spec.ParseTimetable(schedule); err == nil && len(table.Minutes) > 1 {
		ps.Add(at, schedule, "comes more than once an hour; AWS %s every 60 minutes at the most", what)
	}
}

// checkCold records a retention that is too short for a stay in cold storage.
func checkCold(ps *spec.Problems, at string, days, coldAfter int) {
	if least := coldAfter + minColdDays; days > 0 && days < least {
		ps.Add(at, days, "is too short: backups stay in cold storage for %d days, so use at least %d", minColdDays, least)
	}
}

func (a *Args) checkCopies(ps *spec.Problems) {
	switch {
	case a.CopyAccountID != "" && !accountPattern.MatchString(a.CopyAccountID):
		ps.Add("copyAccountId", a.CopyAccountID, "is not an account; use its 12 digits")
	case a.CopyAccountID != "" && a.CopyAccountVaultARN == nil:
		ps.Add("copyAccountId", a.CopyAccountID, "has no effect without copyAccountVaultArn; remove one of the two")
	}
	if days := a.Backup.WithDefaults().Lock.MinRetentionDays; a.AirGapped && !a.Lock.Disabled && days < minAirGappedDays {
		ps.Add("lock.minRetentionDays", days, "is too short for an air-gapped vault; use at least %d days", minAirGappedDays)
	}
	if a.AirGapped && a.Lock.Compliance == "" {
		ps.Add("airGapped", nil, "nobody can delete what is in such a vault before it expires; agree to it in lock.compliance")
	}
}
