package policy

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestSecretsAreTakenOutOfMessages(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name    string
		with    props
		message string
		want    string
	}{
		{"text", props{"a": secret("correct horse")}, `it is "correct horse".`, `it is "[secret]".`},
		{"part of an object", props{"o": secret(props{"k": []any{"battery"}})}, "battery staple", "[secret] staple"},
		{"secret in a list", props{"l": []any{secret("battery"), "staple"}}, "battery staple", "[secret] staple"},
		{"number", props{"n": secret(443)}, "port 443, not 4430", "port [secret], not 4430"},
		{"quoted", props{"a": secret("line\nbreak")}, `"line\nbreak"`, `"[secret]"`},
		{"longest first", props{"a": secret("abcd"), "b": secret("abcdef")}, "abcdef abcd", "[secret] [secret]"},
		{"overlapping", props{"a": secret("abcdef"), "b": secret("efghij"), "c": secret("fghi")}, "xabcdefghijk", "x[secret]k"},
		{"one after another", props{"a": secret("abcd"), "b": secret("efgh")}, "abcdefgh", "[secret][secret]"},
		{"the start of another", props{"a": secret("abcd"), "b": secret("abcdzz"), "c": secret("abcdabcq")}, "abcdabcp", "[secret]abcp"},
		{"the word that stands in for secrets", props{"a": secret("secret"), "b": secret("hunter2")}, "secret hunter2", "[secret] [secret]"},
		{"short only as a word", props{"a": secret("us")}, "us must us-east us", "[secret] must [secret]-east [secret]"},
		{"overlapping short", props{"a": secret("a")}, "aaa a", "aaa [secret]"},
		{"blank is no secret", props{"a": secret(" "), "b": secret("")}, "a b", "a b"},
		{"true is no secret", props{"a": secret(true)}, "true", "true"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got := answer(t, On(thing, func(r *Report, _ good) { r.Fail("%s", tt.message) }), tt.with)
			assert.Equal(t, []string{tt.want}, messages(got))
		})
	}
}

func TestSecretsOfProviderAndConfigurationAreTakenOut(t *testing.T) {
	t.Parallel()
	pack := packOf(t, Mandatory, On(thing, func(r *Report, _ good) {
		r.Fail("%s %s %s", r.Resource().Provider().Setting("key").Get(), r.Deployment().Config["db:password"], r.Deployment().Config["db:user"])
	}), On(thing, func(r *Report, _ good) { r.NotApplicable("for provider-key") }))
	session, err := pack.NewSession(Deployment{
		Config:     map[string]string{"db:password": "config-secret", "db:user": "admin"},
		SecretKeys: []string{"db:password", "missing"},
	}, nil)
	require.NoError(t, err)
	req := request(t, nil)
	req.Provider = &pulumirpc.AnalyzerProviderResource{Properties: encode(t, props{"key": secret("provider-key")})}
	results := session.Analyze(req)
	assert.Equal(t, []string{"[secret] [secret] admin"}, messages(results[0]))
	assert.Equal(t, "for [secret]", results[1].Reason)
}

// A canary planted wherever a secret can be must not appear in anything a pack answers.
func TestCanaryNeverShows(t *testing.T) {
	t.Parallel()
	const canary = "canary-7f3a"
	tell := func(s scalars) string { return s.Text.Get() + s.In.Get().Name.Get() }
	pack := packOf(t, Mandatory,
		On(thing, func(r *Report, s scalars) { r.Fail("%v %s %+v", s, tell(s), s.Any.Get()) }),
		On(thing, func(_ *Report, s scalars) { panic(tell(s)) }),
		On(thing, func(_ *Report, s scalars) { _ = map[string]int(nil)[tell(s)]; panic(&mistake{tell(s)}) }),
		On(thing, func(r *Report, s scalars) { r.NotApplicable(tell(s)) }),
		On(thing, func(_ *Report, s scalars) { s.Int.Get() }),
		OnStack(func(r *StackReport, all struct {
			Things Resources[scalars] `pulumi:"test:index:Thing"`
		}) {
			all.Things.Each(func(s Resource[scalars]) { r.Fail(s.Node, "%v %s", s, tell(s.Props)) })
		}),
	)
	session := sessionOf(t, pack)
	req := request(t, props{
		"text": secret(canary), "in": secret(props{"name": canary}), "any": props{"deep": []any{secret(canary)}}, "int": secret(canary),
	})
	results := session.Analyze(req)
	results = append(results, session.AnalyzeStack([]*pulumirpc.AnalyzerResource{
		{Urn: req.Urn, Type: req.Type, Name: req.Name, Properties: req.Properties},
	})...)
	require.Len(t, results, 6)
	for _, r := range results {
		assert.NotContains(t, r.Violations, canary)
		for _, text := range append(append(messages(r), r.Errors...), r.Reason) {
			assert.NotContains(t, text, canary)
		}
		for _, d := range pack.diagnostics(r) {
			assert.NotContains(t, d.String(), canary)
		}
	}
	assert.Contains(t, messages(results[0])[0], hidden)
}

// TestRedactionLeavesNoSecret compares with a search for each secret at each place, over texts made by chance of few letters.
func TestRedactionLeavesNoSecret(t *testing.T) {
	t.Parallel()
	chance := rand.New(rand.NewPCG(3, 4))
	word := func(n int) string {
		letters := make([]byte, n)
		for i := range letters {
			letters[i] = "ab"[chance.IntN(2)]
		}
		return string(letters)
	}
	for range 2000 {
		r := &redactor{ready: true}
		for range 1 + chance.IntN(8) {
			r.secrets = append(r.secrets, word(4+chance.IntN(6)))
		}
		slices.Sort(r.secrets)
		r.secrets = slices.Compact(r.secrets)
		text := word(40)
		masked := []byte(text)
		for _, secret := range r.secrets {
			for i := range text {
				if strings.HasPrefix(text[i:], secret) {
					copy(masked[i:], strings.Repeat("*", len(secret)))
				}
			}
		}
		kept := strings.ReplaceAll(string(masked), "*", "")
		assert.Equal(t, kept, strings.ReplaceAll(r.redact(text), hidden, ""), "%q of %q", text, r.secrets)
	}
}
