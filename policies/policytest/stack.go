package policytest

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/holdfast-iac/holdfast/policies/internal/wire"
	"github.com/holdfast-iac/holdfast/policies/policy"
	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/types/known/structpb"
)

// stack is a case's resources as the engine would send them.
type stack struct {
	deployment policy.Deployment
	config     map[string]any
	resources  []*pulumirpc.AnalyzerResource
	unknowns   bool // whether a property is Unknown
}

// build makes the resources as they are in a preview, where no id is known, or in an update.
func (c Case) build(preview bool) (stack, error) {
	s := stack{deployment: c.Deployment, config: c.Config}
	s.deployment.DryRun = preview
	urns := map[string]string{}
	var problems []error
	for _, r := range c.Resources {
		if _, taken := urns[r.name()]; taken {
			problems = append(problems, fmt.Errorf("two resources have the name %q", r.name()))
		}
		urns[r.name()] = r.urn()
	}
	for _, r := range c.Resources {
		b := builder{preview: preview, urns: urns}
		s.resources = append(s.resources, b.resource(r))
		s.unknowns = s.unknowns || b.unknowns
		for _, err := range b.problems {
			problems = append(problems, fmt.Errorf("resource %q: %w", r.name(), err))
		}
	}
	return s, errors.Join(problems...)
}

func (r Resource) name() string {
	if r.Name == "" {
		return "resource"
	}
	return r.Name
}

func (r Resource) urn() string { return "urn:pulumi:test::policytest::" + r.Type + "::" + r.name() }

// idOf is the id that a resource has once it is created.
func idOf(name string) string { return name + "-id" }

// builder builds one resource.
type builder struct {
	preview  bool
	urns     map[string]string
	sources  []string // the URNs that the property being built comes from
	unknowns bool
	problems []error
}

func (b *builder) resource(r Resource) *pulumirpc.AnalyzerResource {
	built := &pulumirpc.AnalyzerResource{
		Type: r.Type, Name: r.name(), Urn: r.urn(),
		Properties:           &structpb.Struct{Fields: map[string]*structpb.Value{}},
		PropertyDependencies: map[string]*pulumirpc.AnalyzerPropertyDependencies{},
		Options: &pulumirpc.AnalyzerResourceOptions{
			Protect: r.Protect, IgnoreChanges: r.IgnoreChanges,
			DeleteBeforeReplace: r.DeleteBeforeReplace, DeleteBeforeReplaceDefined: r.DeleteBeforeReplace,
		},
	}
	if r.Parent != "" {
		built.Parent = b.urn(r.Parent)
		built.Options.Parent = built.Parent
	}
	for _, name := range r.DependsOn {
		built.Dependencies = append(built.Dependencies, b.urn(name))
	}
	for _, key := range slices.Sorted(maps.Keys(r.Properties)) {
		b.sources = nil
		built.Properties.Fields[key] = b.encode(key, r.Properties[key])
		if b.sources != nil {
			built.PropertyDependencies[key] = &pulumirpc.AnalyzerPropertyDependencies{Urns: b.sources}
			built.Dependencies = append(built.Dependencies, b.sources...)
		}
	}
	if r.Provider != nil {
		built.Provider = &pulumirpc.AnalyzerProviderResource{
			Type: "pulumi:providers:" + strings.SplitN(r.Type, ":", 2)[0], Name: "default",
			Properties: b.encode("Provider", r.Provider).GetStructValue(),
		}
	}
	return built
}

func (b *builder) urn(name string) string {
	urn, ok := b.urns[name]
	if !ok {
		b.problems = append(b.problems, fmt.Errorf("there is no resource %q to refer to", name))
	}
	return urn
}

func (b *builder) encode(key string, value any) *structpb.Value {
	encoded, err := wire.Encode(b.resolve(value))
	if err != nil {
		b.problems = append(b.problems, fmt.Errorf("property %s: %w", key, err))
	}
	return encoded
}

// resolve puts what a Ref stands for in its place, however deep it is in slices and maps of any.
func (b *builder) resolve(value any) any {
	switch v := value.(type) {
	case ref:
		b.sources = append(b.sources, b.urn(v.name))
		if b.preview {
			return wire.NotKnown{}
		}
		return idOf(v.name)
	case wire.NotKnown:
		b.unknowns = true
	case wire.Secret:
		return wire.Secret{Value: b.resolve(v.Value)}
	case []any:
		items := make([]any, len(v))
		for i, item := range v {
			items[i] = b.resolve(item)
		}
		return items
	case []map[string]any:
		items := make([]any, len(v))
		for i, item := range v {
			items[i] = b.resolve(item)
		}
		return items
	case map[string]any:
		fields := make(map[string]any, len(v))
		for key, field := range v {
			fields[key] = b.resolve(field)
		}
		return fields
	}
	return value
}

// evaluate runs the pack's one policy on the stack as the engine would, and sums up its answers.
func (s stack) evaluate(pack *policy.Pack) policy.Result {
	id := pack.Spec().Policies[0].ID
	session, err := pack.NewSession(s.deployment, map[string]policy.Setting{id: {Properties: s.config}})
	if err != nil {
		return policy.Result{Outcome: policy.Errored, Errors: []string{err.Error()}}
	}
	sum := policy.Result{Outcome: policy.NotApplicable}
	add := func(results []policy.Result) {
		for _, r := range results {
			sum.Outcome = max(sum.Outcome, r.Outcome)
			sum.Violations = append(sum.Violations, r.Violations...)
			sum.Unknowns = append(sum.Unknowns, r.Unknowns...)
			sum.Errors = append(sum.Errors, r.Errors...)
			sum.Reason = r.Reason
		}
	}
	for _, r := range s.resources {
		add(session.Analyze(&pulumirpc.AnalyzeRequest{
			Type: r.Type, Urn: r.Urn, Name: r.Name, Properties: r.Properties, Options: r.Options, Provider: r.Provider,
		}))
	}
	add(session.AnalyzeStack(s.withIDs()))
	return sum
}

// withIDs are the resources with their ids, as outputs have them.
func (s stack) withIDs() []*pulumirpc.AnalyzerResource {
	resources := make([]*pulumirpc.AnalyzerResource, len(s.resources))
	for i, r := range s.resources {
		id := structpb.NewStringValue(idOf(r.Name))
		if s.deployment.DryRun {
			id = structpb.NewStringValue(wire.UnknownString)
		}
		outputs := map[string]*structpb.Value{"id": id}
		maps.Copy(outputs, r.Properties.Fields)
		resources[i] = proto.CloneOf(r)
		resources[i].Properties = &structpb.Struct{Fields: outputs}
	}
	return resources
}

// place is where a value is: the names, indices and keys that lead to it.
type place []string

func (p place) String() string { return strings.Join(p, ".") }

// present lists the places of a path, in which "*" stands for any index or key, at which the properties hold a value.
func present(properties *structpb.Struct, path string) []place {
	return find(structpb.NewStructValue(properties), strings.Split(path, "."), nil)
}

func find(p *structpb.Value, steps []string, at place) (places []place) {
	v := wire.Open(p)
	if len(steps) == 0 {
		if v.Kind == wire.Absent || v.Kind == wire.Unknown {
			return nil
		}
		return []place{slices.Clone(at)}
	}
	next := []string{steps[0]}
	if steps[0] == "*" {
		next = slices.Sorted(maps.Keys(v.Fields()))
		for i := range v.Items() {
			next = append(next, strconv.Itoa(i))
		}
	}
	for _, step := range next {
		places = append(places, find(part(v, step), steps[1:], append(at, step))...)
	}
	return places
}

// unknownAt is the stack with one value of one resource unknown, wherever it comes from.
func (s stack) unknownAt(i int, at place) stack {
	return s.replaced(i, at, func(*structpb.Value) *structpb.Value { return structpb.NewStringValue(wire.UnknownString) })
}

// without is the stack without one value of one resource.
func (s stack) without(i int, at place) stack {
	return s.replaced(i, at, func(*structpb.Value) *structpb.Value { return structpb.NewNullValue() })
}

// asText is the stack with one truth of one resource as text, which the engine takes for the same.
func (s stack) asText(i int, at place) (stack, bool) {
	found := false
	text := s.replaced(i, at, func(v *structpb.Value) *structpb.Value {
		truth, ok := v.GetKind().(*structpb.Value_BoolValue)
		if !ok {
			return v
		}
		found = true
		return structpb.NewStringValue(strconv.FormatBool(truth.BoolValue))
	})
	return text, found
}

// replaced is the stack with another value in the place of one of a resource, which comes from nowhere.
func (s stack) replaced(i int, at place, by func(*structpb.Value) *structpb.Value) stack {
	s.resources = slices.Clone(s.resources)
	r := proto.CloneOf(s.resources[i])
	s.resources[i] = r
	delete(r.PropertyDependencies, at[0])
	last := len(at) - 1
	v := wire.Open(structpb.NewStructValue(r.Properties))
	for _, step := range at[:last] {
		v = wire.Open(part(v, step))
	}
	if v.Kind == wire.List {
		index, _ := strconv.Atoi(at[last]) // made by find
		v.Items()[index] = by(v.Items()[index])
		return s
	}
	object := v.Object()
	if object.Fields == nil {
		object.Fields = map[string]*structpb.Value{} // a clone has none for an empty one
	}
	object.Fields[at[last]] = by(object.Fields[at[last]])
	return s
}

func part(v wire.Value, step string) *structpb.Value {
	if v.Kind != wire.List {
		return v.Fields()[step]
	}
	index, _ := strconv.Atoi(step) // made by find
	return v.Items()[index]
}
