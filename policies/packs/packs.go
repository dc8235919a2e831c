// Package packs says which policies each policy pack of Holdfast holds. The programs beside it serve them.
package packs

import (
	"github.com/holdfast-iac/holdfast/policies/aws"
	"github.com/holdfast-iac/holdfast/policies/policy"
)

// Version is the version of all packs.
const Version = "0.1.0"

// Repository is where the packs come from.
const Repository = "https://github.com/holdfast-iac/holdfast"

// All is every pack.
func All() []policy.PackSpec { return []policy.PackSpec{Security()} }

// Security is the pack that keeps infrastructure closed to those who should not be there, and watched.
func Security() policy.PackSpec {
	return policy.PackSpec{
		Name:        "holdfast-security",
		Version:     Version,
		DisplayName: "Holdfast security",
		Description: "Stops infrastructure that is open to the internet or unwatched, before it is deployed.",
		Tags:        []string{"security"},
		Repository:  Repository,
		Policies:    append(aws.All(), policy.EvidencePolicy, policy.Exemptions),
	}
}
