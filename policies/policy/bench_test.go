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
