package policy

import (
	"reflect"
	"slices"
	"time"

	"github.com/holdfast-iac/holdfast/policies/internal/wire"
	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
	"google.golang.org/protobuf/types/known/structpb"
)

// Node is one resource: what identifies it, its options, and in stack rules what it is connected to.
type Node struct {
	message  message
	stack    *Stack // nil outside stack rules
	decoded  map[reflect.Type]any
	called   []string // see names
	refs     map[string]*references
	provider *Provider
}

// message is what the two forms have in common in which the engine sends a resource.
type message interface {
	GetUrn() string
	GetType() string
	GetName() string
	GetProperties() *structpb.Struct
	GetOptions() *pulumirpc.AnalyzerResourceOptions
	GetProvider() *pulumirpc.AnalyzerProviderResource
}

// URN is the resource's unique name in Pulumi.
func (n *Node) URN() string { return n.message.GetUrn() }

// Type is the resource's type token, such as "aws:ec2/vpc:Vpc".
func (n *Node) Type() string { return n.message.GetType() }

// Name is the name the program gave the resource.
func (n *Node) Name() string { return n.message.GetName() }

// Options are the resource options in force.
func (n *Node) Options() Options {
	o := n.message.GetOptions()
	options := Options{
		Protect:                 o.GetProtect(),
		IgnoreChanges:           o.GetIgnoreChanges(),
		AdditionalSecretOutputs: o.GetAdditionalSecretOutputs(),
		Aliases:                 o.GetAliases(),
		Parent:                  o.GetParent(),
		CreateTimeout:           seconds(o.GetCustomTimeouts().GetCreate()),
		UpdateTimeout:           seconds(o.GetCustomTimeouts().GetUpdate()),
		DeleteTimeout:           seconds(o.GetCustomTimeouts().GetDelete()),
	}
	if o.GetDeleteBeforeReplaceDefined() {
		value := o.GetDeleteBeforeReplace()
		options.DeleteBeforeReplace = &value
	}
	return options
}

// Provider is the provider that manages the resource, or nil if the engine does not say.
func (n *Node) Provider() *Provider {
	if n.provider == nil && n.message.GetProvider() != nil {
		n.provider = &Provider{n.message.GetProvider()}
	}
	return n.provider
}

// propsOf reads the node's properties into a T. Each type is read once, however many policies ask for it.
func propsOf[T any](n *Node, s *shape) T {
	if props, done := n.decoded[s.input]; done {
		return props.(T)
	}
	var props T
	if len(s.fields) == 0 {
		return props // nothing is read
	}
	d := decoder{}
	if n.stack != nil {
		d.urn = n.URN()
	}
	d.object(reflect.ValueOf(&props).Elem(), n.message.GetProperties().GetFields(), false, s)
	if n.decoded == nil {
		n.decoded = map[reflect.Type]any{}
	}
	n.decoded[s.input] = props
	return props
}

// Options are the resource options that a policy may care about.
type Options struct {
	// Protect keeps Pulumi from deleting the resource.
	Protect bool
	// IgnoreChanges are the paths of the properties whose changes are ignored.
	IgnoreChanges []string
	// DeleteBeforeReplace is nil if the program does not set it.
	DeleteBeforeReplace *bool
	// AdditionalSecretOutputs are the outputs that are secret besides those the provider marks.
	AdditionalSecretOutputs []string
	// Aliases is the former URN by which the engine found the resource in the state, if it has another now. Aliases that
	// found nothing are not told (generateResourceSteps in resource/deploy/step_generator.go, pulumi).
	Aliases []string
	// Parent is the URN of the parent, empty if there is none.
	Parent string
	// CreateTimeout, UpdateTimeout and DeleteTimeout are 0 if the program does not set them.
	CreateTimeout, UpdateTimeout, DeleteTimeout time.Duration
}

func seconds(s float64) time.Duration { return time.Duration(s * float64(time.Second)) }

// Provider is the provider resource that manages another resource.
type Provider struct {
	message *pulumirpc.AnalyzerProviderResource
}

// URN is the provider's unique name in Pulumi.
func (p *Provider) URN() string { return p.message.GetUrn() }

// Type is the provider's type token, such as "pulumi:providers:aws".
func (p *Provider) Type() string { return p.message.GetType() }

// Name is the name the program gave the provider, or "default" and its version.
func (p *Provider) Name() string { return p.message.GetName() }

// Setting is one setting of the provider, such as "region". Pulumi passes settings that are lists or objects as JSON.
func (p *Provider) Setting(name string) Value[string] {
	var v Value[string]
	d := decoder{urn: p.URN()}
	s := &shape{input: reflect.TypeFor[string]()}
	d.within(name, p.message.GetProperties().GetFields()[name], false, func(w wire.Value) { v.decode(&d, w, s) })
	return v
}

// Parent is the resource's parent, or nil if it has none in the stack. It is known in stack rules only.
func (n *Node) Parent() *Node {
	if n.stack == nil {
		return nil
	}
	parent := n.graph().GetParent()
	if parent == "" {
		parent = n.message.GetOptions().GetParent()
	}
	return n.stack.byURN[parent]
}

// Children are the resources of the stack whose parent this one is, in the engine's order. They are known in stack rules
// only.
func (n *Node) Children() []*Node {
	if n.stack == nil {
		return nil
	}
	n.stack.connect()
	return slices.Clone(n.stack.children[n.URN()])
}

// Dependents are the resources of the stack that have this one among their Dependencies, in the engine's order. They are
// known in stack rules only.
func (n *Node) Dependents() []*Node {
	if n.stack == nil {
		return nil
	}
	n.stack.connect()
	return slices.Clone(n.stack.dependent[n.URN()])
}

// Dependencies are the resources this one depends on, of those in the stack. They are known in stack rules only.
func (n *Node) Dependencies() []*Node { return n.resolve(n.graph().GetDependencies()) }

// PropertyDependencies are the resources that the property's value comes from, of those in the stack. They are known in
// stack rules only.
func (n *Node) PropertyDependencies(property string) []*Node {
	return n.resolve(n.graph().GetPropertyDependencies()[property].GetUrns())
}

func (n *Node) graph() *pulumirpc.AnalyzerResource {
	graph, _ := n.message.(*pulumirpc.AnalyzerResource)
	return graph
}

func (n *Node) resolve(urns []string) []*Node {
	if n.stack == nil {
		return nil
	}
	nodes := make([]*Node, 0, len(urns))
	seen := make(map[*Node]bool, len(urns))
	for _, urn := range urns {
		if node, ok := n.stack.byURN[urn]; ok && !seen[node] {
			seen[node] = true
			nodes = append(nodes, node)
		}
	}
	return nodes
}
