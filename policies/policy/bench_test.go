package policy

import (
	"context"
	"fmt"
	"testing"

	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
	"github.com/stretchr/testify/require"
)

type benchGroup struct {
	Ingress List[struct {
		Protocol Value[string] `pulumi:"protocol"`
		FromPort Value[int]    `pulumi:"fromPort"`
		ToPort   Value[int]    `pulumi:"toPort"`
		CIDRs    List[string]  `pulumi:"cidrBlocks"`
	}] `pulumi:"ingress"`
	Tags Map[string] `pulumi:"tags"`
}

// BenchmarkAnalyze measures one resource with four ingress rules against packs in which a tenth of the policies apply to
// its type, and none.
func BenchmarkAnalyze(b *testing.B) {
	rule := props{"protocol": "tcp", "fromPort": 443, "toPort": 443, "cidrBlocks": []string{"10.0.0.0/8", "192.168.0.0/16"}}
	req := request(b, props{
		"name": "web", "vpcId": unknown, "tags": map[string]string{"owner": "platform", "env": "prod"},
		"ingress": []props{rule, rule, rule, rule},
	})
	for _, policies := range []int{1, 50, 300} {
		for name, token := range map[string]string{"applying": thing, "other": other} {
			b.Run(fmt.Sprintf("policies=%d/%s", policies, name), func(b *testing.B) {
				s := benchServer(b, policies, token)
				b.ReportAllocs()
				for b.Loop() {
					if _, err := s.Analyze(context.Background(), req); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
	}
}

// BenchmarkAnalyzeStack measures a stack rule that looks for each of 500 things among 500 others.
func BenchmarkAnalyzeStack(b *testing.B) {
	var resources []*pulumirpc.AnalyzerResource
	for i := range 500 {
		urn := fmt.Sprintf("urn:thing-%d", i)
		resources = append(resources,
			&pulumirpc.AnalyzerResource{Type: thing, Urn: urn, Properties: encode(b, props{"id": unknown})},
			&pulumirpc.AnalyzerResource{Type: other, Urn: fmt.Sprintf("urn:other-%d", i), Properties: encode(b, props{"thing": unknown}),
				PropertyDependencies: map[string]*pulumirpc.AnalyzerPropertyDependencies{"thing": {Urns: []string{urn}}}})
	}
	session := sessionOf(b, packOf(b, Mandatory, OnStack(func(r *StackReport, s struct {
		Things Resources[good]     `pulumi:"test:index:Thing"`
		Others Resources[struct{}] `pulumi:"test:index:Other"`
	}) {
		s.Things.Each(func(t Resource[good]) {
			if !s.Others.Any(func(o Resource[struct{}]) bool { return o.References("thing", t.Node) }) {
				r.Fail(t.Node, "alone")
			}
		})
	})))
	b.ReportAllocs()
	for b.Loop() {
		if got := session.AnalyzeStack(resources); got[0].Outcome != Passed {
			b.Fatal(got)
		}
	}
}

// BenchmarkLargeStack measures what stack rules look up for each resource: the time must grow with the stack, not with its
// square. Each resource is one of a hundred children, depends on the one before, and has a secret; of the things, a third are
// referred to, and the others are violations.
func BenchmarkLargeStack(b *testing.B) {
	for _, size := range []int{1_000, 10_000} {
		resources := largeStack(b, size)
		for name, rule := range map[string]Rule{
			"types": OnStack(func(r *StackReport, _ struct{}) {
				for _, n := range r.Stack().Nodes(thing)[:100] {
					_ = r.Stack().Nodes(other, n.Type())
				}
			}),
			"neighbours": OnStack(func(r *StackReport, _ struct{}) {
				for _, n := range r.Stack().Nodes() {
					if n.Parent() != nil && len(n.Parent().Children()) == 0 || len(n.Dependencies()) > 0 && len(n.Dependencies()[0].Dependents()) == 0 {
						r.Fail(n, "impossible")
					}
				}
			}),
			"references": OnStack(func(r *StackReport, s struct {
				Things Resources[good]     `pulumi:"test:index:Thing"`
				Others Resources[struct{}] `pulumi:"test:index:Other"`
			}) {
				s.Things.Each(func(t Resource[good]) {
					if !s.Others.AnyReferring("thing", t.Node, nil) {
						r.Fail(t.Node, "%s is alone", t.Props.A.Get())
					}
				})
			}),
		} {
			b.Run(fmt.Sprintf("%s/%d", name, size), func(b *testing.B) {
				session := sessionOf(b, packOf(b, Mandatory, rule))
				b.ReportAllocs()
				for b.Loop() {
					if got := session.AnalyzeStack(resources); got[0].Outcome < Passed || len(got[0].Errors) > 0 {
						b.Fatal(got[0].Errors)
					}
				}
			})
		}
	}
}

func largeStack(b *testing.B, size int) []*pulumirpc.AnalyzerResource {
	resources := make([]*pulumirpc.AnalyzerResource, size)
	for i := range resources {
		r := &pulumirpc.AnalyzerResource{Urn: fmt.Sprintf("urn:%d", i), Type: thing, Parent: fmt.Sprintf("urn:%d", i%(size/100))}
		properties := props{"id": fmt.Sprintf("id-%d", i), "a": secret(fmt.Sprintf("secret-%d", i))}
		if i > 0 {
			r.Dependencies = []string{fmt.Sprintf("urn:%d", i-1)}
		}
		if i%4 == 3 {
			r.Type = other
			properties["thing"] = fmt.Sprintf("id-%d", i-1)
		}
		r.Properties = encode(b, properties)
		resources[i] = r
	}
	return resources
}

func benchServer(b *testing.B, policies int, token string) *server {
	spec := PackSpec{Name: "bench", Version: "0.0.0"}
	for i := range policies {
		on := token
		if i%10 != 0 {
			on = fmt.Sprintf("test:index:T%d", i)
		}
		spec.Policies = append(spec.Policies, policyOf(fmt.Sprintf("p%d", i), On(on, func(r *Report, g benchGroup) {
			for _, rule := range g.Ingress.Get() {
				if rule.FromPort.Get() <= 22 && rule.ToPort.Get() >= 22 && rule.CIDRs.Any(func(c string) bool { return c == "0.0.0.0/0" }) {
					r.Fail("open")
				}
			}
			if !g.Tags.At("owner").Present() {
				r.Fail("no owner")
			}
		})))
	}
	pack, err := NewPack(spec)
	require.NoError(b, err)
	return newServer(pack)
}
