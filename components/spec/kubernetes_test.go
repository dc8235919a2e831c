package spec

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestKubernetesDefaults(t *testing.T) {
	t.Parallel()
	require.NoError(t, Kubernetes{}.Validate())
	full := Kubernetes{}.WithDefaults()
	assert.Equal(t, Kubernetes{
		Version: DefaultKubernetes, Logs: KubernetesLogs{RetentionDays: 365}, Agent: KubernetesAgent{RetentionDays: 365},
		Pools: map[string]NodePool{"main": {Min: 3, Max: 9, DiskGiB: 50, Taints: map[string]Taint{}}},
	}, full)
	assert.Equal(t, full, full.WithDefaults(), "defaults of defaults are the same")
	assert.Equal(t, 20, NodePool{Min: 20}.WithDefaults().Max, "room for the least number at least")

	original := Kubernetes{
		PublicAccessCIDRs: []string{"198.51.100.0/24"}, Tags: map[string]string{"k": "v"},
		Pools: map[string]NodePool{"web": {
			Types: []string{"a"}, Labels: map[string]string{"k": "v"}, Taints: map[string]Taint{"k": {}, "l": {Effect: "NoExecute"}},
		}},
	}
	copied := original.WithDefaults()
	assert.Equal(t, map[string]Taint{"k": {Effect: "NoSchedule"}, "l": {Effect: "NoExecute"}}, copied.Pools["web"].Taints)
	copied.PublicAccessCIDRs[0], copied.Tags["k"], copied.Pools["web"].Types[0], copied.Pools["web"].Labels["k"] = "z", "z", "z", "z"
	assert.Equal(t, "198.51.100.0/24", original.PublicAccessCIDRs[0])
	assert.Equal(t, "v", original.Tags["k"])
	assert.Equal(t, "v", original.Pools["web"].Labels["k"])
	assert.Equal(t, "a", original.Pools["web"].Types[0])
	assert.Empty(t, original.Pools["web"].Taints["k"].Effect)
}

func TestKubernetesProblems(t *testing.T) {
	t.Parallel()
	pool := func(p NodePool) Kubernetes { return Kubernetes{Pools: map[string]NodePool{"main": p}} }
	from := func(block string) Kubernetes { return Kubernetes{PublicAccessCIDRs: []string{block}} }
	const label = "is not a label of Kubernetes; use up to 63 letters, digits and any of -_. , beginning and ending with a letter or digit"
	for want, k := range map[string]Kubernetes{
		`version: "1.35.2" is not a minor version of Kubernetes; use for example "1.35"`:                                {Version: "1.35.2"},
		`publicAccessCidrs[0]: "2001:db8::/32" is not an IPv4 CIDR block; use for example 198.51.100.0/24`:              from("2001:db8::/32"),
		`publicAccessCidrs[0]: "home" is not an IPv4 CIDR block; use for example 198.51.100.0/24`:                       from("home"),
		`publicAccessCidrs[0]: "0.0.0.0/0" is the whole internet; name the networks that administer the cluster`:        from("0.0.0.0/0"),
		`publicAccessCidrs[0]: "198.51.100.7/24" has host bits set; use 198.51.100.0/24`:                                from("198.51.100.7/24"),
		`publicAccessCidrs[0]: "10.0.0.0/8" is private, and the network reaches the API without it; name public blocks`: from("10.0.0.0/8"),
		"logs.retentionDays: 3654 is out of range; use 1 to 3653 days":                                                  {Logs: KubernetesLogs{RetentionDays: 3654}},
		"logs.retentionDays: 30 has no effect while the logs are off; remove one of the two":                            {Logs: KubernetesLogs{Disabled: true, RetentionDays: 30}},
		"agent.retentionDays: 3654 is out of range; use 1 to 3653 days":                                                 {Agent: KubernetesAgent{RetentionDays: 3654}},
		"agent.retentionDays: 30 has no effect while the agent is off; remove one of the two":                           {Agent: KubernetesAgent{Disabled: true, RetentionDays: 30}},
		"pools.Main: is not the name of a pool; use up to 12 lower-case letters, digits and hyphens, a letter first":    {Pools: map[string]NodePool{"Main": {}}},
		"pools.thirteenchars: is not the name of a pool; use up to 12 lower-case letters, digits and hyphens, a letter first": {
			Pools: map[string]NodePool{"thirteenchars": {}}},
		"pools.main.min: 1 is out of range; use 2 to 450 nodes, so that one can fail":                         pool(NodePool{Min: 1}),
		"pools.main.max: 2 is out of range; use min, 3, to 450 nodes":                                         pool(NodePool{Max: 2}),
		"pools.main.max: 451 is out of range; use min, 3, to 450 nodes":                                       pool(NodePool{Max: 451}),
		"pools.main.diskGib: 19 is out of range; use 20 to 16384 GiB":                                         pool(NodePool{DiskGiB: 19}),
		`pools.main.types[1]: "a" is listed twice; list each type once`:                                       pool(NodePool{Types: []string{"a", "a"}}),
		`pools.main.labels.-k: "v" ` + label:                                                                  pool(NodePool{Labels: map[string]string{"-k": "v"}}),
		`pools.main.labels.k: "v v" ` + label:                                                                 pool(NodePool{Labels: map[string]string{"k": "v v", "example.com/ok": ""}}),
		`pools.main.taints.k: "v-" is not a taint of Kubernetes; its key and value are like those of a label`: pool(NodePool{Taints: map[string]Taint{"k": {Value: "v-"}}}),
		`pools.main.taints.k.effect: "NoSchedul" is not an effect; did you mean NoSchedule? (use NoExecute, NoSchedule or PreferNoSchedule)`: pool(
			NodePool{Taints: map[string]Taint{"k": {Effect: "NoSchedul"}}}),
	} {
		assert.EqualError(t, k.Validate(), want)
	}
}

func TestDomains(t *testing.T) {
	t.Parallel()
	assert.Empty(t, LoadBalancer{AlternateDomains: []string{"b.example.com"}}.Domains())
	assert.Equal(t, []string{"a.example.com", "b.example.com"}, LoadBalancer{Domain: "a.example.com", AlternateDomains: []string{"b.example.com"}}.Domains())
}
