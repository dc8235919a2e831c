package monitoring

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/holdfast-iac/holdfast/components/componenttest"
	"github.com/holdfast-iac/holdfast/components/spec"
)

// boardOf returns the body of the one dashboard. It may have no field that Board does not know.
func boardOf(t *testing.T, r componenttest.Recording) Board {
	t.Helper()
	boards := r.OfType(dashboardType)
	require.Len(t, boards, 1)
	var board Board
	decoder := json.NewDecoder(strings.NewReader(boards[0].Inputs["dashboardBody"].StringValue()))
	decoder.DisallowUnknownFields()
	require.NoError(t, decoder.Decode(&board))
	return board
}

// wordsOf returns the namespace, name and dimensions of a decoded series, without its options.
func wordsOf(series []any) []string {
	var words []string
	for _, part := range series {
		if word, ok := part.(string); ok {
			words = append(words, word)
		}
	}
	return words
}

func titles(b Board) map[string]int {
	found := map[string]int{}
	for _, w := range b.Widgets {
		found[w.Properties.Title+w.Properties.Markdown] = len(w.Properties.Metrics) + len(w.Properties.Alarms)
	}
	return found
}

func TestDashboard(t *testing.T) {
	t.Parallel()
	r := watch(t, targets(spec.Monitoring{}), func(m *Monitoring) {
		pulumi.All(m.DashboardName, m.DashboardURL).ApplyT(func(known []any) int {
			assert.Equal(t, "holdfast-test-main-us-east-1", known[0], "dashboards of all regions share their names")
			assert.Equal(t, "https://us-east-1.console.aws.amazon.com/cloudwatch/home?region=us-east-1#dashboards/dashboard/holdfast-test-main-us-east-1",
				known[1])
			return 0
		})
	})
	board := boardOf(t, r)
	assert.Equal(t, map[string]int{
		"Alarms 1":               37,
		"## What users get":      0,
		"Requests":               1,
		"Latency":                3,
		"Errors":                 4,
		"Saturation":             3,
		"Targets":                2,
		"Error budget burn rate": 4,
		"## Clusters":            0, "Fullest disk": 1, "Size": 3, "Failed status checks": 1,
	}, first(titles(board), "Alarms 1", "## What users get", "Requests", "Latency", "Errors", "Saturation", "Targets", "Error budget burn rate",
		"## Clusters", "Fullest disk", "Size", "Failed status checks"))
	for _, w := range board.Widgets {
		if w.Type == "metric" {
			assert.Equal(t, "us-east-1", w.Properties.Region, "the provider's region")
		}
	}
}

// first returns some of a map.
func first(all map[string]int, keys ...string) map[string]int {
	some := map[string]int{}
	for _, key := range keys {
		some[key] = all[key]
	}
	return some
}

// Sections follow the targets.
func TestDashboardOfSomeTargets(t *testing.T) {
	t.Parallel()
	all := targets(spec.Monitoring{})
	for name, c := range map[string]struct {
		args *Args
		want []string
	}{
		"nothing":    {&Args{}, nil},
		"kubernetes": {&Args{Kubernetes: all.Kubernetes}, []string{"## Kubernetes"}},
		"nat":        {&Args{NATGatewayIDs: all.NATGatewayIDs}, []string{"## NAT gateways"}},
		"backup":     {&Args{VaultNames: all.VaultNames}, []string{"## Backups"}},
		"cache":      {&Args{Caches: all.Caches}, []string{"## Caches"}},
		"database":   {&Args{Databases: map[string]Database{"main": {Identifier: pulumi.String("shop")}}}, []string{"## Databases"}},
		"service": {&Args{LoadBalancer: all.LoadBalancer, Monitoring: spec.Monitoring{Objective: spec.Objective{Disabled: true}}},
			[]string{"## What users get"}},
	} {
		var headings []string
		for _, w := range boardOf(t, watch(t, c.args)).Widgets {
			if w.Type == "text" {
				headings = append(headings, w.Properties.Markdown)
			}
		}
		assert.Equal(t, c.want, headings, name)
	}
	watch(t, &Args{Monitoring: spec.Monitoring{Dashboard: spec.Dashboard{Disabled: true}}}, func(m *Monitoring) {
		pulumi.All(m.DashboardName, m.DashboardURL).ApplyT(func(known []any) int {
			assert.Equal(t, []any{"", ""}, known)
			return 0
		})
	})
}

// A dashboard of hundreds of targets still has its widgets side by side, and more than one list of alarms.
func TestLargeDashboard(t *testing.T) {
	t.Parallel()
	args := &Args{Clusters: map[string]Cluster{}}
	for i := range 25 {
		args.Clusters[fmt.Sprintf("c%02d", i)] = Cluster{GroupName: pulumi.Sprintf("group-%d", i)}
	}
	board := boardOf(t, watch(t, args))
	assert.Equal(t, map[string]int{"Alarms 1": 100, "Alarms 2": 25, "Network": 50, "Size": 75},
		first(titles(board), "Alarms 1", "Alarms 2", "Network", "Size"))
}

func TestBoardValidation(t *testing.T) {
	t.Parallel()
	text := func(x, y, width, height int) Widget {
		return Widget{Type: "text", X: x, Y: y, Width: width, Height: height, Properties: Properties{Markdown: "# x"}}
	}
	metric := func(region string, series ...[]any) Widget {
		return Widget{Type: "metric", Width: 6, Height: 6, Properties: Properties{Region: region, Metrics: series}}
	}
	many := make([]Widget, 501)
	for i := range many {
		many[i] = text(0, i, 1, 1)
	}
	fine := []any{"AWS/EC2", "CPUUtilization", "AutoScalingGroupName", "shop", rendering{Label: "x"}}
	for name, c := range map[string]struct {
		board Board
		want  string
	}{
		"nothing":          {Board{}, ""},
		"widest":           {Board{Widgets: []Widget{text(0, 0, 24, 1000)}}, ""},
		"500 widgets":      {Board{Widgets: many[:500]}, ""},
		"501 widgets":      {Board{Widgets: many}, "the dashboard has 501 widgets; it can have 500"},
		"too wide":         {Board{Widgets: []Widget{text(20, 0, 5, 1)}}, "widget 0: columns 20 to 24 of row 0 are not all among the 24 columns"},
		"no width":         {Board{Widgets: []Widget{text(0, 0, 0, 1)}}, "widget 0: columns 0 to -1 of row 0 are not all among the 24 columns"},
		"above":            {Board{Widgets: []Widget{text(0, -1, 1, 1)}}, "not all among the 24 columns"},
		"too high":         {Board{Widgets: []Widget{text(0, 0, 1, 1001)}}, "height 1001 is out of range; use 1 to 1000"},
		"no height":        {Board{Widgets: []Widget{text(0, 0, 1, 0)}}, "height 0 is out of range"},
		"overlap":          {Board{Widgets: []Widget{text(0, 0, 2, 2), text(1, 1, 2, 2)}}, "widget 1 overlaps widget 0"},
		"touching":         {Board{Widgets: []Widget{text(0, 0, 2, 2), text(2, 0, 2, 2), text(0, 2, 2, 2)}}, ""},
		"no markdown":      {Board{Widgets: []Widget{{Type: "text", Width: 1, Height: 1}}}, "a text needs markdown"},
		"no alarms":        {Board{Widgets: []Widget{{Type: "alarm", Width: 1, Height: 1}}}, "0 alarms are out of range; use 1 to 100"},
		"type":             {Board{Widgets: []Widget{{Type: "graph", Width: 1, Height: 1}}}, `"graph" is no type of widget`},
		"metric":           {Board{Widgets: []Widget{metric("eu-west-1", fine)}}, ""},
		"no region":        {Board{Widgets: []Widget{metric("", fine)}}, "metrics need a region"},
		"no series":        {Board{Widgets: []Widget{metric("eu-west-1")}}, "0 metrics are out of range; use 1 to 100"},
		"expression":       {Board{Widgets: []Widget{metric("eu-west-1", compute("1", "x"))}}, ""},
		"half a dimension": {Board{Widgets: []Widget{metric("eu-west-1", []any{"AWS/EC2", "X", "Y"})}}, "metric 0 is not a namespace, a name and pairs"},
		"empty dimension":  {Board{Widgets: []Widget{metric("eu-west-1", []any{"AWS/EC2", "X", "Y", ""})}}, "metric 0 has an empty part"},
	} {
		body, err := c.board.JSON()
		if c.want != "" {
			assert.ErrorContains(t, err, c.want, name)
			continue
		}
		assert.NoError(t, err, name)
		assert.True(t, json.Valid([]byte(body)), name)
	}
}
