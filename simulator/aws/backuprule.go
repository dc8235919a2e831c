package aws

import (
	"maps"
	"slices"

	"github.com/holdfast-iac/holdfast/simulator"
)

// What AWS Backup demands of a plan's rules. Sources: the AWS Backup API's BackupRuleInput and Lifecycle; AWS Backup
// guide, "Continuous backups and point-in-time recovery" and "Quotas".

const lifecycleAPI = "https://docs.aws.amazon.com/aws-backup/latest/devguide/API_Lifecycle.html"

// aboutRules is a constraint on each rule of a plan.
func aboutRules(
	id, source, text string, find func(c *simulator.Call, rule backupRule, broken func(path string, args ...any)),
) simulator.Constraint {
	return simulator.Constraint{
		Origin: simulator.Origin{ID: id, Source: source},
		Stage:  simulator.AtCheck,
		Error:  backupPlanErr + text,
		Find: func(c *simulator.Call, broken func(path string, args ...any)) {
			for _, rule := range backupRules(c) {
				find(c, rule, broken)
			}
		},
	}
}

// aboutLifecycles is a constraint on each lifecycle of a plan, broken when the function says so.
func aboutLifecycles(id, text string, isBroken func(cold, deleted float64) bool) simulator.Constraint {
	return aboutRules(id, lifecycleAPI, text, func(_ *simulator.Call, rule backupRule, broken func(string, ...any)) {
		lifecycles := rule.lifecycles()
		for _, path := range slices.Sorted(maps.Keys(lifecycles)) {
			if isBroken(lifecycles[path][0], lifecycles[path][1]) {
				broken(path)
			}
		}
	})
}

func planConstraints() []simulator.Constraint {
	const continuous = "https://docs.aws.amazon.com/aws-backup/latest/devguide/point-in-time-recovery.html"
	return []simulator.Constraint{
		aboutLifecycles("aws-backup-cold-storage-90-days",
			"Invalid lifecycle. DeleteAfterDays cannot be less than 90 days apart from MoveToColdStorageAfterDays",
			func(cold, deleted float64) bool { return cold > 0 && deleted > 0 && deleted < cold+90 }),
		aboutLifecycles("aws-backup-delete-after-days",
			"Invalid lifecycle. DeleteAfterDays cannot be less than 1 or more than 36500 days",
			func(_, deleted float64) bool { return deleted > 36500 }),
		aboutRules("aws-backup-continuous-no-cold-storage", continuous,
			"Invalid lifecycle. MoveToColdStorageAfterDays is unavailable", continuousCold),
		aboutRules("aws-backup-continuous-lifecycle", continuous,
			"Lifecycle must be specified for backup rule enabled continuous backup", continuousForever),
		aboutRules("aws-backup-continuous-35-days", continuous,
			"Invalid lifecycle. Continuous backups are kept 1 to 35 days, not %v", continuousLong),
		aboutRules("aws-backup-start-window", backupRuleAPI,
			"StartWindowMinutes must be at least 60, got %v", shortStart),
		aboutRules("aws-backup-completion-window", backupRuleAPI,
			"CompletionWindowMinutes %v must be at least 60 minutes greater than StartWindowMinutes %v", shortCompletion),
		aboutRules("aws-backup-schedule", backupRuleAPI,
			"Invalid schedule expression: %s", wrongSchedule),
		aboutRules("aws-backup-copy-actions-per-rule", backupLimits,
			"a rule has at most 5 copy actions, this one has %d", manyCopies),
		retentionOutsideLock,
	}
}

func isContinuous(rule backupRule) bool {
	flag := rule.props["enableContinuousBackup"]
	return flag.IsBool() && flag.BoolValue()
}

func continuousCold(_ *simulator.Call, rule backupRule, broken func(string, ...any)) {
	if own, given := rule.lifecycles()[rule.path+".lifecycle"]; isContinuous(rule) && given && own[0] > 0 {
		broken(rule.path + ".lifecycle.coldStorageAfter")
	}
}

func continuousForever(_ *simulator.Call, rule backupRule, broken func(string, ...any)) {
	if _, given := rule.props["lifecycle"]; isContinuous(rule) && !given {
		broken(rule.path + ".lifecycle")
	}
}

func continuousLong(_ *simulator.Call, rule backupRule, broken func(string, ...any)) {
	own, given := rule.lifecycles()[rule.path+".lifecycle"]
	if isContinuous(rule) && given && own[0] == 0 && own[1] > 35 {
		broken(rule.path+".lifecycle.deleteAfter", own[1])
	}
}

// The windows that the provider fills in when a rule gives none, in minutes.
const startWindow, completionWindow = 60, 180

func shortStart(_ *simulator.Call, rule backupRule, broken func(string, ...any)) {
	if start := numberOr(rule.props["startWindow"], startWindow); start < 60 {
		broken(rule.path+".startWindow", start)
	}
}

func shortCompletion(_ *simulator.Call, rule backupRule, broken func(string, ...any)) {
	if rule.props["startWindow"].IsComputed() || rule.props["completionWindow"].IsComputed() {
		return
	}
	start, end := numberOr(rule.props["startWindow"], startWindow), numberOr(rule.props["completionWindow"], completionWindow)
	if start >= 60 && end < start+60 {
		broken(rule.path+".completionWindow", end, start)
	}
}

func wrongSchedule(_ *simulator.Call, rule backupRule, broken func(string, ...any)) {
	if expression := stringOf(rule.props["schedule"]); expression != "" {
		if fault := cronFault(expression); fault != "" {
			broken(rule.path+".schedule", fault)
		}
	}
}

func manyCopies(_ *simulator.Call, rule backupRule, broken func(string, ...any)) {
	if copies := rule.props["copyActions"]; copies.IsArray() && len(copies.ArrayValue()) > 5 {
		broken(rule.path+".copyActions", len(copies.ArrayValue()))
	}
}
