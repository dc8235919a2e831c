package monitoring

import (
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/holdfast-iac/holdfast/components/spec"
)

// clusterAlarms are the alarms on the instances of a cluster. Memory and disk are reported by the CloudWatch agent.
func (c Cluster) alarms(name string) []alarm {
	d := pulumi.StringMap{dimGroup: c.GroupName}
	return []alarm{
		{
			kind: "cpu", target: name, severity: spec.Warning,
			means:   "The instances are busy although the cluster grows with its load. Look at its scaling activities.",
			watched: one(instanceCPU, d),
			compare: above, threshold: 85, period: 300, periods: 3, points: 3, silence: silenceIsSilence,
		},
		{
			kind: "memory", target: name, severity: spec.Warning,
			means:   "The instances run out of memory. Look for a leak since the latest deployment, or take a larger type.",
			watched: one(instanceMemory, d),
			compare: above, threshold: 90, period: 300, periods: 3, points: 3, silence: silenceIsSilence,
		},
		{
			kind: "disk", target: name, severity: spec.Warning,
			means:   "The fullest disk of the instances fills up. Look at logs and temporary files.",
			watched: one(instanceDisk, d),
			compare: above, threshold: 85, period: 300, periods: 3, points: 3, silence: silenceIsSilence,
		},
		{
			kind: "status", target: name, severity: spec.Warning,
			means:   "An instance fails its status checks and is not replaced. Look at the cluster's scaling activities.",
			watched: one(instanceStatus, d),
			compare: above, threshold: 0, period: 60, periods: 10, points: 10, silence: silenceIsGood,
		},
		{
			kind: "capacity", target: name, severity: spec.Warning,
			means: "The cluster has grown to its limit and can take no more load. Raise its maximum.",
			watched: []watched{
				{id: "size", metric: groupInService, dimensions: d}, {id: "limit", metric: groupMax, dimensions: d},
			},
			expression: "100 * size / limit",
			compare:    above, threshold: 95, period: 300, periods: 3, points: 3, silence: silenceIsSilence,
		},
	}
}
