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

// evaluate runs a policy's rules and settles its answer. A rule that runs out of time keeps what it has of the target:
// from then on, all others have another.
func (s *Session) evaluate(p planned, on *target, changes *changes) Result {
	result, ran := Result{Policy: p.policy.Policy, Level: p.level}, 0
	if on.node != nil {
		result.URN, result.Type = on.node.URN(), on.node.Type()
	}
	for i := range p.rules {
		r := &run{session: s, policy: p.policy, config: p.config, target: *on, changes: changes}
		inTime := r.execute(&p.rules[i])
		result.add(r.result)
		ran += r.ran
		if !inTime {
			*on = *on.renewed(s)
			if changes != nil {
				break // they cannot be told from those of the rule that still runs
			}
		}
	}
	result.settle(ran)
	return result
}

// run is one execution of one rule on a resource or stack.
type run struct {
	session *Session
	policy  *compiled
	config  any // the policy's settings
	target
	changes *changes // for a remediation

	mu         sync.Mutex
	ended      bool     // nothing is noted any more
	result     Result   // what the rule found
	ran        int      // 1 if the rule found something to check
	subjects   int      // how many resources a stack rule went through
	noSubjects []string // the types of which a stack rule found none
}

// execute runs the rule on a goroutine of its own and reports whether it ended in time. One that did not is left behind:
// it ends with the process, or when it next reports something.
func (r *run) execute(rule *compiledRule) (inTime bool) {
	done := make(chan struct{})
	go func() {
		defer close(done)
		r.perform(rule)
	}()
	limit := r.session.pack.spec.TimeLimit
	timer := time.NewTimer(limit)
	defer timer.Stop()
	select {
	case <-done:
		inTime = true
	case <-timer.C:
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if !inTime && !r.ended {
		r.ran = 1
		r.result.Errors = append(r.result.Errors, fmt.Sprintf("it ran longer than %v, the time limit of a rule", limit))
	}
	r.ended = true
	return inTime
}

// perform runs the rule and notes how it ended. Whatever the rule does by panic ends here.
func (r *run) perform(rule *compiledRule) {
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
	rule.rule.run(r, rule.shape)
	returned = true
}

// note notes how the rule ended.
func (r *run) note(ended any) {
	if ended, ok := ended.(*notApplicable); ok {
		r.result.Reason = r.redactor.redact(ended.reason)
		return
	}
	r.ran = 1
	switch ended := ended.(type) {
	case nil:
		r.finished()
	case *problem:
		r.stopped(ended)
	case *mistake:
		r.result.Errors = append(r.result.Errors, r.redactor.redact(ended.text))
	default:
		r.result.Errors = append(r.result.Errors, fmt.Sprintf("it panicked%s (%s)", panickedAt(), r.panicText(ended)))
	}
}

// finished notes a rule that ran to its end: it does not apply if it looked for subjects in the stack, found none, and
// found nothing else amiss.
func (r *run) finished() {
	if len(r.noSubjects) > 0 && r.subjects == 0 && len(r.result.Violations)+len(r.result.Exempted) == 0 {
		r.result.Reason = onlyAppliesTo(r.noSubjects)
		r.ran = 0
	}
}

func (r *run) stopped(p *problem) {
	shown := *p
	shown.path = r.redactor.redact(p.path) // keys may be secret
	if p.unknown == "" {
		r.result.Errors = append(r.result.Errors, shown.String())
		return
	}
	r.result.Unknowns = append(r.result.Unknowns, shown.String())
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
		r.result.Exempted = append(r.result.Exempted, r.redactor.exempted(v, g.Exemption))
		return
	}
	r.result.Violations = append(r.result.Violations, v)
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
