package tests

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"google.golang.org/grpc/status"
	"google.golang.org/protobuf/encoding/protojson"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/types/known/emptypb"

	"github.com/holdfast-iac/holdfast/policies/policytest"
)

// exchange is one request to a pack, which is configured before.
type exchange struct {
	name    string
	pack    string
	config  *pulumirpc.ConfigureAnalyzerRequest // nil: what was configured before stays
	tags    map[string]string                   // of the stack
	call    call
	request proto.Message
	differs []string // the differences that must show, besides those that do wherever they can
	told    []string // parts of this project's answer, where it has nothing in common with Node's
}

// call is one of the protocol's calls that answer something.
type call string

const (
	analyze       call = "Analyze"
	analyzeStack  call = "AnalyzeStack"
	remediate     call = "Remediate"
	info          call = "GetAnalyzerInfo"
	plugin        call = "GetPluginInfo"
	configureOnly call = "Configure"
	handshake     call = "Handshake"
	cancel        call = "Cancel"
)

// ask sends the exchange to a server.
func (x *exchange) ask(ctx context.Context, t *testing.T, to pulumirpc.AnalyzerClient) *answer {
	t.Helper()
	if x.config != nil && x.call != configureOnly {
		_, err := to.Configure(ctx, x.config)
		require.NoError(t, err)
	}
	if x.call != configureOnly && x.config != nil {
		_, err := to.ConfigureStack(ctx, &pulumirpc.AnalyzerStackConfigureRequest{Stack: "dev", Project: "peer", DryRun: true, Tags: x.tags})
		require.NoError(t, err)
	}
	var response proto.Message
	var err error
	switch x.call {
	case analyze:
		response, err = to.Analyze(ctx, x.request.(*pulumirpc.AnalyzeRequest))
	case analyzeStack:
		response, err = to.AnalyzeStack(ctx, x.request.(*pulumirpc.AnalyzeStackRequest))
	case remediate:
		response, err = to.Remediate(ctx, x.request.(*pulumirpc.AnalyzeRequest))
	case info:
		response, err = to.GetAnalyzerInfo(ctx, &emptypb.Empty{})
	case plugin:
		response, err = to.GetPluginInfo(ctx, &emptypb.Empty{})
	case configureOnly:
		response, err = to.Configure(ctx, x.config)
	case handshake:
		response, err = to.Handshake(ctx, &pulumirpc.AnalyzerHandshakeRequest{})
	case cancel:
		response, err = to.Cancel(ctx, &emptypb.Empty{})
	}
	if err != nil {
		return &answer{code: status.Code(err).String(), text: status.Convert(err).Message()}
	}
	return &answer{message: response}
}

// answer is what a server answers: a message or an error.
type answer struct {
	code, text string
	message    proto.Message
}

// diagnostics are those of an answer to Analyze or AnalyzeStack.
func (a *answer) diagnostics() []*pulumirpc.AnalyzeDiagnostic {
	response, _ := a.message.(*pulumirpc.AnalyzeResponse)
	return response.GetDiagnostics()
}

// remediations are those of an answer to Remediate.
func (a *answer) remediations() []*pulumirpc.Remediation {
	response, _ := a.message.(*pulumirpc.RemediateResponse)
	return response.GetRemediations()
}

// fingerprint tells answers apart.
func (a *answer) fingerprint() string {
	wire, err := proto.MarshalOptions{Deterministic: true}.Marshal(a.message)
	return fmt.Sprint(a.code, a.text, string(wire), err)
}

// String is the whole answer, to compare and to show.
func (a *answer) String() string {
	if a.message == nil {
		return a.code + ": " + a.text
	}
	wire, err := protojson.Marshal(a.message)
	if err != nil {
		return err.Error()
	}
	var plain any
	if err := json.Unmarshal(wire, &plain); err != nil { // protojson varies its white space on purpose
		return err.Error()
	}
	text, err := json.MarshalIndent(plain, "", "  ")
	if err != nil {
		return err.Error()
	}
	return string(text)
}

// settled is the answers after what differs on purpose was taken out, and which differences that were.
func (x *exchange) settled(node, ours *answer) (shown []string) {
	before := node.fingerprint() + ours.fingerprint()
	for _, d := range differences {
		d.settle(x, node, ours)
		if after := node.fingerprint() + ours.fingerprint(); after != before {
			shown, before = append(shown, d.id), after
		}
	}
	return shown
}

// TestPacksAnswerAsNode asks packs written with this project's SDK and with Pulumi's Node SDK the same: they answer the
// same, but for the differences that docs/reference/policy-sdk-differences.md lists, all of which do show.
func TestPacksAnswerAsNode(t *testing.T) {
	t.Parallel()
	nodeModules(t)
	exchanges, seen, asked := peerExchanges(t), map[string]bool{}, 0
	for name, spec := range inOrder(peerPacks()) {
		ours, node := policytest.Serve(t, spec), startPack(t, nodeCommand(t.Context(), t, "index.js", name))
		for _, x := range exchanges {
			if x.pack != name {
				continue
			}
			asked++
			a, b := x.ask(t.Context(), t, node), x.ask(t.Context(), t, ours)
			told := b.String()
			shown := x.settled(a, b)
			label := fmt.Sprintf("%s, %s: %s (%v)", name, x.call, x.name, x.request)
			if !assert.Equal(t, a.String(), b.String(), label) {
				continue
			}
			for _, id := range shown {
				seen[id] = true
			}
			for _, id := range x.differs {
				assert.Contains(t, shown, id, label)
			}
			for _, part := range x.told {
				assert.Contains(t, told, part, label)
			}
		}
	}
	for _, d := range differences {
		assert.True(t, seen[d.id], "the difference %q does not show any more", d.id)
	}
	assert.Greater(t, asked, 200)
	t.Logf("%d requests were answered the same, but for %d differences", asked, len(differences))
}

// firstLine is the text up to the end of the line.
func firstLine(text string) string {
	line, _, _ := strings.Cut(text, "\n")
	return line
}
