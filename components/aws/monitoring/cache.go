package monitoring

import (
	"fmt"
	"slices"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/holdfast-iac/holdfast/components/spec"
)

// member returns the id of the node that ElastiCache numbers n, from 1. It numbers nodes when it adds them, so that a new
// one changes no other's.
func (c Cache) member(n int) pulumi.StringOutput {
	return c.MemberIDs.ToStringArrayOutput().ApplyT(func(ids []string) (string, error) {
		if n > len(ids) {
			return "", fmt.Errorf("there is no node %d among %q", n, ids)
		}
		return slices.Sorted(slices.Values(ids))[n-1], nil
	}).(pulumi.StringOutput)
}

// memberName is the end of a node's id, as ElastiCache numbers it: "001".
func memberName(n int) string { return fmt.Sprintf("%03d", n) }

// alarms are the alarms on the nodes of a cache.
func (c Cache) alarms(name string) []alarm {
	var all []alarm
	for n := 1; n <= c.Members; n++ {
		all = append(all, nodeAlarms(joined(name, memberName(n)), pulumi.StringMap{dimCache: c.member(n)})...)
	}
	return all
}

func nodeAlarms(target string, d pulumi.StringMap) []alarm {
	return []alarm{
		{
			kind: "cache-cpu", target: target, severity: spec.Warning,
			means: "The cache's engine, which has one thread, is busy, or does not report any more. Look at the slow log for " +
				"commands over many keys.",
			watched: one(cacheCPU, d),
			compare: above, threshold: 90, period: 60, periods: 5, points: 5, silence: silenceIsBad,
		},
		{
			kind: "cache-memory", target: target, severity: spec.Warning,
			means:   "The cache's memory fills up. Look for keys that never expire, or take a larger node.",
			watched: one(cacheMemory, d),
			compare: above, threshold: 85, period: 60, periods: 5, points: 5, silence: silenceIsSilence,
		},
		{
			kind: "cache-evictions", target: target, severity: spec.Warning,
			means:   "The cache drops entries to make room, again and again. Take a larger node, or let keys expire sooner.",
			watched: one(cacheEvictions, d),
			compare: above, threshold: 0, period: 300, periods: 3, points: 3, silence: silenceIsGood,
		},
		{
			// Only replicas report it, and after a failover that is another node.
			kind: "cache-lag", target: target, severity: spec.Warning,
			means:   "A replica of the cache is behind: what it has not got is lost when it takes over. Look at the write load.",
			watched: one(cacheLag, d),
			compare: above, threshold: 10, period: 60, periods: 5, points: 5, silence: silenceIsGood,
		},
	}
}
