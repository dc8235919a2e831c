package monitoring

import (
	"encoding/json"
	"fmt"
)

// The limits of a dashboard. CloudWatch API Reference, "Dashboard body structure and syntax".
const (
	columns    = 24
	maxWidgets = 500
	maxHeight  = 1000
	maxSeries  = 100 // metrics and expressions of one widget
)

// Board is the body of a CloudWatch dashboard.
type Board struct {
	// PeriodOverride is "auto" to let the time range choose periods, or "inherit" to use the widgets'. Default "auto".
	PeriodOverride string `json:"periodOverride,omitempty"`
	// Widgets are what is shown, 500 at most.
	Widgets []Widget `json:"widgets"`
}

// Widget is a rectangle of a dashboard, on a grid of 24 columns.
type Widget struct {
	// Type is "metric", "text" or "alarm".
	Type string `json:"type"`
	// X and Y are its upper left corner, from 0.
	X int `json:"x"`
	Y int `json:"y"`
	// Width is 1 to 24 columns, Height 1 to 1000 rows.
	Width  int `json:"width"`
	Height int `json:"height"`
	// Properties are what is in it.
	Properties Properties `json:"properties"`
}

// Properties are what is in a widget.
type Properties struct {
	Title string `json:"title,omitempty"`
	// Markdown is the content of a text widget.
	Markdown string `json:"markdown,omitempty"`
	// Alarms are the ARNs of an alarm widget, 100 at most.
	Alarms []string `json:"alarms,omitempty"`
	// Metrics are the series of a metric widget: namespace, name, names and values of dimensions, options.
	Metrics [][]any `json:"metrics,omitempty"`
	// View is "timeSeries", "singleValue", "gauge", "bar", "pie" or "table".
	View    string `json:"view,omitempty"`
	Stacked *bool  `json:"stacked,omitempty"`
	// Region is where the metrics are. Required for metric widgets.
	Region string `json:"region,omitempty"`
	// Stat is the statistic of series that name none.
	Stat string `json:"stat,omitempty"`
	// Period is in seconds.
	Period      int          `json:"period,omitempty"`
	YAxis       *YAxis       `json:"yAxis,omitempty"`
	Annotations *Annotations `json:"annotations,omitempty"`
}

// YAxis is a widget's vertical axes.
type YAxis struct {
	Left Axis `json:"left"`
}

// Axis is one vertical axis.
type Axis struct {
	Min   *float64 `json:"min,omitempty"`
	Max   *float64 `json:"max,omitempty"`
	Label string   `json:"label,omitempty"`
}

// Annotations are lines across a graph.
type Annotations struct {
	Horizontal []Line `json:"horizontal,omitempty"`
}

// Line is a line at a value.
type Line struct {
	Label string  `json:"label,omitempty"`
	Value float64 `json:"value"`
}

// series options that follow a metric's dimensions.
type rendering struct {
	ID         string `json:"id,omitempty"`
	Expression string `json:"expression,omitempty"`
	Label      string `json:"label,omitempty"`
	Stat       string `json:"stat,omitempty"`
	Visible    *bool  `json:"visible,omitempty"`
}

// JSON returns the body as CloudWatch takes it.
func (b Board) JSON() (string, error) {
	if err := b.Validate(); err != nil {
		return "", err
	}
	b.Widgets = append([]Widget{}, b.Widgets...) // CloudWatch takes an empty list, and no null
	text, err := json.Marshal(b)
	return string(text), err
}

// Validate says the first thing that CloudWatch would find wrong with the body.
func (b Board) Validate() error {
	if len(b.Widgets) > maxWidgets {
		return fmt.Errorf("the dashboard has %d widgets; it can have %d", len(b.Widgets), maxWidgets)
	}
	for i, w := range b.Widgets {
		if err := w.validate(); err != nil {
			return fmt.Errorf("widget %d: %w", i, err)
		}
		for j, other := range b.Widgets[:i] {
			if w.overlaps(other) {
				return fmt.Errorf("widget %d overlaps widget %d", i, j)
			}
		}
	}
	return nil
}

func (w Widget) overlaps(o Widget) bool {
	return w.X < o.X+o.Width && o.X < w.X+w.Width && w.Y < o.Y+o.Height && o.Y < w.Y+w.Height
}

func (w Widget) validate() error {
	switch {
	case w.X < 0 || w.Y < 0 || w.Width < 1 || w.X+w.Width > columns:
		return fmt.Errorf("columns %d to %d of row %d are not all among the %d columns", w.X, w.X+w.Width-1, w.Y, columns)
	case w.Height < 1 || w.Height > maxHeight:
		return fmt.Errorf("height %d is out of range; use 1 to %d", w.Height, maxHeight)
	}
	p := w.Properties
	switch w.Type {
	case "text":
		if p.Markdown == "" {
			return fmt.Errorf("a text needs markdown")
		}
	case "alarm":
		if len(p.Alarms) == 0 || len(p.Alarms) > 100 {
			return fmt.Errorf("%d alarms are out of range; use 1 to 100", len(p.Alarms))
		}
	case "metric":
		return p.validateMetrics()
	default:
		return fmt.Errorf("%q is no type of widget", w.Type)
	}
	return nil
}

func (p Properties) validateMetrics() error {
	if p.Region == "" {
		return fmt.Errorf("metrics need a region")
	}
	if len(p.Metrics) == 0 || len(p.Metrics) > maxSeries {
		return fmt.Errorf("%d metrics are out of range; use 1 to %d", len(p.Metrics), maxSeries)
	}
	for i, series := range p.Metrics {
		words := series
		options, hasOptions := series[len(series)-1].(rendering)
		if hasOptions {
			words = series[:len(series)-1]
		}
		if isExpression := options.Expression != ""; isExpression && len(words) == 0 {
			continue
		}
		if len(words) < 2 || len(words)%2 != 0 {
			return fmt.Errorf("metric %d is not a namespace, a name and pairs of dimensions: %v", i, words)
		}
		for _, word := range words {
			if text, ok := word.(string); !ok || text == "" {
				return fmt.Errorf("metric %d has an empty part: %v", i, words)
			}
		}
	}
	return nil
}
