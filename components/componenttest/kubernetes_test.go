package componenttest

import (
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

// toyKubernetes is a component of a cloud that does not exist, sound but for one flaw.
func toyKubernetes(flaw string) KubernetesDriver {
	createIn := func(ctx *pulumi.Context, name string, zones []string, k spec.Kubernetes, opts ...pulumi.ResourceOption) error {
		if err := k.Validate(); err != nil {
			return fmt.Errorf("kubernetes cluster %q is not valid:\n%w", name, err)
		}
		component := &pulumi.ResourceState{}
		if err := ctx.RegisterComponentResource("holdfast:toy:Kubernetes", name, component, opts...); err != nil {
			return err
		}
		d := k.WithDefaults()
		child := func(kind, name string, props pulumi.Map, opts ...pulumi.ResourceOption) error {
			props["tags"] = pulumi.ToStringMap(k.Tags)
			if err := ctx.RegisterResource("toy:index:"+kind, name, props, &pulumi.CustomResourceState{}, append(opts, pulumi.Parent(component))...); err != nil {
				return fmt.Errorf("kubernetes cluster \"main\": %w", err)
			}
			return nil
		}
		if err := child("Cluster", name+"-cluster", pulumi.Map{
			"public": pulumi.Bool(len(k.PublicAccessCIDRs) > 0 || flaw == "is public"),
			"logs":   pulumi.Bool(!k.Logs.Disabled && flaw != "keeps no logs"),
			"update": pulumi.Bool(!k.ExtendedSupport && flaw != "grows old"),
			"seen":   pulumi.Bool(!k.Agent.Disabled && flaw != "is blind"),
			"hard":   pulumi.Bool(flaw != "is soft"),
		}, pulumi.Protect(!k.DeletionAllowed && flaw != "is deleted" || flaw == "is protected always")); err != nil {
			return err
		}
		for i, pool := range slices.Sorted(maps.Keys(d.Pools)) {
			props := pulumi.Map{"spot": pulumi.Bool(d.Pools[pool].Spot || flaw == "takes nodes back"), "min": pulumi.Int(d.Pools[pool].Min)}
			props["zones"] = pulumi.Int(len(zones))
			if flaw == "numbers pools" {
				pool = fmt.Sprint(i)
			}
			if err := child("Pool", name+"-"+pool, props); err != nil {
				return err
			}
		}
		return nil
	}
	create := func(ctx *pulumi.Context, name string, k spec.Kubernetes, opts ...pulumi.ResourceOption) error {
		return createIn(ctx, name, []string{"a", "b", "c"}, k, opts...)
	}
	flag := func(key string) func(Recording) bool {
		return func(r Recording) bool {
			return r.OfType("toy:index:Cluster")[0].Inputs[resource.PropertyKey(key)].BoolValue()
		}
	}
	return KubernetesDriver{
		Driver: Driver[spec.Kubernetes]{
			Concept: "kubernetes cluster", New: create, Package: "toy", Token: "holdfast:toy:Kubernetes", Tags: TagsOf,
			Cloud: func(require.TestingT) pulumi.MockResourceMonitor { return Echo{} },
		},
		ClusterType: "toy:index:Cluster", PoolType: "toy:index:Pool",
		PublicAPI: flag("public"), Logged: flag("logs"), Updated: flag("update"), Seen: flag("seen"),
		Zones: []string{"a", "b", "c"},
		InZones: func(ctx *pulumi.Context, name string, zones []string) error {
			return createIn(ctx, name, zones, spec.Kubernetes{})
		},
		Replaced: func(_ require.TestingT, before, after Resource) []string {
			if flaw == "moves pools" && !before.Inputs.DeepEquals(after.Inputs) {
				return []string{"zones"}
			}
			return nil
		},
		Spot:     func(pool Resource) bool { return pool.Inputs["spot"].BoolValue() },
		Hardened: func(t require.TestingT, r Recording) { assert.True(t, flag("hard")(r)) },
	}
}

func TestKubernetesSuite(t *testing.T) {
	t.Parallel()
	Kubernetes(t, toyKubernetes(""))
	for flaw, check := range map[string]string{
		"is public":           "defaults are strong",
		"keeps no logs":       "defaults are strong",
		"grows old":           "defaults are strong",
		"is blind":            "defaults are strong",
		"is soft":             "defaults are strong",
		"is deleted":          "defaults are strong",
		"takes nodes back":    "defaults are strong",
		"is protected always": "weakening is explicit",
		"numbers pools":       "growth replaces nothing",
		"moves pools":         "a zone replaces nothing",
	} {
		assert.True(t, toyKubernetes(flaw).checks().fails(check), flaw)
	}
}
