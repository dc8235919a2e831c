package policy

import (
	"context"
	"strings"
	"testing"
	"time"

	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
	"google.golang.org/protobuf/types/known/emptypb"
	"google.golang.org/protobuf/types/known/structpb"
)

// serverOf is a server of policies named for what they do.
func serverOf(t *testing.T, level Level, policies ...Policy) *server {
	t.Helper()
	pack, err := NewPack(PackSpec{Name: "pack", Version: "1.2.3", Level: level, Policies: policies})
	require.NoError(t, err)
	return newServer(pack)
}

func policyOf(id string, rules ...Rule) Policy {
	return Policy{ID: id, Title: "Title of " + id + ".", Rules: rules}
}

func failing(id string) Policy {
	return policyOf(id, On(thing, func(r *Report, _ good) { r.Fail("failed") }))
}

func (s *server) configured(t *testing.T, levels map[string]pulumirpc.EnforcementLevel) *server {
	t.Helper()
	req := &pulumirpc.ConfigureAnalyzerRequest{PolicyConfig: map[string]*pulumirpc.PolicyConfig{}}
	for id, level := range levels {
		req.PolicyConfig[id] = &pulumirpc.PolicyConfig{EnforcementLevel: level}
	}
	_, err := s.Configure(context.Background(), req)
	require.NoError(t, err)
	return s
}

func (s *server) analyzed(t *testing.T, properties props) *pulumirpc.AnalyzeResponse {
	t.Helper()
	answer, err := s.Analyze(context.Background(), request(t, properties))
	require.NoError(t, err)
	return answer
}

func (s *server) remediated(t *testing.T, properties props) *pulumirpc.RemediateResponse {
	t.Helper()
	answer, err := s.Remediate(context.Background(), request(t, properties))
	require.NoError(t, err)
	return answer
}

const (
	advisory  = pulumirpc.EnforcementLevel_ADVISORY
	mandatory = pulumirpc.EnforcementLevel_MANDATORY
	disabled  = pulumirpc.EnforcementLevel_DISABLED
	remediate = pulumirpc.EnforcementLevel_REMEDIATE
)

func TestMetadataNeedsNoStack(t *testing.T) {
	t.Parallel()
	framework := Framework{"CIS AWS Foundations", "5.0.0"}
	pack, err := NewPack(PackSpec{
		Name: "pack", Version: "1.2.3", Level: Mandatory, DisplayName: "Pack", Description: "About.", Readme: "# Pack",
		Provider: "aws", Tags: []string{"x"}, Repository: "https://example.com/repo",
		Policies: []Policy{
			{
				ID: "full", Title: "Title.", Severity: Critical, Level: Disabled, Rationale: "Because.", Remediation: "Do it.",
				Controls: []Control{{framework, "5.3"}, {Framework{Name: "SOC 2"}, "CC6.6"}}, Tags: []string{"net"}, URL: "https://example.com",
				Rules: []Rule{On(thing, func(*Report, good) {})},
			},
			policyOf("stack", OnStack(func(*StackReport, struct{}) {})),
			policyOf("mixed", OnStack(func(*StackReport, struct{}) {}), On(thing, func(*Report, good) {})),
			policyOf("mends", OnRemediate(thing, func(*Remediation, good) {})),
		},
	})
	require.NoError(t, err)
	s := NewServer(pack)
	info, err := s.GetAnalyzerInfo(context.Background(), &emptypb.Empty{})
	require.NoError(t, err)
	assert.Equal(t, "pack|Pack|1.2.3|About.|# Pack|aws|https://example.com/repo", info.Name+"|"+info.DisplayName+"|"+info.Version+
		"|"+info.Description+"|"+info.Readme+"|"+info.Provider+"|"+info.Repository)
	assert.True(t, info.SupportsConfig)
	assert.Equal(t, []string{"x"}, info.Tags)
	require.Len(t, info.Policies, 4)

	full := info.Policies[0]
	assert.Equal(t, "full|Title.|Title.|Because.|Do it.|https://example.com", full.Name+"|"+full.DisplayName+"|"+full.Description+
		"|"+full.Message+"|"+full.RemediationSteps+"|"+full.Url)
	assert.Equal(t, disabled, full.EnforcementLevel)
	assert.Equal(t, pulumirpc.PolicySeverity_POLICY_SEVERITY_CRITICAL, full.Severity)
	assert.Equal(t, "CIS AWS Foundations|5.0.0|5.3", full.Framework.Name+"|"+full.Framework.Version+"|"+full.Framework.Reference)
	assert.Equal(t, []string{"net", "CIS AWS Foundations 5.0.0 5.3", "SOC 2 CC6.6"}, full.Tags)

	var types []pulumirpc.PolicyType
	for _, p := range info.Policies {
		types = append(types, p.PolicyType)
	}
	assert.Equal(t, []pulumirpc.PolicyType{1, 2, 0, 1}, types)
	assert.Equal(t, mandatory, info.Policies[1].EnforcementLevel, "the pack's level, where the policy has none")
	assert.Nil(t, info.Policies[1].Framework)

	plugin, err := s.GetPluginInfo(context.Background(), &emptypb.Empty{})
	require.NoError(t, err)
	assert.Equal(t, "1.2.3", plugin.Version)
}

func TestViolationText(t *testing.T) {
	t.Parallel()
	p := failing("p")
	p.Severity = High
	d := serverOf(t, Mandatory, p).analyzed(t, nil).Diagnostics
	require.Len(t, d, 1)
	assert.Equal(t, "p|pack|1.2.3|Title of p.|urn:thing", d[0].PolicyName+"|"+d[0].PolicyPackName+"|"+d[0].PolicyPackVersion+
		"|"+d[0].Description+"|"+d[0].Urn)
	assert.Equal(t, "Title of p.\nfailed", d[0].Message)
	assert.Equal(t, mandatory, d[0].EnforcementLevel)
	assert.Equal(t, pulumirpc.PolicySeverity_POLICY_SEVERITY_HIGH, d[0].Severity)

	p.Remediation = "Mend it."
	assert.Equal(t, "Title of p.\nfailed\nRemediation: Mend it.", serverOf(t, Mandatory, p).analyzed(t, nil).Diagnostics[0].Message)
	p.Rules = []Rule{On(thing, func(r *Report, _ good) { r.Fail("") })}
	assert.Equal(t, "Title of p.\nRemediation: Mend it.", serverOf(t, Mandatory, p).analyzed(t, nil).Diagnostics[0].Message)
}

func TestLevelComesFromConfigurationThenPolicyThenPack(t *testing.T) {
	t.Parallel()
	own := failing("own")
	own.Level = Mandatory
	levels := func(s *server) map[string]pulumirpc.EnforcementLevel {
		got := map[string]pulumirpc.EnforcementLevel{}
		for _, d := range s.analyzed(t, nil).Diagnostics {
			got[d.PolicyName] = d.EnforcementLevel
		}
		return got
	}
	type want = map[string]pulumirpc.EnforcementLevel
	s := serverOf(t, 0, own, failing("none"))
	assert.Equal(t, want{"own": mandatory, "none": advisory}, levels(s), "a pack is advisory by default")
	assert.Equal(t, want{"own": advisory, "none": mandatory}, levels(s.configured(t, want{"own": advisory, "none": mandatory})))
	assert.Equal(t, want{"own": mandatory}, levels(s.configured(t, want{"none": disabled})), "disabled skips")
	assert.Equal(t, want{"own": advisory, "none": mandatory}, levels(s.configured(t, want{"all": advisory, "none": mandatory})))
	assert.Equal(t, want{"own": mandatory, "none": advisory}, levels(s.configured(t, nil)))
	assert.Equal(t, want{"own": mandatory, "none": mandatory}, levels(serverOf(t, Mandatory, own, failing("none"))))
	assert.Empty(t, levels(serverOf(t, Disabled, failing("none"))))
}

func TestRemediateIsReportedAsMandatory(t *testing.T) {
	t.Parallel()
	stack := policyOf("stack", OnStack(func(r *StackReport, _ struct{}) { r.Fail(nil, "failed") }))
	s := serverOf(t, Remediate, failing("p"), stack)
	assert.Equal(t, mandatory, s.analyzed(t, nil).Diagnostics[0].EnforcementLevel)
	answer, err := s.AnalyzeStack(context.Background(), &pulumirpc.AnalyzeStackRequest{})
	require.NoError(t, err)
	require.Len(t, answer.Diagnostics, 1)
	assert.Equal(t, mandatory, answer.Diagnostics[0].EnforcementLevel)
	assert.Empty(t, answer.Diagnostics[0].Urn, "the engine takes the root stack")
}

func TestRemediationsRunAtLevelRemediateOnly(t *testing.T) {
	t.Parallel()
	mends := policyOf("mends", OnRemediate(thing, func(r *Remediation, _ good) { r.Set("a", "mended") }))
	for level, want := range map[Level]int{Advisory: 0, Mandatory: 0, Disabled: 0, Remediate: 1} {
		assert.Len(t, serverOf(t, level, mends).remediated(t, nil).Remediations, want, level)
	}
	r := serverOf(t, Remediate, mends).remediated(t, nil).Remediations[0]
	assert.Equal(t, "mends|pack|1.2.3|Title of mends.|", r.PolicyName+"|"+r.PolicyPackName+"|"+r.PolicyPackVersion+"|"+r.Description+"|"+r.Diagnostic)
	assertStruct(t, props{"a": "mended"}, r.Properties)
	assert.Empty(t, serverOf(t, Remediate, mends).remediated(t, props{"a": "mended"}).Remediations, "nothing to mend")
}

func TestNotApplicableTexts(t *testing.T) {
	t.Parallel()
	mends := policyOf("mends", OnRemediate(thing, func(*Remediation, good) {}))
	elsewhere := policyOf("elsewhere", On(other, func(*Report, good) {}), OnRemediate(other, func(*Remediation, good) {}))
	two := policyOf("two", On(other, func(*Report, good) {}), On("a:b:C", func(*Report, good) {}))
	says := policyOf("says", On(thing, func(r *Report, _ good) { r.NotApplicable("not this one") }),
		OnRemediate(thing, func(r *Remediation, _ good) { r.NotApplicable("nothing to do") }))
	stack := policyOf("stack", OnStack(func(*StackReport, struct{}) {}))
	off := failing("off")
	off.Level = Disabled
	s := serverOf(t, Remediate, mends, elsewhere, two, says, stack, off)

	texts := func(all []*pulumirpc.PolicyNotApplicable) map[string]string {
		got := map[string]string{}
		for _, na := range all {
			got[na.PolicyName] = na.Reason
		}
		return got
	}
	assert.Equal(t, map[string]string{
		"mends":     "Policy does not implement validateResource",
		"elsewhere": "Policy only applies to resources of type 'test:index:Other'",
		"two":       "Policy only applies to resources of types 'test:index:Other', 'a:b:C'",
		"says":      "not this one",
	}, texts(s.analyzed(t, nil).NotApplicable))
	assert.Equal(t, map[string]string{
		"elsewhere": "Policy only applies to resources of type 'test:index:Other'",
		"two":       "Policy does not implement remediateResource",
		"says":      "nothing to do",
	}, texts(s.remediated(t, nil).NotApplicable))
}

func TestAnswersDoNotShareWhatTheyAddTo(t *testing.T) {
	t.Parallel()
	elsewhere := func(id string) Policy {
		return policyOf(id, On(other, func(*Report, good) {}), OnRemediate(other, func(*Remediation, good) {}))
	}
	s := serverOf(t, Remediate, elsewhere("1"), elsewhere("2"), elsewhere("3"),
		policyOf("says", On(thing, func(r *Report, g good) { r.NotApplicable(g.A.Get()) }),
			OnRemediate(thing, func(r *Remediation, g good) { r.NotApplicable(g.A.Get()) })))
	first, second := s.analyzed(t, props{"a": "first"}), s.analyzed(t, props{"a": "second"})
	assert.Equal(t, "first", first.NotApplicable[3].Reason)
	assert.Equal(t, "second", second.NotApplicable[3].Reason)
	mended, again := s.remediated(t, props{"a": "first"}), s.remediated(t, props{"a": "second"})
	assert.Equal(t, "first", mended.NotApplicable[3].Reason)
	assert.Equal(t, "second", again.NotApplicable[3].Reason)
}

func TestUnknownsAreAdvisory(t *testing.T) {
	t.Parallel()
	p := policyOf("p", On(thing, func(r *Report, g good) { r.Fail("earlier"); g.A.Get() }),
		OnStack(func(_ *StackReport, s thingsAndOthers) { s.Things.Get()[0].Props.A.Get() }),
		OnRemediate(thing, func(r *Remediation, g good) { r.Set("a", g.A.Get()+"!") }))
	p.Level = Remediate
	s := serverOf(t, 0, p)
	d := s.analyzed(t, props{"a": unknown}).Diagnostics
	require.Len(t, d, 2)
	assert.Equal(t, "Title of p.\nearlier", d[0].Message, "earlier violations are kept")
	assert.Equal(t, mandatory, d[0].EnforcementLevel)
	assert.Equal(t, "can't run policy 'p' from policy pack 'pack@v1.2.3' during preview: string value at .a can't be known during preview", d[1].Message)
	assert.Equal(t, advisory, d[1].EnforcementLevel)
	assert.Empty(t, d[1].Urn)

	answer, err := s.AnalyzeStack(context.Background(), &pulumirpc.AnalyzeStackRequest{Resources: []*pulumirpc.AnalyzerResource{
		{Type: thing, Urn: "urn:thing", Properties: encode(t, props{"a": unknown})},
	}})
	require.NoError(t, err)
	require.Len(t, answer.Diagnostics, 1)
	assert.Equal(t, "can't run policy 'p' from policy pack 'pack@v1.2.3' during preview: "+
		"string value at .a can't be known during preview (resource urn:thing)", answer.Diagnostics[0].Message)

	remediations := s.remediated(t, props{"a": unknown}).Remediations
	require.Len(t, remediations, 1)
	assert.Equal(t, "can't run remediation 'p' from policy pack 'pack@v1.2.3' during preview: "+
		"string value at .a can't be known during preview", remediations[0].Diagnostic)
	assert.Nil(t, remediations[0].Properties)
}

func TestUnknownsAreNamedByType(t *testing.T) {
	t.Parallel()
	for sentinel, name := range map[string]string{
		"1c4a061d-8072-4f0a-a4cb-0ff528b18fe7": "boolean",
		"3eeb2bf0-c639-47a8-9e75-3b44932eb421": "number",
		"04da6b54-80e4-46f7-96ec-b56ff0331ba9": "string",
		"6a19a0b0-7e62-4c92-b797-7f8e31da9cc2": "Array",
		"030794c1-ac77-496b-92df-f27374a8bd58": "asset",
		"e48ece36-62e2-4504-bad9-02848725956a": "archive",
		"dd056dcd-154b-4c76-9bd3-c8f88648b5ff": "Object",
	} {
		got := read(t, props{"a": sentinel}, func(g good) { g.A.Get() })
		assert.Equal(t, []string{name + " value at .a can't be known during preview"}, got.Unknowns)
	}
}

func TestErrorsFailClosed(t *testing.T) {
	t.Parallel()
	p := policyOf("p", On(thing, func(_ *Report, g good) { g.A.Get() }),
		OnStack(func(*StackReport, struct{}) { panic("secret") }))
	for level, want := range map[Level]pulumirpc.EnforcementLevel{Mandatory: mandatory, Remediate: mandatory, Advisory: advisory} {
		s := serverOf(t, level, p)
		d := s.analyzed(t, props{"a": []any{}}).Diagnostics
		require.Len(t, d, 1)
		assert.Equal(t, want, d[0].EnforcementLevel)
		assert.Equal(t, "urn:thing", d[0].Urn)
		assert.Contains(t, d[0].Message, "policy 'p' from policy pack 'pack@v1.2.3' could not check urn:thing (test:index:Thing): "+
			"the value at .a is a list where the policy expects a string.")
		assert.Contains(t, d[0].Message, `configure its enforcement level as "advisory" or "disabled"`)
		assert.Equal(t, want == mandatory, strings.Contains(d[0].Message, "The policy is mandatory, so this counts as a violation."))

		answer, err := s.AnalyzeStack(context.Background(), &pulumirpc.AnalyzeStackRequest{})
		require.NoError(t, err)
		assert.Contains(t, answer.Diagnostics[0].Message, "could not check the stack: it panicked at server_test.go:")
	}
}

func TestFailedRemediationFailsTheCall(t *testing.T) {
	t.Parallel()
	s := serverOf(t, Remediate, policyOf("p", OnRemediate(thing, func(r *Remediation, _ good) { r.Set("b", 1) })))
	_, err := s.Remediate(context.Background(), request(t, nil))
	assert.ErrorContains(t, err, "Error remediating resource with remediation 'p' from policy pack 'pack@v1.2.3':\n"+
		"urn:thing (test:index:Thing): it set \"b\", which its struct policy.good does not declare.")
}

func TestConfigurationMistakesAreRefused(t *testing.T) {
	t.Parallel()
	s := serverOf(t, Mandatory, failing("no-open-ports"), failing("other"))
	configure := func(id string, level pulumirpc.EnforcementLevel) error {
		_, err := s.Configure(context.Background(), &pulumirpc.ConfigureAnalyzerRequest{
			PolicyConfig: map[string]*pulumirpc.PolicyConfig{id: {EnforcementLevel: level}},
		})
		return err
	}
	err := configure("no-open-port", advisory)
	assert.Equal(t, codes.InvalidArgument, status.Code(err))
	assert.ErrorContains(t, err, `the configuration of policy pack "pack" is wrong: there is no policy "no-open-port"; did you mean "no-open-ports"?`)
	assert.ErrorContains(t, configure("other", 17), `policy "other" has the enforcement level 17, which does not exist`)
	assert.Equal(t, mandatory, s.analyzed(t, nil).Diagnostics[0].EnforcementLevel, "the old configuration stays")

	properties, err := structpb.NewStruct(props{"ports": []any{22}, "cidr": "10.0.0.0/8"})
	require.NoError(t, err)
	_, err = s.Configure(context.Background(), &pulumirpc.ConfigureAnalyzerRequest{
		PolicyConfig: map[string]*pulumirpc.PolicyConfig{"other": {Properties: properties}},
	})
	assert.ErrorContains(t, err, `policy "other": it has no settings but its enforcement level; given: cidr, ports`)

	_, err = s.pack.NewSession(Deployment{}, map[string]Setting{"x": {Level: 9}, "other": {Level: -1}})
	assert.ErrorContains(t, err, `policy "other" has the level -1, which does not exist; policy "x" has the level 9`)
}

func TestStackIsKeptAcrossConfigure(t *testing.T) {
	t.Parallel()
	var got Deployment
	s := serverOf(t, Mandatory, policyOf("p", On(thing, func(r *Report, _ good) { got = r.Deployment() })))
	_, err := s.Handshake(context.Background(), &pulumirpc.AnalyzerHandshakeRequest{})
	require.NoError(t, err)
	_, err = s.ConfigureStack(context.Background(), &pulumirpc.AnalyzerStackConfigureRequest{
		Organization: "org", Project: "proj", Stack: "dev", DryRun: true, Tags: map[string]string{"a": "b"},
		Config: map[string]string{"c": "d"}, ConfigSecretKeys: []string{"c"},
	})
	require.NoError(t, err)
	s.configured(t, map[string]pulumirpc.EnforcementLevel{"p": advisory}).analyzed(t, nil)
	assert.False(t, got.Time.IsZero(), "rules know when they run")
	got.Time = time.Time{}
	assert.Equal(t, Deployment{
		Organization: "org", Project: "proj", Stack: "dev", DryRun: true, Tags: map[string]string{"a": "b"},
		Config: map[string]string{"c": "d"}, SecretKeys: []string{"c"},
	}, got)
}

func TestCancelRefusesFurtherWork(t *testing.T) {
	t.Parallel()
	s := serverOf(t, Mandatory, failing("p"))
	_, err := s.Cancel(context.Background(), &emptypb.Empty{})
	require.NoError(t, err)
	_, err = s.Analyze(context.Background(), request(t, nil))
	assert.Equal(t, codes.Canceled, status.Code(err))
	_, err = s.AnalyzeStack(context.Background(), &pulumirpc.AnalyzeStackRequest{})
	assert.Equal(t, codes.Canceled, status.Code(err))
	_, err = s.Remediate(context.Background(), request(t, nil))
	assert.Equal(t, codes.Canceled, status.Code(err))
}
