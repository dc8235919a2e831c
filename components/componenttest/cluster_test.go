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

// toyCluster is a cluster component of a cloud that does not exist, sound but for one flaw.
type toyCluster struct{ flaw string }

func (c toyCluster) has(flaw string) bool { return c.flaw == flaw }

func (c toyCluster) create(ctx *pulumi.Context, name string, s spec.Cluster, opts ...pulumi.ResourceOption) error {
	if err := s.Validate(); err != nil {
		return fmt.Errorf("cluster %q is not valid:\n%w", name, err)
	}
	var component pulumi.ResourceState
	if err := ctx.RegisterComponentResource("holdfast:toy:Cluster", name, &component, opts...); err != nil {
		return err
	}
	d := s.WithDefaults()
	child := func(kind, suffix string, props pulumi.Map) error {
		props["tags"] = pulumi.ToStringMap(s.Tags)
		var res pulumi.CustomResourceState
		return ctx.RegisterResource("toy:index:"+kind, name+"-"+suffix, props, &res, pulumi.Parent(&component))
	}
	errs := []error{child("Group", c.groupSuffix(d), c.group(name, d))}
	for i, key := range slices.Sorted(maps.Keys(d.Scaling.Schedules)) {
		suffix := "schedule-" + key
		if c.has("numbers schedules") {
			suffix = fmt.Sprint("schedule-", i)
		}
		errs = append(errs, child("Schedule", suffix, pulumi.Map{"cron": pulumi.String(d.Scaling.Schedules[key].Cron), "key": pulumi.String(key)}))
	}
	if err := errors.Join(errs...); err != nil {
		return fmt.Errorf("cluster %q: %w", name, err)
	}
	return nil
}

// groupSuffix is what the group is called in the program.
func (c toyCluster) groupSuffix(d spec.Cluster) string {
	if c.has("makes a new group for a new disk") {
		return fmt.Sprint("group-", d.Machine.DiskGiB)
	}
	return "group"
}

func (c toyCluster) group(name string, d spec.Cluster) pulumi.Map {
	least, most := d.Min, d.Max
	if d.Standby && !c.has("has machines on standby") {
		least, most = 0, 0
	}
	if c.has("starts with one machine") {
		least = 1
	}
	groupName := name
	if c.has("has a group of one name") {
		groupName = "group"
	}
	if c.has("names its group after its machines") {
		groupName += string(d.Machine.Architecture)
	}
	forecast := string(d.Scaling.Forecast)
	if c.has("always forecasts") {
		forecast = string(spec.ForecastShown)
	}
	return pulumi.Map{
		"name": pulumi.String(groupName), "min": pulumi.Int(least), "max": pulumi.Int(most),
		"rolls":     pulumi.Bool(!d.Rollout.Disabled || c.has("cannot turn rollouts off")),
		"rollsBack": pulumi.Bool(!d.Rollout.Disabled && !d.Rollout.RollbackDisabled && !c.has("does not roll back")),
		"spot":      pulumi.Int(d.Spot.Percent), "agent": pulumi.Bool(!d.Agent.Disabled),
		"cpu": pulumi.Int(d.Scaling.CPUPercent), "memory": pulumi.Bool(d.Scaling.MemoryPercent != 0 && !c.has("is blind to memory")),
		"forecast": pulumi.String(forecast),
		"open":     pulumi.Bool(c.has("is open") || c.has("is open with spot") && d.Spot.Percent > 0),
	}
}

func (c toyCluster) driver() ClusterDriver {
	return ClusterDriver{
		Driver: Driver[spec.Cluster]{
			Concept: "cluster", New: c.create, Package: "toy", Token: "holdfast:toy:Cluster", Tags: TagsOf,
			Cloud: func(require.TestingT) pulumi.MockResourceMonitor { return &uniqueNames{names: map[string]bool{}} },
		},
		GroupType: "toy:index:Group",
		Replaced: func(_ require.TestingT, before, after Resource) []string {
			if before.Inputs["name"].DeepEquals(after.Inputs["name"]) {
				return nil
			}
			return []string{"name"}
		},
		Several: func(ctx *pulumi.Context, s spec.Cluster, names ...string) error {
			for _, name := range names {
				if err := c.create(ctx, name, s); err != nil {
					return err
				}
			}
			return nil
		},
		Describe: func(t require.TestingT, r Recording) ClusterFacts {
			groups := r.OfType("toy:index:Group")
			require.Len(t, groups, 1)
			in := groups[0].Inputs
			return ClusterFacts{
				Min: int(in["min"].NumberValue()), Max: int(in["max"].NumberValue()), Rolls: in["rolls"].BoolValue(),
				RollsBack: in["rollsBack"].BoolValue(), SpotPercent: int(in["spot"].NumberValue()), Agent: in["agent"].BoolValue(),
				CPUPercent: int(in["cpu"].NumberValue()), Memory: in["memory"].BoolValue(),
				Forecast: spec.Forecast(in["forecast"].StringValue()), Schedules: len(r.OfType("toy:index:Schedule")),
			}
		},
		Hardened: func(t require.TestingT, r Recording) {
			for _, group := range r.OfType("toy:index:Group") {
				assert.False(t, group.Inputs["open"].BoolValue())
			}
		},
	}
}

// uniqueNames is a cloud whose groups have names of their own.
type uniqueNames struct {
	Echo
	names map[string]bool
}

func (c *uniqueNames) NewResource(args pulumi.MockResourceArgs) (string, resource.PropertyMap, error) {
	if args.TypeToken == "toy:index:Group" {
		name := args.Inputs["name"].StringValue()
		if c.names[name] {
			return "", nil, fmt.Errorf("there is a group %s", name)
		}
		c.names[name] = true
	}
	return c.Echo.NewResource(args)
}

// The suite finds each flaw in the check that is there for it.
func TestClusterSuiteFindsFlaws(t *testing.T) {
	t.Parallel()
	for flaw, check := range map[string]string{
		"starts with one machine":            "defaults are strong",
		"does not roll back":                 "defaults are strong",
		"is open":                            "defaults are strong",
		"is open with spot":                  "weakening is explicit",
		"cannot turn rollouts off":           "weakening is explicit",
		"has machines on standby":            "weakening is explicit",
		"is blind to memory":                 "scaling",
		"always forecasts":                   "scaling",
		"names its group after its machines": "changes roll",
		"makes a new group for a new disk":   "changes roll",
		"numbers schedules":                  "growth replaces nothing",
		"has a group of one name":            "two side by side",
	} {
		t.Run(flaw, func(t *testing.T) {
			t.Parallel()
			assert.True(t, toyCluster{flaw}.driver().checks().fails(check), flaw)
		})
	}
}

// The suite passes a sound cluster.
func TestClusterSuite(t *testing.T) {
	t.Parallel()
	Cluster(t, toyCluster{}.driver())
}
