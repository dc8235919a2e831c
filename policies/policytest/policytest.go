// Package policytest tests policies without an engine or a cloud.
//
// A Case is a handful of resources, written as Go literals, and the answer expected of the policy. Run checks the
// resources as the Pulumi engine would: each by itself, then all together, first as in a preview and then as in an
// update. It then makes every property that the policy reads unknown in turn, and sees to it that the policy neither
// fails what passed nor passes what failed.
//
// RunRemediations tests how a policy mends resources, and JSON takes their properties from JSON.
package policytest

import (
	"fmt"
	"testing"

	"github.com/holdfast-iac/holdfast/policies/internal/wire"
	"github.com/holdfast-iac/holdfast/policies/policy"
)

// Unknown is a property value that is not known in a preview, and may come from anywhere. A case that holds one is not
// run as an update.
var Unknown any = wire.NotKnown{}

// Secret is a property value marked as secret.
func Secret(value any) any { return wire.Secret{Value: value} }

// Ref is a property value that is the id of another resource of the case, by its name: in a preview it is not known, only
// where it comes from is.
func Ref(name string) any { return ref{name} }

type ref struct{ name string }

// Resource is a resource that a policy is tested on.
type Resource struct {
	// Type is its type token.
	Type string
	// Name is its name, by which Ref, Parent and DependsOn know it. By default, "resource".
	Name string
	// Properties are its properties: booleans, numbers, strings, nil, slices and string-keyed maps of these, Unknown,
	// Secret and Ref. They stand for inputs as well as for outputs.
	Properties map[string]any
	// Parent is the name of another resource of the case.
	Parent string
	// DependsOn are the names of other resources of the case.
	DependsOn []string
	// Protect is the resource option: whether Pulumi refuses to delete it. Default false.
	Protect bool
	// IgnoreChanges is the resource option: the properties that stay as they are. Default none.
	IgnoreChanges []string
	// DeleteBeforeReplace is the resource option: whether the old one goes before its replacement is made. Default false.
	DeleteBeforeReplace bool
	// Provider are the settings of the resource's provider.
	Provider map[string]any
}

// Case is one test of a policy.
type Case struct {
	// Name of the test.
	Name string
	// Resources are all resources of the stack.
	Resources []Resource
	// Config are the policy's settings that differ from its defaults.
	Config map[string]any
	// Deployment is what the stack is part of. Its DryRun is set by the test.
	Deployment policy.Deployment
	// Want is the answer expected: Pass, Fail, Undetermined, NotApplicable or Error. Required.
	Want Answer
}

// One is a case's resources where there is only one, of the type token.
func One(token string, properties map[string]any) []Resource {
	return []Resource{{Type: token, Properties: properties}}
}

// Run tests the policy on every case, each as a subtest of its own.
func Run(t *testing.T, p policy.Policy, cases ...Case) {
	t.Helper()
	pack, err := packOf(p)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range cases {
		t.Run(c.Name, func(t *testing.T) {
			t.Parallel()
			for _, problem := range c.check(pack, p) {
				t.Error(problem)
			}
		})
	}
}

func packOf(p policy.Policy) (*policy.Pack, error) {
	return policy.NewPack(policy.PackSpec{
		Name: "policytest", Version: "0.0.0", Level: policy.Mandatory, Policies: []policy.Policy{p},
	})
}

// check runs the case and lists what is not as expected.
func (c Case) check(pack *policy.Pack, p policy.Policy) []string {
	if c.Want.outcome == 0 {
		return []string{"the case has no Want"}
	}
	preview, err := c.build(true)
	if err != nil {
		return []string{err.Error()}
	}
	got := preview.evaluate(pack)
	problems := c.Want.compare("in a preview", got)
	if !preview.unknowns {
		update, _ := c.build(false) // what could not be built was found above
		problems = append(problems, c.Want.compare("in an update", update.evaluate(pack))...)
	}
	if len(problems) == 0 {
		problems = preview.vary(pack, p, got.Outcome)
	}
	return problems
}

// vary makes each property that the policy reads unknown in turn. What is certain may stay so; nothing else may be said.
func (s stack) vary(pack *policy.Pack, p policy.Policy, certain policy.Outcome) []string {
	if certain != policy.Passed && certain != policy.Failed {
		return nil
	}
	var problems []string
	for i, resource := range s.resources {
		for _, path := range p.Reads(resource.Type) {
			for _, at := range present(resource.Properties, path) {
				got := s.unknownAt(i, at).evaluate(pack)
				if got.Outcome != certain && got.Outcome != policy.Undetermined {
					problems = append(problems, fmt.Sprintf(
						"with %s of %s unknown, the policy answers %q; it can only be %q or %q%s",
						at, resource.Name, got.Outcome, certain, policy.Undetermined, details(got)))
				}
			}
		}
	}
	return problems
}
