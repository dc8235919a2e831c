package policy

import (
	"fmt"
	"time"
)

// Report is what a rule on one resource reports to, and where it finds what surrounds the properties.
type Report struct {
	run *run
}

// Fail reports a violation. The message says what is wrong with which part of the resource; the policy's title comes
// before it and its remediation steps after it. A rule may report any number of violations. Secret values of the
// resource and its provider are taken out of the message.
func (r *Report) Fail(format string, args ...any) {
	r.run.fail(r.run.node, fmt.Sprintf(format, args...))
}

// NotApplicable ends the rule with the answer that the policy does not apply to this resource, and why.
func (r *Report) NotApplicable(reason string) { panic(&notApplicable{reason}) }

// Resource is the resource under check.
func (r *Report) Resource() *Node { return r.run.node }

// Deployment is the deployment that the resource is part of.
func (r *Report) Deployment() Deployment { return r.run.session.deployment }

// StackReport is what a rule on a whole stack reports to.
type StackReport struct {
	run *run
}

// Fail reports a violation by one resource, or by the stack as a whole if resource is nil. For the message, see
// Report.Fail.
func (r *StackReport) Fail(resource *Node, format string, args ...any) {
	r.run.fail(resource, fmt.Sprintf(format, args...))
}

// NotApplicable ends the rule with the answer that the policy does not apply to this stack, and why.
func (r *StackReport) NotApplicable(reason string) { panic(&notApplicable{reason}) }

// Stack is all resources of the stack, whatever their types.
func (r *StackReport) Stack() *Stack { return r.run.stack }

// Deployment is the deployment of the stack.
func (r *StackReport) Deployment() Deployment { return r.run.session.deployment }

// notApplicable ends a rule by a panic that the runner recovers.
type notApplicable struct{ reason string }

// Deployment is what is being previewed or updated. It is empty where there is no stack, as when a pack is published.
type Deployment struct {
	// Organization, Project and Stack name the stack.
	Organization, Project, Stack string
	// DryRun is true for a preview.
	DryRun bool
	// Tags are the stack's tags.
	Tags map[string]string
	// Config is the stack's configuration, with keys like "aws:region". It holds secrets in the clear.
	Config map[string]string
	// SecretKeys are the keys of Config that are secret.
	SecretKeys []string
	// Time is when the deployment takes place: exemptions expire by it. By default, when its session is made.
	Time time.Time
}
