package main

import (
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"text/tabwriter"

	"github.com/pulumi/pulumi/sdk/v3/go/common/apitype"
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource/urn"

	"github.com/holdfast-iac/holdfast/internal/rehearsal"
)

// renderReport prints a report for people: phases, findings, policies, outputs.
func renderReport(out io.Writer, report *rehearsal.Report) error {
	var b strings.Builder
	verdict := "passed"
	if !report.Passed {
		verdict = "FAILED"
	}
	fmt.Fprintf(&b, "\nRehearsal of %s %s in %.1f s (pulumi v%s, simulated: %s)\n\n",
		report.Stack, verdict, report.Seconds, report.Pulumi, strings.Join(report.Clouds, ", "))
	renderPhases(&b, report)
	for _, phase := range report.Phases {
		renderFindings(&b, phase.Name+" failed while faults fired, and was repeated:", phase.Provoked)
		renderFindings(&b, phase.Name+" failed:", phase.Findings)
	}
	renderWarnings(&b, report.Warnings)
	renderFaults(&b, report.Faults)
	renderResources(&b, report.Resources)
	renderPolicies(&b, report.Policies)
	renderOutputs(&b, report.Outputs)
	if len(report.Retained) > 0 {
		fmt.Fprintf(&b, "\nLeft in the clouds on purpose: %d (retained on delete)\n", len(report.Retained))
	}
	if report.Kept != "" {
		fmt.Fprintf(&b, "\nState kept in %s\n", report.Kept)
	}
	_, err := io.WriteString(out, b.String())
	return err
}

func renderPhases(out io.Writer, report *rehearsal.Report) {
	table := tabwriter.NewWriter(out, 0, 0, 3, ' ', 0)
	fmt.Fprintf(table, "  prepare\t\t%.1f s\n", report.Preparation)
	for _, phase := range report.Phases {
		detail := changes(phase.Changes)
		if phase.Attempts > 1 {
			detail = strings.TrimSuffix(fmt.Sprintf("after %d attempts: %s", phase.Attempts, detail), ": ")
		}
		if phase.Status == rehearsal.Skipped {
			detail = phase.Reason
		}
		fmt.Fprintf(table, "  %s\t%s\t%.1f s\t%s\n", phase.Name, phase.Status, phase.Seconds, detail)
		if phase.Status == rehearsal.Failed {
			break // what follows was skipped for that
		}
	}
	_ = table.Flush() // the writer is a builder
}

// changes reads "49 create, 2 same", in a fixed order.
func changes(counts map[apitype.OpType]int) string {
	var parts []string
	for _, op := range slices.Sorted(maps.Keys(counts)) {
		if op == apitype.OpSame {
			continue
		}
		parts = append(parts, fmt.Sprintf("%d %s", counts[op], op))
	}
	if same := counts[apitype.OpSame]; same > 0 {
		parts = append(parts, fmt.Sprintf("%d unchanged", same))
	}
	return strings.Join(parts, ", ")
}

func renderFindings(out io.Writer, title string, findings []rehearsal.Finding) {
	if len(findings) == 0 {
		return
	}
	fmt.Fprintf(out, "\n%s\n", title)
	for _, finding := range findings {
		var head []string
		if finding.URN != "" {
			head = append(head, shortURN(finding.URN))
		}
		if finding.Policy != "" {
			head = append(head, strings.TrimSpace(finding.Severity+" "+finding.Policy))
		}
		if len(head) > 0 {
			fmt.Fprintf(out, "  %s\n", strings.Join(head, ": "))
		}
		fmt.Fprintf(out, "    %s\n", strings.ReplaceAll(strings.TrimSpace(finding.Message), "\n", "\n    "))
	}
}

// renderWarnings prints what passed, and will not do what it is for.
func renderWarnings(out io.Writer, warnings []rehearsal.Finding) {
	renderFindings(out, "The cloud takes this, and it will fail later:", warnings)
}

// shortURN names a resource by its type and name.
func shortURN(id string) string { return fmt.Sprintf("%s %q", urn.URN(id).Type(), urn.URN(id).Name()) }

// renderResources counts what the clouds held, and names what they did not really simulate.
func renderResources(out io.Writer, resources []rehearsal.Resources) {
	if len(resources) == 0 {
		return
	}
	total := 0
	var echoed []string
	for _, r := range resources {
		total += r.Count
		if !r.Modelled {
			echoed = append(echoed, fmt.Sprintf("%d %s", r.Count, r.Type))
		}
	}
	fmt.Fprintf(out, "\nResources: %d of %d types\n", total, len(resources))
	if len(echoed) > 0 {
		fmt.Fprintf(out, "  checked against the schema only: %s\n", strings.Join(echoed, ", "))
	}
}

func renderPolicies(out io.Writer, policies []rehearsal.Policy) {
	if len(policies) == 0 {
		return
	}
	passed := 0
	var advisory []rehearsal.Finding
	for _, policy := range policies {
		if policy.Failed == 0 {
			passed++
		}
		advisory = append(advisory, policy.Advisory...)
	}
	fmt.Fprintf(out, "\nPolicies: %d passed, %d failed\n", passed, len(policies)-passed)
	table := tabwriter.NewWriter(out, 0, 0, 3, ' ', 0)
	for _, policy := range policies {
		fmt.Fprintf(table, "  %s/%s\t%d passed\t%d failed\n", policy.Pack, policy.Name, policy.Passed, policy.Failed)
	}
	_ = table.Flush()
	renderFindings(out, "Advice:", advisory)
}

func renderOutputs(out io.Writer, outputs map[string]any) {
	if len(outputs) == 0 {
		return
	}
	fmt.Fprintf(out, "\nOutputs:\n")
	table := tabwriter.NewWriter(out, 0, 0, 3, ' ', 0)
	for _, name := range slices.Sorted(maps.Keys(outputs)) {
		text, ok := outputs[name].(string)
		if !ok {
			encoded, _ := json.Marshal(outputs[name]) // decoded from JSON, so it encodes
			text = string(encoded)
		}
		fmt.Fprintf(table, "  %s\t%s\n", name, text)
	}
	_ = table.Flush()
}
