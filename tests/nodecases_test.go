package tests

import (
	"fmt"
	"iter"
	"maps"
	"slices"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource/sig"
	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
	"github.com/stretchr/testify/require"
	"google.golang.org/protobuf/types/known/structpb"
)

// signature marks special values, as in go/common/resource/sig.
const signature = sig.Key

// unknowns stand for values that are not known yet, by what they are (sdk/nodejs/policy/proxy.ts, pulumi-policy).
var unknowns = map[string]string{
	"boolean": "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",
	"number":  "3eeb2bf0-c639-47a8-9e75-3b44932eb421",
	"string":  "04da6b54-80e4-46f7-96ec-b56ff0331ba9",
	"Array":   "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",
	"asset":   "030794c1-ac77-496b-92df-f27374a8bd58",
	"archive": "e48ece36-62e2-4504-bad9-02848725956a",
	"Object":  "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",
}

var (
	unknownText = unknowns["string"]
	levelOf     = map[string]pulumirpc.EnforcementLevel{
		"advisory": pulumirpc.EnforcementLevel_ADVISORY, "mandatory": pulumirpc.EnforcementLevel_MANDATORY,
		"remediate": pulumirpc.EnforcementLevel_REMEDIATE, "disabled": pulumirpc.EnforcementLevel_DISABLED,
	}
)

// fields are properties in plain Go.
type fields = map[string]any

func secret(v any) fields { return fields{signature: sig.Secret, "value": v} }

func signed(mark string, parts fields) fields {
	parts[signature] = mark
	return parts
}

// peerSettings configures policies: a level, or a level under "" with settings.
type peerSettings map[string]any

func (s peerSettings) request(t *testing.T) *pulumirpc.ConfigureAnalyzerRequest {
	t.Helper()
	request := &pulumirpc.ConfigureAnalyzerRequest{PolicyConfig: map[string]*pulumirpc.PolicyConfig{}}
	for id, setting := range s {
		config := &pulumirpc.PolicyConfig{Properties: &structpb.Struct{}}
		switch setting := setting.(type) {
		case string:
			config.EnforcementLevel = levelOf[setting]
		case fields:
			config.EnforcementLevel = levelOf[setting[""].(string)]
			delete(setting, "")
			config.Properties = structOf(t, setting)
		}
		request.PolicyConfig[id] = config
	}
	return request
}

// at configures policies to a level.
func at(level string, ids ...string) peerSettings {
	settings := peerSettings{}
	for _, id := range ids {
		settings[id] = level
	}
	return settings
}

func structOf(t *testing.T, of fields) *structpb.Struct {
	t.Helper()
	encoded, err := structpb.NewStruct(of)
	require.NoError(t, err)
	return encoded
}

// inOrder goes through a map in the order of its keys.
func inOrder[V any](m map[string]V) iter.Seq2[string, V] {
	return func(yield func(string, V) bool) {
		for _, key := range slices.Sorted(maps.Keys(m)) {
			if !yield(key, m[key]) {
				return
			}
		}
	}
}

func urnOf(token, name string) string {
	return fmt.Sprintf("urn:pulumi:dev::peer::%s::%s", token, name)
}

// resourceOf is a request about one resource.
func resourceOf(t *testing.T, token string, props fields) *pulumirpc.AnalyzeRequest {
	t.Helper()
	return &pulumirpc.AnalyzeRequest{
		Urn: urnOf(token, "one"), Type: token, Name: "one", Properties: structOf(t, props),
		Options: &pulumirpc.AnalyzerResourceOptions{},
	}
}

// stackOf is a request about resources; their names are in the order of the letters.
func stackOf(t *testing.T, all ...*pulumirpc.AnalyzerResource) *pulumirpc.AnalyzeStackRequest {
	t.Helper()
	for i, r := range all {
		if r.GetName() == "" {
			r.Name = string(rune('a' + i))
		}
		r.Urn = urnOf(r.GetType(), r.GetName())
		if r.GetOptions() == nil {
			r.Options = &pulumirpc.AnalyzerResourceOptions{}
		}
		if r.GetProperties() == nil {
			r.Properties = &structpb.Struct{}
		}
	}
	return &pulumirpc.AnalyzeStackRequest{Resources: all}
}

// peerExchanges are all exchanges, in order: those with a name, and those that chance makes of a fixed seed.
func peerExchanges(t *testing.T) []exchange {
	t.Helper()
	all := slices.Concat(
		metadataCases(), levelCases(t), valueCases(t), checkCases(t), surroundingCases(t), settingCases(t), remediationCases(t),
		stackCases(t), differenceCases(t), chanceCases(t, 1),
	)
	return append(all, exchange{name: "the end", pack: "plain", call: cancel})
}

func metadataCases() (all []exchange) {
	for _, pack := range []string{"peer", "levels", "plain", "described"} {
		all = append(all,
			exchange{name: "metadata", pack: pack, call: info},
			exchange{name: "version", pack: pack, call: plugin},
			exchange{name: "handshake", pack: pack, call: handshake})
	}
	return all
}

func levelCases(t *testing.T) (all []exchange) {
	for _, pack := range []string{"plain", "levels"} {
		all = append(all, exchange{name: "without configuration", pack: pack, call: analyze, request: resourceOf(t, peerThing, nil)})
		ids := []string{"level-unset", "level-advisory", "level-mandatory", "level-remediate", "level-disabled"}
		for _, level := range []string{"advisory", "mandatory", "remediate", "disabled"} {
			for _, c := range []call{analyze, remediate} {
				all = append(all,
					exchange{name: "all " + level, pack: pack, config: at(level, ids...).request(t), call: c, request: resourceOf(t, peerThing, nil)},
					exchange{name: "one " + level, pack: pack, config: at(level, ids[4]).request(t), call: c, request: resourceOf(t, peerThing, nil)},
					exchange{name: "none of type", pack: pack, config: at(level, ids...).request(t), call: c, request: resourceOf(t, peerOther, nil)})
			}
		}
	}
	all = append(all,
		exchange{name: "a rich policy", pack: "described", config: at("disabled", "settings").request(t), call: analyze,
			request: resourceOf(t, peerThing, nil), differs: []string{"remediation-steps"}},
		exchange{name: "initial settings", pack: "described", config: at("disabled", "rich").request(t), call: analyze,
			request: resourceOf(t, peerThing, nil), differs: []string{"initial-settings"}, told: []string{`\"most\":20`}})
	for level := range inOrder(levelOf) {
		all = append(all, exchange{name: "stack policies " + level, pack: "peer", config: at(level, "counted", "graph", "texts").request(t),
			call: analyzeStack, request: stackOf(t, &pulumirpc.AnalyzerResource{Type: peerOther})})
	}
	return all
}
