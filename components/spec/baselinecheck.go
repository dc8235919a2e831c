package spec

import (
	"fmt"
	"net/mail"
	"regexp"
	"slices"
	"strings"
)

// The services that run pipelines.
const (
	GitHub = "github"
	GitLab = "gitlab"
)

// repositoryPattern matches a repository's full name, and nothing that stands for more than one.
var repositoryPattern = regexp.MustCompile(`^[A-Za-z0-9_.-]+(/[A-Za-z0-9_.-]+)+$`)

// refPattern matches the name of one branch or environment.
var refPattern = regexp.MustCompile(`^[^*?:\s\\]+$`)

// ComplianceSentence is what AuditTrail.Compliance has to say: typed out, so that nobody locks records by accident.
func (t AuditTrail) ComplianceSentence() string {
	days := t.RetentionDays
	setDefault(&days, defaultRetentionDays)
	return fmt.Sprintf("nobody can delete the records for %d days", days)
}

// Validate reports everything wrong with the baseline as one error that holds Problems, or nil. Unset fields count as
// their defaults. What only one cloud forbids is left to that cloud's component.
func (b Baseline) Validate() error {
	var ps Problems
	d := b.WithDefaults()
	b.checkTrail(&ps, d)
	checkEmails(&ps, "alarms.emails", b.Alarms.Emails)
	if d.Alarms.Disabled && len(b.Alarms.Except) > 0 {
		ps.Add("alarms.except", b.Alarms.Except, "has no effect while there are no alarms; remove it")
	}
	b.Findings.check(&ps, d.Findings)
	b.checkModes(&ps, d)
	checkRange(&ps, "recording.retentionDays", d.Recording.RetentionDays, 1, maxRetentionDays, "")
	if d.AccessAnalysis.UnusedDays != 0 {
		checkRange(&ps, "accessAnalysis.unusedDays", d.AccessAnalysis.UnusedDays, 1, 365, "")
	}
	b.checkPasswords(&ps, d)
	b.CI.check(&ps, d.CI)
	b.Costs.check(&ps, d.Costs)
	b.SecurityContact.check(&ps)
	return ps.Err()
}

func (b Baseline) checkTrail(ps *Problems, d Baseline) {
	checkRange(ps, "trail.retentionDays", d.Trail.RetentionDays, 1, maxRetentionDays, "")
	switch sentence := d.Trail.ComplianceSentence(); {
	case b.Trail.Compliance == "":
	case b.Trail.Compliance != sentence:
		ps.Add("trail.compliance", b.Trail.Compliance, "does not confirm the lock, which cannot be undone; to have it, write %q", sentence)
	case b.Trail.Unlocked:
		ps.Add("trail.unlocked", true, "contradicts compliance; remove one of the two")
	case b.Trail.Erasable:
		ps.Add("trail.erasable", true, "contradicts compliance, which lets nobody delete records; remove one of the two")
	}
	if !b.Trail.Disabled {
		return
	}
	if rest := (AuditTrail{Disabled: true}); b.Trail != rest {
		ps.Add("trail", nil, "its other settings have no effect while it is off; remove disabled or the others")
	}
}

func (f Findings) check(ps *Problems, d Findings) {
	switch {
	case !f.Disabled:
		checkChoice(ps, "findings.minSeverity", "a severity", d.MinSeverity, FindingSeverities()...)
	case f.MinSeverity != "":
		ps.Add("findings.minSeverity", string(f.MinSeverity), "has no effect while nobody is told; remove one of the two")
	}
}

func (b Baseline) checkModes(ps *Problems, d Baseline) {
	checkAdopted(ps, "threatDetection", d.ThreatDetection.Mode, b.ThreatDetection.ID)
	checkAdopted(ps, "posture", d.Posture.Mode, "")
	checkAdopted(ps, "recording", d.Recording.Mode, b.Recording.ID)
	checkAdopted(ps, "accessAnalysis", d.AccessAnalysis.Mode, b.AccessAnalysis.ID)
	d.DataDiscovery.Check(ps, "dataDiscovery", Create, Adopt, Off)
	if d.AccessAnalysis.Mode == Adopt && b.AccessAnalysis.ID == "" {
		ps.Add("accessAnalysis.id", nil, "is missing; name the analyzer to adopt")
	}
	if d.ThreatDetection.Mode != Create && len(b.ThreatDetection.Except) > 0 {
		ps.Add("threatDetection.except", b.ThreatDetection.Except, "has no effect with mode %s; remove it", d.ThreatDetection.Mode)
	}
	if d.Posture.Mode != Create && len(b.Posture.Standards) > 0 {
		ps.Add("posture.standards", b.Posture.Standards, "has no effect with mode %s; remove it", d.Posture.Mode)
	}
	if d.Recording.Mode == Off && len(b.Recording.Except) > 0 {
		ps.Add("recording.except", b.Recording.Except, "has no effect with mode %s; remove it", Off)
	}
}

func (b Baseline) checkPasswords(ps *Problems, d Baseline) {
	if b.Passwords.Disabled {
		if b.Passwords != (Passwords{Disabled: true}) {
			ps.Add("passwords", nil, "its other settings have no effect while it is off; remove disabled or the others")
		}
		return
	}
	checkRange(ps, "passwords.minLength", d.Passwords.MinLength, 8, 128, "")
	checkRange(ps, "passwords.history", d.Passwords.History, 1, 24, "")
	if d.Passwords.MaxAgeDays != 0 {
		checkRange(ps, "passwords.maxAgeDays", d.Passwords.MaxAgeDays, 1, 1095, "")
	}
}

// check lets no pattern through: who may deploy is one repository, and refs of it that are named in full.
func (c CI) check(ps *Problems, d CI) {
	if c.Repository == "" {
		if c.Mode != "" || c.Service != "" || len(c.Branches)+len(c.Environments) > 0 {
			ps.Add("ci.repository", nil, "is missing; name the repository to trust, or remove the rest of ci")
		}
		return
	}
	d.Mode.Check(ps, "ci.mode", Create, Adopt)
	services := []string{GitHub, GitLab}
	if !slices.Contains(services, d.Service) {
		ps.Add("ci.service", d.Service, "is not known; %s", DidYouMean(d.Service, services))
	}
	switch {
	case !repositoryPattern.MatchString(c.Repository):
		ps.Add("ci.repository", c.Repository, "is not the full name of one repository; use owner/name, without wildcards")
	case d.Service == GitHub && strings.Count(c.Repository, "/") != 1:
		ps.Add("ci.repository", c.Repository, "is not a repository on GitHub; use owner/name")
	}
	checkRefs(ps, "ci.branches", c.Branches)
	checkRefs(ps, "ci.environments", c.Environments)
	if d.Service == GitLab && len(c.Environments) > 0 {
		ps.Add("ci.environments", c.Environments, "are not told by GitLab; use branches")
	}
}

func checkRefs(ps *Problems, path string, names []string) {
	for i, name := range names {
		field := fmt.Sprintf("%s[%d]", path, i)
		if !refPattern.MatchString(name) {
			ps.Add(field, name, "is not one name in full; wildcards would let others in")
		} else if slices.Index(names, name) < i {
			ps.Add(field, name, "is listed twice; list each once")
		}
	}
}

func (c Costs) check(ps *Problems, d Costs) {
	if c.MonthlyLimit == 0 {
		if len(c.Percents)+len(c.Emails)+c.AnomalyAmount != 0 || c.Anomalies != "" || c.AnomalyID != "" {
			ps.Add("costs.monthlyLimit", nil, "is missing; set one, or remove the rest of costs")
		}
		return
	}
	if c.MonthlyLimit < 0 {
		ps.Add("costs.monthlyLimit", c.MonthlyLimit, "is not an amount; use whole US dollars, at least 1")
	}
	if len(c.Percents) > 8 {
		ps.Add("costs.percents", c.Percents, "are too many; use at most 8")
	}
	for i, percent := range d.Percents {
		field := fmt.Sprintf("costs.percents[%d]", i)
		checkRange(ps, field, percent, 1, 1000, "")
		if slices.Index(d.Percents, percent) < i {
			ps.Add(field, percent, "is listed twice; list each once")
		}
	}
	checkEmails(ps, "costs.emails", c.Emails)
	if len(c.Emails) > 10 {
		ps.Add("costs.emails", len(c.Emails), "are too many addresses; use at most 10")
	}
	d.Anomalies.Check(ps, "costs.anomalies", Create, Adopt, Off)
	switch {
	case d.Anomalies == Adopt && c.AnomalyID == "":
		ps.Add("costs.anomalyId", nil, "is missing; name the search to adopt")
	case d.Anomalies != Adopt && c.AnomalyID != "":
		ps.Add("costs.anomalyId", c.AnomalyID, "has no effect without anomalies: %s; remove one of the two", Adopt)
	}
	if d.AnomalyAmount < 1 {
		ps.Add("costs.anomalyAmount", d.AnomalyAmount, "is not an amount; use whole US dollars, at least 1")
	}
}

func (c Contact) check(ps *Problems) {
	if c == (Contact{}) {
		return
	}
	for _, part := range []struct{ field, value string }{{"name", c.Name}, {"title", c.Title}, {"email", c.Email}, {"phone", c.Phone}} {
		if part.value == "" {
			ps.Add("securityContact."+part.field, nil, "is missing; a contact needs name, title, email and phone")
		}
	}
	if c.Email != "" && !isEmail(c.Email) {
		ps.Add("securityContact.email", c.Email, "is not an email address; use for example security@example.com")
	}
}

// checkEmails records what is not a bare address, and what is listed twice.
func checkEmails(ps *Problems, path string, emails []string) {
	for i, email := range emails {
		field := fmt.Sprintf("%s[%d]", path, i)
		if !isEmail(email) {
			ps.Add(field, email, "is not an email address; use for example security@example.com")
		} else if slices.Index(emails, email) < i {
			ps.Add(field, email, "is listed twice; list each address once")
		}
	}
}

// isEmail reports whether text is an address and nothing else: "team@example.com", and not "Team <team@example.com>".
func isEmail(text string) bool {
	parsed, err := mail.ParseAddress(text)
	return err == nil && parsed.Address == text
}
