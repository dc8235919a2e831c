// Package gcp simulates Google Cloud for Pulumi programs: networks and subnetworks with their address rules, Cloud SQL
// instances, and the names and labels that Google Cloud accepts for what components make. What the API's discovery
// documents say of a modelled type's fields is held.
//
// The project begins empty but for the network called default, which is taken to exist. It has no quotas, all APIs
// enabled and permission for everything. Types without a table entry are checked against the schema and the rules for
// names and labels, and echoed.
package gcp

import (
	"maps"
	"slices"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"

	"github.com/holdfast-iac/holdfast/simulator"
	"github.com/holdfast-iac/holdfast/simulator/schema"
)

// Options say how the simulated Google Cloud is set up: what serves providers whose configuration names none, as
// GOOGLE_PROJECT and the like do for the real one.
type Options struct {
	Project string // Default: DefaultProject.
	Region  string // Default: none; regional resources must then name theirs.
	Zone    string // Default: none; zonal resources must then name theirs.
}

// DefaultProject is the project unless Options says otherwise.
const DefaultProject = "rehearsal-project"

// New returns the simulated Google Cloud.
func New(options Options) simulator.Cloud {
	if options.Project == "" {
		options.Project = DefaultProject
	}
	return simulator.Cloud{
		Name:        "gcp",
		Schema:      schema.GCP,
		Types:       types(),
		Lookups:     lookups(),
		API:         api,
		Connect:     options.connect,
		Fixed:       []string{},
		Prepare:     prepare,
		Placeholder: placeholder,
	}
}

// types lists every modelled resource type.
func types() []*simulator.Type {
	return slices.Concat(networkTypes(), subnetworkTypes(), namedTypes(), sqlTypes())
}

// connect reads a provider's configuration.
func (o Options) connect(config resource.PropertyMap) (simulator.Site, []schema.Problem) {
	site := simulator.Site{Account: o.Project, Region: o.Region, Zone: o.Zone}
	for name, to := range map[resource.PropertyKey]*string{
		"project": &site.Account, "region": &site.Region, "zone": &site.Zone,
	} {
		if config[name].IsString() {
			*to = config[name].StringValue()
		}
	}
	if labels := config["defaultLabels"]; labels.IsObject() {
		site.Tags = labels.ObjectValue()
	}
	var problems []schema.Problem
	if refusal := projectID(resource.NewStringProperty(site.Account)); refusal != "" {
		problems = append(problems, schema.Problem{Path: "project", Text: refusal})
	}
	if site.Region != "" && zones[site.Region] == nil {
		problems = append(problems, schema.Problem{Path: "region", Text: noRegion(site.Region)})
	}
	if site.Zone != "" && !slices.Contains(zones[regionOf(site.Zone)], site.Zone) {
		problems = append(problems, schema.Problem{Path: "zone", Text: "there is no zone " + site.Zone})
	}
	return site, problems
}

// prepare holds any type to the rules for names and labels.
func prepare(c *simulator.Call) {
	if c.Type == nil && schema.Module(c.Token) == "compute" {
		c.Each("name", func(path, value string) {
			if refusal := computeName(resource.NewStringProperty(value)); refusal != "" {
				c.Fail(path, "%s", refusal)
			}
		})
	}
	checkLabels(c)
}

// placeholder makes up the outputs that have a set form in Google Cloud.
func placeholder(c *simulator.Call, name string, t schema.Type) (resource.PropertyValue, bool) {
	switch name {
	case "pulumiLabels", "effectiveLabels":
		if t.Kind == schema.Map {
			return resource.NewObjectProperty(allLabels(c)), true
		}
	}
	if t.Kind != schema.String {
		return resource.PropertyValue{}, false
	}
	switch name {
	case "project":
		return text(project(c)), true
	case "region":
		return text(region(c)), true
	case "zone":
		return text(c.Zone), true
	case "selfLink":
		return text(links + c.ID), true
	case "creationTimestamp", "createTime", "updateTime":
		return text(c.Now().Format("2006-01-02T15:04:05.000-07:00")), true
	case "fingerprint", "labelFingerprint", "tagsFingerprint", "metadataFingerprint":
		return text(c.Hex(name, fingerprintDigits)), true
	}
	return resource.PropertyValue{}, false
}

const fingerprintDigits = 12

// allLabels returns a resource's labels and those of its provider.
func allLabels(c *simulator.Call) resource.PropertyMap {
	all := resource.PropertyMap{}
	maps.Copy(all, c.Tags)
	if labels := c.Inputs["labels"]; labels.IsObject() {
		maps.Copy(all, labels.ObjectValue())
	}
	return all
}

// project returns the project that a resource is in.
func project(c *simulator.Call) string { return or(c.Text("project"), c.Account) }

// region returns the region that a resource is in.
func region(c *simulator.Call) string { return or(c.Text("region"), c.Region) }

func or(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

func text(s string) resource.PropertyValue { return resource.NewStringProperty(s) }
