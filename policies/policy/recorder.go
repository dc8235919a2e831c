package policy

import (
	"cmp"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"time"

	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
)

// EvidenceVariable is the environment variable that names the folder, by an absolute path, in which packs write Evidence:
// one file for each pack and each preview or update. By default, none is written.
const EvidenceVariable = "HOLDFAST_EVIDENCE"

// evidenceID is the ID of EvidencePolicy, in every pack that has it.
const evidenceID = "evidence"

// EvidencePolicy lets the users of a pack that lists it have Evidence written to a folder by the pack's configuration,
// which goes before the environment:
//
//	{"evidence": {"folder": "/var/lib/evidence"}}
var EvidencePolicy = Policy{
	ID:    evidenceID,
	Level: Mandatory,
	Title: "Evidence of all checks must be kept.",
	Rationale: "What was checked, and with which result, can be shown later only if it was written down at the time. A " +
		"folder that cannot be written to fails the deployment before anything is checked.",
	Config: evidenceSettings{},
	Rules: []Rule{OnStack(func(r *StackReport, _ struct{}) {
		if Settings[evidenceSettings](r).Folder == "" {
			r.NotApplicable("No folder for evidence is configured")
		}
	})},
}

// evidenceSettings are the settings of EvidencePolicy.
type evidenceSettings struct {
	Folder string `pulumi:"folder" description:"Absolute path of the folder to write evidence to; by default that of HOLDFAST_EVIDENCE."`
}

// evidenceFolder is where the configuration says that evidence is written, empty if it does not.
func (s *Session) evidenceFolder() string {
	for _, c := range s.configured {
		if settings, ok := c.config.(evidenceSettings); ok && c.level != Disabled {
			return settings.Folder
		}
	}
	return ""
}

// recorder keeps the evidence of one session and writes it. The engine ends packs without a word, so it writes before
// each answer that ends the operation, that about the stack or a violation that stops an update, and otherwise a moment
// after something was found: what others end early is lost by that moment at most. A nil recorder does nothing.
type recorder struct {
	session *Session
	path    string
	delay   time.Duration

	mu       sync.Mutex
	evidence Evidence
	pending  *time.Timer // writes what was added; nil if all is written
	failed   error       // of the last write
}

// recordDelay is the moment after which what was found is written.
const recordDelay = 250 * time.Millisecond

// newRecorder makes the recorder of a session, or nil if no evidence is wanted. Whoever wants it relies on it, so it fails
// if there is nowhere to write.
func newRecorder(s *Session, fallback string) (*recorder, error) {
	folder := cmp.Or(s.evidenceFolder(), fallback)
	if folder == "" {
		return nil, nil
	}
	if !filepath.IsAbs(folder) {
		return nil, fmt.Errorf("the folder for evidence must be an absolute path, not %q", folder)
	}
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return nil, fmt.Errorf("evidence cannot be written: %w", err)
	}
	r := &recorder{session: s, evidence: s.newEvidence(), delay: recordDelay}
	r.path = filepath.Join(folder, r.evidence.fileName())
	return r, nil
}

// noFileName is what does not belong in the name of a file.
var noFileName = regexp.MustCompile(`[^a-zA-Z0-9_-]+`)

// fileName tells files apart at a glance and sorts them by time; the last part keeps those of one instant apart.
func (e *Evidence) fileName() string {
	parts := []string{e.Started.Format("20060102T150405Z"), e.Pack, e.Project, e.Stack, e.Operation, rand.Text()[:8]}
	for i, part := range parts {
		parts[i] = noFileName.ReplaceAllString(part, "-")
	}
	return strings.Join(parts, ".") + ".json"
}

// checked records the answers about a resource.
func (r *recorder) checked(req *pulumirpc.AnalyzeRequest, plan *typePlan, results []Result) error {
	if r == nil {
		return nil
	}
	return r.add(!r.session.deployment.DryRun && stops(results), func(e *Evidence) {
		e.Resources = append(e.Resources,
			EvidenceResource{URN: req.GetUrn(), Type: req.GetType(), NotApplicable: plan.silent})
		e.append(results)
	})
}

// checkedStack records the answers about the stack, which are the last.
func (r *recorder) checkedStack(results []Result) error {
	if r == nil {
		return nil
	}
	return r.add(true, func(e *Evidence) {
		e.append(results)
		e.Complete = true
	})
}

// remedied records what remediations did. One that failed ends the operation.
func (r *recorder) remedied(remedies []Remedy) error {
	if r == nil || len(remedies) == 0 {
		return nil
	}
	failed := slices.ContainsFunc(remedies, func(remedy Remedy) bool { return remedy.Outcome == Errored })
	return r.add(failed, func(e *Evidence) {
		for _, remedy := range remedies {
			result := remedy.evidence()
			result.Remediation, result.Changed = true, remedy.Properties != nil
			e.Results = append(e.Results, result)
		}
	})
}

func (e *Evidence) append(results []Result) {
	for _, result := range results {
		e.Results = append(e.Results, result.evidence())
	}
}

// add changes the evidence and writes it, now or soon.
func (r *recorder) add(now bool, change func(*Evidence)) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	change(&r.evidence)
	if r.pending == nil {
		r.pending = time.AfterFunc(r.delay, func() { _ = r.flush() }) // the next answer tells of an error
	}
	if now {
		r.write()
	}
	return r.failed
}

// flush writes what was not written yet.
func (r *recorder) flush() error {
	if r == nil {
		return nil
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.pending != nil {
		r.write()
	}
	return r.failed
}

// write puts the evidence in the place of what was written before. Readers find the one or the other, never a part.
func (r *recorder) write() {
	r.pending.Stop()
	r.pending = nil
	start := time.Now()
	r.evidence.Written = start.UTC()
	r.evidence.Exemptions = r.session.redactedExemptions()
	if r.failed = writeFile(r.path, &r.evidence); r.failed != nil {
		r.failed = fmt.Errorf("evidence cannot be written: %w", r.failed)
	}
	// The more there is to write, the seldomer it is written: it takes a twentieth of the time at most.
	r.delay = max(recordDelay, 20*time.Since(start))
}

func writeFile(path string, evidence *Evidence) (err error) {
	unfinished := path + ".tmp"
	file, err := os.OpenFile(unfinished, os.O_CREATE|os.O_WRONLY|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	encoder := json.NewEncoder(file)
	encoder.SetIndent("", " ")
	encoder.SetEscapeHTML(false)
	err = cmp.Or(encoder.Encode(evidence), file.Sync())
	if err = cmp.Or(err, file.Close()); err == nil {
		err = os.Rename(unfinished, path)
	}
	if err != nil {
		_ = os.Remove(unfinished)
	}
	return err
}

// redactedExemptions are the session's exemptions without the secrets of its configuration.
func (s *Session) redactedExemptions() []ExemptionUse {
	uses := s.Exemptions()
	redactor := s.redactor()
	for i := range uses {
		uses[i].Owner, uses[i].Reason = redactor.redact(uses[i].Owner), redactor.redact(uses[i].Reason)
	}
	return uses
}
