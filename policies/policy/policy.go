package policy

import "regexp"

// Policy is one requirement on infrastructure, with what checks it. A Policy is data: it may be shared by several packs,
// and is not changed by them.
type Policy struct {
	// ID names the policy for good: configuration, exemptions and reports refer to it. Letters, digits, "-", "_" and
	// ".", at most 100; the convention is <cloud>-<service>-<what>. "all" is reserved. Required.
	ID string
	// Title is the requirement in one sentence: "Security groups must not …". It opens every violation. Required.
	Title string
	// Severity says how bad a violation is. Unset by default.
	Severity Severity
	// Level says what a violation does, unless the pack's configuration says otherwise. By default, the pack's level.
	Level Level
	// Rationale says why the requirement exists.
	Rationale string
	// Remediation says, step by step, how to meet the requirement. It closes every violation.
	Remediation string
	// Controls are the requirements of compliance frameworks that this policy helps to meet.
	Controls []Control
	// Tags are free labels.
	Tags []string
	// URL leads to more about the policy.
	URL string
	// Peers are the ids by which other checkers know the same requirement, or nearly so, each after the checker's name:
	// "Checkov CKV_AWS_3".
	Peers []string
	// Bad is an example of what violates the policy, and Good of what meets it: the resources of a small stack each. They
	// are for people to read, and policytest.RunExamples holds the policy to them.
	Bad, Good []Example
	// ExampleConfig are the settings under which Bad and Good are examples, as far as they differ from the defaults.
	ExampleConfig map[string]any
	// Config is a struct that declares the policy's settings, which rules read by Settings, and holds their defaults. Its
	// fields are strings, booleans, numbers, slices, maps with string keys, and structs of these. A `pulumi:"…"` tag names
	// the setting; the tags description, enum (names separated by commas), min and max (of a number, or of a string's
	// length) are optional, and so is required:"true" in structs that a slice or map holds. Tags on a slice or map that
	// narrow its values are about its elements. By default, the policy has no settings but its level.
	Config any
	// Rules check the requirement, each on one type of resource or on the whole stack. All rules that apply are run; a
	// violation of any is a violation of the policy. At least one is required.
	Rules []Rule
}

// Example is a resource in an example of what a policy is about.
type Example struct {
	// Name of the resource in the example; the example's other resources refer to it by it.
	Name string
	// Type is the resource's type token.
	Type string
	// Properties are its inputs: booleans, numbers, strings, []any and map[string]any of these. A string "${name.property}"
	// stands for an output of the example's resource of that name, and "${config.name}" for a secret in the stack's
	// configuration.
	Properties map[string]any
	// Protect is the resource option: whether Pulumi refuses to delete it. Default false.
	Protect bool
	// IgnoreChanges is the resource option: the properties that stay as they are. Default none.
	IgnoreChanges []string
	// DeleteBeforeReplace is the resource option: whether the old one goes before its replacement is made. Default false.
	DeleteBeforeReplace bool
}

var outputOf = regexp.MustCompile(`^\$\{([a-zA-Z][a-zA-Z0-9]*)\.([a-zA-Z][a-zA-Z0-9]*)\}$`)

// OutputOf reads a string in an example's properties that stands for an output of another resource: "${name.property}". It
// reports false for any other string.
func OutputOf(text string) (name, property string, ok bool) {
	match := outputOf.FindStringSubmatch(text)
	if match == nil {
		return "", "", false
	}
	return match[1], match[2], true
}

// ConfiguredSecret reads a string in an example's properties that stands for a secret in the stack's configuration:
// "${config.name}". It reports false for any other string.
func ConfiguredSecret(text string) (name string, ok bool) {
	from, name, ok := OutputOf(text)
	if from != "config" {
		return "", false
	}
	return name, ok
}

// Control is one requirement of a framework, known by its id there.
type Control struct {
	// Framework is the catalogue that the control is in.
	Framework Framework
	// ID is the control's id in its framework: "5.2", "CC6.6", "A.8.20".
	ID string
}

// String is the control's framework and id.
func (c Control) String() string { return c.Framework.String() + " " + c.ID }

// Severity says how bad a violation of a policy is.
type Severity int

// The severities, in rising order. The zero Severity is unset.
const (
	Low Severity = iota + 1
	Medium
	High
	Critical
)

// String is the severity's name as Pulumi spells it, empty when unset.
func (s Severity) String() string {
	return nameOf(s, []string{"", "low", "medium", "high", "critical"})
}

// Level says what happens when a policy is violated.
type Level int

// The enforcement levels. The zero Level is unset: it stands for the level of the pack.
const (
	// Advisory shows violations and lets the deployment go on.
	Advisory Level = iota + 1
	// Mandatory stops the deployment.
	Mandatory
	// Remediate changes the resource as the policy's OnRemediate rules say, and stops the deployment if it still violates.
	Remediate
	// Disabled does not run the policy.
	Disabled
)

// String is the level's name as Pulumi spells it, empty when unset.
func (l Level) String() string {
	return nameOf(l, []string{"", "advisory", "mandatory", "remediate", "disabled"})
}

// reported is the level a violation is reported at: what remediation could not mend is mandatory.
func (l Level) reported() Level {
	if l == Remediate {
		return Mandatory
	}
	return l
}

func nameOf[E ~int](value E, names []string) string {
	if value < 0 || int(value) >= len(names) {
		return "invalid"
	}
	return names[value]
}
