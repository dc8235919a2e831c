package policy

import (
	"fmt"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"time"

	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
)

// target is what policies are run on, with what is read of it once for all of them.
type target struct {
	node     *Node  // the resource, nil for a stack
	stack    *Stack // the stack, nil for a resource
	redactor *redactor
}

// on is a resource as a target.
func (s *Session) on(resource message) *target {
	node := &Node{message: resource}
	return &target{node: node, redactor: s.redactor(node)}
}

// onStack is a stack as a target.
func (s *Session) onStack(resources []*pulumirpc.AnalyzerResource) *target {
	stack := newStack(resources)
	return &target{stack: stack, redactor: s.redactor(stack.nodes...)}
}

// renewed is the target without anything that was read of it.
func (on *target) renewed(s *Session) *target {
	if on.node != nil {
		return s.on(on.node.message)
	}
	return s.onStack(on.stack.messages)
}

// evaluate runs the rules of policies on the target, one after another, and settles the policies' answers.
func (s *Session) evaluate(policies []planned, on *target, changes *changes) []Result {
	rules := 0
	for _, p := range policies {
		rules += len(p.rules)
	}
	runs := make([]run, 0, rules)
	for _, p := range policies {
		for i := range p.rules {
			runs = append(runs, run{session: s, policy: p.policy, config: p.config, rule: &p.rules[i], changes: changes})
		}
	}
	results := make([]Result, len(policies))
	for i, p := range policies {
		results[i] = Result{Policy: p.policy.Policy, Level: p.level}
		if on.node != nil {
			results[i].URN, results[i].Type = on.node.URN(), on.node.Type()
		}
	}
	s.perform(runs, on)
	for i, p := range policies {
		results[i].settle(runs[:len(p.rules)])
		s.leaveOpen(results[i])
		runs = runs[len(p.rules):]
	}
	return results
}

// run is one execution of one rule on a resource or stack.
type run struct {
	session *Session
	policy  *compiled
	config  any // the policy's settings
	rule    *compiledRule
	target
	changes *changes // for a remediation

	mu         sync.Mutex
	ended      bool     // nothing is noted any more
	found      findings // by the rule
	ran        int      // 1 if the rule found something to check
	subjects   int      // how many resources a stack rule went through
	noSubjects []string // the types of which a stack rule found none
}

// perform runs the rule on the target and notes how it ended. Whatever the rule does by panic ends here.
func (r *run) perform(on target) {
	r.target = on
	returned := false
	defer func() {
		ended := recover()
		r.mu.Lock()
		defer r.mu.Unlock()
		if r.ended {
			return
		}
		r.ended = true
		if ended == nil && !returned {
			ended = &mistake{"it ended its goroutine"}
		}
		r.note(ended)
	}()
	r.rule.rule.run(r, r.rule.shape)
	returned = true
}

// expire ends the run from outside, for it ran longer than the limit. It reports false if it had ended by itself.
func (r *run) expire(limit time.Duration) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.ended {
		return false
	}
	r.ended = true
	r.ran = 1
	r.found.Errors = append(r.found.Errors, fmt.Sprintf("it ran longer than %v, the time limit of a rule", limit))
	return true
}

// note notes how the rule ended.
func (r *run) note(ended any) {
	if ended, ok := ended.(*notApplicable); ok {
		r.found.Reason = r.redactor.redact(ended.reason)
		return
	}
	r.ran = 1
	switch ended := ended.(type) {
	case nil:
		r.finished()
	case *problem:
		r.stopped(ended)
	case *mistake:
		r.found.Errors = append(r.found.Errors, r.redactor.redact(ended.text))
	default:
		r.found.Errors = append(r.found.Errors, fmt.Sprintf("it panicked%s (%s)", panickedAt(), r.panicText(ended)))
	}
}

// finished notes a rule that ran to its end: it does not apply if it looked for subjects in the stack, found none, and
// found nothing else amiss.
func (r *run) finished() {
	if len(r.noSubjects) > 0 && r.subjects == 0 && len(r.found.Violations)+len(r.found.Exempted) == 0 {
		r.found.Reason = onlyAppliesTo(r.noSubjects)
		r.ran = 0
	}
}

func (r *run) stopped(p *problem) {
	shown := *p
	shown.path = r.redactor.redact(p.path) // keys may be secret
	if p.unknown == "" {
		r.found.Errors = append(r.found.Errors, shown.String())
		return
	}
	r.found.Unknowns = append(r.found.Unknowns, shown.String())
}

// fail notes a violation. A goroutine that reports after its rule ended, in time or not, ends here.
func (r *run) fail(node *Node, message string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.ended {
		runtime.Goexit()
	}
	v := Violation{Message: r.redactor.redact(message)}
	if node != nil {
		v.URN = node.URN()
	}
	if g := r.session.exemption(r.policy.ID, node); g != nil {
		r.found.Exempted = append(r.found.Exempted, r.redactor.exempted(v, g.Exemption))
		return
	}
	r.found.Violations = append(r.found.Violations, v)
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
