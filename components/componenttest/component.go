package componenttest

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/holdfast-iac/holdfast/components/spec"
)

// Driver describes a cloud's component to the suite of its concept. S is the cloud-neutral part of its arguments.
type Driver[S any] struct {
	// Concept is what the component's errors call it: "network".
	Concept string
	// New creates the component with nothing but the cloud-neutral part of its arguments set. What it stands on, such as
	// a network, it creates first under NewWorld, without the options.
	New func(ctx *pulumi.Context, name string, s S, opts ...pulumi.ResourceOption) error
	// Cloud returns a fresh mocked or simulated cloud.
	Cloud func(t require.TestingT) pulumi.MockResourceMonitor
	// Package is the Pulumi package of the cloud ("aws"), and Token the component's type.
	Package, Token string
	// Tags returns the tags, or labels, of a resource.
	Tags func(Resource) map[string]string
	// Untaggable are the types that the cloud does not let carry tags.
	Untaggable []string
	// Encrypted are the types whose content the cloud encrypts with a key of one's own if it is given one, each with the input
	// that names the key. Every child of such a type must have it. Default none.
	Encrypted map[string]resource.PropertyKey
}

// Bad are arguments that are not valid.
type Bad[S any] struct {
	// Spec are the arguments.
	Spec S
	// Fields are what must be reported for them, in this order.
	Fields []string
}

// Common is what the checks that every component must pass need to know.
type Common[S any] struct {
	// Tagged are arguments that carry the tag team=platform and between them make every kind of child, the last of them
	// most kinds.
	Tagged []S
	// Bad are arguments that are not valid, by what is wrong with them.
	Bad map[string]Bad[S]
}

// componentName is the name of the component under test.
const componentName = "main"

// checks are the parts of a suite. They take an interface, so that their own tests can see them fail.
type checks map[string]func(require.TestingT)

// run runs the checks as parallel subtests.
func (c checks) run(t *testing.T) {
	for name, check := range c {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			check(t)
		})
	}
}

// with returns the checks of both.
func (c checks) with(more checks) checks {
	all := maps.Clone(c)
	maps.Copy(all, more)
	return all
}

// common are the checks that every component of every concept must pass.
func (d Driver[S]) common(c Common[S]) checks {
	return checks{
		"children descend and are tagged": func(t require.TestingT) { d.children(t, c.Tagged) },
		"encrypted with a key of its own": func(t require.TestingT) { d.encrypted(t, c.Tagged) },
		"bad arguments":                   func(t require.TestingT) { d.badArguments(t, c.Bad) },
		"resource options":                d.options,
		"every child can fail":            func(t require.TestingT) { d.failures(t, c.Tagged) },
		"deterministic":                   func(t require.TestingT) { d.deterministic(t, c.Tagged) },
	}
}

// run creates the component and returns everything that was registered.
func (d Driver[S]) run(t require.TestingT, s S, opts ...pulumi.ResourceOption) Recording {
	recording, err := Run(d.Cloud(t), func(ctx *pulumi.Context) error {
		return d.New(ctx, componentName, s, opts...)
	})
	require.NoError(t, err)
	return recording
}

// family returns the component, and everything that descends from it.
func (d Driver[S]) family(t require.TestingT, r Recording) (component Resource, children []Resource) {
	component, ok := r.Named(d.Token, componentName)
	require.True(t, ok, "%s %s in %v", d.Token, componentName, r.URNs())
	return component, r.Descendants(component.URN)
}

func (d Driver[S]) children(t require.TestingT, variants []S) {
	require.NotEmpty(t, variants, "arguments with tags")
	for _, s := range variants {
		r := d.run(t, s)
		component, children := d.family(t, r)
		assert.NotEmpty(t, children)
		assert.ElementsMatch(t, urnsOf(append(children, component)), urnsOf(r.outsideWorld()), "all descend from %s", component.URN)
		for _, res := range children {
			assert.True(t, strings.HasPrefix(res.Name, componentName+"-"), "%s is named after its component", res.URN)
			if res.Custom && !slices.Contains(d.Untaggable, res.Type) {
				assert.Equal(t, "platform", d.Tags(res)["team"], "tag of %s", res.URN)
			}
		}
	}
}

func (d Driver[S]) encrypted(t require.TestingT, variants []S) {
	for _, s := range variants {
		_, children := d.family(t, d.run(t, s))
		for _, res := range children {
			if input, ok := d.Encrypted[res.Type]; ok {
				key := res.Inputs[input]
				assert.True(t, key.IsString() && key.StringValue() != "", "%s of %s", input, res.URN)
			}
		}
	}
}

func (d Driver[S]) badArguments(t require.TestingT, table map[string]Bad[S]) {
	require.NotEmpty(t, table)
	for name, bad := range table {
		r, err := Run(d.Cloud(t), func(ctx *pulumi.Context) error {
			err := d.New(ctx, componentName, bad.Spec)
			var ps spec.Problems
			if assert.ErrorAs(t, err, &ps, name) {
				var fields []string
				for _, p := range ps {
					fields = append(fields, p.Field)
				}
				assert.Equal(t, bad.Fields, fields, name)
			}
			return err
		})
		assert.ErrorContains(t, err, fmt.Sprintf("%s %q", d.Concept, componentName), "%s: the error names the component", name)
		assert.Empty(t, urnsOf(r.outsideWorld()), "%s: nothing is registered", name)
	}
}

// options holds that a component hands on to its children what Pulumi's options ask for.
func (d Driver[S]) options(t require.TestingT) {
	var mark pulumi.ResourceTransformation = func(args *pulumi.ResourceTransformationArgs) *pulumi.ResourceTransformationResult {
		return &pulumi.ResourceTransformationResult{Props: args.Props, Opts: append(args.Opts, pulumi.RetainOnDelete(true))}
	}
	var s S
	r, err := Run(d.Cloud(t), func(ctx *pulumi.Context) error {
		var other pulumi.ProviderResourceState
		if err := ctx.RegisterResource("pulumi:providers:"+d.Package, "other", pulumi.Map{}, &other); err != nil {
			return err
		}
		return d.New(ctx, componentName, s,
			pulumi.Protect(true),
			pulumi.Aliases([]pulumi.Alias{{Name: pulumi.String("before")}}),
			pulumi.Providers(&other),
			pulumi.Transformations([]pulumi.ResourceTransformation{mark}))
	})
	require.NoError(t, err)
	component, children := d.family(t, r)
	require.Len(t, component.Request.GetAliases(), 1)
	assert.Equal(t, "before", component.Request.GetAliases()[0].GetSpec().GetName(), "aliases reach the component")
	for _, res := range children {
		assert.True(t, res.Request.GetProtect(), "%s is protected", res.URN)
		assert.True(t, res.Request.GetRetainOnDelete(), "%s is transformed", res.URN)
		if strings.HasPrefix(res.Type, d.Package+":") {
			assert.Contains(t, res.Request.GetProvider(), "::other::", "%s has the given provider", res.URN)
		}
	}
	for _, call := range r.Calls {
		assert.Contains(t, call.Provider, "::other::", "%s asks the given provider", call.Token)
	}
}

// deterministic holds that the same arguments give the same resources, and that a preview knows all of them.
func (d Driver[S]) deterministic(t require.TestingT, variants []S) {
	for _, s := range variants {
		first := d.run(t, s)
		assertSame(t, first, d.run(t, s), "the same arguments give the same resources")
		preview, err := Run(d.Cloud(t), func(ctx *pulumi.Context) error { return d.New(ctx, componentName, s) }, Preview)
		require.NoError(t, err)
		assert.Equal(t, first.URNs(), preview.URNs(), "a preview knows every resource")
	}
}

// failures holds that New says so, with its name, whichever child cannot be registered.
func (d Driver[S]) failures(t require.TestingT, variants []S) {
	EveryChildCanFail(t, d.Concept, d.Token, d.Cloud, func(ctx *pulumi.Context, opts ...pulumi.ResourceOption) error {
		return d.New(ctx, componentName, variants[len(variants)-1], opts...)
	})
}

// EveryChildCanFail holds that a component of a type says so, with the name "main" that create gives it, whichever of its
// children cannot be registered. Create makes it in a fresh cloud each time.
func EveryChildCanFail(
	t require.TestingT, concept, token string, cloud func(require.TestingT) pulumi.MockResourceMonitor,
	create func(*pulumi.Context, ...pulumi.ResourceOption) error,
) {
	whole, err := Run(cloud(t), func(ctx *pulumi.Context) error { return create(ctx) })
	require.NoError(t, err)
	component, ok := whole.Named(token, componentName)
	require.True(t, ok, "%s %s in %v", token, componentName, whole.URNs())
	for failing := range whole.Descendants(component.URN) {
		_, err := Run(cloud(t), func(ctx *pulumi.Context) error {
			var stranger pulumi.ResourceState
			if err := ctx.RegisterComponentResource(worldToken, "stranger", &stranger); err != nil {
				return err
			}
			err := create(ctx, pulumi.Transformations([]pulumi.ResourceTransformation{refuse(token, failing, &stranger)}))
			assert.ErrorContains(t, err, fmt.Sprintf("%s %q: ", concept, componentName), "child %d", failing)
			return err
		})
		require.ErrorContains(t, err, "parent", "child %d", failing)
	}
}

// EveryResourceCanFail holds that a program says so whichever of its resources cannot be registered: what makes resources
// for components hands their errors on. Create runs in a fresh cloud each time.
func EveryResourceCanFail(
	t require.TestingT, cloud func(require.TestingT) pulumi.MockResourceMonitor, create func(*pulumi.Context) error,
) {
	whole, err := Run(cloud(t), create)
	require.NoError(t, err)
	for failing := range whole.Resources {
		_, err := Run(cloud(t), func(ctx *pulumi.Context) error {
			var stranger pulumi.ResourceState
			if err := ctx.RegisterComponentResource(worldToken, "stranger", &stranger); err != nil {
				return err
			}
			if err := ctx.RegisterStackTransformation(refuse("", failing, &stranger)); err != nil {
				return err
			}
			err := create(ctx)
			assert.Error(t, err, "resource %d", failing)
			return err
		})
		require.ErrorContains(t, err, "parent", "resource %d", failing)
	}
}

// refuse makes the registration of one child fail, at once: Pulumi refuses a transformation that changes the parent.
func refuse(token string, failing int, stranger pulumi.Resource) pulumi.ResourceTransformation {
	seen := 0
	return func(args *pulumi.ResourceTransformationArgs) *pulumi.ResourceTransformationResult {
		opts := args.Opts
		if args.Type != token {
			if seen == failing {
				opts = append(opts, pulumi.Parent(stranger))
			}
			seen++
		}
		return &pulumi.ResourceTransformationResult{Props: args.Props, Opts: opts}
	}
}

// assertGrown holds that everything in before is in after with the same inputs, except for lists that may grow: those
// of spanning, as "type.property", which the cloud must be able to change in place.
func assertGrown(t require.TestingT, before, after Recording, spanning []string) {
	grown := after.ByURN()
	for _, old := range before.Resources {
		now, ok := grown[old.URN]
		if !assert.True(t, ok, "%s is gone", old.URN) {
			continue
		}
		assert.Equal(t, old.Request.GetDeleteBeforeReplace(), now.Request.GetDeleteBeforeReplace())
		for key := range union(old.Inputs, now.Inputs) {
			if slices.Contains(spanning, old.Type+"."+string(key)) {
				assert.Subset(t, now.Inputs[key].ArrayValue(), old.Inputs[key].ArrayValue(), "%s of %s lost something", key, old.URN)
				continue
			}
			assert.Equal(t, old.Inputs[key], now.Inputs[key], "%s of %s changed", key, old.URN)
		}
	}
}

// assertSame holds that two recordings have the same resources with the same inputs.
func assertSame(t require.TestingT, want, got Recording, why string) {
	assert.Equal(t, want.URNs(), got.URNs(), why)
	gotten := got.ByURN()
	for _, res := range want.Resources {
		assert.Equal(t, res.Inputs, gotten[res.URN].Inputs, "%s: %s", res.URN, why)
	}
}

// union returns the keys of both maps.
func union(a, b resource.PropertyMap) map[resource.PropertyKey]bool {
	keys := map[resource.PropertyKey]bool{}
	for _, m := range []resource.PropertyMap{a, b} {
		for key := range m {
			keys[key] = true
		}
	}
	return keys
}
