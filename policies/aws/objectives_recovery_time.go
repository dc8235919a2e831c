package aws

import (
	"fmt"
	"strings"
	"time"

	"github.com/holdfast-iac/holdfast/policies/frameworks"
	"github.com/holdfast-iac/holdfast/policies/policy"
)

// ObjectivesRecoveryTime compares the recovery time objective of what holds data with how it comes through the loss of its
// zone: it fails over, in a time that AWS documents, or is restored from a backup. Restores take as long as they take: AWS
// promises nothing (AWS Backup Developer Guide, "Controls and remediation"), and no resource tells. So they have to be
// tested, and an audit of AWS Backup has to hold the tests to the objective; whether they kept to it, the audit tells.
//
// The objective is declared by a tag of a database, table, file system or volume, or by the setting "minutes" for all of
// them. Without either, the policy does not apply. Not looked into are data that is deleted or damaged in all zones at
// once, the loss of a region, what people do, such as to promote a replica, and how long clients take to connect anew; of
// tests their conditions, and of audits the tags and ids that they are narrowed down to. Plans, tests and audits of other
// stacks do not show.
var ObjectivesRecoveryTime = policy.Policy{
	ID:       "aws-objectives-recovery-time",
	Title:    "Data must be back within its recovery time objective when its zone fails.",
	Severity: policy.Medium,
	Level:    policy.Advisory,
	Rationale: "A standby takes over within a minute or two. A restore takes as long as there is data, and how long that is " +
		"turns out in the disaster, unless it is tried before.",
	Remediation: "Add a standby in another zone; or have a backup plan select it, a restore testing selection restore it, and a " +
		"control RESTORE_TIME_FOR_RESOURCES_MEET_TARGET of an aws:backup/framework:Framework compare; or accept more downtime.",
	Controls: frameworks.Controls{SOC2: "A1.2 A1.3", ISO27001: "A.5.30 A.8.14"}.List(),
	Tags:     []string{"reliability", "high-availability", "backup"},
	Peers: []string{
		"AWS Config AURORA_MEETS_RESTORE_TIME_TARGET", "AWS Config DYNAMODB_MEETS_RESTORE_TIME_TARGET",
		"AWS Config EBS_MEETS_RESTORE_TIME_TARGET", "AWS Config EFS_MEETS_RESTORE_TIME_TARGET",
		"AWS Config RDS_MEETS_RESTORE_TIME_TARGET",
	},
	Config: recoveryTimeSettings{Tag: "objective-rto-minutes"},
	Bad: []policy.Example{
		{Name: "orders", Type: rdsInstanceType, Properties: props{
			"instanceClass": "db.t4g.medium", "engine": "postgres", "tags": props{"objective-rto-minutes": "15"},
		}},
	},
	Good: []policy.Example{
		{Name: "orders", Type: rdsInstanceType, Properties: props{
			"instanceClass": "db.t4g.medium", "engine": "postgres", "multiAz": true, "tags": props{"objective-rto-minutes": "15"},
		}},
		{Name: "scans", Type: volumeType, Properties: props{
			"availabilityZone": "eu-west-1a", "size": 100, "tags": props{"objective-rto-minutes": "240"},
		}},
		{Name: "selection", Type: backupSelectionType, Properties: props{
			"iamRoleArn": "arn:aws:iam::123456789012:role/backup", "planId": "plan", "resources": []any{"${scans.arn}"},
		}},
		{Name: "volumes", Type: restoreTestingSelectionType, Properties: props{
			"name": "volumes", "restoreTestingPlanName": "weekly", "protectedResourceType": "EBS",
			"protectedResourceArns": []any{"${scans.arn}"}, "iamRoleArn": "arn:aws:iam::123456789012:role/backup",
		}},
		{Name: "audit", Type: backupFrameworkType, Properties: props{"name": "audit", "controls": []any{props{
			"name": "RESTORE_TIME_FOR_RESOURCES_MEET_TARGET", "inputParameters": []any{props{"name": "maxRestoreTime", "value": "240"}},
		}}}},
	},
	Rules: []policy.Rule{
		policy.OnStack(func(r *policy.StackReport, stack recoveryTimeStack) {
			settings := policy.Settings[recoveryTimeSettings](r)
			restores := stack.restores.index()
			declared := 0
			var steps []func()
			for _, data := range stack.data() {
				steps = append(steps, func() {
					if o := objectiveOf(r, data.node, data.tags, settings.Tag, float64(settings.Minutes)); o.value > 0 {
						declared++
						data.check(r, o, restores)
					}
				})
			}
			policy.EachOf(steps...)
			if declared == 0 {
				r.NotApplicable("no recovery time objective is declared")
			}
		}),
	},
}

// recoveryTimeSettings are the policy's settings.
type recoveryTimeSettings struct {
	Minutes int    `pulumi:"minutes" min:"0" description:"How long data may be out of reach at most, in minutes; 0 for those only that declare it."`
	Tag     string `pulumi:"tag" min:"1" description:"The tag by which a database, table, file system or volume declares its objective, in minutes."`
}

// recoveryTimeStack is what holds data, and what brings it back.
type recoveryTimeStack struct {
	Instances   policy.Resources[restoredInstance]   `pulumi:"aws:rds/instance:Instance"`
	Clusters    policy.Resources[restoredCluster]    `pulumi:"aws:rds/cluster:Cluster"`
	Aurora      policy.Resources[auroraInstance]     `pulumi:"aws:rds/clusterInstance:ClusterInstance"`
	Tables      policy.Resources[withTags]           `pulumi:"aws:dynamodb/table:Table"`
	FileSystems policy.Resources[restoredFileSystem] `pulumi:"aws:efs/fileSystem:FileSystem"`
	Volumes     policy.Resources[withTags]           `pulumi:"aws:ebs/volume:Volume"`
	selections
	restores
}

type restoredInstance struct {
	servingDatabase
	withTags
}

type restoredCluster struct {
	auroraCluster
	withTags
}

type restoredFileSystem struct {
	placedFileSystem
	withTags
}

// How long failing over takes, typically and at most, as read in November 2026: Amazon RDS User Guide, "Failing over a
// Multi-AZ DB instance" (60 to 120 seconds); Amazon RDS API Reference, FailoverDBCluster (less than 35 seconds); Amazon
// Aurora User Guide, "Fault tolerance for an Aurora DB cluster" (less than 60 seconds).
const (
	instanceFailover = 120 * time.Second
	clusterFailover  = 35 * time.Second
	auroraFailover   = 60 * time.Second
)

// restorable is something that holds data.
type restorable struct {
	node *policy.Node
	tags withTags
	// failover tells how long failing over to another zone takes; 0 for what is in several zones at once.
	failover func() (took time.Duration, does bool)
	kind     func() string // as AWS Backup calls its type
	plans    *selecting
}

// data is all that holds data. Replicas can be made again from what they are of. An Aurora cluster of one instance is made
// anew in the same zone (Amazon Aurora User Guide, as above), which is of no use when that fails.
func (s recoveryTimeStack) data() []restorable {
	always := func() (took time.Duration, does bool) { return took, true }
	never := func() (took time.Duration, does bool) { return }
	is := func(kind string) func() string { return func() string { return kind } }
	plans := s.selections.index()
	var all []restorable
	for _, db := range s.Instances.Get() {
		if !db.Props.Source.Present() {
			standby := func() (time.Duration, bool) { return instanceFailover, db.Props.MultiAZ.Or(false) }
			all = append(all, restorable{db.Node, db.Props.withTags, standby, is("RDS"), plans})
		}
	}
	for _, c := range s.Clusters.Get() {
		aurora := func() bool { return strings.HasPrefix(c.Props.Engine.Get(), "aurora") }
		standby := func() (time.Duration, bool) {
			if aurora() {
				return auroraFailover, upToTwo(s.Aurora, c.Node) > 1
			}
			return clusterFailover, true // of the three instances that RDS makes of a Multi-AZ cluster
		}
		kind := func() string {
			if aurora() {
				return "Aurora"
			}
			return "RDS"
		}
		all = append(all, restorable{c.Node, c.Props.withTags, standby, kind, plans})
	}
	for _, t := range s.Tables.Get() {
		all = append(all, restorable{node: t.Node, tags: t.Props, failover: always}) // in several zones, so never restored
	}
	for _, fs := range s.FileSystems.Get() {
		regional := func() (took time.Duration, does bool) { return took, fs.Props.Zone.Get() == "" }
		all = append(all, restorable{fs.Node, fs.Props.withTags, regional, is("EFS"), plans})
	}
	for _, v := range s.Volumes.Get() {
		all = append(all, restorable{v.Node, v.Props, never, is("EBS"), plans})
	}
	return all
}

// check compares how long the data may be out of reach with the objective.
func (d restorable) check(r *policy.StackReport, o objective, restores *restoreIndex) {
	var why []string
	but := func(holds bool, reason string) bool {
		if !holds {
			why = append(why, reason)
		}
		return holds
	}
	if !policy.AnyOf(
		func() bool {
			took, does := d.failover()
			return but(does, "it does not fail over to another zone") &&
				but(took.Minutes() <= o.value, fmt.Sprintf("failing over takes up to %g seconds", took.Seconds()))
		},
		func() bool {
			return policy.AllOf(
				func() bool { return but(d.plans.any(d.node, d.tags, nil), "nothing of the stack backs it up") },
				func() bool { return but(restores.tested(d.node, d.kind()), "no restore of it is tested") },
				func() bool { return but(restores.audited(d.kind(), o.value), "no audit holds restores to that") },
			)
		},
	) {
		r.Fail(d.node, "The objective is %g minutes, %s; %s.", o.value, o, strings.Join(why, ", and "))
	}
}
