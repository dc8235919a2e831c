package policytest

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/holdfast-iac/holdfast/policies/policy"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/types/known/structpb"
)

// RunExamples holds a policy to its own examples: it must pass Good and fail Bad, as Run has it, with each property
// unknown in turn. What is not set in Good and then turns out to be unknown must not fail either. If the policy mends
// resources, it must pass Bad once it has mended it, and leave Good as it is: as they are, without each property that the
// policy reads, and with truths as text.
func RunExamples(t *testing.T, p policy.Policy) {
	t.Helper()
	pack, err := packOf(p)
	if err != nil {
		t.Fatal(err)
	}
	for _, example := range []struct {
		name      string
		resources []policy.Example
		want      Answer
	}{
		{"good", p.Good, Pass()},
		{"bad", p.Bad, Fail()},
	} {
		t.Run(example.name, func(t *testing.T) {
			t.Parallel()
			c := Case{Resources: resourcesOf(example.resources), Config: p.ExampleConfig, Want: example.want}
			problems := c.check(pack, p)
			if len(problems) == 0 && example.name == "good" {
				problems = c.unset(pack, p)
			}
			if len(problems) == 0 && p.Remediates() {
				problems = c.mend(pack, p)
			}
			for _, problem := range problems {
				t.Error(problem)
			}
		})
	}
}

// resourcesOf are an example's resources as a case has them.
func resourcesOf(examples []policy.Example) []Resource {
	resources := make([]Resource, len(examples))
	for i, e := range examples {
		properties, _ := references(e.Properties).(map[string]any)
		resources[i] = Resource{
			Name: e.Name, Type: e.Type, Properties: properties,
			Protect: e.Protect, IgnoreChanges: e.IgnoreChanges, DeleteBeforeReplace: e.DeleteBeforeReplace,
		}
	}
	return resources
}

// references puts a Ref where an example refers to another of its resources.
func references(value any) any {
	switch v := value.(type) {
	case string:
		if name, ok := policy.ConfiguredSecret(v); ok {
			return Secret("the secret " + name)
		}
		if name, _, ok := policy.OutputOf(v); ok {
			return Ref(name)
		}
	case []any:
		items := make([]any, len(v))
		for i, item := range v {
			items[i] = references(item)
		}
		return items
	case map[string]any:
		fields := make(map[string]any, len(v))
		for key, field := range v {
			fields[key] = references(field)
		}
		return fields
	}
	return value
}

// unset makes each property that the policy reads and the case does not set unknown in turn, and lists where the policy
// then claims a violation. Those within lists and maps are left out: whether there is an element at all is another matter.
func (c Case) unset(pack *policy.Pack, p policy.Policy) []string {
	built, err := c.build(true)
	if err != nil {
		return []string{err.Error()}
	}
	var problems []string
	for i, resource := range built.resources {
		for _, path := range p.Reads(resource.Type) {
			at := strings.Split(path, ".")
			if len(present(resource.Properties, path)) > 0 || !settable(resource.Properties, at) {
				continue
			}
			got := built.unknownAt(i, at).evaluate(pack)
			if got.Outcome == policy.Failed || got.Outcome == policy.Errored {
				problems = append(problems, fmt.Sprintf("with %s of %s set to what is unknown, the policy answers %q%s",
					path, resource.Name, got.Outcome, details(got)))
			}
		}
	}
	return problems
}

// settable reports whether there is an object for the last step to be set in.
func settable(properties *structpb.Struct, at place) bool {
	for _, step := range at {
		if step == "*" {
			return false
		}
	}
	return len(at) == 1 || len(present(properties, strings.Join(at[:len(at)-1], "."))) > 0
}

// mend lists where the policy does not mend the case as it should: what fails must pass afterwards, and what passes must
// stay as it is. The case is tried without each of the properties that the policy reads, too, and with truths as text.
func (c Case) mend(pack *policy.Pack, p policy.Policy) []string {
	built, err := c.build(true)
	if err != nil {
		return []string{err.Error()}
	}
	problems := built.mend(pack, "")
	for i, resource := range built.resources {
		for _, path := range p.Reads(resource.Type) {
			for _, at := range present(resource.Properties, path) {
				problems = append(problems, built.without(i, at).mend(pack, fmt.Sprintf("without %s of %s, ", at, resource.Name))...)
				if text, ok := built.asText(i, at); ok {
					problems = append(problems, text.mend(pack, fmt.Sprintf("with %s of %s as text, ", at, resource.Name))...)
				}
			}
		}
	}
	return problems
}

// mend lists what is wrong once the policy has mended the resources.
func (s stack) mend(pack *policy.Pack, when string) []string {
	id := pack.Spec().Policies[0].ID
	session, err := pack.NewSession(s.deployment, map[string]policy.Setting{id: {Level: policy.Remediate, Properties: s.config}})
	if err != nil {
		return []string{err.Error()}
	}
	outcome, changed := s.evaluate(pack).Outcome, false
	s.resources = slices.Clone(s.resources)
	for i, resource := range s.resources {
		after, err := mended(session, resource)
		if err != nil {
			return []string{when + err.Error()}
		}
		if problems := afterwards(session, resource, after); len(problems) > 0 {
			return []string{when + strings.Join(problems, "\n")}
		}
		changed = changed || !proto.Equal(after, resource.Properties)
		s.resources[i] = proto.CloneOf(resource)
		s.resources[i].Properties = after
	}
	switch {
	case outcome == policy.Failed:
		return Pass().compare(when+"once it is mended", s.evaluate(pack))
	case outcome == policy.Passed && changed:
		return []string{when + "what passes is mended"}
	}
	return nil
}
