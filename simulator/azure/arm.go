package azure

import (
	"slices"
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"

	"github.com/holdfast-iac/holdfast/simulator"
)

// Every resource of Azure Resource Manager has an id that is its path:
// /subscriptions/S/resourceGroups/G/providers/Microsoft.Network/virtualNetworks/V.

// path says what a resource's id is made of: the type (Microsoft.Network/ virtualNetworks, with a segment more for each
// level below), and the inputs that give the names, the resource's own last.
type path struct {
	kind  string
	names []string
}

// id returns the resource's id, "" while a name is unknown.
func (p path) id(c *simulator.Call) string { return p.join(c, len(p.names)) }

// parentID returns the id of the resource that this one lies in.
func (p path) parentID(c *simulator.Call) string { return p.join(c, len(p.names)-1) }

func (p path) join(c *simulator.Call, levels int) string {
	segments := strings.Split(p.kind, "/")
	id := groupID(c) + "/providers/" + segments[0]
	for i, name := range p.names[:levels] {
		value := c.Text(name)
		if value == "" {
			return ""
		}
		id += "/" + segments[i+1] + "/" + value
	}
	return id
}

func groupID(c *simulator.Call) string {
	return "/subscriptions/" + c.Account + "/resourceGroups/" + c.Text("resourceGroupName")
}

// kindOf returns the kind of resources at a path. Azure has but one of each path, whatever the location.
func kindOf(p path) *simulator.Kind {
	return &simulator.Kind{
		Noun:     p.kind,
		ID:       p.id,
		Global:   true,
		NotFound: "ResourceNotFound: The Resource '%s' was not found.",
		InUse:    "InUse: The resource '%s' is in use",
	}
}

// parentNotFound is the error of what lies in a resource that does not exist.
const parentNotFound = "ParentResourceNotFound: Can not perform requested operation on nested resource. Parent resource '%s' not found."

// armType completes a table entry with what holds for every resource at a path: its group must exist and takes it along
// when it goes, its location and names stay, its outputs say what it is.
func armType(p path, t simulator.Type) *simulator.Type {
	own := p.names[len(p.names)-1]
	if t.Kind == nil {
		t.Kind = kindOf(p)
	}
	t.Immutable = append(slices.Clone(p.names), append(t.Immutable, "resourceGroupName")...)
	t.Normalize = map[string]func(resource.PropertyValue) resource.PropertyValue{}
	t.AutoName = &simulator.AutoName{Property: own, Unless: p.names[:len(p.names)-1]} // prepare names what lies in another
	t.References = append([]simulator.Reference{{
		Property: "resourceGroupName", To: []*simulator.Kind{groupKind}, OnDelete: simulator.Follow,
		Address: func(c *simulator.Call, _ string) (string, bool) { return groupID(c), true },
	}}, t.References...)
	compute := t.Compute
	t.Compute = func(c *simulator.Call) {
		c.Set("name", c.Text(own))
		c.Set("type", p.kind)
		if compute != nil {
			compute(c)
		}
	}
	return &t
}

// located adds to a type that its location cannot change, and keeps locations in Azure's form.
func located(t *simulator.Type) *simulator.Type {
	t.Immutable = append(t.Immutable, "location")
	t.Normalize["location"] = keepLocation
	return t
}

func keepLocation(value resource.PropertyValue) resource.PropertyValue {
	if !value.IsString() {
		return value
	}
	return text(location(value.StringValue()))
}
