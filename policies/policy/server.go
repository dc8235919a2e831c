package policy

import (
	"context"
	"fmt"
	"os"
	"sync"

	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
	"google.golang.org/protobuf/types/known/emptypb"
)

// server serves a pack to the Pulumi engine. The engine may ask for metadata before it configures anything, and need not
// configure a stack at all.
type server struct {
	pulumirpc.UnimplementedAnalyzerServer
	pack      *Pack
	info      *pulumirpc.AnalyzerInfo
	handshook func(engineAddress string)
	evidence  string // the folder of EvidenceVariable

	mu         sync.RWMutex
	deployment Deployment
	settings   map[string]Setting
	session    *Session
	cancelled  bool
}

// NewServer makes the server of a pack for Pulumi's Analyzer protocol, to be registered on a gRPC server of one's own.
// Main does that for a pack that is a program.
func NewServer(pack *Pack) pulumirpc.AnalyzerServer { return newServer(pack) }

func newServer(pack *Pack) *server {
	s := &server{pack: pack, info: analyzerInfo(pack), handshook: func(string) {}, evidence: os.Getenv(EvidenceVariable)}
	s.session, _ = pack.NewSession(Deployment{}, nil) // fails on settings only
	return s
}

// Handshake learns where the engine is.
func (s *server) Handshake(
	_ context.Context, req *pulumirpc.AnalyzerHandshakeRequest,
) (*pulumirpc.AnalyzerHandshakeResponse, error) {
	s.handshook(req.GetEngineAddress())
	return &pulumirpc.AnalyzerHandshakeResponse{}, nil
}

// GetAnalyzerInfo describes the pack and its policies.
func (s *server) GetAnalyzerInfo(context.Context, *emptypb.Empty) (*pulumirpc.AnalyzerInfo, error) {
	return s.info, nil
}

// GetPluginInfo tells the pack's version.
func (s *server) GetPluginInfo(context.Context, *emptypb.Empty) (*pulumirpc.PluginInfo, error) {
	return &pulumirpc.PluginInfo{Version: s.pack.spec.Version}, nil
}

// ConfigureStack sets the deployment that the pack checks.
func (s *server) ConfigureStack(
	_ context.Context, req *pulumirpc.AnalyzerStackConfigureRequest,
) (*pulumirpc.AnalyzerStackConfigureResponse, error) {
	deployment := Deployment{
		Organization: req.GetOrganization(), Project: req.GetProject(), Stack: req.GetStack(),
		DryRun: req.GetDryRun(), Tags: req.GetTags(),
		Config: req.GetConfig(), SecretKeys: req.GetConfigSecretKeys(),
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	return &pulumirpc.AnalyzerStackConfigureResponse{}, s.setUp(deployment, s.settings)
}

// Configure sets the enforcement levels and settings of policies.
func (s *server) Configure(_ context.Context, req *pulumirpc.ConfigureAnalyzerRequest) (*emptypb.Empty, error) {
	settings := map[string]Setting{}
	for id, config := range req.GetPolicyConfig() {
		level, ok := levelFromWire[config.GetEnforcementLevel()]
		if !ok {
			return nil, status.Errorf(codes.InvalidArgument,
				"policy %q has the enforcement level %d, which does not exist", id, config.GetEnforcementLevel())
		}
		settings[id] = Setting{Level: level, Properties: config.GetProperties().AsMap()}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	return &emptypb.Empty{}, s.setUp(s.deployment, settings)
}

// setUp makes the session to check with from now on; if it cannot be made, the old one stays.
func (s *server) setUp(deployment Deployment, settings map[string]Setting) error {
	session, err := s.pack.NewSession(deployment, settings)
	if err != nil {
		return status.Error(codes.InvalidArgument, err.Error())
	}
	if session.evidence, err = newRecorder(session, s.evidence); err != nil {
		return status.Error(codes.FailedPrecondition, fmt.Sprintf("policy pack %q: %v", s.pack.spec.Name, err))
	}
	if err := s.session.evidence.flush(); err != nil {
		return err
	}
	s.deployment, s.settings, s.session = deployment, settings, session
	return nil
}

// current is the session to check with, unless the engine cancelled.
func (s *server) current() (*Session, error) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	if s.cancelled {
		return nil, status.Error(codes.Canceled, "the engine cancelled the deployment")
	}
	return s.session, nil
}

// Analyze checks one resource's inputs.
func (s *server) Analyze(_ context.Context, req *pulumirpc.AnalyzeRequest) (*pulumirpc.AnalyzeResponse, error) {
	session, err := s.current()
	if err != nil {
		return nil, err
	}
	plan := session.planOf(req.GetType())
	results := session.Analyze(req)
	return s.answer(results, plan.checkNotApplicable), session.evidence.checked(req, plan, results)
}

// AnalyzeStack checks the stack as a whole.
func (s *server) AnalyzeStack(
	_ context.Context, req *pulumirpc.AnalyzeStackRequest,
) (*pulumirpc.AnalyzeResponse, error) {
	session, err := s.current()
	if err != nil {
		return nil, err
	}
	results := session.AnalyzeStack(req.GetResources())
	return s.answer(results, nil), session.evidence.checkedStack(results)
}

func (s *server) answer(
	results []Result, notApplicable []*pulumirpc.PolicyNotApplicable,
) *pulumirpc.AnalyzeResponse {
	answer := &pulumirpc.AnalyzeResponse{NotApplicable: notApplicable}
	for _, r := range results {
		if r.Outcome == NotApplicable {
			answer.NotApplicable = append(answer.NotApplicable,
				&pulumirpc.PolicyNotApplicable{PolicyName: r.Policy.ID, Reason: r.Reason})
			continue
		}
		answer.Diagnostics = append(answer.Diagnostics, s.pack.diagnostics(r)...)
	}
	return answer
}

// Remediate mends one resource's inputs. An error in a remediation fails the call, as in Pulumi's other SDKs: the engine
// would let the deployment go on with a diagnostic.
func (s *server) Remediate(_ context.Context, req *pulumirpc.AnalyzeRequest) (*pulumirpc.RemediateResponse, error) {
	session, err := s.current()
	if err != nil {
		return nil, err
	}
	answer := &pulumirpc.RemediateResponse{NotApplicable: session.planOf(req.GetType()).mendNotApplicable}
	remedies := session.Remediate(req)
	if err := session.evidence.remedied(remedies); err != nil {
		return nil, err
	}
	for _, r := range remedies {
		switch {
		case r.Outcome == Errored:
			return nil, status.Error(codes.Unknown, s.pack.remediationError(r.Result))
		case r.Outcome == NotApplicable:
			answer.NotApplicable = append(answer.NotApplicable,
				&pulumirpc.PolicyNotApplicable{PolicyName: r.Policy.ID, Reason: r.Reason})
		case r.Outcome == Undetermined || r.Outcome == Exempted || r.Properties != nil:
			answer.Remediations = append(answer.Remediations, s.pack.remediation(r))
		}
	}
	return answer, nil
}

// Cancel refuses further work and writes the evidence there is. The engine ends the process when it is done with it.
func (s *server) Cancel(context.Context, *emptypb.Empty) (*emptypb.Empty, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.cancelled = true
	return &emptypb.Empty{}, s.session.evidence.flush()
}

var levelFromWire = map[pulumirpc.EnforcementLevel]Level{
	pulumirpc.EnforcementLevel_ADVISORY:  Advisory,
	pulumirpc.EnforcementLevel_MANDATORY: Mandatory,
	pulumirpc.EnforcementLevel_REMEDIATE: Remediate,
	pulumirpc.EnforcementLevel_DISABLED:  Disabled,
}

var levelToWire = map[Level]pulumirpc.EnforcementLevel{
	Advisory:  pulumirpc.EnforcementLevel_ADVISORY,
	Mandatory: pulumirpc.EnforcementLevel_MANDATORY,
	Remediate: pulumirpc.EnforcementLevel_REMEDIATE,
	Disabled:  pulumirpc.EnforcementLevel_DISABLED,
}

// label names a policy of the pack in the words of Pulumi's other SDKs.
func (p *Pack) label(what, id string) string {
	return fmt.Sprintf("%s '%s' from policy pack '%s@v%s'", what, id, p.spec.Name, p.spec.Version)
}
