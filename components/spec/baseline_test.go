package spec

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestBaselineDefaults(t *testing.T) {
	t.Parallel()
	require.NoError(t, Baseline{}.Validate())
	d := Baseline{}.WithDefaults()
	assert.Equal(t, Baseline{
		Trail:           AuditTrail{RetentionDays: 365},
		Findings:        Findings{MinSeverity: FindingMedium},
		ThreatDetection: ThreatDetection{Mode: Create},
		Posture:         Posture{Mode: Create},
		Recording:       Recording{Mode: Create, RetentionDays: 365},
		AccessAnalysis:  AccessAnalysis{Mode: Create},
		Passwords:       Passwords{MinLength: 14, History: 24},
		CI:              CI{Mode: Create, Service: GitHub},
		Costs:           Costs{Percents: []int{80, 100}, Anomalies: Off, AnomalyAmount: 100},
		DataDiscovery:   Off,
	}, d)
	assert.Equal(t, d, d.WithDefaults(), "the defaults of the defaults are the same")
	assert.Equal(t, []string{"main"}, Baseline{CI: CI{Repository: "a/b"}}.WithDefaults().CI.Branches)
	assert.Empty(t, Baseline{CI: CI{Repository: "a/b", Environments: []string{"prod"}}}.WithDefaults().CI.Branches)
	assert.Equal(t, Create, Baseline{Costs: Costs{MonthlyLimit: 1}}.WithDefaults().Costs.Anomalies)
	assert.True(t, Baseline{Trail: AuditTrail{Disabled: true}}.WithDefaults().Alarms.Disabled)
}

func TestBaselineSharesNothingWithItsCopy(t *testing.T) {
	t.Parallel()
	b := Baseline{
		Alarms: Alarms{Except: []string{"a"}, Emails: []string{"a"}}, ThreatDetection: ThreatDetection{Except: []string{"a"}},
		Posture: Posture{Standards: []string{"a"}}, Recording: Recording{Except: []string{"a"}},
		CI:    CI{Branches: []string{"a"}, Environments: []string{"a"}},
		Costs: Costs{Percents: []int{1}, Emails: []string{"a"}}, Tags: map[string]string{"a": "a"},
	}
	d := b.WithDefaults()
	for _, list := range [][]string{
		d.Alarms.Except, d.Alarms.Emails, d.ThreatDetection.Except, d.Posture.Standards, d.Recording.Except, d.CI.Branches,
		d.CI.Environments, d.Costs.Emails,
	} {
		list[0] = "b"
	}
	d.Costs.Percents[0], d.Tags["a"] = 2, "b"
	for _, list := range [][]string{
		b.Alarms.Except, b.Alarms.Emails, b.ThreatDetection.Except, b.Posture.Standards, b.Recording.Except, b.CI.Branches,
		b.CI.Environments, b.Costs.Emails,
	} {
		assert.Equal(t, "a", list[0])
	}
	assert.Equal(t, 1, b.Costs.Percents[0])
	assert.Equal(t, "a", b.Tags["a"])
}

func TestBaselineProblems(t *testing.T) {
	t.Parallel()
	sentence := AuditTrail{}.ComplianceSentence()
	assert.Equal(t, "nobody can delete the records for 365 days", sentence)
	tests := map[string]struct {
		baseline Baseline
		want     string
	}{
		"retention":   {Baseline{Trail: AuditTrail{RetentionDays: 3654}}, `trail.retentionDays: 3654 is out of range; use 1 to 3653`},
		"unconfirmed": {Baseline{Trail: AuditTrail{Compliance: "yes"}}, `trail.compliance: "yes" does not confirm the lock, which cannot be undone; to have it, write "nobody can delete the records for 365 days"`},
		"other days":  {Baseline{Trail: AuditTrail{Compliance: sentence, RetentionDays: 30}}, `trail.compliance: "nobody can delete the records for 365 days" does not confirm the lock, which cannot be undone; to have it, write "nobody can delete the records for 30 days"`},
		"confirmed":   {Baseline{Trail: AuditTrail{Compliance: sentence}}, ""},
		"unlocked":    {Baseline{Trail: AuditTrail{Compliance: sentence, Unlocked: true}}, `trail.unlocked: true contradicts compliance; remove one of the two`},
		"erasable":    {Baseline{Trail: AuditTrail{Compliance: sentence, Erasable: true}}, `trail.erasable: true contradicts compliance, which lets nobody delete records; remove one of the two`},
		"trail off":   {Baseline{Trail: AuditTrail{Disabled: true, Insights: true}}, `trail: its other settings have no effect while it is off; remove disabled or the others`},
		"no alarms":   {Baseline{Alarms: Alarms{Disabled: true, Except: []string{"a"}}}, `alarms.except: ["a"] has no effect while there are no alarms; remove it`},
		"no findings": {Baseline{Findings: Findings{Disabled: true, MinSeverity: FindingHigh}}, `findings.minSeverity: "high" has no effect while nobody is told; remove one of the two`},
		"severity":    {Baseline{Findings: Findings{MinSeverity: "hihg"}}, `findings.minSeverity: "hihg" is not a severity; did you mean high? (use critical, high, low or medium)`},
		"email twice": {Baseline{Alarms: Alarms{Emails: []string{"a@b.c", "a@b.c"}}}, `alarms.emails[1]: "a@b.c" is listed twice; list each address once`},
		"named email": {Baseline{Alarms: Alarms{Emails: []string{"A <a@b.c>"}}}, `alarms.emails[0]: "A <a@b.c>" is not an email address; use for example security@example.com`},
		"discovery":   {Baseline{DataDiscovery: "on"}, `dataDiscovery: "on" is not a mode; use adopt, create or off`},
		"mode":        {Baseline{Recording: Recording{Mode: "adpt"}}, `recording.mode: "adpt" is not a mode; did you mean adopt? (use adopt, create or off)`},
		"id":          {Baseline{ThreatDetection: ThreatDetection{ID: "x"}}, `threatDetection.id: "x" has no effect without mode adopt; remove one of the two`},
		"which one":   {Baseline{AccessAnalysis: AccessAnalysis{Mode: Adopt}}, `accessAnalysis.id: is missing; name the analyzer to adopt`},
		"unused":      {Baseline{AccessAnalysis: AccessAnalysis{UnusedDays: 366}}, `accessAnalysis.unusedDays: 366 is out of range; use 1 to 365`},
		"protection":  {Baseline{ThreatDetection: ThreatDetection{Mode: Adopt, Except: []string{"a"}}}, `threatDetection.except: ["a"] has no effect with mode adopt; remove it`},
		"standards":   {Baseline{Posture: Posture{Mode: Off, Standards: []string{"a"}}}, `posture.standards: ["a"] has no effect with mode off; remove it`},
		"rules":       {Baseline{Recording: Recording{Mode: Off, Except: []string{"a"}}}, `recording.except: ["a"] has no effect with mode off; remove it`},
		"passwords": {Baseline{Passwords: Passwords{MinLength: 6, History: 25, MaxAgeDays: 1096}},
			"passwords.minLength: 6 is out of range; use 8 to 128\npasswords.history: 25 is out of range; use 1 to 24\npasswords.maxAgeDays: 1096 is out of range; use 1 to 1095"},
		"passwords off": {Baseline{Passwords: Passwords{Disabled: true, MinLength: 20}}, `passwords: its other settings have no effect while it is off; remove disabled or the others`},
		"no repository": {Baseline{CI: CI{Service: GitLab}}, `ci.repository: is missing; name the repository to trust, or remove the rest of ci`},
		"service":       {Baseline{CI: CI{Repository: "a/b", Service: "gitlub"}}, `ci.service: "gitlub" is not known; did you mean github? (use github or gitlab)`},
		"ci off":        {Baseline{CI: CI{Repository: "a/b", Mode: Off}}, `ci.mode: "off" is not a mode; use adopt or create`},
		"wildcard":      {Baseline{CI: CI{Repository: "a/*"}}, `ci.repository: "a/*" is not the full name of one repository; use owner/name, without wildcards`},
		"owner alone":   {Baseline{CI: CI{Repository: "a"}}, `ci.repository: "a" is not the full name of one repository; use owner/name, without wildcards`},
		"deep":          {Baseline{CI: CI{Repository: "a/b/c"}}, `ci.repository: "a/b/c" is not a repository on GitHub; use owner/name`},
		"deep, GitLab":  {Baseline{CI: CI{Repository: "a/b/c", Service: GitLab}}, ""},
		"any branch":    {Baseline{CI: CI{Repository: "a/b", Branches: []string{"release-*"}}}, `ci.branches[0]: "release-*" is not one name in full; wildcards would let others in`},
		"smuggled":      {Baseline{CI: CI{Repository: "a/b", Environments: []string{"prod:x"}}}, `ci.environments[0]: "prod:x" is not one name in full; wildcards would let others in`},
		"branch twice":  {Baseline{CI: CI{Repository: "a/b", Branches: []string{"x", "x"}}}, `ci.branches[1]: "x" is listed twice; list each once`},
		"environment":   {Baseline{CI: CI{Repository: "a/b", Service: GitLab, Environments: []string{"prod"}}}, `ci.environments: ["prod"] are not told by GitLab; use branches`},
		"no limit":      {Baseline{Costs: Costs{Emails: []string{"a@b.c"}}}, `costs.monthlyLimit: is missing; set one, or remove the rest of costs`},
		"limit":         {Baseline{Costs: Costs{MonthlyLimit: -1}}, `costs.monthlyLimit: -1 is not an amount; use whole US dollars, at least 1`},
		"percents": {Baseline{Costs: Costs{MonthlyLimit: 1, Percents: []int{50, 50, 0}}},
			"costs.percents[1]: 50 is listed twice; list each once\ncosts.percents[2]: 0 is out of range; use 1 to 1000"},
		"many percents": {Baseline{Costs: Costs{MonthlyLimit: 1, Percents: []int{1, 2, 3, 4, 5, 6, 7, 8, 9}}}, `costs.percents: [1,2,3,4,5,6,7,8,9] are too many; use at most 8`},
		"many emails": {Baseline{Costs: Costs{MonthlyLimit: 1, Emails: []string{
			"a@b.c", "b@b.c", "c@b.c", "d@b.c", "e@b.c", "f@b.c", "g@b.c", "h@b.c", "i@b.c", "j@b.c", "k@b.c"}}}, `costs.emails: 11 are too many addresses; use at most 10`},
		"which monitor": {Baseline{Costs: Costs{MonthlyLimit: 1, Anomalies: Adopt}}, `costs.anomalyId: is missing; name the search to adopt`},
		"monitor":       {Baseline{Costs: Costs{MonthlyLimit: 1, AnomalyID: "x"}}, `costs.anomalyId: "x" has no effect without anomalies: adopt; remove one of the two`},
		"amount":        {Baseline{Costs: Costs{MonthlyLimit: 1, AnomalyAmount: -1}}, `costs.anomalyAmount: -1 is not an amount; use whole US dollars, at least 1`},
		"contact": {Baseline{SecurityContact: Contact{Name: "a", Email: "b"}},
			"securityContact.title: is missing; a contact needs name, title, email and phone\nsecurityContact.phone: is missing; a contact needs name, title, email and phone\nsecurityContact.email: \"b\" is not an email address; use for example security@example.com"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if test.want == "" {
				require.NoError(t, test.baseline.Validate())
				return
			}
			require.EqualError(t, test.baseline.Validate(), test.want)
		})
	}
}
