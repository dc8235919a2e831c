package policy

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"sync/atomic"
	"time"
)

// exemptionsID is the ID of Exemptions, in every pack that has it.
const exemptionsID = "exemptions"

// Exemptions lets the users of a pack that lists it exempt resources from policies, by its configuration:
//
//	{"exemptions": {"list": [{
//		"policy": "aws-ec2-*", "resource": "*::bastion", "owner": "ann@example.com",
//		"reason": "Moves behind the VPN, see NET-12.", "expires": "2026-12-31"
//	}]}}
//
// What is exempt is still shown, as advisory, with owner, reason and expiry. An exemption that has expired exempts
// nothing, and is a violation of this policy. One that exempts nothing is shown as advisory, whatever the level. One that
// is malformed is an error of the configuration. Where this policy is disabled, nothing is exempt.
var Exemptions = Policy{
	ID:       exemptionsID,
	Title:    "Exemptions from policies must not outlive their expiry date.",
	Severity: Medium,
	Level:    Mandatory,
	Rationale: "An exemption is a decision that somebody made for a while. One that is kept beyond that turns into a " +
		"hole that nobody decided on.",
	Remediation: "Remove the exemption and meet the requirement, or have its owner decide anew and set another date.",
	Config:      exemptionList{},
	Rules: []Rule{OnStack(func(r *StackReport, _ struct{}) {
		grants := r.run.session.grants
		if len(grants) == 0 {
			r.NotApplicable("No exemptions are configured")
		}
		for i, g := range grants {
			if g.expired {
				r.Fail(nil, "Exemption %d (%s) expired on %s. Owner: %s. Reason: %s", i, g.scope(), g.Expires, g.Owner, g.Reason)
			}
		}
	})},
}

// exemptionList are the settings of Exemptions.
type exemptionList struct {
	List []Exemption `pulumi:"list" description:"The exemptions in force until they expire."`
}

// Exemption is a decision that resources need not meet policies for a while. In its globs, "*" stands for any text.
type Exemption struct {
	// Policy is a glob of policy IDs. Empty, it stands for all policies; then Resource is required.
	Policy string `json:"policy,omitempty" pulumi:"policy" description:"Glob of policy ids; all policies by default."`
	// Resource is a glob of the URNs or types of resources; what the stack as a whole violates is of the type
	// pulumi:pulumi:Stack. Empty, it stands for all resources; then Policy is required.
	Resource string `json:"resource,omitempty" pulumi:"resource" description:"Glob of resource URNs or types; all resources by default."`
	// Owner is who answers for the exemption. Required.
	Owner string `json:"owner" pulumi:"owner" required:"true" min:"1" description:"Who answers for the exemption."`
	// Reason is why it is acceptable. Required.
	Reason string `json:"reason" pulumi:"reason" required:"true" min:"1" description:"Why it is acceptable."`
	// Expires is the last day of the exemption in UTC, as 2026-12-31. Required.
	Expires string `json:"expires" pulumi:"expires" required:"true" min:"1" description:"The last day (UTC), as YYYY-MM-DD."`
}

// scope names the globs.
func (e Exemption) scope() string {
	return fmt.Sprintf("policy %q, resource %q", cmp.Or(e.Policy, "*"), cmp.Or(e.Resource, "*"))
}

// String says until when, by whose decision and why something is exempt.
func (e Exemption) String() string {
	return fmt.Sprintf("Exempted until %s by %s: %s", e.Expires, e.Owner, e.Reason)
}

// ExemptedViolation is a violation that an exemption covers.
type ExemptedViolation struct {
	Violation
	// Exemption is the first of the configured ones that covers the violation.
	Exemption Exemption
}

// ExemptionUse is what became of an exemption in a session so far.
type ExemptionUse struct {
	Exemption
	// Expired tells that the exemption is no longer in force.
	Expired bool `json:"expired"`
	// Used is how often it exempted something.
	Used int `json:"used"`
	// Unused tells that it is in force, exempted nothing, and that no policy it is for was undetermined or in error about a
	// resource it is for: once all was checked, it can go.
	Unused bool `json:"unused"`
}

// Exemptions are all that are configured, in their order, with what became of them so far.
func (s *Session) Exemptions() []ExemptionUse {
	uses := make([]ExemptionUse, len(s.grants))
	for i, g := range s.grants {
		used := int(g.used.Load())
		uses[i] = ExemptionUse{g.Exemption, g.expired, used, !g.expired && used == 0 && !g.open.Load()}
	}
	return uses
}

// grant is an exemption ready to be applied.
type grant struct {
	Exemption
	policy, resource *regexp.Regexp
	expired          bool
	used             atomic.Int64
	open             atomic.Bool // it may be needed: something it covers is undetermined or in error
}

// covers reports whether the exemption is in force for the policy and the resource. Exemptions cannot be exempted from
// expiring.
func (g *grant) covers(policy, urn, token string) bool {
	return !g.expired && policy != exemptionsID && g.policy.MatchString(policy) &&
		(g.resource.MatchString(urn) || g.resource.MatchString(token))
}

// grants makes the pack's exemptions ready for a day. It returns what is wrong with them, if anything is.
func (p *Pack) grants(all []configured, now time.Time) (grants []*grant, problems []string) {
	for i, c := range p.policies {
		config, ok := all[i].config.(exemptionList)
		if !ok || all[i].level == Disabled {
			continue
		}
		for j, e := range config.List {
			for _, problem := range p.wrongWith(e) {
				problems = append(problems, fmt.Sprintf("policy %q: list.%d %s", c.ID, j, problem))
			}
			day, _ := time.Parse(time.DateOnly, e.Expires) // what is no date is among the problems
			grants = append(grants, &grant{
				Exemption: e, policy: glob(e.Policy), resource: glob(e.Resource), expired: !now.Before(day.AddDate(0, 0, 1)),
			})
		}
	}
	return grants, problems
}

// wrongWith lists what keeps an exemption from being understood.
func (p *Pack) wrongWith(e Exemption) (problems []string) {
	if e.Policy == "" && e.Resource == "" {
		problems = append(problems, "names neither a policy nor a resource")
	}
	others := slices.DeleteFunc(p.ids(), func(id string) bool { return id == exemptionsID })
	if !slices.ContainsFunc(others, glob(e.Policy).MatchString) {
		problems = append(problems, fmt.Sprintf("has the policy %q, which the pack does not have%s", e.Policy, didYouMean(e.Policy, others)))
	}
	if strings.TrimSpace(e.Owner) == "" {
		problems = append(problems, "has no owner")
	}
	if strings.TrimSpace(e.Reason) == "" {
		problems = append(problems, "has no reason")
	}
	if _, err := time.Parse(time.DateOnly, e.Expires); err != nil {
		problems = append(problems, fmt.Sprintf("expires on %q, which is not a date like 2026-12-31", e.Expires))
	}
	return problems
}

// glob compiles a pattern in which "*" stands for any text; an empty one matches everything.
func glob(pattern string) *regexp.Regexp {
	quoted := regexp.QuoteMeta(cmp.Or(pattern, "*"))
	return regexp.MustCompile(`(?s)^` + strings.ReplaceAll(quoted, `\*`, `.*`) + `$`)
}

// exemption finds the first exemption in force for a violation of the policy by the resource, or by the stack if node is
// nil.
func (s *Session) exemption(policy string, node *Node) *grant {
	urn, token := s.deployment.stackURN(), stackType
	if node != nil {
		urn, token = node.URN(), node.Type()
	}
	for _, g := range s.grants {
		if g.covers(policy, urn, token) {
			g.used.Add(1)
			return g
		}
	}
	return nil
}

// leaveOpen notes the exemptions that a result without a certain answer might need. A rule on the stack does not say which
// resources it could not tell of: any.
func (s *Session) leaveOpen(r Result) {
	if r.Outcome != Undetermined && r.Outcome != Errored {
		return
	}
	for _, g := range s.grants {
		if r.URN == "" && g.policy.MatchString(r.Policy.ID) || g.covers(r.Policy.ID, r.URN, r.Type) {
			g.open.Store(true)
		}
	}
}

// unused tells in the answer of Exemptions, once all others are there, which exemptions can go.
func (s *Session) unused(results []Result) {
	for i := range results {
		if results[i].Policy.ID != exemptionsID {
			continue
		}
		for j, use := range s.redactedExemptions() {
			if use.Unused {
				results[i].Advice = append(results[i].Advice, fmt.Sprintf("Exemption %d (%s) exempted nothing: unless "+
					"another stack needs it, it can go. Owner: %s. Reason: %s", j, use.scope(), use.Owner, use.Reason))
			}
		}
	}
}

const stackType = "pulumi:pulumi:Stack"

func (d Deployment) stackURN() string {
	return fmt.Sprintf("urn:pulumi:%s::%s::%s::%s-%s", d.Stack, d.Project, stackType, d.Project, d.Stack)
}

// exempted is a violation that the exemption covers, without the secrets in the exemption's texts.
func (r *redactor) exempted(v Violation, e Exemption) ExemptedViolation {
	e.Owner, e.Reason = r.redact(e.Owner), r.redact(e.Reason)
	return ExemptedViolation{v, e}
}
