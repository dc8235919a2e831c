package spec

import (
	"errors"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestClusterDefaultsAreStrong(t *testing.T) {
	t.Parallel()
	c := Cluster{}.WithDefaults()
	require.NoError(t, c.Validate())
	assert.Equal(t, []int{3, 9, 0, 8080}, []int{c.Min, c.Max, c.Start, c.Port})
	assert.False(t, c.Standby)
	assert.Equal(t, Machine{Architecture: X86, VCPUs: 2, MemoryGiB: 8, DiskGiB: 20}, c.Machine)
	assert.Equal(t, Spot{}, c.Spot)
	assert.Equal(t, Scaling{CPUPercent: 60, Forecast: ForecastShown, WarmUpSeconds: 120}, c.Scaling)
	assert.Equal(t, Rollout{Steps: []int{10, 50, 100}, PauseSeconds: 300, SurgePercent: 25}, c.Rollout)
	assert.Equal(t, 300, c.Health.GraceSeconds)
	assert.Equal(t, Agent{RetentionDays: 365}, c.Agent)
	assert.Zero(t, c.MaxAgeDays)
	assert.Equal(t, c, c.WithDefaults(), "defaults are idempotent")
}

func TestClusterDefaultsFollowWhatIsGiven(t *testing.T) {
	t.Parallel()
	c := Cluster{
		Min: 5, Spot: Spot{Percent: 50}, Machine: Machine{VCPUs: 4}, Rollout: Rollout{Disabled: true},
		Scaling: Scaling{Schedules: map[string]Schedule{"day": {Cron: "0 7 * * *", Min: 5}}},
	}.WithDefaults()
	assert.Equal(t, 15, c.Max)
	assert.Equal(t, 5, c.Spot.Base, "the least number is never of spare capacity")
	assert.Equal(t, 16, c.Machine.MemoryGiB)
	assert.Equal(t, Rollout{Disabled: true, SurgePercent: 25}, c.Rollout)
	assert.Equal(t, "Etc/UTC", c.Scaling.Schedules["day"].TimeZone)
	assert.Equal(t, c, c.WithDefaults(), "defaults are idempotent")
	assert.Equal(t, 1000, Cluster{Min: 400}.WithDefaults().Max, "no more than there may be")
	assert.Equal(t, Machine{Architecture: X86, Types: []string{"large"}, DiskGiB: 20}, Machine{Types: []string{"large"}}.withDefaults())
}

func TestClusterWithDefaultsSharesNothing(t *testing.T) {
	t.Parallel()
	original := Cluster{
		StartUp: map[string]string{"app": "#!/bin/sh"}, Tags: map[string]string{"k": "v"}, Agent: Agent{Files: map[string]string{"app": "/a"}},
		Machine: Machine{Types: []string{"large"}}, Rollout: Rollout{Steps: []int{100}},
		Scaling: Scaling{Schedules: map[string]Schedule{"day": {Cron: "0 7 * * *", Min: 5}}},
	}
	copied := original.WithDefaults()
	copied.StartUp["app"], copied.Tags["k"], copied.Agent.Files["app"] = "z", "z", "z"
	copied.Machine.Types[0], copied.Rollout.Steps[0], copied.Scaling.Schedules["day"] = "z", 1, Schedule{}
	assert.Equal(t, "#!/bin/sh", original.StartUp["app"])
	assert.Equal(t, "v", original.Tags["k"])
	assert.Equal(t, "/a", original.Agent.Files["app"])
	assert.Equal(t, "large", original.Machine.Types[0])
	assert.Equal(t, 100, original.Rollout.Steps[0])
	assert.Equal(t, Schedule{Cron: "0 7 * * *", Min: 5}, original.Scaling.Schedules["day"])
}

func TestClusterProblems(t *testing.T) {
	t.Parallel()
	schedule := func(s Schedule) Cluster { return Cluster{Scaling: Scaling{Schedules: map[string]Schedule{"day": s}}} }
	tests := map[string]struct {
		cluster Cluster
		want    []string
	}{
		"one machine":         {Cluster{Min: 1}, []string{`min: 1 is out of range; use 2 to 1000`}},
		"negative":            {Cluster{Min: -1, Max: 5}, []string{`min: -1 is out of range; use 2 to 1000`}},
		"max below min":       {Cluster{Min: 5, Max: 4}, []string{`max: 4 is below min, which is 5; use at least that`}},
		"max below default":   {Cluster{Max: 2}, []string{`max: 2 is below min, which is 3; use at least that`}},
		"max too many":        {Cluster{Max: 1001}, []string{`max: 1001 is out of range; use 2 to 1000`}},
		"min too many":        {Cluster{Min: 2000}, []string{`min: 2000 is out of range; use 2 to 1000`, `max: 2000 is out of range; use 2 to 1000`}},
		"start out of bounds": {Cluster{Start: 10}, []string{`start: 10 is out of bounds; use min to max, 3 to 9`}},
		"start below min":     {Cluster{Start: 2}, []string{`start: 2 is out of bounds; use min to max, 3 to 9`}},
		"start on standby":    {Cluster{Start: 4, Standby: true}, []string{`start: 4 has no effect on standby; remove one of the two`}},
		"port":                {Cluster{Port: 65536}, []string{`port: 65536 is out of range; use 1 to 65535`}},
		"architecture": {Cluster{Machine: Machine{Architecture: "arm-64"}}, []string{
			`machine.architecture: "arm-64" is not an architecture; did you mean arm64? (use arm64 or x86-64)`}},
		"machine size": {Cluster{Machine: Machine{VCPUs: 129, MemoryGiB: -1, DiskGiB: 4}}, []string{
			`machine.vcpus: 129 is out of range; use 1 to 128`,
			`machine.memoryGiB: -1 is out of range; use 1 to 1024 GiB`,
			`machine.diskGiB: 4 is out of range; use 8 to 16384 GiB`}},
		"types beside sizes": {Cluster{Machine: Machine{Types: []string{"a", "b", "a"}, VCPUs: 2, MemoryGiB: 4}}, []string{
			`machine.vcpus: 2 contradicts types, which have their own; remove one of the two`,
			`machine.memoryGiB: 4 contradicts types, which have their own; remove one of the two`,
			`machine.types[2]: "a" is listed twice; list each type once`}},
		"spot":              {Cluster{Spot: Spot{Percent: 101}}, []string{`spot.percent: 101 is out of range; use 0 to 100%`}},
		"spot base":         {Cluster{Spot: Spot{Percent: 50, Base: 10}}, []string{`spot.base: 10 is out of range; use 1 to max, which is 9`}},
		"spot base alone":   {Cluster{Spot: Spot{Base: 2}}, []string{`spot.base: 2 has no effect without spot.percent; remove one of the two`}},
		"start-up name":     {Cluster{StartUp: map[string]string{"My App": "#!/bin/sh"}}, []string{`startUp.My App: is not a name; use up to 40 lower-case letters, digits and hyphens between them`}},
		"start-up not code": {Cluster{StartUp: map[string]string{"app": "password=hunter2"}}, []string{`startUp.app: is neither cloud-config nor a script; begin it with a line "#cloud-config" or "#!/bin/sh"`}},
		"targets": {Cluster{Scaling: Scaling{CPUPercent: 95, MemoryPercent: 5, RequestsPerMinute: -1, WarmUpSeconds: 3601}}, []string{
			`scaling.cpuPercent: 95 is out of range; use 10 to 90%`,
			`scaling.memoryPercent: 5 is out of range; use 10 to 95%`,
			`scaling.requestsPerMinute: -1 is out of range; use 1 to 10000000`,
			`scaling.warmUpSeconds: 3601 is out of range; use 1 to 3600 seconds`}},
		"memory without agent": {Cluster{Scaling: Scaling{MemoryPercent: 70}, Agent: Agent{Disabled: true}}, []string{
			`scaling.memoryPercent: 70 needs the agent, which reports it; remove agent.disabled`}},
		"forecast":      {Cluster{Scaling: Scaling{Forecast: "follow"}}, []string{`scaling.forecast: "follow" is not a use of a forecast; did you mean followed? (use followed, none or shown)`}},
		"cron fields":   {schedule(Schedule{Cron: "0 7 * *", Min: 3}), []string{`scaling.schedules.day.cron: "0 7 * *" has not five fields; write minute, hour, day, month and day of the week, like "0 7 * * 1-5"`}},
		"cron hour":     {schedule(Schedule{Cron: "0 24 * * *", Min: 3}), []string{`scaling.schedules.day.cron: "0 24 * * *" has 24 as its hour; that goes from 0 to 23`}},
		"time zone":     {schedule(Schedule{Cron: "0 7 * * *", Min: 3, TimeZone: "CEST+1"}), []string{`scaling.schedules.day.timeZone: "CEST+1" is not a time zone; use a name like Europe/Berlin or Etc/UTC`}},
		"schedule size": {schedule(Schedule{Cron: "0 7 * * *"}), []string{`scaling.schedules.day.min: 0 is out of bounds; use the cluster's min to max, 3 to 9`}},
		"schedule name": {Cluster{Scaling: Scaling{Schedules: map[string]Schedule{"Day": {Cron: "0 7 * * *", Min: 3}}}}, []string{
			`scaling.schedules.Day: is not a name; use up to 40 lower-case letters, digits and hyphens between them`}},
		"steps":     {Cluster{Rollout: Rollout{Steps: []int{50, 50, 101}}}, []string{`rollout.steps[1]: 50 is out of order; steps rise from 1 to 100`, `rollout.steps[2]: 101 is out of order; steps rise from 1 to 100`}},
		"steps end": {Cluster{Rollout: Rollout{Steps: []int{0, 50}}}, []string{`rollout.steps[0]: 0 is out of order; steps rise from 1 to 100`, `rollout.steps: [0,50] ends before all machines are new; let the last step be 100`}},
		"pause":     {Cluster{Rollout: Rollout{PauseSeconds: 172_801}}, []string{`rollout.pauseSeconds: 172801 is out of range; use 1 to 172800 seconds`}},
		"surge":     {Cluster{Rollout: Rollout{SurgePercent: 101}}, []string{`rollout.surgePercent: 101 is out of range; use 1 to 100%`}},
		"no rollout": {Cluster{Rollout: Rollout{Disabled: true, RollbackDisabled: true, Steps: []int{100}, PauseSeconds: 5, SurgePercent: 10}}, []string{
			`rollout.rollbackDisabled: true has no effect while rollouts are off; remove one of the two`,
			`rollout.steps: [100] has no effect while rollouts are off; remove one of the two`,
			`rollout.pauseSeconds: 5 has no effect while rollouts are off; remove one of the two`}},
		"grace":     {Cluster{Health: Health{GraceSeconds: 7201}}, []string{`health.graceSeconds: 7201 is out of range; use 1 to 7200 seconds`}},
		"age":       {Cluster{MaxAgeDays: 366}, []string{`maxAgeDays: 366 is out of range; use 1 to 365 days`}},
		"retention": {Cluster{Agent: Agent{RetentionDays: 4000}}, []string{`agent.retentionDays: 4000 is out of range; use 1 to 3653 days`}},
		"agent off": {Cluster{Agent: Agent{Disabled: true, RetentionDays: 30, Files: map[string]string{"app": "app.log"}}}, []string{
			`agent.retentionDays: 30 has no effect while the agent is off; remove one of the two`,
			`agent.files: has no effect while the agent is off; remove one of the two`,
			`agent.files.app: "app.log" is not the full path of a file; begin it with /`}},
		"log name": {Cluster{Agent: Agent{Files: map[string]string{"": "/x"}}}, []string{`agent.files.: is not a name; use up to 40 lower-case letters, digits and hyphens between them`}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			err := test.cluster.Validate()
			require.EqualError(t, err, strings.Join(test.want, "\n"))
			var ps Problems
			require.True(t, errors.As(err, &ps))
			assert.Len(t, ps, len(test.want))
		})
	}
}

func TestClusterAccepts(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]Cluster{
		"standby":    {Standby: true},
		"cloud-init": {StartUp: map[string]string{"a": "#cloud-config\nruncmd: []\n", "b": "#!/usr/bin/env python3\n", "c": "#cloud-config\r\n"}},
		"all spot":   {Spot: Spot{Percent: 100, Base: 1}},
		"one step":   {Rollout: Rollout{Steps: []int{100}}},
	} {
		assert.NoError(t, c.Validate(), name)
	}
}

func TestCron(t *testing.T) {
	t.Parallel()
	for cron, want := range map[string]string{
		"0 7 * * 1-5": "", "*/15 0-6/2 1,15 JAN-mar sun": "", "59 23 31 12 7": "", "0 0 * * MON-FRI": "",
		"60 0 * * *": "has 60 as its minute;", "0 -1 * * *": "has -1 as its hour;", "0 0 0 * *": "has 0 as its day of the month;", "0 0 * 13 *": "has 13 as its month;",
		"0 0 * * 8": "has 8 as its day of the week;", "0 5-1 * * *": "has 5-1 as its hour;", "*/0 * * * *": "has */0 as its minute;", "a * * * *": "has a as its minute;",
		"0 0 * JANUARY *": "has JANUARY as its month;", "1, * * * *": "has 1, as its minute;", "1-70 * * * *": "has 1-70 as its minute;", "x-5 * * * *": "has x-5 as its minute;",
		"": "has not five fields", "@daily": "has not five fields", "0 0 12 * * ?": "has not five fields",
	} {
		var ps Problems
		checkCron(&ps, "cron", cron)
		if want == "" {
			assert.Empty(t, ps, cron)
			continue
		}
		assert.ErrorContains(t, ps.Err(), want, cron)
	}
	for zone, want := range map[string]bool{
		"Etc/UTC": true, "UTC": true, "Europe/Berlin": true, "America/Argentina/Buenos_Aires": true, "Etc/GMT+9": true,
		"": false, "berlin": false, "Europe/": false, "CET": false,
	} {
		assert.Equal(t, want, zoneNamePattern.MatchString(zone), zone)
	}
}
