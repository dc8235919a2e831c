package spec

import (
	"maps"
	"slices"
)

// Baseline describes what keeps an account secure and what tells of it: the zero value records every change, looks for
// threats, judges the account's configuration, and closes what the cloud leaves open. What acts per region acts in the
// region that the component is deployed to; the audit trail spans all regions.
type Baseline struct {
	// Trail records who did what in the account, in every region.
	Trail AuditTrail `pulumi:"trail"`
	// Alarms tell people of what should rarely happen. They are raised from the trail, and off without it.
	Alarms Alarms `pulumi:"alarms"`
	// Findings are told to people when the services below find something.
	Findings Findings `pulumi:"findings"`
	// ThreatDetection looks for intruders.
	ThreatDetection ThreatDetection `pulumi:"threatDetection"`
	// Posture judges the account against security standards, and gathers what the other services find.
	Posture Posture `pulumi:"posture"`
	// Recording records the configuration of every resource, and checks it against rules.
	Recording Recording `pulumi:"recording"`
	// AccessAnalysis finds what is shared with the outside of the account.
	AccessAnalysis AccessAnalysis `pulumi:"accessAnalysis"`
	// Settings are switches of the account as a whole.
	Settings AccountSettings `pulumi:"settings"`
	// Passwords is what is asked of people's passwords.
	Passwords Passwords `pulumi:"passwords"`
	// MFA is what people need besides a password.
	MFA MFA `pulumi:"mfa"`
	// CI lets a repository's pipeline deploy without a secret. Default: none does.
	CI CI `pulumi:"ci"`
	// Costs watches what the account costs. Default: not watched, because no limit can be guessed.
	Costs Costs `pulumi:"costs"`
	// SecurityContact is whom the cloud's own security team writes to. Default: the account's owner.
	SecurityContact Contact `pulumi:"securityContact"`
	// VulnerabilityScans searches machines, images and functions for known vulnerabilities. Charged by what is scanned.
	// Default false.
	VulnerabilityScans bool `pulumi:"vulnerabilityScans"`
	// DataDiscovery says how the account comes by the search of storage for personal and other sensitive data. Charged by
	// what is stored. Default Off.
	DataDiscovery Mode `pulumi:"dataDiscovery"`
	// Tags are put on every resource that can carry them. Default none.
	Tags map[string]string `pulumi:"tags"`
}

// AuditTrail says how what is done in the account is recorded. The zero value records all management of resources, and
// keeps it for a year in which nobody deletes it in passing.
type AuditTrail struct {
	// Disabled records nothing: nobody can tell afterwards who did what. For accounts whose organization has a trail.
	// Default false.
	Disabled bool `pulumi:"disabled"`
	// RetentionDays is how many days records are kept, 1 to 3653. Default 365.
	RetentionDays int `pulumi:"retentionDays"`
	// Unlocked lets anyone who may delete objects delete records. Default false: for RetentionDays only those can who
	// have the permission to override the lock.
	Unlocked bool `pulumi:"unlocked"`
	// Compliance, if it is the sentence that ComplianceSentence returns, lets nobody at all delete records for
	// RetentionDays, the account's owner included, and cannot be undone. Default: those can who may override the lock.
	Compliance string `pulumi:"compliance"`
	// Erasable lets the deletion of the component delete the records with it. Default false: deletion fails while there
	// are records.
	Erasable bool `pulumi:"erasable"`
	// DataEvents records reads and writes of stored objects and calls of functions too. Charged by the event. Default
	// false.
	DataEvents bool `pulumi:"dataEvents"`
	// Insights reports unusual rates of calls and of errors. Charged by the event. Default false.
	Insights bool `pulumi:"insights"`
}

// Alarms says who is told of what should rarely happen. The zero value raises every alarm.
type Alarms struct {
	// Disabled raises no alarm. Default false.
	Disabled bool `pulumi:"disabled"`
	// Except lists the alarms that are not raised, by the cloud's own short names. Default none.
	Except []string `pulumi:"except"`
	// Emails are the addresses that are told, of Findings and Costs too; each has to confirm. Default none: subscribe to
	// the topic otherwise.
	Emails []string `pulumi:"emails"`
}

// FindingSeverity is how much harm a finding means.
type FindingSeverity string

// The severities of findings, by rising harm.
const (
	FindingLow      FindingSeverity = "low"
	FindingMedium   FindingSeverity = "medium"
	FindingHigh     FindingSeverity = "high"
	FindingCritical FindingSeverity = "critical"
)

// FindingSeverities returns all severities, by rising harm.
func FindingSeverities() []FindingSeverity {
	return []FindingSeverity{FindingLow, FindingMedium, FindingHigh, FindingCritical}
}

// Findings says which findings people are told of. The zero value tells of signs of intruders from FindingMedium on, of
// what is judged badly by standards, or found vulnerable, from FindingHigh on, and of everything that is newly open to the
// outside.
type Findings struct {
	// Disabled tells nobody: findings wait to be looked at. Default false.
	Disabled bool `pulumi:"disabled"`
	// MinSeverity is from which severity on findings are told. Default FindingMedium; what is no sign of an intruder is
	// told from FindingHigh on at the earliest, because there is much of it.
	MinSeverity FindingSeverity `pulumi:"minSeverity"`
}

// ThreatDetection says how intruders are looked for. The zero value uses everything that the cloud offers.
type ThreatDetection struct {
	// Mode says how the account comes by the service. Default Create.
	Mode Mode `pulumi:"mode"`
	// ID names the one to adopt. Default: the one that the region has.
	ID string `pulumi:"id"`
	// Except lists the kinds of protection that are left out, by the cloud's own short names. Default none. What is
	// adopted keeps those that it has.
	Except []string `pulumi:"except"`
}

// Posture says how the account is judged against security standards.
type Posture struct {
	// Mode says how the account comes by the service. Default Create.
	Mode Mode `pulumi:"mode"`
	// Standards are those to judge by, under the cloud's own short names. Default: each cloud documents its list. What
	// is adopted keeps those that it has.
	Standards []string `pulumi:"standards"`
}

// Recording says how the configuration of resources is recorded and checked.
type Recording struct {
	// Mode says how the account comes by the recorder. Default Create.
	Mode Mode `pulumi:"mode"`
	// ID names the one to adopt. Default: the name that the cloud gives it.
	ID string `pulumi:"id"`
	// RetentionDays is how many days the recorder's files are kept, 1 to 3653. Default 365.
	RetentionDays int `pulumi:"retentionDays"`
	// Except lists the rules that are left out, by the cloud's own short names. Default none.
	Except []string `pulumi:"except"`
}

// AccessAnalysis says how what is open to the outside is found.
type AccessAnalysis struct {
	// Mode says how the account comes by the analyzer of access from outside. Default Create.
	Mode Mode `pulumi:"mode"`
	// ID names the one to adopt; needed, because the cloud looks none up.
	ID string `pulumi:"id"`
	// UnusedDays also finds permissions, keys and passwords that were not used for so many days, 1 to 365. Charged by the
	// identity. Default 0: not looked for.
	UnusedDays int `pulumi:"unusedDays"`
}

// AccountSettings are switches of the account as a whole. The zero value closes what the cloud leaves open. They stay as
// they are when the component is deleted: other stacks in the account rely on them.
type AccountSettings struct {
	// UnencryptedDisks leaves alone whether new disks are encrypted. Default false: all are.
	UnencryptedDisks bool `pulumi:"unencryptedDisks"`
	// PublicStorage leaves alone whether stored objects may be opened to everyone. Default false: none may.
	PublicStorage bool `pulumi:"publicStorage"`
	// PublicImages leaves alone whether machine images and disk snapshots may be opened to everyone. Default false: none
	// may.
	PublicImages bool `pulumi:"publicImages"`
	// UnsafeMetadata leaves alone whether a machine gives out its credentials without a session token. Default false:
	// new machines ask for one, unless they are created with another setting.
	UnsafeMetadata bool `pulumi:"unsafeMetadata"`
}

// Passwords is what is asked of people's passwords.
type Passwords struct {
	// Disabled leaves the account's own rules alone. Default false.
	Disabled bool `pulumi:"disabled"`
	// MinLength is the least number of characters, 8 to 128. Default 14 (CIS AWS Foundations Benchmark 5.0, 1.7).
	MinLength int `pulumi:"minLength"`
	// History is how many former passwords may not be used again, 1 to 24. Default 24 (the same, 1.8).
	History int `pulumi:"history"`
	// MaxAgeDays is after how many days a password has to be changed, 1 to 1095. Default 0: never, as NIST SP 800-63B-4,
	// 3.1.1.2, demands.
	MaxAgeDays int `pulumi:"maxAgeDays"`
}

// MFA is what people need besides a password.
type MFA struct {
	// Disabled makes no group for people: nothing then asks them for a second factor. Default false: the members of the
	// group can do nothing without one but set one up.
	Disabled bool `pulumi:"disabled"`
}

// CI lets the pipeline of one repository deploy, on the word of the service that runs it.
type CI struct {
	// Mode says how the account comes by its trust in the service; there is one for each service. Default Create. Off
	// has no place here: leave Repository empty.
	Mode Mode `pulumi:"mode"`
	// Service runs the pipeline: "github" or "gitlab". Default "github".
	Service string `pulumi:"service"`
	// Repository is the only one trusted, in full: "owner/name", on GitLab "group/subgroup/project". Default: none.
	Repository string `pulumi:"repository"`
	// Branches are those whose runs are trusted. Default "main", or none if there are Environments.
	Branches []string `pulumi:"branches"`
	// Environments are the repository's deployment environments whose runs are trusted, on GitHub. Default none.
	Environments []string `pulumi:"environments"`
}

// Costs watches what the account costs.
type Costs struct {
	// MonthlyLimit is what a month may cost, in whole US dollars. Default 0: costs are not watched.
	MonthlyLimit int `pulumi:"monthlyLimit"`
	// Percents are the parts of the limit, in percent, whose reaching is told: 1 to 1000, up to 8. Default 80 and 100.
	// That the month's forecast passes the limit is told in any case.
	Percents []int `pulumi:"percents"`
	// Emails are told besides the topic, up to 10. Default none.
	Emails []string `pulumi:"emails"`
	// Anomalies says how the account comes by the search for unusual costs. Default Create; Off without a MonthlyLimit.
	Anomalies Mode `pulumi:"anomalies"`
	// AnomalyID names the search to adopt; needed then.
	AnomalyID string `pulumi:"anomalyId"`
	// AnomalyAmount is from how many US dollars on an anomaly is told. Default 100.
	AnomalyAmount int `pulumi:"anomalyAmount"`
}

// Contact is somebody whom the cloud may write to or call.
type Contact struct {
	// Name of the person or the team.
	Name string `pulumi:"name"`
	// Title is their role, for example "Security team".
	Title string `pulumi:"title"`
	// Email is their address.
	Email string `pulumi:"email"`
	// Phone is their number, for example +49 30 901820.
	Phone string `pulumi:"phone"`
}

// WithDefaults returns a copy with every unset field at its default.
func (b Baseline) WithDefaults() Baseline {
	setDefault(&b.Trail.RetentionDays, defaultRetentionDays)
	setDefault(&b.Recording.RetentionDays, defaultRetentionDays)
	setDefault(&b.Passwords.MinLength, 14)
	setDefault(&b.Passwords.History, 24)
	setDefault(&b.Costs.AnomalyAmount, 100)
	setDefault(&b.DataDiscovery, Off)
	if !b.Findings.Disabled {
		setDefault(&b.Findings.MinSeverity, FindingMedium)
	}
	for _, mode := range []*Mode{
		&b.ThreatDetection.Mode, &b.Posture.Mode, &b.Recording.Mode, &b.AccessAnalysis.Mode, &b.CI.Mode,
	} {
		*mode = mode.OrDefault()
	}
	if b.Trail.Disabled {
		b.Alarms.Disabled = true
	}
	b.Alarms.Except, b.Alarms.Emails = slices.Clone(b.Alarms.Except), slices.Clone(b.Alarms.Emails)
	b.ThreatDetection.Except = slices.Clone(b.ThreatDetection.Except)
	b.Posture.Standards = slices.Clone(b.Posture.Standards)
	b.Recording.Except = slices.Clone(b.Recording.Except)
	b.CI = b.CI.withDefaults()
	b.Costs = b.Costs.withDefaults()
	b.Tags = maps.Clone(b.Tags)
	return b
}

func (c CI) withDefaults() CI {
	c.Branches, c.Environments = slices.Clone(c.Branches), slices.Clone(c.Environments)
	if c.Service == "" {
		c.Service = GitHub
	}
	if c.Repository != "" && len(c.Branches)+len(c.Environments) == 0 {
		c.Branches = []string{"main"}
	}
	return c
}

func (c Costs) withDefaults() Costs {
	c.Percents, c.Emails = slices.Clone(c.Percents), slices.Clone(c.Emails)
	if len(c.Percents) == 0 {
		c.Percents = []int{80, 100}
	}
	if c.MonthlyLimit == 0 {
		c.Anomalies = Off
	}
	c.Anomalies = c.Anomalies.OrDefault()
	return c
}
