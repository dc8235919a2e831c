package policy

import (
	"cmp"
	"slices"
)

// Outcome is the answer of a policy about one resource or stack.
type Outcome int

// The outcomes. Where several rules of a policy apply, the gravest answer counts; they are listed from the lightest.
const (
	// NotApplicable: the policy has nothing to say about the resource or stack.
	NotApplicable Outcome = iota + 1
	// Passed: the requirement is met.
	Passed
	// Exempted: it is violated, but only where an exemption covers it.
	Exempted
	// Undetermined: it depends on values that are not known yet.
	Undetermined
	// Failed: the requirement is violated, whatever the values not known yet.
	Failed
	// Errored: the policy could not be run to its end.
	Errored
)

// String is the outcome in lower case words.
func (o Outcome) String() string {
	return nameOf(o, []string{"no outcome", "not applicable", "passed", "exempted", "undetermined", "failed", "errored"})
}

// Result is the answer of a policy about one resource or stack, with all it is based on. No text in it holds a secret.
type Result struct {
	// Policy is the policy that was run.
	Policy Policy
	// Level is the level in force.
	Level Level
	// URN and Type are those of the resource; empty for a stack.
	URN, Type string
	// Outcome is the answer in one word.
	Outcome Outcome
	// Violations are all that were reported, but for those in Exempted.
	Violations []Violation
	// Exempted are the violations that exemptions cover.
	Exempted []ExemptedViolation
	// Unknowns say which values would have had to be known.
	Unknowns []string
	// Errors say why rules could not be run to their end.
	Errors []string
	// Advice is what else there is to say, whatever the outcome. It is shown as advisory.
	Advice []string
	// Reason says why the policy does not apply; set if the outcome is NotApplicable.
	Reason string
}

// Violation is one way in which a requirement is not met.
type Violation struct {
	// URN is the resource concerned; empty for the stack as a whole.
	URN string
	// Message says what is wrong, as the rule worded it.
	Message string
}

// findings are what one rule found: see the fields of Result.
type findings struct {
	Violations       []Violation
	Exempted         []ExemptedViolation
	Unknowns, Errors []string
	Reason           string
}

// add adds what one rule found.
func (r *Result) add(found findings) {
	r.Violations = append(r.Violations, found.Violations...)
	r.Exempted = append(r.Exempted, found.Exempted...)
	r.Unknowns = append(r.Unknowns, found.Unknowns...)
	r.Errors = append(r.Errors, found.Errors...)
	r.Reason = cmp.Or(found.Reason, r.Reason)
}

// settle sets the outcome from what the policy's rules found.
func (r *Result) settle(runs []run) {
	ran := 0
	for i := range runs {
		r.add(runs[i].found)
		ran += runs[i].ran
	}
	switch {
	case len(r.Errors) > 0:
		r.Outcome = Errored
	case len(r.Violations) > 0:
		r.Outcome = Failed
	case len(r.Unknowns) > 0:
		r.Outcome = Undetermined
	case len(r.Exempted) > 0:
		r.Outcome = Exempted
	case ran == 0:
		r.Outcome = NotApplicable
		return
	default:
		r.Outcome = Passed
	}
	r.Reason = ""
	r.Unknowns = unique(r.Unknowns)
	r.Errors = unique(r.Errors)
}

// unique drops repetitions and keeps the order: two rules may miss the same value.
func unique(texts []string) []string {
	var kept []string
	for _, text := range texts {
		if !slices.Contains(kept, text) {
			kept = append(kept, text)
		}
	}
	return kept
}
