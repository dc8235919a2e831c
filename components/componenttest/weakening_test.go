package componenttest

import (
	"os"
	"reflect"
	"sync"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/holdfast-iac/holdfast/components/spec"
)

// harmless are the switches of components/spec that weaken nothing, and so need not be named for it.
var harmless = map[string]string{
	"Baseline.VulnerabilityScans": "more than the default",
	"AuditTrail.DataEvents":       "more than the default",
	"AuditTrail.Insights":         "more than the default",
	"Firewall.BlockAnonymous":     "more than the default",
	"BackupRule.PointInTime":      "more than the default",
	"LoadBalancer.Internal":       "fewer can reach it",
	"NodePool.Arm":                "another architecture",
}

// cloudsOwn are switches that show only with what is no part of components/spec: each cloud's own tests try them.
var cloudsOwn = map[string]string{
	"BackupRule.CopyDisabled": "copies need a second region or account",
}

// TestEveryWeakeningIsTried: each suite sets every switch of its concept that may weaken something, in a check of its
// own. What no check sets could be on by default, or do nothing, and no component would fail.
func TestEveryWeakeningIsTried(t *testing.T) {
	t.Parallel()
	backup, baseline, cache, database := backupToy{}.driver(), toyBaseline{}.driver(), server{}.cache(), server{}.database()
	cluster, kubernetes := toyCluster{}.driver(), toyKubernetes("")
	balancer, monitoring, network := toyBalancer{}.driver(), toyMonitoring{}.driver(), toy{}.driver()
	concepts := map[string]switches{
		"backup":       watch(&backup.Driver, func() checks { return backup.checks() }),
		"baseline":     watch(&baseline.Driver, func() checks { return baseline.checks() }),
		"cache":        watch(&cache.Driver, func() checks { return cache.checks() }),
		"cluster":      watch(&cluster.Driver, func() checks { return cluster.checks() }),
		"database":     watch(&database.Driver, func() checks { return database.checks() }),
		"kubernetes":   watch(&kubernetes.Driver, func() checks { return kubernetes.checks() }),
		"loadbalancer": watch(&balancer.Driver, func() checks { return balancer.checks() }),
		"monitoring":   watch(&monitoring.Driver, func() checks { return monitoring.checks() }),
		"network":      watch(&network.Driver, func() checks { return network.checks() }),
	}
	folders, err := os.ReadDir("../aws")
	require.NoError(t, err)
	for _, folder := range folders {
		assert.True(t, folder.Name() == "internal" || concepts[folder.Name()] != nil, "%s has no suite", folder.Name())
	}
	listed := map[string]bool{}
	for concept, tried := range concepts {
		for name, set := range tried {
			listed[name] = true
			if harmless[name] == "" && cloudsOwn[name] == "" {
				assert.True(t, set, "no check of the suite of %s sets %s", concept, name)
			}
		}
	}
	for _, list := range []map[string]string{harmless, cloudsOwn} {
		for name := range list {
			assert.True(t, listed[name], "%s is no switch", name)
		}
	}
	assert.Greater(t, len(listed), 40, "the walk has missed components/spec")
}

// switches are the booleans of a concept, as "Type.Field", and whether they were ever set.
type switches map[string]bool

// watch runs the checks that a suite has of its own, and returns what they set.
func watch[S any](d *Driver[S], suite func() checks) switches {
	var mu sync.Mutex
	tried := switches{}
	var zero S
	tried.list(reflect.TypeOf(zero))
	create := d.New
	d.New = func(ctx *pulumi.Context, name string, s S, opts ...pulumi.ResourceOption) error {
		mu.Lock()
		tried.note(reflect.ValueOf(s))
		mu.Unlock()
		return create(ctx, name, s, opts...)
	}
	common := d.common(Common[S]{})
	for name, check := range suite() {
		if _, every := common[name]; !every {
			check(&verdict{})
		}
	}
	return tried
}

// list adds the booleans of a type and of what it holds.
func (s switches) list(of reflect.Type) {
	switch of.Kind() {
	case reflect.Map, reflect.Slice, reflect.Pointer:
		s.list(of.Elem())
	case reflect.Struct:
		for i := range of.NumField() {
			if field := of.Field(i); field.Type.Kind() == reflect.Bool {
				s[of.Name()+"."+field.Name] = false
			} else if field.IsExported() {
				s.list(field.Type)
			}
		}
	}
}

// note marks the booleans that are true in a value.
func (s switches) note(v reflect.Value) {
	switch v.Kind() {
	case reflect.Map:
		for _, key := range v.MapKeys() {
			s.note(v.MapIndex(key))
		}
	case reflect.Slice:
		for i := range v.Len() {
			s.note(v.Index(i))
		}
	case reflect.Pointer:
		if !v.IsNil() {
			s.note(v.Elem())
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Field(i).Kind() == reflect.Bool && v.Field(i).Bool() {
				s[v.Type().Name()+"."+v.Type().Field(i).Name] = true
			}
			s.note(v.Field(i))
		}
	}
}

// A field that nobody set is found, wherever it lies.
func TestSwitches(t *testing.T) {
	t.Parallel()
	found := switches{}
	found.list(reflect.TypeFor[spec.Backup]())
	found.note(reflect.ValueOf(spec.Backup{Plans: map[string]spec.BackupPlan{"a": {Rules: map[string]spec.BackupRule{"b": {CopyDisabled: true}}}}}))
	var set []string
	for name, is := range found {
		if is {
			set = append(set, name)
		}
	}
	assert.Equal(t, []string{"BackupRule.CopyDisabled"}, set)
	assert.Contains(t, found, "BackupLock.Disabled")
}
