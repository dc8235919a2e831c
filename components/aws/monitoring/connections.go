package monitoring

import "github.com/holdfast-iac/holdfast/components/spec"

// A Network Load Balancer counts connections, and knows of no requests: neither how long they take nor whether they
// fail. What it sees of failure are the connections that are cut, and those that never come about.

// broken is the share of connections that the targets cut, in percent; without any connection there is no data.
const broken = "100 * FILL(resets, 0) / FILL(flows, 0)"

// unagreed is the share of connections that fail before a byte is handed on, in percent.
const unagreed = "100 * FILL(errors, 0) / FILL(flows, 0)"

// connectionAlarms are the alarms on what users get of a Network Load Balancer.
func (lb LoadBalancer) connectionAlarms() []alarm {
	d := lb.dimensions()
	return []alarm{
		{
			kind: "errors", severity: spec.Critical,
			// Some programs end every connection by cutting it: hence no smaller share.
			means: "More than a quarter of the connections are cut by the targets. Look at the latest deployment, then at the " +
				"targets' logs.",
			watched:    []watched{{id: "resets", metric: targetResets, dimensions: d}, {id: "flows", metric: newFlows, dimensions: d}},
			expression: broken,
			compare:    above, threshold: 25, period: 60, periods: 5, points: 3, silence: silenceIsGood,
		},
		{
			kind: "tls", severity: spec.Critical,
			// Who tries out addresses for weak ciphers fails too: hence no smaller share.
			means:      "Most connections fail before they are encrypted. Look at the certificate, and at what clients can do.",
			watched:    []watched{{id: "errors", metric: clientTLSErrors, dimensions: d}, {id: "flows", metric: newFlows, dimensions: d}},
			expression: unagreed,
			compare:    above, threshold: 50, period: 60, periods: 5, points: 5, silence: silenceIsGood,
		},
		{
			kind: "balancer-ports", severity: spec.Critical,
			means:   "Connections fail: the load balancer has no port left towards a target. Add targets.",
			watched: one(flowPorts, d),
			compare: above, threshold: 0, period: 60, periods: 5, points: 3, silence: silenceIsGood,
		},
		{
			kind: "requests-anomaly", severity: spec.Warning,
			means:   "Fewer connections arrive than is usual at this time. Look at DNS, the certificate and the security group.",
			watched: []watched{{id: "usual", metric: newFlows, dimensions: d}},
			compare: belowBand, threshold: 3, period: 300, periods: 3, points: 3, silence: silenceIsBad,
		},
	}
}

// hosts are the metrics of healthy and unhealthy targets. Each node of a Network Load Balancer reports what it sees, and
// AWS advises to go by the one that sees most of them healthy (user guide, "Statistics for Network Load Balancer metrics").
func (lb LoadBalancer) hosts() (healthy, unhealthy Metric) {
	if lb.TCP {
		return flowHealthy, flowUnhealthy
	}
	return healthyHosts, unhealthyHosts
}

// connections shows what users get of a Network Load Balancer.
func (p *page) connections(lb string) {
	on := func(m Metric, label string) []any { return draw(m, rendering{Label: label}, lb) }
	p.graph("Connections", "a minute", nil, on(newFlows, "new"))
	p.graph("Open connections", "connections", nil, on(openFlows, "open"))
	p.graph("Connections cut", "packets a minute", nil, on(targetResets, "by targets"), on(clientResets, "by clients"),
		on(balancerResets, "by the load balancer"))
	p.graph("Connections that fail", "a minute", nil, on(clientTLSErrors, "TLS"), on(flowPorts, "no port left"),
		on(failedOpen, "sent to unhealthy targets"))
}

// hostGraph shows the targets.
func (p *page) hostGraph(lb string, target LoadBalancer) {
	healthy, unhealthy := target.hosts()
	var hosts [][]any
	for _, name := range p.targets("backend") {
		group := p.known["backend/"+name]
		hosts = append(hosts, draw(healthy, rendering{Label: name + " healthy"}, lb, group),
			draw(unhealthy, rendering{Label: name + " unhealthy"}, lb, group))
	}
	p.graph("Targets", "targets", nil, hosts...)
}
