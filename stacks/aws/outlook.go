package aws

import (
	"time"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/holdfast-iac/holdfast/components/spec"
	"github.com/holdfast-iac/holdfast/internal/sla"
	"github.com/holdfast-iac/holdfast/stacks/platform"
)

// How many minutes' work is lost with what saves data by itself.
const (
	// RDS puts the log of transactions away every five minutes (RDS User Guide, "Restoring a DB instance to a specified
	// time for Amazon RDS").
	pointInTimeRPO = 5
	// Copies of that log in another region are 5 to 30 minutes behind (AWS Prescriptive Guidance, "Disaster recovery
	// strategies for Amazon RDS", PITR snapshot replication).
	copiedLogRPO = 30
	// A running copy is behind by seconds as a rule. AWS commits to no figure, so that it counts like the log.
	runningCopyRPO = pointInTimeRPO
	// A daily backup begins at some time within an hour.
	dailyRPO = 25 * 60
)

// outlook is what the parts of the platform add up to.
func (p plan) outlook() (o platform.Outlook) {
	s := p.spec
	if s.Zone != "" || s.LoadBalancer != nil && s.LoadBalancer.Zone != "" {
		o.Path = append(o.Path, sla.AWSDNS)
	}
	if s.LoadBalancer != nil {
		o.Path = append(o.Path, sla.AWSLoadBalancer)
	}
	if s.Cluster != nil || s.Kubernetes != nil {
		o.Path = append(o.Path, sla.AWSInstances)
	}
	if s.Database != nil {
		o.Path = append(o.Path, either(s.Database.WithDefaults().Standby != spec.StandbyNone, sla.AWSDatabase, sla.AWSDatabaseOneZone))
	}
	if s.Cache != nil {
		o.Path = append(o.Path, either(!s.Cache.StandbyNone, sla.AWSCache, sla.AWSCacheOneZone))
	}
	if s.Kubernetes != nil {
		o.Path = append(o.Path, sla.AWSKubernetes)
	}
	o.Kept = p.kept()
	return o
}

func either(first bool, a, b sla.Entry) sla.Entry {
	if first {
		return a
	}
	return b
}

// kept are the parts with data that is nowhere else. Disks are such when a vault saves them, which it does with the
// persistent volumes of Kubernetes, and with those of the cluster if the configuration says so: others hold nothing.
func (p plan) kept() (all []platform.Kept) {
	s := p.spec
	if s.Cluster != nil {
		all = append(all, p.savedDisks("cluster", p.cluster(p.colours()[0]).Tags)...)
	}
	if s.Kubernetes != nil {
		all = append(all, p.savedDisks("kubernetes", p.kubernetes().Tags)...)
	}
	vault := p.vault(spec.MainPlan)
	if s.Database != nil {
		all = append(all, platform.Kept{
			Part: "database", RTOMinutes: vault.RTOMinutes,
			RPOMinutes: pointInTimeRPO, CopyRPOMinutes: p.databaseCopyRPO(), // the vault's copies come less often
		})
	}
	if s.Cache != nil && s.Cache.Use == spec.CacheState { // which no vault saves, and nothing copies to another region
		cache := platform.Kept{Part: "cache", RPOMinutes: dailyRPO, CopyRPOMinutes: platform.Never, RTOMinutes: vault.RTOMinutes}
		if s.Cache.BackupsDisabled {
			cache.RPOMinutes = platform.Never
		}
		all = append(all, cache)
	}
	return all
}

// savedDisks are the disks of a part with these tags, if they are those of a plan of the vault.
func (p plan) savedDisks(part string, tags map[string]string) []platform.Kept {
	if p.spec.Backup == nil {
		return nil
	}
	for plan := range p.spec.Backup.AllPlans() {
		if tags[spec.BackupTagKey] == spec.BackupPlanTag(plan) {
			kept := p.vault(plan)
			kept.Part = part
			return []platform.Kept{kept}
		}
	}
	return nil
}

// vault is what the vault makes of what a plan saves. How long a restore takes is an estimate that is declared there; its
// default holds without a vault too.
func (p plan) vault(plan string) platform.Kept {
	var b spec.Backup
	kept := platform.Kept{RPOMinutes: platform.Never, CopyRPOMinutes: platform.Never}
	if p.spec.Backup != nil {
		b = *p.spec.Backup
		kept.RPOMinutes = loss(b.RPO(plan))
	}
	if p.spec.Backup != nil && p.spec.Recovery != nil {
		kept.CopyRPOMinutes = loss(b.CopyRPO(plan))
	}
	kept.RTOMinutes = int(b.RTO().Minutes())
	return kept
}

// loss is an RPO of package spec, where 0 stands for no backups, in minutes.
func loss(rpo time.Duration) int {
	if rpo == 0 {
		return platform.Never
	}
	return int(rpo.Minutes())
}

// databaseCopyRPO is what is lost, with the region, of a database that the other region has its own copy of.
func (p plan) databaseCopyRPO() int {
	switch r := p.spec.Recovery; {
	case r == nil:
		return platform.Never
	case r.DatabaseReplica:
		return runningCopyRPO
	default:
		return copiedLogRPO
	}
}

// promise exports what the platform promises, and how it comes to it.
func (d *deployment) promise() error {
	o, objectives := d.plan.outlook(), d.plan.spec.Objectives
	if len(o.Path) > 0 { // something serves
		d.ctx.Export("availability", pulumi.Float64(sla.InSeries(o.Path...)))
		d.ctx.Export("availabilityArithmetic", pulumi.String(objectives.Summary(o)))
	}
	for name, figure := range map[string]int{
		"rpoMinutes": o.RPOMinutes(), "copyRpoMinutes": o.CopyRPOMinutes(), "rtoMinutes": o.RTOMinutes(),
	} {
		if len(o.Kept) > 0 && figure != platform.Never {
			d.ctx.Export(name, pulumi.Int(figure))
		}
	}
	return nil
}
