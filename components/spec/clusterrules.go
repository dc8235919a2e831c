package spec

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// Validate reports everything wrong with the cluster as one error that holds Problems, or nil. Unset fields count as
// their defaults. What only one cloud forbids is left to that cloud's component.
func (c Cluster) Validate() error {
	var ps Problems
	d := c.WithDefaults()
	d.checkSize(&ps)
	checkRange(&ps, "port", d.Port, 1, maxPort, "")
	c.Machine.check(&ps)
	d.checkSpot(&ps, c.Spot)
	d.checkStartUp(&ps)
	d.checkScaling(&ps)
	c.Rollout.check(&ps)
	checkRange(&ps, "health.graceSeconds", d.Health.GraceSeconds, 1, 7200, " seconds")
	c.Agent.check(&ps)
	if c.MaxAgeDays != 0 {
		checkRange(&ps, "maxAgeDays", c.MaxAgeDays, 1, 365, " days")
	}
	return ps.Err()
}

func (c Cluster) checkSize(ps *Problems) {
	checkRange(ps, "min", c.Min, minMachines, maxMachines, "")
	switch {
	case c.Max > maxMachines:
		ps.Add("max", c.Max, "is out of range; use %d to %d", minMachines, maxMachines)
	case c.Max < c.Min:
		ps.Add("max", c.Max, "is below min, which is %d; use at least that", c.Min)
	}
	switch {
	case c.Start != 0 && c.Standby:
		ps.Add("start", c.Start, "has no effect on standby; remove one of the two")
	case c.Start != 0 && (c.Start < c.Min || c.Start > c.Max):
		ps.Add("start", c.Start, "is out of bounds; use min to max, %d to %d", c.Min, c.Max)
	}
}

func (m Machine) check(ps *Problems) {
	d := m.withDefaults()
	if all := []string{string(X86), string(ARM)}; !slices.Contains(all, string(d.Architecture)) {
		ps.Add("machine.architecture", d.Architecture, "is not an architecture; %s", DidYouMean(string(d.Architecture), all))
	}
	if len(m.Types) == 0 {
		checkRange(ps, "machine.vcpus", d.VCPUs, 1, 128, "")
		checkRange(ps, "machine.memoryGiB", d.MemoryGiB, 1, 1024, " GiB")
	}
	if len(m.Types) > 0 && m.VCPUs != 0 {
		ps.Add("machine.vcpus", m.VCPUs, "contradicts types, which have their own; remove one of the two")
	}
	if len(m.Types) > 0 && m.MemoryGiB != 0 {
		ps.Add("machine.memoryGiB", m.MemoryGiB, "contradicts types, which have their own; remove one of the two")
	}
	for i, name := range m.Types {
		if slices.Index(m.Types, name) < i {
			ps.Add(fmt.Sprintf("machine.types[%d]", i), name, "is listed twice; list each type once")
		}
	}
	checkRange(ps, "machine.diskGiB", d.DiskGiB, 8, 16384, " GiB")
}

func (c Cluster) checkSpot(ps *Problems, given Spot) {
	checkRange(ps, "spot.percent", given.Percent, 0, 100, "%")
	switch {
	case given.Base != 0 && given.Percent == 0:
		ps.Add("spot.base", given.Base, "has no effect without spot.percent; remove one of the two")
	case given.Base < 0 || given.Base > c.Max:
		ps.Add("spot.base", given.Base, "is out of range; use 1 to max, which is %d", c.Max)
	}
}

func (c Cluster) checkStartUp(ps *Problems) {
	for _, name := range slices.Sorted(maps.Keys(c.StartUp)) {
		CheckKey(ps, "startUp", name)
		CheckStartUp(ps, "startUp."+name, c.StartUp[name])
	}
}

// CheckStartUp records at field that text is nothing that cloud-init would run. The text is not shown.
func CheckStartUp(ps *Problems, field, text string) {
	firstLine, _, _ := strings.Cut(text, "\n")
	if strings.TrimSpace(firstLine) != "#cloud-config" && !strings.HasPrefix(firstLine, "#!") {
		ps.Add(field, nil, `is neither cloud-config nor a script; begin it with a line "#cloud-config" or "#!/bin/sh"`)
	}
}

func (c Cluster) checkScaling(ps *Problems) {
	s := c.Scaling
	checkRange(ps, "scaling.cpuPercent", s.CPUPercent, 10, 90, "%")
	if s.MemoryPercent != 0 {
		checkRange(ps, "scaling.memoryPercent", s.MemoryPercent, 10, 95, "%")
		if c.Agent.Disabled {
			ps.Add("scaling.memoryPercent", s.MemoryPercent, "needs the agent, which reports it; remove agent.disabled")
		}
	}
	if s.RequestsPerMinute != 0 {
		checkRange(ps, "scaling.requestsPerMinute", s.RequestsPerMinute, 1, 10_000_000, "")
	}
	if all := []string{string(ForecastShown), string(ForecastFollowed), string(ForecastNone)}; !slices.Contains(all, string(s.Forecast)) {
		ps.Add("scaling.forecast", s.Forecast, "is not a use of a forecast; %s", DidYouMean(string(s.Forecast), all))
	}
	checkRange(ps, "scaling.warmUpSeconds", s.WarmUpSeconds, 1, 3600, " seconds")
	for _, name := range slices.Sorted(maps.Keys(s.Schedules)) {
		CheckKey(ps, "scaling.schedules", name)
		c.checkSchedule(ps, "scaling.schedules."+name, s.Schedules[name])
	}
}

func (r Rollout) check(ps *Problems) {
	d := r.withDefaults()
	checkRange(ps, "rollout.surgePercent", d.SurgePercent, 1, 100, "%")
	if r.Disabled {
		without := func(field string, value any, given bool) {
			if given {
				ps.Add("rollout."+field, value, "has no effect while rollouts are off; remove one of the two")
			}
		}
		without("rollbackDisabled", r.RollbackDisabled, r.RollbackDisabled)
		without("steps", r.Steps, len(r.Steps) > 0)
		without("pauseSeconds", r.PauseSeconds, r.PauseSeconds != 0)
		return
	}
	last := 0
	for i, step := range d.Steps {
		if step <= last || step > 100 {
			ps.Add(fmt.Sprintf("rollout.steps[%d]", i), step, "is out of order; steps rise from 1 to 100")
		}
		last = max(last, step)
	}
	if last < 100 {
		ps.Add("rollout.steps", d.Steps, "ends before all machines are new; let the last step be 100")
	}
	checkRange(ps, "rollout.pauseSeconds", d.PauseSeconds, 1, 172_800, " seconds")
}

func (a Agent) check(ps *Problems) {
	if a.Disabled && a.RetentionDays != 0 {
		ps.Add("agent.retentionDays", a.RetentionDays, "has no effect while the agent is off; remove one of the two")
	}
	if a.Disabled && len(a.Files) > 0 {
		ps.Add("agent.files", nil, "has no effect while the agent is off; remove one of the two")
	}
	if a.RetentionDays != 0 {
		checkRange(ps, "agent.retentionDays", a.RetentionDays, 1, maxRetentionDays, " days")
	}
	for _, name := range slices.Sorted(maps.Keys(a.Files)) {
		CheckKey(ps, "agent.files", name)
		if path := a.Files[name]; !strings.HasPrefix(path, "/") {
			ps.Add("agent.files."+name, path, "is not the full path of a file; begin it with /")
		}
	}
}
