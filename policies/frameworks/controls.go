package frameworks

import (
	"strings"

	"github.com/holdfast-iac/holdfast/policies/policy"
)

// Controls are those that a policy helps to meet: the ids of each framework, separated by spaces.
type Controls struct {
	// SOC2 are Trust Services Criteria: "CC6.1 CC6.7".
	SOC2 string
	// ISO27001 are controls of Annex A of ISO/IEC 27001:2022: "A.8.24".
	ISO27001 string
	// CISAWS are recommendations of the CIS Amazon Web Services Foundations Benchmark, in the version of CISAWS: "2.2.1".
	CISAWS string
}

// List is the controls as a policy has them.
func (c Controls) List() []policy.Control {
	var all []policy.Control
	for _, cited := range []struct {
		framework policy.Framework
		ids       string
	}{{SOC2, c.SOC2}, {ISO27001, c.ISO27001}, {CISAWS, c.CISAWS}} {
		for id := range strings.FieldsSeq(cited.ids) {
			all = append(all, policy.Control{Framework: cited.framework, ID: id})
		}
	}
	return all
}
