package componenttest

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/holdfast-iac/holdfast/components/spec"
)

// backupToy is a backup component of a cloud that does not exist, sound but for one flaw. What is common to all concepts
// is tried with toy.
type backupToy struct{ flaw string }

func (c backupToy) has(flaw string) bool { return c.flaw == flaw }

func (c backupToy) create(ctx *pulumi.Context, name string, b spec.Backup, opts ...pulumi.ResourceOption) error {
	if err := b.Validate(); err != nil {
		return fmt.Errorf("backup %q is not valid:\n%w", name, err)
	}
	var component pulumi.ResourceState
	if err := ctx.RegisterComponentResource("holdfast:toy:Backup", name, &component, opts...); err != nil {
		return err
	}
	b = b.WithDefaults()
	child := func(kind, suffix string, props pulumi.Map) error {
		props["tags"] = pulumi.ToStringMap(b.Tags)
		var res pulumi.CustomResourceState
		return ctx.RegisterResource("toy:index:"+kind, name+"-"+suffix, props, &res, pulumi.Parent(&component))
	}
	vault := pulumi.Map{
		"key": pulumi.Bool(!c.has("encrypts nothing")), "force": pulumi.Bool(b.Erasable && !c.has("never deletes") || c.has("always deletes")),
	}
	if !b.Lock.Disabled && !c.has("has no lock") || c.has("cannot unlock") {
		vault["lock"] = pulumi.ToIntArray([]int{b.Lock.MinRetentionDays, b.Lock.MaxRetentionDays, b.Lock.CoolingOffDays})
	}
	if c.has("locks for good") {
		vault["lock"] = pulumi.ToIntArray([]int{b.Lock.MinRetentionDays, b.Lock.MaxRetentionDays, 3})
	}
	if c.has("forgets compliance") {
		vault["lock"] = pulumi.ToIntArray([]int{b.Lock.MinRetentionDays, b.Lock.MaxRetentionDays, 0})
	}
	errs := []error{child("Vault", "vault", vault)}
	for kind, on := range map[string]bool{
		"Test": !b.RestoreTests.Disabled && !c.has("tests no restore"), "Audit": !b.Audit.Disabled || c.has("always audits"),
		"Topic": !b.Notifications.Disabled || c.has("always notifies"),
	} {
		if on {
			errs = append(errs, child(kind, kind, pulumi.Map{}))
		}
	}
	return errors.Join(append(errs, c.plans(b, child)...)...)
}

func (c backupToy) plans(b spec.Backup, child func(string, string, pulumi.Map) error) []error {
	var errs []error
	plans := b.AllPlans()
	for i, name := range slices.Sorted(maps.Keys(plans)) {
		if c.has("has one plan") && name != spec.MainPlan {
			continue
		}
		rules := pulumi.Array{}
		for _, rule := range slices.Sorted(maps.Keys(plans[name].Rules)) {
			if r := plans[name].Rules[rule]; !c.has("makes nothing hourly") || rule != "hourly" {
				rules = append(rules, pulumi.Map{"name": pulumi.String(rule), "days": pulumi.Int(r.RetentionDays), "pit": pulumi.Bool(r.PointInTime)})
			}
		}
		id := name
		if c.has("names plans by index") {
			id = fmt.Sprint(i)
		}
		errs = append(errs, child("Plan", "plan-"+id, pulumi.Map{
			"plan": pulumi.String(name), "tag": pulumi.String(spec.BackupPlanTag(name)), "rules": rules,
		}))
	}
	return errs
}

func (c backupToy) driver() BackupDriver {
	vault := func(r Recording) Resource { return r.OfType("toy:index:Vault")[0] }
	return BackupDriver{
		Driver: Driver[spec.Backup]{
			Concept: "backup", New: c.create, Package: "toy", Token: "holdfast:toy:Backup", Tags: TagsOf,
			Cloud: func(require.TestingT) pulumi.MockResourceMonitor { return Echo{} },
		},
		VaultType: "toy:index:Vault", RestoreTestType: "toy:index:Test", AuditType: "toy:index:Audit", NotificationType: "toy:index:Topic",
		Rules: func(r Recording) map[string]BackupRuleSeen {
			seen := map[string]BackupRuleSeen{}
			for _, plan := range r.OfType("toy:index:Plan") {
				for _, rule := range plan.Inputs["rules"].ArrayValue() {
					props := rule.ObjectValue()
					seen[plan.Inputs["plan"].StringValue()+"/"+props["name"].StringValue()] = BackupRuleSeen{
						RetentionDays: int(props["days"].NumberValue()), PointInTime: props["pit"].BoolValue(),
					}
				}
			}
			return seen
		},
		Lock: func(r Recording) *BackupLockSeen {
			lock := vault(r).Inputs["lock"]
			if !lock.IsArray() {
				return nil
			}
			days := lock.ArrayValue()
			return &BackupLockSeen{int(days[0].NumberValue()), int(days[1].NumberValue()), int(days[2].NumberValue())}
		},
		Selected: func(r Recording) (values []string) {
			for _, plan := range r.OfType("toy:index:Plan") {
				values = append(values, plan.Inputs["tag"].StringValue())
			}
			return values
		},
		Erasable: func(r Recording) bool { return vault(r).Inputs["force"].BoolValue() },
		Spanning: []string{"toy:index:Plan.rules"},
		Protected: func(t require.TestingT, r Recording) {
			assert.True(t, vault(r).Inputs["key"].BoolValue())
		},
	}
}

// backupFailures returns the checks that the driver's component fails.
func backupFailures(d BackupDriver) []string {
	var failed []string
	for name, check := range d.checks() {
		v := &verdict{}
		func() {
			defer func() {
				if r := recover(); r != nil && r != any(v) {
					panic(r)
				}
			}()
			check(v)
		}()
		if v.failed {
			failed = append(failed, name)
		}
	}
	return failed
}

// The suite passes a sound component, and finds each flaw in the check that is there for it.
func TestBackupSuiteFindsFlaws(t *testing.T) {
	t.Parallel()
	require.Empty(t, backupFailures(backupToy{}.driver()), "a component without flaws passes")
	for flaw, check := range map[string]string{
		"encrypts nothing":     "defaults are strong",
		"has no lock":          "defaults are strong",
		"locks for good":       "defaults are strong",
		"tests no restore":     "defaults are strong",
		"makes nothing hourly": "defaults are strong",
		"always deletes":       "defaults are strong",
		"cannot unlock":        "weakening is explicit",
		"never deletes":        "weakening is explicit",
		"always audits":        "weakening is explicit",
		"always notifies":      "weakening is explicit",
		"forgets compliance":   "compliance is explicit",
		"has one plan":         "growth replaces nothing",
		"names plans by index": "growth replaces nothing",
	} {
		t.Run(flaw, func(t *testing.T) {
			t.Parallel()
			assert.Contains(t, backupFailures(backupToy{flaw}.driver()), check)
		})
	}
}

func TestBackupSuite(t *testing.T) {
	t.Parallel()
	Backup(t, backupToy{}.driver())
}
