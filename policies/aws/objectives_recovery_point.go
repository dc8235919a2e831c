package aws

import (
	"fmt"
	"slices"

	"github.com/holdfast-iac/holdfast/policies/frameworks"
	"github.com/holdfast-iac/holdfast/policies/policy"
)

// ObjectivesRecoveryPoint compares the recovery point objective of what holds data with the backups that are made of it.
// The objective is declared by a tag of a database, table, file system or volume, or by the setting "minutes" for all of
// them. Without either, the policy does not apply. Plans of other stacks do not show; backups by other means than AWS
// Backup and recovery to a point in time are not looked into.
var ObjectivesRecoveryPoint = policy.Policy{
	ID:       "aws-objectives-recovery-point",
	Title:    "Data must be backed up as often as its recovery point objective demands.",
	Severity: policy.Medium,
	Level:    policy.Advisory,
	Rationale: "What was written since the last backup is lost in a disaster. How much that may be is decided once, and " +
		"then forgotten when schedules change.",
	Remediation: "Turn on recovery to a point in time, or have a backup plan select it whose schedule comes often enough; " +
		"or accept the loss of more.",
	Controls: frameworks.Controls{SOC2: "A1.2 CC7.5", ISO27001: "A.8.13"}.List(),
	Tags:     []string{"reliability", "backup"},
	Config:   recoveryPointSettings{Tag: "objective-rpo-minutes"},
	Bad: []policy.Example{
		{Name: "shared", Type: fileSystemType, Properties: props{"encrypted": true, "tags": props{"objective-rpo-minutes": "240"}}},
		{Name: "daily", Type: backupPlanType, Properties: props{
			"name": "daily", "rules": []any{props{"ruleName": "daily", "targetVaultName": "main", "schedule": "cron(0 5 ? * * *)"}},
		}},
		{Name: "selection", Type: backupSelectionType, Properties: props{
			"iamRoleArn": "arn:aws:iam::123456789012:role/backup", "planId": "${daily.id}", "resources": []any{"${shared.arn}"},
		}},
	},
	Good: []policy.Example{
		{Name: "shared", Type: fileSystemType, Properties: props{"encrypted": true, "tags": props{"objective-rpo-minutes": "240"}}},
		{Name: "hourly", Type: backupPlanType, Properties: props{
			"name": "hourly", "rules": []any{props{"ruleName": "hourly", "targetVaultName": "main", "schedule": "cron(0 * ? * * *)"}},
		}},
		{Name: "selection", Type: backupSelectionType, Properties: props{
			"iamRoleArn": "arn:aws:iam::123456789012:role/backup", "planId": "${hourly.id}", "resources": []any{"${shared.arn}"},
		}},
	},
	Rules: []policy.Rule{
		policy.OnStack(func(r *policy.StackReport, stack recoveryStack) {
			settings := policy.Settings[recoveryPointSettings](r)
			declared := 0
			var steps []func()
			for _, data := range stack.data() {
				steps = append(steps, func() {
					if o := objectiveOf(r, data.node, data.tags, settings.Tag, float64(settings.Minutes)); o.value > 0 {
						declared++
						data.check(r, o)
					}
				})
			}
			policy.EachOf(steps...)
			if declared == 0 {
				r.NotApplicable("no recovery point objective is declared")
			}
		}),
	},
}

// recoveryPointSettings are the policy's settings.
type recoveryPointSettings struct {
	Minutes int    `pulumi:"minutes" min:"0" description:"How much work may be lost at most, in minutes; 0 for those only that declare it."`
	Tag     string `pulumi:"tag" min:"1" description:"The tag by which a database, table, file system or volume declares its objective, in minutes."`
}

// recoveryStack is what holds data, and what backs it up.
type recoveryStack struct {
	Instances   policy.Resources[recoveredInstance] `pulumi:"aws:rds/instance:Instance"`
	Clusters    policy.Resources[withTags]          `pulumi:"aws:rds/cluster:Cluster"`
	Tables      policy.Resources[recoveredTable]    `pulumi:"aws:dynamodb/table:Table"`
	FileSystems policy.Resources[withTags]          `pulumi:"aws:efs/fileSystem:FileSystem"`
	Volumes     policy.Resources[withTags]          `pulumi:"aws:ebs/volume:Volume"`
	Plans       policy.Resources[backupPlan]        `pulumi:"aws:backup/plan:Plan"`
	selections
}

type recoveredInstance struct {
	databaseReplica
	withTags
}

type recoveredTable struct {
	recoverableTable
	withTags
}

// recoverable is something that holds data.
type recoverable struct {
	node        *policy.Node
	tags        withTags
	plans       *recoveryPlans
	pointInTime func() bool // whether it can be recovered to a point in time
	continuous  bool        // whether it may be so by AWS Backup alone
}

// pointInTimeMinutes is how much is lost at most with recovery to a point in time: RDS uploads logs every five minutes
// (Amazon RDS User Guide, "Restoring a DB instance to a specified time"); what DynamoDB and Aurora can recover ends
// typically five minutes ago (LatestRestorableDateTime, LatestRestorableTime).
const pointInTimeMinutes = 5

// data is all that holds data. Replicas can be made again from what they are of.
func (s recoveryStack) data() []recoverable {
	plans := &recoveryPlans{plans: s.Plans, selecting: s.selections.index(), gaps: map[string]int{}}
	never, always := func() bool { return false }, func() bool { return true }
	var all []recoverable
	for _, db := range s.Instances.Get() {
		if !db.Props.Source.Present() {
			keeps := func() bool { return db.Props.Days.Or(0) > 0 }
			all = append(all, recoverable{node: db.Node, tags: db.Props.withTags, plans: plans, pointInTime: keeps, continuous: true})
		}
	}
	for _, c := range s.Clusters.Get() { // they keep backups for a day at least
		all = append(all, recoverable{node: c.Node, tags: c.Props, plans: plans, pointInTime: always})
	}
	for _, t := range s.Tables.Get() {
		recovers := func() bool { return t.Props.Recovery.Get().Enabled.Or(false) }
		all = append(all, recoverable{node: t.Node, tags: t.Props.withTags, plans: plans, pointInTime: recovers})
	}
	for _, fs := range s.FileSystems.Get() {
		all = append(all, recoverable{node: fs.Node, tags: fs.Props, plans: plans, pointInTime: never})
	}
	for _, v := range s.Volumes.Get() {
		all = append(all, recoverable{node: v.Node, tags: v.Props, plans: plans, pointInTime: never})
	}
	return all
}

// check compares what can be lost with the objective.
func (d recoverable) check(r *policy.StackReport, o objective) {
	var losses []float64
	meets := func(minutes float64) bool {
		losses = append(losses, minutes)
		return minutes <= o.value
	}
	if policy.AnyOf(
		func() bool { return d.pointInTime() && meets(pointInTimeMinutes) },
		func() bool { return d.plans.any(d, meets) },
	) {
		return
	}
	loss := "nothing of the stack backs it up"
	if len(losses) > 0 {
		loss = fmt.Sprintf("%g minutes can be lost", slices.Min(losses))
	}
	r.Fail(d.node, "The objective is %g minutes, %s; %s.", o.value, o, loss)
}
