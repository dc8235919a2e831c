package componenttest

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/holdfast-iac/holdfast/components/spec"
)

// toyMonitoring is a component of a cloud that does not exist, sound but for one flaw.
type toyMonitoring struct{ flaw string }

func (c toyMonitoring) has(flaw string) bool { return c.flaw == flaw }

// toyAlarms are its alarms, and whether their thresholds follow from something else.
var toyAlarms = map[string]bool{
	"errors": false, "cpu-main": false, "database-cpu-main": false,
	"service-down": true, "slo-fast": true, "slo-medium": true, "slo-slow": true,
}

func (c toyMonitoring) validate(m spec.Monitoring) error {
	var ps spec.Problems
	ps.Collect("", m.Validate())
	for _, name := range slices.Sorted(maps.Keys(m.Alarms)) {
		_, known := toyAlarms[name]
		switch known = known || slices.Contains(spec.AlarmKinds(), name); {
		case !known && !c.has("changes what is not there"):
			ps.Add("alarms."+name, nil, "there is no such alarm; %s", spec.DidYouMean(name, spec.AlarmKinds()))
		case toyAlarms[name] && m.Alarms[name].Threshold != nil:
			ps.Add("alarms."+name+".threshold", nil, "cannot be set")
		}
	}
	return ps.Err()
}

func (c toyMonitoring) create(ctx *pulumi.Context, name string, m spec.Monitoring, opts ...pulumi.ResourceOption) error {
	if err := c.validate(m); err != nil {
		return fmt.Errorf("monitoring %q is not valid:\n%w", name, err)
	}
	component := &pulumi.ResourceState{}
	if err := ctx.RegisterComponentResource("holdfast:toy:Monitoring", name, component, opts...); err != nil {
		return err
	}
	m = m.WithDefaults()
	child := func(kind, suffix string, props pulumi.Map) error {
		props["tags"] = pulumi.ToStringMap(m.Tags)
		err := ctx.RegisterResource("toy:index:"+kind, name+"-"+suffix, props, &pulumi.CustomResourceState{}, pulumi.Parent(component))
		if err != nil {
			return fmt.Errorf("monitoring %q: %w", name, err)
		}
		return nil
	}
	if !m.Dashboard.Disabled && !c.has("has no dashboard") || c.has("insists on a dashboard") {
		if err := child("Dashboard", "dashboard", pulumi.Map{}); err != nil {
			return err
		}
	}
	if err := child("Route", "route", pulumi.Map{"encrypted": pulumi.Bool(!c.has("talks in clear"))}); err != nil {
		return err
	}
	for alarm := range toyAlarms {
		if props, ok := c.alarm(alarm, m); ok {
			if err := child("Alarm", "alarm-"+alarm, props); err != nil {
				return err
			}
		}
	}
	for i, email := range slices.Sorted(maps.Keys(m.Emails)) {
		severities, address := m.Emails[email].Severities, m.Emails[email].Address
		if c.has("tells everybody everything") {
			severities = spec.Severities()
		}
		if c.has("numbers recipients") {
			email = fmt.Sprint(i)
		}
		for _, severity := range severities {
			if err := child("Recipient", email+"-"+string(severity), pulumi.Map{"address": pulumi.String(address)}); err != nil {
				return err
			}
		}
	}
	for log, l := range m.Logs {
		days := l.RetentionDays
		if c.has("keeps logs for a week") {
			days = 7
		}
		props := pulumi.Map{"days": pulumi.Int(days), "encrypted": pulumi.Bool(!c.has("writes in clear"))}
		if err := child("Log", "log-"+log, props); err != nil {
			return err
		}
	}
	return nil
}

// alarm returns the properties of an alarm, if there is to be one.
func (c toyMonitoring) alarm(name string, m spec.Monitoring) (pulumi.Map, bool) {
	kind, threshold := strings.TrimSuffix(name, "-main"), 90.0
	order := []string{kind, name}
	if c.has("prefers the kind") {
		slices.Reverse(order)
	}
	for _, key := range order {
		if m.Alarms[key].Disabled && !c.has("cannot disable an alarm") {
			return nil, false
		}
		if t := m.Alarms[key].Threshold; t != nil {
			threshold = *t
		}
	}
	burn := strings.HasPrefix(name, "slo-")
	if burn && (m.Objective.Disabled && !c.has("insists on an objective") || c.has("has no objective")) {
		return nil, false
	}
	return pulumi.Map{"threshold": pulumi.Float64(threshold), "notifies": pulumi.Bool(!c.has("is silent"))}, true
}

func (c toyMonitoring) driver() MonitoringDriver {
	flag := func(key string) func(Resource) bool {
		return func(r Resource) bool { return r.Inputs[resource.PropertyKey(key)].BoolValue() }
	}
	return MonitoringDriver{
		Driver: Driver[spec.Monitoring]{
			Concept: "monitoring", New: c.create, Package: "toy", Token: "holdfast:toy:Monitoring", Tags: TagsOf,
			Cloud: func(require.TestingT) pulumi.MockResourceMonitor { return Echo{} },
		},
		AlarmTypes:    []string{"toy:index:Alarm"},
		DashboardType: "toy:index:Dashboard", RouteType: "toy:index:Route", RecipientType: "toy:index:Recipient", LogType: "toy:index:Log",
		AlarmName: func(r Resource) string { return strings.TrimPrefix(r.Name, "main-alarm-") },
		Threshold: func(r Resource) float64 { return r.Inputs["threshold"].NumberValue() },
		Notifies:  flag("notifies"), Encrypted: flag("encrypted"),
		Retention: func(r Resource) int { return int(r.Inputs["days"].NumberValue()) },
	}
}

// The suite passes a sound component, and finds each flaw in the check that is there for it.
func TestMonitoringSuite(t *testing.T) {
	t.Parallel()
	Monitoring(t, toyMonitoring{}.driver())
	for flaw, check := range map[string]string{
		"has no dashboard":           "defaults are strong",
		"has no objective":           "defaults are strong",
		"is silent":                  "defaults are strong",
		"talks in clear":             "defaults are strong",
		"insists on a dashboard":     "weakening is explicit",
		"insists on an objective":    "weakening is explicit",
		"cannot disable an alarm":    "weakening is explicit",
		"prefers the kind":           "alarms can be changed",
		"tells everybody everything": "recipients and logs",
		"keeps logs for a week":      "recipients and logs",
		"writes in clear":            "recipients and logs",
		"numbers recipients":         "growth replaces nothing",
		"changes what is not there":  "bad arguments",
	} {
		t.Run(flaw, func(t *testing.T) {
			t.Parallel()
			assert.True(t, toyMonitoring{flaw}.driver().checks().fails(check), flaw)
		})
	}
}
