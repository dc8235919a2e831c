package packs

import (
	"testing"

	"github.com/holdfast-iac/holdfast/policies/policytest"
)

// TestEveryPolicyIsLinear: whatever a policy looks up for each resource of a stack. It counts what is allocated, and so is
// not parallel.
func TestEveryPolicyIsLinear(t *testing.T) {
	for _, p := range Policies() {
		t.Run(p.ID, func(t *testing.T) { policytest.RunLinear(t, p) })
	}
}
