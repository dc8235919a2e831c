package policy

import (
	"slices"
	"time"
)

// EvidenceVersion is the version of the form of Evidence. It changes when a field is removed or means something else;
// readers must bear fields that they do not know.
const EvidenceVersion = 1

// Evidence is what a pack found in one preview or update: every answer of every policy about every resource, for
// auditors and for reports. It holds no secret values.
//
// A pack writes it as JSON where EvidenceVariable, or the configuration of EvidencePolicy, tells it to.
type Evidence struct {
	// Version is EvidenceVersion.
	Version int `json:"version"`
	// Pack is the name of the policy pack.
	Pack string `json:"pack"`
	// PackVersion is the pack's version.
	PackVersion string `json:"packVersion"`
	// Organization is that of the stack, if it has one.
	Organization string `json:"organization,omitempty"`
	// Project is that of the stack.
	Project string `json:"project"`
	// Stack is the stack's name.
	Stack string `json:"stack"`
	// Operation is "preview" or "update".
	Operation string `json:"operation"`
	// Started is when the pack was set up for the operation, in UTC.
	Started time.Time `json:"started"`
	// Written is when this was written, in UTC.
	Written time.Time `json:"written"`
	// Complete tells that all resources and the stack as a whole were checked. It is false while the operation runs, and
	// stays so if the engine ends it early: by a violation, a failed resource, or an interruption.
	Complete bool `json:"complete"`
	// Policies are those of the pack, in its order; results refer to them by ID.
	Policies []EvidencePolicyInfo `json:"policies"`
	// Resources are all resources that were checked.
	Resources []EvidenceResource `json:"resources"`
	// Results are the answers of the policies that have rules for a resource, or for the stack.
	Results []EvidenceResult `json:"results"`
	// Exemptions are all that are configured, with what became of them. Those that are unused, once this is complete, can
	// go.
	Exemptions []ExemptionUse `json:"exemptions"`
}

// EvidencePolicyInfo is a policy as evidence describes it.
type EvidencePolicyInfo struct {
	// ID names the policy.
	ID string `json:"id"`
	// Title is the requirement.
	Title string `json:"title"`
	// Severity is "low", "medium", "high" or "critical"; empty if the policy has none.
	Severity string `json:"severity,omitempty"`
	// Level is the enforcement level in force. Policies that are disabled have no results.
	Level string `json:"level"`
	// Controls are those that the policy helps to meet.
	Controls []EvidenceControl `json:"controls,omitempty"`
}

// EvidenceControl is a requirement of a framework that a policy helps to meet.
type EvidenceControl struct {
	// Framework is the name of the framework.
	Framework string `json:"framework"`
	// Version is the framework's, if it has versions.
	Version string `json:"version,omitempty"`
	// ID is the control's id in its framework.
	ID string `json:"id"`
}

// EvidenceResource is a resource that was checked.
type EvidenceResource struct {
	// URN is the resource.
	URN string `json:"urn"`
	// Type is its type token.
	Type string `json:"type"`
	// NotApplicable are the IDs of the policies that say nothing about resources of this type.
	NotApplicable []string `json:"notApplicable,omitempty"`
}

// EvidenceResult is the answer of a policy about one resource, or about the stack.
type EvidenceResult struct {
	// Policy is the ID of the policy.
	Policy string `json:"policy"`
	// URN is the resource; empty for the stack.
	URN string `json:"urn,omitempty"`
	// Remediation tells that the policy was to mend the resource.
	Remediation bool `json:"remediation,omitempty"`
	// Changed tells that it did.
	Changed bool `json:"changed,omitempty"`
	// Outcome is one of the names of Outcome: "passed", "failed", "undetermined", "not applicable", "exempted", "errored".
	Outcome string `json:"outcome"`
	// Violations are all that were found, exempted or not.
	Violations []EvidenceViolation `json:"violations,omitempty"`
	// Unknowns say why the policy is undetermined.
	Unknowns []string `json:"unknowns,omitempty"`
	// Errors say why the policy could not be run to its end.
	Errors []string `json:"errors,omitempty"`
	// Advice is what else there was to say: which exemptions can go.
	Advice []string `json:"advice,omitempty"`
	// Reason says why the policy does not apply.
	Reason string `json:"reason,omitempty"`
}

// EvidenceViolation is one way in which a requirement is not met.
type EvidenceViolation struct {
	// URN is the resource concerned; empty for the stack as a whole.
	URN string `json:"urn,omitempty"`
	// Message says what is wrong, without secrets.
	Message string `json:"message"`
	// Exemption is the one that covers the violation; nil if none does.
	Exemption *Exemption `json:"exemption,omitempty"`
}

// newEvidence is the evidence of a session that has checked nothing yet.
func (s *Session) newEvidence() Evidence {
	d := s.deployment
	e := Evidence{
		Version: EvidenceVersion, Pack: s.pack.spec.Name, PackVersion: s.pack.spec.Version,
		Organization: d.Organization, Project: d.Project, Stack: d.Stack, Operation: "update",
		Started: time.Now().UTC(), Resources: []EvidenceResource{}, Results: []EvidenceResult{},
	}
	if d.DryRun {
		e.Operation = "preview"
	}
	for i, c := range s.pack.policies {
		info := EvidencePolicyInfo{
			ID: c.ID, Title: c.Title, Severity: c.Severity.String(), Level: s.configured[i].level.String(),
		}
		for _, control := range c.Controls {
			info.Controls = append(info.Controls,
				EvidenceControl{control.Framework.Name, control.Framework.Version, control.ID})
		}
		e.Policies = append(e.Policies, info)
	}
	return e
}

// evidence is the result as evidence.
func (r Result) evidence() EvidenceResult {
	e := EvidenceResult{
		Policy: r.Policy.ID, URN: r.URN, Outcome: r.Outcome.String(),
		Unknowns: r.Unknowns, Errors: r.Errors, Advice: r.Advice, Reason: r.Reason,
	}
	for _, v := range r.Violations {
		e.Violations = append(e.Violations, EvidenceViolation{URN: v.URN, Message: v.Message})
	}
	for _, x := range r.Exempted {
		e.Violations = append(e.Violations, EvidenceViolation{URN: x.URN, Message: x.Message, Exemption: &x.Exemption})
	}
	return e
}

// stops reports whether one of the results ends an update at once.
func stops(results []Result) bool {
	return slices.ContainsFunc(results, func(r Result) bool {
		return r.Level.reported() == Mandatory && r.Outcome >= Failed
	})
}
