package componenttest

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/holdfast-iac/holdfast/components/spec"
)

// server is a database or cache component of a cloud that does not exist, sound but for one flaw. Its one resource has the
// facts as inputs.
type server struct {
	flaw  string
	token string
	noun  string
}

func (c server) has(flaw string) bool { return c.flaw == flaw }

// create registers the component with a server and with copies by their names.
func (c server) create(
	ctx *pulumi.Context, name string, invalid error, tags map[string]string, facts pulumi.Map, copies []string,
	opts ...pulumi.ResourceOption,
) error {
	if invalid != nil && !c.has("takes what is wrong") {
		return fmt.Errorf("%s %q is not valid:\n%w", c.noun, name, invalid)
	}
	var component pulumi.ResourceState
	if err := ctx.RegisterComponentResource(c.token, name, &component, opts...); err != nil {
		return err
	}
	child := func(kind, part string, props pulumi.Map) error {
		props = maps.Clone(props)
		props["tags"] = pulumi.ToStringMap(tags)
		var res pulumi.CustomResourceState
		return ctx.RegisterResource("toy:index:"+kind, name+"-"+part, props, &res, pulumi.Parent(&component))
	}
	errs := []error{child("Server", "server", facts)}
	for i, each := range copies {
		props := pulumi.Map{"of": pulumi.String(each)}
		if c.has("numbers children") {
			props["number"] = pulumi.Int(i)
		}
		if c.has("names children by index") {
			each = fmt.Sprint(i)
		}
		errs = append(errs, child("Copy", "copy-"+each, props))
	}
	if err := errors.Join(errs...); err != nil {
		return fmt.Errorf("%s %q: %w", c.noun, name, err)
	}
	return nil
}

func (c server) database() DatabaseDriver {
	c.token, c.noun = "holdfast:toy:Database", "database"
	return DatabaseDriver{
		Driver: Driver[spec.Database]{
			Concept: c.noun, Package: "toy", Token: c.token, Tags: TagsOf,
			Cloud: func(require.TestingT) pulumi.MockResourceMonitor { return Echo{} },
			New: func(ctx *pulumi.Context, name string, d spec.Database, opts ...pulumi.ResourceOption) error {
				full := d.WithDefaults()
				return c.create(ctx, name, d.Validate(), d.Tags, pulumi.Map{
					"version": pulumi.Int(full.Version), "size": pulumi.Int(full.StorageGiB), "most": pulumi.Int(full.MaxStorageGiB),
					"standby": pulumi.String(full.Standby), "days": pulumi.Int(full.BackupRetentionDays),
					"logs": pulumi.Int(full.LogRetentionDays), "slow": pulumi.Int(full.SlowMilliseconds),
					"open": pulumi.Bool(c.has("is open") || c.has("is open when it can be deleted") && d.DeletionAllowed),
					"keep": pulumi.Bool(!d.DeletionAllowed), "last": pulumi.Bool(!d.FinalBackupSkipped || c.has("cannot skip the last backup")),
					"minor": pulumi.Bool(!d.MinorUpgradesDisabled), "major": pulumi.Bool(d.MajorUpgradeAllowed),
					"now": pulumi.Bool(d.ApplyImmediately), "told": pulumi.Bool(!d.Notifications.Disabled || c.has("tells all the same")),
				}, slices.Sorted(maps.Keys(d.Replicas)), opts...)
			},
		},
		Facts: func(_ require.TestingT, r Recording) DatabaseFacts {
			in := r.OfType("toy:index:Server")[0].Inputs
			number := func(key resource.PropertyKey) int { return int(in[key].NumberValue()) }
			standby := spec.Standby(in["standby"].StringValue())
			return DatabaseFacts{
				Version: number("version"), StorageGiB: number("size"), MaxStorageGiB: number("most"), BackupDays: number("days"),
				LogDays: number("logs"), SlowMilliseconds: number("slow"), Replicas: len(r.OfType("toy:index:Copy")),
				Standbys:         map[spec.Standby]int{spec.StandbyZone: 1, spec.StandbyReadable: 2}[standby],
				ReadableStandbys: standby == spec.StandbyReadable,
				Private:          !in["open"].BoolValue(), Encrypted: true, TLSOnly: true,
				Protected: in["keep"].BoolValue(), FinalBackup: in["last"].BoolValue(),
				MinorUpgrades: in["minor"].BoolValue(), MajorUpgrades: in["major"].BoolValue(), Immediately: in["now"].BoolValue(),
				Notified: in["told"].BoolValue(),
			}
		},
	}
}

func (c server) cache() CacheDriver {
	c.token, c.noun = "holdfast:toy:Cache", "cache"
	return CacheDriver{
		Resized: []string{
			"toy:index:Server.shards", "toy:index:Server.replicas", "toy:index:Server.maxShards", "toy:index:Server.maxReplicas",
		},
		Driver: Driver[spec.Cache]{
			Concept: c.noun, Package: "toy", Token: c.token, Tags: TagsOf,
			Cloud: func(require.TestingT) pulumi.MockResourceMonitor { return Echo{} },
			New: func(ctx *pulumi.Context, name string, s spec.Cache, opts ...pulumi.ResourceOption) error {
				full := s.WithDefaults()
				facts := pulumi.Map{
					"engine": pulumi.String(full.Engine), "use": pulumi.String(full.Use), "shards": pulumi.Int(full.Shards),
					"replicas": pulumi.Int(full.Replicas), "maxShards": pulumi.Int(full.MaxShards), "maxReplicas": pulumi.Int(full.MaxReplicas), "days": pulumi.Int(full.BackupRetentionDays),
					"logs": pulumi.Int(full.LogRetentionDays), "slow": pulumi.Int(full.SlowMicroseconds),
					"open": pulumi.Bool(c.has("is open") || c.has("is open without backups") && s.BackupsDisabled),
					"last": pulumi.Bool(!s.FinalBackupSkipped), "minor": pulumi.Bool(!s.MinorUpgradesDisabled),
					"now": pulumi.Bool(s.ApplyImmediately), "down": pulumi.Bool(s.StandbyNone),
				}
				if c.has("moves as it grows") {
					facts["place"] = pulumi.Int(full.Shards + full.Replicas)
				}
				if c.has("does not grow") {
					facts["maxShards"] = facts["shards"]
				}
				if c.has("cannot hold state") {
					facts["use"] = pulumi.String(spec.CacheCopies)
				}
				return c.create(ctx, name, s.Validate(), s.Tags, facts, nil, opts...)
			},
		},
		Facts: func(_ require.TestingT, r Recording) CacheFacts {
			in := r.OfType("toy:index:Server")[0].Inputs
			number := func(key resource.PropertyKey) int { return int(in[key].NumberValue()) }
			return CacheFacts{
				Engine: spec.CacheEngine(in["engine"].StringValue()), Shards: number("shards"), Replicas: number("replicas"),
				MaxShards: number("maxShards"), MaxReplicas: number("maxReplicas"),
				Failover: !in["down"].BoolValue(), Evicts: in["use"].StringValue() == string(spec.CacheCopies),
				BackupDays: number("days"), LogDays: number("logs"), SlowMicroseconds: number("slow"),
				Private: !in["open"].BoolValue(), Encrypted: true, TLSOnly: true, SignedIn: true,
				FinalBackup: in["last"].BoolValue(), MinorUpgrades: in["minor"].BoolValue(), Immediately: in["now"].BoolValue(),
			}
		},
	}
}

// The suites find each flaw in the check that is there for it.
func TestDataSuitesFindFlaws(t *testing.T) {
	t.Parallel()
	for flaw, check := range map[string]string{
		"takes what is wrong":            "bad arguments",
		"is open":                        "defaults are strong",
		"is open when it can be deleted": "weakening is explicit",
		"cannot skip the last backup":    "weakening is explicit",
		"tells all the same":             "weakening is explicit",
		"names children by index":        "growth replaces nothing",
		"numbers children":               "growth replaces nothing",
	} {
		assert.True(t, server{flaw: flaw}.database().checks().fails(check), flaw)
	}
	for flaw, check := range map[string]string{
		"takes what is wrong":     "bad arguments",
		"is open":                 "defaults are strong",
		"is open without backups": "weakening is explicit",
		"cannot hold state":       "what is asked for",
		"does not grow":           "what is asked for",
		"moves as it grows":       "growth replaces nothing",
	} {
		assert.True(t, server{flaw: flaw}.cache().checks().fails(check), flaw)
	}
}

func TestDataSuites(t *testing.T) {
	t.Parallel()
	t.Run("database", func(t *testing.T) { Database(t, server{}.database()) })
	t.Run("cache", func(t *testing.T) { Cache(t, server{}.cache()) })
}
