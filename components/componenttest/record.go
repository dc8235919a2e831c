// Package componenttest holds what every cloud's components must do, as tests: one conformance suite per concept. A
// cloud's test describes its component to the suite and runs it; what only that cloud does, it tests itself.
package componenttest

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"sync"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
)

// The project and the stack that programs run as.
const (
	Project = "holdfast"
	Stack   = "test"
)

// Resource is one resource that a program registered.
type Resource struct {
	URN    resource.URN         // as the engine would name it
	Type   string               // the type token
	Name   string               // the logical name
	Parent resource.URN         // empty for the stack and for what has no parent
	Custom bool                 // false for components, and for what exists and is only read
	Inputs resource.PropertyMap // as registered, secrets and unknown values marked
	// Request is the registration as the engine would get it, with all its options; nil for what is only read.
	Request *pulumirpc.RegisterResourceRequest
}

// Recording is everything that a program registered and looked up.
type Recording struct {
	// Resources are in the order of their URNs.
	Resources []Resource
	// Calls are the look-ups, in the order they were made.
	Calls []pulumi.MockCallArgs
}

// Run runs a program in Pulumi's unit-test mode on a mocked or simulated cloud, and returns what it registered, also
// when it fails. Options may change how it runs; Preview is one.
func Run(cloud pulumi.MockResourceMonitor, program pulumi.RunFunc, options ...pulumi.RunOption) (Recording, error) {
	r := &recorder{cloud: cloud, resources: map[resource.URN]Resource{}}
	options = append(options, pulumi.WithMocks(Project, Stack, r), func(info *pulumi.RunInfo) { r.preview = info.DryRun })
	err := pulumi.RunErr(program, options...)

	recording := Recording{Calls: r.calls}
	for _, urn := range slices.Sorted(maps.Keys(r.resources)) {
		recording.Resources = append(recording.Resources, r.resources[urn])
	}
	return recording, err
}

// Preview makes Run behave as a preview of a stack that does not exist yet: nothing is created in the cloud, and ids
// and computed properties are unknown.
func Preview(info *pulumi.RunInfo) { info.DryRun = true }

// URNs returns the URNs of all resources.
func (r Recording) URNs() []resource.URN {
	urns := make([]resource.URN, len(r.Resources))
	for i, res := range r.Resources {
		urns[i] = res.URN
	}
	return urns
}

// OfType returns the resources of a type.
func (r Recording) OfType(token string) []Resource {
	var found []Resource
	for _, res := range r.Resources {
		if res.Type == token {
			found = append(found, res)
		}
	}
	return found
}

// ByURN returns the resources by their URNs.
func (r Recording) ByURN() map[resource.URN]Resource {
	byURN := map[resource.URN]Resource{}
	for _, res := range r.Resources {
		byURN[res.URN] = res
	}
	return byURN
}

// Named returns the resource of a type with a logical name.
func (r Recording) Named(token, name string) (res Resource, ok bool) {
	i := slices.IndexFunc(r.Resources, func(res Resource) bool { return res.Type == token && res.Name == name })
	if i < 0 {
		return Resource{}, false
	}
	return r.Resources[i], true
}

// Descendants returns the resources under a component, children of children included.
func (r Recording) Descendants(of resource.URN) []Resource {
	byURN := r.ByURN()
	return slices.DeleteFunc(slices.Clone(r.Resources), func(res Resource) bool {
		for up := res.Parent; up != ""; up = byURN[up].Parent {
			if up == of {
				return false
			}
		}
		return true
	})
}

// recorder passes registrations on to a cloud and keeps them. It is safe for concurrent use, as the engine needs.
type recorder struct {
	cloud   pulumi.MockResourceMonitor
	preview bool

	mu        sync.Mutex
	resources map[resource.URN]Resource
	calls     []pulumi.MockCallArgs
}

func (r *recorder) NewResource(args pulumi.MockResourceArgs) (string, resource.PropertyMap, error) {
	res := Resource{
		Type: args.TypeToken, Name: args.Name, Custom: args.Custom,
		Inputs: args.Inputs, Request: args.RegisterRPC,
		Parent: resource.URN(cmp.Or(args.RegisterRPC.GetParent(), args.ReadRPC.GetParent())),
	}
	res.URN = urnOf(res)
	r.mu.Lock()
	r.resources[res.URN] = res
	r.mu.Unlock()
	if r.preview && args.Custom && !strings.HasPrefix(args.TypeToken, "pulumi:providers:") {
		return "", args.Inputs, nil
	}
	return r.cloud.NewResource(args)
}

func (r *recorder) Call(args pulumi.MockCallArgs) (resource.PropertyMap, error) {
	r.mu.Lock()
	r.calls = append(r.calls, args)
	r.mu.Unlock()
	return r.cloud.Call(args)
}

// urnOf is the URN that the engine would give the resource.
func urnOf(res Resource) resource.URN {
	kind := res.Type
	if res.Parent != "" && res.Parent.QualifiedType() != resource.RootStackType {
		kind = string(res.Parent.QualifiedType()) + "$" + kind
	}
	return resource.URN("urn:pulumi:" + Stack + "::" + Project + "::" + kind + "::" + res.Name)
}
