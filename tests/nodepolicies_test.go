package tests

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/holdfast-iac/holdfast/policies/policy"
)

// The policies of testdata/node-peer/index.js, written with this project's SDK.

const peerThing, peerOther = "test:index:Thing", "test:index:Other"

type peerProps struct {
	Value policy.Value[any]     `pulumi:"value"`
	Text  policy.Value[string]  `pulumi:"text"`
	Count policy.Value[float64] `pulumi:"count"`
	Flag  policy.Value[bool]    `pulumi:"flag"`
	Rules policy.List[peerRule] `pulumi:"rules"`
	Ports policy.List[float64]  `pulumi:"ports"`
	Copy  policy.Value[string]  `pulumi:"copy"`
	Deep  policy.Map[string]    `pulumi:"deep"`
}

type peerRule struct {
	Port policy.Value[float64] `pulumi:"port"`
	From policy.List[string]   `pulumi:"from"`
	Name policy.Value[string]  `pulumi:"name"`
}

type peerResources struct {
	Things policy.Resources[peerProps] `pulumi:"test:index:Thing"`
}

type peerLimits struct {
	Most  int       `pulumi:"most" description:"The most characters." max:"100" json:"most"`
	Names []string  `pulumi:"names" enum:"short,long" json:"names"`
	Deep  peerRatio `pulumi:"deep" json:"deep"`
}

type peerRatio struct {
	On    bool    `pulumi:"on" json:"on"`
	Ratio float64 `pulumi:"ratio" json:"ratio"`
}

var peerDefaults = peerLimits{Most: 10, Names: []string{"short"}, Deep: peerRatio{Ratio: 0.5}}

// canonical is JSON with sorted keys.
func canonical(v any) string {
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(v); err != nil {
		panic(err)
	}
	return strings.TrimSpace(b.String())
}

func onThing(id, title string, check func(*policy.Report, peerProps)) policy.Policy {
	return policy.Policy{ID: id, Title: title, Rules: []policy.Rule{policy.On(peerThing, check)}}
}

func mendThing(id, title string, mend func(*policy.Remediation, peerProps)) policy.Policy {
	return policy.Policy{ID: id, Title: title, Rules: []policy.Rule{policy.OnRemediate(peerThing, mend)}}
}

func onStack(id, title string, check func(*policy.StackReport, struct{})) policy.Policy {
	return policy.Policy{ID: id, Title: title, Rules: []policy.Rule{policy.OnStack(check)}}
}

func severe(severity policy.Severity, p policy.Policy) policy.Policy {
	p.Severity = severity
	return p
}

func withLimits(p policy.Policy) policy.Policy {
	p.Config = peerDefaults
	return p
}

func optionsOf(n *policy.Node) string {
	o := n.Options()
	var parent any
	if o.Parent != "" {
		parent = o.Parent
	}
	return canonical(map[string]any{
		"protect": o.Protect, "ignoreChanges": texts(o.IgnoreChanges), "aliases": texts(o.Aliases), "parent": parent,
		"deleteBeforeReplace": o.DeleteBeforeReplace, "additionalSecretOutputs": texts(o.AdditionalSecretOutputs),
		"timeouts": []float64{o.CreateTimeout.Seconds(), o.UpdateTimeout.Seconds(), o.DeleteTimeout.Seconds()},
	})
}

// texts is never nil, which JSON would show as null.
func texts(all []string) []string { return append([]string{}, all...) }

func providerOf(n *policy.Node) string {
	p := n.Provider()
	if p == nil {
		return "null"
	}
	var region any
	if setting := p.Setting("region"); setting.Present() {
		region = setting.Get()
	}
	return canonical(map[string]any{"urn": p.URN(), "type": p.Type(), "name": p.Name(), "region": region})
}

var peerResourcePolicies = []policy.Policy{
	onThing("value", "Values are told.", func(r *policy.Report, p peerProps) { r.Fail("%s", canonical(p.Value.Get())) }),
	severe(policy.High, onThing("text", "Texts must not be bad.", func(r *policy.Report, p peerProps) {
		if p.Text.Get() == "bad" {
			r.Fail("It is %v.", p.Text)
		}
	})),
	severe(policy.Low, onThing("count", "Counts must be small.", func(r *policy.Report, p peerProps) {
		if p.Count.Get() > 10 {
			r.Fail("It is %s.", canonical(p.Count.Get()))
		}
	})),
	severe(policy.Critical, onThing("flag", "Flags must be up.", func(r *policy.Report, p peerProps) {
		if !p.Flag.Get() {
			r.Fail("")
		}
	})),
	severe(policy.Medium, onThing("rules", "Ports must be closed.", func(r *policy.Report, p peerProps) {
		p.Rules.Each(func(_ int, rule peerRule) {
			rule.From.Each(func(_ int, from string) {
				if from == "all" && rule.Port.Get() < 1024 {
					r.Fail("Port %s is open.", canonical(rule.Port.Get()))
				}
			})
		})
	})),
	onThing("each", "Every port must be closed.", func(r *policy.Report, p peerProps) {
		p.Ports.Each(func(_ int, port float64) {
			if port < 1024 {
				r.Fail("Port %s is open.", canonical(port))
			}
		})
	}),
	onThing("several", "Many things are wrong.", func(r *policy.Report, _ peerProps) {
		r.Fail("First.")
		r.Fail("")
		r.Fail("Third:\nin two lines.")
	}),
	onThing("present", "Presence is told.", func(r *policy.Report, p peerProps) { r.Fail("%t", p.Value.Present()) }),
	severe(policy.High, onThing("partly", "What is certain comes first.", func(r *policy.Report, p peerProps) {
		r.Fail("This is certain.")
		r.Fail("%s", canonical(p.Value.Get()))
		r.Fail("Never reached with an unknown.")
	})),
	onThing("options", "Options are told.", func(r *policy.Report, _ peerProps) { r.Fail("%s", optionsOf(r.Resource())) }),
	onThing("provider", "Providers are told.", func(r *policy.Report, _ peerProps) { r.Fail("%s", providerOf(r.Resource())) }),
	onThing("identity", "Resources are told.", func(r *policy.Report, _ peerProps) {
		n := r.Resource()
		r.Fail("%s %s %s", n.URN(), n.Type(), n.Name())
	}),
	onThing("tags", "Stack tags are told.", func(r *policy.Report, _ peerProps) { r.Fail("%s", tagsOf(r.Deployment())) }),
	onThing("excused", "Some are excused.", func(r *policy.Report, p peerProps) {
		if p.Text.Get() == "good" {
			r.NotApplicable("Good texts are excused.")
		}
		r.Fail("It is not excused.")
	}),
	withLimits(onThing("settings", "Settings are told.", func(r *policy.Report, _ peerProps) {
		r.Fail("%s", settingsOf(policy.Settings[peerLimits](r)))
	})),
	severe(policy.High, onThing("throws", "Rules may fail.", func(*policy.Report, peerProps) { panic("on purpose") })),
	{ID: "two-types", Title: "Two types are told.", Rules: []policy.Rule{
		policy.On(peerThing, func(r *policy.Report, _ struct{}) { r.Fail("a thing") }),
		policy.On(peerOther, func(r *policy.Report, _ struct{}) { r.Fail("an other") }),
	}},
	{ID: "two-rules", Title: "Two rules tell.", Rules: []policy.Rule{
		policy.On(peerThing, func(r *policy.Report, p peerProps) { r.Fail("%s", canonical(p.Value.Get())) }),
		policy.On(peerThing, func(r *policy.Report, p peerProps) { r.Fail("Second: %s", canonical(p.Value.Get())) }),
		policy.On(peerThing, func(r *policy.Report, _ struct{}) { r.Fail("Third.") }),
	}},
	{ID: "other", Title: "Others are told.", Rules: []policy.Rule{
		policy.On(peerOther, func(r *policy.Report, p peerProps) { r.Fail("%s", canonical(p.Value.Get())) }),
	}},
}

var peerRemediations = []policy.Policy{
	mendThing("mend-text", "Texts end in a mark.", func(r *policy.Remediation, p peerProps) {
		if p.Text.Present() && !strings.HasSuffix(p.Text.Get(), "!") {
			r.Set("text", p.Text.Get()+"!")
		}
	}),
	mendThing("mend-copy", "Copies are kept.", func(r *policy.Remediation, p peerProps) { r.Set("copy", "copy of "+p.Text.Get()) }),
	mendThing("mend-deep", "Deep things are named.", func(r *policy.Remediation, p peerProps) { r.Set("deep.name", "deep") }),
	mendThing("mend-first", "First items are named.", func(r *policy.Remediation, p peerProps) {
		if p.Rules.Len() > 0 {
			r.Set("rules.0.name", "first")
		}
	}),
	mendThing("mend-value", "Values are replaced.", func(r *policy.Remediation, _ peerProps) {
		r.Set("value", map[string]any{"kind": "new", "list": []any{1, true, nil, "x"}})
	}),
	mendThing("mend-null", "Values are cleared.", func(r *policy.Remediation, _ peerProps) { r.Set("value", nil) }),
	mendThing("mend-known", "Only what is known is mended.", func(r *policy.Remediation, p peerProps) {
		if p.Value.Present() {
			r.Set("text", "value "+canonical(p.Value.Get()))
		}
	}),
	mendThing("mend-partly", "Mended before it is known.", func(r *policy.Remediation, p peerProps) {
		r.Set("text", "partly mended")
		r.Set("copy", canonical(p.Value.Get()))
	}),
	mendThing("mend-excused", "Some are excused.", func(r *policy.Remediation, p peerProps) {
		if p.Text.Get() == "good" {
			r.NotApplicable("Good texts are excused.")
		}
		r.Set("text", "excused no more")
	}),
	mendThing("mend-throws", "Remediations may fail.", func(*policy.Remediation, peerProps) { panic("on purpose") }),
	{ID: "mend-both", Title: "Mended or told.", Rules: []policy.Rule{
		policy.OnRemediate(peerThing, func(r *policy.Remediation, p peerProps) {
			if !p.Flag.Present() {
				r.Set("flag", true)
			}
		}),
		policy.On(peerThing, func(r *policy.Report, p peerProps) {
			if !p.Flag.Get() {
				r.Fail("There is no flag.")
			}
		}),
	}},
	{ID: "mend-other", Title: "Others are mended.", Rules: []policy.Rule{
		policy.OnRemediate(peerOther, func(r *policy.Remediation, _ peerProps) { r.Set("text", "mended") }),
	}},
}

var peerStackPolicies = []policy.Policy{
	onStack("graph", "Graphs are told.", func(r *policy.StackReport, _ struct{}) {
		for _, n := range r.Stack().Nodes() {
			var parent any
			if n.Parent() != nil {
				parent = n.Parent().Name()
			}
			r.Fail(n, "%s", canonical(map[string]any{
				"type": n.Type(), "name": n.Name(), "parent": parent, "dependencies": nodeNames(n.Dependencies()),
				"a": nodeNames(n.PropertyDependencies("a")), "b": nodeNames(n.PropertyDependencies("b")),
			}))
		}
	}),
	onStack("surroundings", "Surroundings are told.", func(r *policy.StackReport, _ struct{}) {
		for _, n := range r.Stack().Nodes() {
			r.Fail(n, "%s %s", optionsOf(n), providerOf(n))
		}
		r.Fail(nil, "%s", tagsOf(r.Deployment()))
	}),
	{ID: "texts", Title: "Texts must not be bad.", Rules: []policy.Rule{
		policy.OnStack(func(r *policy.StackReport, all peerResources) {
			all.Things.Each(func(t policy.Resource[peerProps]) {
				if t.Props.Text.Get() == "bad" {
					r.Fail(t.Node, "It is %v.", t.Props.Text)
				}
			})
		}),
	}},
	{ID: "values", Title: "Values are told.", Rules: []policy.Rule{
		policy.OnStack(func(r *policy.StackReport, all peerResources) {
			for _, t := range all.Things.Get() {
				r.Fail(t.Node, "%s", canonical(t.Props.Value.Get()))
			}
		}),
	}},
	{ID: "referred", Title: "Things must be referred to.", Rules: []policy.Rule{
		policy.OnStack(func(r *policy.StackReport, all struct {
			Things policy.Resources[struct{}] `pulumi:"test:index:Thing"`
			Others policy.Resources[struct{}] `pulumi:"test:index:Other"`
		}) {
			for _, t := range all.Things.Get() {
				if !all.Others.Any(func(o policy.Resource[struct{}]) bool { return o.References("a", t.Node) }) {
					r.Fail(t.Node, "Nothing refers to it.")
				}
			}
		}),
	}},
	{ID: "counted", Title: "Things are counted.", Rules: []policy.Rule{
		policy.OnStack(func(r *policy.StackReport, all peerResources) { r.Fail(nil, "%d things", all.Things.Len()) }),
	}},
	onStack("stack-excused", "Small stacks are excused.", func(r *policy.StackReport, _ struct{}) {
		if len(r.Stack().Nodes()) < 3 {
			r.NotApplicable("Small stacks are excused.")
		}
		r.Fail(nil, "It is large.")
	}),
	withLimits(onStack("stack-settings", "Settings are told.", func(r *policy.StackReport, _ struct{}) {
		r.Fail(nil, "%s", settingsOf(policy.Settings[peerLimits](r)))
	})),
	onStack("stack-throws", "Stack rules may fail.", func(*policy.StackReport, struct{}) { panic("on purpose") }),
}

func nodeNames(nodes []*policy.Node) []string {
	names := []string{}
	for _, n := range nodes {
		names = append(names, n.Name())
	}
	return names
}

func tagsOf(d policy.Deployment) string {
	tags := map[string]string{}
	for key, value := range d.Tags {
		tags[key] = value
	}
	return canonical(tags)
}

func settingsOf(limits peerLimits) string {
	return canonical(map[string]any{
		"most": limits.Most, "names": limits.Names, "deep": map[string]any{"on": limits.Deep.On, "ratio": limits.Deep.Ratio},
	})
}

var peerLevels = []policy.Level{0, policy.Advisory, policy.Mandatory, policy.Remediate, policy.Disabled}

// peerLevelled are policies that tell their level by reporting.
func peerLevelled() (all []policy.Policy) {
	for _, level := range peerLevels {
		name := level.String()
		if level == 0 {
			name = "unset"
		}
		p := onThing("level-"+name, fmt.Sprintf("The level is %s.", name), func(r *policy.Report, _ peerProps) {
			r.Fail("It is reported.")
		})
		p.Level = level
		all = append(all, p)
	}
	return all
}

// peerPacks are the packs by name.
func peerPacks() map[string]policy.PackSpec {
	rich, settings := peerLevelled()[0], policy.Policy{}
	rich.ID, rich.Severity, rich.Tags, rich.URL = "rich", policy.Medium, []string{"a", "b"}, "https://example.com/rich"
	rich.Rationale, rich.Remediation = "It is rich.", "Mend it."
	rich.Controls = []policy.Control{{Framework: policy.Framework{Name: "Frame", Version: "2.0"}, ID: "R.1"}}
	for _, p := range peerResourcePolicies {
		if p.ID == "settings" {
			settings = p
		}
	}
	packs := map[string]policy.PackSpec{
		"peer": {
			Level:    policy.Disabled,
			Policies: append(append(append([]policy.Policy{}, peerResourcePolicies...), peerRemediations...), peerStackPolicies...),
		},
		"levels": {Level: policy.Mandatory, Policies: peerLevelled()},
		"plain":  {Policies: peerLevelled()},
		"described": {
			DisplayName: "Described", Description: "A pack with all its metadata.", Readme: "# Described\n\nRead me.",
			Provider: "test", Tags: []string{"one", "two"}, Repository: "https://example.com/described", Level: policy.Mandatory,
			Policies: []policy.Policy{rich, settings, peerStackPolicies[0]},
			Initial: map[string]policy.Setting{
				"rich":     {Level: policy.Mandatory},
				"settings": {Properties: map[string]any{"most": 20}},
				"graph":    {Level: policy.Disabled},
			},
		},
	}
	for name, spec := range packs {
		spec.Name, spec.Version = name, "1.2.3"
		packs[name] = spec
	}
	return packs
}
