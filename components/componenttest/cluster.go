package componenttest

import (
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/holdfast-iac/holdfast/components/spec"
)

// ClusterDriver describes a cloud's cluster component to the suite.
type ClusterDriver struct {
	Driver[spec.Cluster]
	// GroupType is the type of the group of machines, of which a cluster has one.
	GroupType string
	// Replaced returns the inputs whose change, from one registration of a resource to another, replaces it.
	Replaced func(t require.TestingT, before, after Resource) []string
	// Describe returns what the suite asks about the one cluster in a recording.
	Describe func(t require.TestingT, recording Recording) ClusterFacts
	// Several creates a cluster of each name in one network, as New creates one.
	Several func(ctx *pulumi.Context, c spec.Cluster, names ...string) error
	// Hardened asserts, in the cloud's own terms, that machines are closed: encrypted disks, no public address, no login
	// over the network, no metadata for whoever asks.
	Hardened func(t require.TestingT, recording Recording)
}

// ClusterFacts are what is true of a cluster.
type ClusterFacts struct {
	Min         int           // least number of machines
	Max         int           // greatest number of machines
	Rolls       bool          // changes reach running machines
	RollsBack   bool          // and go back when they fail
	SpotPercent int           // share of spare capacity
	Agent       bool          // machines report memory and logs
	CPUPercent  int           // the target; 0 for none
	Memory      bool          // scaled by memory too
	Forecast    spec.Forecast // what comes of it
	Schedules   int           // number of them
}

// Cluster runs the suite that every cloud's cluster component must pass.
func Cluster(t *testing.T, d ClusterDriver) { d.checks().run(t) }

func (d ClusterDriver) checks() checks {
	tags := map[string]string{"team": "platform"}
	return d.common(Common[spec.Cluster]{
		Tagged: []spec.Cluster{{Tags: tags}, {
			Tags: tags, Spot: spec.Spot{Percent: 50}, StartUp: map[string]string{"app": "#!/bin/sh\n"},
			Scaling: spec.Scaling{MemoryPercent: 70, Schedules: map[string]spec.Schedule{"day": {Cron: "0 7 * * *", Min: 5}}},
		}},
		Bad: d.bad(),
	}).with(checks{
		"defaults are strong":     d.defaults,
		"weakening is explicit":   d.weakened,
		"scaling":                 d.scaling,
		"changes roll":            d.changes,
		"growth replaces nothing": d.growth,
		"two side by side":        d.sideBySide,
	})
}

func (d ClusterDriver) describe(t require.TestingT, c spec.Cluster) ClusterFacts {
	return d.Describe(t, d.run(t, c))
}

// strongCluster is what a cluster is like unless it is asked to be otherwise.
func strongCluster() ClusterFacts {
	return ClusterFacts{
		Min: 3, Max: 9, Rolls: true, RollsBack: true, Agent: true, CPUPercent: 60, Forecast: spec.ForecastShown,
	}
}

func (d ClusterDriver) defaults(t require.TestingT) {
	r := d.run(t, spec.Cluster{})
	assert.Equal(t, strongCluster(), d.Describe(t, r))
	d.Hardened(t, r)
}

// weakened holds that a field that weakens something weakens that, and nothing else.
func (d ClusterDriver) weakened(t require.TestingT) {
	for name, weak := range map[string]struct {
		cluster spec.Cluster
		change  func(*ClusterFacts)
	}{
		"rollout off":  {spec.Cluster{Rollout: spec.Rollout{Disabled: true}}, func(f *ClusterFacts) { f.Rolls, f.RollsBack = false, false }},
		"rollback off": {spec.Cluster{Rollout: spec.Rollout{RollbackDisabled: true}}, func(f *ClusterFacts) { f.RollsBack = false }},
		"agent off":    {spec.Cluster{Agent: spec.Agent{Disabled: true}}, func(f *ClusterFacts) { f.Agent = false }},
		"spot":         {spec.Cluster{Spot: spec.Spot{Percent: 40}}, func(f *ClusterFacts) { f.SpotPercent = 40 }},
		"standby":      {spec.Cluster{Standby: true}, func(f *ClusterFacts) { f.Min, f.Max = 0, 0 }},
		"two machines": {spec.Cluster{Min: 2}, func(f *ClusterFacts) { f.Min, f.Max = 2, 6 }},
	} {
		r, want := d.run(t, weak.cluster), strongCluster()
		weak.change(&want)
		assert.Equal(t, want, d.Describe(t, r), name)
		d.Hardened(t, r)
	}
}

func (d ClusterDriver) scaling(t require.TestingT) {
	facts := d.describe(t, spec.Cluster{Min: 4, Max: 20, Scaling: spec.Scaling{
		CPUPercent: 45, MemoryPercent: 70, Forecast: spec.ForecastFollowed,
		Schedules: map[string]spec.Schedule{"day": {Cron: "0 7 * * 1-5", Min: 8}, "night": {Cron: "0 19 * * 1-5", Min: 4}},
	}})
	want := strongCluster()
	want.Min, want.Max, want.CPUPercent, want.Memory, want.Forecast, want.Schedules = 4, 20, 45, true, spec.ForecastFollowed, 2
	assert.Equal(t, want, facts)
	assert.Equal(t, spec.ForecastNone, d.describe(t, spec.Cluster{Scaling: spec.Scaling{Forecast: spec.ForecastNone}}).Forecast)
}

// changes holds that whatever changes, in either direction, the group and all else stay what they are.
func (d ClusterDriver) changes(t require.TestingT) {
	before := d.run(t, spec.Cluster{})
	for name, changed := range map[string]spec.Cluster{
		"start-up":     {StartUp: map[string]string{"app": "#!/bin/sh\n"}},
		"size":         {Min: 6, Max: 12},
		"start":        {Start: 4},
		"standby":      {Standby: true},
		"machine":      {Machine: spec.Machine{VCPUs: 4}},
		"architecture": {Machine: spec.Machine{Architecture: spec.ARM}},
		"disk":         {Machine: spec.Machine{DiskGiB: 50}},
		"spot":         {Spot: spec.Spot{Percent: 50}},
		"rollout":      {Rollout: spec.Rollout{Steps: []int{100}, SurgePercent: 50}},
		"no rollout":   {Rollout: spec.Rollout{Disabled: true}},
		"agent":        {Agent: spec.Agent{Files: map[string]string{"app": "/var/log/app.log"}}},
		"no agent":     {Agent: spec.Agent{Disabled: true}},
		"port":         {Port: 9090},
		"targets":      {Scaling: spec.Scaling{CPUPercent: 40, MemoryPercent: 60, Forecast: spec.ForecastFollowed}},
		"tags":         {Tags: map[string]string{"team": "platform"}},
	} {
		after := d.run(t, changed)
		group, now := before.OfType(d.GroupType), after.OfType(d.GroupType)
		require.Len(t, group, 1, name)
		require.Len(t, now, 1, name)
		assert.Equal(t, group[0].URN, now[0].URN, name)
		kept := after.ByURN()
		for _, old := range before.Resources {
			if now, ok := kept[old.URN]; ok && old.Custom {
				assert.Empty(t, d.Replaced(t, old, now), "%s replaces %s", name, old.URN)
				assert.Empty(t, d.Replaced(t, now, old), "without %s, %s is replaced", name, old.URN)
			}
		}
	}
}

// growth adds schedules, of which every name stands for itself.
func (d ClusterDriver) growth(t require.TestingT) {
	day, night := spec.Schedule{Cron: "0 7 * * *", Min: 5}, spec.Schedule{Cron: "0 19 * * *", Min: 3}
	with := func(schedules map[string]spec.Schedule) Recording {
		return d.run(t, spec.Cluster{Scaling: spec.Scaling{MemoryPercent: 70, Schedules: schedules}})
	}
	after := with(map[string]spec.Schedule{"day": day, "night": night, "noon": day})
	for _, before := range []map[string]spec.Schedule{nil, {"day": day}, {"noon": day}, {"day": day, "night": night}} {
		assertGrown(t, with(before), after, nil)
	}
}

// sideBySide holds that two clusters, such as a blue and a green one, share a network without sharing a name.
func (d ClusterDriver) sideBySide(t require.TestingT) {
	r, err := Run(d.Cloud(t), func(ctx *pulumi.Context) error {
		return d.Several(ctx, spec.Cluster{}, "blue", "green")
	})
	require.NoError(t, err)
	assert.Len(t, r.OfType(d.GroupType), 2)
}

func (d ClusterDriver) bad() map[string]Bad[spec.Cluster] {
	return map[string]Bad[spec.Cluster]{
		"one machine": {spec.Cluster{Min: 1}, []string{"min"}},
		"bounds":      {spec.Cluster{Min: 5, Max: 4}, []string{"max"}},
		"start":       {spec.Cluster{Start: 100}, []string{"start"}},
		"port":        {spec.Cluster{Port: 70000}, []string{"port"}},
		"spot":        {spec.Cluster{Spot: spec.Spot{Percent: 101}}, []string{"spot.percent"}},
		"start-up":    {spec.Cluster{StartUp: map[string]string{"app": "echo"}}, []string{"startUp.app"}},
		"all at once": {
			spec.Cluster{Min: 1, Machine: spec.Machine{Architecture: "z80"}, Scaling: spec.Scaling{CPUPercent: 100}},
			[]string{"min", "machine.architecture", "scaling.cpuPercent"},
		},
	}
}
