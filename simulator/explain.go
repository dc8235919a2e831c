package simulator

import (
	"errors"
	"maps"
	"slices"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"

	"github.com/holdfast-iac/holdfast/simulator/schema"
)

// Explanation says what a simulated cloud does with a resource type or look-up: what it checks, and what it only
// echoes. It is read from the schema and the tables themselves. Paths are as in the tables: ingress[*].protocol.
type Explanation struct {
	Cloud string `json:"cloud"` // the Pulumi package: aws
	Type  string `json:"type"`  // the type's token
	// Lookup says that it is a function.
	Lookup bool `json:"lookup"`
	// Modelled says that it behaves as in the cloud. Otherwise the properties of a resource are checked against the
	// schema and echoed, and a look-up is refused.
	Modelled bool `json:"modelled"`
	// API names the operations of the cloud's API against whose model the inputs are held.
	API []string `json:"api,omitempty"`
	// Kind is what the provider calls such a thing in errors: EC2 Subnet.
	Kind string `json:"kind,omitempty"`

	Inputs     []ExplainedInput     `json:"inputs"`               // by name
	Restricted []string             `json:"restricted,omitempty"` // inputs whose values a rule restricts
	References []ExplainedReference `json:"references,omitempty"` // what must exist
	ExactlyOne [][]string           `json:"exactlyOne,omitempty"` // groups of inputs of which one must be given
	AtMostOne  [][]string           `json:"atMostOne,omitempty"`  // groups of inputs of which no two may be given
	Unique     []ExplainedUnique    `json:"unique,omitempty"`     // groups of inputs whose values together may occur once
	Replaces   []string             `json:"replaces,omitempty"`   // a change replaces the resource
	// Constraints are what shows only when a program is really applied.
	Constraints []Listing `json:"constraints,omitempty"`
	// Code lists what further is decided by code of the type's own, whose reach no table tells.
	Code []string `json:"code,omitempty"`

	// Computed are the outputs that the table computes when nothing but what is required is given; others may be when
	// more is.
	Computed []string `json:"computed,omitempty"`
	// MadeUp are the outputs that are always there, but get a value that means nothing unless an input leads to more.
	MadeUp []string `json:"madeUp,omitempty"`
}

// ExplainedInput is one input of an explained type.
type ExplainedInput struct {
	Name       string   `json:"name"`                 // the input's name
	Type       string   `json:"type"`                 // in the notation of schema.Type
	Required   bool     `json:"required,omitempty"`   // by the schema
	Deprecated bool     `json:"deprecated,omitempty"` // by the schema
	Values     []string `json:"values,omitempty"`     // that the enumeration of it, or of its elements, allows
	Default    any      `json:"default,omitempty"`    // what the provider fills in
	// Parameter is what the input is in the cloud's API: BackupVaultName of backup:CreateBackupVault. Empty where
	// nothing says so.
	Parameter string `json:"parameter,omitempty"`
	// Echoed says that of the value nothing is checked but its type, unless code of the type's own looks at it.
	Echoed bool `json:"echoed"`
}

// ExplainedReference is an input that names something that must exist.
type ExplainedReference struct {
	Property string   `json:"property"` // the input's path
	To       []string `json:"to"`       // kinds
	// Holds says that what is referred to cannot be deleted meanwhile.
	Holds bool `json:"holds"`
}

// ExplainedUnique is what no two resources may have in common.
type ExplainedUnique struct {
	Properties []string `json:"properties,omitempty"` // empty when code decides it
	Everywhere bool     `json:"everywhere"`           // across regions
}

// Explain says what is simulated of a resource type or look-up. Which outputs are computed is found out by trying, in
// an account of its own and, as nothing is configured, in the cloud's default region: the cloud should have one. It
// fails, with the nearest right name, when the cloud has none of that name.
func (a *Account) Explain(token string) (*Explanation, error) {
	e := &Explanation{Cloud: a.cloud.Name, Type: token, Modelled: a.Modelled(token)}
	if function, ok := a.schema.Function(token); ok {
		e.Lookup = true
		e.inputs(a, function.Inputs, nil)
		return e, nil
	}
	known, ok := a.schema.Resource(token)
	if !ok {
		return nil, errors.New(a.unknownToken("resource type or function", token))
	}
	t := a.types[token]
	if t != nil {
		e.table(t)
		e.Constraints, _ = Cloud{Types: []*Type{t}}.Constraints() // NewAccount reported what is wrong with them
	}
	e.Replaces = replacing(known, t)
	e.inputs(a, known.Inputs, t)
	e.outputs(a, known)
	return e, nil
}

// table takes over what the type's table says.
func (e *Explanation) table(t *Type) {
	e.Kind, e.API = t.Kind.Noun, t.API
	e.Restricted = slices.Sorted(maps.Keys(t.Rules))
	e.ExactlyOne, e.AtMostOne = t.ExactlyOne, t.AtMostOne
	for _, r := range t.References {
		explained := ExplainedReference{Property: r.Property, Holds: r.OnDelete == Refuse}
		for _, kind := range r.To {
			explained.To = append(explained.To, kind.Noun)
		}
		e.References = append(e.References, explained)
	}
	for _, u := range t.Unique {
		e.Unique = append(e.Unique, ExplainedUnique{u.Properties, u.Everywhere})
	}
	for _, code := range []struct {
		there bool
		does  string
	}{
		{t.Check != nil, "refuses inputs, in previews too"},
		{t.Allow != nil, "refuses what the account's state makes impossible, when the resource is made or changed"},
		{t.Refresh != nil, "shows in a refresh what others have done to the thing"},
		{t.Release != nil, "refuses deletion"},
		{t.ReplaceIf != nil, "decides by their values which changes replace the resource"},
		{t.Keeps != nil, "decides whether deletion leaves the thing in the cloud"},
		{t.Adopt != nil, "takes over something that exists already instead of making one"},
	} {
		if code.there {
			e.Code = append(e.Code, code.does)
		}
	}
}

// replacing returns the inputs whose change replaces the resource, sorted.
func replacing(known *schema.Resource, t *Type) []string {
	found := map[string]bool{}
	for name, property := range known.Inputs {
		found[name] = property.Replaces
	}
	if t != nil {
		for _, path := range t.Immutable {
			found[path] = true
		}
	}
	maps.DeleteFunc(found, func(_ string, replaces bool) bool { return !replaces })
	return slices.Sorted(maps.Keys(found))
}

func (e *Explanation) inputs(a *Account, inputs schema.Object, t *Type) {
	checked := e.checked()
	for _, name := range slices.Sorted(maps.Keys(inputs)) {
		property := inputs[name]
		input := ExplainedInput{
			Name: name, Type: property.Type.String(), Required: property.Required, Deprecated: property.Deprecated,
		}
		kind := property.Type
		for kind.Elem != nil {
			kind = *kind.Elem
		}
		if kind.Kind == schema.OneOf {
			input.Values, _ = a.schema.Enum(kind.Ref)
		}
		limited := false
		if t != nil {
			input.Default = t.Defaults[name]
			input.Parameter, limited = a.parameter(t, name)
		}
		input.Echoed = !e.Lookup && !checked[name] && !limited && len(input.Values) == 0
		e.Inputs = append(e.Inputs, input)
	}
}

// parameter returns what an input is in the cloud's API, and whether the API's model limits its values.
func (a *Account) parameter(t *Type, input string) (name string, limited bool) {
	if a.model == nil {
		return "", false
	}
	mapping := t.mapping()
	operation, _, path, _, ok := a.model.Find(mapping, input)
	if !ok {
		return "", false
	}
	return path + " of " + operation, a.model.Knows(mapping, input)
}

// checked returns the inputs of whose values a table says more than their type.
func (e *Explanation) checked() map[string]bool {
	paths := slices.Concat(e.Restricted, slices.Concat(e.ExactlyOne...), slices.Concat(e.AtMostOne...))
	for _, r := range e.References {
		paths = append(paths, r.Property)
	}
	for _, u := range e.Unique {
		paths = append(paths, u.Properties...)
	}
	found := map[string]bool{}
	for _, path := range paths {
		found[firstStep(path)] = true
	}
	return found
}

func (e *Explanation) outputs(a *Account, known *schema.Resource) {
	c, done := a.probe(known)
	for _, name := range slices.Sorted(maps.Keys(known.Outputs)) {
		if _, computed := c.Outputs[resource.PropertyKey(name)]; computed {
			e.Computed = append(e.Computed, name)
		}
	}
	if !done {
		e.Code = append(e.Code, "computes outputs, how many depends on what the resource refers to")
		return
	}
	maps.Copy(c.Outputs, c.Inputs)
	before := maps.Clone(c.Outputs)
	c.complete(known)
	for _, name := range slices.Sorted(maps.Keys(c.Outputs)) {
		if _, there := before[name]; !there {
			e.MadeUp = append(e.MadeUp, string(name))
		}
	}
}

// probe has the type compute its outputs from the inputs that it requires, in an account of its own that holds what
// they refer to. It reports whether that succeeded: a type may count on more than a made-up value can give.
func (a *Account) probe(known *schema.Resource) (c *Call, done bool) {
	scratch := &Account{
		cloud: a.cloud, schema: a.schema, types: a.types, now: a.now, store: newStore(),
		made: map[string]int{}, echoed: map[string]*Kind{},
	}
	site, _ := a.cloud.Connect(resource.PropertyMap{})
	p := &Provider{account: scratch, site: site}
	c = p.call(Request{URN: "probe", Token: known.Token}, resource.PropertyMap{})
	for name, property := range known.Inputs {
		if property.Required {
			c.Inputs[resource.PropertyKey(name)] = c.placeholder(name, property.Type, 0)
		}
	}
	c.pretend()
	c.fillIn(known, nil, c.Inputs)
	kind := scratch.kind(known.Token)
	c.Outputs = resource.PropertyMap{}
	defer func() { _ = recover() }() // done says it
	c.self = c.object(kind)
	c.self.set(resource.PropertyMap{})
	if kind.ARN != "" {
		c.Set("arn", "")
	}
	if c.Type != nil && c.Type.Compute != nil {
		c.Type.Compute(c)
	}
	return c, true
}

// pretend makes what the inputs refer to.
func (c *Call) pretend() {
	if c.Type == nil {
		return
	}
	for _, reference := range c.Type.References {
		address := c.Text(reference.Property)
		if address == "" {
			continue
		}
		if reference.Address != nil {
			address, _ = reference.Address(c, address)
		}
		kind := reference.To[0]
		o := &Object{Kind: kind, ID: address, ARN: address, Region: c.Region}
		if kind.Global {
			o.Region = ""
		}
		o.set(resource.PropertyMap{resource.PropertyKey(kind.Name): resource.NewStringProperty(address)})
		c.account.store.add(o)
	}
}
