// Command bench-pack is the pack that BenchmarkPolicySDK measures, written with this project's SDK: BENCH_POLICIES policies,
// a tenth of which apply to the resource types in BENCH_TYPES, in turn.
package main

import (
	"fmt"
	"os"
	"strconv"
	"strings"

	"github.com/holdfast-iac/holdfast/policies/policy"
)

type group struct {
	Ingress policy.List[struct {
		FromPort policy.Value[int]   `pulumi:"fromPort"`
		ToPort   policy.Value[int]   `pulumi:"toPort"`
		CIDRs    policy.List[string] `pulumi:"cidrBlocks"`
	}] `pulumi:"ingress"`
	Tags policy.Map[string] `pulumi:"tags"`
}

func check(r *policy.Report, g group) {
	for _, rule := range g.Ingress.Get() {
		if rule.FromPort.Get() <= 22 && rule.ToPort.Get() >= 22 && rule.CIDRs.Any(func(c string) bool { return c == "0.0.0.0/0" }) {
			r.Fail("It is open.")
		}
	}
	if !g.Tags.At("owner").Present() {
		r.Fail("It has no owner.")
	}
}

func main() {
	count, _ := strconv.Atoi(os.Getenv("BENCH_POLICIES"))
	types := strings.Split(os.Getenv("BENCH_TYPES"), ",")
	spec := policy.PackSpec{Name: "bench", Version: "1.2.3"}
	for i := range count {
		token := fmt.Sprintf("test:index:T%d", i)
		if i%10 == 0 && types[0] != "" {
			token = types[i/10%len(types)]
		}
		spec.Policies = append(spec.Policies, policy.Policy{
			ID: fmt.Sprint("p", i), Title: "Groups must be closed and owned.", Rules: []policy.Rule{policy.On(token, check)},
		})
	}
	policy.Main(spec)
}
