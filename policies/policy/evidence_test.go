package policy

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/holdfast-iac/holdfast/policies/internal/wire"
	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// keeping is the server with evidence in a folder of its own, set up for a preview or an update of the stack dev.
func (s *server) keeping(t *testing.T, dryRun bool) (kept *server, folder string) {
	t.Helper()
	s.evidence = filepath.Join(t.TempDir(), "made", "on demand")
	s.stack(t, dryRun)
	return s, s.evidence
}

func (s *server) stack(t *testing.T, dryRun bool) {
	t.Helper()
	_, err := s.ConfigureStack(context.Background(), &pulumirpc.AnalyzerStackConfigureRequest{
		Organization: "org", Project: "proj", Stack: "de/v", DryRun: dryRun,
	})
	require.NoError(t, err)
}

func (s *server) analyzedStack(t *testing.T) {
	t.Helper()
	_, err := s.AnalyzeStack(context.Background(), &pulumirpc.AnalyzeStackRequest{})
	require.NoError(t, err)
}

// kept is all evidence in a folder, in the order of the files' names.
func kept(t *testing.T, folder string) []Evidence {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(folder, "*"))
	require.NoError(t, err)
	all := make([]Evidence, len(files))
	for i, file := range files {
		text, err := os.ReadFile(file)
		require.NoError(t, err)
		require.NoError(t, json.Unmarshal(text, &all[i]), "%s", text)
	}
	return all
}

// onlyKept is the one piece of evidence in a folder.
func onlyKept(t *testing.T, folder string) Evidence {
	t.Helper()
	all := kept(t, folder)
	require.Len(t, all, 1)
	return all[0]
}

// outcomes are the results by policy.
func (e Evidence) outcomes() map[string]string {
	outcomes := map[string]string{}
	for _, r := range e.Results {
		outcomes[r.Policy] += r.Outcome
	}
	return outcomes
}

// fileOfEveryOutcome is the evidence of a preview in which policies come to every outcome.
func fileOfEveryOutcome(t *testing.T) string {
	t.Helper()
	failed := failing("failed")
	failed.Severity = High
	failed.Controls = []Control{{Framework{"SOC 2", "2017"}, "CC6.6"}}
	server := serverOf(t, Advisory, failed, failing("net-exempt"), Exemptions,
		policyOf("passed", On(thing, func(*Report, good) {})),
		policyOf("unknown", On(thing, func(_ *Report, s scalars) { s.Text.Get() })),
		policyOf("errored", On(thing, func(*Report, good) { panic("x") })),
		policyOf("reasoned", On(thing, func(r *Report, _ good) { r.NotApplicable("for a reason") })),
		policyOf("other", On(other, func(*Report, good) {})),
		policyOf("off", On(thing, func(*Report, good) {})),
		policyOf("whole", OnStack(func(r *StackReport, _ struct{}) { r.Fail(nil, "a stack's") })),
	)
	list, err := wire.Encode(props{"list": []any{
		exemption(props{"expires": "9999-12-31"}), exemption(props{"policy": "passed", "expires": "9999-12-31"})}})
	require.NoError(t, err)
	_, err = server.Configure(context.Background(), &pulumirpc.ConfigureAnalyzerRequest{PolicyConfig: map[string]*pulumirpc.PolicyConfig{
		"off":        {EnforcementLevel: disabled},
		exemptionsID: {EnforcementLevel: mandatory, Properties: list.GetStructValue()},
	}})
	require.NoError(t, err)
	server, folder := server.keeping(t, true)
	server.analyzed(t, props{"text": unknown})
	server.analyzedStack(t)
	files, err := filepath.Glob(filepath.Join(folder, "*"))
	require.NoError(t, err)
	require.Len(t, files, 1)
	return files[0]
}

func TestEvidenceOfEveryOutcome(t *testing.T) {
	t.Parallel()
	e := onlyKept(t, filepath.Dir(fileOfEveryOutcome(t)))
	assert.Equal(t, []any{1, "pack", "1.2.3", "org", "proj", "de/v", "preview", true},
		[]any{e.Version, e.Pack, e.PackVersion, e.Organization, e.Project, e.Stack, e.Operation, e.Complete})
	assert.WithinDuration(t, time.Now(), e.Started, time.Minute)
	assert.False(t, e.Written.Before(e.Started))
	assert.Equal(t, EvidencePolicyInfo{"failed", "Title of failed.", "high", "advisory",
		[]EvidenceControl{{"SOC 2", "2017", "CC6.6"}}}, e.Policies[0])
	assert.Equal(t, "disabled", e.Policies[8].Level)
	assert.Equal(t, []EvidenceResource{{"urn:thing", thing, []string{"other"}}}, e.Resources)
	assert.Equal(t, map[string]string{
		"failed": "failed", "net-exempt": "exempted", "passed": "passed", "unknown": "undetermined", "errored": "errored",
		"reasoned": "not applicable", "whole": "failed", exemptionsID: "passed",
	}, e.outcomes())
	assert.Equal(t, EvidenceResult{Policy: "failed", URN: "urn:thing", Outcome: "failed",
		Violations: []EvidenceViolation{{URN: "urn:thing", Message: "failed"}}}, e.Results[0])
	assert.Equal(t, "ann", e.Results[1].Violations[0].Exemption.Owner)
	assert.Equal(t, []string{"string value at .text can't be known during preview"}, e.Results[3].Unknowns)
	assert.Contains(t, e.Results[4].Errors[0], "it panicked at evidence_test.go")
	assert.Equal(t, "for a reason", e.Results[5].Reason)
	require.Len(t, e.Exemptions, 2)
	assert.Equal(t, []int{1, 0}, []int{e.Exemptions[0].Used, e.Exemptions[1].Used}, "the second is not needed")
	assert.Equal(t, []bool{false, true}, []bool{e.Exemptions[0].Unused, e.Exemptions[1].Unused})
	told := e.Results[slices.IndexFunc(e.Results, func(r EvidenceResult) bool { return r.Policy == exemptionsID })]
	require.Len(t, told.Advice, 1)
	assert.Contains(t, told.Advice[0], `Exemption 1 (policy "passed", resource "*") exempted nothing`)
}

func TestEvidenceOfWhatTheEngineEndsEarly(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name   string
		dryRun bool
		level  Level
		wait   bool // until what is written a moment later is there
		then   func(t *testing.T, s *server)
	}{
		{"at a violation that stops an update, at once", false, Mandatory, false, nil},
		{"at another resource's failure, a moment later", false, Advisory, true, nil},
		{"in a preview, a moment later", true, Mandatory, true, nil},
		{"when it cancels", true, Mandatory, false, func(t *testing.T, s *server) {
			_, err := s.Cancel(context.Background(), nil)
			require.NoError(t, err)
		}},
		{"when it sets up the next operation", true, Mandatory, false, func(t *testing.T, s *server) { s.stack(t, false) }},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			server, folder := serverOf(t, tt.level, failing("p")).keeping(t, tt.dryRun)
			assert.Empty(t, kept(t, folder), "nothing was checked yet")
			server.analyzed(t, nil)
			if tt.then != nil {
				tt.then(t, server)
			}
			if tt.wait {
				written := func() bool { files, _ := filepath.Glob(filepath.Join(folder, "*.json")); return len(files) == 1 }
				assert.Eventually(t, written, 5*time.Second, 10*time.Millisecond)
			}
			e := onlyKept(t, folder)
			assert.False(t, e.Complete)
			assert.Equal(t, map[string]string{"p": "failed"}, e.outcomes())
		})
	}
}

func TestEvidenceOfRemediations(t *testing.T) {
	t.Parallel()
	mending := policyOf("mend",
		OnRemediate(thing, func(r *Remediation, s scalars) { r.Set("text", "mended") }))
	server, folder := serverOf(t, Remediate, mending).keeping(t, false)
	server.remediated(t, nil)
	server.remediated(t, props{"text": "mended"})
	server.analyzedStack(t)
	results := onlyKept(t, folder).Results
	require.Len(t, results, 2)
	assert.Equal(t, EvidenceResult{Policy: "mend", URN: "urn:thing", Remediation: true, Changed: true, Outcome: "passed"}, results[0])
	assert.False(t, results[1].Changed)

	breaking := policyOf("mend", OnRemediate(thing, func(*Remediation, scalars) { panic("x") }))
	server, folder = serverOf(t, Remediate, breaking).keeping(t, true)
	_, err := server.Remediate(context.Background(), request(t, nil))
	require.Error(t, err)
	assert.Equal(t, map[string]string{"mend": "errored"}, onlyKept(t, folder).outcomes(), "it ends the operation, so it is there at once")
}

func TestPacksAndOperationsShareAFolder(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	for range 2 {
		server := serverOf(t, Advisory, failing("p"))
		server.evidence = folder
		for _, dryRun := range []bool{true, false} {
			server.stack(t, dryRun)
			server.analyzed(t, nil)
			server.analyzedStack(t)
		}
	}
	assert.Len(t, kept(t, folder), 4)
	files, err := filepath.Glob(filepath.Join(folder, "*"))
	require.NoError(t, err)
	for _, file := range files {
		assert.Regexp(t, `^\d{8}T\d{6}Z\.pack\.proj\.de-v\.(preview|update)\.[A-Z2-7]{8}\.json$`, filepath.Base(file))
		info, err := os.Stat(file)
		require.NoError(t, err)
		assert.Equal(t, os.FileMode(0o600), info.Mode().Perm())
	}
}

func TestFolderForEvidenceIsConfigured(t *testing.T) {
	t.Parallel()
	configured, fallback := t.TempDir(), t.TempDir()
	for name, test := range map[string]struct {
		setting Setting
		folder  string
	}{
		"by the configuration":             {Setting{Properties: props{"folder": configured}}, configured},
		"by the environment":               {Setting{}, fallback},
		"by the environment, if disabled":  {Setting{Level: Disabled, Properties: props{"folder": configured}}, fallback},
		"by the environment, if set empty": {Setting{Properties: props{"folder": ""}}, fallback},
	} {
		session, err := serverOf(t, Advisory, EvidencePolicy).pack.NewSession(Deployment{}, map[string]Setting{evidenceID: test.setting})
		require.NoError(t, err)
		recorder, err := newRecorder(session, fallback)
		require.NoError(t, err)
		assert.Equal(t, test.folder, filepath.Dir(recorder.path), name)
		none, err := newRecorder(sessionOf(t, packOf(t, Advisory, On(thing, func(*Report, good) {}))), "")
		require.NoError(t, err)
		assert.Nil(t, none)
	}
}

// Whoever wants evidence relies on it: without it, nothing goes on.
func TestEvidenceThatCannotBeWrittenStopsTheDeployment(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "file")
	require.NoError(t, os.WriteFile(file, nil, 0o600))
	for folder, want := range map[string]string{
		"relative":                   `the folder for evidence must be an absolute path, not "relative"`,
		filepath.Join(file, "under"): "evidence cannot be written: ",
	} {
		server := serverOf(t, Advisory, failing("p"))
		server.evidence = folder
		_, err := server.ConfigureStack(context.Background(), &pulumirpc.AnalyzerStackConfigureRequest{Stack: "dev"})
		require.ErrorContains(t, err, want)
	}

	server, folder := serverOf(t, Advisory, failing("p")).keeping(t, true)
	require.NoError(t, os.RemoveAll(folder))
	_, err := server.AnalyzeStack(context.Background(), &pulumirpc.AnalyzeStackRequest{})
	assert.ErrorContains(t, err, "evidence cannot be written: ")
	require.NoError(t, os.MkdirAll(folder, 0o700))
	server.analyzedStack(t)
	assert.True(t, onlyKept(t, folder).Complete, "written once it can be")
}

func TestAnotherPolicyCannotTakeTheIDOfEvidence(t *testing.T) {
	t.Parallel()
	_, err := NewPack(PackSpec{Name: "pack", Version: "1.0.0", Policies: []Policy{failing("evidence")}})
	assert.ErrorContains(t, err, `its ID is "evidence", which is that of policy.EvidencePolicy`)
}

// BenchmarkEvidence measures what evidence costs a resource that 50 policies say something about: without it, nothing.
func BenchmarkEvidence(b *testing.B) {
	for name, folder := range map[string]string{"off": "", "on": b.TempDir()} {
		b.Run(name, func(b *testing.B) {
			s := benchServer(b, 50, thing)
			s.evidence = folder
			_, err := s.ConfigureStack(context.Background(), &pulumirpc.AnalyzerStackConfigureRequest{Stack: "dev"})
			require.NoError(b, err)
			req := request(b, props{"tags": map[string]string{"owner": strings.Repeat("x", 10)}})
			b.ReportAllocs()
			for b.Loop() {
				if _, err := s.Analyze(context.Background(), req); err != nil {
					b.Fatal(err)
				}
			}
			_, err = s.Cancel(context.Background(), nil)
			require.NoError(b, err)
		})
	}
}
