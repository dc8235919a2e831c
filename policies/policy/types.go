package policy

import (
	"reflect"
	"slices"
)

// Types lists the types of the resources that the policy's rules check, mend or look for in the stack, in the order of
// the rules. It is empty if the policy only has rules that name no type: those for every type, and some on the stack.
func (p Policy) Types() []string {
	plan := &planner{shapes: map[reflect.Type]*shape{}}
	c := plan.compile(p)
	var tokens []string
	for _, r := range slices.Concat(c.resource, c.remediation) {
		if !r.rule.every {
			tokens = append(tokens, r.rule.token)
		}
	}
	for _, r := range c.stack {
		for _, f := range r.shape.fields {
			tokens = append(tokens, f.tokens...)
		}
	}
	return unique(tokens)
}

// EveryType reports whether the policy has rules for resources of every type.
func (p Policy) EveryType() bool {
	return slices.ContainsFunc(p.Rules, func(r Rule) bool { return r.every })
}

// Remediates reports whether the policy has rules that mend resources where its level is Remediate.
func (p Policy) Remediates() bool {
	return slices.ContainsFunc(p.Rules, func(r Rule) bool { return r.on == onRemediate })
}
