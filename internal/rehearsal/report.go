package rehearsal

import (
	"maps"
	"math"
	"slices"
	"strings"
	"time"

	"github.com/pulumi/pulumi/sdk/v3/go/common/apitype"

	"github.com/holdfast-iac/holdfast/internal/engine"
	"github.com/holdfast-iac/holdfast/simulator"
)

// ReportVersion is the version of the JSON form of [Report]. It grows when a field changes its meaning or goes away.
const ReportVersion = 1

// Report is what a rehearsal found. No secret value is in it.
type Report struct {
	Version     int            `json:"version"` // ReportVersion
	Passed      bool           `json:"passed"`
	Dir         string         `json:"dir"`
	Stack       string         `json:"stack"`
	Clouds      []string       `json:"clouds"` // the simulated ones
	Pulumi      string         `json:"pulumi"` // the version of the engine
	Preparation float64        `json:"preparationSeconds"`
	Seconds     float64        `json:"seconds"` // preparation and all phases
	Phases      []Phase        `json:"phases"`
	Resources   []Resources    `json:"resources"` // what the clouds hold after up, by type
	Policies    []Policy       `json:"policies"`
	Warnings    []Finding      `json:"warnings,omitempty"` // what the clouds took although what it is for will fail, each once
	Faults      []Fault        `json:"faults,omitempty"`
	Outputs     map[string]any `json:"outputs"`            // the stack's, after the last update
	Retained    []string       `json:"retained,omitempty"` // URNs of what the program leaves in the clouds on purpose
	Kept        string         `json:"kept,omitempty"`

	deployed bool // an update has run
}

// Status is how a phase ended.
type Status string

// The statuses of a phase.
const (
	Passed  Status = "passed"
	Failed  Status = "failed"
	Skipped Status = "skipped"
)

// Phase is one part of a rehearsal, as it went.
type Phase struct {
	Name     string                 `json:"name"`
	Status   Status                 `json:"status"`
	Reason   string                 `json:"reason,omitempty"`  // why it was skipped
	Seconds  float64                `json:"seconds"`           // of all attempts
	Changes  map[apitype.OpType]int `json:"changes,omitempty"` // resources by operation, unchanged ones under "same"
	Findings []Finding              `json:"findings,omitempty"`
	// Attempts is how often the operation was run: more than once only where it failed while faults fired.
	Attempts int       `json:"attempts,omitempty"`
	Provoked []Finding `json:"provoked,omitempty"` // what failed in attempts that were repeated
}

// Fault is how a fault that was injected fared.
type Fault struct {
	Fault   string   `json:"fault"`
	Matched int      `json:"matched"` // the calls that it selected from
	Fired   []Firing `json:"fired"`   // empty when it never did
}

// Firing is a call that a fault befell.
type Firing struct {
	Operation string `json:"operation"`
	Type      string `json:"type"`
	URN       string `json:"urn,omitempty"` // a look-up has none
}

// Finding is one thing wrong with the stack.
type Finding struct {
	URN      string `json:"urn,omitempty"`    // the resource, where it is about one
	Policy   string `json:"policy,omitempty"` // pack/policy, where a policy found it
	Severity string `json:"severity,omitempty"`
	Message  string `json:"message"`
}

// Resources are the resources of one type.
type Resources struct {
	Type  string `json:"type"`
	Count int    `json:"count"`
	// Modelled tells whether the simulated cloud behaves as the real one for the type. Where it does not, it has only
	// checked the properties against the provider's schema, and has echoed them.
	Modelled bool `json:"modelled"`
}

// Policy is how one policy fared over all previews and updates.
type Policy struct {
	Pack     string    `json:"pack"`
	Name     string    `json:"name"`
	Passed   int       `json:"passed"` // evaluations without a violation
	Failed   int       `json:"failed"`
	Advisory []Finding `json:"advisory,omitempty"` // what it found that does not stop an operation, each once
}

func newReport(options Options) *Report {
	report := &Report{Version: ReportVersion, Dir: options.Dir, Stack: options.Stack, Outputs: map[string]any{}}
	for _, cloud := range options.Clouds {
		report.Clouds = append(report.Clouds, cloud.Name)
	}
	return report
}

// add takes over what one operation says of policies and outputs. What policies say of the first preview, where much is
// unknown, gives way to what they say of the update.
func (r *Report) add(result *engine.Result) {
	if result.Operation == engine.Up && !r.deployed {
		r.Policies, r.deployed = nil, true
	}
	for _, id := range slices.Sorted(maps.Keys(result.Policies)) {
		policy := r.policy(id)
		policy.Passed += result.Policies[id].Passed
		policy.Failed += result.Policies[id].Failed
	}
	for _, violation := range result.Violations {
		policy := r.policy(violation.Pack + "/" + violation.Policy)
		if finding := policyFinding(violation); !violation.Mandatory() && !slices.Contains(policy.Advisory, finding) {
			policy.Advisory = append(policy.Advisory, finding)
		}
	}
	if result.Operation == engine.Up {
		r.Outputs = result.Outputs
	}
}

// warn takes over what the clouds warn of.
func (r *Report) warn(warnings []simulator.Warning) {
	for _, finding := range Warnings(warnings) {
		if !slices.Contains(r.Warnings, finding) {
			r.Warnings = append(r.Warnings, finding)
		}
	}
}

// Warnings are the warnings of clouds as a report gives them.
func Warnings(warnings []simulator.Warning) []Finding {
	var found []Finding
	for _, w := range warnings {
		found = append(found, Finding{URN: string(w.URN), Message: w.Text})
	}
	return found
}

func (r *Report) policy(id string) *Policy {
	pack, name, _ := strings.Cut(id, "/")
	for i := range r.Policies {
		if r.Policies[i].Pack == pack && r.Policies[i].Name == name {
			return &r.Policies[i]
		}
	}
	r.Policies = append(r.Policies, Policy{Pack: pack, Name: name})
	return &r.Policies[len(r.Policies)-1]
}

// Faults are the outcomes of faults as a report gives them.
func Faults(outcomes []simulator.FaultOutcome) []Fault {
	var faults []Fault
	for _, outcome := range outcomes {
		fault := Fault{Fault: outcome.Fault.String(), Matched: outcome.Matched, Fired: []Firing{}}
		for _, firing := range outcome.Fired {
			fault.Fired = append(fault.Fired, Firing{string(firing.Operation), firing.Type, string(firing.URN)})
		}
		faults = append(faults, fault)
	}
	return faults
}

func (r *Report) conclude() {
	r.Passed = len(r.Phases) == len(phases)
	r.Seconds = r.Preparation
	for _, phase := range r.Phases {
		r.Passed = r.Passed && phase.Status != Failed
		r.Seconds += phase.Seconds
	}
	r.Seconds = math.Round(r.Seconds*100) / 100
}

// findings are an operation's mandatory violations and errors.
func findings(result *engine.Result) []Finding {
	var found []Finding
	for _, violation := range result.MandatoryViolations() {
		found = append(found, policyFinding(violation))
	}
	for _, diagnostic := range result.Errors() {
		if len(found) > 0 && closing(diagnostic) {
			continue
		}
		message := diagnostic.Message
		if ended(diagnostic) {
			message = strings.Join(append([]string{message}, result.Printed...), "\n")
		}
		found = append(found, Finding{URN: diagnostic.URN, Message: message})
	}
	return found
}

// ended reports whether a language host says that the program ended, without having told the engine why. It may have
// printed it. What is said of a resource is about something else: a command that a provider ran, say.
func ended(d engine.Diagnostic) bool {
	return d.URN == "" && strings.Contains(d.Message, "exit code")
}

// closing reports whether a message says nothing where something else has been said: the engine ends with "preview failed",
// and a program with its exit code or the resource that its error came from.
func closing(d engine.Diagnostic) bool {
	message := d.Message
	return strings.HasSuffix(message, " failed") || ended(d) ||
		strings.Contains(message, "waiting for RPCs: resource ") && strings.HasSuffix(strings.TrimSpace(message), "failed to register")
}

func policyFinding(v engine.Violation) Finding {
	return Finding{URN: v.URN, Policy: v.Pack + "/" + v.Policy, Severity: v.Severity, Message: v.Message}
}

func seconds(d time.Duration) float64 { return math.Round(d.Seconds()*100) / 100 }
