package crosscloud

import (
	"slices"

	"github.com/holdfast-iac/holdfast/policies/frameworks"
	"github.com/holdfast-iac/holdfast/policies/policy"
)

// DataKeptUntilReplaced wants what holds data not to be deleted before what replaces it is there.
var DataKeptUntilReplaced = policy.Policy{
	ID:       "any-data-kept-until-replaced",
	Title:    "What holds data should not be deleted before it is replaced.",
	Severity: policy.Medium,
	Level:    policy.Advisory,
	Rationale: "With deleteBeforeReplace, a change that needs a new resource begins by deleting the old one. If the new one " +
		"then cannot be made, there is neither; and nobody had a moment to move the data.",
	Remediation: "Leave deleteBeforeReplace away, and the name to Pulumi, so that both can be there at a time. Where a name " +
		"must stay, set the option protect or the service's deletionProtection, so that a replacement stops and asks.",
	Controls: frameworks.Controls{SOC2: "A1.2 CC8.1", ISO27001: "A.8.13 A.8.32"}.List(),
	Tags:     []string{"reliability", "data"},
	Bad: []policy.Example{
		{Name: "orders", Type: tableType, DeleteBeforeReplace: true, Properties: props{
			"name": "orders", "hashKey": "id", "attributes": []any{props{"name": "id", "type": "S"}},
		}},
	},
	Good: []policy.Example{
		{Name: "orders", Type: tableType, DeleteBeforeReplace: true, Properties: props{
			"name": "orders", "hashKey": "id", "attributes": []any{props{"name": "id", "type": "S"}},
			"deletionProtectionEnabled": true,
		}},
	},
	Rules: slices.Concat(
		unlessProtected([]string{rdsInstanceType}, func(r *policy.Report, d struct {
			switchable
			Source policy.Value[string] `pulumi:"replicateSourceDb"`
		}) {
			if !d.Source.Present() { // else its data is elsewhere too
				checkReplacement(r, d.DeletionProtection)
			}
		}),
		unlessProtected(slices.Concat([]string{rdsClusterType}, switchedOff, switchedOn),
			func(r *policy.Report, d switchable) { checkReplacement(r, d.DeletionProtection) }),
		unlessProtected([]string{tableType}, func(r *policy.Report, t struct {
			DeletionProtection policy.Value[bool] `pulumi:"deletionProtectionEnabled"`
		}) {
			checkReplacement(r, t.DeletionProtection)
		}),
		unlessProtected(slices.Concat(emptied, unswitched), func(r *policy.Report, _ struct{}) {
			checkReplacement(r, policy.Value[bool]{})
		}),
	),
}

// checkReplacement checks a resource without the option protect.
func checkReplacement(r *policy.Report, protection policy.Value[bool]) {
	if first := r.Resource().Options().DeleteBeforeReplace; first != nil && *first && !protection.Or(false) {
		r.Fail("It sets deleteBeforeReplace, and nothing protects it from deletion.")
	}
}
