// Package frameworks names the compliance frameworks that policies refer to. The frameworks' texts are their owners':
// policies say in their own words what they check, and cite the control by its id.
package frameworks

import "github.com/holdfast-iac/holdfast/policies/policy"

// The frameworks.
var (
	// CISAWS is the CIS Amazon Web Services Foundations Benchmark. Its ids change with the version.
	CISAWS = policy.Framework{Name: "CIS AWS Foundations", Version: "5.0.0"}
	// SOC2 is the AICPA's Trust Services Criteria of 2017, on which SOC 2 reports are made.
	SOC2 = policy.Framework{Name: "SOC 2"}
	// ISO27001 is Annex A of ISO/IEC 27001.
	ISO27001 = policy.Framework{Name: "ISO/IEC 27001", Version: "2022"}
)
