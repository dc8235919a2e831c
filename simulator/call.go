package simulator

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"

	"github.com/holdfast-iac/holdfast/simulator/schema"
)

// Call is one request, as the functions of a Type or Lookup see it: what was asked, where, and the account's state.
// Values are without their marks: a secret is its value, an unknown value is a computed property.
//
// The readers never fail: what is absent, unknown or of another type reads as the empty value, because the schema's
// check has already reported it.
type Call struct {
	Site
	Type    *Type                // nil in a look-up and for types without a table entry
	Schema  *schema.Resource     // nil in a look-up
	URN     resource.URN         // the resource; empty for a look-up
	Token   string               // the type or function
	Name    string               // the resource's logical name
	ID      string               // empty while a resource is being created
	Inputs  resource.PropertyMap // checked inputs, without secret marks
	Outputs resource.PropertyMap // for Compute to complete
	Old     *Object              // the object as it is, in an update, a deletion or a read
	State   resource.PropertyMap // the outputs that Pulumi has of it, in an update: they may be out of date

	account  *Account
	self     *Object
	attempt  int // how often the URN had an object made before
	problems []schema.Problem
}

// Fail records that the cloud refuses the request. The path names the input at fault, or is empty; refusal is
// "ErrorName: text", formatted with args.
func (c *Call) Fail(path, refusal string, args ...any) {
	c.problems = append(c.problems, problem(path, fmt.Sprintf(refusal, args...)))
}

// problem reads "ErrorName: text"; text alone has no name in the cloud.
func problem(path, refusal string) Problem {
	code, text, ok := strings.Cut(refusal, ": ")
	if !ok || !errorName.MatchString(code) {
		return Problem{Path: path, Text: refusal}
	}
	return Problem{Path: path, Code: code, Text: text}
}

// errorName matches what clouds call their errors: InvalidSubnet.Range, resourceInUseByAnotherResource, not_found.
// Other words of small letters before a colon are text, but for a few.
var errorName = regexp.MustCompile(`^([A-Z][A-Za-z0-9]*(\.[A-Z][A-Za-z0-9]*)*|[a-z]+([A-Z][a-z0-9]*)+|` +
	`[a-z]+(_[a-z]+)+|conflict|duplicate|forbidden|invalid|required)$`)

// Text returns an input that is a string.
func (c *Call) Text(path string) string {
	if found := texts(c.Inputs, path); len(found) > 0 {
		return found[0]
	}
	return ""
}

// Texts returns the strings at an input's path, such as subnetIds[*].
func (c *Call) Texts(path string) []string { return texts(c.Inputs, path) }

// Flag returns an input that is a boolean.
func (c *Call) Flag(path string) bool {
	found := find(c.Inputs, path)
	return len(found) > 0 && found[0].value.IsBool() && found[0].value.BoolValue()
}

// Number returns an input that is a number, and whether it is given and known.
func (c *Call) Number(path string) (float64, bool) {
	found := find(c.Inputs, path)
	if len(found) == 0 || !found[0].value.IsNumber() {
		return 0, false
	}
	return found[0].value.NumberValue(), true
}

// Given reports whether an input was given, be its value known or not. An empty string counts as absent, as it does to
// the real providers.
func (c *Call) Given(path string) bool {
	found := find(c.Inputs, path)
	return len(found) > 0 && !(found[0].value.IsString() && found[0].value.StringValue() == "")
}

// Known reports whether the input and all it holds have known values; an absent input has.
func (c *Call) Known(path string) bool {
	for _, l := range find(c.Inputs, path) {
		if l.value.ContainsUnknowns() {
			return false
		}
	}
	return true
}

// Each calls the function with the path and value of every known string at an input's path.
func (c *Call) Each(path string, do func(path, value string)) {
	for _, l := range find(c.Inputs, path) {
		if l.value.IsString() {
			do(l.path, l.value.StringValue())
		}
	}
}

// Remove deletes another object, with what follows it: what the cloud does away with when it changes the resource.
func (c *Call) Remove(other *Object) { c.account.store.remove(other) }

// Objects calls the function with the path and properties of every object at an input's path.
func (c *Call) Objects(path string, do func(path string, props resource.PropertyMap)) {
	for _, l := range find(c.Inputs, path) {
		if l.value.IsObject() {
			do(l.path, l.value.ObjectValue())
		}
	}
}

// Set gives an output its value: a string, bool, number, a slice or a map of them, or a property map.
func (c *Call) Set(name string, value any) {
	c.Outputs[resource.PropertyKey(name)] = resource.NewPropertyValue(value)
}

// SetNew is Set for an output that has no value yet.
func (c *Call) SetNew(name string, value any) {
	if _, ok := c.Outputs[resource.PropertyKey(name)]; !ok {
		c.Set(name, value)
	}
}

// Find returns the object of a kind with that id, or nil.
func (c *Call) Find(kind *Kind, id string) *Object {
	return c.account.store.at(kind, ByID, c.Region, id)
}

// FindBy returns the object of a kind with that address, or nil.
func (c *Call) FindBy(kind *Kind, by Address, address string) *Object {
	return c.account.store.at(kind, by, c.Region, address)
}

// All returns the region's objects of a kind, sorted by id. It looks at every object of the kind: look-ups may,
// resources should not.
func (c *Call) All(kind *Kind) []*Object {
	all := c.account.store.kinds[kind]
	if kind.Global {
		return slices.Clone(all)
	}
	var here []*Object
	for _, o := range all {
		if o.Region == c.Region {
			here = append(here, o)
		}
	}
	return here
}

// Self returns the resource's own object: in Compute, so that something can come with it.
func (c *Call) Self() *Object { return c.self }

// Others leaves the resource itself out of a list.
func (c *Call) Others(list []*Object) []*Object {
	var others []*Object
	for _, o := range list {
		if o != c.self && o != c.Old {
			others = append(others, o)
		}
	}
	return others
}

// Hex returns n hexadecimal digits, at most 64, that depend on the resource, on how often it was made, and on the
// purpose: the same program always gets the same, a replaced resource gets others than its predecessor.
func (c *Call) Hex(purpose string, n int) string {
	return digest(n, c.account.seed, c.Account, c.Region, string(c.URN), fmt.Sprint(c.attempt), purpose)
}

// Fixed returns n hexadecimal digits, at most 64, that depend on the account, the region and the purpose alone.
func (c *Call) Fixed(purpose string, n int) string {
	return digest(n, c.account.seed, c.Account, c.Region, purpose)
}

// Now returns the account's time.
func (c *Call) Now() time.Time { return c.account.now() }

// Bring makes an object that comes with the resource and goes with it, unless it already has one of that kind, and
// returns it.
func (c *Call) Bring(kind *Kind, outputs resource.PropertyMap) *Object {
	if there := c.self.Owned(kind); there != nil {
		return there
	}
	return c.enter(&Object{
		Kind:   kind,
		ID:     kind.IDPrefix + c.Hex(kind.Noun+" of "+c.self.ID, idDigits),
		Region: c.self.Region,
		owner:  c.self,
	}, outputs)
}

// set replaces the object's outputs.
func (o *Object) set(outputs resource.PropertyMap) {
	o.Outputs = outputs
	o.plain = plainMap(outputs)
}

// expand fills in an ARN template.
func expand(template string, site Site, o *Object) string {
	if template == "" {
		return ""
	}
	var out strings.Builder
	rest := template
	for {
		before, after, ok := strings.Cut(rest, "{")
		out.WriteString(before)
		if !ok {
			return out.String()
		}
		name, tail, _ := strings.Cut(after, "}")
		switch name {
		case "id":
			out.WriteString(o.ID)
		case "account":
			out.WriteString(site.Account)
		case "region":
			out.WriteString(site.Region)
		case "partition":
			out.WriteString(site.Partition)
		default:
			out.WriteString(o.Text(name))
		}
		rest = tail
	}
}
