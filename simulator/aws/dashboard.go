package aws

import (
	"encoding/json"
	"fmt"
	"slices"

	"github.com/holdfast-iac/holdfast/simulator"
)

// Sources: terraform-provider-aws, internal/service/cloudwatch/dashboard.go; the CloudWatch API's PutDashboard, and
// "Dashboard body structure and syntax" beside it.

var dashboardKind = &simulator.Kind{
	Noun:   "CloudWatch Dashboard",
	Global: true, // a dashboard is the same from every region
	ID:     func(c *simulator.Call) string { return c.Text("dashboardName") },
}

const dashboardBody = "https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CloudWatch-Dashboard-Body-Structure.html"

func dashboardTypes() []*simulator.Type {
	return []*simulator.Type{{
		Token:     "aws:cloudwatch/dashboard:Dashboard",
		Kind:      dashboardKind,
		AutoName:  &simulator.AutoName{Property: "dashboardName", MaxLength: 255, Separator: "-"},
		Immutable: []string{"dashboardName"},
		Rules: map[string]simulator.Rule{
			"dashboardName": simulator.Matches(`^[\w-]{1,255}$`, "up to 255 letters, digits and _ - are"),
		},
		Constraints: []simulator.Constraint{{
			Origin: simulator.Origin{ID: "aws-cloudwatch-dashboard-body", Source: dashboardBody},
			Stage:  simulator.AtCheck,
			Error:  "InvalidParameterInput: The dashboard body is invalid: %s",
			Find: func(c *simulator.Call, broken func(path string, args ...any)) {
				if body := c.Text("dashboardBody"); body != "" {
					for _, fault := range dashboardFaults(body) {
						broken("dashboardBody", fault)
					}
				}
			},
		}},
		API: []string{"monitoring:PutDashboard"},
		Compute: func(c *simulator.Call) {
			c.Set("dashboardArn", "arn:"+c.Partition+":cloudwatch::"+c.Account+":dashboard/"+c.ID)
		},
	}}
}

// dashboardFaults says what is wrong with a dashboard's body.
func dashboardFaults(body string) []string {
	var parsed map[string]any
	if err := json.Unmarshal([]byte(body), &parsed); err != nil {
		return []string{"it is no JSON object"}
	}
	widgets, ok := parsed["widgets"].([]any)
	switch {
	case !ok:
		return []string{"/widgets: should be an array"}
	case len(widgets) > 500:
		return []string{fmt.Sprintf("/widgets: should not have more than 500 items, has %d", len(widgets))}
	}
	var faults []string
	for i, widget := range widgets {
		if fault := widgetFault(widget); fault != "" {
			faults = append(faults, fmt.Sprintf("/widgets/%d%s", i, fault))
		}
	}
	return faults
}

// widgetNeeds are the properties of which widgets of a type need one, in the sets from which it comes.
var widgetNeeds = map[string][][]string{
	"metric":   {{"metrics", "annotations", "insightRule"}},
	"text":     {{"markdown"}},
	"log":      {{"query"}},
	"alarm":    {{"alarms"}},
	"explorer": {{"metrics"}, {"labels"}},
	"custom":   {{"endpoint"}},
}

// widgetFault says the first thing that is wrong with a widget, by its path.
func widgetFault(widget any) string {
	w, ok := widget.(map[string]any)
	if !ok {
		return ": should be an object"
	}
	kind, _ := w["type"].(string)
	needs, known := widgetNeeds[kind]
	if !known {
		return fmt.Sprintf("/type: %q is no type of widget", kind)
	}
	if fault := placeFault(w); fault != "" {
		return fault
	}
	properties, ok := w["properties"].(map[string]any)
	if !ok {
		return ": should have properties"
	}
	for _, set := range needs {
		if !slices.ContainsFunc(set, func(name string) bool { return properties[name] != nil }) {
			return fmt.Sprintf("/properties: should have %s", set[0])
		}
	}
	return ""
}

// placeFault says whether a widget lies outside the grid of 24 columns.
func placeFault(w map[string]any) string {
	for _, size := range []struct {
		name      string
		low, high float64
	}{{"x", 0, 23}, {"y", 0, 1e9}, {"width", 1, 24}, {"height", 1, 1000}} {
		value, given := w[size.name]
		n, isNumber := value.(float64)
		if given && (!isNumber || n != float64(int(n)) || n < size.low || n > size.high) {
			return fmt.Sprintf("/%s: should be a whole number from %v to %v, is %v", size.name, size.low, size.high, value)
		}
	}
	return ""
}
