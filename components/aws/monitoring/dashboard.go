package monitoring

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/cloudwatch"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/holdfast-iac/holdfast/components/naming"
)

// consoles are the addresses of the console, by partition. AWS General Reference, "AWS Management Console".
var consoles = map[string]string{
	"aws": "console.aws.amazon.com", "aws-cn": "console.amazonaws.cn", "aws-us-gov": "console.amazonaws-us-gov.com",
}

// createDashboard shows all targets on one page.
func (b *builder) createDashboard() error {
	b.monitoring.DashboardName = pulumi.String("").ToStringOutput()
	b.monitoring.DashboardURL = pulumi.String("").ToStringOutput()
	if b.args.Dashboard.Disabled {
		return nil
	}
	created, err := cloudwatch.NewDashboard(b.Ctx, b.Child("dashboard"), &cloudwatch.DashboardArgs{
		// A dashboard belongs to no region, so that its name must tell regions apart.
		DashboardName: pulumi.String(naming.AWSDashboard.Name(append(b.FullName(), b.account.Region)...)),
		DashboardBody: b.identities().ToStringMapOutput().ApplyT(b.dashboard).(pulumi.StringOutput),
	}, b.Options()...)
	if err != nil {
		return err
	}
	b.monitoring.DashboardName = created.DashboardName
	b.monitoring.DashboardURL = pulumi.Sprintf("https://%s.%s/cloudwatch/home?region=%s#dashboards/dashboard/%s",
		b.account.Region, cmp.Or(consoles[b.account.Partition], consoles["aws"]), b.account.Region, created.DashboardName)
	return nil
}

// identities are what CloudWatch knows targets by, under the paths of their names in the arguments, and the ARNs of
// alarms.
func (b *builder) identities() pulumi.StringMap {
	known := pulumi.StringMap{}
	if lb := b.args.LoadBalancer; lb != nil {
		known["balancer"] = lb.MetricName
		for _, name := range lb.Backends {
			known["backend/"+name] = lb.backend(name)
		}
	}
	for name, cluster := range b.args.Clusters {
		known["cluster/"+name] = cluster.GroupName
	}
	for name, kubernetes := range b.args.Kubernetes {
		known["kubernetes/"+name] = kubernetes.ClusterName
	}
	for name, db := range b.args.Databases {
		known["database/"+name] = db.Identifier
		for replica, id := range db.Replicas {
			known["database/"+joined(name, replica)] = id
			known["replica/"+joined(name, replica)] = id
		}
	}
	for name, cache := range b.args.Caches {
		for n := 1; n <= cache.Members; n++ {
			known["cache/"+joined(name, memberName(n))] = cache.member(n)
		}
	}
	for name, id := range b.args.NATGatewayIDs {
		known["nat/"+name] = id
	}
	for name, vault := range b.args.VaultNames {
		known["vault/"+name] = vault
	}
	for key, alarm := range b.alarms {
		if !alarm.silent {
			known["alarm/"+key] = alarm.arn
		}
	}
	return known
}

// dashboard returns the dashboard's body.
func (b *builder) dashboard(known map[string]string) (string, error) {
	p := page{region: b.account.Region, known: known}
	p.alarms()
	p.service(&b.args)
	p.clusters()
	p.kubernetes()
	p.databases()
	p.caches()
	p.edges()
	return p.board.JSON()
}

// page is a dashboard in the making. Widgets are placed from left to right; a heading begins a new row.
type page struct {
	region string
	known  map[string]string
	board  Board
	x, y   int
}

const (
	graphWidth  = 8 // three in a row
	graphHeight = 6
)

// targets returns the names of the targets of a kind.
func (p *page) targets(kind string) []string {
	var names []string
	for _, path := range sorted(p.known) {
		if name, ok := strings.CutPrefix(path, kind+"/"); ok {
			names = append(names, name)
		}
	}
	return names
}

// section begins a new row with a heading, if there is anything to come under it.
func (p *page) section(title string) {
	p.newRow()
	p.board.Widgets = append(p.board.Widgets, Widget{
		Type: "text", Y: p.y, Width: columns, Height: 1, Properties: Properties{Markdown: "## " + title},
	})
	p.y++
}

// newRow goes below what the last row holds.
func (p *page) newRow() {
	if p.x > 0 {
		p.x, p.y = 0, p.y+graphHeight
	}
}

// graph adds a graph of series.
func (p *page) graph(title, label string, lines []Line, series ...[]any) {
	zero := 0.0
	if p.x+graphWidth > columns {
		p.newRow()
	}
	properties := Properties{
		Title: title, View: "timeSeries", Region: p.region, Period: 60, Metrics: series,
		YAxis: &YAxis{Left: Axis{Min: &zero, Label: label}},
	}
	if len(lines) > 0 {
		properties.Annotations = &Annotations{Horizontal: lines}
	}
	p.board.Widgets = append(p.board.Widgets, Widget{
		Type: "metric", X: p.x, Y: p.y, Width: graphWidth, Height: graphHeight, Properties: properties,
	})
	p.x += graphWidth
}

// each adds a graph of one metric of all targets of a kind.
func (p *page) each(kind, title, label string, metrics ...Metric) {
	var series [][]any
	for _, name := range p.targets(kind) {
		for _, m := range metrics {
			line := name
			if len(metrics) > 1 {
				line += " " + m.Name
			}
			series = append(series, draw(m, rendering{Label: line}, p.known[kind+"/"+name]))
		}
	}
	if len(series) > 0 {
		p.graph(title, label, nil, series...)
	}
}

// draw is a series of a metric, given the values of its dimensions.
func draw(m Metric, how rendering, values ...string) []any {
	if how.Stat == "" {
		how.Stat = m.Statistic
	}
	series := []any{m.Namespace, m.Name}
	for i, value := range values {
		series = append(series, m.Dimensions[i], value)
	}
	return append(series, how)
}

// compute is a series that others make.
func compute(expression, label string) []any {
	return []any{rendering{ID: "result", Expression: expression, Label: label}}
}

// hidden is what a series has that is only computed with.
func hidden(id string) rendering {
	no := false
	return rendering{ID: id, Visible: &no}
}

// alarms shows the state of all alarms.
func (p *page) alarms() {
	arns := []string{}
	for _, key := range p.targets("alarm") {
		arns = append(arns, p.known["alarm/"+key])
	}
	const most, inRow, tall = 100, 6, 2
	for i, chunk := range slices.Collect(slices.Chunk(arns, most)) {
		height := 1 + (len(chunk)+inRow-1)/inRow*tall
		p.board.Widgets = append(p.board.Widgets, Widget{
			Type: "alarm", Y: p.y, Width: columns, Height: height,
			Properties: Properties{Title: fmt.Sprintf("Alarms %d", i+1), Alarms: chunk},
		})
		p.y += height
	}
}

// service shows what users get.
func (p *page) service(args *Args) {
	lb, ok := p.known["balancer"]
	if !ok {
		return
	}
	p.section("What users get")
	if args.LoadBalancer.TCP {
		p.connections(lb)
	} else {
		p.requests(lb, args)
	}
	p.hostGraph(lb, *args.LoadBalancer)
	if args.Objective.Disabled {
		return
	}
	budget := 100 - args.Objective.AvailabilityPercent
	var rates []Line
	for _, burn := range burns() {
		rates = append(rates, Line{Label: burn.kind, Value: burn.rate})
	}
	p.graph("Error budget burn rate", "times what lasts for 30 days", rates,
		draw(target5xx, hidden("targets"), lb), draw(balancer5xx, hidden("balancer"), lb), draw(requests, hidden("requests"), lb),
		compute(fmt.Sprintf("%s / %.6g", failing, budget), "burn rate"))
}

// requests shows what users get of an Application Load Balancer.
func (p *page) requests(lb string, args *Args) {
	on := func(m Metric, label string) []any { return draw(m, rendering{Label: label}, lb) }
	p.graph("Requests", "a minute", nil, on(requests, "requests"))
	p.graph("Latency", "seconds", []Line{{Label: "objective", Value: float64(args.Objective.LatencyMilliseconds) / 1000}},
		draw(responseTime, rendering{Label: "p50", Stat: "p50"}, lb),
		draw(responseTime, rendering{Label: "p90", Stat: "p90"}, lb),
		draw(responseTime, rendering{Label: "p99", Stat: "p99"}, lb))
	p.graph("Errors", "a minute", nil, on(target4xx, "4xx"), on(target5xx, "5xx"),
		on(balancer4xx, "4xx of the load balancer"), on(balancer5xx, "5xx of the load balancer"))
	p.graph("Saturation", "connections a minute", nil, on(connections, "active"), on(rejected, "rejected"),
		on(targetErrors, "refused by targets"))
}

// clusters shows the instances.
func (p *page) clusters() {
	if len(p.targets("cluster")) == 0 {
		return
	}
	p.section("Clusters")
	p.each("cluster", "CPU", "percent", instanceCPU)
	p.each("cluster", "Memory", "percent", instanceMemory)
	p.each("cluster", "Fullest disk", "percent", instanceDisk)
	p.each("cluster", "Network", "bytes a period and instance", instanceIn, instanceOut)
	p.each("cluster", "Size", "instances", groupInService, groupDesired, groupMax)
	p.each("cluster", "Failed status checks", "instances", instanceStatus)
}

func (p *page) databases() {
	if len(p.targets("database")) == 0 {
		return
	}
	p.section("Databases")
	p.each("database", "CPU", "percent", databaseCPU)
	p.each("database", "Free memory", "bytes", databaseMemory)
	p.each("database", "Free storage", "bytes", databaseStorage)
	p.each("database", "Connections", "connections", databaseSessions)
	p.each("database", "Reads and writes", "seconds", databaseRead, databaseWrite)
	p.each("database", "Waiting for the disk", "operations", databaseQueue)
	p.each("replica", "Replicas behind", "seconds", databaseLag)
}

func (p *page) caches() {
	if len(p.targets("cache")) == 0 {
		return
	}
	p.section("Caches")
	p.each("cache", "CPU of the engine", "percent", cacheCPU)
	p.each("cache", "Memory", "percent", cacheMemory)
	p.each("cache", "Entries dropped", "entries a minute", cacheEvictions)
	p.each("cache", "Hits", "percent", cacheHits)
	p.each("cache", "Connections", "connections", cacheSessions)
	p.each("cache", "Network", "bytes a minute", cacheIn, cacheOut)
	p.each("cache", "Replicas behind", "seconds", cacheLag)
}

// edges shows the ways out, and the way back.
func (p *page) edges() {
	if len(p.targets("nat")) > 0 {
		p.section("NAT gateways")
		p.each("nat", "Connections", "connections", natSessions)
		p.each("nat", "Traffic", "bytes a minute", natIn, natOut)
		p.each("nat", "Connections without a port, packets dropped", "a minute", natPorts, natDrops)
	}
	if len(p.targets("vault")) > 0 {
		p.section("Backups")
		p.each("vault", "Jobs", "jobs", backupsCompleted, backupsFailed)
	}
}
