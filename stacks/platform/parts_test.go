package platform

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/holdfast-iac/holdfast/components/spec"
)

// Every section is judged, under its own key.
func TestSections(t *testing.T) {
	t.Parallel()
	s, err := Load(map[string]string{
		"holdfast:cloud": "aws", "holdfast:loadBalancer": "{}", "holdfast:cluster": "{}", "holdfast:database": "{}", "holdfast:cache": "{}",
		"holdfast:kubernetes": "{}", "holdfast:backup": "{}", "holdfast:monitoring": "{}", "holdfast:baseline": "{}",
		"holdfast:recovery": `{"region": "eu-central-1"}`, "holdfast:zone": "example.com",
	})
	require.NoError(t, err)
	for _, part := range []any{s.LoadBalancer, s.Cluster, s.Database, s.Cache, s.Kubernetes, s.Backup, s.Monitoring, s.Baseline, s.Recovery} {
		assert.NotNil(t, part)
	}

	bad := map[string]string{
		"cluster": `{"min": 1}`, "database": `{"version": 9}`, "cache": `{"replicas": 99}`, "kubernetes": `{"version": "2"}`,
		"backup": `{"timeZone": "Nowhere"}`, "monitoring": `{"runbookUrl": "ftp://x"}`, "baseline": `{"passwords": {"minLength": 1}}`,
		"recovery": `{"standby": 1}`, "objectives": `{"availability": 50}`, "release": `{"strategy": "red-black"}`,
		"loadBalancer": `{"idleSeconds": 100000}`, "network": `{"zones": 1}`,
	}
	for key, value := range bad {
		_, err := Load(map[string]string{"holdfast:cloud": "aws", "holdfast:" + key: value})
		require.Error(t, err, key)
		assert.Contains(t, err.Error(), "holdfast:"+key+".", "%s", err)
	}
}

func TestSectionsTogether(t *testing.T) {
	t.Parallel()
	cluster, balancer := &spec.Cluster{}, &spec.LoadBalancer{}
	ten := 10
	alone := func(ipv6 bool) spec.Network {
		return spec.Network{NAT: spec.NATNone, IPv6: ipv6, Endpoints: spec.Endpoints{Disabled: true}}
	}
	tests := map[string]struct {
		spec Spec
		want string
	}{
		"nothing":               {Spec{}, ""},
		"a cluster alone":       {Spec{Cluster: cluster}, ""},
		"described backend":     {Spec{Cluster: cluster, LoadBalancer: &spec.LoadBalancer{Backends: map[string]spec.Backend{"main": {DrainSeconds: 30}}}}, ""},
		"balancer of nothing":   {Spec{LoadBalancer: balancer}, "holdfast:loadBalancer: has nothing to lead to; add holdfast:cluster"},
		"other backend":         {Spec{Cluster: cluster, LoadBalancer: &spec.LoadBalancer{Backends: map[string]spec.Backend{"x": {}}}}, "holdfast:loadBalancer.backends.x: is made from the cluster"},
		"backend with a port":   {Spec{Cluster: cluster, LoadBalancer: &spec.LoadBalancer{Backends: map[string]spec.Backend{"main": {Port: 80}}}}, "holdfast:loadBalancer.backends.main: is made"},
		"backend's rollback":    {Spec{Cluster: cluster, LoadBalancer: &spec.LoadBalancer{Backends: map[string]spec.Backend{"main": {Rollback: spec.Rollback{Disabled: true}}}}}, "holdfast:loadBalancer.backends.main: is made"},
		"backend with a weight": {Spec{Cluster: cluster, LoadBalancer: &spec.LoadBalancer{Backends: map[string]spec.Backend{"main": {Weight: &ten}}}}, "holdfast:loadBalancer.backends.main: is made"},
		"IPv6 without subnets": {Spec{Cluster: cluster, LoadBalancer: &spec.LoadBalancer{IPv6: true}, Recovery: &Recovery{}},
			"holdfast:loadBalancer.ipv6: true needs subnets with IPv6; set holdfast:network.ipv6 too\n" +
				"holdfast:recovery.network.ipv6: false must be true, because the load balancer there has IPv6 too"},
		"two zones":            {Spec{Zone: "a.b", Cluster: cluster, LoadBalancer: &spec.LoadBalancer{Zone: "Z1"}}, `holdfast:loadBalancer.zone: "Z1" contradicts holdfast:zone`},
		"colours, no balancer": {Spec{Cluster: cluster, Release: Release{Strategy: BlueGreen}}, `holdfast:release.strategy: "blue-green" shifts the weights of a load balancer`},
		"replica of nothing":   {Spec{Recovery: &Recovery{DatabaseReplica: true}}, "holdfast:recovery.databaseReplica: has no database to follow"},
		"standby of nothing":   {Spec{Recovery: &Recovery{Standby: 2}}, "holdfast:recovery.standby: 2 has no cluster to stand by for"},
		"requests of connections": {Spec{
			LoadBalancer: &spec.LoadBalancer{TCP: true}, Cluster: &spec.Cluster{Scaling: spec.Scaling{RequestsPerMinute: 100}},
			Monitoring: &spec.Monitoring{Objective: spec.Objective{LatencyMilliseconds: 100}},
		}, "holdfast:cluster.scaling.requestsPerMinute: 100 needs requests, which holdfast:loadBalancer does not count with tcp; remove it\n" +
			"holdfast:monitoring.objective: is one of requests, which holdfast:loadBalancer does not count with tcp; remove it"},
		"connections":      {Spec{LoadBalancer: &spec.LoadBalancer{TCP: true}, Cluster: cluster, Monitoring: &spec.Monitoring{}}, ""},
		"watching nothing": {Spec{Monitoring: &spec.Monitoring{}}, "holdfast:monitoring: has nothing to watch"},
		"standby without data": {Spec{Zone: "a.b", Cluster: cluster, LoadBalancer: balancer, Database: &spec.Database{}, Recovery: &Recovery{Standby: 2}},
			"holdfast:recovery.databaseReplica: false must be true: users get by themselves to machines there"},
		"so by choice":             {Spec{Zone: "a.b", Cluster: cluster, LoadBalancer: balancer, Database: &spec.Database{}, Recovery: &Recovery{Standby: 2, FailoverWithoutData: true}}, ""},
		"a zone that exists":       {Spec{Cluster: cluster, LoadBalancer: &spec.LoadBalancer{Zone: "Z1"}, Database: &spec.Database{}, Recovery: &Recovery{Standby: 2}}, "holdfast:recovery.databaseReplica: false must be true"},
		"standby with data":        {Spec{Zone: "a.b", Cluster: cluster, LoadBalancer: balancer, Database: &spec.Database{}, Recovery: &Recovery{Standby: 2, DatabaseReplica: true}}, ""},
		"nobody gets there":        {Spec{Zone: "a.b", Cluster: cluster, LoadBalancer: balancer, Database: &spec.Database{}, Recovery: &Recovery{}}, ""},
		"no name to get there":     {Spec{Cluster: cluster, LoadBalancer: balancer, Database: &spec.Database{}, Recovery: &Recovery{Standby: 2}}, ""},
		"choice of nothing":        {Spec{Zone: "a.b", Cluster: cluster, LoadBalancer: balancer, Recovery: &Recovery{Standby: 2, FailoverWithoutData: true}}, "holdfast:recovery.failoverWithoutData: true has no effect"},
		"choice against a replica": {Spec{Zone: "a.b", Cluster: cluster, LoadBalancer: balancer, Database: &spec.Database{}, Recovery: &Recovery{Standby: 2, DatabaseReplica: true, FailoverWithoutData: true}}, "holdfast:recovery.failoverWithoutData: true has no effect"},
		"a password for nothing":   {Spec{DatabasePassword: "correct-horse-battery"}, "holdfast:databasePassword: has no effect without holdfast:database; remove it"},
		"administrators of nothing": {Spec{Administrators: map[string]string{"me": "arn"}},
			"holdfast:administrators: has no effect without holdfast:kubernetes or holdfast:baseline; remove it"},
		"administrators of pods":       {Spec{Administrators: map[string]string{"me": "arn"}, Kubernetes: &spec.Kubernetes{}}, ""},
		"administrators of an account": {Spec{Administrators: map[string]string{"me": "arn"}, Baseline: &spec.Baseline{}}, ""},
		"machines that reach nothing": {Spec{Network: alone(false), Cluster: cluster},
			"holdfast:network.endpoints.disabled: true leaves the machines no way to any service, with nat: none"},
		"nodes that reach nothing": {Spec{Network: alone(false), Kubernetes: &spec.Kubernetes{}}, "holdfast:network.endpoints.disabled: true leaves"},
		"a way by IPv6":            {Spec{Network: alone(true), Cluster: cluster}, ""},
		"no machines":              {Spec{Network: alone(false)}, ""},
		"watching pods":            {Spec{Monitoring: &spec.Monitoring{}, Kubernetes: &spec.Kubernetes{}}, ""},
		"watching unseen pods":     {Spec{Monitoring: &spec.Monitoring{}, Kubernetes: &spec.Kubernetes{Agent: spec.KubernetesAgent{Disabled: true}}}, "holdfast:monitoring: has nothing to watch"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			err := test.spec.checkTogether()
			if test.want == "" {
				require.NoError(t, err)
				return
			}
			require.ErrorContains(t, err, test.want)
		})
	}
}

// What lets a platform be destroyed takes off every protection, and changes nothing else, nor the description itself.
func TestUnlocked(t *testing.T) {
	t.Parallel()
	whole := Spec{
		LoadBalancer: &spec.LoadBalancer{}, Database: &spec.Database{}, Kubernetes: &spec.Kubernetes{}, Baseline: &spec.Baseline{},
		Backup: &spec.Backup{RTOMinutes: 5},
	}
	assert.Equal(t, whole, whole.Unlocked(), "locked")
	whole.DeletionAllowed = true
	open := whole.Unlocked()
	assert.Equal(t, &spec.LoadBalancer{DeletionAllowed: true, AccessLogs: spec.AccessLogs{Erasable: true}}, open.LoadBalancer)
	assert.Equal(t, &spec.Database{DeletionAllowed: true}, open.Database)
	assert.Equal(t, &spec.Kubernetes{DeletionAllowed: true}, open.Kubernetes)
	assert.Equal(t, &spec.Baseline{Trail: spec.AuditTrail{Erasable: true}}, open.Baseline)
	assert.Equal(t, &spec.Backup{RTOMinutes: 5, Erasable: true, Lock: spec.BackupLock{Disabled: true}}, open.Backup)
	assert.False(t, whole.Backup.Erasable || whole.Database.DeletionAllowed, "the description stays")

	forever := Spec{DeletionAllowed: true, Backup: &spec.Backup{Lock: spec.BackupLock{Compliance: spec.ComplianceConsent}}}
	assert.Equal(t, forever, forever.Unlocked(), "what nobody can delete stays locked")
	assert.Equal(t, Spec{DeletionAllowed: true}, Spec{DeletionAllowed: true}.Unlocked(), "nothing to unlock")

	silent := Spec{DeletionAllowed: true, LoadBalancer: &spec.LoadBalancer{AccessLogs: spec.AccessLogs{Disabled: true}}}
	assert.False(t, silent.Unlocked().LoadBalancer.AccessLogs.Erasable, "there are no logs to erase")
}

func TestImageOf(t *testing.T) {
	t.Parallel()
	zero := 0
	r := Release{Strategy: BlueGreen, Live: Green, Image: "old", Candidate: &Candidate{Image: "new", Weight: &zero}}
	assert.Equal(t, "new", r.ImageOf("blue"))
	assert.Equal(t, "old", r.ImageOf("green"))
	r.Candidate.Image = ""
	assert.Equal(t, "old", r.ImageOf("blue"))
	assert.Empty(t, Release{}.ImageOf("blue"))
}

// Whoever describes backends hears that they are made, and not how to describe them better. What can be described is judged.
func TestBackendsThatAreMade(t *testing.T) {
	t.Parallel()
	load := func(backends string) error {
		_, err := Load(map[string]string{"holdfast:cloud": "aws", "holdfast:cluster": "{}", "holdfast:loadBalancer": `{"backends": ` + backends + "}"})
		return err
	}
	const made = " is made from the cluster and the release; only main can be described, without port, weight and rollback"
	const both = "holdfast:loadBalancer.backends.a:" + made + "\nholdfast:loadBalancer.backends.main:" + made
	require.EqualError(t, load(`{"a": {"weight": 60}, "main": {"weight": 40}}`), both)
	require.EqualError(t, load(`{"a": {"weight": 60}, "main": {"weight": 40, "drainSeconds": 4000}}`),
		"holdfast:loadBalancer.backends.main.drainSeconds: 4000 is out of range; use 1 to 3600 seconds\n"+both)
}
