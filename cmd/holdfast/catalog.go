package main

import (
	"context"
	"maps"
	"slices"
	"strings"

	"google.golang.org/protobuf/types/known/emptypb"

	"github.com/holdfast-iac/holdfast/internal/pulumigo"
	"github.com/holdfast-iac/holdfast/policies/policy"
	"github.com/holdfast-iac/holdfast/simulator/schema"
)

// entry is what there is to know about a policy. It is also the form in which --json prints one.
type entry struct {
	ID          string    `json:"id"`
	Title       string    `json:"title"`
	Severity    string    `json:"severity,omitempty"`
	Cloud       string    `json:"cloud"`
	Packs       []inPack  `json:"packs"`
	Types       []string  `json:"types"`
	EveryType   bool      `json:"everyType"`
	Remediates  bool      `json:"remediates"`
	Settings    []setting `json:"settings"`
	Controls    []control `json:"controls"`
	Rationale   string    `json:"rationale,omitempty"`
	Remediation string    `json:"remediation,omitempty"`
	Example     string    `json:"example,omitempty"`
	URL         string    `json:"url,omitempty"`
	Tags        []string  `json:"tags"`
	Peers       []string  `json:"peers"`
}

// inPack is a pack that has the policy, and the level that the policy has there unless it is configured.
type inPack struct {
	Pack       string `json:"pack"`
	Level      string `json:"level"`
	exemptions bool   // whether the pack's users can exempt resources
}

// setting is one setting of a policy: its Schema is JSON Schema.
type setting struct {
	Name        string         `json:"name"`
	Description string         `json:"description,omitempty"`
	Default     any            `json:"default"`
	Schema      map[string]any `json:"schema"`
}

// control is a requirement of a framework, which --framework knows by its short name and by its family.
type control struct {
	Short     string `json:"short"`
	family    string
	Framework string `json:"framework"`
	Version   string `json:"version,omitempty"`
	ID        string `json:"id"`
}

// catalog lists the policies of the packs by id, each once, with all packs that have it.
func catalog(packs []policy.PackSpec) ([]entry, error) {
	var entries []entry
	for _, spec := range packs {
		pack, err := policy.NewPack(spec)
		if err != nil {
			return nil, err
		}
		// What the engine is told of the policies has their levels and settings as they are in the pack.
		info, err := policy.NewServer(pack).GetAnalyzerInfo(context.Background(), &emptypb.Empty{})
		if err != nil {
			return nil, err
		}
		exemptions := slices.ContainsFunc(spec.Policies, isExemptions)
		for i, p := range spec.Policies {
			at := slices.IndexFunc(entries, func(e entry) bool { return e.ID == p.ID })
			if at < 0 {
				at = len(entries)
				entries = append(entries, newEntry(p, info.Policies[i].GetConfigSchema().GetProperties().AsMap()))
			}
			level := info.Policies[i].GetEnforcementLevel()
			if initial, ok := info.InitialConfig[p.ID]; ok {
				level = initial.GetEnforcementLevel()
			} else if initial, ok := info.InitialConfig["all"]; ok {
				level = initial.GetEnforcementLevel()
			}
			entries[at].Packs = append(entries[at].Packs,
				inPack{shortName(spec), strings.ToLower(level.String()), exemptions})
		}
	}
	slices.SortFunc(entries, func(a, b entry) int { return strings.Compare(a.ID, b.ID) })
	return entries, nil
}

func isExemptions(p policy.Policy) bool { return p.ID == policy.Exemptions.ID }

func newEntry(p policy.Policy, settings map[string]any) entry {
	e := entry{
		ID: p.ID, Title: p.Title, Severity: p.Severity.String(), Cloud: cloudOf(p.ID), Types: p.Types(), EveryType: p.EveryType(),
		Remediates: p.Remediates(), Rationale: p.Rationale, Remediation: p.Remediation, URL: p.URL,
		Settings: settingsOf(settings), Controls: []control{}, Example: example(p),
		Tags: append([]string{}, p.Tags...), Peers: append([]string{}, p.Peers...),
	}
	if e.Types == nil {
		e.Types = []string{} // a list in JSON, too
	}
	for _, c := range p.Controls {
		e.Controls = append(e.Controls, control{c.Framework.Short(), c.Framework.Family(), c.Framework.Name, c.Framework.Version, c.ID})
	}
	return e
}

// example is what meets the policy as a program in Go, empty if the policy has none on a cloud whose schema is known.
func example(p policy.Policy) string {
	open, ok := map[string]func() (*schema.Package, error){
		"aws": schema.AWS, "azure": schema.Azure, "gcp": schema.GCP, "digitalocean": schema.DigitalOcean,
	}[cloudOf(p.ID)]
	if !ok || len(p.Good) == 0 {
		return ""
	}
	known, err := open()
	if err != nil {
		return ""
	}
	program, _ := pulumigo.Program(known, p.Good) // those of the packs are programs: the tests of their pages hold it
	return program
}

func settingsOf(schema map[string]any) []setting {
	settings := []setting{}
	for _, name := range slices.Sorted(maps.Keys(schema)) {
		properties := schema[name].(map[string]any) // as the SDK makes schemas
		s := setting{Name: name, Default: properties["default"], Schema: properties}
		s.Description, _ = properties["description"].(string)
		delete(properties, "default")
		delete(properties, "description")
		settings = append(settings, s)
	}
	return settings
}

// cloudNames are the clouds by which the ids of policies begin. What is about none in particular is of "any".
var cloudNames = []string{"aws", "azure", "digitalocean", "gcp", "any"}

func cloudOf(id string) string {
	cloud, _, _ := strings.Cut(id, "-")
	if slices.Contains(cloudNames, cloud) {
		return cloud
	}
	return "any"
}
