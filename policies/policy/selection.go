package policy

import (
	"fmt"
	"slices"
	"strings"
)

// selectionID is the ID of Selection, in every pack that has it.
const selectionID = "selection"

// Selection lets the users of a pack that lists it run only some of its policies, by the pack's configuration: those of a
// severity or graver, and those with a control of one of the frameworks.
//
//	{"selection": {"severity": "high", "frameworks": ["soc2", "cis-aws"]}}
//
// The others are disabled, whatever their level. It has no violations. Where it is disabled, all policies are run.
var Selection = Policy{
	ID:     selectionID,
	Title:  "Only the policies that the pack's configuration selects are run.",
	Level:  Advisory,
	Config: selectionSettings{Severity: Low.String()},
	Rules: []Rule{OnStack(func(r *StackReport, _ struct{}) {
		r.NotApplicable("It selects policies, and checks nothing")
	})},
}

// selectionSettings are the settings of Selection.
type selectionSettings struct {
	Severity   string   `pulumi:"severity" enum:"low,medium,high,critical" description:"The least severity of the policies to run."`
	Frameworks []string `pulumi:"frameworks" description:"Frameworks, such as soc2: only policies with a control of one of these are run; all by default."`
}

// selects reports whether a policy is to be run.
func (s selectionSettings) selects(p Policy) bool {
	if p.Severity != 0 && p.Severity < severityNamed(s.Severity) {
		return false
	}
	return len(s.Frameworks) == 0 || slices.ContainsFunc(p.Controls, func(c Control) bool {
		return slices.ContainsFunc(s.Frameworks, c.Framework.named)
	})
}

// severityNamed is the severity of the name, 0 for none.
func severityNamed(name string) Severity {
	for s := Low; s <= Critical; s++ {
		if s.String() == name {
			return s
		}
	}
	return 0
}

// narrow disables the policies that are not selected. It returns what is wrong with the selection, if anything is.
func (p *Pack) narrow(all []configured) (problems []string) {
	for i, c := range p.policies {
		selection, ok := all[i].config.(selectionSettings)
		if !ok || all[i].level == Disabled {
			continue
		}
		names := p.frameworks()
		for j, asked := range selection.Frameworks {
			if !slices.ContainsFunc(names, func(f Framework) bool { return f.named(asked) }) {
				problems = append(problems, fmt.Sprintf(
					"policy %q: frameworks.%d: the pack has no controls of %q; it has some of %s", c.ID, j, asked, joinFrameworks(names)))
			}
		}
		for k, other := range p.policies {
			if !other.ofSDK() && !selection.selects(other.Policy) {
				all[k].level = Disabled
			}
		}
	}
	return problems
}

// ofSDK reports whether the policy is one of those that serve the pack itself.
func (c *compiled) ofSDK() bool {
	return slices.Contains([]string{exemptionsID, evidenceID, selectionID}, c.ID)
}

// frameworks are those of which the pack's policies have controls.
func (p *Pack) frameworks() []Framework {
	var all []Framework
	for _, c := range p.policies {
		for _, control := range c.Controls {
			if !slices.Contains(all, control.Framework) {
				all = append(all, control.Framework)
			}
		}
	}
	return all
}

func joinFrameworks(all []Framework) string {
	names := make([]string, len(all))
	for i, f := range all {
		names[i] = f.Short()
	}
	return strings.Join(names, ", ")
}
