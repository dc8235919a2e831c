// Package frameworks holds the controls of the compliance frameworks that policies refer to: each with its id, its
// subject, and whether infrastructure can show that it is met. The frameworks' texts are their owners': titles here are
// our own words, say what a control is about, and do not replace it.
package frameworks

import (
	"slices"
	"sync"

	"github.com/holdfast-iac/holdfast/policies/policy"
)

// The frameworks.
var (
	// CISAWS is the CIS Amazon Web Services Foundations Benchmark, in the version that policies cite. Its ids change with
	// the version: see CISAWSVersions.
	CISAWS = policy.Framework{Name: "CIS AWS Foundations", Version: "5.0.0"}
	// SOC2 is the AICPA's Trust Services Criteria of 2017, on which SOC 2 reports are made.
	SOC2 = policy.Framework{Name: "SOC 2"}
	// ISO27001 is Annex A of ISO/IEC 27001.
	ISO27001 = policy.Framework{Name: "ISO/IEC 27001", Version: "2022"}
)

// Evidence says whether infrastructure can show that a control is met.
type Evidence int

// The kinds of evidence. A judgement of ours, which an auditor need not share.
const (
	// Yes: the control is about settings of infrastructure, and these show it.
	Yes Evidence = iota + 1
	// Partly: infrastructure shows a part; people, processes or other systems have to show the rest.
	Partly
	// No: it is about people, papers or places.
	No
)

// String is "yes", "partly" or "no".
func (e Evidence) String() string {
	if e < Yes || e > No {
		return "invalid"
	}
	return []string{"yes", "partly", "no"}[e-Yes]
}

// Control is a control of a framework.
type Control struct {
	// Framework is the catalogue that the control is in.
	Framework policy.Framework
	// ID is its id there, such as "CC6.6".
	ID string
	// Title says in our words what it is about.
	Title string
	// Evidence says whether infrastructure can show that it is met.
	Evidence Evidence
	// Why says in a few words why it can or cannot.
	Why string
}

// Reference is the control as policies refer to it.
func (c Control) Reference() policy.Control { return policy.Control{Framework: c.Framework, ID: c.ID} }

// All is every control of every framework, each framework in the order of its ids.
func All() []Control {
	all := slices.Concat(of(SOC2, soc2), of(ISO27001, iso27001))
	for _, version := range CISAWSVersions() {
		all = append(all, cisAWSOf(version)...)
	}
	return all
}

// Find is the control that a policy refers to, by framework, version and id. It reports false if there is none.
func Find(c policy.Control) (Control, bool) { return Lookup(c.String()) }

// Lookup is the control of a reference such as "SOC 2 CC6.6", "ISO/IEC 27001 2022 A.8.20" or "CIS AWS Foundations 5.0.0
// 3.7": the form of policy.Control.String, and of the tags by which the engine knows a policy's controls. It reports
// false if there is none.
func Lookup(reference string) (Control, bool) {
	c, ok := byReference()[reference]
	return c, ok
}

var byReference = sync.OnceValue(func() map[string]Control {
	index := map[string]Control{}
	for _, c := range All() {
		index[c.Reference().String()] = c
	}
	return index
})

// entry is a control in the table of its framework.
type entry struct {
	id, title string
	evidence  Evidence
	why       string
}

func of(f policy.Framework, entries []entry) []Control {
	controls := make([]Control, len(entries))
	for i, e := range entries {
		controls[i] = Control{f, e.id, e.title, e.evidence, e.why}
	}
	return controls
}
