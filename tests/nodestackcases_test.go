package tests

import (
	"fmt"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource/sig"
	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
)

func remediationCases(t *testing.T) (all []exchange) {
	chains := map[string][]string{
		"one": {"mend-text"}, "two": {"mend-text", "mend-copy"}, "many": {"mend-text", "mend-copy", "mend-deep", "mend-first", "mend-value"},
		"the first does nothing": {"mend-known", "mend-copy"}, "excused in between": {"mend-value", "mend-excused", "mend-text"},
		"the last fails": {"mend-text", "mend-throws"}, "the first fails": {"mend-throws", "mend-text"},
		"none of type": {"mend-other", "mend-text"}, "not implemented": {"text", "mend-text"}, "both": {"mend-both", "mend-text"},
		"replaced, then read": {"mend-value", "mend-known"}, "cleared, then read": {"mend-null", "mend-known"},
	}
	resources := map[string]fields{
		"nothing": {}, "a text": {"text": "good", "extra": []any{1, fields{"x": nil}}}, "a mended text": {"text": "here!"},
		"a secret text": {"text": secret("s3cr3t-text"), "copy": secret("s3cr3t-copy")}, "an unknown text": {"text": unknownText},
		"a secret that is unknown": {"text": secret(unknownText), "value": secret(unknowns["Object"])},
		"secrets in depth": {"deep": secret(fields{"name": "s3cr3t-name", "other": "kept"}), "value": fields{"a": secret(fields{"b": secret(1)})},
			"rules": []any{secret(fields{"name": "s3cr3t-rule", "port": 1}), fields{"port": secret(2)}}},
		"a secret name":    {"deep": fields{"name": secret("s3cr3t-name"), "other": "kept"}, "rules": []any{fields{"name": secret("s3cr3t-name")}}},
		"unknown in depth": {"deep": fields{"other": unknownText}, "rules": []any{fields{"name": unknownText}, unknowns["Object"]}, "value": []any{unknownText}},
		"unknown objects":  {"deep": unknowns["Object"], "rules": unknowns["Array"], "text": "here"},
		"internal names":   {"__defaults": []any{"x"}, "text": "here", "deep": fields{"__defaults": []any{}}},
	}
	for chain, ids := range inOrder(chains) {
		for name, props := range inOrder(resources) {
			all = append(all, exchange{name: chain + ", " + name, pack: "peer", config: at("remediate", ids...).request(t), call: remediate,
				request: resourceOf(t, peerThing, props)})
		}
	}
	for _, level := range []string{"advisory", "mandatory", "disabled"} {
		all = append(all, exchange{name: "not at level " + level, pack: "peer", config: at(level, "mend-text", "mend-copy").request(t), call: remediate,
			request: resourceOf(t, peerThing, fields{"text": "here"})})
	}
	for _, flag := range []any{nil, false, true, unknowns["boolean"]} {
		props := fields{"flag": flag}
		if flag == nil {
			props = nil
		}
		for _, c := range []call{analyze, remediate} {
			all = append(all, exchange{name: fmt.Sprint("flag ", flag), pack: "peer", config: at("remediate", "mend-both").request(t), call: c,
				request: resourceOf(t, peerThing, props)})
		}
	}
	return append(all,
		exchange{name: "half mended", pack: "peer", config: at("remediate", "mend-partly").request(t), call: remediate,
			request: resourceOf(t, peerThing, fields{"text": "here", "value": unknownText})},
		exchange{name: "mended in two steps", pack: "peer", config: at("remediate", "mend-partly").request(t), call: remediate,
			request: resourceOf(t, peerThing, fields{"text": "here", "value": 1})})
}

func stackCases(t *testing.T) (all []exchange) {
	thing, other := urnOf(peerThing, "a"), urnOf(peerOther, "b")
	urns := func(all ...string) *pulumirpc.AnalyzerPropertyDependencies {
		return &pulumirpc.AnalyzerPropertyDependencies{Urns: all}
	}
	type deps = map[string]*pulumirpc.AnalyzerPropertyDependencies
	stacks := map[string]func() []*pulumirpc.AnalyzerResource{
		"nothing":   func() []*pulumirpc.AnalyzerResource { return nil },
		"one thing": func() []*pulumirpc.AnalyzerResource { return []*pulumirpc.AnalyzerResource{{Type: peerThing}} },
		"parent and child": func() []*pulumirpc.AnalyzerResource {
			return []*pulumirpc.AnalyzerResource{{Type: peerThing}, {Type: peerOther, Parent: thing}}
		},
		"a child before its parent": func() []*pulumirpc.AnalyzerResource {
			return []*pulumirpc.AnalyzerResource{{Type: peerThing, Parent: other}, {Type: peerOther}}
		},
		"its own parent": func() []*pulumirpc.AnalyzerResource {
			return []*pulumirpc.AnalyzerResource{{Type: peerThing, Parent: thing}}
		},
		"a parent that is not there": func() []*pulumirpc.AnalyzerResource {
			return []*pulumirpc.AnalyzerResource{{Type: peerThing, Parent: urnOf(peerThing, "gone")}}
		},
		"dependencies": func() []*pulumirpc.AnalyzerResource {
			return []*pulumirpc.AnalyzerResource{{Type: peerThing}, {Type: peerOther, Dependencies: []string{thing}},
				{Type: peerThing, Dependencies: []string{other, thing, urnOf(peerThing, "gone")}}}
		},
		"a circle": func() []*pulumirpc.AnalyzerResource {
			return []*pulumirpc.AnalyzerResource{{Type: peerThing, Dependencies: []string{other}}, {Type: peerOther, Dependencies: []string{thing}}}
		},
		"property dependencies": func() []*pulumirpc.AnalyzerResource {
			return []*pulumirpc.AnalyzerResource{{Type: peerThing}, {Type: peerOther, Properties: structOf(t, fields{"a": "x", "b": unknownText}),
				PropertyDependencies: deps{"a": urns(thing), "b": urns(thing, other, "gone")}}}
		},
		"a reference to what is not known": func() []*pulumirpc.AnalyzerResource {
			return []*pulumirpc.AnalyzerResource{{Type: peerThing}, {Type: peerOther, Properties: structOf(t, fields{"a": unknownText}),
				PropertyDependencies: deps{"a": urns(thing)}}}
		},
		"references of a list": func() []*pulumirpc.AnalyzerResource {
			return []*pulumirpc.AnalyzerResource{{Type: peerThing}, {Type: peerOther, Properties: structOf(t, fields{"a": []any{unknownText, unknownText}}),
				PropertyDependencies: deps{"a": urns(thing, urnOf(peerThing, "c"))}}, {Type: peerThing}, {Type: peerThing}}
		},
		"bad texts": func() []*pulumirpc.AnalyzerResource {
			return []*pulumirpc.AnalyzerResource{{Type: peerThing, Properties: structOf(t, fields{"text": "bad"})}, {Type: peerOther},
				{Type: peerThing, Properties: structOf(t, fields{"text": "good"})}, {Type: peerThing, Properties: structOf(t, fields{"text": "bad"})}}
		},
		"an unknown text": func() []*pulumirpc.AnalyzerResource {
			return []*pulumirpc.AnalyzerResource{{Type: peerThing, Properties: structOf(t, fields{"text": "bad"})},
				{Type: peerThing, Properties: structOf(t, fields{"text": unknownText})}}
		},
		"two of a name": func() []*pulumirpc.AnalyzerResource {
			return []*pulumirpc.AnalyzerResource{{Type: peerThing, Name: "a"}, {Type: peerThing, Name: "a"}, {Type: peerOther, Dependencies: []string{thing}}}
		},
	}
	for name, resources := range inOrder(stacks) {
		for _, id := range []string{"graph", "texts", "counted", "referred", "stack-excused", "surroundings"} {
			all = append(all, exchange{name: name, pack: "peer", config: at("mandatory", id).request(t), call: analyzeStack,
				request: stackOf(t, resources()...)})
		}
	}
	return all
}

// differenceCases are those that show a difference and are not among the others.
func differenceCases(t *testing.T) []exchange {
	ask := func(c call, level, difference string, props fields, told string, ids ...string) exchange {
		x := exchange{name: difference, pack: "peer", config: at(level, ids...).request(t), call: c, request: resourceOf(t, peerThing, props),
			differs: []string{difference}}
		if told != "" {
			x.told = []string{told}
		}
		return x
	}
	asset := func(parts fields) fields { return signed(sig.AssetSig, parts) }
	archive := func(parts fields) fields { return signed(sig.ArchiveSig, parts) }
	bare := resourceOf(t, peerThing, nil)
	bare.Options = nil
	onStack := func(difference, id, told string, all ...*pulumirpc.AnalyzerResource) exchange {
		x := exchange{name: difference, pack: "peer", config: at("advisory", id).request(t), call: analyzeStack, request: stackOf(t, all...),
			differs: []string{difference}}
		if told != "" {
			x.told = []string{told}
		}
		return x
	}
	thing := urnOf(peerThing, "a")
	return []exchange{
		ask(analyze, "mandatory", "errors-of-rules", nil, "could not check", "value", "throws"),
		ask(analyze, "advisory", "errors-of-rules", nil, "", "throws"),
		ask(remediate, "remediate", "errors-of-remediations", nil, "", "mend-throws"),
		ask(remediate, "remediate", "half-mended", fields{"text": "here", "value": unknownText}, "", "mend-partly", "mend-both"),
		ask(analyze, "advisory", "assets", fields{"value": asset(fields{"text": "x", "hash": "h"})}, "is an asset where the policy expects plain data", "value"),
		ask(analyze, "advisory", "assets", fields{"value": []any{archive(fields{"path": "p"})}}, "is an asset where", "value"),
		ask(analyze, "advisory", "assets", fields{"value": asset(fields{"path": "p", "hash": "h"})}, "is an asset where", "value"),
		ask(analyze, "advisory", "strange-assets", fields{"text": "bad", "value": asset(fields{"text": ""})}, "It is bad.", "text"),
		ask(remediate, "remediate", "assets-when-mended", fields{"text": "x", "value": asset(fields{"path": "p", "hash": "h"})}, `"hash": "h"`, "mend-text"),
		ask(remediate, "remediate", "assets-when-mended", fields{"text": "x", "value": archive(fields{"assets": fields{"f": asset(fields{"text": "t"})}})},
			`"text": "t"`, "mend-text"),
		ask(analyze, "advisory", "references-and-outputs", fields{"value": signed(sig.ResourceReference, fields{"urn": thing, "id": "i-1"})}, `\"i-1\"`, "value"),
		ask(analyze, "advisory", "references-and-outputs", fields{"value": signed(sig.OutputValue, fields{"value": "out"})}, `\"out\"`, "value"),
		ask(analyze, "advisory", "references-and-outputs", fields{"value": signed(sig.ByteString, fields{"value": "aGk="})}, `\"hi\"`, "value"),
		ask(analyze, "advisory", "null", fields{"value": nil}, "false", "present"),
		ask(analyze, "advisory", "spelt-values", fields{"flag": "false"}, "Flags must be up.", "flag"),
		ask(analyze, "advisory", "values-of-another-kind", fields{"count": []any{1, 2}}, "is a list where the policy expects a number", "count"),
		ask(analyze, "advisory", "values-of-another-kind", fields{"text": fields{}}, "is an object where the policy expects a string", "text"),
		ask(analyze, "advisory", "names-of-javascript", fields{"value": fields{"__proto__": fields{"a": 1}}}, `__proto__`, "value"),
		{name: "no options", pack: "peer", config: at("advisory", "value").request(t), call: analyze, request: bare, differs: []string{"no-options"}},
		onStack("errors-of-rules", "stack-throws", "could not check the stack"),
		onStack("resource-of-unknowns", "values", "", &pulumirpc.AnalyzerResource{Type: peerThing, Properties: structOf(t, fields{"value": unknownText})}),
		onStack("repeated-dependencies", "graph", `\"dependencies\":[\"a\"]`,
			&pulumirpc.AnalyzerResource{Type: peerThing}, &pulumirpc.AnalyzerResource{Type: peerOther, Dependencies: []string{thing, thing}}),
		onStack("parent-of-options", "graph", `\"parent\":\"a\"`, &pulumirpc.AnalyzerResource{Type: peerThing},
			&pulumirpc.AnalyzerResource{Type: peerOther, Options: &pulumirpc.AnalyzerResourceOptions{Parent: thing}}),
	}
}
