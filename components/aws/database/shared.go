package database

import (
	"strconv"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/holdfast-iac/holdfast/components/aws/internal/window"
)

// shared is what RDS knows of instances, their copies and clusters alike, under names of its own for each. It is computed
// once, so that no kind of database lacks what another has.
type shared struct {
	groups      pulumi.StringArray
	port        pulumi.Int
	storageType pulumi.String
	encrypted   pulumi.Bool
	signInByIAM pulumi.Bool
	authority   pulumi.String
	major, now  pulumi.Bool // upgrades to another major version; changes at once
	copyTags    pulumi.Bool
	logs        pulumi.StringArray
	interval    pulumi.Int
	monitor     pulumi.StringOutput
	insights    pulumi.Bool
	insightsKey pulumi.StringOutput
	days        pulumi.Int
	mode        pulumi.String
}

func (b *builder) shared() shared {
	a := b.args
	mode, days := a.insights()
	return shared{
		groups:      pulumi.StringArray{b.group.ID()},
		port:        pulumi.Int(Port),
		storageType: pulumi.String("gp3"),
		encrypted:   pulumi.Bool(true),
		signInByIAM: pulumi.Bool(true),
		authority:   pulumi.String(authority),
		major:       pulumi.Bool(a.MajorUpgradeAllowed),
		now:         pulumi.Bool(a.ApplyImmediately),
		copyTags:    pulumi.Bool(true),
		logs:        pulumi.ToStringArray(exported),
		interval:    pulumi.Int(a.MonitoringSeconds),
		monitor:     b.monitor.Arn,
		insights:    pulumi.Bool(true),
		insightsKey: b.keyARN,
		days:        days,
		mode:        mode,
	}
}

// primary is the same for what is written to, be it an instance or a cluster.
type primary struct {
	identifier, engine, version pulumi.String
	lifecycle                   pulumi.String // replicas have their source's
	database, user              pulumi.String
	subnets                     pulumi.StringOutput
	storage                     pulumi.Int
	key                         pulumi.StringOutput
	backupDays                  pulumi.Int
	backup, maintenance         pulumi.String
	protected                   pulumi.Bool
	forgetBackups, skipSnapshot pulumi.Bool
	snapshot                    pulumi.StringPtrInput // the final one's name; nil for none
	managed                     pulumi.BoolPtrInput   // whether RDS makes up the password; nil for one that is given
	managedKey, password        pulumi.StringPtrInput // nil without
}

func (b *builder) primary() primary {
	a := b.args
	p := primary{
		identifier:    pulumi.String(b.identifier()),
		engine:        pulumi.String(engine),
		version:       pulumi.String(strconv.Itoa(a.Version)),
		lifecycle:     pulumi.String(a.lifecycle()),
		database:      pulumi.String(a.Name),
		user:          pulumi.String(a.AdminUser),
		subnets:       b.subnetGroup.Name,
		storage:       pulumi.Int(a.StorageGiB),
		key:           b.keyARN,
		backupDays:    pulumi.Int(a.BackupRetentionDays),
		backup:        pulumi.String(window.Daily(a.BackupWindow)),
		maintenance:   pulumi.String(window.Weekly(a.MaintenanceWindow)),
		protected:     pulumi.Bool(!a.DeletionAllowed),
		forgetBackups: pulumi.Bool(a.FinalBackupSkipped), // RDS would, unless told otherwise
		skipSnapshot:  pulumi.Bool(a.FinalBackupSkipped),
	}
	if !a.FinalBackupSkipped {
		p.snapshot = b.finalSnapshot().ToStringPtrOutput()
	}
	if a.MasterPassword == nil {
		p.managed, p.managedKey = pulumi.Bool(true), b.keyARN.ToStringPtrOutput()
	} else {
		p.password = b.password().ToStringPtrOutput()
	}
	return p
}
