package main

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"text/tabwriter"

	"github.com/holdfast-iac/holdfast/simulator"
)

// explain prints what the simulated clouds do with a resource type or look-up.
func explain(out io.Writer, token string, asJSON bool) error {
	explanation, err := findExplanation(cloudsIn("us-east-1"), token) // the same everywhere
	if err != nil {
		return usageError{err}
	}
	if asJSON {
		return encode(out, explanation)
	}
	return renderExplanation(out, explanation)
}

func findExplanation(clouds []simulator.Cloud, token string) (*simulator.Explanation, error) {
	var names []string
	for _, cloud := range clouds {
		names = append(names, cloud.Name)
		if prefix, _, _ := strings.Cut(token, ":"); prefix != cloud.Name {
			continue
		}
		account, err := simulator.NewAccount(cloud, simulator.Options{})
		if err != nil {
			return nil, err
		}
		return account.Explain(token)
	}
	return nil, errors.New("there is no simulated cloud for " + token + ": there are " + strings.Join(names, ", "))
}

func encode(out io.Writer, value any) error {
	encoder := json.NewEncoder(out)
	encoder.SetIndent("", "  ")
	return encoder.Encode(value)
}

// renderExplanation prints an explanation for people, one line for each thing that is done or not done.
func renderExplanation(out io.Writer, e *simulator.Explanation) error {
	var b strings.Builder
	fmt.Fprintf(&b, "%s: %s\n\n", e.Type, verdict(e))
	table := tabwriter.NewWriter(&b, 0, 0, 3, ' ', 0)
	line := func(what string, values ...string) {
		for _, value := range values {
			fmt.Fprintf(table, "  %s\t%s\n", what, value)
			what = "" // said once
		}
	}
	names := func(what string, values []string) {
		if len(values) > 0 {
			line(what, wrap(values)...)
		}
	}
	line("schema", fmt.Sprintf("%d inputs: unknown and mistyped ones are refused", len(e.Inputs)))
	names("required", pick(e.Inputs, func(i simulator.ExplainedInput) bool { return i.Required }))
	for _, input := range e.Inputs {
		if len(input.Values) > 0 {
			names("one of a set", []string{input.Name + ": " + strings.Join(input.Values, ", ")})
		}
	}
	names("restricted", e.Restricted)
	line("held against", e.API...)
	if len(e.API) > 0 {
		names("no parameter", pick(e.Inputs, func(i simulator.ExplainedInput) bool { return i.Parameter == "" }))
	}
	line("exactly one of", groups(e.ExactlyOne)...)
	line("at most one of", groups(e.AtMostOne)...)
	line("refers to", references(e.References)...)
	line("unique", uniques(e.Unique)...)
	line("own code", e.Code...)
	line("constraints", constraints(e.Constraints)...)
	names("replaces", e.Replaces)
	line("filled in", defaults(e.Inputs)...)
	names("computed", e.Computed)
	if !e.Lookup {
		names("made up", e.MadeUp)
		names("only echoed", pick(e.Inputs, func(i simulator.ExplainedInput) bool { return i.Echoed }))
	}
	_ = table.Flush() // the writer is a builder
	_, err := io.WriteString(out, b.String())
	return err
}

func verdict(e *simulator.Explanation) string {
	switch {
	case e.Lookup && e.Modelled:
		return "a look-up that is answered"
	case e.Lookup:
		return "a look-up that is not modelled: calls are checked, and then refused"
	case e.Modelled:
		return "modelled, as " + e.Kind
	default:
		return "not modelled: checked against the schema, and echoed"
	}
}

func pick(inputs []simulator.ExplainedInput, which func(simulator.ExplainedInput) bool) []string {
	var names []string
	for _, input := range inputs {
		if which(input) {
			names = append(names, input.Name)
		}
	}
	return names
}

func groups(groups [][]string) []string {
	var lines []string
	for _, group := range groups {
		lines = append(lines, strings.Join(group, ", "))
	}
	return lines
}

func references(references []simulator.ExplainedReference) []string {
	var lines []string
	for _, r := range references {
		line := r.Property + ": " + strings.Join(r.To, " or ") + ", which must exist"
		if r.Holds {
			line += " and cannot be deleted meanwhile"
		}
		lines = append(lines, line)
	}
	return lines
}

func uniques(uniques []simulator.ExplainedUnique) []string {
	var lines []string
	for _, u := range uniques {
		line := cmp.Or(strings.Join(u.Properties, " with "), "as its own code decides")
		if u.Everywhere {
			line += ", across regions"
		}
		lines = append(lines, line)
	}
	return lines
}

func constraints(listed []simulator.Listing) []string {
	var lines []string
	for _, entry := range listed {
		lines = append(lines, fmt.Sprintf("%s, at %s: %s", entry.ID, entry.Stage, entry.Error))
	}
	return lines
}

func defaults(inputs []simulator.ExplainedInput) []string {
	var pairs []string
	for _, input := range inputs {
		if input.Default != nil {
			pairs = append(pairs, fmt.Sprintf("%s = %v", input.Name, input.Default))
		}
	}
	return wrap(pairs)
}

// lineWidth is how many characters of a list stand on a line.
const lineWidth = 100

// wrap joins values into lines.
func wrap(values []string) []string {
	var lines []string
	for _, value := range values {
		last := len(lines) - 1
		if last >= 0 && len(lines[last])+len(value) < lineWidth {
			lines[last] += ", " + value
			continue
		}
		if last >= 0 {
			lines[last] += ","
		}
		lines = append(lines, value)
	}
	return lines
}
