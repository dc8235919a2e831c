package crosscloud

import (
	"github.com/holdfast-iac/holdfast/policies/frameworks"
	"github.com/holdfast-iac/holdfast/policies/policy"
)

// DataProtected wants what holds data to outlive a mistake in the program: by the resource option protect, or by what its
// service has for that. For databases of RDS and tables of DynamoDB there are policies of their own.
var DataProtected = policy.Policy{
	ID:       "any-data-protected",
	Title:    "What holds data should be protected from deletion.",
	Severity: policy.Medium,
	Level:    policy.Advisory,
	Rationale: "A resource that is renamed, or taken out of the program, is deleted at the next update, and its data with it; " +
		"`pulumi destroy` in the wrong stack deletes all of it.",
	Remediation: "Set the resource option protect, or the protection that the service has (deletionProtection); do not set " +
		"forceDestroy. To delete it, unprotect it first: two steps that one does not take by mistake.",
	Controls: frameworks.Controls{SOC2: "A1.2 PI1.5", ISO27001: "A.5.33 A.8.13"}.List(),
	Tags:     []string{"reliability", "data"},
	Bad: []policy.Example{
		{Name: "shared", Type: fileSystemType, Properties: props{"encrypted": true}},
		{Name: "invoices", Type: bucketType, Properties: props{"forceDestroy": true}},
	},
	Good: []policy.Example{
		{Name: "shared", Type: fileSystemType, Properties: props{"encrypted": true}, Protect: true},
		{Name: "invoices", Type: bucketType, Properties: props{}},
	},
	Rules: append(append(
		unlessProtected(emptied, func(r *policy.Report, d deletable) {
			if d.ForceDestroy.Or(false) {
				r.Fail("It sets forceDestroy, so it is deleted with all that is in it.")
			}
		}),
		unlessProtected(unswitched, func(r *policy.Report, _ struct{}) {
			r.Fail("It has no option protect, and its service has no protection from deletion.")
		})...),
		append(
			unlessProtected(switchedOff, func(r *policy.Report, d switchable) {
				if !d.DeletionProtection.Or(false) {
					r.Fail("It has neither the option protect nor deletionProtection.")
				}
			}),
			unlessProtected(switchedOn, func(r *policy.Report, d switchable) {
				if !d.DeletionProtection.Or(true) {
					r.Fail("It sets deletionProtection to false, and has no option protect.")
				}
			})...)...),
}

// The types that hold data.
var (
	// emptied are deleted only when they are empty, unless they set forceDestroy.
	emptied = []string{bucketType, oldBucketType, gcpBucketType, spacesBucketType}
	// unswitched have nothing but Pulumi's own protection. Disks are left out: they are many, and come and go.
	unswitched = []string{
		fileSystemType, redshiftClusterType, searchDomainType, storageAccountType, azurePostgresType, filestoreType, doDatabaseType,
	}
	// switchedOff have a protection that is off unless it is set, switchedOn one that is on, or that is better not set to false.
	switchedOff = []string{neptuneClusterType, docDBClusterType}
	switchedOn  = []string{sqlInstanceType, spannerDatabaseType, bigtableType, bigQueryTableType}
)

type deletable struct {
	ForceDestroy policy.Value[bool] `pulumi:"forceDestroy"`
}

type switchable struct {
	DeletionProtection policy.Value[bool] `pulumi:"deletionProtection"`
}

// unlessProtected are rules for each of the types, which check resources without the option protect.
func unlessProtected[T any](tokens []string, check func(*policy.Report, T)) []policy.Rule {
	var rules []policy.Rule
	for _, token := range tokens {
		rules = append(rules, policy.On(token, func(r *policy.Report, props T) {
			if !r.Resource().Options().Protect {
				check(r, props)
			}
		}))
	}
	return rules
}
