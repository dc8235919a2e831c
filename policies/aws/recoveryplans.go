package aws

import "github.com/holdfast-iac/holdfast/policies/policy"

type backupPlan struct {
	Rules policy.List[backupRule] `pulumi:"rules"`
}

type backupRule struct {
	Schedule    policy.Value[string]  `pulumi:"schedule"`
	StartWindow policy.Value[float64] `pulumi:"startWindow"`
	Continuous  policy.Value[bool]    `pulumi:"enableContinuousBackup"`
}

// recoveryPlans tells how much can be lost of what backup plans select.
type recoveryPlans struct {
	*selecting
	plans policy.Resources[backupPlan]
	gaps  map[string]int // of schedules, in minutes; 0 of those that cannot be told
}

// any reports whether meets holds for what can be lost by the rule of a plan that selects the data. Nothing is held against
// plans of other stacks, or against schedules that are not known here.
func (p *recoveryPlans) any(d recoverable, meets func(minutes float64) bool) bool {
	return p.selecting.any(d.node, d.tags, func(selection policy.Resource[backupSelection]) bool {
		return !p.plans.AnyReferredBy(selection.Node, "planId", nil) ||
			p.plans.AnyReferredBy(selection.Node, "planId", func(plan policy.Resource[backupPlan]) bool {
				return plan.Props.Rules.Any(func(rule backupRule) bool { return p.meets(rule, d.continuous, meets) })
			})
	})
}

// meets reports whether what can be lost by a rule is little enough: the time between two backups, with the window that the
// second may start late in, 60 minutes by default (the provider's).
func (p *recoveryPlans) meets(rule backupRule, continuous bool, meets func(minutes float64) bool) bool {
	return policy.AnyOf(
		func() bool { return continuous && rule.Continuous.Or(false) && meets(pointInTimeMinutes) },
		func() bool {
			gap := p.gap(rule.Schedule.Or("cron(0 5 ? * * *)")) // the default (BackupRule in the AWS Backup API)
			return gap == 0 || meets(float64(gap)+rule.StartWindow.Or(60))
		},
	)
}

func (p *recoveryPlans) gap(schedule string) int {
	gap, read := p.gaps[schedule]
	if !read {
		gap = longestGap(schedule)
		p.gaps[schedule] = gap
	}
	return gap
}
