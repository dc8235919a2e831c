package policy

import (
	"context"
	"testing"

	"github.com/holdfast-iac/holdfast/policies/internal/wire"
	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
	"github.com/stretchr/testify/require"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/types/known/structpb"
)

// FuzzAnalyze gives a pack that reads everything, in every way, arbitrary property structs: whatever they are, all calls
// answer, and a value that is not there as wanted is never taken for one that passes.
func FuzzAnalyze(f *testing.F) {
	for _, seed := range []props{
		{}, {"text": "a", "int": 1, "texts": []any{"a"}, "tags": props{"k": "v"}},
		{"text": unknown, "texts": []any{unknown}, "tags": unknown},
		{"text": secret(secret(unknown)), "in": secret(props{"name": nil})},
		{"text": props{"4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270"}},
		{"text": props{"4dabf18193072939515e22adb298388d": 1}},
		{"text": props{"4dabf18193072939515e22adb298388d": "803fd3297a5875dc03ca845dda5d2a98", "value": "!"}},
	} {
		raw, err := proto.Marshal(encode(f, seed))
		require.NoError(f, err)
		f.Add(raw)
	}
	rules := []Rule{
		On(thing, func(r *Report, s scalars) { r.Fail("%v %v", s, s.Text.Get()) }),
		On(thing, func(r *Report, c containers) {
			c.Items.Each(func(_ int, i inner) { r.Fail("%s", i.Name.Get()) })
			c.Deep.Each(func(_ string, m Map[inner]) { m.Each(func(string, inner) {}) })
		}),
		On(thing, func(_ *Report, s scalars) { s.Any.Get(); s.In.Get().Name.Get() }),
		OnRemediate(thing, func(r *Remediation, _ mendable) { r.Set("in.deep.name", "x"); r.Set("items.0.name", "y") }),
		OnStack(func(r *StackReport, s thingsAndOthers) {
			s.Things.Each(func(n Resource[good]) { n.References("a", n.Node); r.Fail(n.Node, "%v", n.Props.A.Get()) })
		}),
	}
	spec := PackSpec{Name: "fuzz", Version: "0.0.0", Level: Remediate}
	for i, rule := range rules {
		spec.Policies = append(spec.Policies, policyOf("p"+string(rune('0'+i)), rule))
	}
	pack, err := NewPack(spec)
	require.NoError(f, err)
	s := newServer(pack)
	ctx := context.Background()
	f.Fuzz(func(t *testing.T, raw []byte) {
		properties := &structpb.Struct{}
		if proto.Unmarshal(raw, properties) != nil {
			t.Skip()
		}
		req := &pulumirpc.AnalyzeRequest{Type: thing, Urn: "urn:thing", Properties: properties,
			Provider: &pulumirpc.AnalyzerProviderResource{Properties: properties}}
		_, err := s.Analyze(ctx, req)
		require.NoError(t, err)
		_, _ = s.Remediate(ctx, req) // may fail the call, but not panic
		_, err = s.AnalyzeStack(ctx, &pulumirpc.AnalyzeStackRequest{Resources: []*pulumirpc.AnalyzerResource{
			{Type: thing, Urn: "urn:thing", Properties: properties},
		}})
		require.NoError(t, err)

		// A rule that wants a string passes with one, and otherwise says that it could not tell.
		session := sessionOf(t, packOf(t, Mandatory, On(thing, func(_ *Report, g good) { g.A.Get() })))
		got := session.Analyze(req)[0]
		switch wire.Open(properties.Fields["a"]).Kind {
		case wire.Absent, wire.String, wire.Bool, wire.Number:
			require.Equal(t, Passed, got.Outcome)
		case wire.Unknown:
			require.Equal(t, Undetermined, got.Outcome)
		default:
			require.Equal(t, Errored, got.Outcome)
		}
	})
}

// FuzzConfigure gives policies with every kind of setting, and exemptions, arbitrary configuration: it is taken, or refused
// as the user's mistake; and what is taken, rules can read.
func FuzzConfigure(f *testing.F) {
	type nested struct {
		Name  string         `pulumi:"name" required:"true" min:"1"`
		Sizes map[string]int `pulumi:"sizes" min:"0" max:"10"`
	}
	type settings struct {
		Text  string             `pulumi:"text" enum:"a,b"`
		On    bool               `pulumi:"on"`
		Share float64            `pulumi:"share" max:"1"`
		All   []nested           `pulumi:"all"`
		Deep  map[string][]int64 `pulumi:"deep"`
	}
	for _, seed := range []props{
		{}, {"text": "a", "on": true, "share": 0.5, "all": []any{props{"name": "n", "sizes": props{"k": 1}}}, "deep": props{"k": []any{1}}},
		{"text": "c"}, {"all": []any{nil}}, {"deep": props{"": nil}}, {"share": "1e999"}, {"on": "true"}, {"tex": 1},
		{"list": []any{exemption(nil)}}, {"list": []any{exemption(props{"expires": "9999-12-31", "policy": "**"})}},
		{"list": []any{exemption(props{"resource": "[", "policy": ""})}},
	} {
		raw, err := proto.Marshal(encode(f, seed))
		require.NoError(f, err)
		f.Add(raw, int32(1))
	}
	reads := policyOf("p", On(thing, func(r *Report, _ good) { r.Fail("%+v", Settings[settings](r)) }))
	reads.Config = settings{Text: "a"}
	pack, err := NewPack(PackSpec{Name: "fuzz", Version: "0.0.0", Policies: []Policy{reads, Exemptions}})
	require.NoError(f, err)
	req := request(f, nil)
	f.Fuzz(func(t *testing.T, raw []byte, level int32) {
		properties := &structpb.Struct{}
		if proto.Unmarshal(raw, properties) != nil {
			t.Skip()
		}
		for _, id := range []string{"p", exemptionsID, "all", "none"} {
			s := newServer(pack)
			_, err := s.Configure(context.Background(), &pulumirpc.ConfigureAnalyzerRequest{PolicyConfig: map[string]*pulumirpc.PolicyConfig{
				id: {EnforcementLevel: pulumirpc.EnforcementLevel(level), Properties: properties},
			}})
			if err != nil {
				require.Equal(t, codes.InvalidArgument, status.Code(err), "%v", err)
			}
			for _, r := range s.session.Analyze(req) {
				require.Empty(t, r.Errors)
			}
			for _, r := range s.session.AnalyzeStack(nil) {
				require.Empty(t, r.Errors)
			}
		}
	})
}
