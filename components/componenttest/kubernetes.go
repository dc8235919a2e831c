package componenttest

import (
	"slices"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/holdfast-iac/holdfast/components/spec"
)

// KubernetesDriver describes a cloud's Kubernetes component to the suite.
type KubernetesDriver struct {
	Driver[spec.Kubernetes]
	// ClusterType and PoolType are the types of the cluster and of a pool of nodes.
	ClusterType, PoolType string
	// PublicAPI tells whether the internet reaches the API, Logged whether its audit records are kept, and Updated whether
	// the cloud updates a version whose standard support ends.
	PublicAPI, Logged, Updated func(Recording) bool
	// Seen tells whether the measures of nodes and pods are taken and their logs kept.
	Seen func(Recording) bool
	// Spot tells whether a pool's nodes may be taken back.
	Spot func(Resource) bool
	// Zones are three zones of the cloud's region, in alphabetical order.
	Zones []string
	// InZones makes the zero cluster in some of them.
	InZones func(ctx *pulumi.Context, name string, zones []string) error
	// Replaced returns the inputs whose change replaces a resource; see AWSReplaced.
	Replaced func(t require.TestingT, before, after Resource) []string
	// Hardened asserts, in the cloud's own terms, that secrets and disks are encrypted and that nodes have no public
	// address, no SSH and no more rights than they need.
	Hardened func(t require.TestingT, recording Recording)
}

// Kubernetes runs the suite that every cloud's Kubernetes component must pass.
func Kubernetes(t *testing.T, d KubernetesDriver) { d.checks().run(t) }

func (d KubernetesDriver) checks() checks {
	tags := map[string]string{"team": "platform"}
	return d.common(Common[spec.Kubernetes]{
		Tagged: []spec.Kubernetes{{Tags: tags}, {Tags: tags, Pools: map[string]spec.NodePool{"a": {}, "b": {Spot: true, Arm: true}}}},
		Bad:    d.bad(),
	}).with(checks{
		"defaults are strong":     d.defaults,
		"weakening is explicit":   d.weakened,
		"growth replaces nothing": d.growth,
		"a zone replaces nothing": d.grownZones,
	})
}

func (d KubernetesDriver) bad() map[string]Bad[spec.Kubernetes] {
	pool := func(p spec.NodePool) spec.Kubernetes {
		return spec.Kubernetes{Pools: map[string]spec.NodePool{"main": p}}
	}
	type bad = Bad[spec.Kubernetes]
	return map[string]bad{
		"version":           {spec.Kubernetes{Version: "v1.33"}, []string{"version"}},
		"internet":          {spec.Kubernetes{PublicAccessCIDRs: []string{"198.51.100.0/24", "0.0.0.0/0"}}, []string{"publicAccessCidrs[1]"}},
		"private block":     {spec.Kubernetes{PublicAccessCIDRs: []string{"10.0.0.0/8"}}, []string{"publicAccessCidrs[0]"}},
		"host bits":         {spec.Kubernetes{PublicAccessCIDRs: []string{"198.51.100.1/24"}}, []string{"publicAccessCidrs[0]"}},
		"retention":         {spec.Kubernetes{Logs: spec.KubernetesLogs{RetentionDays: -1}}, []string{"logs.retentionDays"}},
		"agent's retention": {spec.Kubernetes{Agent: spec.KubernetesAgent{RetentionDays: -1}}, []string{"agent.retentionDays"}},
		"pool's name":       {spec.Kubernetes{Pools: map[string]spec.NodePool{"Main": {}}}, []string{"pools.Main"}},
		"one node":          {pool(spec.NodePool{Min: 1}), []string{"pools.main.min"}},
		"less than min":     {pool(spec.NodePool{Min: 5, Max: 4}), []string{"pools.main.max"}},
		"disk":              {pool(spec.NodePool{DiskGiB: 10}), []string{"pools.main.diskGib"}},
		"type twice":        {pool(spec.NodePool{Types: []string{"x", "x"}}), []string{"pools.main.types[1]"}},
		"label":             {pool(spec.NodePool{Labels: map[string]string{"a b": "c"}}), []string{"pools.main.labels.a b"}},
		"effect of taints":  {pool(spec.NodePool{Taints: map[string]spec.Taint{"k": {Effect: "Never"}}}), []string{"pools.main.taints.k.effect"}},
		"all at once":       {spec.Kubernetes{Version: "2", Pools: map[string]spec.NodePool{"main": {Min: 1}}}, []string{"version", "pools.main.min"}},
	}
}

func (d KubernetesDriver) cluster(t require.TestingT, r Recording) Resource {
	clusters := r.OfType(d.ClusterType)
	require.Len(t, clusters, 1)
	return clusters[0]
}

func (d KubernetesDriver) defaults(t require.TestingT) {
	r := d.run(t, spec.Kubernetes{})
	assert.True(t, d.cluster(t, r).Request.GetProtect(), "the cluster cannot be deleted by accident")
	assert.False(t, d.PublicAPI(r), "the internet does not reach the API")
	assert.True(t, d.Logged(r), "audit records are kept")
	assert.True(t, d.Updated(r), "no version outlives its support")
	assert.True(t, d.Seen(r), "nodes and pods are seen")
	require.NotEmpty(t, r.OfType(d.PoolType))
	for _, pool := range r.OfType(d.PoolType) {
		assert.False(t, d.Spot(pool), "nodes stay")
	}
	d.Hardened(t, r)
}

func (d KubernetesDriver) weakened(t require.TestingT) {
	r := d.run(t, spec.Kubernetes{
		PublicAccessCIDRs: []string{"198.51.100.0/24"}, Logs: spec.KubernetesLogs{Disabled: true}, ExtendedSupport: true,
		Agent:           spec.KubernetesAgent{Disabled: true},
		DeletionAllowed: true, Pools: map[string]spec.NodePool{"main": {Spot: true}},
	})
	assert.False(t, d.cluster(t, r).Request.GetProtect())
	assert.True(t, d.PublicAPI(r))
	assert.False(t, d.Logged(r))
	assert.False(t, d.Updated(r))
	assert.False(t, d.Seen(r))
	assert.True(t, d.Spot(r.OfType(d.PoolType)[0]))
	d.Hardened(t, r)
}

// growth adds a pool before, between and after others.
func (d KubernetesDriver) growth(t require.TestingT) {
	for _, added := range []string{"a", "c", "e"} {
		pools := map[string]spec.NodePool{"b": {}, "d": {Min: 4}}
		before := d.run(t, spec.Kubernetes{Pools: pools})
		pools[added] = spec.NodePool{}
		after := d.run(t, spec.Kubernetes{Pools: pools})
		assertGrown(t, before, after, nil)
		assert.Len(t, after.OfType(d.PoolType), len(before.OfType(d.PoolType))*3/2)
	}
}

// grownZones adds a zone before, between and after others.
func (d KubernetesDriver) grownZones(t require.TestingT) {
	in := func(zones []string) Recording {
		r, err := Run(d.Cloud(t), func(ctx *pulumi.Context) error { return d.InZones(ctx, componentName, zones) })
		require.NoError(t, err)
		return r
	}
	after := in(d.Zones).ByURN()
	for i, added := range d.Zones {
		for _, old := range in(slices.Delete(slices.Clone(d.Zones), i, i+1)).Resources {
			now, ok := after[old.URN]
			if assert.True(t, ok, "%s is gone with the zone %s", old.URN, added) && old.Custom {
				assert.Empty(t, d.Replaced(t, old, now), "the zone %s replaces %s", added, old.URN)
			}
		}
	}
}
