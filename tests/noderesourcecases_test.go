package tests

import (
	"testing"

	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
	"google.golang.org/protobuf/proto"
)

// values are those that any policy can meet.
func values() map[string]any {
	all := map[string]any{
		"nothing": nil, "true": true, "false": false, "zero": 0, "negative": -1.5, "large": 1e21, "small": 1e-7, "exact": 9007199254740991.0,
		"empty text": "", "text": "plain", "quotes": "\"'`\\", "lines": "a\nb\tc", "letters": "äß漢字😀", "markup": "<a href='x'>&</a>",
		"empty list": []any{}, "list": []any{1, "two", false, nil}, "empty object": fields{}, "object": fields{"b": 1, "a": fields{"c": []any{fields{}}}},
		"numbers as keys": fields{"10": "ten", "9": "nine", "a.b": "dot", "": "empty", "with space": 1},
		"deep":            []any{[]any{[]any{[]any{fields{"x": []any{1}}}}}},
		"secret":          secret("s3cr3t-text"), "secret number": secret(987654), "secret boolean": secret(true), "secret null": secret(nil),
		"secret list": secret([]any{"s3cr3t-item", 2468101}), "secret object": secret(fields{"key-of-secret": "s3cr3t-part"}),
		"secret in list": []any{"open", secret("s3cr3t-text")}, "secret in object": fields{"open": "open", "shut": secret("s3cr3t-text")},
		"secret in secret": secret(fields{"key-of-secret": secret("s3cr3t-text")}),
	}
	for kind, mark := range inOrder(unknowns) {
		all["unknown "+kind] = mark
		all["unknown "+kind+" in a list"] = []any{"a", mark}
		all["unknown "+kind+" in an object"] = fields{"a": fields{"b": mark}, "z": unknownText}
		all["secret unknown "+kind] = secret(mark)
	}
	return all
}

func valueCases(t *testing.T) (all []exchange) {
	for name, value := range inOrder(values()) {
		props := fields{"value": value}
		for _, id := range []string{"value", "partly", "two-rules"} {
			all = append(all, exchange{name: name, pack: "peer", config: at("mandatory", id).request(t), call: analyze,
				request: resourceOf(t, peerThing, props)})
		}
		all = append(all, exchange{name: name, pack: "peer", config: at("advisory", "values").request(t), call: analyzeStack,
			request: stackOf(t, &pulumirpc.AnalyzerResource{Type: peerThing, Properties: structOf(t, props)})})
		for _, id := range []string{"mend-value", "mend-null", "mend-known", "mend-text"} {
			all = append(all, exchange{name: name, pack: "peer", config: at("remediate", id).request(t), call: remediate,
				request: resourceOf(t, peerThing, fields{"value": value, "text": "here"})})
		}
	}
	return all
}

func checkCases(t *testing.T) (all []exchange) {
	add := func(name, ids string, props fields, differs ...string) {
		all = append(all, exchange{name: name, pack: "peer", config: at("mandatory", ids).request(t), call: analyze,
			request: resourceOf(t, peerThing, props), differs: differs})
	}
	add("a bad text", "text", fields{"text": "bad"})
	add("a good text", "text", fields{"text": "good"})
	add("no text", "text", nil)
	add("an unknown text", "text", fields{"text": unknownText})
	add("a secret text", "text", fields{"text": secret("bad")}, "secrets-in-texts")
	add("a small count", "count", fields{"count": 10})
	add("a large count", "count", fields{"count": 10.5})
	add("a count in text", "count", fields{"count": "10.5"}, "spelt-values")
	all[len(all)-1].told = []string{"It is 10.5."}
	add("an unknown count", "count", fields{"count": unknowns["number"]})
	add("a flag", "flag", fields{"flag": true})
	add("no flag", "flag", nil)
	add("a flag that is down", "flag", fields{"flag": false})
	add("a flag that is unknown", "flag", fields{"flag": unknowns["boolean"]})
	open := fields{"port": 22, "from": []any{"some", "all"}}
	add("open rules", "rules", fields{"rules": []any{open, fields{"port": 8080, "from": []any{"all"}}, open}})
	add("rules without sources", "rules", fields{"rules": []any{fields{"port": 22}, fields{"from": nil}}})
	add("no rules", "rules", nil)
	add("unknown rules", "rules", fields{"rules": unknowns["Array"]})
	add("an unknown rule", "rules", fields{"rules": []any{open, unknowns["Object"], open}})
	add("an unknown port", "rules", fields{"rules": []any{fields{"port": unknowns["number"], "from": []any{"some"}}, open}})
	add("an unknown port that matters", "rules", fields{"rules": []any{open, fields{"port": unknowns["number"], "from": []any{"all"}}}})
	add("a source that is unknown", "rules", fields{"rules": []any{fields{"port": 22, "from": []any{"all", unknownText}}}})
	add("a source that is unknown first", "rules", fields{"rules": []any{fields{"port": 22, "from": []any{unknownText, "all"}}}}, "certain-violations")
	add("ports", "each", fields{"ports": []any{22, 8080, 80}})
	add("an unknown port last", "each", fields{"ports": []any{22, 80, unknowns["number"]}})
	add("an unknown port among others", "each", fields{"ports": []any{22, unknowns["number"], 80}}, "certain-violations")
	add("several violations", "several", nil)
	add("presence", "present", fields{"value": "x"})
	add("presence of what is unknown", "present", fields{"value": unknownText})
	add("presence of a secret", "present", fields{"value": secret("x")})
	add("absence", "present", nil)
	add("excused", "excused", fields{"text": "good"})
	add("not excused", "excused", fields{"text": "other"})
	add("excuse not known", "excused", fields{"text": unknownText})
	add("two types", "two-types", nil, "several-types")
	add("another type", "other", nil)
	add("only a remediation", "mend-text", nil)
	for _, token := range []string{peerOther, "test:index:Third", ""} {
		for _, ids := range [][]string{{"two-types"}, {"other", "value", "mend-other", "mend-both"}} {
			all = append(all, exchange{name: "type " + token, pack: "peer", config: at("advisory", ids...).request(t), call: analyze,
				request: resourceOf(t, token, fields{"value": 1})})
		}
	}
	return all
}

func surroundingCases(t *testing.T) (all []exchange) {
	no := false
	options := map[string]*pulumirpc.AnalyzerResourceOptions{
		"none": {}, "protect": {Protect: true}, "ignored changes": {IgnoreChanges: []string{"a", "b.c"}},
		"replaced first":         {DeleteBeforeReplace: true, DeleteBeforeReplaceDefined: true},
		"replaced after":         {DeleteBeforeReplace: no, DeleteBeforeReplaceDefined: true},
		"replacement not told":   {DeleteBeforeReplace: true},
		"secret outputs":         {AdditionalSecretOutputs: []string{"password"}},
		"aliases":                {Aliases: []string{urnOf(peerThing, "old")}},
		"timeouts":               {CustomTimeouts: &pulumirpc.AnalyzerResourceOptions_CustomTimeouts{Create: 1, Update: 2.5, Delete: 3600}},
		"a parent":               {Parent: urnOf(peerOther, "parent")},
		"some timeouts":          {CustomTimeouts: &pulumirpc.AnalyzerResourceOptions_CustomTimeouts{Delete: 0.5}},
		"many at once, and more": {Protect: true, Parent: urnOf(peerOther, "p"), Aliases: []string{"x"}, IgnoreChanges: []string{"*"}},
	}
	provider := func(props fields) *pulumirpc.AnalyzerProviderResource {
		return &pulumirpc.AnalyzerProviderResource{
			Urn: urnOf("pulumi:providers:test", "default_1_2_3"), Type: "pulumi:providers:test", Name: "default_1_2_3", Properties: structOf(t, props),
		}
	}
	providers := map[string]*pulumirpc.AnalyzerProviderResource{
		"no provider": nil, "provider": provider(nil), "region": provider(fields{"region": "north", "version": "1.2.3"}),
		"secret region": provider(fields{"region": secret("s3cr3t-region")}), "unknown region": provider(fields{"region": unknownText}),
	}
	for name, o := range inOrder(options) {
		request := resourceOf(t, peerThing, nil)
		request.Options = o
		all = append(all,
			exchange{name: name, pack: "peer", config: at("advisory", "options").request(t), call: analyze, request: request},
			exchange{name: name, pack: "peer", config: at("advisory", "surroundings").request(t), call: analyzeStack,
				request: stackOf(t, &pulumirpc.AnalyzerResource{Type: peerThing, Options: proto.CloneOf(o)})})
	}
	for name, p := range inOrder(providers) {
		request := resourceOf(t, peerThing, nil)
		request.Provider = p
		all = append(all, exchange{name: name, pack: "peer", config: at("advisory", "provider").request(t), call: analyze, request: request})
		if name == "secret region" {
			continue // the provider of a resource in a stack is asked for below
		}
		all = append(all, exchange{name: name, pack: "peer", config: at("advisory", "surroundings").request(t), call: analyzeStack,
			request: stackOf(t, &pulumirpc.AnalyzerResource{Type: peerThing, Provider: p})})
	}
	for name, tags := range inOrder(map[string]map[string]string{
		"no tags": nil, "tags": {"team": "net", "cost": "1"}, "strange tags": {"": "", "ä": "ß", "a b": "c\nd"},
	}) {
		all = append(all,
			exchange{name: name, pack: "peer", config: at("advisory", "tags").request(t), tags: tags, call: analyze, request: resourceOf(t, peerThing, nil)},
			exchange{name: name, pack: "peer", config: at("advisory", "surroundings").request(t), tags: tags, call: analyzeStack, request: stackOf(t)})
	}
	all = append(all, exchange{name: "identity", pack: "peer", config: at("advisory", "identity").request(t), call: analyze,
		request: resourceOf(t, peerThing, nil)})
	return all
}

func settingCases(t *testing.T) (all []exchange) {
	for name, settings := range inOrder(map[string]fields{
		"all":          {"most": 20, "names": []any{"long", "short"}, "deep": fields{"on": true, "ratio": 0.25}},
		"whole limits": {"most": 100, "names": []any{}, "deep": fields{"on": false, "ratio": 1}},
		"negative":     {"most": -5, "names": []any{"long", "long"}, "deep": fields{"on": true, "ratio": 0}},
		"some":         {"most": 20},
		"none":         {},
		"deep in part": {"most": 1, "names": []any{"short"}, "deep": fields{"on": true}},
	}) {
		for id, ask := range inOrder(map[string]exchange{
			"settings":       {call: analyze, request: resourceOf(t, peerThing, nil)},
			"stack-settings": {call: analyzeStack, request: stackOf(t)},
		}) {
			config := fields{"": "advisory"}
			for key, value := range settings {
				config[key] = value
			}
			ask.name, ask.pack, ask.config = name, "peer", peerSettings{id: config}.request(t)
			if name == "some" || name == "none" || name == "deep in part" {
				ask.differs = []string{"defaults"}
			}
			all = append(all, ask)
		}
	}
	for name, settings := range inOrder(map[string]peerSettings{
		"a policy that is not":  {"valeu": "advisory"},
		"a setting that is not": {"settings": fields{"": "advisory", "msot": 1}},
		"another kind":          {"settings": fields{"": "advisory", "most": "x"}},
		"not whole":             {"settings": fields{"": "advisory", "most": 1.5}},
		"beyond its limit":      {"settings": fields{"": "advisory", "most": 101}},
		"none of its names":     {"settings": fields{"": "advisory", "names": []any{"x"}}},
		"no settings at all":    {"value": fields{"": "advisory", "most": 1}},
	}) {
		all = append(all, exchange{name: name, pack: "peer", config: settings.request(t), call: configureOnly, differs: []string{"wrong-settings"}})
	}
	invalid := at("advisory", "value").request(t)
	invalid.PolicyConfig["value"].EnforcementLevel = 99
	bare := at("advisory", "value").request(t)
	bare.PolicyConfig["value"].Properties = nil
	return append(all,
		exchange{name: "a level that does not exist", pack: "peer", config: invalid, call: configureOnly, differs: []string{"text-of-levels"}},
		exchange{name: "no properties", pack: "peer", config: bare, call: configureOnly, differs: []string{"no-properties"}},
		exchange{name: "valid", pack: "peer", config: at("advisory", "value").request(t), call: configureOnly},
		exchange{name: "nothing", pack: "peer", config: peerSettings{}.request(t), call: configureOnly},
		exchange{name: "a level for all", pack: "plain", config: at("mandatory", "all").request(t), call: analyze, request: resourceOf(t, peerThing, nil),
			differs: []string{"level-of-all"}, told: []string{`"enforcementLevel": "MANDATORY"`}})
}
