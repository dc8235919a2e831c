package policy

import (
	"fmt"
	"path/filepath"
	"runtime"
	"strings"
)

// run is one execution of a policy's rules on a resource or stack.
type run struct {
	session  *Session
	policy   *compiled
	config   any      // the policy's settings
	node     *Node    // the resource, nil for a stack
	stack    *Stack   // the stack, nil for a resource
	changes  *changes // for a remediation
	redactor *redactor

	result     Result
	ran        int      // how many rules found something to check
	subjects   int      // how many resources the current stack rule went through
	noSubjects []string // the types of which the current stack rule found none
}

func (r *run) fail(node *Node, message string) {
	v := Violation{Message: r.redactor.redact(message)}
	if node != nil {
		v.URN = node.URN()
	}
	if g := r.session.exemption(r.policy.ID, node); g != nil {
		r.exempt(v, g.Exemption)
		return
	}
	r.result.Violations = append(r.result.Violations, v)
}

// execute runs one rule and notes how it ended. Whatever the rule does by panic ends here.
func (r *run) execute(rule *compiledRule) {
	r.subjects, r.noSubjects = 0, nil
	before := len(r.result.Violations) + len(r.result.Exempted)
	defer func() {
		switch ended := recover().(type) {
		case nil:
			r.finished(before)
		case *notApplicable:
			r.result.Reason = r.redactor.redact(ended.reason)
		case *problem:
			r.stopped(ended)
		case *mistake:
			r.ran++
			r.result.Errors = append(r.result.Errors, r.redactor.redact(ended.text))
		default:
			r.ran++
			r.result.Errors = append(r.result.Errors, fmt.Sprintf("it panicked%s (%s)", panickedAt(), r.panicText(ended)))
		}
	}()
	rule.rule.run(r, rule.shape)
}

// finished notes a rule that ran to its end: it does not apply if it looked for subjects in the stack, found none, and
// found nothing else amiss.
func (r *run) finished(before int) {
	if len(r.noSubjects) > 0 && r.subjects == 0 && len(r.result.Violations)+len(r.result.Exempted) == before {
		r.result.Reason = onlyAppliesTo(r.noSubjects)
		return
	}
	r.ran++
}

func (r *run) stopped(p *problem) {
	r.ran++
	if p.unknown == "" {
		r.result.Errors = append(r.result.Errors, p.String())
		return
	}
	r.result.Unknowns = append(r.result.Unknowns, p.String())
}

// panicText words what a rule panicked with. Only run-time errors are quoted: their texts come from Go, not from the
// values under check.
func (r *run) panicText(value any) string {
	if err, ok := value.(runtime.Error); ok {
		return r.redactor.redact(strings.TrimPrefix(err.Error(), "runtime error: "))
	}
	return fmt.Sprintf("with a %T", value)
}

// panickedAt finds the line that panicked: the first frame outside the runtime under the last panic on the stack.
func panickedAt() string {
	pcs := make([]uintptr, 64)
	frames := runtime.CallersFrames(pcs[:runtime.Callers(1, pcs)])
	at, panicking := "", false
	for {
		frame, more := frames.Next()
		switch {
		case strings.HasPrefix(frame.Function, "runtime."):
			if strings.Contains(frame.Function, "panic") {
				panicking = true
			}
		case panicking:
			at = fmt.Sprintf(" at %s:%d", filepath.Base(frame.File), frame.Line)
			panicking = false
		}
		if !more {
			return at
		}
	}
}
