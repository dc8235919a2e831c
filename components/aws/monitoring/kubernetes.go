package monitoring

import (
	"fmt"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/holdfast-iac/holdfast/components/spec"
)

// alarms are the alarms on the nodes of a Kubernetes cluster, which Container Insights reports on from inside them.
func (k Kubernetes) alarms(name string) []alarm {
	d := pulumi.StringMap{dimKubernetes: k.ClusterName}
	all := []alarm{
		{
			kind: "nodes-failed", target: name, severity: spec.Warning,
			means:   "A node is not well and is not replaced. Look at its conditions: kubectl describe nodes.",
			watched: one(nodesFailed, d),
			compare: above, threshold: 0, period: 60, periods: 15, points: 15, silence: silenceIsSilence,
		},
		{
			kind: "cpu", target: name, severity: spec.Warning,
			means:   "The nodes are busy. Look at what the autoscaler does, and whether it runs at all.",
			watched: one(nodesCPU, d),
			compare: above, threshold: 85, period: 300, periods: 3, points: 3, silence: silenceIsSilence,
		},
		{
			kind: "memory", target: name, severity: spec.Warning,
			means:   "The nodes run out of memory. Look for pods that have no limit, then at what the autoscaler does.",
			watched: one(nodesMemory, d),
			compare: above, threshold: 90, period: 300, periods: 3, points: 3, silence: silenceIsSilence,
		},
		{
			kind: "disk", target: name, severity: spec.Warning,
			means:   "The fullest disk of the nodes fills up. Look at images and at what pods write to emptyDir.",
			watched: one(nodesDisk, d),
			compare: above, threshold: 85, period: 300, periods: 3, points: 3, silence: silenceIsSilence,
		},
	}
	if k.MaxNodes == 0 {
		return all
	}
	return append(all, alarm{
		kind: "capacity", target: name, severity: spec.Warning,
		means:      "The cluster has grown to its limit and can take no more load. Raise max of its pools.",
		watched:    []watched{{id: "size", metric: nodesAll, dimensions: d}},
		expression: fmt.Sprintf("100 * size / %d", k.MaxNodes),
		compare:    above, threshold: 95, period: 300, periods: 3, points: 3, silence: silenceIsSilence,
	})
}

// kubernetes shows the nodes.
func (p *page) kubernetes() {
	if len(p.targets("kubernetes")) == 0 {
		return
	}
	p.section("Kubernetes")
	p.each("kubernetes", "CPU of nodes", "percent", nodesCPU)
	p.each("kubernetes", "Memory of nodes", "percent", nodesMemory)
	p.each("kubernetes", "Fullest disk of nodes", "percent", nodesDisk)
	p.each("kubernetes", "Nodes", "nodes", nodesAll, nodesFailed)
}
