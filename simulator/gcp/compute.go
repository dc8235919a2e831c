package gcp

import (
	"strings"

	"github.com/holdfast-iac/holdfast/simulator"
)

// links begins the self links of Compute Engine's resources; the rest is the id.
const links = "https://www.googleapis.com/compute/v1/"

// computeName allows the names of what is in Compute Engine where its model does not tell: trap 28. Source: the pattern
// of names in the API's discovery document.
var computeName = simulator.Matches(`^[a-z]([-a-z0-9]{0,61}[a-z0-9])?$`,
	"a name has 1 to 63 small letters, digits and hyphens, begins with a letter and does not end in a hyphen")

// projectID allows project ids. Source: Resource Manager's API, Project.projectId.
var projectID = simulator.Matches(`^([a-z][-a-z0-9.]*:)?[a-z][-a-z0-9]{4,28}[a-z0-9]$`,
	"a project id has 6 to 30 small letters, digits and hyphens, begins with a letter and does not end in a hyphen")

// globalID returns the ids of a collection of the whole project.
func globalID(collection string) func(*simulator.Call) string {
	return func(c *simulator.Call) string {
		return "projects/" + project(c) + "/global/" + collection + "/" + c.Text("name")
	}
}

// regionalID returns the ids of a collection that each region has.
func regionalID(collection string) func(*simulator.Call) string {
	return func(c *simulator.Call) string {
		return "projects/" + project(c) + "/regions/" + region(c) + "/" + collection + "/" + c.Text("name")
	}
}

// kindOf returns the kind of resources that have such ids; others may refer to them by name. The id names the project
// and region, so that it is found from anywhere. The errors are those of genevieve/leftovers issue 6 and
// hashicorp/terraform-provider-google issue 9808.
func kindOf(noun string, id func(*simulator.Call) string) *simulator.Kind {
	return &simulator.Kind{
		Noun:     noun,
		ID:       id,
		Global:   true,
		Name:     "name",
		NotFound: refused(404, "notFound", "The resource '%s' was not found"),
		InUse: refused(400, "resourceInUseByAnotherResource",
			"The "+strings.ToLower(noun)+" resource '%s' is already being used by another resource"),
	}
}

// refers returns how an input refers to a kind: by name, by id or by self link. What is called default is there without
// having been made.
func refers(property string, to *simulator.Kind) []simulator.Reference {
	kinds := []*simulator.Kind{to}
	return []simulator.Reference{
		{Property: property, To: kinds, By: simulator.ByID, Address: func(_ *simulator.Call, value string) (string, bool) {
			_, path, ok := strings.Cut("/"+value, "/projects/")
			return "projects/" + path, ok && !isDefault(value)
		}},
		{Property: property, To: kinds, By: simulator.ByName, Address: func(_ *simulator.Call, value string) (string, bool) {
			return value, !strings.Contains(value, "/") && !isDefault(value)
		}},
	}
}

func isDefault(reference string) bool {
	return reference == "default" || strings.HasSuffix(reference, "/default")
}

// autoName is how the provider names what has no name: in small letters, for a name is part of a URL.
func autoName() *simulator.AutoName {
	return &simulator.AutoName{Property: "name", MaxLength: 63, Separator: "-", Lower: true}
}

func checkRegion(c *simulator.Call) {
	if !c.Known("region") {
		return
	}
	switch name := region(c); {
	case name == "":
		c.Fail("region", "Cannot determine region: set it in this resource, or at provider-level")
	case zones[name] == nil:
		c.Fail("region", "%s", noRegion(name))
	}
}

func checkProject(c *simulator.Call) {
	c.Each("project", func(path, value string) {
		if refusal := projectID(text(value)); refusal != "" {
			c.Fail(path, "%s", refusal)
		}
	})
}
