package spec

import (
	"maps"
	"slices"
)

// The limits of a cluster, the same on every cloud.
const (
	minMachines = 2    // one machine is no cluster: it can be lost
	maxMachines = 1000 // what the clouds' groups take without asking for more

	defaultMin        = 3
	defaultMaxTimes   = 3 // times Min
	defaultCPUPercent = 60
	defaultDiskGiB    = 20
	defaultSurge      = 25
	maxPort           = 65535
)

// Architecture is the instruction set of a cluster's machines.
type Architecture string

// The architectures.
const (
	// X86 is the 64-bit instruction set of Intel and AMD. The default: every program has a build for it.
	X86 Architecture = "x86-64"
	// ARM is the 64-bit instruction set of ARM, for less money at the same speed where programs have a build for it.
	ARM Architecture = "arm64"
)

// Forecast says what comes of the forecast of the load that a cloud makes from the last weeks.
type Forecast string

// What a forecast is good for.
const (
	// ForecastShown makes a forecast for people to judge, and does not act on it. The default.
	ForecastShown Forecast = "shown"
	// ForecastFollowed starts machines ahead of the load that is forecast. It never stops any.
	ForecastFollowed Forecast = "followed"
	// ForecastNone makes no forecast.
	ForecastNone Forecast = "none"
)

// Cluster describes a group of equal machines across zones, which grows and shrinks with its load. The zero value is a
// production cluster: three to nine machines that are replaced when they fail, and one after another, with a way back,
// when their image or their settings change.
type Cluster struct {
	// Min is the least number of machines, 2 to 1000. With as many machines as zones, a lost zone takes with it no more
	// than its share; fewer leave a zone without a machine. Default 3.
	Min int `pulumi:"min"`
	// Max is the greatest number of machines, at least Min and at most 1000. Leave room for the load of the zones that
	// remain when one is lost. Default 3 times Min.
	Max int `pulumi:"max"`
	// Start is how many machines the cluster has when it is created, Min to Max; from then on scaling decides. A green
	// cluster takes over from a blue one of this size. Default Min.
	Start int `pulumi:"start"`
	// Standby keeps everything but the machines: the cluster has none, and serves nothing, until it is false again. For
	// a second region that waits for a disaster. Default false.
	Standby bool `pulumi:"standby"`
	// Port is the TCP port on which clients, such as a load balancer, reach the machines. Default 8080.
	Port int `pulumi:"port"`
	// Machine says how large the machines are.
	Machine Machine `pulumi:"machine"`
	// Spot says how many of the machines may be of the cloud's spare capacity.
	Spot Spot `pulumi:"spot"`
	// StartUp is what the machines do when they start, as cloud-init takes it: text that begins with "#cloud-config" or
	// with "#!", by a name of its own. Parts run in the alphabetical order of their names, and their cloud-config is
	// merged. No secrets: whoever may look at the cluster may read it. Default none.
	StartUp map[string]string `pulumi:"startUp"`
	// Scaling says when the cluster grows and shrinks.
	Scaling Scaling `pulumi:"scaling"`
	// Rollout says how a change of image or settings reaches the machines.
	Rollout Rollout `pulumi:"rollout"`
	// Health says when a machine counts as failed.
	Health Health `pulumi:"health"`
	// Agent reports memory and disk usage and sends logs, from inside every machine.
	Agent Agent `pulumi:"agent"`
	// MaxAgeDays is after how many days a machine is replaced, 1 to 365, for machines that gather dirt. Default: never
	// for its age alone.
	MaxAgeDays int `pulumi:"maxAgeDays"`
	// Tags are put on every resource that can carry them. Default none.
	Tags map[string]string `pulumi:"tags"`
}

// Machine says how large machines are: by their size, for any type of machine that has it, or by the types' names.
type Machine struct {
	// Architecture is the instruction set. Default X86.
	Architecture Architecture `pulumi:"architecture"`
	// VCPUs is the number of virtual processors, 1 to 128. Default 2.
	VCPUs int `pulumi:"vcpus"`
	// MemoryGiB is the memory in GiB, 1 to 1024. Default 4 for each virtual processor.
	MemoryGiB int `pulumi:"memoryGiB"`
	// Types are the types of machines to use, by the cloud's own names, the best first, in place of VCPUs and MemoryGiB.
	// Several of one size make it likelier that one is to be had. Default: every type of that size.
	Types []string `pulumi:"types"`
	// DiskGiB is the size of the system disk in GiB, 8 to 16384. It is encrypted. Default 20.
	DiskGiB int `pulumi:"diskGiB"`
}

// Spot says how many machines may be of the cloud's spare capacity: much cheaper, and taken back at minutes' notice.
type Spot struct {
	// Percent is the share of spare capacity among the machines above Base, 1 to 100. Default 0: none.
	Percent int `pulumi:"percent"`
	// Base is how many machines are never of spare capacity, 1 to Max. Default: Min.
	Base int `pulumi:"base"`
}

// Scaling says when a cluster grows and shrinks. Its targets do not fight: the cluster grows when any of them asks for
// it and shrinks when all of them agree; forecast and schedules only set the floor that they work above.
type Scaling struct {
	// CPUPercent is the use of the processors, averaged over the machines, to keep to, 10 to 90. Default 60: what is
	// left carries the load of a lost zone until new machines have started.
	CPUPercent int `pulumi:"cpuPercent"`
	// MemoryPercent is the use of memory to keep to, 10 to 95. For programs that give memory back when there is less to
	// do: others would never let the cluster shrink. Default 0: memory does not matter.
	MemoryPercent int `pulumi:"memoryPercent"`
	// RequestsPerMinute is how many requests a machine is to get from the load balancer in a minute. Default 0: requests
	// do not matter.
	RequestsPerMinute int `pulumi:"requestsPerMinute"`
	// Forecast says what comes of a forecast of the load. Default ForecastShown.
	Forecast Forecast `pulumi:"forecast"`
	// Schedules change the cluster's size at set times, by a name of your own. Default none.
	Schedules map[string]Schedule `pulumi:"schedules"`
	// WarmUpSeconds is how long a new machine starts up, before its use is counted in averages and a rollout goes on,
	// 1 to 3600. Default 120.
	WarmUpSeconds int `pulumi:"warmUpSeconds"`
}

// Schedule changes a cluster's size at set times. What it sets stays until another schedule sets it: for working hours
// there is one for the morning and one for the evening. A deployment that refreshes its state first puts back the
// cluster's own Min until then.
type Schedule struct {
	// Cron says when, as five fields: minute, hour, day of the month, month, day of the week ("0 7 * * 1-5"). Required.
	Cron string `pulumi:"cron"`
	// TimeZone is the time zone of Cron, by its name in the IANA database ("Europe/Berlin"). Default "Etc/UTC".
	TimeZone string `pulumi:"timeZone"`
	// Min is the least number of machines from then on, not below that of the cluster. Required.
	Min int `pulumi:"min"`
}

// Rollout says how a change of image or settings reaches the machines: new machines start and pass their health checks
// before old ones stop, in steps. When new ones fail, or an alarm goes off, the old state comes back.
type Rollout struct {
	// Disabled leaves running machines as they are; only those that start later have the change. Default false.
	Disabled bool `pulumi:"disabled"`
	// RollbackDisabled leaves a failed rollout as it stands: with machines of both kinds. Default false.
	RollbackDisabled bool `pulumi:"rollbackDisabled"`
	// Steps are the shares of the machines, in percent, after which a rollout pauses, rising up to 100. Default 10, 50
	// and 100: a machine or two first, to see how they do.
	Steps []int `pulumi:"steps"`
	// PauseSeconds is how long a pause takes, 1 to 172800 (two days): what alarms need to go off. Default 300.
	PauseSeconds int `pulumi:"pauseSeconds"`
	// SurgePercent is how many machines more than usual there may be, in percent, while machines are replaced for whatever
	// reason, 1 to 100. Default 25.
	SurgePercent int `pulumi:"surgePercent"`
}

// Health says when a machine counts as failed, and is replaced.
type Health struct {
	// GraceSeconds is how long a new machine may take to become healthy, 1 to 7200. A machine that needs longer is
	// replaced before it ever serves. Default 300.
	GraceSeconds int `pulumi:"graceSeconds"`
}

// Agent reports what only a machine itself knows.
type Agent struct {
	// Disabled reports no memory and disk usage and keeps no logs: they go with their machine. Default false.
	Disabled bool `pulumi:"disabled"`
	// RetentionDays is how many days logs are kept, 1 to 3653. Default 365.
	RetentionDays int `pulumi:"retentionDays"`
	// Files are more log files to send besides the system's, by a name of your own: their paths, in which * stands for
	// any text. Default none.
	Files map[string]string `pulumi:"files"`
}

// WithDefaults returns a copy with every unset field at its default.
func (c Cluster) WithDefaults() Cluster {
	setDefault(&c.Min, defaultMin)
	setDefault(&c.Max, min(defaultMaxTimes*c.Min, max(maxMachines, c.Min)))
	setDefault(&c.Port, 8080)
	c.Machine = c.Machine.withDefaults()
	if c.Spot.Percent != 0 {
		setDefault(&c.Spot.Base, c.Min)
	}
	c.Scaling = c.Scaling.withDefaults()
	c.Rollout = c.Rollout.withDefaults()
	setDefault(&c.Health.GraceSeconds, 300)
	setDefault(&c.Agent.RetentionDays, defaultRetentionDays)
	c.Agent.Files = maps.Clone(c.Agent.Files)
	c.StartUp = maps.Clone(c.StartUp)
	c.Tags = maps.Clone(c.Tags)
	return c
}

func (m Machine) withDefaults() Machine {
	setDefault(&m.Architecture, X86)
	if len(m.Types) == 0 {
		setDefault(&m.VCPUs, 2)
		setDefault(&m.MemoryGiB, 4*m.VCPUs)
	}
	setDefault(&m.DiskGiB, defaultDiskGiB)
	m.Types = slices.Clone(m.Types)
	return m
}

func (s Scaling) withDefaults() Scaling {
	setDefault(&s.CPUPercent, defaultCPUPercent)
	setDefault(&s.Forecast, ForecastShown)
	setDefault(&s.WarmUpSeconds, 120)
	s.Schedules = maps.Clone(s.Schedules)
	for name, schedule := range s.Schedules {
		setDefault(&schedule.TimeZone, "Etc/UTC")
		s.Schedules[name] = schedule
	}
	return s
}

func (r Rollout) withDefaults() Rollout {
	r.Steps = slices.Clone(r.Steps)
	setDefault(&r.SurgePercent, defaultSurge)
	if r.Disabled {
		return r
	}
	if len(r.Steps) == 0 {
		r.Steps = []int{10, 50, 100}
	}
	setDefault(&r.PauseSeconds, 300)
	return r
}
