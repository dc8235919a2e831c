package aws_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/holdfast-iac/holdfast/simulator/simulatortest"
)

func a(zone thing, name string, more inputs) inputs {
	return with(inputs{"zoneId": zone.ID(), "name": name, "type": "A", "ttl": 60, "records": []any{"192.0.2.1"}}, more)
}

func hostedZoneFixtures() []simulatortest.Fixture {
	return []simulatortest.Fixture{
		{
			Type: zoneToken, Inputs: given(inputs{"name": "example.com"}),
			Update: changing(inputs{"comment": "ours"}), Replace: changing(inputs{"name": "example.org"}),
		},
		{
			Type: zoneToken, Name: "private",
			Inputs: func(w *world) inputs { return inputs{"name": "corp", "vpcs": []any{inputs{"vpcId": vpc(w).ID()}}} },
			Update: func(w *world, in inputs) inputs {
				return with(in, inputs{"vpcs": []any{inputs{"vpcId": otherVPC(w).ID()}}})
			},
		},
		{
			Type: recordToken, Inputs: func(w *world) inputs { return a(zone(w, "example.com"), "www", nil) },
			Update: changing(inputs{"ttl": 300}), Replace: changing(inputs{"name": "web"}),
		},
		{
			Type: recordToken, Name: "weighted",
			Inputs: func(w *world) inputs {
				check := w.Create(healthCheckToken, "check", inputs{"type": "TCP", "fqdn": "a.example.com", "port": 443})
				return a(zone(w, "example.com"), "www.example.com", inputs{"setIdentifier": "blue",
					"weightedRoutingPolicies": []any{inputs{"weight": 1}}, "healthCheckId": check.ID()})
			},
			Update: changing(inputs{"weightedRoutingPolicies": []any{inputs{"weight": 9}}}),
		},
		{
			Type: recordToken, Name: "alias",
			Inputs: func(w *world) inputs {
				_, lb := balanced(w, "application")
				return a(zone(w, "example.com"), "", inputs{"ttl": nil, "records": nil, "aliases": []any{
					inputs{"name": lb.Text("dnsName"), "zoneId": lb.Text("zoneId"), "evaluateTargetHealth": true}}})
			},
			Replace: changing(inputs{"name": "www"}),
		},
		{
			Type:    healthCheckToken,
			Inputs:  given(inputs{"type": "HTTPS", "fqdn": "example.com", "port": 443, "resourcePath": "/", "requestInterval": 30}),
			Update:  changing(inputs{"failureThreshold": 5}),
			Replace: changing(inputs{"type": "HTTP"}),
		},
	}
}

func hostedZoneCases() []simulatortest.Case {
	empty := func(more inputs) func(*world) error {
		return func(w *world) error {
			made := w.Create(zoneToken, "zone", with(inputs{"name": "example.com"}, more))
			w.Create(recordToken, "www", a(made, "www", nil))
			return w.TryDelete(made)
		}
	}
	private := func(second string) func(*world) error {
		return func(w *world) error {
			vpcs := []any{inputs{"vpcId": vpc(w).ID()}}
			w.Create(zoneToken, "first", inputs{"name": "corp", "vpcs": vpcs})
			return try(w, zoneToken, inputs{"name": second, "vpcs": vpcs})
		}
	}
	many := func(token string, in func(i string) inputs) func(n int) func(*world) error {
		return func(n int) func(*world) error {
			return func(w *world) error {
				for _, name := range []string{"first", "second"}[:n] {
					w.Create(token, name, in(name))
				}
				return try(w, token, in("third"))
			}
		}
	}
	zones := many(zoneToken, func(i string) inputs { return inputs{"name": i + ".org"} })
	checks := many(healthCheckToken, func(i string) inputs { return inputs{"type": "TCP", "port": 1, "fqdn": i + ".org"} })
	check := func(more inputs) func(*world) error {
		return func(w *world) error { return try(w, healthCheckToken, with(inputs{"type": "HTTP", "port": 80}, more)) }
	}
	return []simulatortest.Case{
		{
			ID: "aws-route53-zone-not-empty", Code: "HostedZoneNotEmpty", Text: "non-required resource record sets",
			Fails: empty(nil), Passes: empty(inputs{"forceDestroy": true}),
		},
		{
			ID: "aws-route53-private-zone-taken", Code: "ConflictingDomainExists", Text: "with the same domain name",
			Fails: private("corp"), Passes: private("other"),
		},
		{
			ID: "aws-route53-health-check-target", Code: "InvalidInput", Text: "either IPAddress or FullyQualifiedDomainName",
			Fails: check(nil), Passes: check(inputs{"ipAddress": "192.0.2.1"}),
		},
		{
			ID: "L-4EA4796A", Code: "TooManyHostedZones", Text: "MAX_HOSTED_ZONES_BY_OWNER",
			Quotas: map[string]int{"L-4EA4796A": 2}, Fails: zones(2), Passes: zones(1),
		},
		{
			ID: "L-ACB674F3", Code: "TooManyHealthChecks", Text: "reached the limit",
			Quotas: map[string]int{"L-ACB674F3": 2}, Fails: checks(2), Passes: checks(1),
		},
	}
}

func recordCases() []simulatortest.Case {
	beside := func(first, second inputs) func(*world) error {
		return func(w *world) error {
			served := zone(w, "example.com")
			w.Create(recordToken, "first", a(served, "www", first))
			return try(w, recordToken, a(served, "www.example.com", second))
		}
	}
	alone := func(name string, more inputs) func(*world) error {
		return func(w *world) error { return try(w, recordToken, a(zone(w, "example.com"), name, more)) }
	}
	alias := func(zone func(lb thing) string) func(*world) error {
		return func(w *world) error {
			_, lb := balanced(w, "network")
			return alone("www", inputs{"ttl": nil, "records": nil, "aliases": []any{
				inputs{"name": lb.Text("dnsName"), "zoneId": zone(lb), "evaluateTargetHealth": true}}})(w)
		}
	}
	sibling := func(name string) func(*world) error {
		return func(w *world) error {
			served := zone(w, "example.com")
			w.Create(recordToken, "first", a(served, "www", nil))
			return try(w, recordToken, a(served, "", inputs{"ttl": nil, "records": nil, "aliases": []any{
				inputs{"name": name, "zoneId": served.ID(), "evaluateTargetHealth": false}}}))
		}
	}
	cname := inputs{"type": "CNAME", "records": []any{"example.org"}}
	weighted := inputs{"setIdentifier": "blue", "weightedRoutingPolicies": []any{inputs{"weight": 1}}}
	long := func(n int) inputs { return inputs{"type": "TXT", "records": []any{strings.Repeat("x", n)}} }
	return []simulatortest.Case{
		{
			ID: "aws-route53-record-taken", Code: "InvalidChangeBatch", Text: "[name='www.example.com.', type='A']",
			Fails: beside(nil, nil), Passes: beside(nil, inputs{"type": "AAAA", "records": []any{"2001:db8::1"}}),
		},
		{
			ID: "aws-route53-record-taken", Code: "InvalidChangeBatch", Text: "[name='www.example.com.', type='A']",
			Fails:  beside(inputs{"allowOverwrite": true}, nil),
			Passes: beside(nil, inputs{"allowOverwrite": true}),
		},
		{
			ID: "aws-route53-cname-alone", Code: "InvalidChangeBatch", Text: "as it conflicts with other records",
			Fails: beside(nil, cname), Passes: beside(nil, inputs{"allowOverwrite": true}),
		},
		{
			ID: "aws-route53-cname-at-apex", Code: "InvalidChangeBatch", Text: "is not permitted at apex in zone example.com",
			Fails: alone("example.com", cname), Passes: alone("www", cname),
		},
		{
			ID: "aws-route53-simple-beside-routed", Code: "InvalidChangeBatch", Text: "cannot be created as other RRSets exist",
			Fails: beside(nil, weighted), Passes: beside(with(weighted, inputs{"setIdentifier": "green"}), weighted),
		},
		{
			ID: "aws-route53-alias-outside-zone", Code: "InvalidChangeBatch", Text: "does not lie within the target zone",
			Fails:  alias(func(thing) string { return "Z1H1FL5HABSF5" }), // that of Application Load Balancers
			Passes: alias(func(lb thing) string { return lb.Text("zoneId") }),
		},
		{
			ID: "aws-route53-alias-before-target", Code: "InvalidChangeBatch", Text: "but that target was not found",
			Fails: sibling("web.example.com"), Passes: sibling("www.example.com"),
		},
		{
			ID: "aws-route53-needs-ttl", Code: "InvalidInput", Text: "all of [TTL, and ResourceRecords]",
			Fails: alone("www", inputs{"ttl": nil}), Passes: alone("www", inputs{"ttl": 0}),
		},
		{
			ID: "aws-route53-address-value", Code: "InvalidChangeBatch", Text: "ARRDATAIllegalIPv4Address",
			Fails: alone("www", inputs{"records": []any{"example.org"}}), Passes: alone("www", nil),
		},
		{
			ID: "aws-route53-text-too-long", Code: "InvalidChangeBatch", Text: "CharacterStringTooLong",
			Fails: alone("www", long(256)), Passes: alone("www", long(255)),
		},
		{
			ID: "aws-route53-routing-needs-identifier", Text: "setIdentifier` must be specified",
			Fails:  alone("www", inputs{"weightedRoutingPolicies": []any{inputs{"weight": 1}}}),
			Passes: alone("www", weighted),
		},
		{
			ID: "L-E209CC9F", Code: "InvalidChangeBatch", Text: "Number of records limit of 1 exceeded",
			Quotas: map[string]int{"L-E209CC9F": 1},
			Fails:  beside(nil, inputs{"type": "AAAA", "records": []any{"2001:db8::1"}}), Passes: alone("www", nil),
		},
	}
}

// ACM asks for the same record for a domain of every certificate: with allowOverwrite, each writes it, the last one counts,
// and it goes with whichever goes first.
func TestRecordIsOverwritten(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	proof := func(value string) inputs {
		return inputs{
			"zoneId": "", "name": "_a.example.com", "type": "CNAME", "ttl": 60, "records": []any{value}, "allowOverwrite": true,
		}
	}
	served := zone(w, "example.com")
	in := with(proof("one.acm-validations.aws"), inputs{"zoneId": served.ID()})
	first := w.Create(recordToken, "first", in)
	same := w.Create(recordToken, "second", in)
	assert.Equal(t, first.ID(), same.ID())
	w.Create(recordToken, "third", with(in, inputs{"records": []any{"two.acm-validations.aws"}}))
	_, _, outputs, err := w.Provider.Read(first.Request, nil)
	require.NoError(t, err)
	assert.Equal(t, []any{"two.acm-validations.aws"}, outputs["records"].Mappable())
	_, err = w.Try(recordToken, "fourth", with(in, inputs{"allowOverwrite": false}))
	assert.ErrorContains(t, err, "but it already exists", "who does not ask for it overwrites nothing")
	w.Delete(first)
	w.Delete(same)
	again := w.Create(recordToken, "again", with(in, inputs{"allowOverwrite": false}))
	assert.Equal(t, first.ID(), again.ID())
}
