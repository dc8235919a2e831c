package policytest

import (
	"fmt"
	"maps"
	"slices"
	"testing"

	"github.com/holdfast-iac/holdfast/policies/internal/wire"
	"github.com/holdfast-iac/holdfast/policies/policy"
	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/types/known/structpb"
)

// Remediation is one test of how a policy mends a resource.
type Remediation struct {
	// Name of the test.
	Name string
	// Type is the type token of the resource.
	Type string
	// Properties are its properties, as those of Resource.
	Properties map[string]any
	// Config are the policy's settings that differ from its defaults.
	Config map[string]any
	// Want are the properties that change, with all that they hold afterwards. Empty, nothing may change.
	Want map[string]any
}

// RunRemediations tests how the policy mends resources, each case as a subtest of its own. What is mended must pass the
// policy, must not change when it is mended again, and must keep secret what was secret.
func RunRemediations(t *testing.T, p policy.Policy, cases ...Remediation) {
	t.Helper()
	pack, err := packOf(p)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range cases {
		t.Run(c.Name, func(t *testing.T) {
			t.Parallel()
			for _, problem := range c.check(pack) {
				t.Error(problem)
			}
		})
	}
}

// check runs the case and lists what is not as expected.
func (c Remediation) check(pack *policy.Pack) []string {
	built, err := Case{Resources: One(c.Type, c.Properties)}.build(true)
	if err != nil {
		return []string{err.Error()}
	}
	want, err := wire.Encode(c.Want)
	if err != nil {
		return []string{"Want: " + err.Error()}
	}
	id := pack.Spec().Policies[0].ID
	session, err := pack.NewSession(policy.Deployment{}, map[string]policy.Setting{
		id: {Level: policy.Remediate, Properties: c.Config},
	})
	if err != nil {
		return []string{err.Error()}
	}
	before := built.resources[0]
	after, err := mended(session, before)
	if err != nil {
		return []string{err.Error()}
	}
	problems := changes(before.Properties.GetFields(), after.GetFields(), want.GetStructValue().GetFields())
	problems = append(problems, exposed(structpb.NewStructValue(before.Properties), structpb.NewStructValue(after), nil)...)
	return append(problems, afterwards(session, before, after)...)
}

// mended are the resource's properties after remediation.
func mended(session *policy.Session, resource *pulumirpc.AnalyzerResource) (*structpb.Struct, error) {
	properties := proto.CloneOf(resource.Properties)
	for _, remedy := range session.Remediate(requestOf(resource, properties)) {
		switch remedy.Outcome {
		case policy.Errored, policy.Undetermined:
			return nil, fmt.Errorf("the remediation answers %q%s", remedy.Outcome, details(remedy.Result))
		}
		if remedy.Properties != nil {
			properties = remedy.Properties
		}
	}
	return properties, nil
}

func requestOf(r *pulumirpc.AnalyzerResource, properties *structpb.Struct) *pulumirpc.AnalyzeRequest {
	return &pulumirpc.AnalyzeRequest{Type: r.Type, Urn: r.Urn, Name: r.Name, Properties: properties, Options: r.Options}
}

// changes lists where the changes are not those wanted.
func changes(before, after, want map[string]*structpb.Value) (problems []string) {
	expected := maps.Clone(before)
	maps.Copy(expected, want)
	names := maps.Clone(expected)
	maps.Copy(names, after)
	for _, name := range slices.Sorted(maps.Keys(names)) {
		if !proto.Equal(after[name], expected[name]) {
			problems = append(problems, fmt.Sprintf("%s is %v, expected %v", name, after[name], expected[name]))
		}
	}
	return problems
}

// exposed lists what was secret and is no longer.
func exposed(before, after *structpb.Value, at place) (problems []string) {
	was, is := wire.Open(before), wire.Open(after)
	switch {
	case is.Kind == wire.Absent || was.Secret && is.Secret:
		return nil
	case was.Secret:
		return []string{fmt.Sprintf("%s was secret and is no longer", at)}
	}
	for _, name := range slices.Sorted(maps.Keys(was.Fields())) {
		problems = append(problems, exposed(was.Fields()[name], is.Fields()[name], append(at, name))...)
	}
	for i, item := range was.Items() {
		if i < len(is.Items()) {
			problems = append(problems, exposed(item, is.Items()[i], append(at, fmt.Sprint(i)))...)
		}
	}
	return problems
}

// afterwards lists what is wrong with mended properties: they violate the policy, or need mending again.
func afterwards(session *policy.Session, resource *pulumirpc.AnalyzerResource, properties *structpb.Struct) (problems []string) {
	for _, result := range session.Analyze(requestOf(resource, properties)) {
		if result.Outcome == policy.Failed || result.Outcome == policy.Errored {
			problems = append(problems, fmt.Sprintf("what was mended is %q by the policy%s", result.Outcome, details(result)))
		}
	}
	for _, remedy := range session.Remediate(requestOf(resource, properties)) {
		if remedy.Properties != nil || remedy.Outcome == policy.Errored {
			problems = append(problems, "what was mended is changed when it is mended again")
		}
	}
	return problems
}
