package policy

import (
	"context"
	"testing"
	"time"

	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
)

// exemption is a sound one as it is configured, with changes.
func exemption(change props) props {
	e := props{"policy": "net-*", "resource": "*", "owner": "ann", "reason": "It moves.", "expires": "2026-06-30"}
	for key, value := range change {
		e[key] = value
	}
	return e
}

func listOf(exemptions ...any) map[string]Setting {
	return map[string]Setting{exemptionsID: {Properties: props{"list": exemptions}}}
}

// exemptable is a pack with exemptions, of mandatory policies.
func exemptable(t *testing.T, policies ...Policy) *Pack {
	t.Helper()
	return serverOf(t, Mandatory, append(policies, Exemptions)...).pack
}

// onDay is a deployment of the stack dev at a time on 2026-06-30 or near it.
func onDay(t *testing.T, at string) Deployment {
	t.Helper()
	moment, err := time.Parse(time.RFC3339, at)
	require.NoError(t, err)
	return Deployment{Project: "proj", Stack: "dev", Time: moment}
}

const before, after = "2026-06-30T23:59:59Z", "2026-07-01T00:00:00Z"

func TestWhatAnExemptionCovers(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name    string
		change  props
		at      string
		outcome Outcome
	}{
		{"its policies and any resource", nil, before, Exempted},
		{"any policy and its resources", props{"policy": "", "resource": "urn:th*"}, before, Exempted},
		{"its policies, with no resource given", props{"resource": ""}, before, Exempted},
		{"one policy by name", props{"policy": "net-closed"}, before, Exempted},
		{"a type", props{"resource": "test:index:*"}, before, Exempted},
		{"a URN", props{"resource": "urn:thing"}, before, Exempted},
		{"nothing the day after", nil, after, Failed},
		{"nothing the day after, where it is later", nil, "2026-07-01T02:00:00+02:00", Failed},
		{"its last day, where it is later", nil, "2026-07-01T01:59:59+02:00", Exempted},
		{"not another policy", props{"policy": "other"}, before, Failed},
		{"not the middle of a name", props{"policy": "net-close*", "resource": "thing"}, before, Failed},
		{"not another resource", props{"resource": "urn:*other"}, before, Failed},
		{"a glob is no regular expression", props{"resource": "urn.thing"}, before, Failed},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			pack := exemptable(t, failing("net-closed"), policyOf("other", On(other, func(*Report, good) {})))
			session, err := pack.NewSession(onDay(t, tt.at), listOf(exemption(tt.change)))
			require.NoError(t, err)
			results := session.Analyze(request(t, nil))
			require.Len(t, results, 1)
			assert.Equal(t, tt.outcome, results[0].Outcome)
			use := session.Exemptions()
			require.Len(t, use, 1)
			if tt.outcome == Failed {
				assert.Equal(t, []string{"failed"}, messages(results[0]))
				assert.Empty(t, results[0].Exempted)
				assert.Zero(t, use[0].Used)
				return
			}
			assert.Empty(t, results[0].Violations)
			require.Len(t, results[0].Exempted, 1)
			assert.Equal(t, Violation{"urn:thing", "failed"}, results[0].Exempted[0].Violation)
			assert.Equal(t, "Exempted until 2026-06-30 by ann: It moves.", results[0].Exempted[0].Exemption.String())
			assert.Equal(t, 1, use[0].Used)
		})
	}
}

func TestExemptionsCoverViolationsOneByOne(t *testing.T) {
	t.Parallel()
	type things struct {
		All Resources[good] `pulumi:"test:index:Thing"`
	}
	p := policyOf("net", OnStack(func(r *StackReport, s things) {
		s.All.Each(func(n Resource[good]) { r.Fail(n.Node, "open") })
		r.Fail(nil, "no log")
	}))
	outcome := func(exemptions ...any) ([]string, Outcome) {
		session, err := exemptable(t, p).NewSession(onDay(t, before), listOf(exemptions...))
		require.NoError(t, err)
		result := session.AnalyzeStack([]*pulumirpc.AnalyzerResource{{Type: thing, Urn: "urn:a"}, {Type: thing, Urn: "urn:b"}})[0]
		var left []string
		for _, v := range result.Violations {
			left = append(left, v.URN+" "+v.Message)
		}
		assert.Len(t, result.Exempted, 3-len(left))
		return left, result.Outcome
	}
	of := func(resource string) props { return exemption(props{"policy": "net", "resource": resource}) }

	left, got := outcome(of("urn:b"))
	assert.Equal(t, []string{"urn:a open", " no log"}, left)
	assert.Equal(t, Failed, got, "an exemption of one does not cover another")
	left, _ = outcome(of("pulumi:pulumi:Stack"))
	assert.Equal(t, []string{"urn:a open", "urn:b open"}, left)
	left, _ = outcome(of("urn:pulumi:dev::proj::pulumi:pulumi:Stack::proj-dev"))
	assert.Equal(t, []string{"urn:a open", "urn:b open"}, left)
	left, got = outcome(of("urn:a"), of(thing), of("*Stack"))
	assert.Empty(t, left)
	assert.Equal(t, Exempted, got)
}

func TestExemptionsCoverNothingButViolations(t *testing.T) {
	t.Parallel()
	pack := exemptable(t,
		policyOf("passes", On(thing, func(*Report, good) {})),
		policyOf("unknown", On(thing, func(r *Report, g good) { r.Fail("certain"); g.A.Get() })),
		policyOf("panics", On(thing, func(r *Report, _ good) { r.Fail("certain"); panic(1) })))
	session, err := pack.NewSession(onDay(t, before), listOf(exemption(props{"policy": "*"})))
	require.NoError(t, err)
	var outcomes []Outcome
	for _, r := range session.Analyze(request(t, props{"a": unknown})) {
		outcomes = append(outcomes, r.Outcome)
	}
	assert.Equal(t, []Outcome{Passed, Undetermined, Errored}, outcomes)
	assert.Equal(t, 2, session.Exemptions()[0].Used)
}

func TestExpiredExemptionsAreViolationsOfTheStack(t *testing.T) {
	t.Parallel()
	list := listOf(exemption(props{"expires": "2099-01-01", "policy": "*", "resource": ""}),
		exemption(props{"owner": "bob", "reason": "Hush it.", "resource": ""}))
	deployment := onDay(t, after)
	deployment.Config, deployment.SecretKeys = map[string]string{"key": "Hush"}, []string{"key"}
	session, err := exemptable(t, failing("net-closed")).NewSession(deployment, list)
	require.NoError(t, err)
	results := session.AnalyzeStack(nil)
	require.Len(t, results, 1)
	assert.Equal(t, Failed, results[0].Outcome, "no exemption covers it")
	assert.Equal(t, Mandatory, results[0].Level)
	assert.Equal(t, []string{`Exemption 1 (policy "net-*", resource "*") expired on 2026-06-30. Owner: bob. Reason: [secret] it.`}, messages(results[0]))
	assert.True(t, session.Exemptions()[1].Expired)
	assert.False(t, session.Exemptions()[0].Expired)

	session, err = exemptable(t, failing("net-closed")).NewSession(onDay(t, before), list)
	require.NoError(t, err)
	assert.Equal(t, Passed, session.AnalyzeStack(nil)[0].Outcome)
	none := sessionOf(t, exemptable(t, failing("net-closed"))).AnalyzeStack(nil)[0]
	assert.Equal(t, NotApplicable, none.Outcome)

	list[exemptionsID] = Setting{Level: Disabled, Properties: list[exemptionsID].Properties}
	session, err = exemptable(t, failing("net-closed")).NewSession(onDay(t, before), list)
	require.NoError(t, err)
	assert.Equal(t, Failed, session.Analyze(request(t, nil))[0].Outcome, "disabled, nothing is exempt")
	assert.Empty(t, session.Exemptions())
}

func TestMalformedExemptionsAreErrorsOfTheConfiguration(t *testing.T) {
	t.Parallel()
	pack := exemptable(t, failing("net-closed"))
	tests := map[string]props{
		`list.0 names neither a policy nor a resource`:                                                 {"policy": "", "resource": ""},
		`list.0 has the policy "net-opened", which the pack does not have; did you mean "net-closed"?`: {"policy": "net-opened"},
		`list.0 has the policy "exemptions", which the pack does not have`:                             {"policy": "exemptions"},
		`list.0 has no owner`:  {"owner": " "},
		`list.0 has no reason`: {"reason": "\n"},
		`list.0.reason is 0 characters long, but must be at least 1`:          {"reason": ""},
		`list.0 expires on "30.06.2026", which is not a date like 2026-12-31`: {"expires": "30.06.2026"},
		`list.0 expires on "2026-02-30", which is not a date like 2026-12-31`: {"expires": "2026-02-30"},
		`list.0.expiry is not a setting; did you mean "expires"?`:             {"expiry": "2026-06-30"},
		`list.0.owner is a number where the policy expects a string`:          {"owner": 1},
	}
	for want, change := range tests {
		_, err := pack.NewSession(onDay(t, before), listOf(exemption(change)))
		assert.ErrorContains(t, err, `policy "exemptions": `+want)
	}
	_, err := pack.NewSession(onDay(t, before), listOf(props{"policy": "net-*"}, exemption(props{"owner": " "})))
	for _, want := range []string{"list.0.owner is missing", "list.0.reason is missing", "list.0.expires is missing", "list.1 has no owner"} {
		assert.ErrorContains(t, err, want, "all at once")
	}

	_, err = NewPack(PackSpec{Name: "p", Version: "1.0.0", Policies: []Policy{failing("net"), Exemptions},
		Initial: listOf(exemption(props{"policy": "net", "expires": "soon"}))})
	assert.ErrorContains(t, err, `Initial: policy "exemptions": list.0 expires on "soon"`)
	_, err = NewPack(PackSpec{Name: "p", Version: "1.0.0", Policies: []Policy{failing(exemptionsID)}})
	assert.ErrorContains(t, err, `its ID is "exemptions", which is that of policy.Exemptions`)
}

func TestExemptResourcesAreNotMended(t *testing.T) {
	t.Parallel()
	mends := policyOf("net", OnRemediate(thing, func(r *Remediation, _ good) { r.Set("a", "mended") }))
	mends.Level = Remediate
	s := newServer(exemptable(t, mends))
	list := listOf(exemption(props{"policy": "net"}))
	require.NoError(t, s.setUp(onDay(t, before), list))
	got := s.remediated(t, props{"a": "kept"}).Remediations
	require.Len(t, got, 1)
	assert.Nil(t, got[0].Properties)
	assert.Equal(t, "Title of net.\nIt is left as it is.\nExempted until 2026-06-30 by ann: It moves.", got[0].Diagnostic)
	assert.Empty(t, s.remediated(t, props{"a": "mended"}).Remediations, "nothing to mend, nothing to exempt")
	assert.Equal(t, 1, s.session.Exemptions()[0].Used)

	require.NoError(t, s.setUp(onDay(t, after), list))
	got = s.remediated(t, props{"a": "kept"}).Remediations
	require.Len(t, got, 1)
	assertStruct(t, props{"a": "mended"}, got[0].Properties)
}

func TestExemptedViolationsAreShownAsAdvisory(t *testing.T) {
	t.Parallel()
	p := failing("net-closed")
	p.Remediation = "Close it."
	s := newServer(exemptable(t, p))
	require.NoError(t, s.setUp(onDay(t, before), listOf(exemption(nil))))
	d := s.analyzed(t, nil).Diagnostics
	require.Len(t, d, 1)
	assert.Equal(t, advisory, d[0].EnforcementLevel)
	assert.Equal(t, "urn:thing", d[0].Urn)
	assert.Equal(t, "Title of net-closed.\nfailed\nExempted until 2026-06-30 by ann: It moves.", d[0].Message)

	deployment := onDay(t, before)
	deployment.Config, deployment.SecretKeys = map[string]string{"a": "hush1", "b": "hush2"}, []string{"a", "b"}
	require.NoError(t, s.setUp(deployment, listOf(exemption(props{"owner": "hush1", "reason": "As hush2."}))))
	assert.Contains(t, s.analyzed(t, nil).Diagnostics[0].Message, "by [secret]: As [secret].")

	err := s.setUp(onDay(t, before), listOf(exemption(props{"owner": " "})))
	assert.Equal(t, codes.InvalidArgument, status.Code(err))
}

func TestUnusedExemptionsAreToldOf(t *testing.T) {
	t.Parallel()
	reads := On(thing, func(r *Report, g good) {
		if g.A.Get() == "bad" {
			r.Fail("bad")
		}
	})
	readsAll := OnStack(func(r *StackReport, s thingsAndOthers) {
		s.Things.Each(func(n Resource[good]) {
			if n.Props.A.Get() == "bad" {
				r.Fail(n.Node, "bad")
			}
		})
	})
	tests := []struct {
		name   string
		rule   Rule
		a      any
		change props
		unused bool
	}{
		{"nothing is violated", reads, "fine", nil, true},
		{"what is violated is exempt", reads, "bad", nil, false},
		{"something else is violated", reads, "bad", props{"resource": "urn:else"}, true},
		{"it may be violated", reads, unknown, nil, false},
		{"something else may be violated", reads, unknown, props{"resource": "urn:else"}, true},
		{"whether it is could not be checked", On(thing, func(*Report, good) { panic(1) }), "fine", nil, false},
		{"it has expired, which is told elsewhere", reads, "fine", props{"expires": "2026-06-29"}, false},
		{"nothing in the stack is violated", readsAll, "fine", nil, true},
		{"something in the stack is exempt, by a later policy", readsAll, "bad", nil, false},
		{"anything in the stack may be violated", readsAll, unknown, props{"resource": "urn:else"}, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			pack := serverOf(t, Mandatory, Exemptions, policyOf("net-closed", tt.rule)).pack
			session, err := pack.NewSession(onDay(t, before), listOf(exemption(tt.change)))
			require.NoError(t, err)
			req := request(t, props{"a": tt.a})
			session.Analyze(req)
			exemptions := session.AnalyzeStack([]*pulumirpc.AnalyzerResource{{Type: thing, Urn: req.Urn, Properties: req.Properties}})[0]
			assert.Equal(t, tt.unused, session.Exemptions()[0].Unused)
			assert.Equal(t, tt.unused, len(exemptions.Advice) == 1, "%q", exemptions.Advice)
		})
	}

	s := newServer(exemptable(t, failing("net-closed")))
	require.NoError(t, s.setUp(onDay(t, before), listOf(exemption(nil))))
	answer, err := s.AnalyzeStack(context.Background(), &pulumirpc.AnalyzeStackRequest{})
	require.NoError(t, err)
	require.Len(t, answer.Diagnostics, 1)
	assert.Equal(t, advisory, answer.Diagnostics[0].EnforcementLevel, "though the policy is mandatory")
	assert.Empty(t, answer.Diagnostics[0].Urn, "it is the stack's")
	assert.Equal(t, `Exemption 0 (policy "net-*", resource "*") exempted nothing: unless another stack needs it, it can go. `+
		"Owner: ann. Reason: It moves.", answer.Diagnostics[0].Message)
	deployment := onDay(t, before)
	deployment.Config, deployment.SecretKeys = map[string]string{"key": "hush"}, []string{"key"}
	require.NoError(t, s.setUp(deployment, listOf(exemption(props{"reason": "Was hush."}))))
	assert.Contains(t, s.session.AnalyzeStack(nil)[0].Advice[0], "Was [secret].")
}
