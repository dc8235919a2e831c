package platform

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/holdfast-iac/holdfast/components/spec"
)

func TestZone(t *testing.T) {
	t.Parallel()
	const form = " is not a DNS zone; use lower case and no period at the end, for example shop.example.com"
	at := func(domain string, others ...string) *spec.LoadBalancer {
		return &spec.LoadBalancer{Domain: domain, AlternateDomains: others}
	}
	for name, test := range map[string]struct {
		zone     string
		balancer *spec.LoadBalancer
		want     string
	}{
		"none":            {"", at("pay.example.com"), ""},
		"without a user":  {"example.org", nil, ""},
		"without domains": {"example.org", at(""), ""},
		"itself":          {"example.org", at("example.org", "www.example.org", "*.example.org", "a.b.example.org"), ""},
		"wildcard":        {"example.org", at("*.example.org"), ""},
		"elsewhere": {"example.org", at("pay.example.com", "www.example.org", "www.example.net", "notexample.org"),
			`holdfast:loadBalancer.domain: "pay.example.com" does not lie in holdfast:zone, example.org; use that name, or one that ends in .example.org` + "\n" +
				`holdfast:loadBalancer.alternateDomains[1]: "www.example.net" does not lie in holdfast:zone, example.org; use that name, or one that ends in .example.org` + "\n" +
				`holdfast:loadBalancer.alternateDomains[2]: "notexample.org" does not lie in holdfast:zone, example.org; use that name, or one that ends in .example.org`},
		"the parent":   {"shop.example.org", at("example.org"), `holdfast:loadBalancer.domain: "example.org" does not lie in holdfast:zone, shop.example.org; use that name, or one that ends in .shop.example.org`},
		"words":        {"not a zone", at("pay.example.com"), `holdfast:zone: "not a zone"` + form},
		"upper case":   {"Example.org", nil, `holdfast:zone: "Example.org"` + form},
		"last period":  {"example.org.", at("example.org"), `holdfast:zone: "example.org."` + form},
		"wild":         {"*.example.org", nil, `holdfast:zone: "*.example.org"` + form},
		"too long":     {strings.Repeat("a23456789.", 25) + "abcd", nil, `holdfast:zone: "` + strings.Repeat("a23456789.", 8)[:79] + `…` + form},
		"one label":    {"example", nil, `holdfast:zone: "example"` + form},
		"an id of one": {"Z0123456789ABCDEFGHIJ", nil, `holdfast:zone: "Z0123456789ABCDEFGHIJ"` + form},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var ps spec.Problems
			Spec{Zone: test.zone, LoadBalancer: test.balancer}.checkZone(&ps)
			if test.want == "" {
				assert.Empty(t, ps)
				return
			}
			require.EqualError(t, ps.Err(), test.want)
		})
	}
	err := Spec{Zone: "x y"}.checkTogether()
	require.EqualError(t, err, `holdfast:zone: "x y"`+form)
}
