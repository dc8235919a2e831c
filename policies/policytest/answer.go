package policytest

import (
	"fmt"
	"slices"
	"strings"

	"github.com/holdfast-iac/holdfast/policies/policy"
)

// Answer is what is expected of a policy.
type Answer struct {
	outcome policy.Outcome
	texts   []string
}

// Pass expects that the requirement is met.
func Pass() Answer { return Answer{outcome: policy.Passed} }

// Fail expects violations: as many as there are texts, each holding one of them. Without texts, at least one.
func Fail(texts ...string) Answer { return Answer{policy.Failed, texts} }

// Undetermined expects that the answer depends on unknown values, those at the given paths at least (".vpcId").
func Undetermined(paths ...string) Answer { return Answer{policy.Undetermined, paths} }

// NotApplicable expects that the policy has nothing to say about the case's resources.
func NotApplicable() Answer { return Answer{outcome: policy.NotApplicable} }

// Error expects that the policy cannot be run to its end, and that it says so with each of the texts.
func Error(texts ...string) Answer { return Answer{policy.Errored, texts} }

// compare lists in what the result is not the answer.
func (a Answer) compare(when string, got policy.Result) []string {
	if got.Outcome != a.outcome {
		return []string{fmt.Sprintf("%s, the policy answers %q, expected %q%s", when, got.Outcome, a.outcome, details(got))}
	}
	said := saidIn(got)
	var problems []string
	if a.outcome == policy.Failed && len(a.texts) > 0 && len(said) != len(a.texts) {
		problems = append(problems, fmt.Sprintf("%s, there are %d violations, expected %d%s",
			when, len(said), len(a.texts), details(got)))
	}
	for _, text := range a.texts {
		i := slices.IndexFunc(said, func(s string) bool { return strings.Contains(s, text) })
		if i < 0 {
			problems = append(problems, fmt.Sprintf("%s, the policy does not say %q%s", when, text, details(got)))
			continue
		}
		said = slices.Delete(said, i, i+1)
	}
	return problems
}

// saidIn is what a result says in support of its outcome.
func saidIn(r policy.Result) []string {
	switch r.Outcome {
	case policy.Failed:
		said := make([]string, len(r.Violations))
		for i, v := range r.Violations {
			said[i] = v.Message
		}
		return said
	case policy.Undetermined:
		return slices.Clone(r.Unknowns)
	case policy.Errored:
		return slices.Clone(r.Errors)
	}
	return nil
}

// details is all that a result says, for a person to see why a test failed.
func details(r policy.Result) string {
	text := ""
	for _, v := range r.Violations {
		text += "\n  violation: " + v.Message
	}
	for _, u := range r.Unknowns {
		text += "\n  unknown: " + u
	}
	for _, e := range r.Errors {
		text += "\n  error: " + e
	}
	if r.Reason != "" {
		text += "\n  reason: " + r.Reason
	}
	return text
}
