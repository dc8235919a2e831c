package monitoring

import (
	"fmt"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/holdfast-iac/holdfast/components/spec"
)

// failing is the share of requests that fail, in percent. Requests that no target could be chosen for are no requests to
// the load balancer, but errors; with them added, the share is 100 % when nothing works, and 0 without any traffic.
const failing = "100 * (FILL(targets, 0) + FILL(balancer, 0)) / (FILL(requests, 0) + FILL(balancer, 0))"

// failures are the metrics of failing.
func (lb LoadBalancer) failures() []watched {
	d := lb.dimensions()
	return []watched{
		{id: "targets", metric: target5xx, dimensions: d}, {id: "balancer", metric: balancer5xx, dimensions: d},
		{id: "requests", metric: requests, dimensions: d},
	}
}

func (lb LoadBalancer) dimensions() pulumi.StringMap {
	return pulumi.StringMap{dimBalancer: lb.MetricName}
}

// backend is how CloudWatch knows the target group of a backend. It fails if there is none, which would give an alarm on
// nothing at all.
func (lb LoadBalancer) backend(name string) pulumi.StringOutput {
	return lb.TargetGroupMetricNames.ToStringMapOutput().ApplyT(func(groups map[string]string) (string, error) {
		if group, ok := groups[name]; ok {
			return group, nil
		}
		return "", fmt.Errorf("loadBalancer.backends: there is no target group for %q", name)
	}).(pulumi.StringOutput)
}

// balancerAlarms are the alarms on what users get.
func (a *Args) balancerAlarms() []alarm {
	if a.LoadBalancer == nil || a.LoadBalancer.AlarmsElsewhere {
		return nil
	}
	lb := *a.LoadBalancer
	all := lb.connectionAlarms()
	if !lb.TCP {
		all = a.requestAlarms()
	}
	for _, name := range lb.Backends {
		all = append(all, lb.hostAlarms(name)...)
	}
	return append(all, a.burnAlarms()...)
}

// requestAlarms are the alarms on what users get of an Application Load Balancer.
func (a *Args) requestAlarms() []alarm {
	lb := *a.LoadBalancer
	return []alarm{
		{
			kind: "errors", severity: spec.Critical,
			means:   "More than a few of a hundred requests fail. Look at the latest deployment, then at the targets' logs.",
			watched: lb.failures(), expression: failing,
			compare: above, threshold: 5, period: 60, periods: 5, points: 3, silence: silenceIsGood,
		},
		{
			kind: "service-down", part: "errors", severity: spec.Critical, silent: true, fixed: true,
			means:   "Most requests fail.",
			watched: lb.failures(), expression: failing,
			compare: above, threshold: 50, period: 60, periods: 3, points: 2, silence: silenceIsGood,
		},
		{
			kind: "latency", severity: spec.Warning,
			means:   "One of a hundred requests takes longer than the objective. Look at the database, then at the clusters' CPU.",
			watched: one(responseTime, lb.dimensions()),
			compare: above, threshold: float64(a.Objective.LatencyMilliseconds) / 1000,
			period: 60, periods: 5, points: 3, silence: silenceIsGood,
		},
		{
			kind: "latency-anomaly", severity: spec.Warning,
			means:   "Requests take longer than is usual at this time. Look at the database, then at the latest deployment.",
			watched: []watched{{id: "usual", metric: responseTime, dimensions: lb.dimensions(), statistic: "p90"}},
			compare: aboveBand, threshold: 3, period: 300, periods: 3, points: 3, silence: silenceIsGood,
		},
		{
			kind: "requests-anomaly", severity: spec.Warning,
			means: "Fewer requests arrive than is usual at this time. Look at DNS, the certificate and the firewall.",
			// Without any requests the load balancer reports nothing: the very thing to hear of.
			watched: []watched{{id: "usual", metric: requests, dimensions: lb.dimensions()}},
			compare: belowBand, threshold: 3, period: 300, periods: 3, points: 3, silence: silenceIsBad,
		},
	}
}

// hostAlarms are the alarms on the targets of a backend.
func (lb LoadBalancer) hostAlarms(name string) []alarm {
	d := pulumi.StringMap{dimBalancer: lb.MetricName, dimTargetGroup: lb.backend(name)}
	healthy, unhealthy := lb.hosts()
	return []alarm{
		{
			kind: "hosts-unhealthy", target: name, severity: spec.Warning,
			means:   "A target fails its health checks and is not replaced. Look at its logs.",
			watched: one(unhealthy, d),
			compare: above, threshold: 0, period: 60, periods: 10, points: 10, silence: silenceIsGood,
		},
		{
			kind: "hosts-few", target: name, severity: spec.Critical,
			means:   "So few targets are healthy that the next failure takes the service down. Look at the scaling activities.",
			watched: one(healthy, d),
			compare: below, threshold: float64(lb.MinHealthyHosts), period: 60, periods: 5, points: 3, silence: silenceIsBad,
		},
		{
			kind: "service-down", part: joined("hosts", name), severity: spec.Critical, silent: true, fixed: true,
			means:   "No target is healthy.",
			watched: []watched{{metric: healthy, dimensions: d, statistic: "Maximum"}},
			compare: below, threshold: 1, period: 60, periods: 2, points: 2, silence: silenceIsBad,
		},
	}
}
