package policy

import "reflect"

// Rule is one check of a policy. Make it with On, OnEvery, OnStack or OnRemediate.
//
// A rule runs for no longer than PackSpec.TimeLimit, and must not start goroutines that read property values. It must not
// recover from panics around them either: reading a value that cannot be known ends the rule by a panic that the runner
// turns into the answer "undetermined". A rule that panics otherwise is contained: its policy reports an error at its level.
type Rule struct {
	on    ruleKind
	every bool         // for resources of every type, on inputs
	token string       // the resource type, for all but stack rules and those for every type
	input reflect.Type // what the rule's function reads
	run   func(*run, *shape)
}

// isFor reports whether the rule is for resources of the type; it is not for stack rules.
func (r Rule) isFor(token string) bool { return r.every || r.token == token }

type ruleKind int

const (
	onNothing ruleKind = iota // the zero Rule, refused by NewPack
	onResource
	onStack
	onRemediate
)

// On makes a rule for every resource of the type token, run on the resource's inputs before it is created or changed.
//
// T is a struct whose fields name the properties the rule reads in `pulumi:"…"` tags and are of type Value, List or Map.
// An embedded struct without a tag adds its fields.
func On[T any](token string, check func(r *Report, props T)) Rule {
	rule := Rule{on: onResource, token: token, input: reflect.TypeFor[T]()}
	if check != nil {
		rule.run = func(r *run, s *shape) { check(&Report{r}, propsOf[T](r.node, s)) }
	}
	return rule
}

// OnEvery makes a rule for every resource of whatever type, components and providers among them; else it is as On. What a
// property is, differs from type to type: a field of T that is a Value[any] reads every kind.
func OnEvery[T any](check func(r *Report, props T)) Rule {
	rule := On("", check)
	rule.every = true
	return rule
}

// OnStack makes a rule for the stack as a whole, run once all its resources are known, on their outputs. In a preview
// the inputs stand in for outputs that are not known yet.
//
// T is a struct that names the resources the rule reads: its fields are of type Resources, and their `pulumi:"…"` tags
// hold one or more type tokens, separated by commas.
func OnStack[T any](check func(r *StackReport, resources T)) Rule {
	rule := Rule{on: onStack, input: reflect.TypeFor[T]()}
	if check != nil {
		rule.run = func(r *run, s *shape) { check(&StackReport{r}, gather[T](r, s)) }
	}
	return rule
}

// OnRemediate makes a rule that mends resources of the type token: it reads their inputs as On does, and says what to
// change. It runs only when the policy's level is Remediate, before any On rule. It should be idempotent: on inputs it
// has mended, it changes nothing.
func OnRemediate[T any](token string, mend func(r *Remediation, props T)) Rule {
	rule := Rule{on: onRemediate, token: token, input: reflect.TypeFor[T]()}
	if mend != nil {
		rule.run = func(r *run, s *shape) { mend(&Remediation{r, s}, propsOf[T](r.node, s)) }
	}
	return rule
}
