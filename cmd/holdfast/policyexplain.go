package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/holdfast-iac/holdfast/policies/policy"
)

// renderEntry prints all that there is to know about a policy.
func renderEntry(out io.Writer, e entry, now time.Time) error {
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n%s\n\n", e.ID, e.Title)
	table := tabwriter.NewWriter(&b, 0, 0, 3, ' ', 0)
	row := func(what string, values ...string) {
		for _, value := range values {
			fmt.Fprintf(table, "  %s\t%s\n", what, value)
			what = "" // said once
		}
	}
	if e.Severity != "" {
		row("severity", e.Severity)
	}
	row("level", levelLines(e.Packs)...)
	switch {
	case e.EveryType:
		row("about", "every resource")
	case len(e.Types) == 0:
		row("about", "the stack as a whole")
	default:
		row("about", e.Types...)
	}
	row("remediates", map[bool]string{true: "yes, where its level is remediate", false: "no"}[e.Remediates])
	if e.URL != "" {
		row("more", e.URL)
	}
	row("controls", controlLines(e.Controls)...)
	row("elsewhere", e.Peers...)
	if len(e.Tags) > 0 {
		row("tags", strings.Join(e.Tags, ", "))
	}
	_ = table.Flush() // the writer is a builder
	paragraph(&b, "Why", e.Rationale)
	paragraph(&b, "How to meet it", e.Remediation)
	if e.Example != "" {
		fmt.Fprintf(&b, "\nFor example:\n%s", indent(e.Example))
	}
	renderSettings(&b, e.Settings)
	fmt.Fprintf(&b, "\nTo configure it, in the file of pulumi's --policy-pack-config:\n\n%s", indent(e.configuration()))
	if e.canBeExempted() {
		until := now.AddDate(0, 1, 0).UTC().Format(time.DateOnly)
		fmt.Fprintf(&b, "\nTo exempt a resource until a day, in the same file (* in a name stands for any text):\n\n%s",
			indent(e.exemption(until)))
	}
	_, err := io.WriteString(out, b.String())
	return err
}

// levelLines has a line for each level: the packs in which the policy has it.
func levelLines(packs []inPack) []string {
	var levels, lines []string
	for _, p := range packs {
		at := slices.Index(levels, p.Level)
		if at < 0 {
			levels, lines = append(levels, p.Level), append(lines, p.Level+" in "+p.Pack)
			continue
		}
		lines[at] += ", " + p.Pack
	}
	return lines
}

// controlLines has a line for each framework.
func controlLines(controls []control) []string {
	var names, lines []string
	for _, c := range controls {
		name := strings.TrimSpace(c.Framework + " " + c.Version)
		at := slices.Index(names, name)
		if at < 0 {
			names, lines = append(names, name), append(lines, name+": "+c.ID)
			continue
		}
		lines[at] += ", " + c.ID
	}
	return lines
}

func paragraph(out io.Writer, title, text string) {
	if text != "" {
		fmt.Fprintf(out, "\n%s:\n%s", title, indent(strings.Join(fold(text, lineWidth), "\n")))
	}
}

// fold breaks a text into lines at its spaces.
func fold(text string, width int) []string {
	var lines []string
	for word := range strings.FieldsSeq(text) {
		if last := len(lines) - 1; last >= 0 && len(lines[last])+1+len(word) <= width {
			lines[last] += " " + word
			continue
		}
		lines = append(lines, word)
	}
	return lines
}

func indent(text string) string {
	return "  " + strings.ReplaceAll(strings.TrimSpace(text), "\n", "\n  ") + "\n"
}

func renderSettings(out io.Writer, settings []setting) {
	if len(settings) == 0 {
		return
	}
	fmt.Fprint(out, "\nSettings:\n")
	for _, s := range settings {
		fmt.Fprintf(out, "  %s: %s; by default %s\n", s.Name, kind(s.Schema), strings.TrimSpace(compact(s.Default)))
		for _, line := range fold(s.Description, lineWidth) {
			fmt.Fprintf(out, "    %s\n", line)
		}
	}
}

// kind says in words which values a schema allows.
func kind(schema map[string]any) string {
	switch schema["type"] {
	case "array":
		items, _ := schema["items"].(map[string]any)
		return "list of " + kind(items)
	case "object":
		if values, ok := schema["additionalProperties"].(map[string]any); ok {
			return "map of " + kind(values)
		}
		return "object with " + strings.Join(fields(schema), ", ")
	}
	text := fmt.Sprint(schema["type"])
	if values, ok := schema["enum"].([]any); ok {
		text += ", one of"
		for i, value := range values {
			text += []string{" ", ", "}[min(i, 1)] + fmt.Sprint(value)
		}
	}
	for _, limit := range []struct{ name, words string }{
		{"minimum", "at least %v"}, {"maximum", "at most %v"},
		{"minLength", "at least %v long"}, {"maxLength", "at most %v long"},
	} {
		if value, ok := schema[limit.name]; ok {
			text += ", " + fmt.Sprintf(limit.words, value)
		}
	}
	return text
}

// fields names the properties of an object's schema, and says which may be left out.
func fields(schema map[string]any) []string {
	properties, _ := schema["properties"].(map[string]any)
	required, _ := schema["required"].([]any)
	var names []string
	for name := range properties {
		if slices.Contains(required, any(name)) {
			names = append(names, name)
		} else {
			names = append(names, name+" (optional)")
		}
	}
	slices.Sort(names)
	return names
}

// configuration is a file for --policy-pack-config that leaves the policy as it is in its first pack, to be changed.
func (e entry) configuration() string {
	values := map[string]any{"enforcementLevel": e.Packs[0].Level}
	for _, s := range e.Settings {
		values[s.Name] = s.Default
	}
	return pretty(map[string]any{e.ID: values})
}

func (e entry) canBeExempted() bool {
	ours := slices.Contains([]string{policy.Exemptions.ID, policy.EvidencePolicy.ID, policy.Selection.ID}, e.ID) // about the pack, not about resources
	return !ours && slices.ContainsFunc(e.Packs, func(p inPack) bool { return p.exemptions })
}

// exemption is a file for --policy-pack-config that exempts a resource from the policy, for its owner to fill in.
func (e entry) exemption(until string) string {
	type exemption struct { // in the order in which one writes them
		Policy   string `json:"policy"`
		Resource string `json:"resource"`
		Owner    string `json:"owner"`
		Reason   string `json:"reason"`
		Expires  string `json:"expires"`
	}
	list := []exemption{{e.ID, "*::NAME", "you@example.com", "Why it is acceptable until then.", until}}
	return pretty(map[string]any{policy.Exemptions.ID: map[string]any{"list": list}})
}

// pretty and compact are the JSON of values that are made of JSON.
func pretty(value any) string { return jsonText(value, "  ") }

func compact(value any) string { return jsonText(value, "") }

func jsonText(value any, indent string) string {
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", indent)
	_ = encoder.Encode(value)
	return b.String()
}
