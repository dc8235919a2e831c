// Package policypages writes the pages about policies in docs/policies: one for each, an index, and what they cover.
package policypages

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"google.golang.org/protobuf/types/known/emptypb"

	"github.com/holdfast-iac/holdfast/internal/pulumigo"
	"github.com/holdfast-iac/holdfast/policies/frameworks"
	"github.com/holdfast-iac/holdfast/policies/policy"
	"github.com/holdfast-iac/holdfast/simulator/schema"
)

// Pages are the texts of all pages by file name. The error lists the examples that are no programs by the schema.
func Pages(packs []policy.PackSpec, known *schema.Package) (map[string]string, error) {
	l, err := newLibrary(packs)
	if err != nil {
		return nil, err
	}
	pages := map[string]string{
		"README.md": l.index(), "coverage-controls.md": l.controls(), "coverage-types.md": l.types(),
	}
	var problems []string
	for _, p := range l.policies {
		page, err := l.page(p, known)
		if err != nil {
			problems = append(problems, p.ID+": "+err.Error())
		}
		pages[p.ID+".md"] = page
	}
	if len(problems) > 0 {
		return nil, fmt.Errorf("%s", strings.Join(problems, "\n"))
	}
	return pages, nil
}

// library is all policies of the packs, each once, in the order of their IDs.
type library struct {
	policies []policy.Policy
	packs    map[string][]string       // the packs that have a policy, by its ID
	settings map[string]map[string]any // JSON Schemas of its settings, by its ID
}

func newLibrary(specs []policy.PackSpec) (*library, error) {
	l := &library{packs: map[string][]string{}, settings: map[string]map[string]any{}}
	for _, spec := range specs {
		pack, err := policy.NewPack(spec)
		if err != nil {
			return nil, err
		}
		info, err := policy.NewServer(pack).GetAnalyzerInfo(context.Background(), &emptypb.Empty{})
		if err != nil {
			return nil, err
		}
		for i, p := range spec.Policies {
			if len(p.Good) == 0 {
				continue // one that serves the pack itself
			}
			if l.packs[p.ID] == nil {
				l.policies = append(l.policies, p)
				l.settings[p.ID] = info.Policies[i].GetConfigSchema().GetProperties().AsMap()
			}
			l.packs[p.ID] = append(l.packs[p.ID], strings.TrimPrefix(spec.Name, "holdfast-"))
		}
	}
	slices.SortFunc(l.policies, func(a, b policy.Policy) int { return strings.Compare(a.ID, b.ID) })
	return l, nil
}

// page is that of one policy.
func (l *library) page(p policy.Policy, known *schema.Package) (string, error) {
	good, err := pulumigo.Program(known, p.Good)
	if err != nil {
		return "", fmt.Errorf("good example: %w", err)
	}
	bad, err := pulumigo.Program(known, p.Bad)
	if err != nil {
		return "", fmt.Errorf("bad example: %w", err)
	}
	var b strings.Builder
	fmt.Fprintf(&b, "# %s\n\n%s\n\n", p.ID, p.Title)
	mends := "no"
	if p.Remediates() {
		mends = "yes, where its level is `remediate`"
	}
	b.WriteString("| | |\n| --- | --- |\n")
	for _, row := range [][2]string{
		{"Severity", p.Severity.String()},
		{"Level", p.Level.String()},
		{"Packs", strings.Join(l.packs[p.ID], ", ")},
		{"About", about(p)},
		{"Mends", mends},
		{"Tags", strings.Join(p.Tags, ", ")},
	} {
		fmt.Fprintf(&b, "| %s | %s |\n", row[0], row[1])
	}
	fmt.Fprintf(&b, "\n%s\n\n## How to meet it\n\n%s\n\n```go\n%s```\n\n## What violates it\n\n```go\n%s```\n",
		p.Rationale, p.Remediation, good, bad)
	if p.ExampleConfig != nil {
		settings, err := json.Marshal(p.ExampleConfig)
		if err != nil {
			return "", fmt.Errorf("settings of the examples: %w", err)
		}
		fmt.Fprintf(&b, "\nBoth are so with the settings `%s`.\n", settings)
	}
	l.writeSettings(&b, p)
	b.WriteString("\n## Controls\n\n| control | about |\n| --- | --- |\n")
	for _, c := range p.Controls {
		found, _ := frameworks.Find(c)
		fmt.Fprintf(&b, "| %s | %s |\n", c, found.Title)
	}
	if len(p.Peers) > 0 {
		fmt.Fprintf(&b, "\n## Elsewhere\n\nThe same or nearly the same is checked by %s.\n", strings.Join(p.Peers, ", "))
	}
	return b.String(), nil
}

func (l *library) writeSettings(b *strings.Builder, p policy.Policy) {
	settings := l.settings[p.ID]
	if len(settings) == 0 {
		return
	}
	b.WriteString("\n## Settings\n\n| setting | by default | |\n| --- | --- | --- |\n")
	for _, name := range slices.Sorted(maps.Keys(settings)) {
		s, _ := settings[name].(map[string]any)
		fmt.Fprintf(b, "| %s | %v | %v |\n", name, s["default"], s["description"])
	}
}

// index is the page that lists all policies, a table for each service.
func (l *library) index() string {
	var b strings.Builder
	fmt.Fprintf(&b, `# Policies

%d policies. What they cover, by [control](coverage-controls.md) and by [resource type](coverage-types.md). (These pages are
made from the policies; a test compares.)
`, len(l.policies))
	service := ""
	for _, p := range l.policies {
		parts := strings.SplitN(p.ID, "-", 3)
		if s := parts[0] + " " + parts[1]; s != service {
			service = s
			fmt.Fprintf(&b, "\n## %s\n\n| policy | | severity | level |\n| --- | --- | --- | --- |\n", service)
		}
		fmt.Fprintf(&b, "| %s | %s | %s | %s |\n", link(p), p.Title, p.Severity, p.Level)
	}
	return b.String()
}

// controls is the page that says which policies help to meet each control.
func (l *library) controls() string {
	citing := map[string][]string{}
	for _, p := range l.policies {
		for _, c := range p.Controls {
			citing[c.String()] = append(citing[c.String()], link(p))
		}
	}
	var b strings.Builder
	b.WriteString("# Policies by control\n\nThe controls that infrastructure can show to be met, wholly or partly; " +
		"a dash where no policy does so yet.\n")
	for _, f := range []policy.Framework{frameworks.SOC2, frameworks.ISO27001, frameworks.CISAWS} {
		fmt.Fprintf(&b, "\n## %s\n\n| control | about | evidence | policies |\n| --- | --- | --- | --- |\n", f)
		for _, c := range frameworks.All() {
			if c.Framework != f || c.Evidence == frameworks.No {
				continue
			}
			policies := citing[c.Reference().String()]
			if len(policies) == 0 {
				policies = []string{"–"}
			}
			fmt.Fprintf(&b, "| %s | %s | %s | %s |\n", c.ID, c.Title, c.Evidence, strings.Join(policies, "<br>"))
		}
	}
	return b.String()
}

// types is the page that says which policies are about each resource type.
func (l *library) types() string {
	about := map[string][]string{}
	for _, p := range l.policies {
		for _, token := range p.Types() {
			about[token] = append(about[token], link(p))
		}
	}
	var b strings.Builder
	b.WriteString("# Policies by resource type\n\n| type | policies |\n| --- | --- |\n")
	for _, token := range slices.Sorted(maps.Keys(about)) {
		fmt.Fprintf(&b, "| `%s` | %s |\n", token, strings.Join(about[token], "<br>"))
	}
	return b.String()
}

func link(p policy.Policy) string { return "[" + p.ID + "](" + p.ID + ".md)" }

func about(p policy.Policy) string {
	if p.EveryType() {
		return "every resource"
	}
	return code(p.Types())
}

func code(tokens []string) string {
	quoted := make([]string, len(tokens))
	for i, token := range tokens {
		quoted[i] = "`" + token + "`"
	}
	return strings.Join(quoted, "<br>")
}
