package policy

import (
	"fmt"

	"github.com/holdfast-iac/holdfast/policies/internal/wire"
	"github.com/holdfast-iac/holdfast/policies/internal/work"
)

// problem is why a value cannot be read. Reading it ends the rule by a panic with the problem, which the runner, and the
// loops that contain it, recover: nothing else in this module panics or recovers with it.
type problem struct {
	path    string // where the value is, ".ingress.0.cidrBlocks"
	urn     string // whose value it is, in stack rules
	unknown string // what Pulumi calls the type of the unknown value; empty for a value of the wrong kind
	want    string // the kind expected, for a value of the wrong kind
	got     wire.Kind
}

// String words an unknown exactly as Pulumi's Node and Python SDKs do, with the resource added in stack rules.
func (p *problem) String() string {
	text := fmt.Sprintf("%s value at %s can't be known during preview", p.unknown, p.path)
	if p.unknown == "" {
		text = fmt.Sprintf("the value at %s is %s where the policy expects %s", p.path, p.got, p.want)
	}
	if p.urn != "" {
		text += fmt.Sprintf(" (resource %s)", p.urn)
	}
	return text
}

// raise ends the rule if there is a problem.
func (p *problem) raise() {
	if p != nil {
		panic(p)
	}
}

// orWorse picks the one of two problems that is reported: an error before an unknown, else the first.
func (p *problem) orWorse(q *problem) *problem {
	if p == nil || q != nil && q.unknown == "" && p.unknown != "" {
		return q
	}
	return p
}

// contain runs f and returns the problem that ended it, if one did.
func contain(f func()) (p *problem) {
	if work.Step != nil {
		work.Step()
	}
	defer func() {
		if r := recover(); r != nil {
			raised, ok := r.(*problem)
			if !ok {
				panic(r)
			}
			p = raised
		}
	}()
	f()
	return nil
}

// forEach runs f for 0 … n-1, and raises the problems only then.
func forEach(n int, f func(i int)) {
	var open *problem
	for i := range n {
		open = open.orWorse(contain(func() { f(i) }))
	}
	open.raise()
}

// anyOf is the three-valued "or" over f(0) … f(n-1).
func anyOf(n int, f func(i int) bool) bool {
	var open *problem
	for i := range n {
		holds := false
		open = open.orWorse(contain(func() { holds = f(i) }))
		if holds {
			return true
		}
	}
	open.raise()
	return false
}

// AnyOf reports whether one of the checks holds. Unlike a || b, a check that needs what is not known yet does not keep
// the others from being asked: only if none holds does the rule end undetermined.
func AnyOf(checks ...func() bool) bool {
	return anyOf(len(checks), func(i int) bool { return checks[i]() })
}

// EachOf runs all steps. One that needs what is not known yet does not keep the others from being run: the rule ends
// undetermined only after the last one.
func EachOf(steps ...func()) { forEach(len(steps), func(i int) { steps[i]() }) }

// Ask reports whether the check holds, and whether that is known yet: it does not end the rule. It is for rules that reckon
// with both answers; where it is not known in the end, call the check itself.
func Ask(check func() bool) (holds, known bool) {
	open := contain(func() { holds = check() })
	if open != nil && open.unknown == "" {
		open.raise()
	}
	return holds, open == nil
}

// AllOf reports whether all checks hold. Unlike a && b, a check that needs what is not known yet does not keep the
// others from being asked: only if none fails does the rule end undetermined.
func AllOf(checks ...func() bool) bool {
	return !anyOf(len(checks), func(i int) bool { return !checks[i]() })
}
