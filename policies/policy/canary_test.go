package policy

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource/sig"
	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"google.golang.org/protobuf/encoding/prototext"
)

// The canaries are secrets that must not get out: no part of them is in any other text.
const (
	canary       = "canary-7f3a"
	canaryNumber = 735190417
)

// canaryProps read a property in all ways there are.
type canaryProps struct {
	Any    Value[any]           `pulumi:"p"`
	Nested Value[canaryNested]  `pulumi:"nested"`
	Map    Map[canaryContainer] `pulumi:"map"`
	Number Value[int]           `pulumi:"number"`
}

type canaryNested struct {
	Text Value[string] `pulumi:"text"`
}

type canaryContainer = List[string]

// tell is all that a careless rule could say of a resource.
func tell(n *Node, d Deployment, p canaryProps) string {
	text := fmt.Sprintf("%v|%+v|%q|%v", p, p, p.Any, n.Provider().Setting("key"))
	if p.Any.Known() {
		text += fmt.Sprintf("|%v|%+v|%q|%s", p.Any.Get(), p.Any.Get(), p.Any.Get(), n.Provider().Setting("key").Get())
	}
	text += fmt.Sprintf("|%v|%s|%d", p.Nested.Get().Text.Get(), d.Config["a:key"], p.Number.Get())
	if p.Map.Known() {
		p.Map.Each(func(key string, texts List[string]) { text += fmt.Sprintf("|%s=%v", key, texts.Get()) })
	}
	return text
}

// canaryPack leaks whatever it can, in every way a rule can speak. It is meant to be run as a process.
func canaryPack() PackSpec {
	leak := func(id string, how func(r *Report, text string)) Policy {
		return policyOf(id, On(thing, func(r *Report, p canaryProps) { how(r, tell(r.Resource(), r.Deployment(), p)) }))
	}
	return PackSpec{Name: "canary", Version: "1.2.3", Level: Remediate, Policies: []Policy{
		leak("says", func(r *Report, text string) { r.Fail("%s", text) }),
		leak("panics", func(_ *Report, text string) { panic(text) }),
		leak("panics-with-an-error", func(_ *Report, text string) { panic(fmt.Errorf("not %s", text)) }),
		leak("errs", func(_ *Report, text string) { panic(&mistake{text}) }),
		leak("reasons", func(r *Report, text string) { r.NotApplicable(text) }),
		policyOf("indexes", On(thing, func(_ *Report, p canaryProps) { _ = []int{}[p.Number.Get()] })),
		policyOf("misreads", On(thing, func(_ *Report, p canaryProps) {
			p.Map.Each(func(_ string, texts List[string]) { texts.Get() })
		})),
		policyOf("mends", OnRemediate(thing, func(r *Remediation, p canaryProps) {
			r.Set("p", tell(r.Resource(), r.Deployment(), p))
		})),
		policyOf("mends-badly", OnRemediate(thing, func(r *Remediation, p canaryProps) {
			r.Set(tell(r.Resource(), r.Deployment(), p), 1)
		})),
		policyOf("stack", OnStack(func(r *StackReport, all struct {
			Things Resources[canaryProps] `pulumi:"test:index:Thing"`
		}) {
			all.Things.Each(func(c Resource[canaryProps]) { r.Fail(c.Node, "%s", tell(c.Node, r.Deployment(), c.Props)) })
		})),
		Exemptions,
	}}
}

// A secret planted wherever one can be must not get out of a pack: not in what it answers, in errors, in its evidence, or
// in what it prints.
func TestCanaryNeverLeavesThePack(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	cmd := inRole("canary pack")
	cmd.Env = append(cmd.Env, EvidenceVariable+"="+folder)
	var stderr strings.Builder
	cmd.Stderr = &stderr
	stdout, err := cmd.StdoutPipe()
	require.NoError(t, err)
	require.NoError(t, cmd.Start())
	c := client(t, readPort(t, stdout))

	type plant struct{ properties, provider, config props }
	var said strings.Builder
	for name, p := range map[string]plant{
		"a property":                 {properties: props{"p": secret(canary)}},
		"nested":                     {properties: props{"nested": secret(props{"text": canary})}},
		"a field of an object":       {properties: props{"p": props{"a": []any{props{"b": secret(canary)}}}}},
		"an element of a list":       {properties: props{"p": []any{"x", secret(canary), "y"}}},
		"a list":                     {properties: props{"map": props{"k": secret([]any{"x", canary})}}},
		"a key":                      {properties: props{"map": secret(props{canary: []any{"x"}})}},
		"a key of what is not known": {properties: props{"map": secret(props{canary: unknown})}},
		"a key in a list":            {properties: props{"p": secret([]any{props{canary: 1}})}},
		"a key of another kind":      {properties: props{"map": secret(props{canary: 7})}},
		"a number":                   {properties: props{"number": secret(canaryNumber), "p": secret(canaryNumber)}},
		"a number in a string":       {properties: props{"number": secret(fmt.Sprint(canaryNumber))}},
		"part of a longer string": {
			properties: props{"p": "https://me:" + canary + "@host/", "nested": props{"text": secret(canary)}}},
		"several lines":              {properties: props{"p": secret("-----\n" + canary + "\"\t\n-----")}},
		"an output":                  {properties: props{"p": secretOutput(canary)}},
		"of another kind":            {properties: props{"number": secret(canary)}},
		"the provider":               {provider: props{"key": secret(canary)}},
		"the provider, as JSON":      {provider: props{"key": secret(`{"a": ["` + canary + `"]}`)}, properties: props{"p": canary}},
		"the configuration":          {config: props{"a:key": canary}},
		"the configuration, as JSON": {config: props{"a:key": `["x", {"y": "` + canary + `"}]`}, properties: props{"p": "a " + canary}},
		"an unused property":         {properties: props{"other": secret(canary), "p": canary}},
	} {
		req := request(t, p.properties)
		req.Provider = &pulumirpc.AnalyzerProviderResource{Properties: encode(t, p.provider)}
		text := canaryAnswers(t, c, req, p.config)
		assertNoCanary(t, text, name)
		said.WriteString(text)
	}
	assert.Greater(t, strings.Count(said.String(), hidden), 100, "the rules do try")

	files, err := filepath.Glob(filepath.Join(folder, "*"))
	require.NoError(t, err)
	assert.Len(t, files, 20)
	for _, file := range files {
		evidence, err := os.ReadFile(file)
		require.NoError(t, err)
		assert.Contains(t, string(evidence), `"complete": true`)
		assertNoCanary(t, string(evidence), "evidence")
	}
	require.NoError(t, cmd.Process.Kill())
	_ = cmd.Wait()
	assertNoCanary(t, stderr.String(), "what it prints")
}

func assertNoCanary(t *testing.T, text, where string) {
	t.Helper()
	for _, part := range []string{canary, fmt.Sprint(canaryNumber), "7.35190417"} {
		if i := strings.Index(text, part); i >= 0 {
			t.Errorf("%s: the secret is in: %s", where, text[max(0, i-300):min(len(text), i+100)])
		}
	}
}

// canaryAnswers is all that the pack says about a resource in the stack, in answers and errors. The properties that a
// remediation answers with are data; they stay secret as they were.
func canaryAnswers(t *testing.T, c pulumirpc.AnalyzerClient, req *pulumirpc.AnalyzeRequest, config props) string {
	t.Helper()
	ctx := context.Background()
	stack := &pulumirpc.AnalyzerStackConfigureRequest{Stack: "dev", DryRun: true, Config: map[string]string{}}
	exempt := "none"
	for key, value := range config {
		stack.Config[key] = value.(string)
		stack.ConfigSecretKeys = append(stack.ConfigSecretKeys, key)
		exempt = value.(string)
	}
	_, err := c.ConfigureStack(ctx, stack)
	require.NoError(t, err)
	_, err = c.Configure(ctx, &pulumirpc.ConfigureAnalyzerRequest{PolicyConfig: map[string]*pulumirpc.PolicyConfig{
		exemptionsID: {EnforcementLevel: mandatory, Properties: encode(t, props{"list": []any{
			exemption(props{"policy": "stack", "expires": "9999-12-31", "reason": "for " + exempt}),
			exemption(props{"policy": "mends", "expires": "9999-12-31", "reason": "unused: " + exempt}),
		}})},
	}})
	require.NoError(t, err)
	analysis, err := c.Analyze(ctx, req)
	require.NoError(t, err)
	ofStack, err := c.AnalyzeStack(ctx, &pulumirpc.AnalyzeStackRequest{Resources: []*pulumirpc.AnalyzerResource{
		{Urn: req.Urn, Type: req.Type, Name: req.Name, Properties: req.Properties, Provider: req.Provider},
	}})
	require.NoError(t, err)
	mended, err := c.Remediate(ctx, req)
	for _, remediation := range mended.GetRemediations() {
		remediation.Properties = nil
	}
	return prototext.Format(analysis) + prototext.Format(ofStack) + prototext.Format(mended) + fmt.Sprint(err)
}

// secretOutput is a secret in the other of the two forms in which the engine may send one.
func secretOutput(value string) any {
	return props{sig.Key: sig.OutputValue, "value": value, "secret": true}
}
