package componenttest

import (
	"strings"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/holdfast-iac/holdfast/components/spec"
)

// BaselineDriver describes a cloud's baseline component to the suite.
type BaselineDriver struct {
	Driver[spec.Baseline]
	// Parts are the types of what the parts of a baseline consist of, by the names in spec.Baseline; see baselineParts.
	Parts map[string][]string
	// Alarm, Protection and Rule are one alarm, one kind of protection and one rule each: the cloud's name of it, and the
	// name of the child that it is.
	Alarm, Protection, Rule [2]string
	// Lock returns for how many days the audit trail's records are locked, and whether nobody can override the lock.
	Lock func(Recording) (days int, forGood bool)
	// Erasable reports whether the deletion of the component deletes the audit trail's records.
	Erasable func(Recording) bool
	// Analyzer and Anomalies are the ids of those that a first baseline, named "main", has created.
	Analyzer, Anomalies string
	// Refusals are how the cloud refuses a second one of what there is one of, by the names in spec.Baseline.
	Refusals map[string]string
	// Growing are the inputs that list what may grow, as "type.property". The cloud must be able to change them in place.
	Growing []string
	// DefaultStrong asserts, in the cloud's own terms, that what is there is as strong as it can be.
	DefaultStrong func(t require.TestingT, recording Recording)
}

// Baseline runs the suite that every cloud's baseline component must pass.
func Baseline(t *testing.T, d BaselineDriver) { d.checks().run(t) }

// complete asks for everything that a baseline offers.
func complete() spec.Baseline {
	return spec.Baseline{
		Trail:              spec.AuditTrail{DataEvents: true, Insights: true},
		Alarms:             spec.Alarms{Emails: []string{"security@example.com"}},
		AccessAnalysis:     spec.AccessAnalysis{UnusedDays: 90},
		CI:                 spec.CI{Repository: "holdfast-iac/holdfast"},
		Costs:              spec.Costs{MonthlyLimit: 100, Emails: []string{"costs@example.com"}},
		SecurityContact:    spec.Contact{Name: "Security", Title: "Team", Email: "security@example.com", Phone: "+49 30 901820"},
		VulnerabilityScans: true,
		DataDiscovery:      spec.Create,
		Tags:               map[string]string{"team": "platform"},
	}
}

func (d BaselineDriver) checks() checks {
	plain := spec.Baseline{Tags: complete().Tags}
	return d.common(Common[spec.Baseline]{
		Tagged: []spec.Baseline{plain, complete()}, Bad: d.bad(),
	}).with(checks{
		"defaults are strong":     d.defaults,
		"weakening is explicit":   d.weakened,
		"options":                 d.extras,
		"lock":                    d.lock,
		"a second one":            d.second,
		"growth replaces nothing": d.growth,
	})
}

// baselineParts are the parts that a baseline has with no arguments, and the one field that leaves each out.
var baselineParts = map[string]func(*spec.Baseline){
	"trail":                     func(b *spec.Baseline) { b.Trail.Disabled = true },
	"alarms":                    func(b *spec.Baseline) { b.Alarms.Disabled = true },
	"findings":                  func(b *spec.Baseline) { b.Findings.Disabled = true },
	"threatDetection":           func(b *spec.Baseline) { b.ThreatDetection.Mode = spec.Off },
	"posture":                   func(b *spec.Baseline) { b.Posture.Mode = spec.Off },
	"recording":                 func(b *spec.Baseline) { b.Recording.Mode = spec.Off },
	"accessAnalysis":            func(b *spec.Baseline) { b.AccessAnalysis.Mode = spec.Off },
	"settings.unencryptedDisks": func(b *spec.Baseline) { b.Settings.UnencryptedDisks = true },
	"settings.publicStorage":    func(b *spec.Baseline) { b.Settings.PublicStorage = true },
	"settings.publicImages":     func(b *spec.Baseline) { b.Settings.PublicImages = true },
	"settings.unsafeMetadata":   func(b *spec.Baseline) { b.Settings.UnsafeMetadata = true },
	"passwords":                 func(b *spec.Baseline) { b.Passwords.Disabled = true },
	"mfa":                       func(b *spec.Baseline) { b.MFA.Disabled = true },
}

// baselineExtras are the parts that have to be asked for.
var baselineExtras = map[string]func(*spec.Baseline){
	"ci":                 func(b *spec.Baseline) { b.CI = complete().CI },
	"costs":              func(b *spec.Baseline) { b.Costs = complete().Costs },
	"securityContact":    func(b *spec.Baseline) { b.SecurityContact = complete().SecurityContact },
	"vulnerabilityScans": func(b *spec.Baseline) { b.VulnerabilityScans = true },
	"dataDiscovery":      func(b *spec.Baseline) { b.DataDiscovery = spec.Create },
}

// has holds that a part is there, or not.
func (d BaselineDriver) has(t require.TestingT, r Recording, part string, want bool) {
	require.NotEmpty(t, d.Parts[part], "types of %s", part)
	for _, token := range d.Parts[part] {
		assert.Equal(t, want, len(r.OfType(token)) > 0, "%s: %s", part, token)
	}
}

func (d BaselineDriver) defaults(t require.TestingT) {
	r := d.run(t, spec.Baseline{})
	for part := range baselineParts {
		d.has(t, r, part, true)
	}
	for part := range baselineExtras {
		d.has(t, r, part, false)
	}
	days, _ := d.Lock(r)
	assert.Equal(t, 365, days, "days for which records are locked")
	for _, part := range []string{
		"settings.unencryptedDisks", "settings.publicStorage", "settings.publicImages", "settings.unsafeMetadata", "passwords",
	} {
		for _, token := range d.Parts[part] {
			for _, setting := range r.OfType(token) {
				assert.True(t, setting.Request.GetRetainOnDelete(), "%s stays when the component is deleted", setting.URN)
			}
		}
	}
	d.DefaultStrong(t, r)
}

// weakened leaves out each part, and each alarm, protection and rule, and holds that nothing else changes by it.
func (d BaselineDriver) weakened(t require.TestingT) {
	full := d.run(t, spec.Baseline{})
	for part, weaken := range baselineParts {
		var b spec.Baseline
		weaken(&b)
		r := d.run(t, b)
		d.has(t, r, part, false)
		assertGrown(t, r, full, nil)
		for other := range baselineParts {
			if other != part && !(part == "trail" && other == "alarms") {
				d.has(t, r, other, true)
			}
		}
	}
	for named, b := range map[[2]string]spec.Baseline{
		d.Alarm: {Alarms: spec.Alarms{Except: []string{d.Alarm[0]}}},
		d.Rule:  {Recording: spec.Recording{Except: []string{d.Rule[0]}}},
	} {
		before, after := countNamed(full, named[1]), countNamed(d.run(t, b), named[1])
		assert.NotZero(t, before, named[1])
		assert.Less(t, after, before, "%s is left out", named[1])
	}
	protected := d.run(t, spec.Baseline{ThreatDetection: spec.ThreatDetection{Except: []string{d.Protection[0]}}})
	assert.NotEqual(t, inputsOf(full, d.Protection[1]), inputsOf(protected, d.Protection[1]), "%s is left out", d.Protection[0])
}

// countNamed counts the resources of a name.
func countNamed(r Recording, name string) int { return len(inputsOf(r, name)) }

// inputsOf returns the inputs of the resources of a name.
func inputsOf(r Recording, name string) []resource.PropertyMap {
	var found []resource.PropertyMap
	for _, res := range r.Resources {
		if res.Name == name {
			found = append(found, res.Inputs)
		}
	}
	return found
}

// extras asks for each part that has to be asked for, and holds that nothing else changes by it.
func (d BaselineDriver) extras(t require.TestingT) {
	plain := d.run(t, spec.Baseline{})
	for part, ask := range baselineExtras {
		var b spec.Baseline
		ask(&b)
		r := d.run(t, b)
		d.has(t, r, part, true)
		assertGrown(t, plain, r, nil)
	}
}

func (d BaselineDriver) lock(t require.TestingT) {
	trail := spec.AuditTrail{RetentionDays: 400}
	trail.Compliance = trail.ComplianceSentence()
	for _, test := range []struct {
		trail   spec.AuditTrail
		days    int
		forGood bool
	}{
		{spec.AuditTrail{}, 365, false}, {spec.AuditTrail{RetentionDays: 90}, 90, false},
		{spec.AuditTrail{Unlocked: true}, 0, false}, {trail, 400, true},
	} {
		days, forGood := d.Lock(d.run(t, spec.Baseline{Trail: test.trail}))
		assert.Equal(t, test.days, days, "%+v", test.trail)
		assert.Equal(t, test.forGood, forGood, "%+v", test.trail)
	}
	for _, erasable := range []bool{false, true} {
		r := d.run(t, spec.Baseline{Trail: spec.AuditTrail{Erasable: erasable}})
		assert.Equal(t, erasable, d.Erasable(r), "records that go with the trail")
	}
}

// adopting are the parts that there is one of in an account, and what makes a baseline adopt each.
func (d BaselineDriver) adopting() map[string]func(*spec.Baseline) {
	return map[string]func(*spec.Baseline){
		"threatDetection": func(b *spec.Baseline) { b.ThreatDetection.Mode = spec.Adopt },
		"posture":         func(b *spec.Baseline) { b.Posture.Mode = spec.Adopt },
		"recording":       func(b *spec.Baseline) { b.Recording.Mode = spec.Adopt },
		"accessAnalysis": func(b *spec.Baseline) {
			b.AccessAnalysis = spec.AccessAnalysis{Mode: spec.Adopt, ID: d.Analyzer}
		},
		"dataDiscovery": func(b *spec.Baseline) { b.DataDiscovery = spec.Adopt },
		"ci":            func(b *spec.Baseline) { b.CI.Mode = spec.Adopt },
		"costs":         func(b *spec.Baseline) { b.Costs.Anomalies, b.Costs.AnomalyID = spec.Adopt, d.Anomalies },
	}
}

// second makes a second baseline in one account: it fails with the cloud's own error for each part that it creates, and
// works when it adopts them, without creating or changing what it adopts.
func (d BaselineDriver) second(t require.TestingT) {
	first := spec.Baseline{CI: complete().CI, Costs: complete().Costs, DataDiscovery: spec.Create}
	try := func(second spec.Baseline) (Recording, error) {
		cloud := d.Cloud(t)
		_, err := Run(cloud, func(ctx *pulumi.Context) error { return d.New(ctx, componentName, first) })
		require.NoError(t, err)
		return Run(cloud, func(ctx *pulumi.Context) error { return d.New(ctx, "second", second) })
	}
	all := first
	for _, adopt := range d.adopting() {
		adopt(&all)
	}
	r, err := try(all)
	require.NoError(t, err, "a second baseline that adopts")
	for part, refusal := range d.Refusals {
		require.Contains(t, d.adopting(), part)
		creating := first
		for other, adopt := range d.adopting() {
			if other != part {
				adopt(&creating)
			}
		}
		_, err := try(creating)
		assert.ErrorContains(t, err, refusal, "%s: a second baseline that creates it", part)
	}
	for _, res := range r.Resources {
		if res.Request == nil {
			assert.Empty(t, res.Inputs, "%s is read, not changed", res.URN)
		}
	}
}

// growth adds to every list of a baseline, at every place.
func (d BaselineDriver) growth(t require.TestingT) {
	emails, branches, percents := []string{"a@example.com", "b@example.com"}, []string{"main", "release"}, []int{50, 80}
	build := func(emails, branches []string, percents []int) spec.Baseline {
		return spec.Baseline{
			Alarms: spec.Alarms{Emails: emails},
			CI:     spec.CI{Repository: "holdfast-iac/holdfast", Branches: branches},
			Costs:  spec.Costs{MonthlyLimit: 100, Percents: percents, Emails: emails},
		}
	}
	after := d.run(t, build(emails, branches, percents))
	for i := range emails {
		before := d.run(t, build(emails[i:i+1], branches[i:i+1], percents[i:i+1]))
		d.assertGrowing(t, before, after)
		assert.Greater(t, len(after.Resources), len(before.Resources))
	}
}

// assertGrowing is assertGrown, with the inputs that may grow left out.
func (d BaselineDriver) assertGrowing(t require.TestingT, before, after Recording) {
	for _, r := range []Recording{before, after} {
		for _, res := range r.Resources {
			for _, growing := range d.Growing {
				if token, property := cutLast(growing); token == res.Type {
					delete(res.Inputs, resource.PropertyKey(property))
				}
			}
		}
	}
	assertGrown(t, before, after, nil)
}

// cutLast cuts "type.property" at its last dot.
func cutLast(path string) (before, after string) {
	dot := strings.LastIndex(path, ".")
	return path[:max(dot, 0)], path[dot+1:]
}

func (d BaselineDriver) bad() map[string]Bad[spec.Baseline] {
	return map[string]Bad[spec.Baseline]{
		"retention":       {spec.Baseline{Trail: spec.AuditTrail{RetentionDays: -1}}, []string{"trail.retentionDays"}},
		"unconfirmed":     {spec.Baseline{Trail: spec.AuditTrail{Compliance: "yes"}}, []string{"trail.compliance"}},
		"email":           {spec.Baseline{Alarms: spec.Alarms{Emails: []string{"nobody"}}}, []string{"alarms.emails[0]"}},
		"severity":        {spec.Baseline{Findings: spec.Findings{MinSeverity: "x"}}, []string{"findings.minSeverity"}},
		"unknown alarm":   {spec.Baseline{Alarms: spec.Alarms{Except: []string{"no such alarm"}}}, []string{"alarms.except[0]"}},
		"mode":            {spec.Baseline{Posture: spec.Posture{Mode: "maybe"}}, []string{"posture.mode"}},
		"nothing adopted": {spec.Baseline{Recording: spec.Recording{ID: "default"}}, []string{"recording.id"}},
		"any repository":  {spec.Baseline{CI: spec.CI{Repository: "holdfast-iac/*"}}, []string{"ci.repository"}},
		"any branch":      {spec.Baseline{CI: spec.CI{Repository: "a/b", Branches: []string{"*"}}}, []string{"ci.branches[0]"}},
		"contact": {
			spec.Baseline{SecurityContact: spec.Contact{Email: "security@example.com"}},
			[]string{"securityContact.name", "securityContact.title", "securityContact.phone"},
		},
		"all at once": {
			spec.Baseline{Trail: spec.AuditTrail{RetentionDays: 9999}, Passwords: spec.Passwords{MinLength: 4}, Costs: spec.Costs{MonthlyLimit: -1}},
			[]string{"trail.retentionDays", "passwords.minLength", "costs.monthlyLimit"},
		},
	}
}
