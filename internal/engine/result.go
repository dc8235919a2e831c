package engine

import (
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/pulumi/pulumi/sdk/v3/go/common/apitype"
	"github.com/pulumi/pulumi/sdk/v3/go/common/diag/colors"
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource/plugin"
)

// Result is what one operation did or, for a preview, would do.
type Result struct {
	Operation   Operation
	Duration    time.Duration
	Changes     map[apitype.OpType]int // resources by what happened to them, unchanged ones under "same"
	Steps       []Step                 // everything but unchanged resources, in the engine's order
	Diagnostics []Diagnostic           // errors and warnings, in order
	Printed     []string               // the last lines that the program printed: often all that says why it ended
	Violations  []Violation
	Policies    map[string]Verdict // by "pack/policy": how every policy that applied to something fared
	Outputs     map[string]any     // the stack's outputs; secrets are "[secret]", unknown values are absent
}

// Step is one change to one resource.
type Step struct {
	Op    apitype.OpType
	URN   string
	Type  string
	Diffs []string // the properties that changed
	// Retained says that a deletion leaves the resource in the cloud, as the program asked.
	Retained bool
}

// Diagnostic is a message of the engine, a provider or the program.
type Diagnostic struct {
	URN      string // the resource it is about; empty when it is about none
	Severity string // "error" or "warning"
	Message  string
}

// Violation is one finding of one policy.
type Violation struct {
	Pack, Policy string
	Level        string // "mandatory" or "advisory"
	Severity     string // "low", "medium", "high", "critical" or empty
	URN          string // the resource, or the stack's
	Message      string // what is wrong and how to mend it
}

// Mandatory tells whether the violation stops an operation.
func (v Violation) Mandatory() bool { return v.Level == "mandatory" }

// Verdict counts how often a policy passed and failed.
type Verdict struct{ Passed, Failed int }

// Changed is the number of resources that an operation changed.
func (r *Result) Changed() int {
	n := 0
	for op, count := range r.Changes {
		if op != apitype.OpSame {
			n += count
		}
	}
	return n
}

// Errors are the messages of the diagnostics that are errors.
func (r *Result) Errors() []Diagnostic {
	return slices.DeleteFunc(slices.Clone(r.Diagnostics), func(d Diagnostic) bool { return d.Severity != "error" })
}

// MandatoryViolations are the violations that stop an operation.
func (r *Result) MandatoryViolations() []Violation {
	return slices.DeleteFunc(slices.Clone(r.Violations), func(v Violation) bool { return !v.Mandatory() })
}

// add takes one event into account.
func (r *Result) add(event apitype.EngineEvent) {
	switch {
	case event.DiagnosticEvent != nil:
		r.addDiagnostic(*event.DiagnosticEvent)
	case event.PolicyEvent != nil:
		r.addViolation(*event.PolicyEvent)
	case event.PolicyAnalyzeSummaryEvent != nil:
		e := event.PolicyAnalyzeSummaryEvent
		r.addVerdicts(e.PolicyPackName, e.Passed, e.Failed)
	case event.PolicyAnalyzeStackSummaryEvent != nil:
		e := event.PolicyAnalyzeStackSummaryEvent
		r.addVerdicts(e.PolicyPackName, e.Passed, e.Failed)
	case event.ResOutputsEvent != nil:
		r.addOutputs(event.ResOutputsEvent.Metadata)
	case event.ResourcePreEvent != nil:
		r.addStep(event.ResourcePreEvent.Metadata)
	case event.SummaryEvent != nil:
		r.Changes = maps.Clone(event.SummaryEvent.ResourceChanges)
	}
}

func (r *Result) addDiagnostic(e apitype.DiagnosticEvent) {
	d := Diagnostic{URN: e.URN, Severity: e.Severity, Message: plain(e.Message)}
	if isPanic := strings.HasPrefix(d.Message, "panic: ") || strings.HasPrefix(d.Message, "fatal error: "); isPanic {
		d.Severity = "error" // it comes as a line that the program printed, but nothing else says what went wrong
	}
	switch {
	case d.Severity == "error" || d.Severity == "warning":
		r.Diagnostics = append(r.Diagnostics, d)
	case d.Message != "" && (d.URN == "" || strings.Contains(d.URN, "::"+stackType+"::")):
		r.Printed = append(r.Printed, d.Message)
		r.Printed = r.Printed[max(0, len(r.Printed)-maxPrinted):]
	}
}

// maxPrinted is how many lines of a program are kept.
const maxPrinted = 20

func (r *Result) addViolation(e apitype.PolicyEvent) {
	level := e.EnforcementLevel
	if level == "warning" { // the events' word for what policies call advisory
		level = "advisory"
	}
	r.Violations = append(r.Violations, Violation{
		Pack: e.PolicyPackName, Policy: e.PolicyName,
		Level: level, Severity: e.Severity, URN: e.ResourceURN, Message: plain(e.Message),
	})
}

func (r *Result) addVerdicts(pack string, passed, failed []string) {
	count := func(names []string, add func(*Verdict)) {
		for _, name := range names {
			verdict := r.Policies[pack+"/"+name]
			add(&verdict)
			r.Policies[pack+"/"+name] = verdict
		}
	}
	count(passed, func(v *Verdict) { v.Passed++ })
	count(failed, func(v *Verdict) { v.Failed++ })
}

const stackType = "pulumi:pulumi:Stack"

func (r *Result) addOutputs(step apitype.StepEventMetadata) {
	if step.Type == stackType && step.New != nil {
		outputs, _ := readable(step.New.Outputs).(map[string]any)
		r.Outputs = outputs
	}
}

// readable replaces the envelopes in which events carry secrets, and drops what is not known yet.
func readable(value any) any {
	switch value := value.(type) {
	case map[string]any:
		if value[resource.SigKey] == resource.SecretSig {
			return "[secret]"
		}
		result := make(map[string]any, len(value))
		for key, element := range value {
			if element != plugin.UnknownStringValue {
				result[key] = readable(element)
			}
		}
		return result
	case []any:
		result := make([]any, len(value))
		for i, element := range value {
			result[i] = readable(element)
		}
		return result
	}
	return value
}

func (r *Result) addStep(step apitype.StepEventMetadata) {
	if step.Op == apitype.OpSame || step.Type == stackType {
		return
	}
	retained := step.Op == apitype.OpDelete && step.Old != nil && step.Old.RetainOnDelete
	r.Steps = append(r.Steps, Step{Op: step.Op, URN: step.URN, Type: step.Type, Diffs: step.Diffs, Retained: retained})
}

// plain removes the engine's colour marks.
func plain(message string) string { return strings.TrimSpace(colors.Never.Colorize(message)) }
