package main

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"text/tabwriter"
)

// filter is what the policies of a list must have; an empty field asks for nothing.
type filter struct{ pack, framework, cloud, severity, tag string }

// severities are all, from the gravest.
var severities = []string{"critical", "high", "medium", "low"}

// apply returns the entries that meet all that is asked for. What no entry could meet, being no name of anything, is a
// usage error.
func (f filter) apply(entries []entry) ([]entry, error) {
	var packs, frameworks, tags []string
	for _, e := range entries {
		packs = append(packs, e.packs()...)
		frameworks = append(frameworks, e.frameworks()...)
		tags = append(tags, e.Tags...)
	}
	for _, asked := range []struct {
		what, name string
		names      []string
		has        func(entry) []string
	}{
		{"policy pack", f.pack, packs, entry.packs},
		{"framework", f.framework, frameworks, entry.frameworks},
		{"cloud", f.cloud, cloudNames, func(e entry) []string { return []string{e.Cloud} }},
		{"severity", f.severity, severities, func(e entry) []string { return []string{e.Severity} }},
		{"tag", f.tag, tags, func(e entry) []string { return e.Tags }},
	} {
		if asked.name == "" {
			continue
		}
		if !slices.Contains(asked.names, asked.name) {
			return nil, wrongName(asked.what, asked.name, asked.names)
		}
		entries = slices.DeleteFunc(slices.Clone(entries), func(e entry) bool {
			return !slices.Contains(asked.has(e), asked.name)
		})
	}
	return entries, nil
}

func (e entry) packs() []string {
	var names []string
	for _, p := range e.Packs {
		names = append(names, p.Pack)
	}
	return names
}

// frameworks are those of the controls: one of a cloud also by what it has in common with those of the others, cis-aws
// as cis.
func (e entry) frameworks() []string {
	var names []string
	for _, c := range e.Controls {
		names = append(names, c.Short, c.family)
	}
	return names
}

// find is the entry of the id.
func find(entries []entry, id string) (entry, error) {
	var ids []string
	for _, e := range entries {
		if e.ID == id {
			return e, nil
		}
		ids = append(ids, e.ID)
	}
	return entry{}, wrongName("policy", id, ids)
}

// level is what a violation does: in one word where all packs agree, and otherwise pack by pack.
func (e entry) level() string {
	var levels, each []string
	for _, p := range e.Packs {
		levels = append(levels, p.Level)
		each = append(each, p.Level+" in "+p.Pack)
	}
	if len(slices.Compact(slices.Sorted(slices.Values(levels)))) == 1 {
		return levels[0]
	}
	return strings.Join(each, ", ")
}

// renderList prints a policy on two lines: a row of a table, and what it requires.
func renderList(out io.Writer, entries []entry) error {
	var b strings.Builder
	table := tabwriter.NewWriter(&b, 0, 0, 2, ' ', 0)
	fmt.Fprint(table, "POLICY\tSEVERITY\tLEVEL\tABOUT\n")
	for _, e := range entries {
		severity := e.Severity
		if severity == "" {
			severity = "-"
		}
		fmt.Fprintf(table, "%s\t%s\t%s\t%s\n", e.ID, severity, e.level(), about(e))
	}
	_ = table.Flush() // the writer is a builder
	rows := strings.Split(strings.TrimSuffix(b.String(), "\n"), "\n")
	if len(entries) == 0 {
		rows = rows[:0]
	}
	for i, e := range entries {
		rows[i+1] += "\n    " + e.Title
	}
	rows = append(rows, count(len(entries)))
	_, err := io.WriteString(out, strings.Join(rows, "\n")+"\n")
	return err
}

func count(policies int) string {
	switch policies {
	case 0:
		return "No policy is like that."
	case 1:
		return "1 policy. holdfast policies explain ID says more."
	}
	return fmt.Sprintf("%d policies. holdfast policies explain ID says more.", policies)
}

// about names types without their packages: the id says which cloud they are of.
func about(e entry) string {
	const most = 2
	var names []string
	for _, token := range e.Types {
		names = append(names, token[strings.LastIndex(token, ":")+1:])
	}
	switch more := len(names) - most; {
	case e.EveryType:
		return "every resource"
	case len(names) == 0:
		return "the stack"
	case more > 0:
		return fmt.Sprintf("%s and %d more", strings.Join(names[:most], ", "), more)
	}
	return strings.Join(names, ", ")
}
