package policytest

import (
	"context"
	"testing"

	"github.com/holdfast-iac/holdfast/policies/policy"
	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"google.golang.org/protobuf/types/known/emptypb"
)

const (
	thing = "test:index:Thing"
	other = "test:index:Other"
)

type props = map[string]any

type thingProps struct {
	Open  policy.Value[bool] `pulumi:"open"`
	Ports policy.List[int]   `pulumi:"ports"`
	Tags  policy.Map[string] `pulumi:"tags"`
}

// sound is a policy without faults: no thing may be open, or have the port 22.
var sound = policy.Policy{ID: "sound", Title: "t", Rules: []policy.Rule{
	policy.On(thing, func(r *policy.Report, p thingProps) {
		if p.Open.Or(false) {
			r.Fail("open, with %v", p.Tags.At("owner"))
		}
	}),
	policy.On(thing, func(r *policy.Report, p thingProps) {
		p.Ports.Each(func(i, port int) {
			if port == 22 {
				r.Fail("port %d", i)
			}
		})
	}),
}}

// alone fails things that no other refers to.
var alone = policy.Policy{ID: "alone", Title: "t", Rules: []policy.Rule{
	policy.OnStack(func(r *policy.StackReport, s struct {
		Things policy.Resources[thingProps] `pulumi:"test:index:Thing"`
		Others policy.Resources[struct {
			Thing policy.Value[string] `pulumi:"thing"`
		}] `pulumi:"test:index:Other"`
	}) {
		s.Things.Each(func(t policy.Resource[thingProps]) {
			for _, o := range s.Others.Get() {
				if o.References("thing", t.Node) {
					return
				}
			}
			r.Fail(t.Node, "%s is alone", t.Name())
		})
	}),
}}

// naive takes what is not known for closed.
var naive = policy.Policy{ID: "naive", Title: "t", Rules: []policy.Rule{
	policy.On(thing, func(r *policy.Report, p thingProps) {
		if p.Open.Known() && p.Open.Get() {
			r.Fail("open")
		}
	}),
}}

// strict takes what is not known for open.
var strict = policy.Policy{ID: "strict", Title: "t", Rules: []policy.Rule{
	policy.On(thing, func(r *policy.Report, p thingProps) {
		if !p.Open.Known() || p.Open.Get() {
			r.Fail("open")
		}
	}),
}}

func TestRunPasses(t *testing.T) {
	t.Parallel()
	Run(t, sound,
		Case{Name: "closed", Resources: One(thing, props{"open": false, "ports": []int{80}}), Want: Pass()},
		Case{Name: "open", Resources: One(thing, props{"open": true, "tags": props{"owner": Secret("me")}}), Want: Fail("open, with [secret]")},
		Case{Name: "several", Resources: One(thing, props{"ports": []any{22, 80, Secret(22)}}), Want: Fail("port 0", "port 2")},
		Case{Name: "whatever", Resources: One(thing, props{"open": true, "ports": []int{22}}), Want: Fail()},
		Case{Name: "unknown", Resources: One(thing, props{"ports": []any{80, Unknown}}), Want: Undetermined(".ports.1")},
		Case{Name: "other", Resources: One(other, nil), Want: NotApplicable()},
		Case{Name: "error", Resources: One(thing, props{"open": []any{}}), Want: Error(".open is a list")},
	)
	Run(t, alone,
		Case{Name: "referred to", Resources: []Resource{
			{Name: "a", Type: thing}, {Name: "b", Type: other, Properties: props{"thing": Ref("a")}},
		}, Want: Pass()},
		Case{Name: "one is not", Resources: []Resource{
			{Name: "a", Type: thing}, {Name: "z", Type: thing}, {Name: "b", Type: other, Properties: props{"thing": Ref("a")}},
		}, Want: Fail("z is alone")},
	)
}

func TestWhatTheEngineWouldSendIsSent(t *testing.T) {
	t.Parallel()
	seen := 0
	p := policy.Policy{ID: "p", Title: "t", Rules: []policy.Rule{
		policy.On(thing, func(r *policy.Report, _ thingProps) {
			seen++
			options := r.Resource().Options()
			assert.True(t, options.Protect)
			assert.Equal(t, []string{"a"}, options.IgnoreChanges)
			assert.True(t, options.DeleteBeforeReplace != nil && *options.DeleteBeforeReplace)
			assert.Equal(t, "eu-west-1", r.Resource().Provider().Setting("region").Get())
			assert.Equal(t, "pulumi:providers:test", r.Resource().Provider().Type())
			assert.Equal(t, seen == 1, r.Deployment().DryRun, "a preview, then an update")
			assert.Equal(t, "prod", r.Deployment().Stack)
		}),
		policy.OnStack(func(r *policy.StackReport, _ struct{}) {
			nodes := r.Stack().Nodes()
			assert.Same(t, nodes[1], nodes[0].Parent())
			assert.Equal(t, []*policy.Node{nodes[1], nodes[2]}, nodes[0].Dependencies())
			assert.Equal(t, []*policy.Node{nodes[2]}, nodes[0].PropertyDependencies("list"))
		}),
	}}
	for _, problem := range checkOf(t, p, Case{
		Deployment: policy.Deployment{Stack: "prod"},
		Resources: []Resource{
			{Type: thing, Name: "a", Parent: "b", DependsOn: []string{"b"}, Protect: true,
				IgnoreChanges: []string{"a"}, DeleteBeforeReplace: true, Provider: props{"region": "eu-west-1"},
				Properties: props{"list": []any{props{"x": Secret(Ref("c"))}}}},
			{Type: other, Name: "b"},
			{Type: other, Name: "c", Properties: props{"maps": []map[string]any{{"k": 1}}}},
		},
		Want: Pass(),
	}) {
		t.Error(problem)
	}
	assert.Equal(t, 2, seen)
}

func checkOf(t *testing.T, p policy.Policy, c Case) []string {
	t.Helper()
	pack, err := packOf(p)
	require.NoError(t, err)
	return c.check(pack, p)
}

func TestCasesThatFail(t *testing.T) {
	t.Parallel()
	closed := One(thing, props{"open": false})
	opened := One(thing, props{"open": true})
	tests := []struct {
		name   string
		policy policy.Policy
		c      Case
		want   []string
	}{
		{"no Want", sound, Case{Resources: closed}, []string{"the case has no Want"}},
		{"passes instead", sound, Case{Resources: closed, Want: Fail("x")}, []string{
			`in a preview, the policy answers "passed", expected "failed"`, `in an update, the policy answers "passed"`}},
		{"fails instead", sound, Case{Resources: opened, Want: Pass()}, []string{
			"in a preview, the policy answers \"failed\", expected \"passed\"\n  violation: open, with [unset]", `in an update`}},
		{"another message", sound, Case{Resources: opened, Want: Fail("ajar")}, []string{
			`in a preview, the policy does not say "ajar"`, `in an update, the policy does not say "ajar"`}},
		{"too few messages", sound, Case{Resources: One(thing, props{"ports": []int{22, 22}}), Want: Fail("port")}, []string{
			"in a preview, there are 2 violations, expected 1", "in an update, there are 2"}},
		{"one message for two", sound, Case{Resources: One(thing, props{"ports": []int{22, 22}}), Want: Fail("port 0", "port 0")}, []string{
			`does not say "port 0"`, `does not say "port 0"`}},
		{"another unknown", sound, Case{Resources: One(thing, props{"open": Unknown}), Want: Undetermined(".ports")}, []string{
			`in a preview, the policy does not say ".ports"`}},
		{"another reason", sound, Case{Resources: One(other, nil), Want: Pass()}, []string{
			`"not applicable", expected "passed"`, `"not applicable", expected "passed"`}},
		{"unknown taken for closed", naive, Case{Resources: opened, Want: Fail()}, []string{
			`with open of resource unknown, the policy answers "passed"; it can only be "failed" or "undetermined"`}},
		{"unknown taken for open", strict, Case{Resources: closed, Want: Pass()}, []string{
			`with open of resource unknown, the policy answers "failed"; it can only be "passed" or "undetermined"`}},
		{"reference to nothing", sound, Case{Resources: One(thing, props{"a": Ref("b")}), Want: Pass()}, []string{
			`resource "resource": there is no resource "b" to refer to`}},
		{"two of a name", sound, Case{Resources: append(closed, opened...), Want: Pass()}, []string{
			`two resources have the name "resource"`}},
		{"no property", sound, Case{Resources: One(thing, props{"a": props{"b": func() {}}}), Want: Pass()}, []string{
			`resource "resource": property a: b: a property value cannot be of the Go type func()`}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got := checkOf(t, tt.policy, tt.c)
			require.Len(t, got, len(tt.want), "%q", got)
			for i, want := range tt.want {
				assert.Contains(t, got[i], want)
			}
		})
	}
}

func TestEveryPropertyReadIsMadeUnknown(t *testing.T) {
	t.Parallel()
	c := Case{Resources: One(thing, props{
		"open": false, "ports": []any{1, Secret(2)}, "tags": Secret(props{"a.b": "c"}), "unread": 1,
	})}
	s, err := c.build(true)
	require.NoError(t, err)
	var made []string
	for _, path := range sound.Reads(thing) {
		for _, at := range present(s.resources[0].Properties, path) {
			made = append(made, at.String())
			varied := s.unknownAt(0, at)
			assert.Empty(t, present(varied.resources[0].Properties, path+".x"))
			assert.NotEqual(t, s.resources[0].String(), varied.resources[0].String())
		}
	}
	assert.Equal(t, []string{"open", "ports", "ports.0", "ports.1", "tags", "tags.a.b"}, made)
}

func TestAPropertyMadeUnknownMayComeFromAnywhere(t *testing.T) {
	t.Parallel()
	c := Case{Resources: []Resource{
		{Name: "a", Type: thing},
		{Name: "b", Type: other, Properties: props{"thing": Ref("a"), "second": Ref("a")}},
	}}
	s, err := c.build(false)
	require.NoError(t, err)
	varied := s.unknownAt(1, place{"thing"})
	assert.Contains(t, s.resources[1].PropertyDependencies, "thing")
	assert.NotContains(t, varied.resources[1].PropertyDependencies, "thing")
	assert.Contains(t, varied.resources[1].PropertyDependencies, "second")
}

func TestServe(t *testing.T) {
	t.Parallel()
	client := Serve(t, policy.PackSpec{Name: "served", Version: "1.0.0", Policies: []policy.Policy{sound}})
	info, err := client.GetAnalyzerInfo(context.Background(), &emptypb.Empty{})
	require.NoError(t, err)
	assert.Equal(t, "served", info.Name)
	answer, err := client.Analyze(context.Background(), &pulumirpc.AnalyzeRequest{Type: other})
	require.NoError(t, err)
	assert.Equal(t, "Policy only applies to resources of type '"+thing+"'", answer.NotApplicable[0].Reason)
}
